//! truncate.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand, number};
use super::node::Node;
use super::options::parse;

pub fn truncate(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("size=", 's'), ("no-create", 'c'), ("reference=", 'r')];
    let options = match parse(machine, process, "s:cr:o", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() || !options.any("sr") {
        return missing_operand(machine, process);
    }
    let mut status = 0;
    for operand in &options.operands {
        let path = process.path(operand);
        let old = Node::at(machine.fs, &path, true, &process.cred).ok();
        if old.is_none() && options.has('c') {
            continue;
        }
        let old_size = old.as_ref().map_or(0, |node| node.size);
        let size = match options.value('r') {
            Some(reference) => {
                machine.fs.stat(&process.path(reference), true, &process.cred).ok().map(|stat| stat.size)
            }
            None if is_busybox(machine) => options.value('s').and_then(number),
            None => options.value('s').and_then(|text| new_size(text, old_size)),
        };
        let Some(size) = size.filter(|size| *size <= crate::process::MAX_CONTENT_BYTES) else {
            let given = options.value('s').unwrap_or_default();
            let text = if is_busybox(machine) { "invalid number" } else { "Invalid number:" };
            process.complain(machine, &format!("{text} '{given}'"));
            return 1;
        };
        let mut content = if old.is_some() {
            machine.fs.read(&path, &filesystem::Cred::root()).unwrap_or_default()
        } else {
            Content::default()
        };
        if size <= old_size {
            content = content.slice(0, size);
        } else {
            content.append(&Content::repeat(0, size - old_size));
        }
        if let Err(errno) = machine.fs.write(&path, content, process.mode(0o666), &process.cred) {
            let text = if is_busybox(machine) {
                format!("{operand}: open: {errno}")
            } else {
                format!("cannot open '{operand}' for writing: {errno}")
            };
            process.complain(machine, &text);
            status = 1;
        }
    }
    status
}

fn new_size(text: &str, old: u64) -> Option<u64> {
    match text.chars().next()? {
        '+' => old.checked_add(number(text.get(1..)?)?),
        '-' => Some(old.saturating_sub(number(text.get(1..)?)?)),
        '/' => number(text.get(1..)?).filter(|to| *to > 0).map(|to| old / to * to),
        '%' => number(text.get(1..)?).filter(|to| *to > 0).and_then(|to| old.checked_next_multiple_of(to)),
        '<' => Some(old.min(number(text.get(1..)?)?)),
        '>' => Some(old.max(number(text.get(1..)?)?)),
        _ => number(text),
    }
}
