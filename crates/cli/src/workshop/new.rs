//! `layerlab workshop new`: a small workshop that passes, to be changed.

use std::fs;
use std::path::Path;

use super::HELP;
use crate::Answer;

const TEXT: &str = include_str!("new/workshop.toml");

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let [file] = arguments else {
        return Err(format!("give the file that the workshop becomes\n\n{HELP}"));
    };
    let path = Path::new(file);
    if path.exists() {
        return Err(format!("{file}: is there already. Give a file that is not"));
    }
    let failed = |error: std::io::Error| format!("{file}: {error}");
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(path, TEXT).map_err(failed)?;
    Ok(Answer {
        text: format!("{file}: a workshop of half an hour. Check it: layerlab workshop check {file}\n"),
        ok: true,
    })
}
