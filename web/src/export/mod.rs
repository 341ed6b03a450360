//! A build as a text or picture that stands by itself: Markdown, SVG. Pure: what a browser has to do for it is the caller's.

mod drawing;
mod markdown;

pub use drawing::{Palette, graph_svg, layers_svg};
pub use markdown::markdown;
