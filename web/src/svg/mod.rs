//! Geometry in plain numbers: no DOM, no Yew, no floats.

mod graph;
mod route;
mod stack;

pub use graph::{Card, Edge, EdgeKind, Lane, Picture, Rect, lay_out};
pub use stack::{Part, heights};
