//! patch: unified differences.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{is_busybox, not_modelled, text};
use super::options::{Options, parse};

/// How far from its place a hunk is looked for.
const FUZZ_LINES: usize = 10_000;

/// The changes of one file.
#[derive(Default)]
struct Change {
    old: String,
    new: String,
    hunks: Vec<Hunk>,
}

/// A hunk: where it begins in the old file, and its lines with their marks.
struct Hunk {
    start: usize,
    lines: Vec<(u8, Vec<u8>)>,
}

pub fn patch(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("strip=", 'p'),
        ("input=", 'i'),
        ("reverse", 'R'),
        ("forward", 'N'),
        ("directory=", 'd'),
        ("dry-run", 'D'),
        ("quiet", 's'),
        ("silent", 's'),
        ("backup", 'b'),
        ("force", 'f'),
        ("batch", 't'),
        ("unified", 'u'),
        ("output=", 'o'),
        ("no-backup-if-mismatch", 'm'),
    ];
    let options = match parse(machine, process, "p:i:RNd:sbftuo:EF:g", &long) {
        Ok(options) => options,
        Err(status) => return if is_busybox(machine) { status } else { 2 },
    };
    let mut inside = process.clone();
    if let Some(folder) = options.value('d') {
        inside.cwd = process.path(folder);
    }
    let content = match options.value('i').or(options.operands.get(1).map(String::as_str)) {
        Some(file) => match inside.read_file(machine, file) {
            Ok(content) => content,
            Err(errno) => {
                process.complain(machine, &format!("{file}: {errno}"));
                return if is_busybox(machine) { 1 } else { 2 };
            }
        },
        None => process.stdin(machine),
    };
    let Some(bytes) = text(machine, process, &content) else { return 0 };
    let changes = read(&bytes, options.has('R'));
    if changes.is_empty() && !bytes.is_empty() && !is_busybox(machine) {
        process.complain(machine, "**** Only garbage was found in the patch input.");
        return 2;
    }
    let mut status = 0;
    for change in &changes {
        status = status.max(apply(machine, &inside, &options, change));
    }
    status
}

/// The changes of a text in the unified form; the rest of it is skipped.
fn read(bytes: &[u8], reverse: bool) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut old = String::new();
    let (mut left_old, mut left_new) = (0usize, 0usize);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let mark = line.first().copied().unwrap_or(b' ');
        let hunk = changes.last_mut().and_then(|change| change.hunks.last_mut());
        if left_old + left_new > 0
            && let Some(hunk) = hunk
        {
            let mark = match mark {
                b'+' | b'-' | b' ' | b'\\' => mark,
                _ => b' ',
            };
            if mark == b'\\' {
                continue;
            }
            left_old = left_old.saturating_sub(usize::from(mark != b'+'));
            left_new = left_new.saturating_sub(usize::from(mark != b'-'));
            let mark = match (mark, reverse) {
                (b'+', true) => b'-',
                (b'-', true) => b'+',
                (mark, _) => mark,
            };
            hunk.lines.push((mark, line.get(1..).unwrap_or(b"\n").to_vec()));
            continue;
        }
        let shown = String::from_utf8_lossy(line).into_owned();
        if shown.starts_with("\\ ") {
            // The last line of the hunk has no newline.
            if let Some((_, last)) = hunk.and_then(|hunk| hunk.lines.last_mut()) {
                last.pop_if(|byte| *byte == b'\n');
            }
        } else if let Some(name) = shown.strip_prefix("--- ") {
            old = file_name(name);
        } else if let Some(name) = shown.strip_prefix("+++ ") {
            let new = file_name(name);
            let (old, new) = if reverse { (new, old.clone()) } else { (old.clone(), new) };
            changes.push(Change { old, new, hunks: Vec::new() });
        } else if let Some(range) = shown.strip_prefix("@@ -")
            && let Some(change) = changes.last_mut()
            && let Some((before, after)) = range.split_once(" +")
        {
            let numbers = |text: &str| -> (usize, usize) {
                let text = text.split(' ').next().unwrap_or_default();
                let (start, count) = text.split_once(',').unwrap_or((text, "1"));
                (start.parse().unwrap_or(0), count.parse().unwrap_or(1))
            };
            let (from_old, from_new) = (numbers(before), numbers(after));
            (left_old, left_new) = (from_old.1, from_new.1);
            let (start, count) = if reverse { from_new } else { from_old };
            let start = if count == 0 { start } else { start.saturating_sub(1) };
            change.hunks.push(Hunk { start, lines: Vec::new() });
        }
    }
    changes.retain(|change| !change.hunks.is_empty());
    changes
}

