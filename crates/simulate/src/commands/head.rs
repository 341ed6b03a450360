//! head, tail.

use filesystem::Content;

use crate::process::{Machine, OpenMode, Process};

use super::input::{cannot_open, is_busybox, lines, number, open, text};
use super::options::{Options, long_options, parse, read};

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

fn options_of(machine: &mut Machine, process: &Process, plus: bool) -> Result<Options, i32> {
    read(&old_counts(process.operands(), plus), "n:c:qvfFs:z", &long_options(machine, process, &LONG)).map_err(
        |message| {
            process.complain(machine, &message);
            1
        },
    )
}

pub fn head(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match options_of(machine, process, false) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let bytes = options.last_of("nc") == Some('c');
    let count_text = options.value(if bytes { 'c' } else { 'n' }).unwrap_or("10").to_string();
    let (from_end, digits) = match count_text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, count_text.as_str()),
    };
    let Some(count) = number(digits) else {
        let text = if is_busybox(machine) {
            format!("invalid number '{count_text}'")
        } else {
            format!("invalid number of {}: '{count_text}'", if bytes { "bytes" } else { "lines" })
        };
        process.complain(machine, &text);
        return 1;
    };
    for_each(machine, process, &options, |machine, process, operand| {
        if bytes && !from_end {
            // Devices without end are read no further than wanted.
            let content = if operand == "-" {
                process.read(machine, 0, count)?
            } else {
                process.open(machine, operand, OpenMode::Read)?.read(machine, count)?
            };
            return Ok(content);
        }
        let content = open(machine, process, operand)?;
        if bytes {
            return Ok(content.slice(0, content.size().saturating_sub(count)));
        }
        let Some(text) = text(machine, process, &content) else { return Ok(Content::default()) };
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let wanted = if from_end { lines(&text).len().saturating_sub(count) } else { count };
        let end: usize = text.split_inclusive(|byte| *byte == b'\n').take(wanted).map(<[u8]>::len).sum();
        Ok(content.slice(0, end as u64))
    })
}

pub fn tail(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match options_of(machine, process, true) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let bytes = options.last_of("nc") == Some('c');
    let count_text = options.value(if bytes { 'c' } else { 'n' }).unwrap_or("10").to_string();
    let (from_start, digits) = match count_text.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, count_text.trim_start_matches('-')),
    };
    let Some(count) = number(digits) else {
        let text = if is_busybox(machine) {
            format!("invalid number '{digits}'")
        } else {
            format!("invalid number of {}: '{digits}'", if bytes { "bytes" } else { "lines" })
        };
        process.complain(machine, &text);
        return 1;
    };
    for_each(machine, process, &options, |machine, process, operand| {
        let content = open(machine, process, operand)?;
        let size = content.size();
        if bytes {
            let start = if from_start { count.saturating_sub(1) } else { size.saturating_sub(count) };
            return Ok(content.slice(start.min(size), size));
        }
        let Some(text) = text(machine, process, &content) else { return Ok(Content::default()) };
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let skip = if from_start { count.saturating_sub(1) } else { lines(&text).len().saturating_sub(count) };
        let start: usize = text.split_inclusive(|byte| *byte == b'\n').take(skip).map(<[u8]>::len).sum();
        Ok(content.slice(start as u64, size))
    })
}

/// Prints a part of each operand, with headings if there are several.
fn for_each(
    machine: &mut Machine,
    process: &mut Process,
    options: &Options,
    part: impl Fn(&mut Machine, &mut Process, &str) -> Result<Content, filesystem::Errno>,
) -> i32 {
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    let headings = options.has('v') || operands.len() > 1 && !options.has('q');
    let (mut status, mut first) = (0, true);
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
                if is_busybox(machine) {
                    cannot_open(machine, process, &operand, errno);
                } else {
                    process.complain(machine, &format!("cannot open '{operand}' for reading: {errno}"));
                }
            }
        }
    }
    status
}

pub fn split(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("lines=", 'l'), ("bytes=", 'b'), ("suffix-length=", 'a'), ("numeric-suffixes", 'd')];
    let options = match parse(machine, process, "l:b:a:d", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let input = options.operands.first().cloned().unwrap_or_else(|| "-".to_string());
    let prefix = options.operands.get(1).cloned().unwrap_or_else(|| "x".to_string());
    let content = match open(machine, process, &input) {
        Ok(content) => content,
        Err(errno) => {
            cannot_open(machine, process, &input, errno);
            return 1;
        }
    };
    let mut pieces = Vec::new();
    if let Some(size) = options.value('b') {
        let Some(size) = number(size).filter(|size| *size > 0) else {
            process.complain(machine, &format!("invalid number '{size}'"));
            return 1;
        };
        let mut start = 0;
        while start < content.size() && pieces.len() < super::input::WALK_LIMIT {
            pieces.push(content.slice(start, (start + size).min(content.size())));
            start += size;
        }
    } else if let Some(text) = text(machine, process, &content) {
        let count = options.value('l').and_then(|text| text.parse::<usize>().ok()).unwrap_or(1000).max(1);
        let all: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        pieces = all.chunks(count).map(|chunk| Content::from_bytes(&chunk.concat())).collect();
    }
    let length = options.value('a').and_then(|text| text.parse::<u32>().ok()).unwrap_or(2).clamp(1, 8);
    for (index, piece) in pieces.iter().enumerate() {
        let suffix = suffix(index, length, options.has('d'));
        let Some(suffix) = suffix else {
            process.complain(machine, "suffixes exhausted");
            return 1;
        };
        if let Err(errno) = process.write_file(machine, &format!("{prefix}{suffix}"), piece) {
            process.complain(machine, &format!("can't open '{prefix}{suffix}': {errno}"));
            return 1;
        }
    }
    0
}

fn suffix(index: usize, length: u32, digits: bool) -> Option<String> {
    let base = if digits { 10 } else { 26 };
    let mut text = Vec::new();
    let mut rest = index;
    for _ in 0..length {
        let digit = u8::try_from(rest % base).ok()?;
        text.push(if digits { b'0' + digit } else { b'a' + digit });
        rest /= base;
    }
    text.reverse();
    if rest == 0 { String::from_utf8(text).ok() } else { None }
}
