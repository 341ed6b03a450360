//! tar.

use filesystem::archive::{ArchiveError, TarEntry, TarKind, gunzip, gzip, tar_entries};
use filesystem::{Content, Errno, read_tar, write_tar};

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::accounts::{group_name, user_name};
use super::applet_options;
use super::calendar::format_time;
use super::glob::glob;
use super::input::{is_busybox, missing_operand, not_modelled, open};
use super::options::{Options, long_options, read};

/// Archives are filled up to records of this many bytes.
const RECORD: u64 = 10_240;
/// What busybox pads an archive to: it writes no records.
const BLOCK: u64 = 512;
const LONG: [(&str, char); 24] = [
    ("create", 'c'),
    ("extract", 'x'),
    ("get", 'x'),
    ("list", 't'),
    ("append", 'r'),
    ("file=", 'f'),
    ("directory=", 'C'),
    ("gzip", 'z'),
    ("bzip2", 'j'),
    ("xz", 'J'),
    ("auto-compress", 'a'),
    ("verbose", 'v'),
    ("strip-components=", 'S'),
    ("exclude=", 'E'),
    ("no-same-owner", 'o'),
    ("no-same-permissions", 'N'),
    ("preserve-permissions", 'p'),
    ("same-permissions", 'p'),
    ("to-stdout", 'O'),
    ("files-from=", 'T'),
    ("keep-old-files", 'k'),
    ("overwrite", 'W'),
    ("owner=", 'u'),
    ("group=", 'g'),
];

pub fn tar(machine: &mut Machine, process: &mut Process) -> i32 {
    // The oldest way of writing: letters without a minus first, their values in order behind.
    let mut arguments = process.operands().to_vec();
    if let Some(first) = arguments.first().filter(|first| !first.starts_with('-') && !first.is_empty()).cloned() {
        arguments.remove(0);
        let mut spelled = Vec::new();
        for letter in first.chars() {
            spelled.push(format!("-{letter}"));
            if "fCT".contains(letter) && !arguments.is_empty() {
                spelled.push(arguments.remove(0));
            }
        }
        spelled.extend(arguments);
        arguments = spelled;
    }
    // Debian's busybox is built without lists of names to take or leave out.
    let small = super::find::is_small_busybox(machine);
    let long: Vec<(&str, char)> = LONG.into_iter().filter(|(_, letter)| !small || !"ET".contains(*letter)).collect();
    let mut letters = "cxtrf:C:zjJavS:E:opOT:kmhNWu:g:X:P".to_string();
    if let Some((known, _)) = applet_options::of("tar").filter(|_| small) {
        letters = applet_options::restricted(&letters, known).0;
    }
    let long = if small { long_options(machine, process, &long) } else { long };
    let options = match read(&arguments, &letters, &long) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return if is_busybox(machine) { 1 } else { 64 };
        }
    };
    if let Some(missing) = options.values('C').find(|name| {
        let inside = base(process, &options);
        !super::node::is_dir(machine.fs, &process.path(name), &process.cred)
            && !super::node::is_dir(machine.fs, &inside.cwd, &process.cred)
    }) {
        let text = if is_busybox(machine) {
            format!("can't change directory to '{missing}': No such file or directory")
        } else {
            format!("{missing}: Cannot open: No such file or directory")
        };
        process.complain(machine, &text);
        return failure(machine);
    }
    match options.last_of("cxt") {
        Some('c') => create(machine, process, &options),
        Some(_) => extract(machine, process, &options),
        None => {
            if options.has('r') {
                not_modelled(machine, process, "--append");
                return 0;
            }
            missing_operand(machine, process);
            if is_busybox(machine) { 1 } else { 2 }
        }
    }
}

fn base(process: &Process, options: &Options) -> Process {
    let mut inside = process.clone();
    for directory in options.values('C') {
        inside.cwd = inside.path(directory);
    }
    inside
}

fn failure(machine: &Machine) -> i32 {
    if is_busybox(machine) { 1 } else { 2 }
}

