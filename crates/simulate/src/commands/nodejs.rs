//! node, the program.

use crate::process::{Machine, Process};

use super::input::not_modelled;

/// What a script of JavaScript does, nobody can say from outside.
pub fn node(machine: &mut Machine, process: &mut Process) -> i32 {
    match process.operands().first().map(String::as_str) {
        Some("-v" | "--version") => {
            let version = process.env.get("NODE_VERSION").cloned().unwrap_or_else(|| "20.0.0".to_string());
            process.out(machine, &format!("v{version}\n"));
        }
        Some(script) => {
            let part = script.to_string();
            if !part.starts_with('-') && machine.fs.stat(&process.path(&part), true, &process.cred).is_err() {
                process.err(machine, &format!("Error: Cannot find module '{}'\n", process.path(&part)));
                return 1;
            }
            not_modelled(machine, process, &part);
        }
        None => {}
    }
    0
}
