//! Tables of the config that stages share: BuildKit hands labels, ports and volumes on to a stage that is built on another
//! without copying them (`clone` in `dockerfile2llb/image.go`), so an entry that one stage makes is the other's too.

use std::collections::BTreeMap;

use catalog::ImageConfig;

/// Whose tables a stage's labels, ports and volumes are: the index of the stage that began each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    labels: usize,
    ports: usize,
    volumes: usize,
}

/// The tables as the stages run through so far have left them, by the stage that began each.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    labels: BTreeMap<usize, BTreeMap<String, String>>,
    ports: BTreeMap<usize, Vec<String>>,
    volumes: BTreeMap<usize, Vec<String>>,
}

impl Shared {
    /// The tables of a stage that has its own.
    pub(crate) fn own(stage: usize) -> Shared {
        Shared { labels: stage, ports: stage, volumes: stage }
    }

    /// The tables of a stage built on the one with these. A table without entries is none yet: it is not shared.
    pub(crate) fn inherit(self, config: &ImageConfig, stage: usize) -> Shared {
        let owner = |empty: bool, owner: usize| if empty { stage } else { owner };
        Shared {
            labels: owner(config.labels.is_empty(), self.labels),
            ports: owner(config.exposed_ports.is_empty(), self.ports),
            volumes: owner(config.volumes.is_empty(), self.volumes),
        }
    }
}

impl Tables {
    /// Gives a stage that begins the tables as they are by now.
    pub(crate) fn open(&self, shared: Shared, config: &mut ImageConfig) {
        if let Some(labels) = self.labels.get(&shared.labels) {
            config.labels.clone_from(labels);
        }
        if let Some(ports) = self.ports.get(&shared.ports) {
            config.exposed_ports.clone_from(ports);
        }
        if let Some(volumes) = self.volumes.get(&shared.volumes) {
            config.volumes.clone_from(volumes);
        }
    }

    /// Keeps the tables as a stage leaves them.
    pub(crate) fn close(&mut self, shared: Shared, config: &ImageConfig) {
        self.labels.insert(shared.labels, config.labels.clone());
        self.ports.insert(shared.ports, config.exposed_ports.clone());
        self.volumes.insert(shared.volumes, config.volumes.clone());
    }
}
