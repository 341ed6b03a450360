//! What can happen to a state, and what the page does about it.

use std::rc::Rc;

use filesystem::Edit;
use report::{Content, Context, Image, ImageStore, Measurement, Options, Profile};

use crate::save::Kept;
use crate::{Announcement, Language, LessonAction, LessonEffect, Project, Scene, Theme};

/// What the user, or an answer to an effect, asks of a state.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Changes a file, the Dockerfile included. Typing is an `Edit::Write` of the whole text without a mode.
    Edit(Edit),
    /// Puts a file in the editor.
    Open(String),
    /// Builds.
    Build,
    /// `--target`
    SetTarget(Option<String>),
    /// `--build-arg`
    SetBuildArg {
        /// The variable.
        name: String,
        /// `None` takes the argument out, `Some(None)` gives it without a value.
        value: Option<Option<String>>,
    },
    /// Where the engine keeps images: another engine, with a build cache of its own.
    SetStore(ImageStore),
    /// `--no-cache`
    SetNoCache(bool),
    /// The machine that times are for. Everything since the start project was opened is worked out on it again.
    SetProfile(Profile),
    /// Adds a file and puts it in the editor. A path that is taken is refused with a notice.
    NewFile {
        /// The path in the context.
        path: String,
        /// What it holds.
        content: Content,
    },
    /// `docker builder prune --all`
    PruneCache,
    /// Another machine builds, which has nothing yet: CI without a cache.
    FreshMachine,
    /// A base image is published again under its name: its short reference.
    Republish(String),
    /// So many days pass.
    PassTime(u32),
    /// Makes one of the edits that happen every day.
    Everyday(Habit),
    /// Changes several files, and the options where they are given, in one edit that is undone together.
    Change {
        /// The edits, in order.
        edits: Vec<Edit>,
        /// The options afterwards.
        options: Option<Options>,
    },
    /// Keeps a Dockerfile's text to compare the project's own with; `None` lets it go.
    Pin(Option<String>),
    /// Makes the pinned Dockerfile the project's own, and the other way round.
    Swap,
    /// Opens a project with a Dockerfile to compare its own with, and plays what happens to it.
    OpenExample(Box<Scene>),
    /// Takes files and options back to what they were after so many of the events. The cache stays.
    ReturnTo(usize),
    /// Takes the last edit back. Builds stay.
    Undo,
    /// Makes the last undone edit again.
    Redo,
    /// Opens the sample project again, with an empty cache. Can be undone, except for the cache.
    ResetProject,
    /// Opens another project, with an empty cache. Can be undone, except for the cache.
    OpenProject(Context),
    /// Takes what was measured with a real engine in the place of estimates; nothing takes it out again.
    Measure(Rc<[Measurement]>),
    /// Opens a project of the user's own, with an empty cache. Can be undone, except for the cache.
    OpenOwn(Box<Project>),
    /// Get the facts of these base images, which another Dockerfile would need: short references.
    Want(Vec<String>),
    /// Get these tables of packages, which another Dockerfile would need.
    WantTables(Vec<&'static str>),
    /// The answer to [`Effect::FetchImage`].
    ImageLoaded(Box<Image>),
    /// The answer to [`Effect::FetchImage`] where there is no such image: its reference.
    ImageUnavailable(String),
    /// The answer to [`Effect::FetchTable`].
    TableLoaded {
        /// The table.
        name: &'static str,
        /// Its text.
        text: String,
    },
    /// The answer to [`Effect::FetchTable`] where it cannot be had: its name.
    TableUnavailable(&'static str),
    /// Sets the page's language.
    SetLanguage(Option<Language>),
    /// Sets the page's colours.
    SetTheme(Theme),
    /// What came of [`Effect::Persist`]: only where [`crate::written`] gives it.
    Kept(Kept),
    /// Takes the message away.
    DismissNotice,
    /// Opens a saved text in place of what is there.
    Restore(String),
    /// What is open is to be looked at only, or is the user's own from now on.
    Look(bool),
    /// Goes to a snapshot: a text of [`crate::snapshot`]. The page's settings stay, and [`Action::Undo`] right after it leads
    /// back.
    Return(String),
    /// Something about lessons.
    Lesson(LessonAction),
    /// Opens a link's fragment in place of what is there; the page's settings stay. Where it cannot be read, all stays.
    OpenLink(String),
}

/// An edit that happens every day; what it is in a project is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// A source file is edited.
    Source,
    /// A dependency is added.
    Dependency,
    /// A comment of the Dockerfile is changed.
    Comment,
    /// A log file appears in the project.
    Log,
}

/// What the page does after an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep the state, as it is once there is time to: [`crate::written`] is its text, which [`crate::start`] opens again.
    Persist,
    /// Keep this text, which could not be opened, under another key.
    SetAside(String),
    /// Get the facts of this base image (its short reference) and answer with [`Action::ImageLoaded`] or
    /// [`Action::ImageUnavailable`]. Asked once for each.
    FetchImage(String),
    /// Get this table of packages and answer with [`Action::TableLoaded`] or [`Action::TableUnavailable`]. Asked once for
    /// each.
    FetchTable(&'static str),
    /// Something about lessons.
    Lesson(LessonEffect),
    /// Say this to who cannot see the page.
    Announce(Announcement),
}

/// What is remembered of an action: replayed in order on the start project, events give the state again.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A file was changed.
    Edit {
        /// How.
        edit: Edit,
        /// When, in seconds since 1970.
        at: i64,
    },
    /// The options were changed to these.
    Options(Options),
    /// Another project was opened, on an empty cache, and built.
    Project(Project),
    /// Several files were changed, and the options where they are given: one edit to undo.
    Change {
        /// The edits, each with its time in seconds since 1970.
        edits: Vec<(Edit, i64)>,
        /// The options afterwards.
        options: Option<Options>,
    },
    /// A Dockerfile was kept to compare the project's own with, or none is any more.
    Pin(Option<Rc<str>>),
    /// The pinned Dockerfile became the project's own, and the other way round.
    Swap {
        /// When, in seconds since 1970.
        at: i64,
    },
    /// What was measured with a real engine took the place of what was before.
    Measured(Rc<[Measurement]>),
    /// A build was run.
    Build,
    /// The cache was emptied.
    Prune,
    /// Another machine builds, which had nothing.
    FreshMachine,
    /// A base image was published again: its short reference.
    Republish(String),
    /// So many days passed.
    TimePasses(u32),
    /// An edit was taken back.
    Undo,
    /// An undone edit was made again.
    Redo,
}
