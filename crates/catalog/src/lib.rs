//! Facts with source and date: base images.
//!
//! A [`Catalog`] holds [`Image`]s by reference. An image's facts are a JSON file (`data/images/NAME.json`), loaded by
//! name: the page fetches the one it needs, the command line and tests read folders.
//!
//! It does not model: registries, digests, platforms other than linux/amd64; it only knows what it was given.
//!
//! Invariants: an image's file tree weighs what its layers say; every number that was not read or measured is marked
//! estimated.

mod image;
mod json;
mod reference;

pub use image::{Catalog, Healthcheck, Image, ImageConfig, ImageLayer};
pub use json::{file_name, parse_image};
pub use reference::{Reference, ReferenceError};
