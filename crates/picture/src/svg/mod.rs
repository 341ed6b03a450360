//! Geometry in plain numbers: no browser, no floats.

mod edges;
mod fitted;
mod ghost;
mod graph;
mod map;
mod route;
mod score;
mod stack;
#[cfg(test)]
pub(crate) mod testing;
mod timeline;
mod zoom;

pub use fitted::{fitted, fitted_in_the_middle};
pub use ghost::{Column, Slot, beside, keyword};
pub use graph::{Card, Edge, EdgeKind, Ghosts, ImageCard, Lane, Origin, Picture, Rect, lay_out, lay_out_beside, share};
pub use map::{LessonMap, NODE, TRACK_HEAD, lesson_map};
pub use score::{Phase, Score, score};
pub use stack::{Part, heights};
pub use timeline::{Bar, Chart, Drawn, Group, Link, Tick, What, bars, chart};
pub use zoom::{Size, closer, fit, further, opening, scaled, scroll_after, scroll_to};