fn create(machine: &mut Machine, process: &mut Process, options: &Options) -> i32 {
    let inside = base(process, options);
    let mut operands = options.operands.clone();
    for list in options.values('T') {
        let content = process.read_file(machine, list).unwrap_or_default();
        operands.extend(crate::process::text_of(machine, &content).lines().map(str::to_string));
    }
    if operands.is_empty() {
        process.complain(machine, "empty archive");
        return failure(machine);
    }
    let file = options.value('f').filter(|file| *file != "-").map(|file| process.path(file));
    let mut entries: Vec<TarEntry> = Vec::new();
    let mut status = 0;
    for operand in operands {
        let path = inside.path(&operand);
        if let Err(errno) = machine.fs.stat(&path, false, &process.cred) {
            let text = if is_busybox(machine) {
                format!("{operand}: {errno}")
            } else {
                format!("{operand}: Cannot stat: {errno}")
            };
            process.complain(machine, &text);
            status = failure(machine);
            continue;
        }
        let name = operand.trim_start_matches('/');
        let name = if name.is_empty() { "." } else { name };
        if name.len() < operand.len() && !is_busybox(machine) {
            process.complain(machine, "Removing leading `/' from member names");
        } else if name.len() < operand.len() {
            process.complain(machine, "removing leading '/' from member names");
        }
        for mut entry in tar_entries(machine.fs, &path, name) {
            let full = inside.path(&entry.name);
            let excluded = options.values('E').any(|pattern| excludes(pattern, &entry.name));
            if excluded || file.as_deref() == Some(full.as_str()) {
                continue;
            }
            if let Some(owner) = options.value('u').and_then(|text| super::accounts::user_id(machine, text)) {
                entry.attr.uid = owner;
            }
            if let Some(group) = options.value('g').and_then(|text| super::accounts::group_id(machine, text)) {
                entry.attr.gid = group;
            }
            entries.push(entry);
        }
    }
    if options.has('v') {
        let names: String = entries.iter().map(|entry| shown(entry) + "\n").collect();
        if file.is_some() {
            process.out(machine, &names);
        } else {
            process.err(machine, &names);
        }
    }
    let mut archive = write_tar(&entries, if is_busybox(machine) { BLOCK } else { RECORD });
    let named = |end: &str| options.has('a') && file.as_deref().is_some_and(|file| file.ends_with(end));
    if options.has('z') || named("gz") {
        machine.meter.note(Basis::Exact, Note::Compressed);
        super::estimate::pack_time(machine, archive.size());
        archive = gzip(&archive).unwrap_or_else(|| squeezed(machine, process, &archive));
    } else if options.any("jJ") {
        not_modelled(machine, process, "-j");
        archive = squeezed(machine, process, &archive);
    }
    let written = match options.value('f').filter(|file| *file != "-") {
        Some(file) => process.write_file(machine, file, &archive),
        None => process.write(machine, 1, &archive),
    };
    if status != 0 {
        let text = if is_busybox(machine) {
            "error exit delayed from previous errors"
        } else {
            "Exiting with failure status due to previous errors"
        };
        process.complain(machine, text);
    }
    if let Err(errno) = written {
        let file = options.value('f').unwrap_or("-");
        let text = if is_busybox(machine) {
            format!("can't open '{file}': {errno}")
        } else {
            format!("{file}: Cannot open: {errno}")
        };
        process.complain(machine, &text);
        return failure(machine);
    }
    status
}

/// Stands for compressed bytes that cannot be computed: a third of the size.
pub fn squeezed(machine: &mut Machine, process: &Process, content: &Content) -> Content {
    not_modelled(machine, process, "on unknown bytes");
    Content::opaque("compressed", content.size() / 3)
}

fn excludes(pattern: &str, name: &str) -> bool {
    let clean = name.trim_start_matches("./").trim_end_matches('/');
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    let mut part = clean;
    // A pattern may match at any slash, and a matched directory takes all that is below.
    loop {
        let ends = part.match_indices('/').map(|(at, _)| at).chain([part.len()]);
        if ends.into_iter().any(|end| part.get(..end).is_some_and(|start| glob(pattern, start, false))) {
            return true;
        }
        match part.split_once('/') {
            Some((_, rest)) => part = rest,
            None => return false,
        }
    }
}

fn shown(entry: &TarEntry) -> String {
    match entry.kind {
        TarKind::Dir if !entry.name.ends_with('/') => format!("{}/", entry.name),
        _ => entry.name.clone(),
    }
}

