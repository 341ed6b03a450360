//! tar: options, and archives that are made.

mod arguments;
mod change;
mod compression;
mod extract;
mod names;

use extract::extract;
use filesystem::archive::{TarEntry, TarKind, gzip, tar_entries};
use filesystem::{Content, write_tar};

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::applet_options;
use super::glob::glob;
use super::input::{is_busybox, missing_operand, not_modelled};
use super::misuse::refuse;
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
    ("owner=", '2'),
    ("group=", '3'),
];

pub fn tar(machine: &mut Machine, process: &mut Process) -> i32 {
    let gnu = !is_busybox(machine);
    let arguments = match arguments::spelled_out(process.operands()) {
        Ok(arguments) => arguments,
        Err(letter) if gnu => {
            refuse(machine, process, &format!("Old option '{letter}' requires an argument."));
            return 2;
        }
        Err(letter) => {
            process.complain(machine, &format!("option requires an argument -- '{letter}'"));
            return 1;
        }
    };
    // Debian's busybox is built without lists of names to take or leave out.
    let small = super::find::is_small_busybox(machine);
    let long: Vec<(&str, char)> = LONG.into_iter().filter(|(_, letter)| !small || !"ET".contains(*letter)).collect();
    let long: Vec<(&str, char)> =
        if gnu { long.into_iter().chain(arguments::GNU_LONG.iter().copied()).collect() } else { long };
    let mut letters = "cxtrf:C:zjJavS:E:opOT:kmhNWX:P".to_string();
    if gnu {
        letters = arguments::GNU_SHORT.to_string();
    }
    if let Some((known, _)) = applet_options::of("tar").filter(|_| small) {
        letters = applet_options::restricted(&letters, known).0;
    }
    let long = if small { long_options(machine, process, &long) } else { long };
    let options = match read(&arguments, &letters, &long) {
        Ok(options) => options,
        Err(message) if gnu => return refuse(machine, process, &message),
        Err(message) => {
            process.complain(machine, &message);
            return 1;
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
        if gnu {
            process.complain(machine, "Error is not recoverable: exiting now");
        }
        return failure(machine);
    }
    if gnu && options.has('?') {
        process.out(machine, "tar (GNU tar) 1.34\n");
        return 0;
    }
    match options.last_of("cxtruAdD") {
        Some('c') => create(machine, process, &options),
        Some('d') => change::compare(machine, process, &options),
        Some(how @ ('r' | 'u' | 'A' | 'D')) => change::change(machine, process, &options, how),
        Some(_) => extract(machine, process, &options),
        None if gnu => {
            let message = "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options";
            refuse(machine, process, message);
            2
        }
        None => {
            missing_operand(machine, process);
            1
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

/// The members that the command line names, and the status of what could not be found.
fn collect(machine: &mut Machine, process: &Process, options: &Options) -> (Vec<TarEntry>, i32) {
    let inside = base(process, options);
    let gnu = !is_busybox(machine);
    let mut operands = options.operands.clone();
    for list in options.values('T') {
        let content = process.read_file(machine, list).unwrap_or_default();
        operands.extend(crate::process::text_of(machine, &content).lines().map(str::to_string));
    }
    let mut patterns: Vec<String> = options.values('E').map(str::to_string).collect();
    for list in options.values('X').filter(|_| gnu) {
        let content = process.read_file(machine, list).unwrap_or_default();
        patterns.extend(crate::process::text_of(machine, &content).lines().map(str::to_string));
    }
    let vcs = [".git", ".gitignore", ".gitmodules", ".gitattributes", ".svn", ".hg", ".hgignore", ".bzr", "CVS"];
    patterns.extend(vcs.iter().filter(|_| options.has('V')).map(|name| name.to_string()));
    let mtime = options.value('Y').and_then(|text| time_of(machine, process, text));
    let file = options.value('f').filter(|file| *file != "-").map(|file| process.path(file));
    let (mut entries, mut status, mut told) = (Vec::new(), 0, Vec::new());
    for operand in operands {
        let mut path = inside.path(&operand);
        if let Err(errno) = machine.fs.stat(&path, false, &process.cred) {
            let text = if gnu { format!("{operand}: Cannot stat: {errno}") } else { format!("{operand}: {errno}") };
            process.complain(machine, &text);
            status = failure(machine);
            continue;
        }
        let name = if gnu && options.has('P') {
            operand.clone()
        } else if gnu {
            names::relative(machine, process, &operand, &mut told)
        } else {
            let name = operand.trim_start_matches('/');
            if name.len() < operand.len() {
                process.complain(machine, "removing leading '/' from member names");
            }
            if name.is_empty() { ".".to_string() } else { name.to_string() }
        };
        if options.has('h') {
            path = machine.fs.resolve(&path, true, &process.cred).unwrap_or(path);
        }
        let depth = if options.has('8') { 1 } else { usize::MAX };
        for mut entry in tar_entries(machine.fs, &path, &name).into_iter().take(depth) {
            let full = inside.path(&entry.name);
            let excluded = patterns.iter().any(|pattern| excludes(pattern, &entry.name));
            if excluded || file.as_deref() == Some(full.as_str()) {
                continue;
            }
            // A number may follow the name behind a colon, or stand for it.
            let number = |text: &str| text.rsplit(':').next().and_then(|digits| digits.parse().ok());
            if let Some(text) = options.value('2') {
                entry.attr.uid = super::accounts::user_id(machine, text).or(number(text)).unwrap_or(entry.attr.uid);
            }
            if let Some(text) = options.value('3') {
                entry.attr.gid = super::accounts::group_id(machine, text).or(number(text)).unwrap_or(entry.attr.gid);
            }
            let below = entry.name.strip_prefix(name.as_str()).unwrap_or_default().trim_end_matches('/');
            let source = format!("{}{below}", path.trim_end_matches('/'));
            let is_dir = matches!(entry.kind, TarKind::Dir);
            let readable = machine.fs.access(&source, true, false, is_dir, &process.cred);
            if gnu && !readable && (is_dir || matches!(entry.kind, TarKind::File(_))) {
                process.complain(machine, &format!("{operand}{below}: Cannot open: Permission denied"));
                status = 2;
                if !is_dir {
                    continue;
                }
            }
            if let Some(change) = options.value('M') {
                let is_dir = matches!(entry.kind, TarKind::Dir);
                let mode = super::mode::changed(change, entry.attr.mode, is_dir, process.umask);
                entry.attr.mode = mode.unwrap_or(entry.attr.mode);
            }
            entry.attr.mtime = mtime.unwrap_or(entry.attr.mtime);
            entries.push(entry);
        }
    }
    (entries, status)
}

/// The time that `--mtime` names: of a file, or as date reads it.
fn time_of(machine: &Machine, process: &Process, text: &str) -> Option<i64> {
    if text.starts_with(['/', '.']) {
        return machine.fs.stat(&process.path(text), true, &process.cred).ok().map(|stat| stat.attr.mtime);
    }
    let now = machine.fs.now();
    super::calendar::read_date(text, false, now - now.rem_euclid(86_400))
}

fn create(machine: &mut Machine, process: &mut Process, options: &Options) -> i32 {
    let gnu = !is_busybox(machine);
    if options.operands.is_empty() && !options.has('T') {
        if gnu {
            refuse(machine, process, "Cowardly refusing to create an empty archive");
            return 2;
        }
        process.complain(machine, "empty archive");
        return 1;
    }
    if let Some(missing) = options.values('T').find(|list| *list != "-" && process.read_file(machine, list).is_err())
        && gnu
    {
        process.complain(machine, &format!("{missing}: Cannot stat: No such file or directory"));
        process.complain(machine, "Error is not recoverable: exiting now");
        return 2;
    }
    if let Some(status) = compression::cannot_compress(machine, process, options) {
        return status;
    }
    let transform = match names::Transform::read(options.values('/')) {
        Ok(transform) => transform,
        Err(expression) => return refuse(machine, process, &format!("Invalid transform expression: {expression}")),
    };
    let file = options.value('f').filter(|file| *file != "-").map(|file| process.path(file));
    let (mut entries, status) = collect(machine, process, options);
    let sources: Vec<String> = entries.iter().map(|entry| base(process, options).path(&entry.name)).collect();
    if options.has('9') || !options.has('v') {
        transformed(&mut entries, &transform);
    }
    if options.has('v') {
        let names: String = entries.iter().map(|entry| shown(entry) + "\n").collect();
        if file.is_some() {
            process.out(machine, &names);
        } else {
            process.err(machine, &names);
        }
    }
    if options.has('v') && !options.has('9') {
        transformed(&mut entries, &transform);
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
    if options.has('6') && gnu {
        // How fast it was is nobody's to know.
        let size = archive.size();
        let human = super::sizes::Unit::Human(1024).shown(size);
        process.err(machine, &format!("Total bytes written: {size} ({human}iB, ?/s)\n"));
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
        if gnu {
            process.complain(machine, "Error is not recoverable: exiting now");
        }
        return failure(machine);
    }
    for source in sources.iter().rev().filter(|_| options.has('R')) {
        if super::node::is_dir(machine.fs, source, &process.cred) {
            let _ = machine.fs.remove_dir(source, &process.cred);
        } else {
            let _ = machine.fs.remove_file(source, &process.cred);
        }
    }
    status
}

/// Gives members the names, and links the targets, that they are to have.
fn transformed(entries: &mut [TarEntry], transform: &names::Transform) {
    for entry in entries.iter_mut().filter(|_| !transform.is_empty()) {
        entry.name = transform.of(&entry.name);
        if let TarKind::Symlink(target) | TarKind::HardLink(target) = &mut entry.kind {
            *target = transform.of(target);
        }
    }
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
