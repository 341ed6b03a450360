//! cmp.

use crate::process::{Machine, Process};

use super::input::{cannot_open, is_busybox, missing_operand, open};
use super::options::parse;

pub fn cmp(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "sln:bi:", &[("silent", 's'), ("quiet", 's'), ("bytes=", 'n')]) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let one = options.operands.first().cloned();
    let Some(one) = one else { return missing_operand(machine, process) };
    let two = options.operands.get(1).cloned().unwrap_or_else(|| "-".to_string());
    let mut contents = Vec::new();
    for operand in [&one, &two] {
        match open(machine, process, operand) {
            Ok(content) => contents.push(content),
            Err(errno) => {
                if !options.has('s') {
                    cannot_open(machine, process, operand, errno);
                }
                return if is_busybox(machine) { 1 } else { 2 };
            }
        }
    }
    let [first, second] = contents.as_slice() else { return 2 };
    if first == second {
        return 0;
    }
    if !options.has('s') {
        let (a, b) = (
            first.bytes(super::input::TEXT_LIMIT).unwrap_or_default(),
            second.bytes(super::input::TEXT_LIMIT).unwrap_or_default(),
        );
        match a.iter().zip(&b).position(|(a, b)| a != b) {
            Some(at) => {
                let line = a.get(..at).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count() + 1;
                process.out(machine, &format!("{one} {two} differ: byte {}, line {line}\n", at + 1));
            }
            None => {
                let shorter = if a.len() < b.len() { one } else { two };
                process.complain(machine, &format!("EOF on {shorter}"));
            }
        }
    }
    1
}
