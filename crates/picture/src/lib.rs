//! What is said and drawn of a report: sentences, geometry, and builds as pictures and tables that stand by themselves.
//!
//! [`text`] says in the reader's language what the core says in codes, [`svg`] works out geometry in plain numbers,
//! [`export`] makes a picture or a table of a build. The page draws with it, and the command `layerlab render` writes files.
//!
//! It does not model: where sentences come from (a [`text::Locale`] is given the text of a language), how wide a font is
//! (texts are cut to columns), what changes under a pointer, bitmaps.
//!
//! Invariants: the same report, language and palette give the same text; nothing of a Dockerfile gets into a picture or a
//! table as markup.

pub mod export;
pub mod svg;
pub mod text;
