//! What a layer holds, shared with the cache or the catalog that has it.

use std::ops::Range;
use std::rc::Rc;

use catalog::Image;
use filesystem::{Layer, LayerEntry};

/// The entries of a layer. Cheap to clone; they are read when they are asked for.
#[derive(Clone, Debug, Default)]
pub struct LayerContents(Holder);

#[derive(Clone, Debug, Default)]
enum Holder {
    #[default]
    Nothing,
    /// A layer that a step made.
    Built(Rc<Layer>),
    /// A row of a base image's history.
    Base(Rc<Image>, usize),
}

impl LayerContents {
    pub(crate) fn built(layer: &Rc<Layer>) -> LayerContents {
        LayerContents(Holder::Built(Rc::clone(layer)))
    }

    pub(crate) fn base(image: &Rc<Image>, row: usize) -> LayerContents {
        LayerContents(Holder::Base(Rc::clone(image), row))
    }

    /// The entries, sorted by their path in the archive.
    #[must_use]
    pub fn entries(&self) -> &[LayerEntry] {
        match &self.0 {
            Holder::Nothing => &[],
            Holder::Built(layer) => &layer.entries,
            Holder::Base(image, row) => {
                image.layers.get(*row).and_then(|row| row.layer.as_ref()).map_or(&[], |layer| &layer.entries)
            }
        }
    }

    /// Whether the entries are those that a step made, and not a base image's.
    #[must_use]
    pub fn is_built(&self) -> bool {
        matches!(self.0, Holder::Built(_))
    }

    /// Whether the files are an outline: the notable ones by name, the rest as bytes.
    #[must_use]
    pub fn is_outline(&self) -> bool {
        matches!(&self.0, Holder::Base(image, _) if image.outline)
    }
}

/// Whether an entry of a layer stands for files that are not known by name.
pub(crate) fn stands_for_others(contents: &LayerContents, path: &str) -> bool {
    contents.is_outline() && catalog::stands_for_others(path)
}

/// A path as a key under which what lies in a directory follows it: `/` orders before every byte of a name.
pub(crate) fn path_key(path: &str) -> String {
    path.trim_end_matches('/').replace('/', "\0")
}

/// The keys of what lies in a directory.
pub(crate) fn keys_inside(path: &str) -> Range<String> {
    let start = path_key(path);
    format!("{start}\0")..format!("{start}\u{1}")
}

impl PartialEq for LayerContents {
    fn eq(&self, other: &LayerContents) -> bool {
        match (&self.0, &other.0) {
            (Holder::Nothing, Holder::Nothing) => true,
            (Holder::Built(a), Holder::Built(b)) => a == b,
            (Holder::Base(a, row), Holder::Base(b, other)) => row == other && (Rc::ptr_eq(a, b) || a == b),
            _ => false,
        }
    }
}
