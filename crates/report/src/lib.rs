//! The view model: everything that a page or a terminal shows of a build, as plain data.
//!
//! [`analyze`] takes what the user has (context with its Dockerfile, options), what is known (catalog, profile) and the
//! cache that earlier builds left, and gives a [`Report`] and the cache as this build would leave it. It is a pure
//! function: the same input gives an equal report, everywhere.
//!
//! It does not model: the DOM, languages (a reason or problem is a code with arguments; sentences are the page's),
//! serial formats.
//!
//! Invariants: reports are plain data with public fields; ranges lie in the Dockerfile's text; image size is the sum of
//! the layers' sizes; totals are the sums of their parts.

mod analyze;
mod complete;
mod contents;
mod context;
mod file_text;
mod frame;
mod hover;
mod image;
mod json;
mod key;
mod log;
mod measured;
mod place;
mod problems;
mod scope;
mod secrets;
mod settings;
mod size;
mod stages;
mod step_files;
mod steps;
mod time;
mod tips;
mod tree;
mod view;
mod waste;

pub use analyze::{Inputs, analyze};
pub use catalog::{Catalog, Image, file_name, parse_image, parse_index};
pub use complete::{Completion, CompletionKind, Completions, Fact, Surroundings, Topic, complete, topics};
pub use contents::LayerContents;
pub use dockerfile::{stated_size, stated_time};
pub use file_text::{Before, DiffLine, FileText, Inside, file_text};
pub use filesystem::{Content, Context, ContextEntry, ContextError, ContextKind, Edit, parse_ignore, parse_mode};
pub use frame::code_frame;
pub use hover::{Hover, Subject, hover};
pub use json::Json;
pub use key::{KeyKind, KeyPart};
pub use log::{Progress, ProgressLine, ProgressRow, Tone};
pub use measured::{MeasuredBy, MeasuredView, Measurement};
pub use secrets::{Secret, SecretKind, SecretPlace, secrets};
pub use settings::{SetBy, SettingView};
pub use simulate::{CacheStore, FIGURES, Figure, Preset, Profile, Unit};
pub use size::human_size;
pub use step_files::StepFiles;
pub use tree::{Tree, TreeNode, tree};
pub use view::*;
pub use waste::{Hidden, Waste, hidden, waste};
