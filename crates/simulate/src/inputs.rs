//! What a step takes files from: images, stages, the context.

use std::collections::BTreeSet;

use filesystem::FileSystem;
use plan::{BaseImage, Operation, Source, Stage};

use crate::Basis;
use crate::execute::Execution;
use crate::key::Hash;
use crate::process::Known;
use crate::stand::{Stand, nothing_yet};
use crate::taken::Taken;
use crate::trace::TakenFiles;
use crate::vertex::{image_vertex, takes_files};

impl Execution<'_> {
    /// The files and names of a base image; an image that nobody knows is an empty one.
    pub(crate) fn base_image(&mut self, base: &BaseImage) -> Stand {
        let short = base.reference.short();
        let (files, content) = self.store.unpacked(base);
        let name = Hash::new("image").text(&content).finish();
        let outlined = base.image.as_ref().is_none_or(|image| image.outline);
        let programs = match (&base.image, &base.system) {
            (Some(image), _) if !image.outline => Known::InFull,
            (Some(image), _) if image.all_programs => Known::Programs,
            (Some(_), _) => Known::InOutline,
            (None, Some(_)) => Known::System,
            (None, None) => Known::Nothing,
        };
        Stand {
            programs,
            outline: outlined.then(|| files.clone()),
            basis: if base.image.is_none() { Basis::NotModelled } else { Basis::Exact },
            open: base.image.is_none(),
            files,
            layers: base
                .image
                .as_ref()
                .map_or(0, |image| image.layers.iter().filter(|row| row.layer.is_some()).count()),
            names: BTreeSet::from([name]),
            known: BTreeSet::from([name]),
            vertex: image_vertex(&short),
            base: short,
            ..Stand::default()
        }
    }

    /// What a step takes files from, one entry for each input beside the stage's own files.
    pub(crate) fn sources(&mut self, stage: &Stage, number: usize, operation: &Operation) -> Vec<Taken> {
        let below = self.vertices.below(stage.index, number);
        let mut sources = self.all_sources(stage, operation);
        for source in sources.iter_mut().filter(|source| source.taken.from.is_some() && source.vertex == below) {
            source.unread = true;
        }
        sources
    }

    fn all_sources(&mut self, stage: &Stage, operation: &Operation) -> Vec<Taken> {
        match operation {
            Operation::From | Operation::Workdir(_) | Operation::Merge => Vec::new(),
            Operation::Copy(copy) => {
                let local: Vec<String> =
                    copy.sources.iter().filter(|source| source.starts_with('/')).cloned().collect();
                let mut sources = Vec::new();
                if !local.is_empty() {
                    sources.push(self.taken(stage, &copy.from, local, copy.exclude.clone()));
                }
                if !copy.documents.is_empty() {
                    sources.push(Taken::documents(&copy.documents));
                }
                sources
            }
            Operation::Run(run) => run
                .mounts
                .iter()
                .map(|mount| {
                    if takes_files(mount) {
                        self.taken(stage, &mount.from, vec![mount.source.clone()], Vec::new())
                    } else {
                        Taken::nothing()
                    }
                })
                .collect(),
        }
    }

    fn taken(&mut self, stage: &Stage, from: &Source, patterns: Vec<String>, exclude: Vec<String>) -> Taken {
        let stand = match from {
            Source::Stage(index) => self.stands.get(index).cloned().unwrap_or_default(),
            Source::Image(image) => self.base_image(image),
            Source::Empty => nothing_yet(),
            Source::Context => Stand::default(),
        };
        let empty = stand.is_empty();
        let (files, name) = match from {
            Source::Context => (self.world.context.clone(), None),
            Source::Empty => (FileSystem::default(), Some("scratch".into())),
            Source::Stage(index) => {
                let label = self.plan.stages.get(*index).map(|stage| stage.label.clone()).unwrap_or_default();
                (stand.files.clone(), Some(if label.is_empty() { stage.label.clone() } else { label }))
            }
            Source::Image(image) => (stand.files.clone(), Some(image.reference.short())),
        };
        Taken {
            taken: TakenFiles { from: name, files, patterns, exclude },
            names: stand.names,
            known: stand.known,
            vertex: stand.vertex,
            end_ms: stand.end_ms,
            last: stand.last,
            ran: stand.ran,
            failed: stand.failed,
            basis: stand.basis,
            evidence: stand.evidence,
            open: stand.open,
            restated: stand.restated,
            outline: stand.outline,
            unread: empty,
            internal: false,
        }
    }
}
