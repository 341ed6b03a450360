//! diff.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{is_busybox, join, last_part, lines, missing_operand, open, text};
use super::node::is_dir;
use super::options::{Options, parse};
use super::tree::below;

/// The most lines of a difference that are compared one with another.
const LINE_LIMIT: usize = 5_000;

pub fn diff(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("brief", 'q'),
        ("recursive", 'r'),
        ("unified", 'u'),
        ("new-file", 'N'),
        ("ignore-case", 'i'),
        ("report-identical-files", 's'),
    ];
    let options = match parse(machine, process, "qruNabBdiswtTU:L:S:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let [one, two] = options.operands.as_slice() else {
        missing_operand(machine, process);
        return 2;
    };
    let (mut one, mut two) = (one.clone(), two.clone());
    let dir = |machine: &Machine, name: &str| name != "-" && is_dir(machine.fs, &process.path(name), &process.cred);
    let (one_dir, two_dir) = (dir(machine, &one), dir(machine, &two));
    if one_dir && two_dir {
        return directories(machine, process, &options, &one, &two);
    }
    if one_dir {
        one = join(&one, last_part(&two));
    } else if two_dir {
        two = join(&two, last_part(&one));
    }
    files(machine, process, &options, &one, &two)
}

fn directories(machine: &mut Machine, process: &mut Process, options: &Options, one: &str, two: &str) -> i32 {
    let mut names: Vec<String> = Vec::new();
    for root in [one, two] {
        for name in below(machine, process, root, true) {
            let inner = name.strip_prefix(root).unwrap_or_default().trim_start_matches('/').to_string();
            if !inner.is_empty() && (options.has('r') || !inner.contains('/')) {
                names.push(inner);
            }
        }
    }
    names.sort();
    names.dedup();
    let mut status = 0;
    let mut only: Vec<String> = Vec::new();
    for name in names {
        if only.iter().any(|parent| name.starts_with(&format!("{parent}/"))) {
            continue;
        }
        let (a, b) = (join(one, &name), join(two, &name));
        let there = |machine: &Machine, name: &str| super::node::exists(machine.fs, &process.path(name), &process.cred);
        match (there(machine, &a), there(machine, &b)) {
            (true, true) => {
                if !is_dir(machine.fs, &process.path(&a), &process.cred) {
                    status = status.max(files(machine, process, options, &a, &b));
                }
            }
            (in_one, _) => {
                let (directory, base) = name.rsplit_once('/').unwrap_or(("", &name));
                let root = join(if in_one { one } else { two }, directory);
                process.out(machine, &format!("Only in {}: {base}\n", root.trim_end_matches('/')));
                only.push(name.clone());
                status = status.max(1);
            }
        }
    }
    status
}

fn files(machine: &mut Machine, process: &mut Process, options: &Options, one: &str, two: &str) -> i32 {
    let mut contents: Vec<Content> = Vec::new();
    for operand in [one, two] {
        match open(machine, process, operand) {
            Ok(content) => contents.push(content),
            Err(_) if options.has('N') => contents.push(Content::default()),
            Err(errno) => {
                let text = if is_busybox(machine) {
                    format!("can't stat '{operand}': {errno}")
                } else {
                    format!("{operand}: {errno}")
                };
                process.complain(machine, &text);
                return 2;
            }
        }
    }
    let [first, second] = contents.as_slice() else { return 2 };
    if first == second {
        return 0;
    }
    if options.has('q') {
        process.out(machine, &format!("Files {one} and {two} differ\n"));
        return 1;
    }
    let (a, b) =
        (text(machine, process, first).unwrap_or_default(), text(machine, process, second).unwrap_or_default());
    let (a, b) = (lines(&a), lines(&b));
    if a.len() > LINE_LIMIT || b.len() > LINE_LIMIT {
        machine.limit("diff-lines");
        return 1;
    }
    let unified = is_busybox(machine) || options.any("uU");
    let mut output = Vec::new();
    if unified {
        output.extend(format!("--- {one}\n+++ {two}\n").bytes());
        hunks(&a, &b, options.value('U').and_then(|text| text.parse().ok()).unwrap_or(3), &mut output);
    } else {
        normal(&a, &b, &mut output);
    }
    process.out_bytes(machine, &output);
    1
}

/// What became of each line: kept, removed, added.
enum Edit {
    Keep(usize, usize),
    Remove(usize, usize),
    Add(usize, usize),
}