/// The name of `---` or `+++`, without the time behind it.
fn file_name(text: &str) -> String {
    text.trim_end_matches(['\n', '\r']).split('\t').next().unwrap_or_default().to_string()
}

fn stripped(name: &str, count: Option<usize>) -> String {
    match count {
        None => super::input::last_part(name).to_string(),
        Some(count) => {
            let parts: Vec<&str> = name.split('/').collect();
            parts.get(count.min(parts.len().saturating_sub(1))..).unwrap_or_default().join("/")
        }
    }
}

fn apply(machine: &mut Machine, process: &Process, options: &Options, change: &Change) -> i32 {
    let strip = options.value('p').and_then(|text| text.parse::<usize>().ok());
    let (creates, removes) = (change.old == "/dev/null", change.new == "/dev/null");
    let name = match options.operands.first() {
        Some(name) => name.clone(),
        // busybox looks for the new name, whatever it is, when it goes backwards.
        None if removes && !(is_busybox(machine) && options.has('R')) => stripped(&change.old, strip),
        None => stripped(&change.new, strip),
    };
    let path = process.path(&name);
    let before = match machine.fs.read(&path, &process.cred) {
        Ok(content) => text(machine, process, &content),
        Err(_) if creates => Some(Vec::new()),
        Err(errno) => {
            let message = if is_busybox(machine) {
                format!("can't open '{name}': {errno}")
            } else {
                format!("can't find file to patch: {name}")
            };
            process.complain(machine, &message);
            return 1;
        }
    };
    let Some(before) = before else { return 0 };
    if !options.has('s') {
        let verb = if creates && is_busybox(machine) { "creating" } else { "patching file" };
        process.out(machine, &format!("{verb} {name}\n"));
    }
    let mut lines: Vec<Vec<u8>> = before.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let mut moved = 0isize;
    let mut failed = 0usize;
    for (index, hunk) in change.hunks.iter().enumerate() {
        let old: Vec<&Vec<u8>> = hunk.lines.iter().filter(|(mark, _)| *mark != b'+').map(|(_, line)| line).collect();
        let new: Vec<Vec<u8>> =
            hunk.lines.iter().filter(|(mark, _)| *mark != b'-').map(|(_, line)| line.clone()).collect();
        let wanted = hunk.start.saturating_add_signed(moved);
        let fits = |at: &usize| {
            lines.get(*at..*at + old.len()).is_some_and(|part| part.iter().zip(&old).all(|(line, old)| line == *old))
        };
        let mut near = (0..FUZZ_LINES).flat_map(|away| [wanted.checked_add(away), wanted.checked_sub(away)]).flatten();
        match near.find(fits) {
            Some(at) => {
                let grown = new.len() as isize - old.len() as isize;
                lines.splice(at..at + old.len(), new);
                moved += grown;
            }
            None => {
                failed += 1;
                let (number, all) = (index + 1, change.hunks.len());
                let message = if is_busybox(machine) {
                    format!("Hunk {number} FAILED {number}/{all}.\n")
                } else {
                    format!("Hunk #{number} FAILED at {}.\n", hunk.start + 1)
                };
                process.err(machine, &message);
                if is_busybox(machine) {
                    let marked = |(mark, line): &(u8, Vec<u8>)| [std::slice::from_ref(mark), line].concat();
                    let shown: Vec<u8> = hunk.lines.iter().flat_map(marked).collect();
                    process.err(machine, &String::from_utf8_lossy(&shown));
                }
            }
        }
    }
    if failed > 0 {
        // GNU's patch leaves the file's rest patched and the failed hunks in a file of their own.
        if !is_busybox(machine) {
            not_modelled(machine, process, "rejected hunks");
        }
        return 1;
    }
    if options.has('D') {
        return 0;
    }
    let after: Vec<u8> = lines.concat();
    let result = if removes && after.is_empty() {
        machine.fs.remove_file(&path, &process.cred)
    } else {
        let mode = machine.fs.stat(&path, true, &process.cred).map_or(process.mode(0o666), |stat| stat.attr.mode);
        if options.has('b') {
            let saved = format!("{path}.orig");
            let _ = machine.fs.write(&saved, Content::from_bytes(&before), mode, &process.cred);
        }
        machine.fs.write(&path, Content::from_bytes(&after), mode, &process.cred)
    };
    match result {
        Ok(()) => 0,
        Err(errno) => {
            process.complain(machine, &format!("can't open '{name}': {errno}"));
            1
        }
    }
}
