//! A build as a text or picture that stands by itself: Markdown, HTML, SVG. Pure: what a browser or a disk has to do for it is
//! the caller's.

mod drawing;
mod html;
mod link;
mod markdown;

pub use drawing::{Palette, graph_svg, layers_svg};
pub use html::html;
pub use link::{linked_html, linked_markdown, linked_svg};
pub use markdown::markdown;

use drawing::escaped;
use markdown::total;
