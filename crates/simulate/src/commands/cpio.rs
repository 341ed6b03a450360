//! cpio, with archives of the format newc.

use filesystem::{Content, Special};

use crate::process::{Machine, Process};

use super::calendar::format_time;
use super::glob::glob;
use super::input::{is_busybox, missing_operand, not_modelled, text};
use super::node::{Node, NodeKind, permissions};
use super::options::{Options, parse};

/// The name of the entry that ends an archive.
const TRAILER: &str = "TRAILER!!!";
const HEADER: usize = 110;
const ENTRY_LIMIT: usize = 100_000;

struct Entry {
    name: String,
    mode: u32,
    owner: (u32, u32),
    mtime: i64,
    device: (u32, u32),
    data: Vec<u8>,
}

pub fn cpio(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("extract", 'i'), ("create", 'o'), ("list", 't'), ("quiet", 'q'), ("format=", 'H'), ("file=", 'F')];
    let options = match parse(machine, process, "diotuvmF:H:LR:p0q", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    for letter in ['p', 'R', '0'] {
        if options.has(letter) {
            not_modelled(machine, process, &format!("-{letter}"));
        }
    }
    if options.has('o') {
        return create(machine, process, &options);
    }
    if !options.any("it") {
        return missing_operand(machine, process);
    }
    let content = match options.value('F') {
        Some(file) => process.read_file(machine, file),
        None => process.read(machine, 0, u64::MAX),
    };
    let content = match content {
        Ok(content) => content,
        Err(errno) => {
            let file = options.value('F').unwrap_or("-");
            process.complain(machine, &format!("can't open '{file}': {errno}"));
            return 1;
        }
    };
    let bytes = text(machine, process, &content).unwrap_or_default();
    let mut at = 0;
    let mut count = 0;
    loop {
        let Some((entry, next)) = read_entry(&bytes, at) else {
            let text =
                if bytes.len() < at + HEADER { "short read" } else { "unsupported cpio format, use newc or crc" };
            process.complain(machine, text);
            return 1;
        };
        at = next;
        count += 1;
        if entry.name == TRAILER || count > ENTRY_LIMIT {
            break;
        }
        let wanted = |pattern: &String| glob(pattern, &entry.name, false);
        if !options.operands.is_empty() && !options.operands.iter().any(wanted) {
            continue;
        }
        if options.has('t') {
            let line = if options.has('v') { described(machine, &entry) } else { entry.name.clone() };
            process.out(machine, &format!("{line}\n"));
        } else if !extract(machine, process, &options, &entry) {
            return 1;
        }
    }
    if !options.has('q') {
        process.err(machine, &format!("{} blocks\n", at.div_ceil(512)));
    }
    0
}

fn create(machine: &mut Machine, process: &mut Process, options: &Options) -> i32 {
    if options.value('H') != Some("newc") {
        if is_busybox(machine) {
            return missing_operand(machine, process);
        }
        not_modelled(machine, process, "-o without -H newc");
    }
    let names = process.stdin_text(machine);
    let mut archive = Vec::new();
    for name in names.lines().filter(|name| !name.is_empty()).take(ENTRY_LIMIT) {
        let node = match Node::at(machine.fs, &process.path(name), options.has('L'), &process.cred) {
            Ok(node) => node,
            Err(errno) => {
                process.complain(machine, &format!("{name}: {errno}"));
                return 1;
            }
        };
        let data = match &node.kind {
            NodeKind::File(content) => text(machine, process, content).unwrap_or_default(),
            NodeKind::Symlink(target) => target.clone().into_bytes(),
            _ => Vec::new(),
        };
        let device = match node.kind {
            NodeKind::Special(special) => special.numbers(),
            _ => (0, 0),
        };
        let mode = node.type_bits() | node.attr.mode;
        let shown = name.trim_start_matches('/');
        let numbers =
            [node.inode, mode, node.attr.uid, node.attr.gid, node.links, u32::try_from(node.attr.mtime).unwrap_or(0)];
        write_entry(&mut archive, numbers, device, shown, &data);
        if options.has('v') {
            process.err(machine, &format!("{name}\n"));
        }
    }
    write_entry(&mut archive, [0, 0, 0, 0, 1, 0], (0, 0), TRAILER, &[]);
    match options.value('F') {
        Some(file) => match process.write_file(machine, file, &Content::from_bytes(&archive)) {
            Ok(()) => 0,
            Err(errno) => {
                process.complain(machine, &format!("can't open '{file}': {errno}"));
                1
            }
        },
        None => {
            process.out_bytes(machine, &archive);
            0
        }
    }
}

