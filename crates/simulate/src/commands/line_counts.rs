//! What head and tail share: their options, the old form of counts, and the headers between files.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{cannot_open, is_busybox};
use super::misuse::refuse;
use super::options::{Options, long_options, read};

/// `-5` as `-n 5`, as both commands still take it.
fn old_counts(arguments: &[String], plus: bool, busybox: bool) -> Vec<String> {
    let old = |argument: &String, index: usize| {
        let digits = argument.strip_prefix('-').or(argument.strip_prefix('+').filter(|_| plus && index == 0));
        let digits = digits.map(|digits| digits.strip_suffix('c').filter(|_| !busybox).unwrap_or(digits));
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut after_value_option = false;
    arguments
        .iter()
        .enumerate()
        .map(|(index, argument)| {
            let is_value = std::mem::replace(&mut after_value_option, argument == "-n" || argument == "-c");
            if !is_value && old(argument, index) {
                let counted = argument.trim_start_matches('-');
                counted.strip_suffix('c').map_or(format!("-n{counted}"), |bytes| format!("-c{bytes}"))
            } else {
                argument.clone()
            }
        })
        .collect()
}

const LONG: [(&str, char); 8] = [
    ("lines=", 'n'),
    ("bytes=", 'c'),
    ("quiet", 'q'),
    ("silent", 'q'),
    ("verbose", 'v'),
    ("follow", 'f'),
    ("retry", 'F'),
    ("zero-terminated", 'z'),
];

/// The options of head or tail.
pub fn options_of(machine: &mut Machine, process: &Process, plus: bool) -> Result<Options, i32> {
    read(
        &old_counts(process.operands(), plus, is_busybox(machine)),
        "n:c:qvfFs:z",
        &long_options(machine, process, &LONG),
    )
    .map_err(|message| {
        let digits = process
            .operands()
            .iter()
            .find_map(|word| word.strip_prefix('-').filter(|word| word.starts_with(|c: char| c.is_ascii_digit())));
        if let Some(wrong) = digits.filter(|_| !is_busybox(machine) && process.name() == "head") {
            let wrong = wrong.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next().unwrap_or(' ');
            return refuse(machine, process, &format!("invalid trailing option -- {wrong}"));
        }
        if is_busybox(machine) {
            process.complain(machine, &message);
            return 1;
        }
        let asked = message.strip_prefix("unrecognized option '").and_then(|rest| rest.strip_suffix('\''));
        match asked.and_then(|option| super::about::about(machine, process, option)) {
            // The command ends there, and well.
            Some(status) => status,
            None => refuse(machine, process, &message),
        }
    })
}

/// Prints a part of each operand, with headings if there are several.
pub fn for_each(
    machine: &mut Machine,
    process: &mut Process,
    options: &Options,
    part: impl Fn(&mut Machine, &mut Process, &str) -> Result<Content, filesystem::Errno>,
) -> i32 {
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    let headings = options.has('v') || operands.len() > 1 && !options.has('q');
    let (mut status, mut first) = (0, true);
    let count = operands.len();
    let mut failed = 0;
    for operand in operands {
        match part(machine, process, &operand) {
            Ok(content) => {
                if headings {
                    let name = if operand == "-" { "standard input" } else { &operand };
                    process.out(machine, &format!("{}==> {name} <==\n", if first { "" } else { "\n" }));
                }
                first = false;
                process.out_content(machine, &content);
            }
            Err(errno) => {
                status = 1;
                failed += 1;
                if is_busybox(machine) {
                    cannot_open(machine, process, &operand, errno);
                } else {
                    let name = super::quoting::quoted(machine, &operand);
                    if errno == filesystem::Errno::IsDir {
                        if headings {
                            process.out(machine, &format!("{}==> {operand} <==\n", if first { "" } else { "\n" }));
                        }
                        first = false;
                        process.complain(machine, &format!("error reading {name}: {errno}"));
                    } else {
                        process.complain(machine, &format!("cannot open {name} for reading: {errno}"));
                    }
                }
            }
        }
    }
    if failed == count && options.any("fF") && !is_busybox(machine) && process.name() == "tail" {
        process.complain(machine, "no files remaining");
    }
    if failed == count && is_busybox(machine) && process.name() == "tail" {
        process.complain(machine, "no files");
    }
    status
}
