//! hexdump -C, hd, and xxd -p: bytes in hexadecimal, the forms that scripts use.

use crate::process::{Machine, Process};

use super::input::{filter_text, number};
use super::options::parse;

pub fn hexdump(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "Cvn:s:bcdoxpl:ru", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let is_xxd = process.name() == "xxd";
    let (mut bytes, status) = filter_text(machine, process, &options.operands);
    if let Some(most) = options.value('n').or(options.value('l')).and_then(number) {
        bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    let mut output = String::new();
    let printable = |line: &[u8]| -> String {
        line.iter().map(|byte| if (32..127).contains(byte) { char::from(*byte) } else { '.' }).collect()
    };
    let hex = |line: &[u8]| -> String { line.iter().map(|byte| format!("{byte:02x}")).collect() };
    for (row, line) in bytes.chunks(if is_xxd && options.has('p') { 30 } else { 16 }).enumerate() {
        if is_xxd && options.has('p') {
            output.push_str(&format!("{}\n", hex(line)));
        } else if is_xxd {
            let pairs: Vec<String> = line.chunks(2).map(hex).collect();
            output.push_str(&format!("{:08x}: {:<39}  {}\n", row * 16, pairs.join(" "), printable(line)));
        } else if options.has('C') || process.name() == "hd" {
            let halves: Vec<String> =
                line.chunks(8).map(|half| half.iter().map(|byte| format!("{byte:02x} ")).collect::<String>()).collect();
            output.push_str(&format!("{:08x}  {:<50}|{}|\n", row * 16, halves.join(" "), printable(line)));
        } else {
            let pairs: String = line
                .chunks(2)
                .map(|pair| {
                    format!(" {:04x}", pair.iter().rev().fold(0u32, |value, byte| value << 8 | u32::from(*byte)))
                })
                .collect();
            output.push_str(&format!("{:07x}{pairs}\n", row * 16));
        }
    }
    if !is_xxd && !bytes.is_empty() {
        let width = if options.has('C') || process.name() == "hd" { 8 } else { 7 };
        output.push_str(&format!("{:0width$x}\n", bytes.len()));
    }
    process.out(machine, &output);
    status
}
