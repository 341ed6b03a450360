//! tr.

use crate::process::{Machine, Process};

use super::escapes::unescape_bytes;
use super::input::{count_in, is_busybox, missing_operand, text};
use super::options::parse;
use super::regex::class;

/// The bytes that a set names: ranges, classes, escapes.
fn expand(set: &str) -> Vec<u8> {
    let mut all = Vec::new();
    let mut rest = set;
    let mut single: Vec<(u8, bool)> = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("[:")
            && let Some((name, after)) = after.split_once(":]")
            && let Some(class) = class(name.as_bytes())
        {
            flush(&mut single, &mut all);
            all.extend((0..=255u8).filter(|byte| class(*byte)));
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix('\\')
            && let Some((bytes, used)) = super::escapes::escape(after, false)
        {
            // A backslash before any other character is that character.
            let (bytes, used) = match (used, after.chars().next()) {
                (0, Some(letter)) => (letter.to_string().into_bytes(), letter.len_utf8()),
                _ => (bytes, used),
            };
            single.extend(bytes.into_iter().map(|byte| (byte, true)));
            rest = after.get(used..).unwrap_or_default();
            continue;
        }
        let length = rest.chars().next().map_or(1, char::len_utf8);
        single.extend(rest.bytes().take(length).map(|byte| (byte, false)));
        rest = rest.get(length..).unwrap_or_default();
    }
    flush(&mut single, &mut all);
    all
}

/// Puts out single bytes, with `a-z` as a range; an escaped minus is none.
fn flush(single: &mut Vec<(u8, bool)>, all: &mut Vec<u8>) {
    let mut rest = single.as_slice();
    while let Some(((byte, _), after)) = rest.split_first() {
        match after {
            [(b'-', false), (last, _), after @ ..] => {
                all.extend(*byte..=*last);
                rest = after;
            }
            _ => {
                all.push(*byte);
                rest = after;
            }
        }
    }
    single.clear();
}

pub fn tr(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("delete", 'd'), ("squeeze-repeats", 's'), ("complement", 'c'), ("truncate-set1", 't')];
    let options = match parse(machine, process, "+cCdst", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let Some(first) = options.operands.first() else { return missing_operand(machine, process) };
    let second = options.operands.get(1);
    // busybox takes a lone set for itself.
    if second.is_none() && !options.any("ds") && !is_busybox(machine) {
        return missing_operand(machine, process);
    }
    let mut from = expand(first);
    if options.any("cC") {
        from = (0..=255u8).filter(|byte| !from.contains(byte)).collect();
    }
    let mut to = second.map(|set| expand(set)).unwrap_or_default();
    if options.has('t') {
        from.truncate(to.len());
    }
    if let Some(last) = to.last().copied()
        && !options.has('d')
    {
        to.resize(to.len().max(from.len()), last);
    }
    let content = process.stdin(machine);
    let Some(bytes) = text(machine, process, &content) else { return 0 };
    let mut output = Vec::with_capacity(bytes.len());
    let squeezed = if second.is_some() { to.clone() } else { from.clone() };
    for byte in bytes {
        let place = from.iter().rposition(|candidate| *candidate == byte);
        let byte = match place {
            Some(_) if options.has('d') => continue,
            Some(at) if second.is_some() => to.get(at).copied().unwrap_or(byte),
            _ => byte,
        };
        if options.has('s') && output.last() == Some(&byte) && squeezed.contains(&byte) {
            continue;
        }
        output.push(byte);
    }
    process.out_bytes(machine, &output);
    0
}

/// expand, unexpand (leading blanks), fold, nl: filters that change the layout of lines.
pub fn expand_tabs(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "t:i", &[("tabs=", 't'), ("initial", 'i')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = options.value('t').unwrap_or("8");
    let width = match count_in(machine, process, width, 1..=u64::from(u32::MAX), "tab size") {
        Ok(width) => width.min(1000),
        Err(status) => return status,
    };
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    let mut column = 0;
    for byte in bytes {
        if byte == b'\t' {
            let blanks = width - column % width;
            output.extend(std::iter::repeat_n(b' ', blanks));
            column += blanks;
        } else {
            output.push(byte);
            column = if byte == b'\n' { 0 } else { column + 1 };
        }
    }
    process.out_bytes(machine, &output);
    status
}

pub fn unexpand(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "t:af", &[("tabs=", 't'), ("all", 'a'), ("first-only", 'f')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = options.value('t').and_then(|text| text.parse::<usize>().ok()).unwrap_or(8).clamp(1, 1000);
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let mut column = 0;
        let mut used = 0;
        for byte in line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')) {
            column = if *byte == b'\t' { (column / width + 1) * width } else { column + 1 };
            used += 1;
        }
        output.extend(std::iter::repeat_n(b'\t', column / width));
        output.extend(std::iter::repeat_n(b' ', column % width));
        output.extend(line.get(used..).unwrap_or_default());
    }
    process.out_bytes(machine, &output);
    status
}

pub fn fold(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "w:sb", &[("width=", 'w'), ("spaces", 's'), ("bytes", 'b')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = options.value('w').unwrap_or("80");
    let width = match count_in(machine, process, width, 1..=10_000, "number of columns") {
        Ok(width) => width,
        Err(status) => return status,
    };
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    let mut line: Vec<u8> = Vec::new();
    let mut column = 0;
    for byte in bytes {
        if byte == b'\n' {
            line.push(byte);
            output.append(&mut line);
            column = 0;
            continue;
        }
        let next = column_after(column, byte, options.has('b'));
        column = if next > width && !line.is_empty() {
            let blank = line.iter().rposition(|byte| matches!(byte, b' ' | b'\t')).filter(|_| options.has('s'));
            let rest = line.split_off(blank.map_or(line.len(), |at| at + 1));
            output.append(&mut line);
            output.push(b'\n');
            line = rest;
            let start = line.iter().fold(0, |column, byte| column_after(column, *byte, options.has('b')));
            column_after(start, byte, options.has('b'))
        } else {
            next
        };
        line.push(byte);
    }
    output.append(&mut line);
    process.out_bytes(machine, &output);
    status
}

/// The column behind a byte: tabs go to the next eighth, a backspace back, a return to the start.
fn column_after(column: usize, byte: u8, every_byte: bool) -> usize {
    match byte {
        _ if every_byte => column + 1,
        b'\t' => column + 8 - column % 8,
        b'\x08' => column.saturating_sub(1),
        b'\r' => 0,
        _ => column + 1,
    }
}

pub fn nl(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "b:s:w:v:i:n:", &[("body-numbering=", 'b')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = options.value('w').and_then(|text| text.parse::<usize>().ok()).unwrap_or(6).min(100);
    let separator = options.value('s').map_or_else(|| b"\t".to_vec(), |text| unescape_bytes(text, false).0);
    let mut number = options.value('v').and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
    let step = options.value('i').and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in super::input::lines(&bytes) {
        let style = options.value('b').unwrap_or("t");
        if style == "n" || line.is_empty() && style != "a" {
            output.extend(std::iter::repeat_n(b' ', width + separator.len()));
        } else {
            output.extend(format!("{number:width$}").bytes());
            output.extend(&separator);
            number = number.saturating_add(step);
        }
        output.extend(line);
        output.push(b'\n');
    }
    process.out_bytes(machine, &output);
    status
}
