//! diff.

use filesystem::{Content, Errno};

use crate::process::{Machine, Process};

use super::calendar::format_time;
use super::diff_lines::{Style, edits, lines, normal, only_blank, unified};
use super::input::{is_busybox, join, last_part, missing_operand, open, text};
use super::node::{exists, is_dir};
use super::options::{Options, parse};
use super::tree::below;

/// The most lines of a difference that are compared one with another.
const LINE_LIMIT: usize = 5_000;

pub fn diff(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("brief", 'q'),
        ("recursive", 'r'),
        ("unified", 'u'),
        ("new-file", 'N'),
        ("ignore-case", 'i'),
        ("ignore-all-space", 'w'),
        ("ignore-space-change", 'b'),
        ("ignore-blank-lines", 'B'),
        ("text", 'a'),
        ("label=", 'L'),
        ("starting-file=", 'S'),
        ("expand-tabs", 't'),
        ("initial-tab", 'T'),
        ("report-identical-files", 's'),
        ("context=", 'C'),
        ("ed", 'e'),
        ("side-by-side", 'y'),
        ("exclude=", 'x'),
        ("minimal", 'd'),
        ("strip-trailing-cr", '0'),
        ("color=", '1'),
    ];
    let letters = if is_busybox(machine) { "qruNabBdiswtTpU:L:S:" } else { "qruNabBdiswtTpU:L:S:cC:eyx:W:" };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let [one, two] = options.operands.as_slice() else {
        missing_operand(machine, process);
        return 2;
    };
    let (mut one, mut two) = (one.clone(), two.clone());
    let dir = |machine: &Machine, name: &str| name != "-" && is_dir(machine.fs, &process.path(name), &process.cred);
    let (one_dir, two_dir) = (dir(machine, &one), dir(machine, &two));
    if one_dir && two_dir {
        return match (is_busybox(machine), options.has('r')) {
            (true, true) => all_files(machine, process, &options, &one, &two),
            _ => directories(machine, process, &options, &one, &two, 0),
        };
    }
    if one_dir {
        one = join(&one, last_part(&two));
    } else if two_dir {
        two = join(&two, last_part(&one));
    }
    if options.any("cCey") {
        // Only whether they differ is said: other ways to show it have no model.
        let read = [&one, &two].map(|name| open(machine, process, name));
        if let [Ok(first), Ok(second)] = &read {
            if first == second {
                return 0;
            }
            super::input::not_modelled(machine, process, "in other styles");
            return 1;
        }
    }
    files(machine, process, &options, &one, &two)
}

/// How deep `diff -r` goes.
const DEPTH_LIMIT: usize = 100;

/// The names in two directories, those before `-S` left out.
fn names(machine: &Machine, process: &Process, options: &Options, one: &str, two: &str) -> Vec<String> {
    let mut names: Vec<String> = [one, two]
        .into_iter()
        .flat_map(|name| machine.fs.read_dir(&process.path(name), &process.cred).unwrap_or_default())
        .collect();
    names.sort();
    names.dedup();
    if let Some(first) = options.value('S') {
        names.retain(|name| name.as_str() >= first);
    }
    names
}

fn directories(
    machine: &mut Machine,
    process: &mut Process,
    options: &Options,
    one: &str,
    two: &str,
    depth: usize,
) -> i32 {
    let mut status = 0;
    for name in names(machine, process, options, one, two) {
        let (a, b) = (join(one, &name), join(two, &name));
        let there = |machine: &Machine, name: &str| exists(machine.fs, &process.path(name), &process.cred);
        let dir = |machine: &Machine, name: &str| is_dir(machine.fs, &process.path(name), &process.cred);
        match (there(machine, &a), there(machine, &b)) {
            (true, true) => match (dir(machine, &a), dir(machine, &b)) {
                (true, true) if options.has('r') && depth < DEPTH_LIMIT => {
                    status = status.max(directories(machine, process, options, &a, &b, depth + 1));
                }
                (true, true) => {
                    process.out(machine, &format!("Common subdirectories: {a} and {b}\n"));
                }
                (false, false) => {
                    status = status.max(named_files(machine, process, options, &a, &b));
                }
                (one_dir, two_dir) => {
                    let what = |dir| if dir { "directory" } else { "regular file" };
                    let text = format!("File {a} is a {} while file {b} is a {}\n", what(one_dir), what(two_dir));
                    process.out(machine, &text);
                    status = status.max(1);
                }
            },
            (in_one, _) if options.has('N') && !dir(machine, if in_one { &a } else { &b }) => {
                status = status.max(named_files(machine, process, options, &a, &b));
            }
            (in_one, _) => {
                process.out(machine, &format!("Only in {}: {name}\n", if in_one { one } else { two }));
                status = status.max(1);
            }
        }
    }
    status
}

/// Two files found in directories: GNU's diff says how it would be called for them.
fn named_files(machine: &mut Machine, process: &mut Process, options: &Options, one: &str, two: &str) -> i32 {
    if is_busybox(machine) || options.has('q') {
        return files(machine, process, options, one, two);
    }
    let given: Vec<&str> = process
        .operands()
        .iter()
        .map(String::as_str)
        .filter(|argument| argument.len() > 1 && argument.starts_with('-'))
        .collect();
    let line = format!("diff {} {one} {two}\n", given.join(" "));
    compare(machine, process, options, one, two, &line.replace("  ", " "))
}

