//! Taking archives apart, and telling what is in them.

use filesystem::archive::{ArchiveError, TarEntry, TarKind, gunzip};
use filesystem::{Content, Errno, Special, read_tar};

use crate::process::{Machine, Process};

use super::super::accounts::{group_name, user_name};
use super::super::calendar::format_time;
use super::super::glob::glob;
use super::super::input::{is_busybox, not_modelled};
use super::super::misuse::refuse;
use super::super::options::Options;
use super::{base, excludes, failure, shown};

pub fn extract(machine: &mut Machine, process: &mut Process, options: &Options) -> i32 {
    let file = options.value('f').unwrap_or("-").to_string();
    let content = match super::compression::archive(machine, process, options, &file) {
        Ok(content) => content,
        Err(status) => return status,
    };
    if let Some(status) = super::compression::is_unsaid(machine, process, options, &content)
        .or_else(|| super::compression::cannot_unpack(machine, process, options, &content))
    {
        return status;
    }
    let transform = match super::names::Transform::read(options.values('/')) {
        Ok(transform) => transform,
        Err(expression) => return refuse(machine, process, &format!("Invalid transform expression: {expression}")),
    };
    let gnu = !is_busybox(machine);
    // Debian's busybox looks for gzip only where it is told to.
    let small = super::super::find::is_small_busybox(machine);
    let zipped = content.slice(0, 2).bytes(2).is_some_and(|start| start == [0x1f, 0x8b]);
    if small && zipped != options.has('z') && content.is_known() {
        let text = if zipped { "short read" } else { "invalid magic\ntar: short read" };
        process.complain(machine, text);
        return 1;
    }
    let content = if options.has('z') { gunzip(&content).unwrap_or(content) } else { content };
    if zipped || options.has('z') {
        super::super::estimate::unpack_time(machine, content.size());
    }
    // What nobody knows the size of is empty too: a file that was fetched, or a pipe behind what has no model.
    if gnu && content.size() == 0 && file == "-" && machine.meter.basis != crate::Basis::NotModelled {
        return super::compression::no_archive(machine, process, options, &content);
    }
    let entries = match read_tar(&content) {
        Ok(entries) => entries,
        Err(error @ (ArchiveError::Unknown | ArchiveError::Compression(_))) => {
            if super::super::fetch::address(&content).is_none() {
                not_modelled(machine, process, &format!("{file}: {error}"));
            }
            return unknown_archive(machine, process, options, &content);
        }
        Err(_) if content.size() < 512 && is_busybox(machine) => {
            process.complain(machine, "short read");
            return 1;
        }
        Err(_) if gnu => return super::compression::no_archive(machine, process, options, &content),
        Err(_) => {
            process.complain(machine, "invalid tar magic");
            return 1;
        }
    };
    let mut inside = base(process, options);
    if let Some((_, top)) = options.given.iter().find(|(letter, _)| *letter == '1' && gnu) {
        let stem = super::super::input::last_part(&file);
        let stem = stem.split(".tar").next().unwrap_or(stem).trim_end_matches(".tgz");
        inside.cwd = inside.path(top.as_deref().unwrap_or(stem));
    }
    let strip = options.value('S').and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    let mut status = 0;
    let mut found: Vec<bool> = vec![false; options.operands.len()];
    let mut directories = Vec::new();
    let mut told = false;
    for entry in &entries {
        let wanted =
            options.operands.iter().zip(&mut found).fold(options.operands.is_empty(), |any, (operand, found)| {
                let (operand, name) = (operand.trim_end_matches('/'), entry.name.trim_end_matches('/'));
                let hit = name == operand
                    || name.starts_with(&format!("{operand}/"))
                    || (!gnu || options.last_of("45") == Some('4')) && glob(operand, name, false);
                *found |= hit;
                any || hit
            });
        if !wanted || options.values('E').any(|pattern| excludes(pattern, &entry.name)) {
            continue;
        }
        if entry.name.starts_with('/') && gnu && !options.has('P') && !told {
            told = true;
            process.complain(machine, "Removing leading `/' from member names");
        }
        if options.last_of("xt") == Some('t') {
            let line = if options.has('v') { described(machine, entry, options.has('n')) } else { shown(entry) };
            process.out(machine, &format!("{line}\n"));
            continue;
        }
        let Some(name) = stripped(&entry.name, strip) else { continue };
        let name = if transform.is_empty() { name } else { transform.of(&name) };
        if options.has('v') {
            let end = if matches!(entry.kind, TarKind::Dir) { "/" } else { "" };
            let line = if options.has('9') { format!("{}{end}", name.trim_end_matches('/')) } else { shown(entry) };
            process.out(machine, &format!("{line}\n"));
        }
        if options.has('O') {
            if let TarKind::File(content) = &entry.kind {
                process.out_content(machine, content);
            }
            continue;
        }
        if gnu && let Some(message) = kept(machine, &inside, options, entry, &name) {
            if !message.is_empty() {
                process.complain(machine, &message);
                status = if options.has('k') { 2 } else { status };
            }
            continue;
        }
        if let Err(errno) = place(machine, &inside, options, entry, &name, strip, &mut directories) {
            let text = if is_busybox(machine) {
                format!("can't open '{name}': {errno}")
            } else {
                format!("{name}: Cannot open: {errno}")
            };
            process.complain(machine, &text);
            status = failure(machine);
        }
    }
    // Times last: filling a directory would change them again.
    for (path, mtime) in directories.into_iter().rev() {
        let _ = machine.fs.set_mtime(&path, mtime, false, &process.cred);
    }
    for (operand, found) in options.operands.iter().zip(found) {
        if !found {
            if gnu && operand.contains(['*', '?', '[']) && !options.any("45") {
                process.complain(machine, "Pattern matching characters used in file names");
                let hint = "Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning";
                process.complain(machine, hint);
            }
            let text = if is_busybox(machine) {
                format!("{operand}: not found in archive")
            } else {
                format!("{operand}: Not found in archive")
            };
            process.complain(machine, &text);
            status = failure(machine);
        }
    }
    if gnu && content.is_known() && super::compression::is_cut_off(&content) {
        process.complain(machine, "Unexpected EOF in archive");
        process.complain(machine, "Error is not recoverable: exiting now");
        return 2;
    }
    if gnu && status != 0 {
        process.complain(machine, "Exiting with failure status due to previous errors");
    }
    status
}

