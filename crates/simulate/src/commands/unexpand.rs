//! unexpand: blanks become tabs.

use crate::process::{Machine, Process};

use super::input::is_busybox;
use super::options::parse;
use super::tab_stops::{TabStops, digits_are_tabs, tab_stops};

pub fn unexpand(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    if !busybox {
        digits_are_tabs(process);
    }
    let options = match parse(machine, process, "t:af", &[("tabs=", 't'), ("all", 'a'), ("first-only", 'f')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let stops = match tab_stops(machine, process, &options) {
        Ok(stops) => stops,
        Err(status) => return status,
    };
    // GNU's -t wants all blanks.
    let all = !options.has('f') && (options.has('a') || options.has('t') && !busybox);
    let (bytes, status) = super::input::filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if busybox { leading(line, &stops, &mut output) } else { unexpanded(line, &stops, all, &mut output) }
    }
    process.out_bytes(machine, &output);
    status
}

/// As busybox does it: the blanks that a line begins with.
fn leading(line: &[u8], stops: &TabStops, output: &mut Vec<u8>) {
    let (mut column, mut used) = (0, 0);
    for byte in line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')) {
        column = if *byte == b'\t' { stops.after(column).unwrap_or(column + 1) } else { column + 1 };
        used += 1;
    }
    let mut at = 0;
    while let Some(next) = stops.after(at).filter(|next| *next <= column) {
        output.push(b'\t');
        at = next;
    }
    output.extend(std::iter::repeat_n(b' ', column - at));
    output.extend(line.get(used..).unwrap_or_default());
}

/// As GNU does it: a run of two blanks or more up to a stop is a tab, a lone blank only where blanks follow.
fn unexpanded(line: &[u8], stops: &TabStops, all: bool, output: &mut Vec<u8>) {
    let (mut column, mut converting) = (0, true);
    let mut pending: Vec<u8> = Vec::new();
    let mut lone_at_stop = false;
    for byte in line {
        if converting && matches!(byte, b' ' | b'\t') {
            let next = stops.after(column);
            if *byte == b'\t' {
                column = next.unwrap_or(column + 1);
                if !pending.is_empty() && lone_at_stop {
                    pending = vec![b'\t'];
                } else {
                    pending.retain(|byte| *byte == b'\t');
                }
                pending.push(b'\t');
                output.append(&mut pending);
                lone_at_stop = false;
                continue;
            }
            column += 1;
            if next == Some(column) {
                if pending.contains(&b' ') {
                    if lone_at_stop {
                        output.push(b'\t');
                    }
                    pending.clear();
                    output.push(b'\t');
                    lone_at_stop = false;
                } else {
                    // A blank alone in front of a stop stays one unless more follow.
                    pending.push(b' ');
                    lone_at_stop = true;
                }
                continue;
            }
            if lone_at_stop {
                pending = vec![b'\t'];
                output.append(&mut pending);
                lone_at_stop = false;
            }
            pending.push(b' ');
            continue;
        }
        output.append(&mut pending);
        lone_at_stop = false;
        output.push(*byte);
        column = if *byte == b'\x08' { column.saturating_sub(1) } else { column + 1 };
        converting = all;
    }
    output.append(&mut pending);
}