/// busybox's `-r`: it compares lists of all files, and without `-N` says nothing of directories that only one side has.
fn all_files(machine: &mut Machine, process: &mut Process, options: &Options, one: &str, two: &str) -> i32 {
    let mut status = 0;
    let mut found: Vec<(String, bool)> = Vec::new();
    for (root, other, first) in [(one, two, true), (two, one, false)] {
        let mut left_out: Option<String> = None;
        for path in below(machine, process, root, true) {
            let inner = path.strip_prefix(root).unwrap_or_default().trim_start_matches('/').to_string();
            if inner.is_empty() || left_out.as_ref().is_some_and(|dir| path.starts_with(&join(dir, ""))) {
                continue;
            }
            if !is_dir(machine.fs, &process.path(&path), &process.cred) {
                found.push((inner, first));
            } else if !options.has('N') && !is_dir(machine.fs, &process.path(&join(other, &inner)), &process.cred) {
                status = 1;
                left_out = Some(path);
            }
        }
    }
    found.sort();
    let names: Vec<String> = {
        let mut names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
        names.dedup();
        names
    };
    for name in names {
        if options.value('S').is_some_and(|first| name.as_str() < first) {
            continue;
        }
        let has = |first: bool| found.binary_search(&(name.clone(), first)).is_ok();
        let (in_one, in_two) = (has(true), has(false));
        if in_one && in_two || options.has('N') {
            status = status.max(files(machine, process, options, &join(one, &name), &join(two, &name)));
        } else {
            process.out(machine, &format!("Only in {}: {name}\n", if in_one { one } else { two }));
            status = status.max(1);
        }
    }
    status
}

fn files(machine: &mut Machine, process: &mut Process, options: &Options, one: &str, two: &str) -> i32 {
    compare(machine, process, options, one, two, "")
}

/// Compares two files; `before` is written first where they differ.
fn compare(machine: &mut Machine, process: &mut Process, options: &Options, one: &str, two: &str, before: &str) -> i32 {
    let mut contents: Vec<Content> = Vec::new();
    let mut shown = [one, two];
    for (operand, shown) in [one, two].into_iter().zip(&mut shown) {
        match open(machine, process, operand) {
            Ok(content) => contents.push(content),
            Err(Errno::NoEnt | Errno::IsDir) if options.has('N') => {
                if is_busybox(machine) {
                    *shown = "/dev/null";
                }
                contents.push(Content::default());
            }
            Err(errno) => {
                let text = if is_busybox(machine) {
                    format!("can't stat '{operand}': {errno}")
                } else {
                    format!("{operand}: {errno}")
                };
                process.complain(machine, &text);
                return 2;
            }
        }
    }
    let [first, second] = contents.as_slice() else { return 2 };
    let identical = |machine: &mut Machine, process: &Process| {
        if options.has('s') {
            process.out(machine, &format!("Files {one} and {two} are identical\n"));
        }
        0
    };
    if first == second {
        // busybox does not look into a file that is compared with itself.
        let itself = is_busybox(machine) && one == two;
        return if itself { 0 } else { identical(machine, process) };
    }
    let plain = !options.any("biwB");
    if options.has('q') && plain {
        process.out(machine, &format!("Files {one} and {two} differ\n"));
        return 1;
    }
    let (a, b) =
        (text(machine, process, first).unwrap_or_default(), text(machine, process, second).unwrap_or_default());
    let looks = !is_busybox(machine) || !a.is_empty() && !b.is_empty();
    if !options.has('a') && looks && (a.contains(&0) || b.contains(&0)) {
        let (kind, status) = if is_busybox(machine) { ("Files", 1) } else { ("Binary files", 2) };
        process.out(machine, &format!("{kind} {one} and {two} differ\n"));
        return status;
    }
    let (a, b) = (lines(&a, options), lines(&b, options));
    if a.len() > LINE_LIMIT || b.len() > LINE_LIMIT {
        machine.limit("diff-lines");
        return 1;
    }
    let edits = edits(&a, &b);
    if a == b || options.has('B') && only_blank(&edits, &a, &b) {
        return identical(machine, process);
    }
    if options.has('q') {
        process.out(machine, &format!("Files {one} and {two} differ\n"));
        return 1;
    }
    let style = Style { tab: options.has('T'), expand: options.has('t') };
    let mut output: Vec<u8> = before.bytes().collect();
    if is_busybox(machine) || options.any("uU") {
        let mut labels = options.values('L');
        for (mark, name) in ["---", "+++"].into_iter().zip(shown) {
            let header = match labels.next() {
                Some(label) => label.to_string(),
                None if is_busybox(machine) => name.to_string(),
                None => format!("{name}\t{}", time_of(machine, process, name)),
            };
            output.extend(format!("{mark} {header}\n").bytes());
        }
        let context = options.value('U').and_then(|text| text.parse().ok()).unwrap_or(3);
        unified(&edits, &a, &b, context, style, &mut output);
    } else {
        normal(&edits, &a, &b, style, &mut output);
    }
    process.out_bytes(machine, &output);
    1
}

/// When a file was changed, as GNU's unified differences say it.
fn time_of(machine: &Machine, process: &Process, name: &str) -> String {
    let time = match machine.fs.stat(&process.path(name), true, &process.cred) {
        Ok(stat) if name != "-" => stat.attr.mtime,
        Err(_) if name != "-" => 0,
        _ => machine.fs.now(),
    };
    format_time("%F %T.000000000 +0000", time)
}
