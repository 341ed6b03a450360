//! date.

use crate::process::{Machine, Process};

use super::calendar::{format_in, read_date};
use super::input::is_busybox;
use super::options::parse;
use super::strptime::read_by_format;
use super::zone::Zone;

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
    let options = match parse(machine, process, "ud:D:I::Rr:s:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let zone = if options.has('u') { Zone::utc() } else { Zone::of(process) };
    let mut time = machine.fs.now();
    if let Some(file) = options.value('r') {
        match machine.fs.stat(&process.path(file), true, &process.cred) {
            Ok(stat) => time = stat.attr.mtime,
            Err(errno) => {
                let cannot = if is_busybox(machine) { "can't stat '" } else { "" };
                let quote = if cannot.is_empty() { "" } else { "'" };
                process.complain(machine, &format!("{cannot}{file}{quote}: {errno}"));
                return 1;
            }
        }
    }
    if let Some(text) = options.value('d') {
        // Unlike touch, date takes a bare date as its midnight.
        let local = time.saturating_add(zone.offset(time));
        let midnight = local - local.rem_euclid(86_400);
        let now = text == "now" && !is_busybox(machine);
        let absolute = text.starts_with('@') || text.ends_with('Z') || text.ends_with(" UTC");
        let read = match options.value('D') {
            Some("%s") => text.parse().ok(),
            Some(format) => read_by_format(text, format, midnight).map(|local| zone.time_of(local)),
            None if text == "now" => None,
            None => read_date(text, false, midnight).map(|read| if absolute { read } else { zone.time_of(read) }),
        };
        match read {
            _ if now => {}
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
            Some(what) if what.starts_with('s') => "%Y-%m-%dT%H:%M:%S%:z".to_string(),
            Some(what) if what.starts_with('m') => "%Y-%m-%dT%H:%M%:z".to_string(),
            Some(what) if what.starts_with('h') => "%Y-%m-%dT%H%:z".to_string(),
            _ => "%Y-%m-%d".to_string(),
        },
        None => "%a %b %e %H:%M:%S %Z %Y".to_string(),
    };
    process.out(machine, &format!("{}\n", format_in(&zone, &format, time)));
    0
}
