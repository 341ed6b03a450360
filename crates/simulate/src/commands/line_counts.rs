//! What head and tail share: their options, the old form of counts, and the headers between files.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{cannot_open, is_busybox};
use super::options::{Options, long_options, read};

/// `-5` as `-n 5`, as both commands still take it.
fn old_counts(arguments: &[String], plus: bool) -> Vec<String> {
    let old = |argument: &String, index: usize| {
        let digits = argument.strip_prefix('-').or(argument.strip_prefix('+').filter(|_| plus && index == 0));
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut after_value_option = false;
    arguments
        .iter()
        .enumerate()
        .map(|(index, argument)| {
            let is_value = std::mem::replace(&mut after_value_option, argument == "-n" || argument == "-c");
            if !is_value && old(argument, index) {
                format!("-n{}", argument.trim_start_matches('-'))
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
    read(&old_counts(process.operands(), plus), "n:c:qvfFs:z", &long_options(machine, process, &LONG)).map_err(
        |message| {
            process.complain(machine, &message);
            1
        },
    )
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
                    process.complain(machine, &format!("cannot open '{operand}' for reading: {errno}"));
                }
            }
        }
    }
    if failed == count && is_busybox(machine) && process.name() == "tail" {
        process.complain(machine, "no files");
    }
    status
}
