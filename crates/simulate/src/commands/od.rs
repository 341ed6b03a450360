//! od.

use crate::process::{Machine, Process};

use super::input::{filter_text, number};
use super::options::parse;

pub fn od(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(
        machine,
        process,
        "A:t:N:j:cxbdovw:X",
        &[("address-radix=", 'A'), ("format=", 't'), ("read-bytes=", 'N')],
    ) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (mut bytes, status) = filter_text(machine, process, &options.operands);
    if let Some(skip) = options.value('j').and_then(number) {
        bytes = bytes.split_off(usize::try_from(skip).unwrap_or(usize::MAX).min(bytes.len()));
    }
    if let Some(most) = options.value('N').and_then(number) {
        bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    let format = options.value('t').unwrap_or(if options.has('c') {
        "c"
    } else if options.has('b') {
        "o1"
    } else if options.has('x') {
        "x2"
    } else {
        "o2"
    });
    let (kind, size) =
        (format.chars().next().unwrap_or('o'), format.get(1..).unwrap_or_default().trim_end_matches('z'));
    let size = size.parse::<usize>().unwrap_or(if kind == 'c' || kind == 'a' { 1 } else { 4 }).clamp(1, 8);
    let address = |at: usize| match options.value('A') {
        Some("n") => String::new(),
        Some("x") => format!("{at:06x}"),
        Some("d") => format!("{at:07}"),
        _ => format!("{at:07o}"),
    };
    let mut output = String::new();
    for (row, line) in bytes.chunks(16).enumerate() {
        output.push_str(&address(row * 16));
        for unit in line.chunks(size) {
            let value = unit.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
            output.push_str(&match kind {
                'c' => format!(" {:>3}", character(unit.first().copied().unwrap_or(0))),
                'x' => format!(" {value:0width$x}", width = size * 2),
                'd' | 'u' => format!(" {value:>width$}", width = size * 3),
                _ => format!(" {value:0width$o}", width = (size * 8).div_ceil(3)),
            });
        }
        output.push('\n');
    }
    let end = address(bytes.len());
    if !end.is_empty() {
        output.push_str(&format!("{end}\n"));
    }
    process.out(machine, &output);
    status
}

fn character(byte: u8) -> String {
    match byte {
        0 => "\\0".to_string(),
        7 => "\\a".to_string(),
        8 => "\\b".to_string(),
        9 => "\\t".to_string(),
        10 => "\\n".to_string(),
        11 => "\\v".to_string(),
        12 => "\\f".to_string(),
        13 => "\\r".to_string(),
        32..127 => char::from(byte).to_string(),
        _ => format!("{byte:03o}"),
    }
}
