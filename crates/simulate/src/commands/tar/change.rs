//! Archives that are changed or compared: -r, -u, -A, --delete, -d.

use filesystem::archive::{TarEntry, TarKind};
use filesystem::{read_tar, write_tar};

use crate::process::{Machine, Process};

use super::super::input::not_modelled;
use super::super::node::{Node, NodeKind};
use super::{Options, RECORD, base, collect};

/// Adds members, those that are newer alone, or the members of other archives; or takes members out.
pub fn change(machine: &mut Machine, process: &mut Process, options: &Options, how: char) -> i32 {
    let file = options.value('f').unwrap_or("-").to_string();
    let mut entries = match process.read_file(machine, &file) {
        Ok(content) => match read_tar(&content) {
            Ok(entries) => entries,
            Err(_) => {
                not_modelled(machine, process, "of an archive that is not plain");
                return 0;
            }
        },
        Err(_) if how != 'D' => Vec::new(),
        Err(errno) => {
            process.complain(machine, &format!("{file}: Cannot open: {errno}"));
            process.complain(machine, "Error is not recoverable: exiting now");
            return 2;
        }
    };
    let mut status = 0;
    match how {
        'D' => entries.retain(|entry| !options.operands.iter().any(|operand| is_within(&entry.name, operand))),
        'A' => {
            for operand in &options.operands {
                match super::compression::archive(machine, process, options, operand) {
                    Ok(content) => entries.extend(read_tar(&content).unwrap_or_default()),
                    Err(failed) => return failed,
                }
            }
        }
        _ => {
            let (new, failed) = collect(machine, process, options);
            status = failed;
            let is_newer = |entry: &TarEntry| {
                let old = entries.iter().rev().find(|old| old.name == entry.name);
                how == 'r' || old.is_none_or(|old| old.attr.mtime < entry.attr.mtime)
            };
            let new: Vec<TarEntry> = new.into_iter().filter(is_newer).collect();
            if options.has('v') {
                let names: String = new.iter().map(|entry| super::shown(entry) + "\n").collect();
                process.out(machine, &names);
            }
            entries.extend(new);
        }
    }
    let archive = write_tar(&entries, RECORD);
    if let Err(errno) = process.write_file(machine, &file, &archive) {
        process.complain(machine, &format!("{file}: Cannot write: {errno}"));
        return 2;
    }
    if status != 0 {
        process.complain(machine, "Exiting with failure status due to previous errors");
    }
    status
}

fn is_within(name: &str, operand: &str) -> bool {
    let (name, operand) = (name.trim_end_matches('/'), operand.trim_end_matches('/'));
    name == operand || name.strip_prefix(operand).is_some_and(|rest| rest.starts_with('/'))
}

/// Says in what the files differ from the members.
pub fn compare(machine: &mut Machine, process: &mut Process, options: &Options) -> i32 {
    let file = options.value('f').unwrap_or("-").to_string();
    let content = match super::compression::archive(machine, process, options, &file) {
        Ok(content) => content,
        Err(status) => return status,
    };
    let Ok(entries) = read_tar(&content) else {
        return super::compression::no_archive(machine, process, options, &content);
    };
    let inside = base(process, options);
    let mut status = 0;
    let wanted = |name: &str| options.operands.is_empty() || options.operands.iter().any(|one| is_within(name, one));
    for entry in entries.iter().filter(|entry| wanted(&entry.name)) {
        let name = super::shown(entry);
        let path = inside.path(entry.name.trim_end_matches('/'));
        let node = match Node::at(machine.fs, &path, false, &process.cred) {
            Ok(node) => node,
            Err(errno) => {
                process.complain(machine, &format!("{}: Warning: Cannot stat: {errno}", entry.name));
                status = 1;
                continue;
            }
        };
        let attr = node.attr;
        let mut found = Vec::new();
        match &entry.kind {
            TarKind::Dir if !node.is_dir() => found.push("File type differs"),
            TarKind::File(_) if !node.is_file() => found.push("File type differs"),
            TarKind::Symlink(target) => {
                if !matches!(&node.kind, NodeKind::Symlink(now) if now == target) {
                    found.push("Symlink differs");
                }
            }
            kind => {
                if attr.mode & 0o7777 != entry.attr.mode & 0o7777 {
                    found.push("Mode differs");
                }
                if let TarKind::File(content) = kind {
                    if attr.uid != entry.attr.uid {
                        found.push("Uid differs");
                    }
                    if attr.gid != entry.attr.gid {
                        found.push("Gid differs");
                    }
                    if attr.mtime != entry.attr.mtime {
                        found.push("Mod time differs");
                    }
                    let now = machine.fs.read(&path, &process.cred).unwrap_or_default();
                    if now.size() != content.size() {
                        found.push("Size differs");
                    } else if now != *content {
                        found.push("Contents differ");
                    }
                }
            }
        }
        for difference in found {
            process.out(machine, &format!("{name}: {difference}\n"));
            status = 1;
        }
    }
    status
}
