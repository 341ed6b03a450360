//! `layerlab lesson unpack`: a lesson's folder again, from one file.

use std::fs;
use std::path::{Component, Path};

use lesson::{Lesson, Pack};

use super::HELP;
use super::markdown_out::markdown;
use crate::Answer;

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let [file, folder] = arguments else {
        return Err(format!("give the file and the folder that it becomes\n\n{HELP}"));
    };
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let lesson = lesson::read(&text).map_err(|error| format!("{file}: {error}"))?;
    let pack: Pack = serde_json::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
    let folder = Path::new(folder);
    if folder.exists() {
        return Err(format!("{}: is there already. Give a folder that is not", folder.display()));
    }
    let count = write_all(&pack, &lesson, folder)?;
    Ok(Answer { text: format!("{}: {count} files\n", folder.display()), ok: true })
}

/// Writes a lesson's folder. How many files it has.
pub fn write_all(pack: &Pack, lesson: &Lesson, folder: &Path) -> Result<usize, String> {
    let toml = toml::to_string_pretty(&pack.lesson).map_err(|error| format!("lesson.toml: {error}"))?;
    let mut files = vec![("lesson.toml".to_owned(), toml)];
    files.extend(lesson.prose.iter().map(|(language, prose)| (format!("{language}.md"), markdown(prose, lesson))));
    files.extend(pack.files.clone());
    for (path, text) in &files {
        // a lesson from elsewhere writes nowhere but in its folder
        if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(format!("{path}: not a path inside of the lesson"));
        }
        let full = folder.join(path);
        let failed = |error: std::io::Error| format!("{}: {error}", full.display());
        if let Some(parent) = full.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::write(&full, text).map_err(failed)?;
    }
    Ok(files.len())
}
