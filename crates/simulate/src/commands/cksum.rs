//! cksum.

use crate::process::{Machine, Process};

use super::input::open_all;

pub fn cksum(machine: &mut Machine, process: &mut Process) -> i32 {
    let operands = process.operands().to_vec();
    let (contents, failed) = open_all(machine, process, &operands);
    for (name, content) in contents {
        let bytes = super::input::text(machine, process, &content).unwrap_or_default();
        let mut crc = 0u32;
        let mut length = bytes.len();
        let mut tail = Vec::new();
        while length > 0 {
            tail.push((length & 0xff) as u8);
            length >>= 8;
        }
        for byte in bytes.iter().chain(&tail) {
            crc ^= u32::from(*byte) << 24;
            for _ in 0..8 {
                crc = if crc & 0x8000_0000 != 0 { crc << 1 ^ 0x04c1_1db7 } else { crc << 1 };
            }
        }
        let shown = if name == "-" { String::new() } else { format!(" {name}") };
        process.out(machine, &format!("{} {}{shown}\n", !crc, content.size()));
    }
    i32::from(failed)
}
