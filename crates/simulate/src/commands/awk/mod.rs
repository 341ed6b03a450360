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

pub use lex::number_length;

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand, open, text};
use super::options::parse as parse_options;

/// What runs the programs of an image.
fn is_mawk(machine: &Machine, process: &Process) -> bool {
    let path = machine.fs.resolve("/usr/bin/awk", true, &Cred::root()).unwrap_or_default();
    !is_busybox(machine) && (process.name() == "mawk" || process.name() == "awk" && !path.ends_with("gawk"))
}

pub fn awk(machine: &mut Machine, process: &mut Process) -> i32 {
    let mawk = is_mawk(machine, process);
    if mawk && let Some(status) = refused(machine, process) {
        return status;
    }
    let long = [("field-separator=", 'F'), ("assign=", 'v'), ("file=", 'f')];
    let options = match parse_options(machine, process, "+F:v:f:e:W:", if mawk { &[] } else { &long }) {
        Ok(options) => options,
        Err(status) => return status,
    };
    for word in options.values('W') {
        match word {
            _ if word.starts_with('v') => return version(machine, process),
            _ if word.starts_with(['h', 'u']) => return told_usage(machine, process),
            _ if word.starts_with(['i', 'p', 'r', 's']) => {}
            _ => process.complain(machine, &format!("vacuous option: -W {word}")),
        }
    }
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
                let words = if mawk {
                    format!("cannot open {file} ({errno})")
                } else {
                    format!("can't open '{file}': {errno}")
                };
                process.complain(machine, &words);
                return if is_busybox(machine) { 1 } else { 2 };
            }
        }
    }
    if !options.has('f') {
        if operands.is_empty() {
            return if mawk { told_usage(machine, process) } else { missing_operand(machine, process) };
        }
        program = operands.remove(0);
    }
    let failure = if is_busybox(machine) { 1 } else { 2 };
    let program = match parse::parse(&program, mawk) {
        Ok(program) => program,
        Err(message) => {
            process.complain(machine, &if mawk { message } else { format!("cmd. line:1: {message}") });
            return failure;
        }
    };
    let owned = process.clone();
    let mut awk = state::Awk::new(machine, &owned, program, operands, mawk);
    if let Some(separator) = options.value('F') {
        awk.assign_global("FS", if separator == "t" && !mawk { "\t" } else { separator });
    }
    for assignment in options.values('v') {
        if let Some((name, value)) = assignment.split_once('=') {
            awk.assign_global(name, value);
        }
    }
    if awk.run() { awk.status } else { failure }
}

/// Complains of options that mawk does not know.
fn refused(machine: &mut Machine, process: &Process) -> Option<i32> {
    let mut words = process.operands().iter();
    while let Some(word) = words.next() {
        let Some(option) = word.strip_prefix('-').filter(|option| !option.is_empty() && *option != "-") else { break };
        let (letter, attached) = option.split_at_checked(1).unwrap_or((option, ""));
        let wrong = if !matches!(letter, "F" | "f" | "v" | "W") {
            format!("not an option: {word}")
        } else {
            let value = if attached.is_empty() { words.next().map(String::as_str) } else { Some(attached) };
            let is_name = |name: &str| {
                let mut letters = name.chars();
                letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
                    && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
            };
            match value {
                None => format!("option -{letter} lacks argument"),
                Some(value) if letter == "v" && !value.split_once('=').is_some_and(|(name, _)| is_name(name)) => {
                    format!("improper assignment: -v {value}")
                }
                Some(_) => continue,
            }
        };
        process.complain(machine, &wrong);
        return Some(2);
    }
    None
}

fn told_usage(machine: &mut Machine, process: &Process) -> i32 {
    process.err(machine, super::usage::usage_text("mawk").unwrap_or_default());
    0
}

fn version(machine: &mut Machine, process: &Process) -> i32 {
    let text = "mawk 1.3.4 20200120\nCopyright 2008-2019,2020, Thomas E. Dickey\nCopyright 1991-1996,2014, Michael D. \
                Brennan\n\nrandom-funcs:       srandom/random\nregex-funcs:        internal\ncompiled limits:\nsprintf \
                buffer      8192\nmaximum-integer     2147483647\n";
    process.out(machine, text);
    0
}