/// What is said where a file that is there stays; nothing is said where that is not an error.
fn kept(machine: &Machine, inside: &Process, options: &Options, entry: &TarEntry, name: &str) -> Option<String> {
    let path = inside.path(name);
    if matches!(entry.kind, TarKind::Dir) || !options.any("kBK") {
        return None;
    }
    let stat = machine.fs.stat(&path, false, &inside.cred).ok()?;
    match (options.last_of("kBK"), &entry.kind) {
        (Some('B'), _) => Some(String::new()),
        (Some('K'), _) if stat.attr.mtime >= entry.attr.mtime => Some(format!("Current '{name}' is newer or same age")),
        (Some('k'), TarKind::Symlink(target)) => {
            Some(format!("{name}: Cannot create symlink to '{target}': File exists"))
        }
        (Some('k'), _) => Some(format!("{name}: Cannot open: File exists")),
        _ => None,
    }
}

/// A line of `tar -tv`.
fn described(machine: &Machine, entry: &TarEntry, numeric: bool) -> String {
    let (kind, size, link) = match &entry.kind {
        TarKind::Dir => ('d', 0, String::new()),
        TarKind::File(content) => ('-', content.size(), String::new()),
        TarKind::Symlink(target) => ('l', 0, format!(" -> {target}")),
        TarKind::Special(Special::Fifo) => ('p', 0, String::new()),
        TarKind::Special(Special::Char(..)) => ('c', 0, String::new()),
        TarKind::Special(Special::Block(..)) => ('b', 0, String::new()),
        TarKind::HardLink(target) => ('h', 0, format!(" link to {target}")),
    };
    let (uid, gid) = (entry.attr.uid, entry.attr.gid);
    let user = user_name(machine, uid).filter(|_| !numeric).unwrap_or_else(|| uid.to_string());
    let group = group_name(machine, gid).filter(|_| !numeric).unwrap_or_else(|| gid.to_string());
    let mode = super::super::node::permissions(entry.attr.mode);
    let name = shown(entry);
    if is_busybox(machine) {
        let time = format_time("%Y-%m-%d %H:%M:%S", entry.attr.mtime);
        return format!("{kind}{mode} {user}/{group} {size:>9} {time} {name}{link}");
    }
    // GNU keeps nineteen columns for the names and the size.
    let width = 17usize.saturating_sub(user.len() + group.len());
    let time = format_time("%Y-%m-%d %H:%M", entry.attr.mtime);
    format!("{kind}{mode} {user}/{group} {size:>width$} {time} {name}{link}")
}

