//! `layerlab lesson`: making, checking and packing lessons.

mod check;
pub(crate) mod folder;
mod judge;
mod markdown;
mod markdown_out;
mod new;
pub(crate) mod pack;
mod preview;
mod texts;
mod unpack;

use crate::Answer;

pub const HELP: &str = "\
Makes, checks and packs lessons. AUTHORING.md says what is in a lesson's folder.

Usage:
  layerlab lesson new DIR                  a small lesson that passes, to be changed
  layerlab lesson check [OPTIONS] DIR...   what is wrong with lessons, in which file and why
  layerlab lesson preview DIR              serves a lesson to the page, which follows what is saved
  layerlab lesson pack DIR [-o FILE]       one file of a lesson: what is published
  layerlab lesson pack --all DIR OUT       one file of each lesson in a folder, and index.json
  layerlab lesson unpack FILE DIR          a lesson's folder again, from one file

Options of check:
  --all DIR            all lessons of a folder, as a course: links between them, both languages, evidence
  --evidence DIR       the recorded cases that lessons may name as evidence
  --catalog DIR        other base images than those that the command carries

Options of preview:
  --port PORT          where it is served on this machine (default: 8021)
";

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(format!("no command given\n\n{HELP}"));
    };
    match command.as_str() {
        "new" => new::run(rest),
        "check" => check::run(rest),
        "preview" => preview::run(rest),
        "pack" => pack::run(rest),
        "unpack" => unpack::run(rest),
        other => Err(format!("unknown command `lesson {other}`\n\n{HELP}")),
    }
}
