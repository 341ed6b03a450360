//! stat.

use filesystem::Special;

use crate::process::{Machine, Process};

use super::accounts::{group_name, user_name};
use super::calendar::format_in;
use super::input::{is_busybox, missing_operand, not_modelled};
use super::node::{Node, NodeKind};
use super::options::parse;
use super::quoting::named;
use super::zone::Zone;

pub fn stat(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("format=", 'c'), ("printf=", 'p'), ("dereference", 'L'), ("terse", 't'), ("file-system", 'f')];
    let options = match parse(machine, process, "c:p:Ltf", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    if options.has('f') {
        not_modelled(machine, process, "-f");
        let format = options.value('c').or(options.value('p')).unwrap_or_default();
        for operand in options.operands.iter().filter(|_| !format.is_empty()) {
            let text = format.replace("%T", "overlayfs").replace("%n", operand).replace("%s", "4096");
            process.out(machine, &format!("{text}\n"));
        }
        return 0;
    }
    let zone = Zone::of(process);
    let mut status = 0;
    for operand in &options.operands {
        let path = process.path(operand);
        let node = match Node::at(machine.fs, &path, options.has('L'), &process.cred) {
            Ok(node) => node,
            Err(errno) => {
                let text = if is_busybox(machine) {
                    format!("can't stat '{operand}': {errno}")
                } else {
                    format!("cannot statx '{operand}': {errno}")
                };
                process.complain(machine, &text);
                status = 1;
                continue;
            }
        };
        let text = match (options.value('p'), options.value('c')) {
            (Some(format), _) => filled(machine, &zone, &super::escapes::unescape(format), (operand, &path), &node),
            (None, Some(format)) => filled(machine, &zone, format, (operand, &path), &node) + "\n",
            (None, None) if options.has('t') => {
                filled(machine, &zone, "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o", (operand, &path), &node) + "\n"
            }
            (None, None) => {
                // GNU's tool writes the name as a shell would have to.
                let plain = if is_busybox(machine) { operand.clone() } else { named(machine, operand) };
                let name = match &node.kind {
                    NodeKind::Symlink(_) if is_busybox(machine) => "%N".to_string(),
                    NodeKind::Symlink(target) => format!("{plain} -> {}", named(machine, target)),
                    _ => plain,
                };
                let format = format!(
                    "  File: {}\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: 2dh/45d\tInode: %-10i  Links: %h\nAccess: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n",
                    if name == "%N" { name } else { name.replace('%', "%%") }
                );
                filled(machine, &zone, &format, (operand, &path), &node)
            }
        };
        process.out(machine, &text);
    }
    status
}

/// What a file is, in words.
pub fn kind(node: &Node) -> &'static str {
    match &node.kind {
        NodeKind::Dir => "directory",
        NodeKind::File(_) if node.size == 0 => "regular empty file",
        NodeKind::File(_) => "regular file",
        NodeKind::Symlink(_) => "symbolic link",
        NodeKind::Special(Special::Fifo) => "fifo",
        NodeKind::Special(Special::Char(..)) => "character special file",
        NodeKind::Special(Special::Block(..)) => "block special file",
    }
}

fn filled(machine: &Machine, zone: &Zone, format: &str, (name, path): (&str, &str), node: &Node) -> String {
    let mut text = String::new();
    let mut letters = format.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let mut flags = String::new();
        while let Some(flag) = letters.next_if(|c| c.is_ascii_digit() || *c == '-') {
            flags.push(flag);
        }
        let time = format_in(zone, "%F %T.000000000 %z", node.attr.mtime);
        let value = match letters.next() {
            Some('n') => name.to_string(),
            Some('N') => match &node.kind {
                NodeKind::Symlink(target) => format!("'{name}' -> '{target}'"),
                _ if is_busybox(machine) => name.to_string(),
                _ => format!("'{name}'"),
            },
            Some('a') => format!("{:o}", node.attr.mode),
            Some('A') => node.mode_text(),
            Some('f') => format!("{:x}", node.attr.mode | node.type_bits()),
            Some('u') => node.attr.uid.to_string(),
            Some('g') => node.attr.gid.to_string(),
            Some('U') => user_name(machine, node.attr.uid).unwrap_or_else(|| "UNKNOWN".to_string()),
            Some('G') => group_name(machine, node.attr.gid).unwrap_or_else(|| "UNKNOWN".to_string()),
            Some('s') => node.size.to_string(),
            Some('h') => node.names(machine.fs, path).to_string(),
            Some('i') => node.inode.to_string(),
            Some('b') => node.blocks().to_string(),
            Some('B') => "512".to_string(),
            Some('o') => "4096".to_string(),
            Some(which @ ('t' | 'T')) => {
                let (major, minor) = match node.kind {
                    NodeKind::Special(special) => special.numbers(),
                    _ => (0, 0),
                };
                format!("{:x}", if which == 't' { major } else { minor })
            }
            Some('d') => "45".to_string(),
            Some('D') => "2d".to_string(),
            Some('m') => "/".to_string(),
            Some('X' | 'Y' | 'Z') => node.attr.mtime.to_string(),
            Some('x' | 'y' | 'z') => time,
            Some('w') => "-".to_string(),
            Some('W') => "0".to_string(),
            Some('F') => kind(node).to_string(),
            Some('%') | None => "%".to_string(),
            Some(other) if is_busybox(machine) => other.to_string(),
            Some(_) => "?".to_string(),
        };
        let left = flags.starts_with('-');
        let zeros = flags.starts_with('0');
        let width: usize = flags.trim_start_matches('-').parse().unwrap_or(0).min(1000);
        text.push_str(&match (left, zeros) {
            (true, _) => format!("{value:<width$}"),
            (false, true) => format!("{value:0>width$}"),
            (false, false) => format!("{value:>width$}"),
        });
    }
    text
}
