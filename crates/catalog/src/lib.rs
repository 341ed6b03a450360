//! Facts with source and date: base images.
//!
//! A [`Catalog`] knows [`Image`]s by name. An image's facts are a JSON file (`data/images/NAME.json`), loaded by name: the
//! page has the [`Index`] of all of them from the start and fetches the ones it needs, the command line and tests read
//! folders. For a name that nothing is known of, [`Catalog::find`] gives the image that is nearest to it, and says so.
//!
//! It does not model: registries, platforms other than linux/amd64; it only knows what it was given.
//!
//! Invariants: an image's file tree weighs what its layers say; every number that was not read or measured is marked
//! estimated.

mod catalog;
mod image;
mod index;
mod json;
mod nearest;
mod reference;

pub use catalog::{Catalog, Found};
pub use image::{COMPRESSED_PER_MILLE, Healthcheck, Image, ImageConfig, ImageLayer, stands_for_others};
pub use index::{Index, IndexEntry, parse_index};
pub use json::{file_name, parse_image};
pub use reference::{Reference, ReferenceError};
