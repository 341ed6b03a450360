//! What is said to the user: codes and arguments. The sentences are the page's.

use filesystem::ContextError;
use report::Value;

use crate::{LessonError, LinkError, LoadError, ProgressError};

/// A message that stays until it is dismissed.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A new file, or the new name of one, would take the place of another.
    NameTaken {
        /// The path.
        path: String,
    },
    /// An edit that cannot be made.
    EditRefused {
        /// The path that it names.
        path: String,
        /// Why.
        error: ContextError,
    },
    /// The project is too large to be kept from visit to visit.
    NotSaved {
        /// The bytes that it would take.
        bytes: u64,
        /// The bytes that there are.
        limit: u64,
    },
    /// What was saved could not be opened, and was set aside.
    Unreadable {
        /// Why.
        error: LoadError,
    },
    /// The project has no file that such an edit could be made to.
    NothingToEdit,
    /// A link could not be opened.
    LinkUnreadable {
        /// Why.
        error: LinkError,
    },
    /// The list of lessons cannot be shown.
    NoLessons {
        /// Why.
        error: LessonError,
    },
    /// A lesson cannot be opened.
    NoLesson {
        /// Why.
        error: LessonError,
    },
    /// A file is no progress.
    NoProgress {
        /// Why.
        error: ProgressError,
    },
    /// There are no facts of a base image: what depends on it cannot be worked out.
    ImageUnavailable {
        /// Its short reference.
        reference: String,
    },
    /// A table of packages could not be had: commands that read it do nothing.
    TableUnavailable {
        /// Its name.
        name: &'static str,
    },
    /// What is open is to be looked at only.
    LookOnly,
}

impl Notice {
    /// Its name in the page's locales.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Notice::NameTaken { .. } => "name-taken",
            Notice::EditRefused { .. } => "edit-refused",
            Notice::NotSaved { .. } => "not-saved",
            Notice::Unreadable { error: LoadError::NewerVersion { .. } } => "saved-by-newer-version",
            Notice::Unreadable { .. } => "saved-unreadable",
            Notice::NothingToEdit => "nothing-to-edit",
            Notice::LinkUnreadable { error } => error.code(),
            Notice::NoLessons { .. } => "no-lessons",
            Notice::NoLesson { error: LessonError::Unavailable(_) } => "no-lesson",
            Notice::NoLesson { error: LessonError::Unreadable(lesson::PackError::Newer(_)) } => "lesson-newer",
            Notice::NoLesson { error: LessonError::Unreadable(lesson::PackError::Foreign) } => "lesson-foreign",
            Notice::NoLesson { error: LessonError::Unreadable(lesson::PackError::TooLarge) } => "lesson-too-large",
            Notice::NoLesson { error: LessonError::Unreadable(_) } => "lesson-unreadable",
            Notice::NoProgress { error: ProgressError::Foreign } => "progress-foreign",
            Notice::NoProgress { error: ProgressError::Newer(_) } => "progress-newer",
            Notice::ImageUnavailable { .. } => "image-unavailable",
            Notice::TableUnavailable { .. } => "table-unavailable",
            Notice::LookOnly => "look-only",
        }
    }

    /// Its arguments, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, Value)> {
        match self {
            Notice::NameTaken { path } => vec![("path", Value::Text(path.clone()))],
            Notice::EditRefused { path, error } => {
                vec![("path", Value::Text(path.clone())), ("error", Value::Text(error.to_string()))]
            }
            Notice::NotSaved { bytes, limit } => vec![("bytes", Value::Bytes(*bytes)), ("limit", Value::Bytes(*limit))],
            Notice::Unreadable { error } => vec![("error", Value::Text(error.to_string()))],
            Notice::NothingToEdit | Notice::LookOnly => Vec::new(),
            Notice::LinkUnreadable { error: LinkError::TooLarge { limit } } => vec![("limit", Value::Bytes(*limit))],
            Notice::LinkUnreadable { error } => vec![("error", Value::Text(error.to_string()))],
            Notice::NoLessons { error } | Notice::NoLesson { error } => lesson_args(error),
            Notice::NoProgress { error: ProgressError::Newer(version) } => vec![("version", Value::Count(*version))],
            Notice::NoProgress { error: ProgressError::Foreign } => Vec::new(),
            Notice::ImageUnavailable { reference } => {
                vec![("image", Value::Text(reference.clone()))]
            }
            Notice::TableUnavailable { name } => vec![("table", Value::Text((*name).to_owned()))],
        }
    }
}

fn lesson_args(error: &LessonError) -> Vec<(&'static str, Value)> {
    let limit = u64::try_from(lesson::PACK_LIMIT).unwrap_or(u64::MAX);
    match error {
        LessonError::Unavailable(why) => vec![("error", Value::Text(why.clone()))],
        LessonError::Unreadable(lesson::PackError::Newer(version)) => vec![("version", Value::Count(*version))],
        LessonError::Unreadable(lesson::PackError::TooLarge) => vec![("limit", Value::Bytes(limit))],
        LessonError::Unreadable(error) => vec![("error", Value::Text(error.to_string()))],
    }
}

