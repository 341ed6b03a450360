//! mkfifo, mknod.

use filesystem::Special;

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand};
use super::mode::changed;
use super::options::{Options, parse};

pub fn mkfifo(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "m:", &[("mode=", 'm')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    let mut status = 0;
    for operand in &options.operands {
        status = status.max(make(machine, process, &options, operand, Special::Fifo));
    }
    status
}

pub fn mknod(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "m:", &[("mode=", 'm')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let number = |text: &String| match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse::<u32>().ok(),
    };
    let operands: Vec<&str> = options.operands.iter().map(String::as_str).collect();
    let numbers = options.operands.get(2).and_then(number).zip(options.operands.get(3).and_then(number));
    let special = match (operands.as_slice(), numbers) {
        ([_, kind], _) if kind.starts_with('p') => Special::Fifo,
        ([_, kind, _, _], Some((major, minor))) if kind.starts_with(['c', 'u']) => Special::Char(major, minor),
        ([_, kind, _, _], Some((major, minor))) if kind.starts_with('b') => Special::Block(major, minor),
        ([_, kind], _) if !is_busybox(machine) => {
            process.complain(machine, &format!("missing operand after '{kind}'"));
            process.err(machine, "Special files require major and minor device numbers.\n");
            return super::misuse::misuse(machine, process);
        }
        ([_, kind, ..], _) if !is_busybox(machine) && !kind.starts_with(['b', 'c', 'u', 'p']) => {
            process.complain(machine, &format!("invalid device type '{kind}'"));
            return 1;
        }
        _ => return missing_operand(machine, process),
    };
    let name = operands.first().copied().unwrap_or_default();
    make(machine, process, &options, name, special)
}

fn make(machine: &mut Machine, process: &Process, options: &Options, name: &str, special: Special) -> i32 {
    // A mode that was asked for is not subject to the umask.
    let mode = match options.value('m') {
        None => process.mode(0o666),
        Some(text) => match changed(text, 0o666, false, process.umask) {
            Some(mode) => mode,
            None => {
                let text = match is_busybox(machine) {
                    true => format!("{name}: Invalid argument"),
                    false => "invalid mode".to_string(),
                };
                process.complain(machine, &text);
                return 1;
            }
        },
    };
    match machine.fs.mknod(&process.path(name), special, mode, &process.cred) {
        Ok(()) => 0,
        Err(errno) => {
            let text = match (is_busybox(machine), special) {
                (false, Special::Fifo) => format!("cannot create fifo '{name}': {errno}"),
                _ => format!("{name}: {errno}"),
            };
            process.complain(machine, &text);
            1
        }
    }
}
