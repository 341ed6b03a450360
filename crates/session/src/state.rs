//! What the page is a picture of.

use std::collections::BTreeSet;
use std::rc::Rc;

use filesystem::{Content, ContextError, ContextKind, Edit};
use lesson::Index;
use report::{CacheStore, Catalog, Context, Options, Profile, Report};

use crate::lessons::{Opening, Progress, Shelved, Study};
use crate::runs::Runs;
use crate::save::Texts;
use crate::{Changes, Event, Notice};

/// The Dockerfile's path where the options name no other.
pub const DOCKERFILE: &str = "Dockerfile";

/// What is built: the files and the options.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// What it is called; empty for the page's own.
    pub name: String,
    /// The build context, Dockerfile and `.dockerignore` included.
    pub context: Context,
    /// The options of `docker build`.
    pub options: Options,
    /// The text of another Dockerfile that this one is compared with. Nothing is built of it.
    pub pinned: Option<Rc<str>>,
}

impl Project {
    /// The Dockerfile's path in the context.
    #[must_use]
    pub fn dockerfile(&self) -> &str {
        if self.options.file.is_empty() { DOCKERFILE } else { &self.options.file }
    }

    /// The Dockerfile's text; nothing where it is not there.
    #[must_use]
    pub fn dockerfile_text(&self) -> String {
        self.context.text(self.dockerfile()).unwrap_or_default()
    }

    /// Gives the Dockerfile another text.
    ///
    /// # Errors
    /// The context's, where it cannot be written. The project is as it was then.
    pub(crate) fn write_dockerfile(&mut self, text: &str, at: i64) -> Result<(), ContextError> {
        let (path, kind) = (self.dockerfile().to_owned(), ContextKind::File(Content::text(text)));
        self.context.apply(&Edit::Write { path, kind, mode: None }, at)
    }

    /// Whether a build of the other project is the same build.
    pub(crate) fn builds_as(&self, other: &Project) -> bool {
        self.options == other.options && self.context == other.context
    }
}

/// A build that was run.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// What was built.
    pub project: Project,
    /// What came of it.
    pub report: Rc<Report>,
    /// Its number since the start project was opened, from 1 for the one that is run on opening.
    pub number: usize,
}

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English
    En,
    /// Japanese
    Ja,
}

/// The page's colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What the user chose for the page itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `None`: the browser's.
    pub language: Option<Language>,
    /// The colours.
    pub theme: Theme,
}

/// Everything that the page shows. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What a build would build.
    pub project: Project,
    /// The path of the file in the editor.
    pub open: String,
    /// The last build that was run.
    pub built: Option<Rc<Built>>,
    /// What would happen if you built now; right after a build what that build did.
    pub shown: Rc<Report>,
    /// The last report whose outcome was not `Invalid`: what stays on screen while the Dockerfile is invalid.
    pub good: Option<Rc<Report>>,
    /// Whether nothing was edited since the last build: `shown` is that build's report.
    pub up_to_date: bool,
    /// `shown` against the build before it; `None` where there is none, or `shown` is invalid.
    pub changes: Option<Changes>,
    /// The cache that the last build left.
    pub cache: CacheStore,
    /// The base images that are known.
    pub catalog: Rc<Catalog>,
    /// The machine that times are estimated for.
    pub profile: Profile,
    /// What happened since the start project was opened and built.
    pub events: Rc<Vec<Event>>,
    /// What the user chose for the page.
    pub settings: Settings,
    /// A message for the user.
    pub notice: Option<Notice>,
    /// The lesson that is open: the project is its own then.
    pub study: Option<Study>,
    /// The lessons that there are, once they are known.
    pub lessons: Option<Rc<Index>>,
    /// What is done of all lessons.
    pub progress: Rc<Progress>,
    /// Whether what is open is somebody else's, to look at only: nothing of it is changed or kept.
    pub looking: bool,
    /// What waits while a lesson is open, or the lesson that was left.
    pub(crate) shelved: Option<Shelved>,
    /// The lesson that is being fetched.
    pub(crate) opening: Option<Opening>,
    /// Whether the start project was built as it was opened: that of a lesson is not.
    pub(crate) start_built: bool,
    pub(crate) sample: Context,
    pub(crate) start: Project,
    pub(crate) texts: Texts,
    pub(crate) undo: Vec<Project>,
    pub(crate) redo: Vec<Project>,
    /// The last two builds of a valid Dockerfile, the older first: what changes are counted against.
    pub(crate) valid: (Option<Rc<Built>>, Option<Rc<Built>>),
    /// What the builds did, and when their steps ran.
    pub(crate) runs: Rc<Runs>,
    /// The days that have passed since the start project was opened.
    pub(crate) days: u32,
    /// The catalog before an image in it was published again.
    pub(crate) published_first: Option<Rc<Catalog>>,
    /// The events that touched the cache, each with the project that it met.
    pub(crate) marks: Vec<(Event, Project)>,
    /// The images that builds since the start lacked.
    pub(crate) lacked: BTreeSet<String>,
    /// The tables of packages that builds since the start lacked.
    pub(crate) lacked_tables: BTreeSet<&'static str>,
    /// The images and tables that were asked for.
    pub(crate) requested: BTreeSet<String>,
    /// How many of them have not been answered.
    pub(crate) waiting: usize,
    /// Images that what is shown does not need, and that are wanted nevertheless.
    pub(crate) wanted: BTreeSet<String>,
    /// The same of tables of packages.
    pub(crate) wanted_tables: BTreeSet<&'static str>,
    /// The file that is being typed in, and when it last was.
    pub(crate) typing: Option<(String, i64)>,
    /// Whether `shown` is older than the project, the cache or the catalog.
    pub(crate) stale: bool,
    /// Whether the last attempt to keep the state failed.
    pub(crate) unsaved: bool,
    /// What was left for a snapshot, as long as nothing has happened since.
    pub(crate) left: Option<Left>,
}

/// What was left for a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Left {
    /// Its text.
    pub text: Rc<str>,
    /// What had happened in the snapshot as it was come to.
    pub events: Rc<Vec<Event>>,
}

impl State {
    /// Whether there is an edit to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty() || self.just_left().is_some()
    }

    /// What was left for a snapshot in which nothing has happened since.
    pub(crate) fn just_left(&self) -> Option<Rc<str>> {
        let left = self.left.as_ref().filter(|left| Rc::ptr_eq(&left.events, &self.events))?;
        Some(Rc::clone(&left.text))
    }

    /// Whether there is an undone edit.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Whether facts were asked for that have not come yet: what is shown is not all that can be known.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.waiting > 0
    }

    /// The text of the file in the editor; `None` where it is not text, or not there.
    #[must_use]
    pub fn open_text(&self) -> Option<String> {
        self.project.context.text(&self.open)
    }

    /// The build that `changes` are counted against.
    #[must_use]
    pub fn before(&self) -> Option<&Rc<Built>> {
        self.changes.as_ref()?;
        if self.up_to_date { self.valid.0.as_ref() } else { self.valid.1.as_ref() }
    }

    /// Whether a lesson was left that can be gone on with: its id.
    #[must_use]
    pub fn left_lesson(&self) -> Option<&str> {
        self.shelved.as_ref()?.lesson.as_ref().map(|(_, id)| id.as_str())
    }

    /// What to draw: `shown`, or, while the Dockerfile is invalid, the last good report where there is one.
    #[must_use]
    pub fn drawn(&self) -> &Rc<Report> {
        match (&self.shown.outcome, &self.good) {
            (report::Outcome::Invalid { .. }, Some(good)) => good,
            _ => &self.shown,
        }
    }
}
