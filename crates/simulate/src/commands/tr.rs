//! tr.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand, text};
use super::misuse::misuse;
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

/// The second set; `[x*]` fills it up to the length of the first, `[x*3]` is three of them.
fn filled(set: &str, length: usize) -> Vec<u8> {
    let Some((before, rest)) = set.split_once('[') else { return expand(set) };
    let Some((repeated, after)) = rest.split_once(']') else { return expand(set) };
    let Some((letter, count)) = repeated.split_once('*').filter(|(letter, _)| letter.chars().count() == 1) else {
        return expand(set);
    };
    let (before, after) = (expand(before), expand(after));
    let count = match count.strip_prefix('0').map(|octal| usize::from_str_radix(octal, 8)) {
        Some(octal) => octal.unwrap_or(0),
        None => count.parse().unwrap_or(0),
    };
    let count = if count == 0 { length.saturating_sub(before.len() + after.len()) } else { count.min(1 << 16) };
    [before, letter.as_bytes().repeat(count), after].concat()
}

/// What GNU's refuses.
fn check(machine: &mut Machine, process: &Process, options: &super::options::Options) -> Result<(), i32> {
    let hint = |machine: &mut Machine, message: &str, why: &str| {
        process.complain(machine, message);
        process.err(machine, why);
        Err(misuse(machine, process))
    };
    let (deletes, squeezes) = (options.has('d'), options.has('s'));
    let (least, most) = match (deletes, squeezes) {
        (true, true) => (2, 2),
        (true, false) => (1, 1),
        (false, true) => (1, 2),
        (false, false) => (2, 2),
    };
    let sets = options.operands.as_slice();
    if let ([one], 2) = (sets, least) {
        let why = match deletes {
            true => "Two strings must be given when both deleting and squeezing repeats.\n",
            false => "Two strings must be given when translating.\n",
        };
        return hint(machine, &format!("missing operand after '{one}'"), why);
    }
    if let Some(extra) = sets.get(most) {
        let alone = most == 1 && sets.len() == 2;
        let why = if alone { "Only one string may be given when deleting without squeezing repeats.\n" } else { "" };
        return hint(machine, &format!("extra operand '{extra}'"), why);
    }
    for set in sets {
        if let Some(message) = wrong_set(set) {
            process.complain(machine, &message);
            return Err(1);
        }
    }
    let Some(second) = sets.get(1).filter(|_| !deletes) else { return Ok(()) };
    let classes: Vec<&str> =
        second.split("[:").skip(1).filter_map(|rest| rest.split_once(":]")).map(|(name, _)| name).collect();
    if classes.iter().any(|name| !matches!(*name, "upper" | "lower")) {
        let message =
            "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'";
        process.complain(machine, message);
        return Err(1);
    }
    if second.is_empty() && !options.has('t') && sets.first().is_some_and(|first| !first.is_empty()) {
        process.complain(machine, "when not truncating set1, string2 must be non-empty");
        return Err(1);
    }
    Ok(())
}

/// What is wrong with a set: a class that there is none of, or a range from the end to the start.
fn wrong_set(set: &str) -> Option<String> {
    let classes = set.split("[:").skip(1).filter_map(|rest| rest.split_once(":]")).map(|(name, _)| name);
    if let Some(name) = classes.into_iter().find(|name| class(name.as_bytes()).is_none()) {
        return Some(format!("invalid character class '{name}'"));
    }
    if set.contains(['[', '\\']) {
        return None;
    }
    let letters: Vec<char> = set.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        match letters.get(at..at + 3) {
            Some([from, '-', to]) if from > to => {
                return Some(format!("range-endpoints of '{from}-{to}' are in reverse collating sequence order"));
            }
            Some([_, '-', _]) => at += 3,
            _ => at += 1,
        }
    }
    None
}

pub fn tr(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("delete", 'd'), ("squeeze-repeats", 's'), ("complement", 'c'), ("truncate-set1", 't')];
    let options = match parse(machine, process, "+cCdst", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let Some(first) = options.operands.first() else { return missing_operand(machine, process) };
    let second = options.operands.get(1);
    if !is_busybox(machine)
        && let Err(status) = check(machine, process, &options)
    {
        return status;
    }
    // busybox takes a lone set for itself.
    if second.is_none() && !options.any("ds") && !is_busybox(machine) {
        return missing_operand(machine, process);
    }
    let mut from = expand(first);
    if options.any("cC") {
        from = (0..=255u8).filter(|byte| !from.contains(byte)).collect();
    }
    let mut to = second.map(|set| filled(set, from.len())).unwrap_or_default();
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
