//! join.

use crate::process::{Machine, Process};

use super::input::{cannot_open, lines, missing_after, not_modelled, open, text};
use super::misuse::refuse;
use super::options::{Options, parse};

/// A line as its fields, and the one that it is joined by.
struct Line<'l> {
    key: &'l str,
    fields: Vec<&'l str>,
}

/// Lines of two sorted files that have a field in common.
pub fn join(machine: &mut Machine, process: &mut Process) -> i32 {
    let long =
        [("ignore-case", 'i'), ("header", 'H'), ("check-order", 'O'), ("nocheck-order", 'N'), ("zero-terminated", 'z')];
    let options = match parse(machine, process, "a:e:ij:o:t:v:1:2:z", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let [one, two] = options.operands.as_slice() else {
        return missing_after(machine, process, &options.operands);
    };
    if let Some(tab) = options.value('t').filter(|tab| tab.chars().count() > 1 && *tab != "\\0") {
        process.complain(machine, &format!("multi-character tab '{tab}'"));
        return 1;
    }
    let field = |letter: char| options.value(letter).or(options.value('j')).unwrap_or("1").to_string();
    let wrong = |text: &str| !text.parse::<usize>().is_ok_and(|number| number > 0);
    if let Some(text) = [field('1'), field('2')].into_iter().find(|text| wrong(text)) {
        process.complain(machine, &format!("invalid field number: '{text}'"));
        return 1;
    }
    if let Some(file) = options.values('a').chain(options.values('v')).find(|file| !matches!(*file, "1" | "2")) {
        process.complain(machine, &format!("invalid field number: '{file}'"));
        return 1;
    }
    let format = match options.value('o').map(format_of) {
        None | Some(Ok(None)) => None,
        Some(Ok(Some(format))) => Some(format),
        Some(Err(message)) => return refuse_spec(machine, process, &message),
    };
    let mut texts = Vec::new();
    for operand in [one, two] {
        match open(machine, process, operand) {
            Ok(content) => {
                let bytes = text(machine, process, &content).unwrap_or_default();
                texts.push(String::from_utf8_lossy(&bytes).into_owned());
            }
            Err(errno) => {
                cannot_open(machine, process, operand, errno);
                return 1;
            }
        }
    }
    let [first, second] = texts.as_slice() else { return 1 };
    let number = |letter: char| field(letter).parse::<usize>().unwrap_or(1);
    let (first, second) = (split(first, &options, number('1')), split(second, &options, number('2')));
    let checks = options.last_of("ON");
    let output = joined(&first, &second, &options, format.as_deref());
    let mut status = 0;
    for (name, lines, text) in [(one, &first, texts.first()), (two, &second, texts.get(1))] {
        let Some(at) = unsorted(lines).filter(|_| checks != Some('N')) else { continue };
        // What it makes of lines out of order depends on how far it got.
        if !output.is_empty() || checks == Some('O') {
            not_modelled(machine, process, "of unsorted lines");
        }
        let line = text.and_then(|text| text.lines().nth(at)).unwrap_or_default();
        process.complain(machine, &format!("{name}:{}: is not sorted: {line}", at + 1));
        status = 1;
        if checks == Some('O') {
            return 1;
        }
    }
    process.out(machine, &output);
    if status != 0 {
        process.complain(machine, "input is not in sorted order");
    }
    status
}

fn refuse_spec(machine: &mut Machine, process: &Process, message: &str) -> i32 {
    if message.is_empty() {
        return refuse(machine, process, "invalid field specifier");
    }
    process.complain(machine, message);
    1
}

/// The fields that `-o` names: 0 for the common one, else a file and a field; none where they are to be found out.
type Format = Vec<(usize, usize)>;

fn format_of(text: &str) -> Result<Option<Format>, String> {
    if text == "auto" {
        return Ok(None);
    }
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    let specs = parts.map(|part| match part.split_once('.') {
        None if part == "0" => Ok((0, 0)),
        Some((file, field)) => {
            let file = if file == "1" {
                1
            } else if file == "2" {
                2
            } else {
                0
            };
            match field.parse::<usize>() {
                Ok(field) if file > 0 && field > 0 => Ok((file, field)),
                Ok(_) if file == 0 => Err(format!("invalid file number in field spec: '{part}'")),
                _ => Err(format!("invalid field number: '{field}'")),
            }
        }
        None => Err(format!("invalid field specifier: '{part}'")),
    });
    specs.collect::<Result<Format, String>>().map(Some)
}

fn split<'t>(text: &'t str, options: &Options, key: usize) -> Vec<Line<'t>> {
    let tab = options.value('t').map(str::to_string);
    lines(text.as_bytes())
        .into_iter()
        .filter_map(|line| std::str::from_utf8(line).ok())
        .map(|line| {
            let fields: Vec<&str> = match &tab {
                Some(tab) if !tab.is_empty() => line.split(tab.as_str()).collect(),
                Some(_) => vec![line],
                None => line.split([' ', '\t']).filter(|field| !field.is_empty()).collect(),
            };
            let key = fields.get(key - 1).copied().unwrap_or_default();
            Line { key, fields }
        })
        .collect()
}

