//! Projects to start from, as they lie in `lessons/gallery`.

use std::collections::BTreeMap;

use report::{Content, Context, ContextKind};
use serde::Deserialize;

use crate::LoadError;
use crate::scene::put;

/// What the gallery shows of a project.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GalleryEntry {
    /// Names it: the file with its project is `gallery/ID.json`.
    pub id: String,
    /// What it is there for.
    pub kind: GalleryKind,
    /// Words that it is found by, beside those of its texts.
    pub tags: Vec<String>,
    /// Its texts, by language.
    pub texts: BTreeMap<String, GalleryText>,
}

/// What a project of the gallery is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GalleryKind {
    /// A good Dockerfile for a framework.
    Framework,
    /// A mistake that is often made.
    Mistake,
}

/// What is said of a project in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct GalleryText {
    /// What it is.
    pub title: String,
    /// What to look at.
    pub text: String,
}

impl GalleryEntry {
    /// Its texts in a language, else in one that there is.
    #[must_use]
    pub fn said(&self, language: &str) -> Option<&GalleryText> {
        self.texts.get(language).or_else(|| self.texts.values().next())
    }

    /// Whether all words of a search are in its tags, its name or its texts in a language, whatever their case.
    #[must_use]
    pub fn matches(&self, search: &str, language: &str) -> bool {
        let said = self.said(language);
        let texts = said.map(|said| format!("{} {}", said.title, said.text)).unwrap_or_default();
        let all = format!("{} {} {texts}", self.id, self.tags.join(" ")).to_lowercase();
        search.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }
}

#[derive(Deserialize)]
struct Index {
    projects: Vec<GalleryEntry>,
}

#[derive(Deserialize)]
struct Folder {
    files: BTreeMap<String, String>,
    #[serde(default)]
    sized: Vec<Sized>,
}

/// A file that is known by its size alone.
#[derive(Deserialize)]
struct Sized {
    path: String,
    bytes: u64,
}

/// Reads the list of the gallery.
///
/// # Errors
/// See [`LoadError`]: where it is not that.
pub fn read_gallery(text: &str) -> Result<Vec<GalleryEntry>, LoadError> {
    Ok(serde_json::from_str::<Index>(text)?.projects)
}

/// Reads a project of the gallery: JSON, `{"files": {PATH: TEXT}, "sized": [{"path": PATH, "bytes": NUMBER}]}`.
///
/// # Errors
/// See [`LoadError`]: where it is not that, or a file cannot be in a build context.
pub fn read_gallery_project(text: &str) -> Result<Context, LoadError> {
    let folder: Folder = serde_json::from_str(text)?;
    let mut context = Context::default();
    let texts = folder.files.iter().map(|(path, text)| (path, Content::text(text)));
    let sized = folder.sized.iter().map(|file| (&file.path, Content::opaque(&file.path, file.bytes)));
    for (path, content) in texts.chain(sized) {
        put(&mut context, path, ContextKind::File(content))?;
    }
    Ok(context)
}
