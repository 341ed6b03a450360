//! The page's state machine and its save format.
//!
//! [`update()`] takes a [`State`] and an [`Action`] and gives the next state and the [`Effect`]s that the page carries
//! out: nothing else changes a state. What a build would do is worked out by [`report::analyze`] against the cache that
//! the last build left; only [`Action::Build`] keeps the cache that comes out.
//!
//! It does not model: the DOM, the editor's own undo, where a saved text is kept, languages (messages are codes with
//! arguments), the clock (the time comes with the action).
//!
//! Invariants: project, builds and cache follow from the start project, the [`Event`]s and the catalog alone, so that
//! a saved state replayed gives the same cache verdicts; no text that is loaded makes it panic; what was typed is in
//! the project at once, and an undone edit can be redone until the next edit.

mod action;
mod changes;
mod comparison;
mod difference;
mod fold;
mod gallery;
mod happen;
mod lessons;
mod looking;
mod message;
mod opening;
mod replay;
mod runs;
mod save;
mod scene;
mod share;
mod snapshot;
mod state;
mod timeline;
mod update;

pub use action::{Action, Effect, Event, Habit};
pub use changes::Changes;
pub use comparison::{Comparison, Round, Side, compared};
pub use difference::changed_files;
pub use gallery::{GalleryEntry, GalleryKind, GalleryText, read_gallery, read_gallery_project};
pub use import;
pub use lessons::{
    Attempt, FileDiff, LessonAction, LessonEffect, LessonError, Mark, Offer, Progress, ProgressError, Revealed, Source,
    Study, id_of, made_lesson, offers, solution, target,
};
pub use message::{Announcement, Notice};
pub use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Edit, Image, MeasuredBy, Measurement, Options,
    Profile, Report, Totals,
};
pub use runs::{Aged, Run};
pub use save::{Kept, Linked, LoadError, Saved, Written, load, save, written};
pub use scene::{Example, Scene, read_example};
pub use share::{LinkError, lesson_link, link, read_link};
pub use snapshot::{snapshot, snapshot_view};
pub use state::{Built, DOCKERFILE, Language, Project, Settings, State, Theme};
pub use suggest;
pub use timeline::{Moment, aged, given, timeline, visited};
pub use update::{start, update};