/// Something that just happened, for a live region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// A build made an image.
    Built {
        /// The steps that ran.
        ran: usize,
        /// The steps that came from the cache.
        cached: usize,
        /// The image's bytes.
        bytes: u64,
    },
    /// A build failed, or its Dockerfile is invalid.
    BuildFailed {
        /// Docker's message.
        message: String,
    },
    /// A file was added.
    FileAdded(String),
    /// A file was removed.
    FileRemoved(String),
    /// A file has another name.
    FileRenamed(String),
    /// A file has another mode.
    ModeChanged(String),
    /// A file is newer.
    FileTouched(String),
    /// An edit was taken back.
    Undone,
    /// An undone edit was made again.
    Redone,
    /// The cache was emptied.
    CachePruned,
    /// Another machine builds, which has nothing.
    FreshMachine,
    /// A base image was published again.
    Republished(String),
    /// Days passed.
    TimePassed(u32),
    /// Files were changed: the first, and how many more.
    FilesChanged {
        /// Its path; empty where only the options changed.
        first: String,
        /// How many more.
        others: usize,
    },
    /// Files and options are what they were at an earlier point.
    Returned,
    /// A Dockerfile is kept to compare with.
    Pinned,
    /// None is kept any more.
    Unpinned,
    /// The Dockerfile that was kept is the project's own, and the other way round.
    Swapped,
    /// What was measured took the place of estimates: of so many steps.
    Measured(usize),
    /// Another project was opened.
    ProjectOpened,
    /// A lesson was opened.
    LessonOpened,
    /// The lesson was left; the sandbox is there again.
    LessonClosed,
    /// A step of a lesson was begun again.
    StepBegun,
    /// Goals of the lesson's step are met, by their indices.
    GoalsMet(Vec<usize>),
    /// All is done that the step asks for.
    StepDone,
    /// The same of a lesson's last step.
    LessonDone,
    /// The learner seems to be stuck: there is a hint.
    HintOffered,
    /// There is a notice.
    Notice(&'static str),
}

impl Announcement {
    /// Its name in the page's locales.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Announcement::Built { .. } => "built",
            Announcement::BuildFailed { .. } => "build-failed",
            Announcement::FileAdded(_) => "file-added",
            Announcement::FileRemoved(_) => "file-removed",
            Announcement::FileRenamed(_) => "file-renamed",
            Announcement::ModeChanged(_) => "mode-changed",
            Announcement::FileTouched(_) => "file-touched",
            Announcement::Undone => "undone",
            Announcement::Redone => "redone",
            Announcement::CachePruned => "cache-pruned",
            Announcement::FreshMachine => "fresh-machine",
            Announcement::Republished(_) => "republished",
            Announcement::TimePassed(_) => "time-passed",
            Announcement::FilesChanged { .. } => "files-changed",
            Announcement::Returned => "returned",
            Announcement::Pinned => "pinned",
            Announcement::Unpinned => "unpinned",
            Announcement::Swapped => "swapped",
            Announcement::Measured(_) => "measured",
            Announcement::ProjectOpened => "project-opened",
            Announcement::LessonOpened => "lesson-opened",
            Announcement::LessonClosed => "lesson-closed",
            Announcement::StepBegun => "step-begun",
            Announcement::GoalsMet(_) => "goals-met",
            Announcement::StepDone => "step-done",
            Announcement::LessonDone => "lesson-done",
            Announcement::HintOffered => "hint-offered",
            Announcement::Notice(code) => code,
        }
    }

    /// Its arguments, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, Value)> {
        let count = |n: usize| Value::Count(n.try_into().unwrap_or(u64::MAX));
        match self {
            Announcement::Built { ran, cached, bytes } => {
                vec![("ran", count(*ran)), ("cached", count(*cached)), ("bytes", Value::Bytes(*bytes))]
            }
            Announcement::BuildFailed { message } => {
                vec![("message", Value::Text(message.clone()))]
            }
            Announcement::FileAdded(path)
            | Announcement::FileRemoved(path)
            | Announcement::FileRenamed(path)
            | Announcement::ModeChanged(path)
            | Announcement::FileTouched(path) => vec![("path", Value::Text(path.clone()))],
            Announcement::Republished(image) => vec![("image", Value::Text(image.clone()))],
            Announcement::Measured(steps) => vec![("count", count(*steps))],
            Announcement::TimePassed(days) => vec![("days", Value::Count(u64::from(*days)))],
            Announcement::FilesChanged { first, others } => {
                vec![("path", Value::Text(first.clone())), ("count", count(*others))]
            }
            Announcement::GoalsMet(goals) => vec![("count", count(goals.len()))],
            Announcement::LessonOpened
            | Announcement::LessonClosed
            | Announcement::StepBegun
            | Announcement::StepDone
            | Announcement::LessonDone
            | Announcement::HintOffered
            | Announcement::FreshMachine
            | Announcement::Returned
            | Announcement::Undone
            | Announcement::Redone
            | Announcement::CachePruned
            | Announcement::Pinned
            | Announcement::Unpinned
            | Announcement::Swapped
            | Announcement::ProjectOpened
            | Announcement::Notice(_) => Vec::new(),
        }
    }
}
