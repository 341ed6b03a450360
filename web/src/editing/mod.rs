//! What an editor works out of a text: coloured pieces of lines, and which lines are drawn. Plain data, no DOM.

mod caret;
mod highlight;
mod paint;
mod places;
mod window;

pub use caret::{line_of_utf16, utf16_range_of_line};
pub use highlight::{Mark, has_long_line, is_marked, line_pieces, mark_class, token_class};
pub use paint::{CLASSES, colours, marks};
pub use places::Places;
pub use window::{CHUNK, drawn_lines};

/// The height of a line in CSS pixels. The page's styles get it from here, as `--line-height`.
pub const LINE_HEIGHT: u32 = 20;
