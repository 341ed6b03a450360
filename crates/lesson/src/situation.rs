//! What a learner has made of a step, and builds of it that are only tried.

use report::{CacheStore, Catalog, Context, Inputs, Options, Profile, Report, analyze};

use crate::check::Value;
use crate::{Happening, Lesson, apply};

/// What goals are judged on.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// What is built, and with what.
    pub project: &'a Trial,
    /// What a build now would do; right after a build what that build did.
    pub report: &'a Report,
    /// The builds that the learner has run in this step.
    pub builds: usize,
}

/// A project with what it is built with and what its builds left.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// The files.
    pub context: Context,
    /// The options.
    pub options: Options,
    /// What is known of base images.
    pub catalog: Catalog,
    /// The machine that times are for.
    pub profile: Profile,
    /// What earlier builds left.
    pub cache: CacheStore,
}

impl Trial {
    /// What a build would do.
    #[must_use]
    pub fn report(&self) -> Report {
        analyze(&self.inputs()).0
    }

    /// Builds, and keeps what the build leaves.
    pub fn build(&mut self) {
        self.cache = analyze(&self.inputs()).1;
    }

    fn inputs(&self) -> Inputs<'_> {
        Inputs {
            context: &self.context,
            options: &self.options,
            catalog: &self.catalog,
            profile: &self.profile,
            cache: &self.cache,
        }
    }
}

impl Situation<'_> {
    /// The first build, on a machine that has nothing.
    #[must_use]
    pub fn first(&self) -> Report {
        Trial { cache: CacheStore::default(), ..self.project.clone() }.report()
    }

    /// The build after these happenings, when the project as it is was built before them. Without any, what a build now
    /// would do.
    #[must_use]
    pub fn after(&self, happenings: &[Happening]) -> Report {
        if happenings.is_empty() {
            return self.report.clone();
        }
        let mut trial = Trial { cache: CacheStore::default(), ..self.project.clone() };
        trial.build();
        apply(&mut trial, happenings, self.lesson);
        trial.report()
    }

    /// A figure of the build by the name that prose has for it; `None` for a name that is none, and for a figure of an
    /// image where none comes out.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Value> {
        value(self.report, name)
    }
}

/// The names of the figures that prose can have.
pub(crate) const VALUES: [&str; 9] =
    ["size", "base-size", "added-size", "layers", "build-time", "steps", "cached", "context-size", "wasted"];

/// A figure of a report by its name.
#[must_use]
pub fn value(report: &Report, name: &str) -> Option<Value> {
    let count = |count: usize| Value::Count(u64::try_from(count).unwrap_or(u64::MAX));
    let image = report.image.as_ref();
    Some(match name {
        "size" => Value::Bytes(image?.bytes),
        "base-size" => Value::Bytes(image.map(|_| report.totals.base_bytes)?),
        "added-size" => Value::Bytes(image.map(|_| report.totals.added_bytes)?),
        "layers" => count(image?.layers.len()),
        "wasted" => Value::Bytes(report::waste(&image?.layers).bytes),
        "build-time" => Value::Ms(report.totals.ms),
        "steps" => count(report.totals.steps),
        "cached" => count(report.totals.cached),
        "context-size" => Value::Bytes(report.context.bytes),
        _ => return None,
    })
}
