//! crc32.

use crate::process::{Machine, Process};

use super::input::{open, text};

pub fn crc32(machine: &mut Machine, process: &mut Process) -> i32 {
    let operands = process.operands().to_vec();
    let stdin = ["-".to_string()];
    let mut status = 0;
    for operand in if operands.is_empty() { &stdin } else { operands.as_slice() } {
        let content = match open(machine, process, operand) {
            Ok(content) => content,
            Err(errno) => {
                process.complain(machine, &format!("can't open '{operand}': {errno}"));
                status = 1;
                continue;
            }
        };
        let mut crc = u32::MAX;
        for byte in text(machine, process, &content).unwrap_or_default() {
            crc ^= u32::from(byte);
            for _ in 0..8 {
                crc = if crc & 1 != 0 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            }
        }
        let name = if operands.is_empty() { String::new() } else { format!(" {operand}") };
        process.out(machine, &format!("{:08x}{name}\n", !crc));
    }
    status
}
