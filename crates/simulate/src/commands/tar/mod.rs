//! tar: options, and archives that are made.

mod extract;

use extract::extract;
use filesystem::archive::{TarEntry, TarKind, gzip, tar_entries};
use filesystem::{Content, write_tar};

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::applet_options;
use super::glob::glob;
use super::input::{is_busybox, missing_operand, not_modelled};
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
