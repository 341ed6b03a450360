//! du.

use std::collections::BTreeSet;

use crate::process::{Machine, Process};

use super::calendar::format_time;
use super::input::{is_busybox, join};
use super::ls::human;
use super::misuse::refuse;
use super::node::Node;
use super::options::{Options, parse};
use super::sizes::Unit;
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
        ("block-size=", 'B'),
        ("count-links", 'l'),
        ("dereference", 'L'),
        ("dereference-args", 'D'),
        ("exclude=", 'E'),
        ("exclude-from=", 'X'),
        ("files0-from=", 'f'),
        ("inodes", 'i'),
        ("null", '0'),
        ("separate-dirs", 'S'),
        ("si", '2'),
        ("threshold=", 't'),
        ("time=", 'T'),
        ("time-style=", 'Y'),
    ];
    let busybox = is_busybox(machine);
    let letters = if busybox { "shacbkmxlLd:A0" } else { "shacbkmxlLd:0B:DHSt:X:T::Pb" };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if !busybox && options.has('s') && options.has('a') {
        return refuse(machine, process, "cannot both summarize and show all entries");
    }
    let unit = match unit(machine, process, &options) {
        Ok(unit) => unit,
        Err(status) => return status,
    };
    let threshold = options.value('t').map(|text| (text.starts_with('-'), text.trim_start_matches('-')));
    let threshold = threshold.and_then(|(below, text)| super::input::number(text).map(|bytes| (below, bytes)));
    let mut operands = if options.operands.is_empty() { vec![".".to_string()] } else { options.operands.clone() };
    if let Some(file) = options.value('f') {
        let content = super::input::open(machine, process, file).unwrap_or_default();
        let text = crate::process::text_of(machine, &content);
        operands = text.split('\0').filter(|name| !name.is_empty()).map(str::to_string).collect();
    }
    let depth_limit =
        if options.has('s') { Some(0) } else { options.value('d').and_then(|text| text.parse::<usize>().ok()) };
    let shown = |bytes: u64| {
        if options.has('i') {
            bytes.to_string()
        } else if let Some(unit) = unit {
            unit.shown(bytes)
        } else if options.has('h') {
            human(bytes)
        } else if options.has('b') {
            bytes.to_string()
        } else if options.has('m') {
            bytes.div_ceil(1 << 20).to_string()
        } else {
            bytes.div_ceil(1024).to_string()
        }
    };
    let wanted = |bytes: u64| match threshold {
        Some((true, most)) => bytes <= most,
        Some((false, least)) => bytes >= least,
        None => true,
    };
    let now = machine.fs.now();
    let line = |bytes: u64, name: &str| {
        let time = if options.has('T') { format_time("\t%F %H:%M", now) } else { String::new() };
        format!("{}{time}\t{name}{}", shown(bytes), if options.has('0') { '\0' } else { '\n' })
    };
    let (mut status, mut grand) = (0, 0u64);
    let mut seen = BTreeSet::new();
    for operand in operands {
        if let Err(errno) = Node::at(machine.fs, &process.path(&operand), false, &process.cred) {
            let text = if is_busybox(machine) {
                format!("{operand}: {errno}")
            } else {
                format!("cannot access {}: {errno}", super::quoting::quoted(machine, &operand))
            };
            process.complain(machine, &text);
            status = 1;
            continue;
        }
        // Entries in walking order; a directory is printed when all that is in it was counted.
        // Of an open directory its own files, and what is in those below it.
        let mut open: Vec<(String, (u64, u64))> = Vec::new();
        let mut output = String::new();
        let names = below(machine, process, &operand, false);
        let root = operand.trim_end_matches('/').to_string();
        let depth_of = |name: &str| name.strip_prefix(&root).unwrap_or_default().matches('/').count();
        let close = |open: &mut Vec<(String, (u64, u64))>, output: &mut String| {
            if let Some((name, size)) = open.pop() {
                let (size, inside) = size;
                let own = if options.has('S') { size } else { size + inside };
                if depth_limit.is_none_or(|limit| depth_of(&name) <= limit) && wanted(own) {
                    output.push_str(&line(own, &name));
                }
                if let Some((_, (_, parent))) = open.last_mut() {
                    *parent += size + inside;
                    return 0;
                }
                return size + inside;
            }
            0
        };
        let mut total = 0;
        let mut skipped: Option<String> = None;
        for name in names {
            if skipped.as_ref().is_some_and(|above| name.starts_with(above.as_str())) {
                continue;
            }
            let Ok(node) = Node::at(machine.fs, &process.path(&name), false, &process.cred) else { continue };
            while open.last().is_some_and(|(directory, _)| !name.starts_with(&join(directory, ""))) {
                total += close(&mut open, &mut output);
            }
            let node = match Node::at(machine.fs, &process.path(&name), true, &process.cred) {
                Ok(target) if options.has('L') || name == operand && options.any("DH") => target,
                _ => node,
            };
            let base = super::input::last_part(&name);
            let excluded = options
                .values('E')
                .any(|glob| super::glob::glob(glob, base, false) || super::glob::glob(glob, &name, false));
            let counted = if busybox {
                node.is_dir() || node.links < 2 || seen.insert(node.inode)
            } else {
                !excluded && (options.has('l') && !node.is_dir() || seen.insert(node.inode))
            };
            // What is left out or was counted before is not told either.
            if !busybox && !counted {
                skipped = Some(join(&name, ""));
                continue;
            }
            let size = match (counted, options.any("bA")) {
                (false, _) => 0,
                _ if options.has('i') => 1,
                (true, true) => node.size,
                (true, false) => node.blocks() * 512,
            };
            if node.is_dir() {
                if machine.fs.read_dir(&process.path(&name), &process.cred).is_err() {
                    let text = if busybox {
                        format!("can't open '{name}': Permission denied")
                    } else {
                        format!("cannot read directory {}: Permission denied", super::quoting::quoted(machine, &name))
                    };
                    process.complain(machine, &text);
                    status = 1;
                }
                open.push((name, (size, 0)));
                continue;
            }
            let alone = open.is_empty();
            if (alone || options.has('a') && depth_limit.is_none_or(|limit| depth_of(&name) <= limit)) && wanted(size) {
                output.push_str(&line(size, &name));
            }
            match open.last_mut() {
                Some((_, (parent, _))) => *parent += size,
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
        process.out(machine, &line(grand, "total"));
    }
    status
}

/// The unit that the options ask for, where it is none of busybox's.
fn unit(machine: &mut Machine, process: &Process, options: &Options) -> Result<Option<Unit>, i32> {
    if is_busybox(machine) {
        return Ok(None);
    }
    let mut unit = None;
    for (letter, value) in &options.given {
        let value = value.as_deref().unwrap_or_default();
        unit = match letter {
            'h' => Some(Unit::Human(1024)),
            '2' => Some(Unit::Human(1000)),
            'k' => Some(Unit::Blocks(1024, "")),
            'm' => Some(Unit::Blocks(1 << 20, "")),
            'b' => Some(Unit::Blocks(1, "")),
            'B' => match Unit::read(value) {
                Some(unit) => Some(unit),
                None => {
                    process.complain(machine, &format!("invalid -B argument '{value}'"));
                    return Err(1);
                }
            },
            _ => unit,
        };
    }
    Ok(unit)
}
