//! The flags of go build, install, test, vet and run.

use crate::process::{Machine, Process};

use super::super::options::{Options, read};
use super::setup::Setup;

const LONG: [(&str, char); 24] = [
    ("ldflags=", 'l'),
    ("tags=", 't'),
    ("trimpath", 'T'),
    ("mod=", 'm'),
    ("gcflags=", 'g'),
    ("asmflags=", 'g'),
    ("race", 'r'),
    ("msan", 'r'),
    ("buildvcs=", 'V'),
    ("installsuffix=", 'i'),
    ("buildmode=", 'B'),
    ("modfile=", 'M'),
    ("pgo=", 'G'),
    ("compiler=", 'C'),
    ("cover", 'c'),
    ("covermode=", 'c'),
    ("coverprofile=", 'k'),
    ("run=", 'R'),
    ("count=", 'R'),
    ("timeout=", 'R'),
    ("short", 's'),
    ("json", 's'),
    ("modcacherw", 's'),
    ("failfast", 's'),
];

/// Reads go's flags, which have one minus and long names; `-buildvcs` and the like may stand without a value.
pub fn flags(machine: &mut Machine, process: &Process, setup: &Setup, arguments: &[String]) -> Result<Options, i32> {
    let command = process.operands().first().cloned().unwrap_or_default();
    let mut doubled: Vec<String> = Vec::new();
    // a value that stands apart is left as it is: -ldflags "-s -w"
    let mut is_value = false;
    for word in setup.flags.iter().chain(arguments) {
        let long = word.len() > 2 && word.starts_with('-') && !word.starts_with("--") && !is_value;
        let name = word.trim_start_matches('-');
        is_value = !is_value
            && word.starts_with('-')
            && (matches!(name, "o" | "p") || LONG.iter().any(|(long, _)| long.strip_suffix('=') == Some(name)))
            && name != "buildvcs";
        doubled.push(match (long, word.split_once('=')) {
            (true, _) if word == "-buildvcs" => "--buildvcs=true".to_string(),
            (true, Some((name @ ("-race" | "-trimpath" | "-cover"), _))) => format!("-{name}"),
            (true, _) => format!("-{word}"),
            _ => word.clone(),
        });
    }
    read(&doubled, "o:vapxnCp:", &LONG).map_err(|message| {
        let flag = message.split('\'').nth(1).unwrap_or_default().trim_start_matches('-').to_string();
        let usage = match command.as_str() {
            "install" => "go install [build flags] [packages]",
            "test" => "go test [build/test flags] [packages] [build/test flags & test binary flags]",
            "vet" => "go vet [build flags] [-vettool prog] [vet flags] [packages]",
            "run" => "go run [build flags] [-exec xprog] package [arguments...]",
            _ => "go build [-o output] [build flags] [packages]",
        };
        process.err(
            machine,
            &format!("flag provided but not defined: -{flag}\nusage: {usage}\nRun 'go help {command}' for details.\n"),
        );
        2
    })
}
