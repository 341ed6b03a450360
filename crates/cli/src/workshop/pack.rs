//! `layerlab workshop pack`: the one file of a workshop that the page opens.

use std::path::Path;

use super::HELP;
use super::course::course;
use super::file::read;
use crate::Answer;
use crate::arguments::{Argument, Arguments};
use crate::lesson::pack::write;

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let mut arguments = Arguments::new(arguments);
    let (mut lessons, mut out, mut file) = (None, None, None);
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--lessons", given) => lessons = Some(arguments.value("--lessons", given)?),
            Argument::Flag("-o" | "--output", given) => out = Some(arguments.value("-o", given)?),
            Argument::Flag(flag, _) => return Err(format!("unknown option {flag}\n\n{HELP}")),
            Argument::Value(value) if file.is_none() => file = Some(value),
            Argument::Value(value) => return Err(format!("one workshop at a time: what is `{value}`?")),
        }
    }
    let file = file.ok_or_else(|| format!("no workshop given\n\n{HELP}"))?;
    let read = read(Path::new(file), &course(lessons)?)?;
    if !read.faults.is_empty() {
        let faults: Vec<String> =
            read.faults.iter().map(|found| format!("{file}:{}: {}", found.line, found.what)).collect();
        return Err(format!("the workshop is not whole:\n{}", faults.join("\n")));
    }
    let text = read.workshop.write().map_err(|error| format!("{file}: {error}"))? + "\n";
    match out {
        None => Ok(Answer { text, ok: true }),
        Some(out) => {
            write(Path::new(out), &text)?;
            Ok(Answer { text: format!("{out}: {} bytes\n", text.len()), ok: true })
        }
    }
}
