//! date.

use crate::process::{Machine, Process};

use super::calendar::{format_time, read_date};
use super::options::parse;

pub fn date(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("utc", 'u'),
        ("universal", 'u'),
        ("date=", 'd'),
        ("iso-8601=", 'I'),
        ("rfc-2822", 'R'),
        ("rfc-email", 'R'),
        ("reference=", 'r'),
    ];
    let options = match parse(machine, process, "ud:I::Rr:s:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut time = machine.fs.now();
    if let Some(file) = options.value('r') {
        match machine.fs.stat(&process.path(file), true, &process.cred) {
            Ok(stat) => time = stat.attr.mtime,
            Err(errno) => {
                process.complain(machine, &format!("{file}: {errno}"));
                return 1;
            }
        }
    }
    if let Some(text) = options.value('d') {
        // Unlike touch, date takes a bare date as its midnight.
        match read_date(text, false, time - time.rem_euclid(86_400)).or((text == "now").then_some(time)) {
            Some(read) if text == "now" => time = read.max(time),
            Some(read) => time = read,
            None => {
                process.complain(machine, &format!("invalid date '{text}'"));
                return 1;
            }
        }
    }
    let format = match options.operands.first() {
        Some(operand) => match operand.strip_prefix('+') {
            Some(format) => format.to_string(),
            None => {
                process.complain(machine, &format!("invalid date '{operand}'"));
                return 1;
            }
        },
        None if options.has('R') => "%a, %d %b %Y %H:%M:%S %z".to_string(),
        None if options.has('I') => match options.value('I') {
            Some(what) if what.starts_with('s') => "%Y-%m-%dT%H:%M:%S+00:00".to_string(),
            Some(what) if what.starts_with('m') => "%Y-%m-%dT%H:%M+00:00".to_string(),
            Some(what) if what.starts_with('h') => "%Y-%m-%dT%H+00:00".to_string(),
            _ => "%Y-%m-%d".to_string(),
        },
        None => "%a %b %e %H:%M:%S UTC %Y".to_string(),
    };
    process.out(machine, &format!("{}\n", format_time(&format, time)));
    0
}
