//! cut.

use crate::process::{Machine, Process};

use super::input::{filter_text, is_busybox, lines, missing_operand};
use super::misuse::refuse;
use super::options::parse;

/// `1,3-5,7-` as ranges, counted from 1; the error is busybox's sentence.
fn ranges(text: &str) -> Result<Vec<(usize, usize)>, String> {
    let number = |text: &str, open: usize| match text {
        "" => Ok(open),
        digits => digits.parse::<usize>().map_err(|_| format!("invalid number '{digits}'")),
    };
    let mut ranges = Vec::new();
    for part in text.split(',') {
        let (low, high) = match part.split_once('-') {
            Some((low, high)) => (number(low, 1)?, number(high, usize::MAX)?),
            None => (number(part, 0)?, number(part, 0)?),
        };
        if low == 0 || high < low {
            return Err(format!("invalid range {low}-{high}"));
        }
        ranges.push((low, high));
    }
    Ok(ranges)
}

/// What GNU's cut says to a list that it cannot take.
fn wrong_list(list: &str, fields: bool) -> String {
    let what = if fields { "field value" } else { "byte/character position" };
    for part in list.split([',', ' ', '\t']) {
        let (low, high) = part.split_once('-').unwrap_or((part, part));
        if let Some(wrong) = [low, high].into_iter().find(|text| !text.bytes().all(|byte| byte.is_ascii_digit())) {
            return format!("invalid {what} '{}'", wrong.trim_start_matches(|c: char| c.is_ascii_digit()));
        }
        let number = |text: &str, open: usize| text.parse::<usize>().unwrap_or(open);
        if part == "-" {
            return "invalid range with no endpoint: -".to_string();
        }
        if number(low, 1) == 0 || number(high, 1) == 0 {
            let what = if fields { "fields" } else { "byte/character positions" };
            return format!("{what} are numbered from 1");
        }
        if number(low, 1) > number(high, usize::MAX) {
            return "invalid decreasing range".to_string();
        }
    }
    format!("invalid {what} '{list}'")
}

pub fn cut(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("delimiter=", 'd'),
        ("fields=", 'f'),
        ("characters=", 'c'),
        ("bytes=", 'b'),
        ("only-delimited", 's'),
        ("complement", 'C'),
        ("output-delimiter=", 'O'),
        ("zero-terminated", 'z'),
    ];
    let options =
        match parse(machine, process, if is_busybox(machine) { "d:f:c:b:sO:nCD" } else { "d:f:c:b:snz" }, &long) {
            Ok(options) => options,
            Err(status) => return status,
        };
    let mut lists = "fcb".chars().filter_map(|letter| options.value(letter).map(|list| (letter, list)));
    let (Some((letter, list)), None) = (lists.next(), lists.next()) else {
        if options.any("fcb") && !is_busybox(machine) {
            return refuse(machine, process, "only one list may be specified");
        }
        return missing_operand(machine, process);
    };
    if !is_busybox(machine) && options.value('d').is_some_and(|text| text.chars().count() > 1) {
        return refuse(machine, process, "the delimiter must be a single character");
    }
    let ranges = match ranges(list) {
        Ok(ranges) => ranges,
        Err(message) => {
            if !is_busybox(machine) {
                let message = wrong_list(list, letter == 'f');
                return refuse(machine, process, &message);
            }
            process.complain(machine, &message);
            return 1;
        }
    };
    let wanted = |at: usize| ranges.iter().any(|(low, high)| (*low..=*high).contains(&at)) != options.has('C');
    let delimiter = options.value('d').map_or(b'\t', |text| text.bytes().next().unwrap_or(0));
    let joined = options.value('O').map_or_else(|| vec![delimiter], |text| text.as_bytes().to_vec());
    let (bytes, status) = filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    let end = if options.has('z') { b'\0' } else { b'\n' };
    let records: Vec<&[u8]> = match end {
        b'\n' => lines(&bytes),
        _ => bytes.split_inclusive(|byte| *byte == end).map(|line| line.strip_suffix(&[0]).unwrap_or(line)).collect(),
    };
    for line in records {
        if letter != 'f' {
            output.extend(line.iter().enumerate().filter(|(at, _)| wanted(at + 1)).map(|(_, byte)| *byte));
        } else if !line.contains(&delimiter) {
            if options.has('s') {
                continue;
            }
            output.extend(line);
        } else {
            let fields: Vec<&[u8]> = line
                .split(|byte| *byte == delimiter)
                .enumerate()
                .filter(|(at, _)| wanted(at + 1))
                .map(|(_, field)| field)
                .collect();
            output.extend(fields.join(joined.as_slice()));
        }
        output.push(end);
    }
    process.out_bytes(machine, &output);
    status
}
