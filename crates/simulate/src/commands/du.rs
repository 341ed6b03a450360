//! du.

use std::collections::BTreeSet;

use crate::process::{Machine, Process};

use super::input::is_busybox;
use super::ls::human;
use super::node::Node;
use super::options::parse;
use super::tree::below;

pub fn du(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("summarize", 's'),
        ("human-readable", 'h'),
        ("all", 'a'),
        ("total", 'c'),
        ("bytes", 'b'),
        ("apparent-size", 'A'),
        ("max-depth=", 'd'),
        ("one-file-system", 'x'),
    ];
    let options = match parse(machine, process, "shacbkmxlLd:A0", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let operands = if options.operands.is_empty() { vec![".".to_string()] } else { options.operands.clone() };
    let depth_limit =
        if options.has('s') { Some(0) } else { options.value('d').and_then(|text| text.parse::<usize>().ok()) };
    let shown = |bytes: u64| {
        if options.has('h') {
            human(bytes)
        } else if options.has('b') {
            bytes.to_string()
        } else if options.has('m') {
            bytes.div_ceil(1 << 20).to_string()
        } else {
            bytes.div_ceil(1024).to_string()
        }
    };
    let (mut status, mut grand) = (0, 0u64);
    let mut seen = BTreeSet::new();
    for operand in operands {
        if let Err(errno) = Node::at(machine.fs, &process.path(&operand), false, &process.cred) {
            let text = if is_busybox(machine) {
                format!("{operand}: {errno}")
            } else {
                format!("cannot access '{operand}': {errno}")
            };
            process.complain(machine, &text);
            status = 1;
            continue;
        }
        // Entries in walking order; a directory is printed when all that is in it was counted.
        let mut open: Vec<(String, u64)> = Vec::new();
        let mut output = String::new();
        let names = below(machine, process, &operand, false);
        let root = operand.trim_end_matches('/').to_string();
        let depth_of = |name: &str| name.strip_prefix(&root).unwrap_or_default().matches('/').count();
        let close = |open: &mut Vec<(String, u64)>, output: &mut String| {
            if let Some((name, size)) = open.pop() {
                if depth_limit.is_none_or(|limit| depth_of(&name) <= limit) {
                    output.push_str(&format!("{}\t{name}\n", shown(size)));
                }
                if let Some((_, parent)) = open.last_mut() {
                    *parent += size;
                    return 0;
                }
                return size;
            }
            0
        };
        let mut total = 0;
        for name in names {
            let Ok(node) = Node::at(machine.fs, &process.path(&name), false, &process.cred) else { continue };
            while open.last().is_some_and(|(directory, _)| !name.starts_with(&super::input::join(directory, ""))) {
                total += close(&mut open, &mut output);
            }
            let counted = node.is_dir() || node.links < 2 || seen.insert(node.inode);
            let size = match (counted, options.any("bA")) {
                (false, _) => 0,
                (true, true) => node.size,
                (true, false) => node.blocks() * 512,
            };
            if node.is_dir() {
                open.push((name, size));
                continue;
            }
            let alone = open.is_empty();
            if alone || options.has('a') && depth_limit.is_none_or(|limit| depth_of(&name) <= limit) {
                output.push_str(&format!("{}\t{name}\n", shown(size)));
            }
            match open.last_mut() {
                Some((_, parent)) => *parent += size,
                None => total += size,
            }
        }
        while !open.is_empty() {
            total += close(&mut open, &mut output);
        }
        grand += total;
        process.out(machine, &output);
    }
    if options.has('c') {
        process.out(machine, &format!("{}\ttotal\n", shown(grand)));
    }
    status
}
