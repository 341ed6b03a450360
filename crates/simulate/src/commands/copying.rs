//! The copying of trees, which cp, mv and install need.

use filesystem::{Content, Errno};
use std::collections::BTreeMap;

use crate::process::{Machine, Process};

use super::backup::Backup;
use super::input::{WALK_LIMIT, is_busybox, join};
use super::node::{Node, NodeKind, is_dir};

/// What is copied and how.
#[derive(Clone, Debug, Default)]
pub struct Copying {
    pub recursive: bool,
    /// Owner, mode and time go with the file.
    pub preserve: bool,
    /// Symbolic links are followed wherever they are.
    pub follow: bool,
    /// Symbolic links among the operands are followed.
    pub follow_operands: bool,
    /// An existing file is removed if it cannot be opened.
    pub force: bool,
    /// An existing file is always removed first.
    pub replace: bool,
    /// What is replaced is kept under another name.
    pub backup: Option<Backup>,
    /// The mode of a new file, whatever that of the source is.
    pub plain_mode: bool,
    /// Only what is known of the file is copied, not what is in it.
    pub without_content: bool,
    pub keep_existing: bool,
    /// What exists is replaced only if a line of standard input says yes.
    pub asks: bool,
    pub only_newer: bool,
    pub hard_link: bool,
    pub symbolic_link: bool,
    pub verbose: bool,
    /// Where files with several names were copied to.
    pub linked: Option<BTreeMap<u32, String>>,
    pub copied: usize,
}

/// Copies one file or tree. Names are as the user wrote them. `false` after complaints.
pub fn copy(machine: &mut Machine, process: &Process, how: &mut Copying, from: &str, to: &str, operand: bool) -> bool {
    let who = &process.cred;
    let (source_path, target_path) = (process.path(from), process.path(to));
    let follow = how.follow || operand && how.follow_operands || operand && from.ends_with('/');
    how.copied += 1;
    if how.copied > WALK_LIMIT || !machine.step() {
        machine.limit("copied-files");
        return false;
    }
    let source = match Node::at(machine.fs, &source_path, follow, who) {
        Ok(source) => source,
        Err(errno) => {
            let verb = if is_busybox(machine) { "can't" } else { "cannot" };
            process.complain(machine, &format!("{verb} stat '{from}': {errno}"));
            return false;
        }
    };
    let target = Node::at(machine.fs, &target_path, true, who).ok();
    // A link that is replaced is no file that is copied to itself.
    let is_replaced = how.replace
        && process.name() == "install"
        && Node::at(machine.fs, &target_path, false, who).is_ok_and(|node| node.is_symlink());
    if let Some(target) = target.as_ref().filter(|_| !is_replaced)
        && target.inode == source.inode
    {
        if how.hard_link && !is_busybox(machine) {
            return true;
        }
        process.complain(machine, &format!("'{from}' and '{to}' are the same file"));
        return false;
    }
    match source.kind.clone() {
        NodeKind::Dir => {
            if !how.recursive {
                let text = if is_busybox(machine) || process.name() == "install" {
                    format!("omitting directory '{from}'")
                } else {
                    format!("-r not specified; omitting directory '{from}'")
                };
                process.complain(machine, &text);
                return false;
            }
            copy_directory(machine, process, how, from, to, &source, target.as_ref())
        }
        NodeKind::File(content) => copy_file(machine, process, how, from, to, &source, content),
        NodeKind::Symlink(link) => {
            let _ = machine.fs.remove_file(&target_path, who);
            match machine.fs.symlink(&link, &target_path, who) {
                Ok(()) => {
                    finish(machine, process, how, to, &source);
                    true
                }
                Err(errno) => {
                    process.complain(machine, &format!("can't create symlink '{to}' to '{link}': {errno}"));
                    false
                }
            }
        }
        NodeKind::Special(special) if how.recursive => {
            let _ = machine.fs.remove_file(&target_path, who);
            match machine.fs.mknod(&target_path, special, source.attr.mode & 0o777 & !process.umask, who) {
                Ok(()) => {
                    finish(machine, process, how, to, &source);
                    true
                }
                Err(errno) => {
                    process.complain(machine, &format!("can't create '{to}': {errno}"));
                    false
                }
            }
        }
        NodeKind::Special(_) => match process.read_file(machine, from) {
            Ok(content) => copy_file(machine, process, how, from, to, &source, content),
            Err(errno) => cannot_create(machine, process, to, errno),
        },
    }
}

