//! npx.

use crate::process::{Machine, Process};

use super::input::not_modelled;
use super::npm::{build, is_build_tool};

pub fn npx(machine: &mut Machine, process: &mut Process) -> i32 {
    let words: Vec<String> =
        process.operands().iter().filter(|word| !word.starts_with("--yes") && *word != "-y").cloned().collect();
    match words.first() {
        Some(tool) if is_build_tool(tool) => build(machine, process, &words.join(" ")),
        Some(tool) => {
            let part = tool.clone();
            not_modelled(machine, process, &part);
            0
        }
        None => 0,
    }
}
