//! echo, the same for the program and the shell's builtin.

use crate::process::{Machine, Process};

use super::escapes::unescape_bytes;

/// What `echo` prints. `always_escapes`: dash's echo, which has only `-n` and reads escapes without `-e`.
pub fn echo_bytes(operands: &[String], always_escapes: bool) -> Vec<u8> {
    let (mut newline, mut escapes) = (true, always_escapes);
    let mut words = operands;
    while let Some((first, rest)) = words.split_first() {
        let letters = first.strip_prefix('-').unwrap_or_default();
        let known = if always_escapes { "n" } else { "neE" };
        // dash takes one -n, alone.
        if (always_escapes && (letters != "n" || !newline))
            || letters.is_empty()
            || !letters.chars().all(|letter| known.contains(letter))
        {
            break;
        }
        for letter in letters.chars() {
            match letter {
                'n' => newline = false,
                'e' => escapes = true,
                _ => escapes = false,
            }
        }
        words = rest;
    }
    let text = words.join(" ");
    let mut bytes = if escapes {
        let (bytes, cut) = unescape_bytes(&text, true);
        newline &= !cut;
        bytes
    } else {
        text.into_bytes()
    };
    if newline {
        bytes.push(b'\n');
    }
    bytes
}

pub fn echo(machine: &mut Machine, process: &mut Process) -> i32 {
    // The program alone, not the builtin, has these, and only by themselves.
    if let [option] = process.operands()
        && !super::input::is_busybox(machine)
        && let Some(status) = super::about::about(machine, process, option)
    {
        return status;
    }
    let bytes = echo_bytes(process.operands(), false);
    i32::from(!process.out_bytes(machine, &bytes))
}