fn stripped(name: &str, count: usize) -> Option<String> {
    let name = name.trim_start_matches('/');
    if count == 0 {
        return Some(name.to_string());
    }
    // A `.` is a component as any other.
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).skip(count).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn place(
    machine: &mut Machine,
    inside: &Process,
    options: &Options,
    entry: &TarEntry,
    name: &str,
    strip: usize,
    directories: &mut Vec<(String, i64)>,
) -> Result<(), Errno> {
    if name.split('/').any(|part| part == "..") {
        return Err(Errno::Invalid);
    }
    let path = inside.path(name).trim_end_matches('/').to_string();
    let path = if path.is_empty() { "/".to_string() } else { path };
    let who = &inside.cred;
    if let Some((parent, _)) = path.rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
        machine.fs.mkdir_all(parent, inside.mode(0o777), who)?;
    }
    let exists_dir = super::super::node::is_dir(machine.fs, &path, who);
    if !matches!(entry.kind, TarKind::Dir) && !exists_dir {
        if options.has('k') && super::super::node::exists(machine.fs, &path, who) {
            return Ok(());
        }
        let _ = machine.fs.remove_file(&path, who);
    }
    let root = who.uid == 0;
    let keep_mode = root || options.has('p');
    let mode = if keep_mode && !options.has('N') { entry.attr.mode } else { inside.mode(entry.attr.mode & 0o777) };
    match &entry.kind {
        TarKind::Dir => {
            if !exists_dir {
                machine.fs.mkdir(&path, 0o700, who)?;
            }
            directories.push((path.clone(), entry.attr.mtime));
        }
        TarKind::File(content) => {
            machine.charge_write(content.size());
            machine.fs.write(&path, content.clone(), 0o600, who)?;
        }
        TarKind::Symlink(target) => machine.fs.symlink(target, &path, who)?,
        TarKind::Special(special) => machine.fs.mknod(&path, *special, 0o600, who)?,
        TarKind::HardLink(target) => {
            let target = stripped(target, strip).unwrap_or_default();
            return machine.fs.link(&inside.path(&target), &path, who);
        }
    }
    if root && !options.has('o') {
        machine.fs.chown(&path, Some(entry.attr.uid), Some(entry.attr.gid), false, who)?;
    }
    if !matches!(entry.kind, TarKind::Symlink(_)) && path != "/" {
        machine.fs.chmod(&path, mode, false, who)?;
    }
    if !matches!(entry.kind, TarKind::Dir) && !options.has('m') {
        machine.fs.set_mtime(&path, entry.attr.mtime, false, who)?;
    }
    Ok(())
}

/// An archive that nobody knows the files of: some that are likely, and one for the rest of about its unpacked size.
fn unknown_archive(machine: &mut Machine, process: &Process, options: &Options, content: &Content) -> i32 {
    if options.last_of("xt") == Some('t') || options.has('O') {
        return 0;
    }
    let inside = base(process, options);
    if !super::super::node::is_dir(machine.fs, &inside.cwd, &process.cred) {
        let folder = options.values('C').last().unwrap_or(".");
        process.complain(machine, &format!("{folder}: Cannot open: No such file or directory"));
        return failure(machine);
    }
    let strip = options.value('S').and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    let folder = inside.cwd.clone();
    if let Err(errno) = super::super::fetch::unpack_into(machine, process, content, &folder, strip) {
        process.complain(machine, &errno.to_string());
        return failure(machine);
    }
    // What the command line names is there, if it is a file that the archive may have.
    for operand in &options.operands {
        let name = stripped(operand, strip).unwrap_or_default();
        let path = inside.path(&name);
        if name.is_empty() || operand.contains('*') || machine.fs.stat(&path, true, &process.cred).is_ok() {
            continue;
        }
        let put = super::super::estimate::place_as(
            machine,
            &path,
            &format!("unpacked/{operand}"),
            content.size() * 2,
            0o755,
            &process.cred,
        );
        if put.is_err() {
            return failure(machine);
        }
    }
    0
}
