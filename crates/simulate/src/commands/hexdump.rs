//! hexdump, hd.

use crate::process::{Machine, Process};

use super::dump_format::{Row, parse_format, render};
use super::input::{filter_text, not_modelled, number};
use super::options::parse;

/// The formats that letters stand for, as BSD's hexdump defines them: the line at the end, then the rows.
const CANONICAL: [&str; 3] =
    ["\"%08.8_Ax\\n\"", "\"%08.8_ax  \" 8/1 \"%02x \" \"  \" 8/1 \"%02x \"", "\"  |\" 16/1 \"%_p\" \"|\\n\""];
const END: &str = "\"%07.7_Ax\\n\"";
const START: &str = "\"%07.7_ax \"";

fn of_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'b' => "16/1 \"%03o \" \"\\n\"",
        'c' => "16/1 \"%3_c \" \"\\n\"",
        'd' => "8/2 \"  %05u \" \"\\n\"",
        'o' => "8/2 \" %06o \" \"\\n\"",
        'x' => "8/2 \"   %04x \" \"\\n\"",
        _ => return None,
    })
}

pub fn hexdump(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("canonical", 'C'),
        ("length=", 'n'),
        ("skip=", 's'),
        ("no-squeezing", 'v'),
        ("format=", 'e'),
        ("one-byte-octal", 'b'),
        ("one-byte-char", 'c'),
        ("two-bytes-decimal", 'd'),
        ("two-bytes-octal", 'o'),
        ("two-bytes-hex", 'x'),
    ];
    let options = match parse(machine, process, "bcde:f:n:os:vxC", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.has('f') {
        not_modelled(machine, process, "-f");
    }
    let mut texts: Vec<String> = Vec::new();
    let canonical = process.name() == "hd";
    let letters = options.given.iter().map(|(letter, value)| (*letter, value.as_deref()));
    for (letter, value) in canonical.then_some(('C', None)).into_iter().chain(letters) {
        match (letter, value) {
            ('C', _) => {
                let [end, hex, text] = CANONICAL;
                texts.extend([end, hex, text].map(str::to_string));
            }
            ('e', Some(format)) => texts.push(format.to_string()),
            _ => {
                if let Some(row) = of_letter(letter) {
                    texts.extend([END.to_string(), format!("{START} {row}")]);
                }
            }
        }
    }
    if texts.is_empty() {
        texts.extend([END.to_string(), format!("{START} 8/2 \"%04x \" \"\\n\"")]);
    }
    let mut rows: Vec<Row> = Vec::new();
    for text in &texts {
        match parse_format(text) {
            Ok(row) => rows.push(row),
            Err(message) => {
                process.complain(machine, &message);
                return 1;
            }
        }
    }
    let (mut bytes, status) = filter_text(machine, process, &options.operands);
    if status != 0 && bytes.is_empty() {
        return status;
    }
    let skip = options.value('s').and_then(offset).unwrap_or(0).min(bytes.len());
    bytes.drain(..skip);
    if let Some(most) = options.value('n').and_then(offset) {
        bytes.truncate(most);
    }
    let output = render(&mut rows, &bytes, skip, options.has('v'));
    process.out_bytes(machine, &output);
    status
}

fn offset(text: &str) -> Option<usize> {
    match text.strip_prefix("0x") {
        Some(digits) => usize::from_str_radix(digits, 16).ok(),
        None => number(text).and_then(|offset| usize::try_from(offset).ok()),
    }
}
