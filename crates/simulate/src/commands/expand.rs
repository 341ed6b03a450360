//! expand: tabs become blanks.

use crate::process::{Machine, Process};

use super::input::{count_in, is_busybox};
use super::options::parse;
use super::tab_stops::{TabStops, digits_are_tabs, tab_stops};

pub fn expand(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    if !busybox {
        digits_are_tabs(process);
    }
    let options = match parse(machine, process, "t:i", &[("tabs=", 't'), ("initial", 'i')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = options.value('t').unwrap_or("8");
    if busybox && let Err(status) = count_in(machine, process, width, 1..=u64::from(u32::MAX), "tab size") {
        return status;
    }
    let stops = match tab_stops(machine, process, &options) {
        Ok(stops) => stops,
        Err(status) => return status,
    };
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let output = expanded(&bytes, &stops, options.has('i') && !busybox);
    process.out_bytes(machine, &output);
    status
}

fn expanded(bytes: &[u8], stops: &TabStops, only_initial: bool) -> Vec<u8> {
    let mut output = Vec::new();
    let (mut column, mut initial) = (0, true);
    for byte in bytes {
        match byte {
            b'\t' if initial || !only_initial => {
                let next = stops.after(column).unwrap_or(column + 1);
                output.extend(std::iter::repeat_n(b' ', next - column));
                column = next;
                continue;
            }
            b'\n' => (column, initial) = (0, true),
            b'\x08' => column = column.saturating_sub(1),
            _ => {
                column += 1;
                initial = initial && *byte == b' ';
            }
        }
        output.push(*byte);
    }
    output
}
