//! sum: the checksums of BSD and of System V.

use crate::process::{Machine, Process};

use super::input::{is_busybox, open_all, text};
use super::options::parse;

pub fn sum(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "rs", &[("sysv", 's')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (contents, failed) = open_all(machine, process, &options.operands);
    let system_v = options.last_of("rs") == Some('s');
    for (name, content) in contents {
        let bytes = text(machine, process, &content).unwrap_or_default();
        let line = if system_v { of_system_v(&bytes) } else { of_bsd(&bytes) };
        // BSD's says nothing of a lone file on busybox, nor either of standard input.
        let named = !options.operands.is_empty() && (system_v || options.operands.len() > 1 || !is_busybox(machine));
        let shown = if named { format!(" {name}") } else { String::new() };
        process.out(machine, &format!("{line}{shown}\n"));
    }
    i32::from(failed)
}

/// The sum with each byte added to what was rotated before, and the blocks of 1024 bytes.
pub fn of_bsd(bytes: &[u8]) -> String {
    let sum = bytes.iter().fold(0u16, |sum, byte| sum.rotate_right(1).wrapping_add(u16::from(*byte)));
    format!("{sum:05} {:5}", bytes.len().div_ceil(1024))
}

/// The sum of all bytes in 16 bits, and the blocks of 512 bytes.
pub fn of_system_v(bytes: &[u8]) -> String {
    let sum = bytes.iter().fold(0u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
    let folded = (sum & 0xffff) + (sum >> 16);
    format!("{} {}", (folded & 0xffff) + (folded >> 16), bytes.len().div_ceil(512))
}
