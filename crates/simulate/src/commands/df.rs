//! df.

use crate::process::{Machine, Process};

use super::input::is_busybox;
use super::node::Node;
use super::options::parse;
use super::quoting::named;
use super::sizes::Unit;

/// The file system of a container: what matters is that scripts which look at it go on.
const SIZE: u64 = 100_000_000;
const USED: u64 = 20_000_000;
const NODES: u64 = 16_777_216;
const NODES_USED: u64 = 500_000;

pub fn df(machine: &mut Machine, process: &mut Process) -> i32 {
    if is_busybox(machine) {
        super::input::not_modelled(machine, process, "");
        process.out(machine, "Filesystem           1K-blocks      Used Available Use% Mounted on\noverlay              100000000  20000000  80000000  20% /\n");
        return 0;
    }
    let long = [
        ("all", 'a'),
        ("block-size=", 'B'),
        ("human-readable", 'h'),
        ("si", 'H'),
        ("inodes", 'i'),
        ("local", 'l'),
        ("no-sync", 'n'),
        ("output=", 'o'),
        ("portability", 'P'),
        ("sync", 'n'),
        ("total", 't'),
        ("type=", 'Y'),
        ("print-type", 'T'),
        ("exclude-type=", 'x'),
    ];
    let options = match parse(machine, process, "aB:hHiklmPTx:t:o::", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut status = 0;
    let mut rows = usize::from(options.operands.is_empty());
    for operand in &options.operands {
        match Node::at(machine.fs, &process.path(operand), true, &process.cred) {
            Ok(_) => rows += 1,
            Err(errno) => {
                let name = named(machine, operand);
                process.complain(machine, &format!("{name}: {errno}"));
                status = 1;
            }
        }
    }
    if rows == 0 {
        return status;
    }
    let unit = match (options.last_of("hHBkm"), options.value('B')) {
        (Some('h'), _) => Unit::Human(1024),
        (Some('H'), _) => Unit::Human(1000),
        (Some('m'), _) => Unit::Blocks(1 << 20, ""),
        (Some('B'), Some(text)) => match Unit::read(text) {
            Some(unit) => unit,
            None => {
                process.complain(machine, &format!("invalid -B argument '{text}'"));
                return 1;
            }
        },
        _ => Unit::Blocks(1024, ""),
    };
    let size_head = match unit {
        _ if options.has('P') => "1024-blocks".to_string(),
        Unit::Human(_) => "Size".to_string(),
        Unit::Blocks(1024, "") => "1K-blocks".to_string(),
        Unit::Blocks(1_048_576, _) => "1M-blocks".to_string(),
        Unit::Blocks(1_073_741_824, _) => "1G-blocks".to_string(),
        Unit::Blocks(size, _) => format!("{size}B-blocks"),
    };
    let inodes = options.has('i');
    let shown = |blocks: u64| if inodes { count(unit, blocks) } else { unit.shown(blocks * 1024) };
    let (all, used) = if inodes { (NODES, NODES_USED) } else { (SIZE, USED) };
    let share = format!("{}%", (used * 100).div_ceil(all));
    let human = matches!(unit, Unit::Human(_));
    let heads: [(&str, &str, String); 7] = [
        ("source", "Filesystem", "overlay".to_string()),
        ("fstype", "Type", "overlay".to_string()),
        ("size", if inodes { "Inodes" } else { &size_head }, shown(all)),
        ("used", if inodes { "IUsed" } else { "Used" }, shown(used)),
        (
            "avail",
            if inodes {
                "IFree"
            } else if human {
                "Avail"
            } else {
                "Available"
            },
            shown(all - used),
        ),
        (
            "pcent",
            if inodes {
                "IUse%"
            } else if options.has('P') {
                "Capacity"
            } else {
                "Use%"
            },
            share,
        ),
        ("target", "Mounted on", "/".to_string()),
    ];
    let asked: Vec<&str> = options.value('o').map(|fields| fields.split(',').collect()).unwrap_or_default();
    let chosen: Vec<_> = if asked.is_empty() {
        heads.iter().filter(|(name, ..)| *name != "fstype" || options.has('T') || options.has('o')).collect()
    } else {
        asked.iter().filter_map(|field| heads.iter().find(|(name, ..)| name == field)).collect()
    };
    super::input::not_modelled(machine, process, "");
    let mut text = String::new();
    for row in 0..=rows {
        let cells: Vec<String> = chosen
            .iter()
            .enumerate()
            .map(|(at, (name, head, value))| {
                let least = match *name {
                    "source" => 14,
                    "size" | "used" | "avail" if !human => 5,
                    "size" | "used" | "avail" => 5,
                    _ => 0,
                };
                let width = head.len().max(value.len()).max(least);
                let cell = if row == 0 { *head } else { value.as_str() };
                match *name {
                    "target" if at + 1 == chosen.len() => cell.to_string(),
                    "source" | "fstype" | "target" => format!("{cell:<width$}"),
                    _ => format!("{cell:>width$}"),
                }
            })
            .collect();
        text.push_str(cells.join(" ").trim_end());
        text.push('\n');
    }
    process.out(machine, &text);
    status
}

/// A number of inodes.
fn count(unit: Unit, inodes: u64) -> String {
    match unit {
        Unit::Human(_) => unit.shown(inodes),
        Unit::Blocks(..) => inodes.to_string(),
    }
}
