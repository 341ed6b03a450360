//! The command `layerlab`: what the page works out, in a terminal.
//!
//! `build` shows what `docker build` would do with a folder, `check` what `docker build --check` would say of a
//! Dockerfile, `conformance` how far the simulator agrees with recorded builds of a real engine, `corpus` how much of
//! many Dockerfiles has a model, `lesson` makes and checks lessons, `workshop` what an instructor shows of them,
//! `render` writes a build as a picture or a table.
//! Everything is worked out by the crate `report`; here are only arguments, files, and the text and JSON forms of a report.
//!
//! It does not model: pulling images (base images come from a folder), a remote context, build output.
//!
//! Invariants: no file is written but by `render` and by `new`, `pack` and `unpack` of lessons and workshops; an error says
//! what to do; the exit status is 0 only where the build succeeds, the check finds nothing, budgets are met, or all cases
//! agree.

mod arguments;
mod budget;
mod build;
mod catalogs;
mod check;
mod conformance;
mod corpus;
mod disk;
mod edits;
mod json;
mod lesson;
mod reason;
mod render;
mod table;
mod workshop;

use std::io::Write;
use std::process::ExitCode;

const HELP: &str = "\
layerlab: what docker build would do, worked out and explained

Usage:
  layerlab build [OPTIONS] DIR     the build of a folder: log, cache, layers, sizes, times
  layerlab check [OPTIONS] FILE    errors and build checks of a Dockerfile
  layerlab render [OPTIONS] WHAT DIR   a build as a picture or a table, for documentation
  layerlab conformance [OPTIONS] DIR   agreement with recorded builds of a real engine
  layerlab corpus [OPTIONS] DIR    how much of a folder of Dockerfiles has a model
  layerlab lesson COMMAND          makes, checks and packs lessons
  layerlab workshop COMMAND        makes, checks and packs workshops

`layerlab COMMAND --help` shows a command's options.
";

/// What a command prints, and whether all is well.
struct Answer {
    text: String,
    ok: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    match run(&arguments) {
        Ok(answer) => {
            // A reader that stops reading, as `head` does, is no error.
            let _ = std::io::stdout().write_all(answer.text.as_bytes());
            if answer.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "layerlab: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<Answer, String> {
    let help = |text: &str| Ok(Answer { text: text.to_owned(), ok: true });
    let Some((command, rest)) = arguments.split_first() else {
        return Err(format!("no command given\n\n{HELP}"));
    };
    let wants_help = rest.iter().any(|arg| arg == "--help" || arg == "-h");
    match command.as_str() {
        "--help" | "-h" | "help" => help(HELP),
        "--version" | "-V" => help(concat!("layerlab ", env!("CARGO_PKG_VERSION"), "\n")),
        "build" if wants_help => help(build::HELP),
        "check" if wants_help => help(&format!("{}\n{}", check::HELP, budget::HELP)),
        "conformance" if wants_help => help(conformance::HELP),
        "corpus" if wants_help => help(corpus::HELP),
        "render" if wants_help => help(render::HELP),
        "lesson" if wants_help => help(lesson::HELP),
        "workshop" if wants_help => help(workshop::HELP),
        "build" => build::run(rest),
        "check" => check::run(rest),
        "conformance" => conformance::run(rest),
        "corpus" => corpus::run(rest),
        "render" => render::run(rest),
        "lesson" => lesson::run(rest),
        "workshop" => workshop::run(rest),
        other => Err(format!(
            "unknown command `{other}`: there are build, check, render, conformance, corpus, lesson and workshop\n\n{HELP}"
        )),
    }
}
