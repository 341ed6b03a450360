//! The lines that differ between two texts, and how diff writes them.

use super::options::Options;

/// A line: what it is compared by, and what is shown.
#[derive(Clone, Debug)]
pub struct Line {
    key: Vec<u8>,
    shown: Vec<u8>,
}

impl PartialEq for Line {
    fn eq(&self, other: &Line) -> bool {
        self.key == other.key
    }
}

/// Divides a text into lines, with keys that leave out what the options ignore.
pub fn lines(text: &[u8], options: &Options) -> Vec<Line> {
    text.split_inclusive(|byte| *byte == b'\n')
        .map(|line| Line { key: key(line, options), shown: line.to_vec() })
        .collect()
}

fn key(line: &[u8], options: &Options) -> Vec<u8> {
    let mut key = line.to_vec();
    if options.has('i') {
        key.make_ascii_lowercase();
    }
    if options.has('w') {
        key.retain(|byte| !byte.is_ascii_whitespace());
    } else if options.has('b') {
        let mut shorter: Vec<u8> = Vec::new();
        for byte in key.trim_ascii_end() {
            match (byte.is_ascii_whitespace(), shorter.last()) {
                (true, Some(b' ')) => {}
                (true, _) => shorter.push(b' '),
                (false, _) => shorter.push(*byte),
            }
        }
        key = shorter;
    }
    key
}

/// Whether nothing but empty lines changed.
pub fn only_blank(edits: &[Edit], a: &[Line], b: &[Line]) -> bool {
    edits.iter().all(|edit| {
        let line = match edit {
            Edit::Keep(..) => return true,
            Edit::Remove(line, _) => a.get(*line),
            Edit::Add(_, line) => b.get(*line),
        };
        line.is_some_and(|line| line.shown == b"\n")
    })
}

/// What became of each line: kept, removed, added.
pub enum Edit {
    Keep(usize, usize),
    Remove(usize, usize),
    Add(usize, usize),
}

/// A shortest list of edits, by the lengths of common subsequences of the parts that differ.
pub fn edits(a: &[Line], b: &[Line]) -> Vec<Edit> {
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
    // What is taken away comes before what is put in its place.
    for run in edits.chunk_by_mut(|one, two| !matches!(one, Edit::Keep(..)) && !matches!(two, Edit::Keep(..))) {
        run.sort_by_key(|edit| matches!(edit, Edit::Add(..)));
        settle(run);
    }
    edits.extend((0..end).map(|line| Edit::Keep(a.len() - end + line, b.len() - end + line)));
    edits
}

/// Gives the edits of a run that was sorted the places where they now are.
fn settle(run: &mut [Edit]) {
    let (mut x, mut y) = (usize::MAX, usize::MAX);
    for edit in run.iter() {
        if let Edit::Remove(a, b) | Edit::Add(a, b) = edit {
            (x, y) = (x.min(*a), y.min(*b));
        }
    }
    for edit in run {
        match edit {
            Edit::Keep(..) => {}
            Edit::Remove(a, b) => {
                *b = y;
                x = x.max(*a + 1);
            }
            Edit::Add(a, _) => *a = x,
        }
    }
}

/// How lines are written.
#[derive(Clone, Copy, Default)]
pub struct Style {
    /// `-T`: a tab behind the mark.
    pub tab: bool,
    /// `-t`: tabs as spaces.
    pub expand: bool,
}

fn write_line(output: &mut Vec<u8>, mark: &str, line: Option<&Line>, style: Style) {
    let line = line.map(|line| line.shown.as_slice()).unwrap_or_default();
    output.extend(mark.bytes());
    if style.tab {
        output.push(b'\t');
    }
    let mut column = 0;
    for byte in line {
        if style.expand && *byte == b'\t' {
            let spaces = 8 - column % 8;
            output.extend(std::iter::repeat_n(b' ', spaces));
            column += spaces;
        } else {
            output.push(*byte);
            column += 1;
        }
    }
    if line.last() != Some(&b'\n') {
        output.extend(b"\n\\ No newline at end of file\n");
    }
}

/// The hunks of a unified difference.
pub fn unified(edits: &[Edit], a: &[Line], b: &[Line], context: usize, style: Style, output: &mut Vec<u8>) {
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
                Edit::Keep(line, _) => (" ", a.get(*line)),
                Edit::Remove(line, _) => ("-", a.get(*line)),
                Edit::Add(_, line) => ("+", b.get(*line)),
            };
            write_line(output, mark, line, style);
        }
    }
}

/// The difference as a plain diff of GNU's writes it.
pub fn normal(edits: &[Edit], a: &[Line], b: &[Line], style: Style, output: &mut Vec<u8>) {
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
                write_line(output, mark, source.get(*line), style);
            }
        }
    }
}