/// The first line that is out of order.
fn unsorted(lines: &[Line<'_>]) -> Option<usize> {
    lines.windows(2).position(|pair| matches!(pair, [one, two] if one.key > two.key)).map(|at| at + 1)
}

fn joined(first: &[Line<'_>], second: &[Line<'_>], options: &Options, format: Option<&[(usize, usize)]>) -> String {
    let fold = |key: &str| if options.has('i') { key.to_lowercase() } else { key.to_string() };
    let only = options.has('v');
    let wants = |file: &str| options.values('a').chain(options.values('v')).any(|wanted| wanted == file);
    let (mut output, mut at) = (String::new(), 0);
    let mut put = |one: Option<&Line<'_>>, two: Option<&Line<'_>>| {
        output.push_str(&row(one, two, options, format));
        output.push('\n');
    };
    for one in first {
        let key = fold(one.key);
        while let Some(two) = second.get(at).filter(|two| fold(two.key) < key) {
            let paired = first.iter().any(|one| fold(one.key) == fold(two.key));
            if wants("2") && !paired {
                put(None, Some(two));
            }
            at += 1;
        }
        let pairs = second.iter().skip(at).take_while(|two| fold(two.key) == key);
        let mut any = false;
        for two in pairs {
            any = true;
            if !only {
                put(Some(one), Some(two));
            }
        }
        if !any && wants("1") {
            put(Some(one), None);
        }
    }
    for two in second.iter().skip(at).filter(|_| wants("2")) {
        if !first.iter().any(|one| fold(one.key) == fold(two.key)) {
            put(None, Some(two));
        }
    }
    output
}

fn row(one: Option<&Line<'_>>, two: Option<&Line<'_>>, options: &Options, format: Option<&[(usize, usize)]>) -> String {
    let empty = options.value('e').unwrap_or_default();
    let key = one.or(two).map_or("", |line| line.key);
    let line = |file: usize| if file == 1 { one } else { two };
    let cells: Vec<&str> = match format {
        Some(format) => format
            .iter()
            .map(|(file, field)| match file {
                0 => key,
                _ => line(*file).and_then(|line| line.fields.get(field.wrapping_sub(1)).copied()).unwrap_or(empty),
            })
            .map(|cell| if cell.is_empty() { empty } else { cell })
            .collect(),
        None => {
            let rest = |line: Option<&'_ Line<'_>>| -> Vec<String> {
                let Some(line) = line else { return Vec::new() };
                let at = line.fields.iter().position(|field| *field == line.key);
                let others = line.fields.iter().enumerate().filter(|(index, _)| Some(*index) != at);
                others.map(|(_, field)| (*field).to_string()).collect()
            };
            let mut cells = vec![key.to_string()];
            cells.extend(rest(one));
            cells.extend(rest(two));
            return cells.join(options.value('t').unwrap_or(" "));
        }
    };
    cells.join(options.value('t').unwrap_or(" "))
}
