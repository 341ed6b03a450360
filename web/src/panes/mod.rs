//! The parts of the page. Each is one file: properties in, callbacks or actions out.

mod build_options;
mod editor;
mod editor_lines;
mod editor_typing;
mod file_actions;
mod file_tree;
mod files;
mod graph;
mod header;
mod layers;
mod log;
mod notice;
mod problems;
mod result;
mod source;
mod status;
mod step_details;
mod steps;
mod summary;

pub use build_options::{BuildOptions, BuildOptionsProps};
pub use editor::{Editor, EditorProps, Goto};
pub use file_actions::{FileActions, FileActionsProps};
pub use files::{Files, FilesProps};
pub use graph::{Graph, GraphProps};
pub use header::{Header, HeaderProps};
pub use layers::{Layers, LayersProps};
pub use log::{Log, LogProps};
pub use notice::{NoticeBar, NoticeBarProps};
pub use problems::{Problems, ProblemsProps};
pub use result::{ResultPane, ResultPaneProps};
pub use source::{IGNORE_FILE, SourcePane, SourcePaneProps};
pub use status::{Status, StatusProps};
pub use step_details::{StepDetails, StepDetailsProps};
pub use steps::{StepRow, StepRowProps, Steps, StepsProps};
pub use summary::{Summary, SummaryProps};
