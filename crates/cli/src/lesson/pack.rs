//! `layerlab lesson pack`: one file of a lesson, or of each of a course.

use std::fs;
use std::path::Path;

use lesson::Lesson;
use serde_json::{Map, Value, json};

use super::HELP;
use super::folder::{lessons, read};
use crate::Answer;
use crate::arguments::{Argument, Arguments};

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let mut arguments = Arguments::new(arguments);
    let (mut all, mut out, mut values) = (None, None, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--all", given) => all = Some(arguments.value("--all", given)?),
            Argument::Flag("-o" | "--output", given) => out = Some(arguments.value("-o", given)?),
            Argument::Flag(flag, _) => return Err(format!("unknown option {flag}\n\n{HELP}")),
            Argument::Value(value) => values.push(value),
        }
    }
    match (all, values.as_slice()) {
        (Some(folder), [target]) => pack_all(Path::new(folder), Path::new(target)),
        (None, [folder]) => {
            let (pack, _) = read(Path::new(folder)).map_err(|why| format!("{folder}: {why}"))?;
            let text = pack.write().map_err(|error| error.to_string())? + "\n";
            match out {
                None => Ok(Answer { text, ok: true }),
                Some(file) => {
                    write(Path::new(file), &text)?;
                    Ok(Answer { text: format!("{file}: {} bytes\n", text.len()), ok: true })
                }
            }
        }
        _ => {
            Err(format!("give one lesson, or --all with the folder of lessons and the folder for the files\n\n{HELP}"))
        }
    }
}

fn pack_all(folder: &Path, target: &Path) -> Result<Answer, String> {
    fs::create_dir_all(target).map_err(|error| format!("{}: {error}", target.display()))?;
    let mut index = Vec::new();
    for folder in lessons(folder)? {
        let (pack, lesson) = read(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
        let text = pack.write().map_err(|error| error.to_string())?;
        write(&target.join(format!("{}.json", lesson.id)), &text)?;
        index.push(entry(&lesson));
    }
    let count = index.len();
    let index = json!({ "format": "layerlab-lessons", "version": 1, "lessons": index });
    write(&target.join("index.json"), &index.to_string())?;
    Ok(Answer { text: format!("{}: {count} lessons\n", target.display()), ok: true })
}

/// What a list of lessons shows of one.
fn entry(lesson: &Lesson) -> Value {
    let titles: Map<String, Value> = lesson
        .prose
        .iter()
        .map(|(language, prose)| (language.clone(), json!({ "title": prose.title, "summary": prose.summary })))
        .collect();
    let steps: Vec<&str> = lesson.steps.iter().map(|step| step.id.as_str()).collect();
    json!({
        "id": lesson.id,
        "track": lesson.track,
        "minutes": lesson.minutes,
        "requires": lesson.requires,
        "challenge": lesson.challenge,
        "steps": steps,
        "texts": titles,
    })
}

/// Writes a file, unless it is there as it should be: who watches it would take it for changed.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