fn copy_directory(
    machine: &mut Machine,
    process: &Process,
    how: &mut Copying,
    from: &str,
    to: &str,
    source: &Node,
    target: Option<&Node>,
) -> bool {
    let who = &process.cred;
    let (source_path, target_path) = (process.path(from), process.path(to));
    let inside = |machine: &Machine| {
        let source = machine.fs.resolve(&source_path, true, who).ok()?;
        let target = machine.fs.resolve(&target_path, true, who).ok()?;
        Some(target == source || target.starts_with(&join(&source, "")))
    };
    if inside(machine) == Some(true) {
        let text = if is_busybox(machine) {
            format!("recursion detected, omitting directory '{to}'")
        } else {
            format!("cannot copy a directory, '{from}', into itself, '{to}'")
        };
        process.complain(machine, &text);
        return false;
    }
    let made = match target {
        Some(target) if target.is_dir() => false,
        Some(_) => {
            let text = if is_busybox(machine) {
                format!("target '{to}' is not a directory")
            } else {
                format!("cannot overwrite non-directory '{to}' with directory '{from}'")
            };
            process.complain(machine, &text);
            return false;
        }
        None => {
            if let Err(errno) = machine.fs.mkdir(&target_path, source.attr.mode & 0o777 | 0o700, who) {
                let text = if is_busybox(machine) {
                    format!("can't create directory '{to}': {errno}")
                } else {
                    format!("cannot create directory '{to}': {errno}")
                };
                process.complain(machine, &text);
                return false;
            }
            true
        }
    };
    if how.verbose {
        process.out(machine, &format!("'{from}' -> '{to}'\n"));
    }
    let names = match machine.fs.read_dir(&source_path, who) {
        Ok(names) => names,
        Err(errno) => {
            let text = if is_busybox(machine) {
                format!("can't open '{from}': {errno}")
            } else {
                format!("cannot access '{from}': {errno}")
            };
            process.complain(machine, &text);
            return false;
        }
    };
    let mut fine = true;
    for name in names {
        fine &= copy(machine, process, how, &join(from, &name), &join(to, &name), false);
    }
    if made && !how.preserve {
        let mode = source.attr.mode & 0o7777 & !process.umask & 0o777;
        let _ = machine.fs.chmod(&target_path, mode, true, who);
    }
    if made || how.preserve {
        finish(machine, process, how, to, source);
    }
    fine
}

