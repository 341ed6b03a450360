//! tr.

use crate::process::{Machine, Process};

use super::escapes::unescape_bytes;
use super::input::{missing_operand, text};
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
    if second.is_none() && !options.any("ds") {
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
    let width = options.value('t').and_then(|text| text.parse::<usize>().ok()).unwrap_or(8).clamp(1, 1000);
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
    let width = options.value('w').and_then(|text| text.parse::<usize>().ok()).unwrap_or(80).max(1);
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let (mut rest, end) = line.strip_suffix(b"\n").map_or((line, false), |line| (line, true));
        while rest.len() > width {
            let mut cut = width;
            if options.has('s')
                && let Some(blank) = rest.get(..width).unwrap_or_default().iter().rposition(|byte| *byte == b' ')
            {
                cut = blank + 1;
            }
            let (piece, after) = rest.split_at_checked(cut).unwrap_or((rest, &[]));
            output.extend(piece);
            output.push(b'\n');
            rest = after;
        }
        output.extend(rest);
        if end {
            output.push(b'\n');
        }
    }
    process.out_bytes(machine, &output);
    status
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
