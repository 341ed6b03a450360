//! tr.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand, text};
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
