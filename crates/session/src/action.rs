//! What can happen to a state, and what the page does about it.

use filesystem::Edit;
use report::{Content, Context, Image, ImageStore, Options, Profile};

use crate::{Announcement, Language, Project, Theme};

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
    /// Takes the last edit back. Builds stay.
    Undo,
    /// Makes the last undone edit again.
    Redo,
    /// Opens the sample project again, with an empty cache. Can be undone, except for the cache.
    ResetProject,
    /// Opens another project, with an empty cache. Can be undone, except for the cache.
    OpenProject(Context),
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
    /// Takes the message away.
    DismissNotice,
    /// Opens a saved text in place of what is there.
    Restore(String),
}

/// What the page does after an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep this text: [`crate::start`] opens it again.
    Persist(String),
    /// Keep this text, which could not be opened, under another key.
    SetAside(String),
    /// Get the facts of this base image (its short reference) and answer with [`Action::ImageLoaded`] or
    /// [`Action::ImageUnavailable`]. Asked once for each.
    FetchImage(String),
    /// Get this table of packages and answer with [`Action::TableLoaded`] or [`Action::TableUnavailable`]. Asked once for
    /// each.
    FetchTable(&'static str),
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
    /// A build was run.
    Build,
    /// The cache was emptied.
    Prune,
    /// An edit was taken back.
    Undo,
    /// An undone edit was made again.
    Redo,
}
