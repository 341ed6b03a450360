//! setsid, stdbuf, ionice, chrt: a command in other circumstances, which a build does not show.

use crate::process::{Machine, Process};

use super::input::missing_operand;
use super::options::parse;
use super::start::start;

pub fn setsid(machine: &mut Machine, process: &mut Process) -> i32 {
    let short = match process.name() {
        "stdbuf" => "+i:o:e:",
        "ionice" => "+c:n:p:t",
        _ => "+cfw",
    };
    let long = [("input=", 'i'), ("output=", 'o'), ("error=", 'e'), ("ctty", 'c'), ("fork", 'f'), ("wait", 'w')];
    let options = match parse(machine, process, short, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    if process.name() == "stdbuf" && options.given.is_empty() && !super::input::is_busybox(machine) {
        return super::misuse::refuse(machine, process, "you must specify a buffering mode option");
    }
    start(machine, process, options.operands.clone())
}
