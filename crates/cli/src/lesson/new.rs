//! `layerlab lesson new`: a small lesson that passes, to be changed.

use std::fs;
use std::path::Path;

use super::HELP;
use crate::Answer;

/// The files of the lesson; `ID` stands for its name.
const FILES: [(&str, &str); 6] = [
    ("lesson.toml", include_str!("new/lesson.toml")),
    ("en.md", include_str!("new/en.md")),
    ("start/Dockerfile", include_str!("new/start.Dockerfile")),
    ("start/app.py", "print(\"hello\")\n"),
    ("solution/order/Dockerfile", include_str!("new/solution.Dockerfile")),
    ("wrong/only-install-later/Dockerfile", include_str!("new/wrong.Dockerfile")),
];
const REQUIREMENTS: &str = "flask==3.0.3\n";

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let [folder] = arguments else {
        return Err(format!("give the folder that the lesson becomes\n\n{HELP}"));
    };
    let folder = Path::new(folder);
    if folder.exists() {
        return Err(format!("{}: is there already. Give a folder that is not", folder.display()));
    }
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let id = name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-');
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Err(format!("{name}: a lesson's name has small letters, digits and hyphens: `copy-source-last`"));
    }
    for (path, text) in FILES.iter().chain([&("start/requirements.txt", REQUIREMENTS)]) {
        let full = folder.join(path);
        let failed = |error: std::io::Error| format!("{}: {error}", full.display());
        if let Some(parent) = full.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::write(&full, text.replace("LESSON-ID", id)).map_err(failed)?;
    }
    let folder = folder.display();
    let text = format!("{folder}: a lesson of one step. Check it: layerlab lesson check {folder}\n");
    Ok(Answer { text, ok: true })
}
