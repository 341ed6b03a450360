//! The list of the images that there are facts of: `data/index.json`.

use serde::Deserialize;

/// The images that there is a file for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Index {
    /// One entry for each file below `data/images`.
    pub images: Vec<IndexEntry>,
}

/// An image by its names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct IndexEntry {
    /// Its own reference, which its file is named after.
    pub reference: String,
    /// What it is called besides, in short form.
    #[serde(default)]
    pub names: Vec<String>,
    /// The digest that the facts are of.
    #[serde(default)]
    pub digest: Option<String>,
}

/// Reads the list of images.
///
/// # Errors
/// What is wrong with the JSON, and where.
pub fn parse_index(text: &str) -> Result<Index, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}
