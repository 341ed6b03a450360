//! conda and mamba: `run` starts a program, the rest is counted with typical sizes.

use crate::process::{Machine, Process};

use super::start::start;
use super::tools::tool;

pub fn conda(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    if words.first().is_none_or(|word| word != "run") {
        return tool(machine, process);
    }
    let mut rest = words.iter().skip(1);
    let mut command = Vec::new();
    while let Some(word) = rest.next() {
        match word.as_str() {
            "-n" | "--name" | "-p" | "--prefix" | "--cwd" => {
                rest.next();
            }
            option if option.starts_with('-') => {}
            program => {
                command.push(program.to_string());
                command.extend(rest.by_ref().cloned());
            }
        }
    }
    if command.is_empty() { 0 } else { start(machine, process, command) }
}
