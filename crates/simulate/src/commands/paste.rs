//! paste.

use crate::process::{Machine, Process};

use super::input::{is_busybox, lines, open_all, text};
use super::options::parse;

pub fn paste(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(
        machine,
        process,
        if is_busybox(machine) { "sd:" } else { "sd:z" },
        &[("serial", 's'), ("delimiters=", 'd'), ("zero-terminated", 'z')],
    ) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if let Some(text) = options
        .value('d')
        .filter(|text| !is_busybox(machine) && (text.len() - text.trim_end_matches('\\').len()) % 2 == 1)
    {
        process.complain(machine, &format!("delimiter list ends with an unescaped backslash: {text}"));
        return 1;
    }
    let end = if options.has('z') { b'\0' } else { b'\n' };
    let delimiters =
        options.value('d').map_or_else(|| vec![b'\t'], |text| super::escapes::unescape_bytes(text, false).0);
    let (contents, failed) = open_all(machine, process, &options.operands);
    if failed && (is_busybox(machine) || !options.has('s')) {
        return 1;
    }
    let texts: Vec<Vec<u8>> =
        contents.iter().map(|(_, content)| text(machine, process, content).unwrap_or_default()).collect();
    let mut columns: Vec<Vec<&[u8]>> = texts.iter().map(|text| records(text, end)).collect();
    // Several operands `-` take the lines of standard input in turns.
    let places: Vec<usize> =
        contents.iter().enumerate().filter(|(_, (name, _))| name == "-").map(|(place, _)| place).collect();
    if let (Some(first), false) = (places.first(), options.has('s')) {
        let shared = columns.get(*first).cloned().unwrap_or_default();
        for (turn, place) in places.iter().enumerate() {
            if let Some(column) = columns.get_mut(*place) {
                *column = shared.iter().skip(turn).step_by(places.len()).copied().collect();
            }
        }
    }
    let delimiter = |at: usize| delimiters.get(at % delimiters.len().max(1)).copied();
    let mut output = Vec::new();
    if options.has('s') {
        for column in columns {
            for (at, line) in column.iter().enumerate() {
                if at > 0 {
                    output.extend(delimiter(at - 1));
                }
                output.extend(*line);
            }
            output.push(end);
        }
    } else {
        for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
            for (at, column) in columns.iter().enumerate() {
                if at > 0 {
                    output.extend(delimiter(at - 1));
                }
                output.extend(column.get(row).copied().unwrap_or_default());
            }
            output.push(end);
        }
    }
    process.out_bytes(machine, &output);
    i32::from(failed)
}

fn records(text: &[u8], end: u8) -> Vec<&[u8]> {
    match end {
        b'\n' => lines(text),
        _ => text.split_inclusive(|byte| *byte == end).map(|line| line.strip_suffix(&[end]).unwrap_or(line)).collect(),
    }
}
