//! The list of lessons that stand beside each other: what there is to say of each before it is opened.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::PackError;

/// `index.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The lessons, in order.
    pub lessons: Vec<Entry>,
}

/// A lesson in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Names it.
    pub id: String,
    /// The track that it belongs to, from 1; 0 for none.
    #[serde(default)]
    pub track: u32,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// The lessons that it builds on.
    #[serde(default)]
    pub requires: Vec<String>,
    /// Whether it is the end of a track.
    #[serde(default)]
    pub challenge: bool,
    /// The ids of its steps.
    pub steps: Vec<String>,
    /// What is said of it, by language.
    pub texts: BTreeMap<String, EntryText>,
}

/// What is said of a lesson in a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryText {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
}

impl Index {
    /// Reads `index.json`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Index, PackError> {
        let damaged =
            |error: serde_json::Error| PackError::Damaged { place: "index.json".into(), why: error.to_string() };
        serde_json::from_str(text).map_err(damaged)
    }
}
