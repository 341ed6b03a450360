use std::collections::BTreeMap;

use filesystem::{EntryKind, Layer};

/// The config of an image, as `docker image inspect` shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageConfig {
    /// `User`
    pub user: String,
    /// `WorkingDir`
    pub working_dir: String,
    /// `Env`, in order.
    pub env: Vec<(String, String)>,
    /// `Entrypoint`
    pub entrypoint: Option<Vec<String>>,
    /// `Cmd`
    pub cmd: Option<Vec<String>>,
    /// Whether `Cmd` or `Entrypoint` was set in exec form by an instruction of the Dockerfile (`ArgsEscaped`).
    pub args_escaped: bool,
    /// `ExposedPorts`, as `80/tcp`, sorted.
    pub exposed_ports: Vec<String>,
    /// `Volumes`, sorted.
    pub volumes: Vec<String>,
    /// `Labels`
    pub labels: BTreeMap<String, String>,
    /// `StopSignal`
    pub stop_signal: String,
    /// `Shell`
    pub shell: Option<Vec<String>>,
    /// `OnBuild`
    pub on_build: Vec<String>,
    /// `Healthcheck`
    pub healthcheck: Option<Healthcheck>,
}

/// A health check of an image's config. Times in nanoseconds, 0 where not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Healthcheck {
    /// `Test`: `["NONE"]`, `["CMD", …]` or `["CMD-SHELL", …]`.
    pub test: Vec<String>,
    /// `Interval`
    pub interval: i64,
    /// `Timeout`
    pub timeout: i64,
    /// `StartPeriod`
    pub start_period: i64,
    /// `StartInterval`
    pub start_interval: i64,
    /// `Retries`
    pub retries: i64,
}

/// A row of an image's history that has a layer, or a layer that no row is known of.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageLayer {
    /// What `docker history` shows for it, empty where unknown.
    pub created_by: String,
    /// Its files. `None` for a row without a layer.
    pub layer: Option<Layer>,
}

/// What is known of a base image.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// `node:22-alpine`: as it is written in FROM, in its short form.
    pub reference: String,
    /// What it is called besides, in short form: `node:22-bookworm`.
    pub names: Vec<String>,
    /// The digest that the facts are of.
    pub digest: Option<String>,
    /// Its package manager's command: `apt`, `apk`, `dnf`, `microdnf`.
    pub package_manager: Option<String>,
    /// Its shell: `/bin/sh`.
    pub shell: Option<String>,
    /// Its config.
    pub config: ImageConfig,
    /// Its history, oldest first.
    pub layers: Vec<ImageLayer>,
    /// Whether the bytes were derived and not read or measured.
    pub estimated: bool,
    /// Whether its files are an outline: the notable ones by name, the rest as bytes.
    pub outline: bool,
    /// Whether every program in it is among its files, so that one that is not found is not there.
    pub all_programs: bool,
    /// Bytes of its compressed layers, what a pull downloads; 0 where unknown.
    pub compressed_bytes: u64,
    /// Where the facts are from, for the reader.
    pub source: String,
    /// The day that the facts are of: `2026-08-21`.
    pub date: String,
}

/// What a layer takes compressed, in per mille of its unpacked bytes: the median of the 110 catalogued images that have
/// both figures (from 296 to 616; most have their unpacked bytes from parts of the same kind, so that it is no more than
/// typical). A test computes it anew.
pub const COMPRESSED_PER_MILLE: u64 = 364;

impl Image {
    /// What a pull downloads: the compressed bytes, or what they would be at [`COMPRESSED_PER_MILLE`]. An image that no
    /// one publishes, without a source, was built on the machine and is not downloaded.
    #[must_use]
    pub fn download_bytes(&self) -> u64 {
        if self.compressed_bytes > 0 || self.source.is_empty() {
            return self.compressed_bytes;
        }
        let unpacked = self.layers.iter().map(ImageLayer::bytes).fold(0, u64::saturating_add);
        unpacked / 1000 * COMPRESSED_PER_MILLE + unpacked % 1000 * COMPRESSED_PER_MILLE / 1000
    }
}

/// Whether a path of an outline stands for all files around it that are not known by name: it has their bytes. Each layer
/// has its own.
#[must_use]
pub fn stands_for_others(path: &str) -> bool {
    path.ends_with("/other-files")
}

impl ImageLayer {
    /// The bytes of the layer as `docker history` shows those of a pulled or imported image: its files and, other than
    /// for a layer that a build makes, the length of each symlink's target (moby's overlay2 driver adds up what lies in
    /// the layer's directory).
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let links = |layer: &Layer| {
            let target = |kind: &EntryKind| {
                if let EntryKind::Symlink(target) = kind { target.len() as u64 } else { 0 }
            };
            layer.entries.iter().map(|entry| target(&entry.kind)).sum::<u64>()
        };
        self.layer.as_ref().map_or(0, |layer| layer.size() + links(layer))
    }
}
