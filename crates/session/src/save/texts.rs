//! Projects as they are written, each made once: they are most of a saved text and hardly ever others.

use std::cell::RefCell;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde_json::value::{RawValue, to_raw_value};

use super::file::{damaged, encode_project};
use super::{LOADED_LIMIT, LoadError, model};
use crate::Project;

/// A project whose text is longer is packed: that of many files would not be kept otherwise.
const PACKED_FROM: usize = 256 << 10;
/// How hard it is pressed, of ten: more takes long and gains little.
const LEVEL: u8 = 4;
/// The texts that are remembered.
const REMEMBERED: usize = 6;

/// The texts of the projects that were written last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts(Rc<RefCell<Vec<Written>>>);

#[derive(Debug)]
struct Written {
    project: Project,
    text: Rc<RawValue>,
}

impl PartialEq for Texts {
    /// They follow from the projects.
    fn eq(&self, _: &Texts) -> bool {
        true
    }
}

impl Texts {
    /// A project as it is written.
    pub fn of(&self, project: &Project) -> Option<Rc<RawValue>> {
        let mut written = self.0.try_borrow_mut().ok()?;
        let known = |other: &Written| {
            other.project.context.is_same(&project.context)
                && other.project.options == project.options
                && other.project.name == project.name
                && other.project.pinned == project.pinned
        };
        if let Some(found) = written.iter().find(|other| known(other)) {
            return Some(Rc::clone(&found.text));
        }
        let text: Rc<RawValue> = Rc::from(written_text(project)?);
        if written.len() >= REMEMBERED {
            written.remove(0);
        }
        written.push(Written { project: project.clone(), text: Rc::clone(&text) });
        Some(text)
    }
}

fn written_text(project: &Project) -> Option<Box<RawValue>> {
    let plain = to_raw_value(&encode_project(project)).ok()?;
    if plain.get().len() < PACKED_FROM {
        return Some(plain);
    }
    let packed = STANDARD_NO_PAD.encode(compress_to_vec_zlib(plain.get().as_bytes(), LEVEL));
    to_raw_value(&model::Project { packed, ..model::Project::default() }).ok()
}

/// A project as it was before it was packed.
pub(super) fn unpacked(project: model::Project, place: &str) -> Result<model::Project, LoadError> {
    if project.packed.is_empty() {
        return Ok(project);
    }
    let wrong = |why: &str| damaged(&format!("{place}.packed"), why);
    let packed = STANDARD_NO_PAD.decode(&project.packed).map_err(|error| wrong(&format!("base64: {error}")))?;
    let limit = usize::try_from(LOADED_LIMIT).unwrap_or(usize::MAX);
    let plain = decompress_to_vec_zlib_with_limit(&packed, limit).map_err(|_| wrong("cannot be unpacked"))?;
    let inner: model::Project = serde_json::from_slice(&plain).map_err(|error| wrong(&error.to_string()))?;
    if inner.packed.is_empty() { Ok(inner) } else { Err(wrong("packed twice")) }
}
