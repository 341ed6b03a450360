//! uniq.

use crate::process::{Machine, Process};

use super::input::{cannot_open, is_busybox, lines, open, text};
use super::misuse::{choice, refuse};
use super::options::parse;

pub fn uniq(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("count", 'c'),
        ("repeated", 'd'),
        ("unique", 'u'),
        ("ignore-case", 'i'),
        ("skip-fields=", 'f'),
        ("skip-chars=", 's'),
        ("check-chars=", 'w'),
        ("all-repeated=", 'D'),
        ("group=", 'G'),
        ("zero-terminated", 'z'),
    ];
    let options =
        match parse(machine, process, if is_busybox(machine) { "cduif:s:w:z" } else { "cD::duif:s:w:zG::" }, &long) {
            Ok(options) => options,
            Err(status) => return status,
        };
    for (letter, what) in [('w', "bytes to compare"), ('s', "bytes to skip"), ('f', "fields to skip")] {
        if let Some(text) = options.value(letter).filter(|text| text.parse::<u64>().is_err() && !is_busybox(machine)) {
            process.complain(machine, &format!("{text}: invalid number of {what}"));
            return 1;
        }
    }
    let groups_of = |machine: &mut Machine, letter: char, option: &str, choices: &[&[&'static str]]| {
        let given = options.given.iter().rev().find(|(given, _)| *given == letter);
        given
            .map(|(_, value)| {
                choice(
                    machine,
                    process,
                    option,
                    value.as_deref().unwrap_or(if letter == 'D' { "none" } else { "separate" }),
                    choices,
                )
            })
            .transpose()
    };
    let (repeated, grouped) = match (
        groups_of(machine, 'D', "--all-repeated", &[&["none"], &["prepend"], &["separate"]]),
        groups_of(machine, 'G', "--group", &[&["prepend"], &["append"], &["separate"], &["both"]]),
    ) {
        (Ok(repeated), Ok(grouped)) => (repeated, grouped),
        (Err(status), _) | (_, Err(status)) => return status,
    };
    if grouped.is_some() && options.any("cduD") {
        return refuse(machine, process, "--group is mutually exclusive with -c/-d/-D/-u");
    }
    if options.has('c') && repeated.is_some() {
        return refuse(machine, process, "printing all duplicated lines and repeat counts is meaningless");
    }
    let count = |letter: char| options.value(letter).and_then(|text| text.parse::<usize>().ok());
    let input = options.operands.first().cloned().unwrap_or_else(|| "-".to_string());
    let content = match open(machine, process, &input) {
        Ok(content) => content,
        Err(errno) => {
            cannot_open(machine, process, &input, errno);
            return 1;
        }
    };
    let bytes = text(machine, process, &content).unwrap_or_default();
    let key = |line: &[u8]| -> Vec<u8> {
        let mut rest = line;
        for _ in 0..count('f').unwrap_or(0).min(line.len()) {
            let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            rest = rest.get(blanks..).unwrap_or_default();
            let field = rest.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
            rest = rest.get(field..).unwrap_or_default();
        }
        rest = rest.get(count('s').unwrap_or(0)..).unwrap_or_default();
        rest = rest.get(..count('w').unwrap_or(usize::MAX).min(rest.len())).unwrap_or_default();
        if options.has('i') { rest.to_ascii_lowercase() } else { rest.to_vec() }
    };
    let mut groups: Vec<(&[u8], Vec<u8>, usize)> = Vec::new();
    let end = if options.has('z') { b'\0' } else { b'\n' };
    let records: Vec<&[u8]> = match end {
        b'\n' => lines(&bytes),
        _ => bytes.split_inclusive(|byte| *byte == end).map(|line| line.strip_suffix(&[0]).unwrap_or(line)).collect(),
    };
    let mut members: Vec<Vec<&[u8]>> = Vec::new();
    for line in records {
        let key = key(line);
        match groups.last_mut() {
            Some((_, last, count)) if *last == key => {
                *count += 1;
                if let Some(group) = members.last_mut() {
                    group.push(line);
                }
            }
            _ => {
                groups.push((line, key, 1));
                members.push(vec![line]);
            }
        }
    }
    let mut output = Vec::new();
    if let Some(method) = grouped.or(repeated) {
        members.retain(|group| grouped.is_some() || group.len() > 1);
        output = in_groups(&members, method, end);
        groups.clear();
    }
    for (line, _, count) in groups {
        if options.has('d') && count < 2 || options.has('u') && count > 1 {
            continue;
        }
        if options.has('c') {
            output.extend(format!("{count:7} ").bytes());
        }
        output.extend(line);
        output.push(end);
    }
    match options.operands.get(1) {
        Some(file) if file != "-" => {
            let content = filesystem::Content::from_bytes(&output);
            if let Err(errno) = process.write_file(machine, file, &content) {
                cannot_open(machine, process, file, errno);
                return 1;
            }
        }
        _ => {
            process.out_bytes(machine, &output);
        }
    }
    0
}

/// All lines of groups, with empty ones before, behind or between them.
fn in_groups(groups: &[Vec<&[u8]>], method: &str, end: u8) -> Vec<u8> {
    let mut output = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        if matches!(method, "prepend" | "both") || method == "separate" && at > 0 {
            output.push(end);
        }
        for line in group {
            output.extend(*line);
            output.push(end);
        }
        if method == "append" {
            output.push(end);
        }
    }
    if method == "both" && !groups.is_empty() {
        output.push(end);
    }
    output
}
