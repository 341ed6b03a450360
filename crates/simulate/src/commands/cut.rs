//! cut.

use crate::process::{Machine, Process};

use super::input::{filter_text, is_busybox, lines, missing_operand};
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

pub fn cut(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("delimiter=", 'd'),
        ("fields=", 'f'),
        ("characters=", 'c'),
        ("bytes=", 'b'),
        ("only-delimited", 's'),
        ("complement", 'C'),
        ("output-delimiter=", 'O'),
    ];
    let options = match parse(machine, process, "d:f:c:b:sO:nCD", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut lists = "fcb".chars().filter_map(|letter| options.value(letter).map(|list| (letter, list)));
    let (Some((letter, list)), None) = (lists.next(), lists.next()) else {
        return missing_operand(machine, process);
    };
    let ranges = match ranges(list) {
        Ok(ranges) => ranges,
        Err(message) => {
            let message = if is_busybox(machine) { message } else { format!("invalid field range: '{list}'") };
            process.complain(machine, &message);
            return 1;
        }
    };
    let wanted = |at: usize| ranges.iter().any(|(low, high)| (*low..=*high).contains(&at)) != options.has('C');
    let delimiter = options.value('d').map_or(b'\t', |text| text.bytes().next().unwrap_or(0));
    let joined = options.value('O').map_or_else(|| vec![delimiter], |text| text.as_bytes().to_vec());
    let (bytes, status) = filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in lines(&bytes) {
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
        output.push(b'\n');
    }
    process.out_bytes(machine, &output);
    status
}
