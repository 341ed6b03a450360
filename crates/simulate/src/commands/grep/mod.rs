//! grep, egrep, fgrep.

mod files;
mod pattern;
mod search;

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::input::{is_busybox, lines, missing_operand, open, text};
use super::misuse::{choice, misuse};
use super::options::{Options, parse};
use super::regex::Regex;
use search::{Search, search};

const LONG: [(&str, char); 42] = [
    ("ignore-case", 'i'),
    ("no-ignore-case", '2'),
    ("invert-match", 'v'),
    ("count", 'c'),
    ("files-with-matches", 'l'),
    ("files-without-match", 'L'),
    ("quiet", 'q'),
    ("silent", 'q'),
    ("line-number", 'n'),
    ("extended-regexp", 'E'),
    ("fixed-strings", 'F'),
    ("basic-regexp", 'G'),
    ("perl-regexp", 'P'),
    ("only-matching", 'o'),
    ("word-regexp", 'w'),
    ("line-regexp", 'x'),
    ("regexp=", 'e'),
    ("file=", 'f'),
    ("recursive", 'r'),
    ("dereference-recursive", 'R'),
    ("no-messages", 's'),
    ("no-filename", 'h'),
    ("with-filename", 'H'),
    ("max-count=", 'm'),
    ("after-context=", 'A'),
    ("before-context=", 'B'),
    ("context=", 'C'),
    ("color=", 'K'),
    ("colour=", 'K'),
    ("include=", 'J'),
    ("exclude=", 'X'),
    ("exclude-from=", '3'),
    ("exclude-dir=", 'Y'),
    ("byte-offset", 'b'),
    ("initial-tab", 'T'),
    ("null", 'Z'),
    ("null-data", 'z'),
    ("text", 'a'),
    ("directories=", 'd'),
    ("binary-files=", '4'),
    ("line-buffered", '0'),
    ("label=", '5'),
];

/// Those that only GNU's has, and that take no part in what its short names may be.
const SEPARATORS: [(&str, char); 3] = [("group-separator=", '6'), ("no-group-separator", '7'), ("devices=", 'D')];