fn extract(machine: &mut Machine, process: &mut Process, options: &Options) -> i32 {
    let file = options.value('f').unwrap_or("-").to_string();
    let content = match open(machine, process, &file) {
        Ok(content) => content,
        Err(errno) => {
            let text = if is_busybox(machine) {
                format!("can't open '{file}': {errno}")
            } else {
                format!("{file}: Cannot open: {errno}")
            };
            process.complain(machine, &text);
            return failure(machine);
        }
    };
    // Debian's busybox looks for gzip only where it is told to.
    let small = super::find::is_small_busybox(machine);
    let zipped = content.slice(0, 2).bytes(2).is_some_and(|start| start == [0x1f, 0x8b]);
    if small && zipped != options.has('z') && content.is_known() {
        let text = if zipped { "short read" } else { "invalid magic\ntar: short read" };
        process.complain(machine, text);
        return 1;
    }
    let content = if options.has('z') { gunzip(&content).unwrap_or(content) } else { content };
    if zipped || options.has('z') {
        super::estimate::unpack_time(machine, content.size());
    }
    let entries = match read_tar(&content) {
        Ok(entries) => entries,
        Err(error @ (ArchiveError::Unknown | ArchiveError::Compression(_))) => {
            if super::fetch::address(&content).is_none() {
                not_modelled(machine, process, &format!("{file}: {error}"));
            }
            return unknown_archive(machine, process, options, &content);
        }
        Err(_) if content.size() < 512 && is_busybox(machine) => {
            process.complain(machine, "short read");
            return 1;
        }
        Err(error) => {
            let text = if is_busybox(machine) {
                "invalid tar magic".to_string()
            } else {
                format!("This does not look like a tar archive: {error}")
            };
            process.complain(machine, &text);
            return failure(machine);
        }
    };
    let inside = base(process, options);
    let strip = options.value('S').and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    let mut status = 0;
    let mut found: Vec<bool> = vec![false; options.operands.len()];
    let mut directories = Vec::new();
    for entry in &entries {
        let wanted =
            options.operands.iter().zip(&mut found).fold(options.operands.is_empty(), |any, (operand, found)| {
                let (operand, name) = (operand.trim_end_matches('/'), entry.name.trim_end_matches('/'));
                let hit = name == operand || name.starts_with(&format!("{operand}/")) || glob(operand, name, false);
                *found |= hit;
                any || hit
            });
        if !wanted || options.values('E').any(|pattern| excludes(pattern, &entry.name)) {
            continue;
        }
        if options.last_of("xt") == Some('t') {
            let line = if options.has('v') { described(machine, entry) } else { shown(entry) };
            process.out(machine, &format!("{line}\n"));
            continue;
        }
        let Some(name) = stripped(&entry.name, strip) else { continue };
        if options.has('v') {
            process.out(machine, &format!("{}\n", shown(entry)));
        }
        if options.has('O') {
            if let TarKind::File(content) = &entry.kind {
                process.out_content(machine, content);
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
            let text = if is_busybox(machine) {
                format!("{operand}: not found in archive")
            } else {
                format!("{operand}: Not found in archive")
            };
            process.complain(machine, &text);
            status = failure(machine);
        }
    }
    status
}

/// A line of `tar -tv`.
fn described(machine: &Machine, entry: &TarEntry) -> String {
    let (kind, size, link) = match &entry.kind {
        TarKind::Dir => ('d', 0, String::new()),
        TarKind::File(content) => ('-', content.size(), String::new()),
        TarKind::Symlink(target) => ('l', 0, format!(" -> {target}")),
        TarKind::HardLink(target) => ('h', 0, format!(" link to {target}")),
    };
    let (uid, gid) = (entry.attr.uid, entry.attr.gid);
    let user = user_name(machine, uid).unwrap_or_else(|| uid.to_string());
    let group = group_name(machine, gid).unwrap_or_else(|| gid.to_string());
    let mode = super::node::permissions(entry.attr.mode);
    let name = shown(entry);
    if is_busybox(machine) {
        let time = format_time("%Y-%m-%d %H:%M:%S", entry.attr.mtime);
        return format!("{kind}{mode} {user}/{group} {size:>9} {time} {name}{link}");
    }
    // GNU keeps nineteen columns for the names and the size.
    let width = 18usize.saturating_sub(user.len() + group.len());
    let time = format_time("%Y-%m-%d %H:%M", entry.attr.mtime);
    format!("{kind}{mode} {user}/{group} {size:>width$} {time} {name}{link}")
}

fn stripped(name: &str, count: usize) -> Option<String> {
    let name = name.trim_start_matches('/');
    if count == 0 {
        return Some(name.to_string());
    }
    let name = name.trim_start_matches("./");
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
    let exists_dir = super::node::is_dir(machine.fs, &path, who);
    if !matches!(entry.kind, TarKind::Dir) && !exists_dir {
        if options.has('k') && super::node::exists(machine.fs, &path, who) {
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
    if !super::node::is_dir(machine.fs, &inside.cwd, &process.cred) {
        let folder = options.values('C').last().unwrap_or(".");
        process.complain(machine, &format!("{folder}: Cannot open: No such file or directory"));
        return failure(machine);
    }
    let strip = options.value('S').and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    let folder = inside.cwd.clone();
    if let Err(errno) = super::fetch::unpack_into(machine, process, content, &folder, strip) {
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
        let put = super::estimate::place_as(
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
