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
        ("rfc-3339=", '3'),
        ("set=", 's'),
        ("debug", '4'),
    ];
    let gnu = !is_busybox(machine);
    let long: Vec<_> = long.into_iter().filter(|(_, letter)| gnu || !"34".contains(*letter)).collect();
    let options = match parse(machine, process, if gnu { "ud:I::Rr:s:" } else { "ud:D:I::Rr:s:" }, &long) {
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
    let mut nanos = 0;
    if let Some(text) = options.value('d').filter(|_| gnu) {
        match super::date_words::read(text, machine.fs.now(), &zone) {
            Some(read) => (time, nanos) = read,
            None => {
                process.complain(machine, &format!("invalid date '{text}'"));
                return 1;
            }
        }
    } else if let Some(text) = options.value('d') {
        // Unlike touch, date takes a bare date as its midnight.
        let local = time.saturating_add(zone.offset(time));
        let midnight = local - local.rem_euclid(86_400);
        let absolute = text.starts_with('@') || text.ends_with('Z') || text.ends_with(" UTC");
        let read = match options.value('D') {
            Some("%s") => text.parse().ok(),
            Some(format) => read_by_format(text, format, midnight).map(|local| zone.time_of(local)),
            None if text == "now" => None,
            None => read_date(text, false, midnight).map(|read| if absolute { read } else { zone.time_of(read) }),
        };
        match read {
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
        None if options.has('3') => match options.value('3').unwrap_or_default() {
            what if what.starts_with('s') => "%F %T%:z".to_string(),
            what if what.starts_with('n') => "%F %T.%N%:z".to_string(),
            _ => "%F".to_string(),
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
    let format = if nanos > 0 { with_nanos(&format, nanos) } else { format };
    process.out(machine, &format!("{}\n", format_in(&zone, &format, time)));
    0
}

/// The format with the fraction of the second filled in.
fn with_nanos(format: &str, nanos: u32) -> String {
    let digits = format!("{nanos:09}");
    let mut format = format.replace("%N", &digits);
    for width in 1..=9 {
        format = format.replace(&format!("%{width}N"), digits.get(..width).unwrap_or_default());
    }
    format
}
