//! go: sizes and times from measured builds (tests/estimates/compilers), messages as go prints them.
//!
//! The program's size is that of the standard packages that its sources import, of the modules, and of its own code.
//! Not modelled: what generated code would import, and whether tests pass.

mod build;
mod cost;
mod fetch;
mod flags;
mod module;
mod other;
mod setup;
mod source;

use crate::process::{Machine, Process};

use super::input::{hash, not_modelled};
use setup::Setup;

fn home(process: &Process) -> String {
    process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string())
}

pub fn go(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut words = process.operands().to_vec();
    // go -C folder command
    if words.first().is_some_and(|first| first == "-C") && words.len() > 2 {
        process.cwd = process.path(words.get(1).map_or(".", String::as_str));
        words.drain(..2);
        process.args.drain(1..3);
    }
    let Some((command, rest)) = words.split_first() else {
        process.err(machine, "Go is a tool for managing Go source code.\n\nUsage:\n\n\tgo <command> [arguments]\n");
        return 2;
    };
    match command.as_str() {
        "mod" => other::module_command(machine, process, rest),
        "build" => build::build(machine, process, rest, false),
        "install" if rest.iter().any(|word| word.contains('@') && !word.starts_with('-')) => {
            let setup = Setup::read(machine, process);
            let packages: Vec<String> = rest.iter().filter(|word| word.contains('@')).cloned().collect();
            fetch::install(machine, process, &setup, &packages)
        }
        "install" => build::build(machine, process, rest, true),
        "test" => build::test(machine, process, rest),
        "vet" => match build::load(machine, process, rest) {
            Ok(build) => build::compile_all(machine, process, &build).map_or_else(|status| status, |_| 0),
            Err(status) => status,
        },
        "run" => other::run(machine, process, rest),
        "generate" => other::generate(machine, process, rest),
        "get" => other::get(machine, process, rest),
        "list" | "fmt" | "work" | "tool" | "doc" | "fix" | "bug" | "telemetry" => {
            not_modelled(machine, process, command);
            0
        }
        "env" => other::env(machine, process, rest),
        "clean" => other::clean(machine, process, rest),
        "version" => {
            let setup = Setup::read(machine, process);
            process.out(machine, &format!("go version go{} linux/amd64\n", setup.version));
            0
        }
        "help" => 0,
        other => {
            process.err(machine, &format!("go {other}: unknown command\nRun 'go help' for usage.\n"));
            2
        }
    }
}
