//! `layerlab workshop`: making, checking and packing workshops.

mod check;
mod course;
mod file;
mod new;
mod pack;

use crate::Answer;

pub const HELP: &str = "\
Makes, checks and packs workshops: lessons and states in the order in which they are shown, with minutes and notes.
WORKSHOPS.md says what is in a workshop's file.

Usage:
  layerlab workshop new FILE                  a small workshop that passes, to be changed
  layerlab workshop check [OPTIONS] FILE...   what is wrong with workshops, in which line and what to do
  layerlab workshop pack FILE [-o FILE]       the one file that the page opens

Options of check and pack:
  --lessons DIR        the lessons that there are: a folder of them (default: those of the course)
";

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(format!("no command given\n\n{HELP}"));
    };
    match command.as_str() {
        "new" => new::run(rest),
        "check" => check::run(rest),
        "pack" => pack::run(rest),
        other => Err(format!("unknown command `workshop {other}`\n\n{HELP}")),
    }
}
