//! cat.

use crate::process::{Machine, Process};

use super::input::{cannot_open, open, text};
use super::options::parse;

const LONG: [(&str, char); 7] = [
    ("number", 'n'),
    ("number-nonblank", 'b'),
    ("show-all", 'A'),
    ("show-ends", 'E'),
    ("show-nonprinting", 'v'),
    ("show-tabs", 'T'),
    ("squeeze-blank", 's'),
];

pub fn cat(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "nbevtAETsu", &LONG) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    let (mut status, mut number, mut blank) = (0, 0u64, false);
    for operand in operands {
        let content = match open(machine, process, &operand) {
            Ok(content) => content,
            Err(errno) => {
                cannot_open(machine, process, &operand, errno);
                status = 1;
                continue;
            }
        };
        if options.given.iter().all(|(letter, _)| *letter == 'u') {
            process.out_content(machine, &content);
            continue;
        }
        let Some(bytes) = text(machine, process, &content) else {
            process.out_content(machine, &content);
            continue;
        };
        let mut output = Vec::new();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let was_blank = std::mem::replace(&mut blank, line == b"\n");
            if was_blank && blank && options.has('s') {
                continue;
            }
            if options.has('n') && !options.has('b') || options.has('b') && line != b"\n" {
                number += 1;
                output.extend(format!("{number:6}\t").bytes());
            }
            for byte in line {
                show(*byte, options.any("vAet"), options.any("TAt"), options.any("EAe"), &mut output);
            }
        }
        process.out_bytes(machine, &output);
    }
    status
}

fn show(byte: u8, caret: bool, tabs: bool, ends: bool, output: &mut Vec<u8>) {
    match byte {
        b'\n' if ends => output.extend(b"$\n"),
        b'\n' => output.push(byte),
        b'\t' if tabs => output.extend(b"^I"),
        b'\t' => output.push(byte),
        _ if !caret => output.push(byte),
        _ => {
            let low = byte & 0x7f;
            if byte >= 0x80 {
                output.extend(b"M-");
            }
            match low {
                0x7f => output.extend(b"^?"),
                0..0x20 => output.extend([b'^', low + 64]),
                _ => output.push(low),
            }
        }
    }
}