/// A shortest list of edits, by the lengths of common subsequences of the parts that differ.
fn edits(a: &[&[u8]], b: &[&[u8]]) -> Vec<Edit> {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle_a = rest_a.get(..rest_a.len() - end).unwrap_or_default();
    let middle_b = rest_b.get(..rest_b.len() - end).unwrap_or_default();
    let width = middle_b.len() + 1;
    let mut lengths = vec![0u16; (middle_a.len() + 1) * width];
    let at = |lengths: &[u16], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for i in (0..middle_a.len()).rev() {
        for j in (0..middle_b.len()).rev() {
            let length = if middle_a.get(i) == middle_b.get(j) {
                at(&lengths, i + 1, j + 1).saturating_add(1)
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(place) = lengths.get_mut(i * width + j) {
                *place = length;
            }
        }
    }
    let mut edits: Vec<Edit> = (0..start).map(|line| Edit::Keep(line, line)).collect();
    let (mut i, mut j) = (0, 0);
    while i < middle_a.len() || j < middle_b.len() {
        let (x, y) = (start + i, start + j);
        if i < middle_a.len() && j < middle_b.len() && middle_a.get(i) == middle_b.get(j) {
            edits.push(Edit::Keep(x, y));
            i += 1;
            j += 1;
        } else if i < middle_a.len() && (j == middle_b.len() || at(&lengths, i + 1, j) >= at(&lengths, i, j + 1)) {
            edits.push(Edit::Remove(x, y));
            i += 1;
        } else {
            edits.push(Edit::Add(x, y));
            j += 1;
        }
    }
    edits.extend((0..end).map(|line| Edit::Keep(a.len() - end + line, b.len() - end + line)));
    edits
}

fn hunks(a: &[&[u8]], b: &[&[u8]], context: usize, output: &mut Vec<u8>) {
    let edits = edits(a, b);
    let changed: Vec<usize> =
        edits.iter().enumerate().filter(|(_, edit)| !matches!(edit, Edit::Keep(..))).map(|(at, _)| at).collect();
    let mut next = 0;
    while let Some(first) = changed.get(next).copied() {
        let mut last = first;
        while let Some(following) =
            changed.get(next + 1).copied().filter(|following| following - last <= context * 2 + 1)
        {
            last = following;
            next += 1;
        }
        next += 1;
        let from = first.saturating_sub(context);
        let part = edits.get(from..(last + context + 1).min(edits.len())).unwrap_or_default();
        let (start_a, start_b) = match part.first() {
            Some(Edit::Keep(a, b) | Edit::Remove(a, b) | Edit::Add(a, b)) => (*a, *b),
            None => (0, 0),
        };
        let count = |skip: fn(&Edit) -> bool| part.iter().filter(|edit| !skip(edit)).count();
        let (count_a, count_b) =
            (count(|edit| matches!(edit, Edit::Add(..))), count(|edit| matches!(edit, Edit::Remove(..))));
        let range = |start: usize, count: usize| match count {
            0 => format!("{start},0"),
            1 => format!("{}", start + 1),
            _ => format!("{},{count}", start + 1),
        };
        output.extend(format!("@@ -{} +{} @@\n", range(start_a, count_a), range(start_b, count_b)).bytes());
        for edit in part {
            let (mark, line) = match edit {
                Edit::Keep(line, _) => (b' ', a.get(*line)),
                Edit::Remove(line, _) => (b'-', a.get(*line)),
                Edit::Add(_, line) => (b'+', b.get(*line)),
            };
            output.push(mark);
            output.extend(line.copied().unwrap_or_default());
            output.push(b'\n');
        }
    }
}

fn normal(a: &[&[u8]], b: &[&[u8]], output: &mut Vec<u8>) {
    let edits = edits(a, b);
    let mut at = 0;
    while at < edits.len() {
        let run: Vec<&Edit> = edits.iter().skip(at).take_while(|edit| !matches!(edit, Edit::Keep(..))).collect();
        if run.is_empty() {
            at += 1;
            continue;
        }
        at += run.len();
        let removed: Vec<usize> =
            run.iter().filter_map(|edit| if let Edit::Remove(line, _) = edit { Some(*line) } else { None }).collect();
        let added: Vec<usize> =
            run.iter().filter_map(|edit| if let Edit::Add(_, line) = edit { Some(*line) } else { None }).collect();
        let range = |lines: &[usize], before: usize| match lines {
            [] => before.to_string(),
            [line] => (line + 1).to_string(),
            [first, .., last] => format!("{},{}", first + 1, last + 1),
        };
        let (before_a, before_b) = match run.first() {
            Some(Edit::Remove(a, b) | Edit::Add(a, b) | Edit::Keep(a, b)) => (*a, *b),
            None => (0, 0),
        };
        let letter = match (removed.is_empty(), added.is_empty()) {
            (true, _) => 'a',
            (_, true) => 'd',
            _ => 'c',
        };
        output.extend(format!("{}{letter}{}\n", range(&removed, before_a), range(&added, before_b)).bytes());
        for (lines, source, mark) in [(&removed, a, "< "), (&added, b, "> ")] {
            if mark == "> " && letter == 'c' {
                output.extend(b"---\n");
            }
            for line in lines {
                output.extend(mark.bytes());
                output.extend(source.get(*line).copied().unwrap_or_default());
                output.push(b'\n');
            }
        }
    }
}
