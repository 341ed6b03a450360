//! Base images that have to be loaded.

use std::rc::Rc;

use filesystem::FileSystem;
use plan::{Base, BaseImage, Operation, Source, Stage};

use crate::StepState;
use crate::cache::PULLED;
use crate::execute::Execution;
use crate::vertex::takes_files;

/// The loading of a base image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// The image, in short form.
    pub image: String,
    /// The bytes that are downloaded: its compressed layers.
    pub bytes: u64,
    /// Whether these bytes are derived from the unpacked ones.
    pub derived: bool,
    /// How long it takes, in milliseconds.
    pub ms: u64,
    /// When it starts, in milliseconds from the build's start.
    pub start_ms: u64,
    /// The FROM that stands for it, as an index into [`crate::Build::steps`]; none where only a COPY --from or a mount names
    /// the image.
    pub step: Option<usize>,
}

impl Execution<'_> {
    /// The images that a step waits for that has to run, as indices into the build's pulls. What is on disk from an
    /// earlier build is at hand, and so is what a cached step of the stage has needed.
    pub(crate) fn pulls(&mut self, stage: &Stage, number: usize, operation: &Operation) -> Vec<usize> {
        let mut pulls = Vec::new();
        if let (Base::Image(base), 1) = (&stage.base, number) {
            let from = self.build.stage_steps.get(&stage.index).and_then(|steps| steps.first().copied());
            pulls.extend(self.pull(base, from));
        }
        let sources: Vec<&Source> = match operation {
            Operation::Copy(copy) => vec![&copy.from],
            Operation::Run(run) => {
                run.mounts.iter().filter(|mount| takes_files(mount)).map(|mount| &mount.from).collect()
            }
            Operation::From | Operation::Workdir(_) | Operation::Merge => Vec::new(),
        };
        for source in sources {
            if let Source::Image(image) = source {
                pulls.extend(self.pull(image, None));
            }
        }
        pulls
    }

    fn pull(&mut self, base: &BaseImage, step: Option<usize>) -> Option<usize> {
        let image = base.reference.short();
        if let Some(under_way) = self.build.pulling.get(&image) {
            return Some(*under_way);
        }
        // the same name may stand for another image by now
        let date = base.image.as_ref().map_or("", |image| image.date.as_str());
        let key = format!("{PULLED}{image} {date}");
        if self.store.bases.contains_key(&key) {
            return None;
        }
        Rc::make_mut(&mut self.store.bases).insert(key, FileSystem::default());
        let bytes = base.image.as_ref().map_or(0, |image| image.download_bytes());
        let derived = base.image.as_ref().is_some_and(|image| image.compressed_bytes == 0) && bytes > 0;
        let ms = if bytes == 0 { 0 } else { self.world.profile.download_ms(bytes) };
        if let Some(step) = step.and_then(|step| self.build.steps.get_mut(step)) {
            step.state = StepState::Ran;
            step.ms = ms;
        }
        let index = self.build.pulls.len();
        self.build.pulling.insert(image.clone(), index);
        self.build.pulls.push(Pull { image, bytes, derived, ms, start_ms: 0, step });
        Some(index)
    }
}