pub fn grep(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    let letters = if busybox {
        "ivclLqnEFGowxe:f:rRshHm:A:B:C:K::IJ:X:zayUb"
    } else {
        "ivclLqnEFGPowxe:f:rRshHm:A:B:C:K::IJ:X:Y:zayUbTZd:D:uV"
    };
    let long: Vec<_> = LONG.iter().chain(SEPARATORS.iter().filter(|_| !busybox)).copied().collect();
    let short_context = (!busybox).then(|| take_short_context(process)).flatten();
    let options = match parse(machine, process, letters, &long) {
        Ok(mut options) => {
            options.given.extend(short_context.map(|number| ('C', Some(number))));
            options
        }
        Err(_) if options_ask(process) => return 0,
        Err(_) => return 2,
    };
    if options.has('V') {
        return super::about::version(machine, process);
    }
    if let Err(status) = check(machine, process, &options) {
        return status;
    }
    let mut operands = options.operands.clone();
    let mut patterns: Vec<Vec<u8>> = Vec::new();
    for given in options.values('e') {
        patterns.extend(given.split('\n').map(|pattern| pattern.as_bytes().to_vec()));
    }
    let mut excluded = Vec::new();
    for (letter, file) in options.given.iter().filter(|(letter, _)| matches!(letter, 'f' | '3')) {
        let file = file.as_deref().unwrap_or_default();
        match open(machine, process, file) {
            Ok(content) => {
                let bytes = text(machine, process, &content).unwrap_or_default();
                let lines = lines(&bytes).into_iter().map(<[u8]>::to_vec);
                if *letter == 'f' {
                    patterns.extend(lines);
                } else {
                    excluded.extend(lines.map(|line| String::from_utf8_lossy(&line).into_owned()));
                }
            }
            Err(errno) => {
                process.complain(machine, &format!("{file}: {errno}"));
                return 2;
            }
        }
    }
    if !options.any("ef") {
        if operands.is_empty() {
            if busybox {
                missing_operand(machine, process);
                return 2;
            }
            return misuse(machine, process);
        }
        let pattern = operands.remove(0);
        patterns.extend(pattern.split('\n').map(|pattern| pattern.as_bytes().to_vec()));
    }
    let pattern = match pattern::compile(machine, process, &options, &patterns) {
        Ok(pattern) => pattern,
        Err(status) => return status,
    };
    let recursive = options.any("rR") || options.value('d') == Some("recurse");
    let (files, mut failed) = files::files(machine, process, &options, &operands, excluded);
    let several = if busybox || !recursive {
        files.len() > 1 || recursive && files != ["-"]
    } else {
        operands.len() != 1
            || operands.iter().any(|name| super::node::is_dir(machine.fs, &process.path(name), &process.cred))
    };
    let several = several || !busybox && operands.len() > 1;
    let named = options.last_of("hH").map_or(several, |last| last == 'H');
    let how = Search::of(&options, busybox, named);
    let output = process.fds.get(&1).and_then(|output| output.file_path()).filter(|_| !busybox && !how.tells_files());
    let mut found = false;
    for file in files {
        let shown = match (file.as_str(), options.value('5')) {
            ("-", Some(label)) => label,
            ("-", None) => "(standard input)",
            (file, _) => file,
        };
        let source = if file == "-" {
            process.fds.get(&0).and_then(|input| input.file_path())
        } else {
            machine.fs.resolve(&process.path(&file), true, &process.cred).ok()
        };
        if output.is_some() && output == source {
            failed = true;
            process.complain(machine, &format!("{shown}: input file is also the output"));
            continue;
        }
        let content = match open(machine, process, &file) {
            Ok(content) => content,
            Err(errno) => {
                if errno == Errno::IsDir && busybox {
                    continue;
                }
                failed = true;
                if !options.has('s') {
                    process.complain(machine, &format!("{file}: {errno}"));
                }
                continue;
            }
        };
        let bytes = text(machine, process, &content).unwrap_or_default();
        found |= search(machine, process, &how, &pattern, &bytes, shown);
        if pattern.regexes.iter().any(Regex::is_exhausted) {
            machine.limit("regex-work");
        }
        if found && options.has('q') {
            return 0;
        }
    }
    let told = failed && !(options.has('q') && found);
    if told { 2 } else { i32::from(!found) }
}

/// Takes `-5`, the short way to write `-C 5`, off the arguments.
fn take_short_context(process: &mut Process) -> Option<String> {
    let end = process.args.iter().position(|word| word == "--").unwrap_or(process.args.len());
    let is_number = |word: &String| {
        word.strip_prefix('-')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let takes_value = |word: &String| {
        word.len() == 2 && word.starts_with('-') && word.ends_with(['e', 'f', 'm', 'A', 'B', 'C', 'd', 'D'])
    };
    let at = (1..end).find(|at| {
        process.args.get(*at).is_some_and(is_number) && !process.args.get(at - 1).is_some_and(takes_value)
    })?;
    Some(process.args.remove(at).trim_start_matches('-').to_string())
}

/// Whether the arguments ask for the help or the version.
fn options_ask(process: &Process) -> bool {
    process.operands().iter().any(|word| matches!(word.as_str(), "--help" | "--version"))
}

/// Complains of what GNU's grep does not take as the value of an option.
fn check(machine: &mut Machine, process: &Process, options: &Options) -> Result<(), i32> {
    if is_busybox(machine) {
        return Ok(());
    }
    if options.has('u') {
        process.complain(machine, "warning: --unix-byte-offsets (-u) is obsolete");
    }
    for (letter, value) in &options.given {
        let value = value.as_deref().unwrap_or_default();
        let wrong = match letter {
            'A' | 'B' | 'C' if value.parse::<u64>().is_err() => format!("{value}: invalid context length argument"),
            'm' if value.parse::<i64>().is_err() => "invalid max count".to_string(),
            '4' if !matches!(value, "binary" | "text" | "without-match") => "unknown binary-files type".to_string(),
            'd' => {
                choice(machine, process, "--directories", value, &[&["read"], &["recurse"], &["skip"]])
                    .map_err(|_| 1)?;
                continue;
            }
            _ => continue,
        };
        process.complain(machine, &wrong);
        return Err(2);
    }
    Ok(())
}
