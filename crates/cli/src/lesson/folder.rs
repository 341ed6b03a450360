//! From a lesson's folder to its pack.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lesson::{Lesson, Pack};

use super::markdown::prose;

/// The folders whose files belong to a lesson.
const FOLDERS: [&str; 5] = ["start", "open", "solution", "wrong", "edits"];
/// The languages that a lesson can have.
pub const LANGUAGES: [&str; 2] = ["en", "ja"];
/// How deep folders may lie in folders.
const DEPTH_LIMIT: usize = 20;

/// Reads a folder and makes sure that what comes out is a lesson.
///
/// # Errors
/// Which file is wrong, and why.
pub fn read(folder: &Path) -> Result<(Pack, Lesson), String> {
    let pack = pack(folder)?;
    let text = pack.write().map_err(|error| error.to_string())?;
    let lesson = lesson::read(&text).map_err(|error| error.to_string())?;
    Ok((pack, lesson))
}

fn pack(folder: &Path) -> Result<Pack, String> {
    let text = read_text(&folder.join("lesson.toml"))?;
    let lesson: toml::Table = toml::from_str(&text).map_err(|error| format!("lesson.toml: {error}"))?;
    let lesson = serde_json::to_value(lesson).map_err(|error| format!("lesson.toml: {error}"))?;
    let mut texts = BTreeMap::new();
    for language in LANGUAGES {
        let name = format!("{language}.md");
        if folder.join(&name).is_file() {
            let text = read_text(&folder.join(&name))?;
            texts.insert(language.to_owned(), prose(&text).map_err(|error| format!("{name}: {error}"))?);
        }
    }
    let mut files = BTreeMap::new();
    for name in FOLDERS {
        collect(&folder.join(name), name, 0, &mut files)?;
    }
    Ok(Pack { format: Pack::FORMAT.to_owned(), version: Pack::VERSION, lesson, prose: texts, files })
}

fn collect(folder: &Path, prefix: &str, depth: usize, files: &mut BTreeMap<String, String>) -> Result<(), String> {
    if !folder.is_dir() {
        return Ok(());
    }
    if depth > DEPTH_LIMIT {
        return Err(format!("{}: more than {DEPTH_LIMIT} folders deep", folder.display()));
    }
    for path in sorted(folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let place = format!("{prefix}/{name}");
        if path.is_dir() {
            collect(&path, &place, depth + 1, files)?;
        } else {
            files.insert(place, read_text(&path)?);
        }
    }
    Ok(())
}

/// The lessons' folders in a folder, by name: those that have a lesson.toml.
pub fn lessons(folder: &Path) -> Result<Vec<PathBuf>, String> {
    Ok(sorted(folder)?.into_iter().filter(|path| path.join("lesson.toml").is_file()).collect())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}

fn read_text(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    String::from_utf8(bytes).map_err(|_| {
        format!("{}: not a text. A file of bytes that do not matter is a [[file]] with its size", path.display())
    })
}
