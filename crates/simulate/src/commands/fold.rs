//! fold: long lines are broken.

use crate::process::{Machine, Process};

use super::input::count_in;
use super::options::parse;

pub fn fold(machine: &mut Machine, process: &mut Process) -> i32 {
    if !super::input::is_busybox(machine) {
        for argument in &mut process.args {
            if let Some(width) =
                argument.strip_prefix('-').filter(|width| width.starts_with(|c: char| c.is_ascii_digit()))
            {
                *argument = format!("-w{width}");
            }
        }
    }
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
