//! `cargo xtask`: sets up, serves, builds and tests Layerlab, the same way on a laptop and in CI.
//!
//! It installs what is missing, says what it is doing and how long that may take, and names with the command to run
//! what it may not install itself. The standard library alone, so that it is compiled in seconds.
//!
//! What it does not do: it never removes or upgrades a tool that it did not install, and never asks a question (in CI
//! there is no one to answer).
//!
//! Invariants: every failure is a message and a non-zero exit status, never a panic; a second run of the same command
//! finds everything in place and installs nothing.

mod bench;
mod browser;
mod build;
mod lesson;
mod npm;
mod program;
mod record;
mod rust;
mod screenshot;
mod serve;
mod setup;
mod size;
mod tally;
mod test;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask COMMAND

  serve [--release]   install what is missing, build, and serve the page on 127.0.0.1
  test [--fast]       install what is missing and run every check and test; --fast leaves the browser out
  build [--dev]       the release site, in dist/, and in one file, dist/layerlab-offline.html; --dev: large and slow, but
                      in seconds after a change
  size                compare dist/ with the budget in web/size-budget.json
  bench               build, and print how long the page takes from a key to its result
  screenshot          build, and take the pictures of the README (docs/*.png) anew
  record [CASE…]      record conformance cases with the Docker that is here, and compare; without names all that have no
                      recording. --new NAME begins one
  lesson check [DIR…] what is wrong with the lessons, in which file and why; without folders all of them
  setup               only install what is missing for all of the above
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = |()| ExitCode::SUCCESS;
    let result = match words.as_slice() {
        ["serve"] => serve::run(serve::Profile::Dev).map(done),
        ["serve", "--release"] => serve::run(serve::Profile::Release).map(done),
        ["test"] => test::run(test::Scope::Everything),
        ["test", "--fast"] => test::run(test::Scope::WithoutBrowser),
        ["build"] => build::run().map(done),
        ["build", "--dev"] => build::run_dev().map(done),
        ["size"] => size::run().map(done),
        ["bench"] => bench::run().map(done),
        ["screenshot"] => screenshot::run().map(done),
        ["record", "--new", name] => record::begin(name).map(done),
        ["record", cases @ ..] => record::run(cases).map(done),
        ["lesson", "check", folders @ ..] => lesson::check(folders).map(done),
        ["setup"] => setup::run().map(done),
        ["announce-address", port] => serve::announce_address(port).map(done),
        [] | ["help" | "--help" | "-h"] => {
            program::say(USAGE);
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(format!("unknown command: {}\n\n{USAGE}", arguments.join(" "))),
    };
    result.unwrap_or_else(|problem| {
        program::complain(&problem);
        ExitCode::FAILURE
    })
}