fn copy_file(
    machine: &mut Machine,
    process: &Process,
    how: &mut Copying,
    from: &str,
    to: &str,
    source: &Node,
    content: Content,
) -> bool {
    let who = &process.cred;
    let (source_path, target_path) = (process.path(from), process.path(to));
    let there = Node::at(machine.fs, &target_path, true, who).ok();
    if let Some(there) = &there {
        if there.is_dir() {
            let text = if is_busybox(machine) {
                format!("can't create '{to}': Is a directory")
            } else {
                format!("cannot overwrite directory '{to}' with non-directory")
            };
            process.complain(machine, &text);
            return false;
        }
        if how.asks && !may_replace(machine, process, to) {
            return true;
        }
        if how.keep_existing || how.only_newer && there.attr.mtime >= source.attr.mtime {
            return true;
        }
    }
    if how.symbolic_link && !is_busybox(machine) && !from.starts_with('/') && to.contains('/') {
        process.complain(machine, &format!("{to}: can make relative symbolic links only in current directory"));
        return false;
    }
    let kept = match how.backup.clone().map(|backup| backup.make(machine, process, to)).transpose() {
        Ok(kept) => kept.flatten(),
        Err(errno) => {
            process.complain(machine, &format!("cannot backup '{to}': {errno}"));
            return false;
        }
    };
    if how.verbose {
        let kept = kept.map_or(String::new(), |kept| format!(" (backup: '{kept}')"));
        process.out(machine, &format!("'{from}' -> '{to}'{kept}\n"));
    }
    if how.replace || (how.hard_link || how.symbolic_link) && how.force {
        let _ = machine.fs.remove_file(&target_path, who);
    }
    if how.hard_link || how.symbolic_link {
        let done = if how.hard_link {
            machine.fs.link(&source_path, &target_path, who)
        } else {
            machine.fs.symlink(from, &target_path, who)
        };
        return match done {
            Ok(()) => true,
            Err(errno) => cannot_create(machine, process, to, errno),
        };
    }
    if !machine.fs.access(&source_path, true, false, false, who) {
        let text = if is_busybox(machine) {
            format!("can't open '{from}': Permission denied")
        } else {
            format!("cannot open '{from}' for reading: Permission denied")
        };
        process.complain(machine, &text);
        return false;
    }
    if source.links > 1
        && let Some(linked) = &mut how.linked
    {
        if let Some(first) = linked.get(&source.inode).cloned() {
            let _ = machine.fs.remove_file(&target_path, who);
            return match machine.fs.link(&first, &target_path, who) {
                Ok(()) => true,
                Err(errno) => cannot_create(machine, process, to, errno),
            };
        }
        linked.insert(source.inode, target_path.clone());
    }
    let content = match (how.without_content, &there) {
        (false, _) => content,
        (true, Some(Node { kind: NodeKind::File(old), .. })) => old.clone(),
        (true, _) => Content::default(),
    };
    let size = content.size();
    let mode = if how.plain_mode { 0o666 } else { source.attr.mode & 0o777 } & !process.umask;
    if let Err(errno) = machine.fs.write(&target_path, content.clone(), mode, who) {
        let retried = how.force
            && machine.fs.remove_file(&target_path, who).is_ok()
            && machine.fs.write(&target_path, content, mode, who).is_ok();
        if !retried {
            return cannot_create(machine, process, to, errno);
        }
    }
    machine.charge_write(size);
    finish(machine, process, how, to, source);
    true
}

/// Asks whether a file may be replaced.
pub fn may_replace(machine: &mut Machine, process: &Process, name: &str) -> bool {
    asked(machine, process, &format!("overwrite '{name}'?"))
}

/// Asks; whether the next line of standard input says yes.
pub fn asked(machine: &mut Machine, process: &Process, question: &str) -> bool {
    let program = process.name().to_string();
    process.err(machine, &format!("{program}: {question} "));
    let mut answer = Vec::new();
    while answer.len() < 1000 {
        match process.read(machine, 0, 1).ok().and_then(|content| content.bytes(1)) {
            Some(byte) if !byte.is_empty() && byte != b"\n" => answer.extend(byte),
            _ => break,
        }
    }
    matches!(answer.first(), Some(b'y' | b'Y'))
}

/// Gives the copy owner, mode and time, if they are to be kept.
fn finish(machine: &mut Machine, process: &Process, how: &Copying, to: &str, source: &Node) {
    if !how.preserve {
        return;
    }
    let path = process.path(to);
    let (attr, who) = (source.attr, &process.cred);
    let chowned = machine.fs.chown(&path, Some(attr.uid), Some(attr.gid), false, who);
    if !source.is_symlink() {
        let keep = if chowned.is_ok() { 0o7777 } else { 0o1777 };
        let _ = machine.fs.chmod(&path, attr.mode & keep, false, who);
    }
    let _ = machine.fs.set_mtime(&path, attr.mtime, false, who);
}

/// GNU's complaint about a directory of -t that is none; the exit status.
pub fn no_target(machine: &mut Machine, process: &Process, target: &str) -> i32 {
    let errno = super::node::no_directory(machine, process, target);
    process.complain(machine, &format!("target directory '{target}': {errno}"));
    1
}

fn cannot_create(machine: &mut Machine, process: &Process, path: &str, errno: Errno) -> bool {
    // A name with a slash at its end can be none of a file.
    let ends = path.len() > 1 && path.ends_with('/') && errno == Errno::NoEnt && !is_busybox(machine);
    let folder = path.trim_end_matches('/').rsplit_once('/').map_or(".", |(folder, _)| folder);
    let errno = if ends && is_dir(machine.fs, &process.path(folder), &process.cred) { Errno::NotDir } else { errno };
    let text = if is_busybox(machine) {
        format!("can't create '{path}': {errno}")
    } else {
        format!("cannot create regular file '{path}': {errno}")
    };
    process.complain(machine, &text);
    false
}
