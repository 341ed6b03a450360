//! Whole pages that stand in the place of the panes.

mod embed;
mod embed_head;
mod gallery;
mod lesson_map;
mod lessons;
mod speaker;

pub use embed::{Embed, EmbedProps};
pub use embed_head::{EmbedFoot, EmbedFootProps, EmbedHead, EmbedHeadProps};
pub use gallery::{Gallery, GalleryList, GalleryListProps};
pub use lesson_map::{LessonMap, LessonMapProps};
pub use lessons::{Lessons, LessonsProps, said};
pub use speaker::{Speaker, SpeakerProps, SpeakerView, SpeakerViewProps};
