//! comm.

use std::cmp::Ordering;

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_after, open, text};
use super::options::parse;

pub fn comm(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    let long = [
        ("check-order", 'C'),
        ("nocheck-order", 'N'),
        ("output-delimiter=", 'O'),
        ("total", 'T'),
        ("zero-terminated", 'z'),
    ];
    let options = match parse(machine, process, if busybox { "123" } else { "123z" }, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let [one, two] = options.operands.as_slice() else { return missing_after(machine, process, &options.operands) };
    let mut texts = Vec::new();
    for operand in [one, two] {
        match open(machine, process, operand) {
            Ok(content) => texts.push(text(machine, process, &content).unwrap_or_default()),
            Err(errno) => {
                let message =
                    if busybox { format!("can't open '{operand}': {errno}") } else { format!("{operand}: {errno}") };
                process.complain(machine, &message);
                return 1;
            }
        }
    }
    let end = if options.has('z') { b'\0' } else { b'\n' };
    let records: Vec<Vec<&[u8]>> = texts.iter().map(|text| records(text, end)).collect();
    let [one, two] = records.as_slice() else { return 1 };
    let delimiter = options.value('O').map_or(b"\t".as_slice(), str::as_bytes);
    let mut output = Vec::new();
    let mut counts = [0usize; 3];
    let mut unsorted = [false; 2];
    let (mut at_one, mut at_two, mut unpaired) = (0, 0, false);
    let is_checked = !busybox && !options.has('N');
    loop {
        let order = match (one.get(at_one), two.get(at_two)) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(two)) => one.cmp(two),
        };
        let (line, column, letter) = match order {
            Ordering::Less => (one.get(at_one), 0, '1'),
            Ordering::Greater => (two.get(at_two), 1, '2'),
            Ordering::Equal => (two.get(at_two), 2, '3'),
        };
        unpaired = unpaired || order != Ordering::Equal;
        if let Some(count) = counts.get_mut(column) {
            *count += 1;
        }
        if !options.has(letter) {
            let before = "12".chars().take(column).filter(|earlier| !options.has(*earlier)).count();
            for _ in 0..before {
                output.extend(delimiter);
            }
            output.extend(line.copied().unwrap_or_default());
            output.push(end);
        }
        // A file is found to be in disorder when it is read on, and said so once.
        let (mut next_one, mut next_two) = (at_one, at_two);
        next_one += usize::from(order != Ordering::Greater);
        next_two += usize::from(order != Ordering::Less);
        for (file, lines, before, next) in [(0, one, at_one, next_one), (1, two, at_two, next_two)] {
            let disorder =
                next > before && lines.get(next).zip(lines.get(before)).is_some_and(|(next, last)| next < last);
            let Some(said) = unsorted.get_mut(file).filter(|said| !**said && is_checked && disorder) else { continue };
            if !unpaired && !options.has('C') {
                continue;
            }
            *said = true;
            process.out_bytes(machine, &std::mem::take(&mut output));
            process.complain(machine, &format!("file {} is not in sorted order", file + 1));
            if options.has('C') {
                return 1;
            }
        }
        (at_one, at_two) = (next_one, next_two);
    }
    if options.has('T') {
        for count in counts {
            output.extend(count.to_string().bytes());
            output.extend(delimiter);
        }
        output.extend(b"total");
        output.push(end);
    }
    process.out_bytes(machine, &output);
    if unsorted.contains(&true) {
        process.complain(machine, "input is not in sorted order");
        return 1;
    }
    0
}

fn records(text: &[u8], end: u8) -> Vec<&[u8]> {
    let mut records: Vec<&[u8]> = text.split(|byte| *byte == end).collect();
    if records.last().is_some_and(|last| last.is_empty()) {
        records.pop();
    }
    records
}
