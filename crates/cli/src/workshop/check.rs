//! `layerlab workshop check`: what is wrong with workshops.

use std::path::Path;

use super::HELP;
use super::course::course;
use super::file::read;
use crate::Answer;
use crate::arguments::{Argument, Arguments};

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let mut arguments = Arguments::new(arguments);
    let (mut lessons, mut files) = (None, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--lessons", given) => lessons = Some(arguments.value("--lessons", given)?),
            Argument::Flag(flag, _) => return Err(format!("unknown option {flag}\n\n{HELP}")),
            Argument::Value(file) => files.push(file),
        }
    }
    if files.is_empty() {
        return Err(format!("no workshop given\n\n{HELP}"));
    }
    let course = course(lessons)?;
    let (mut text, mut wrong) = (String::new(), 0);
    for file in files {
        let read = read(Path::new(file), &course)?;
        for found in &read.faults {
            text += &format!("{file}:{}: {}\n", found.line, found.what);
        }
        for found in &read.remarks {
            text += &format!("{file}:{}: remark: {}\n", found.line, found.what);
        }
        let count = read.workshop.items.len();
        let items = if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
        let minutes = match read.workshop.minutes {
            Some(all) => format!("{} of {all} minutes", read.workshop.taken()),
            None => format!("{} minutes", read.workshop.taken()),
        };
        text += &match read.faults.len() {
            0 => format!("{file}: {items}, {minutes}, nothing wrong\n"),
            faults => format!("{file}: {faults} wrong in {items}\n"),
        };
        wrong += read.faults.len();
    }
    Ok(Answer { text, ok: wrong == 0 })
}
