//! cmp.

use crate::process::{Machine, Process};

use super::input::{cannot_open, is_busybox, missing_operand, number, open, text};
use super::options::parse;

pub fn cmp(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("silent", 's'),
        ("quiet", 's'),
        ("bytes=", 'n'),
        ("verbose", 'l'),
        ("print-bytes", 'b'),
        ("ignore-initial=", 'i'),
    ];
    let options = match parse(machine, process, "sln:bi:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let one = options.operands.first().cloned();
    let Some(one) = one else { return missing_operand(machine, process) };
    let two = options.operands.get(1).cloned().unwrap_or_else(|| "-".to_string());
    let busybox = is_busybox(machine);
    // Both tools take the bytes to skip as operands, GNU's also as `-i ONE:TWO`.
    let initial = options.value('i').unwrap_or("0");
    let (first, second) = initial.split_once(':').unwrap_or((initial, initial));
    let skips =
        [options.operands.get(2).map_or(first, String::as_str), options.operands.get(3).map_or(second, String::as_str)];
    let mut texts = Vec::new();
    for (operand, skip) in [&one, &two].into_iter().zip(skips) {
        let Some(skip) = number(skip) else {
            process.complain(machine, &format!("invalid number '{skip}'"));
            return if busybox { 1 } else { 2 };
        };
        match open(machine, process, operand) {
            Ok(content) => {
                let skip = skip.min(content.size());
                let size = content.size();
                texts.push(content.slice(skip, size));
            }
            Err(errno) => {
                if !options.has('s') {
                    cannot_open(machine, process, operand, errno);
                }
                return 2;
            }
        }
    }
    let mut most = u64::MAX;
    if let Some(count) = options.value('n') {
        match number(count) {
            Some(count) => most = count,
            None => {
                process.complain(machine, &format!("invalid number '{count}'"));
                return if busybox { 1 } else { 2 };
            }
        }
    }
    let [first, second] = texts.as_slice() else { return 2 };
    let (first, second) = (first.slice(0, most.min(first.size())), second.slice(0, most.min(second.size())));
    if first == second {
        return 0;
    }
    if options.has('s') {
        return 1;
    }
    let (a, b) =
        (text(machine, process, &first).unwrap_or_default(), text(machine, process, &second).unwrap_or_default());
    let differing = a.iter().zip(&b).enumerate().filter(|(_, (a, b))| a != b);
    if options.has('l') {
        let width = a.len().max(b.len()).to_string().len();
        let width = if busybox { 1 } else { width };
        let rows: String = differing.map(|(at, (a, b))| format!("{:>width$} {a:3o} {b:3o}\n", at + 1)).collect();
        process.out(machine, &rows);
    } else if let Some((at, (x, y))) = differing.into_iter().next() {
        let line = a.get(..at).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count() + 1;
        let bytes = match options.has('b') {
            true => format!(" is {x:3o} {} {y:3o} {}", char::from(*x), char::from(*y)),
            false => String::new(),
        };
        // GNU's speaks of bytes where it shows them.
        let unit = if busybox || options.has('b') { "byte" } else { "char" };
        process.out(machine, &format!("{one} {two} differ: {unit} {}, line {line}{bytes}\n", at + 1));
        return 1;
    }
    if a.len() != b.len() {
        let (shorter, end) = if a.len() < b.len() { (one, &a) } else { (two, &b) };
        let whole = end.iter().filter(|byte| **byte == b'\n').count();
        let place = match (busybox, end.is_empty(), options.has('l')) {
            (true, ..) => String::new(),
            (false, true, _) => " which is empty".to_string(),
            (false, false, true) => format!(" after byte {}", end.len()),
            (false, false, false) if end.last() == Some(&b'\n') => format!(" after byte {}, line {whole}", end.len()),
            (false, false, false) => format!(" after byte {}, in line {}", end.len(), whole + 1),
        };
        process.complain(machine, &format!("EOF on {shorter}{place}"));
    }
    1
}