fn write_entry(archive: &mut Vec<u8>, numbers: [u32; 6], device: (u32, u32), name: &str, data: &[u8]) {
    archive.extend(b"070701");
    let rest = [data.len() as u32, 0, 0, device.0, device.1, name.len() as u32 + 1, 0];
    for number in numbers.into_iter().chain(rest) {
        archive.extend(format!("{number:08X}").bytes());
    }
    archive.extend(name.bytes());
    archive.push(0);
    archive.resize(archive.len().div_ceil(4) * 4, 0);
    archive.extend(data);
    archive.resize(archive.len().div_ceil(4) * 4, 0);
}

/// The entry at an offset, and where the next one begins.
fn read_entry(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    let header = bytes.get(at..at.checked_add(HEADER)?)?;
    if !header.starts_with(b"070701") && !header.starts_with(b"070702") {
        return None;
    }
    let number = |field: usize| {
        let digits = header.get(6 + field * 8..14 + field * 8)?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let name_end = (at + HEADER).checked_add(number(11)? as usize)?;
    let name = bytes.get(at + HEADER..name_end.checked_sub(1)?)?;
    let start = name_end.div_ceil(4) * 4;
    let end = start.checked_add(number(6)? as usize)?;
    let data = bytes.get(start..end)?.to_vec();
    let entry = Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        mode: number(1)?,
        owner: (number(2)?, number(3)?),
        mtime: i64::from(number(5)?),
        device: (number(9)?, number(10)?),
        data,
    };
    Some((entry, end.div_ceil(4) * 4))
}

fn described(machine: &Machine, entry: &Entry) -> String {
    let letter = match entry.mode & 0o170_000 {
        0o040_000 => 'd',
        0o120_000 => 'l',
        0o020_000 => 'c',
        0o060_000 => 'b',
        0o010_000 => 'p',
        _ => '-',
    };
    let link = if letter == 'l' { format!(" -> {}", String::from_utf8_lossy(&entry.data)) } else { String::new() };
    let user = super::accounts::user_name(machine, entry.owner.0).unwrap_or_else(|| entry.owner.0.to_string());
    let group = super::accounts::group_name(machine, entry.owner.1).unwrap_or_else(|| entry.owner.1.to_string());
    let size = if letter == '-' { entry.data.len() } else { 0 };
    let time = format_time("%Y-%m-%d %H:%M:%S", entry.mtime);
    format!("{letter}{} {user}/{group} {size:9} {time} {}{link}", permissions(entry.mode & 0o7777), entry.name)
}

fn extract(machine: &mut Machine, process: &Process, options: &Options, entry: &Entry) -> bool {
    let who = &process.cred;
    let path = process.path(&entry.name);
    let kind = entry.mode & 0o170_000;
    if options.has('d')
        && let Some((parent, _)) = path.rsplit_once('/')
        && !parent.is_empty()
    {
        let _ = machine.fs.mkdir_all(parent, process.mode(0o777), who);
    }
    if let Ok(there) = Node::at(machine.fs, &path, false, who) {
        if kind == 0o040_000 && there.is_dir() {
            return true;
        }
        if !options.has('u') && there.attr.mtime >= entry.mtime {
            process.complain(machine, &format!("{} not created: newer or same age file exists", entry.name));
            if options.has('v') {
                process.out(machine, &format!("{}\n", entry.name));
            }
            return true;
        }
        let _ = machine.fs.remove_file(&path, who);
    }
    let made = match kind {
        0o040_000 => machine.fs.mkdir(&path, entry.mode & 0o777, who),
        0o120_000 => machine.fs.symlink(&String::from_utf8_lossy(&entry.data), &path, who),
        0o010_000 => machine.fs.mknod(&path, Special::Fifo, 0o600, who),
        0o020_000 => machine.fs.mknod(&path, Special::Char(entry.device.0, entry.device.1), 0o600, who),
        0o060_000 => machine.fs.mknod(&path, Special::Block(entry.device.0, entry.device.1), 0o600, who),
        _ => machine.fs.write(&path, Content::from_bytes(&entry.data), 0o600, who),
    };
    if let Err(errno) = made {
        process.complain(machine, &format!("can't open '{}': {errno}", entry.name));
        return false;
    }
    if options.has('v') {
        process.out(machine, &format!("{}\n", entry.name));
    }
    if who.uid == 0 {
        let _ = machine.fs.chown(&path, Some(entry.owner.0), Some(entry.owner.1), false, who);
    }
    if kind != 0o120_000 {
        let _ = machine.fs.chmod(&path, entry.mode & 0o7777, false, who);
    }
    if options.has('m') {
        let _ = machine.fs.set_mtime(&path, entry.mtime, false, who);
    }
    true
}
