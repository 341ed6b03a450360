//! awk: the POSIX language without its mathematics' finer points (rand is constant).

mod ast;
mod builtin;
mod evaluate;
mod expression;
mod io;
mod lex;
mod parse;
mod run;
mod state;
mod value;

use crate::process::{Machine, Process};

use super::input::{missing_operand, open, text};
use super::options::parse as parse_options;

pub fn awk(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("field-separator=", 'F'), ("assign=", 'v'), ("file=", 'f')];
    let options = match parse_options(machine, process, "+F:v:f:e:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut operands = options.operands.clone();
    let mut program = String::new();
    for file in options.values('f') {
        match open(machine, process, file) {
            Ok(content) => {
                let bytes = text(machine, process, &content).unwrap_or_default();
                program.push_str(&String::from_utf8_lossy(&bytes));
                program.push('\n');
            }
            Err(errno) => {
                process.complain(machine, &format!("can't open '{file}': {errno}"));
                return if super::input::is_busybox(machine) { 1 } else { 2 };
            }
        }
    }
    if !options.has('f') {
        if operands.is_empty() {
            return missing_operand(machine, process);
        }
        program = operands.remove(0);
    }
    let failure = if super::input::is_busybox(machine) { 1 } else { 2 };
    let program = match parse::parse(&program) {
        Ok(program) => program,
        Err(message) => {
            process.complain(machine, &format!("cmd. line:1: {message}"));
            return failure;
        }
    };
    let owned = process.clone();
    let mut awk = state::Awk::new(machine, &owned, program, operands);
    if let Some(separator) = options.value('F') {
        awk.assign_global("FS", if separator == "t" { "\t" } else { separator });
    }
    for assignment in options.values('v') {
        if let Some((name, value)) = assignment.split_once('=') {
            awk.assign_global(name, value);
        }
    }
    let result = awk.run();
    let status = awk.status;
    match result {
        Ok(()) => status,
        Err(message) => {
            process.complain(machine, &format!("cmd. line:1: {message}"));
            failure
        }
    }
}
