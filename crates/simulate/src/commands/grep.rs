//! grep, egrep, fgrep.

use crate::process::{Machine, Process};

use super::find::is_small_busybox;
use super::input::{is_busybox, lines, missing_operand, open, text};
use super::options::{Options, parse};
use super::regex::{Regex, Syntax, is_word};
use super::tree::below;

const LONG: [(&str, char); 27] = [
    ("ignore-case", 'i'),
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
    ("no-messages", 's'),
    ("no-filename", 'h'),
    ("with-filename", 'H'),
    ("max-count=", 'm'),
    ("after-context=", 'A'),
    ("color=", 'K'),
    ("include=", 'J'),
    ("exclude=", 'X'),
    ("exclude-dir=", 'Y'),
];

/// What lines are looked for.
struct Pattern {
    regexes: Vec<Regex>,
    word: bool,
    line: bool,
}

impl Pattern {
    /// The first match at or behind `from`, with the demands of -w and -x.
    fn find(&self, text: &[u8], from: usize) -> Option<(usize, usize)> {
        self.regexes
            .iter()
            .filter_map(|regex| self.find_one(regex, text, from))
            .min_by_key(|(start, end)| (*start, usize::MAX - end))
    }

    fn find_one(&self, regex: &Regex, text: &[u8], from: usize) -> Option<(usize, usize)> {
        let mut from = from;
        loop {
            let (start, end) = regex.find(text, from)?.whole();
            let before = start.checked_sub(1).and_then(|at| text.get(at)).is_some_and(|byte| is_word(*byte));
            let after = text.get(end).is_some_and(|byte| is_word(*byte));
            let fits = (!self.word || !before && !after) && (!self.line || start == 0 && end == text.len());
            if fits {
                return Some((start, end));
            }
            from = start + 1;
            if from > text.len() {
                return None;
            }
        }
    }
}

pub fn grep(machine: &mut Machine, process: &mut Process) -> i32 {
    let letters = if is_busybox(machine) {
        "ivclLqnEFGowxe:f:rRshHm:A:B:C:K::IJ:X:zayUb"
    } else {
        "ivclLqnEFGPowxe:f:rRshHm:A:B:C:K::IJ:X:Y:zayUb"
    };
    let options = match parse(machine, process, letters, &LONG) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let mut operands = options.operands.clone();
    let mut patterns: Vec<Vec<u8>> = Vec::new();
    for given in options.values('e') {
        patterns.extend(given.split('\n').map(|pattern| pattern.as_bytes().to_vec()));
    }
    for file in options.values('f') {
        match open(machine, process, file) {
            Ok(content) => {
                let bytes = text(machine, process, &content).unwrap_or_default();
                patterns.extend(lines(&bytes).into_iter().map(<[u8]>::to_vec));
            }
            Err(errno) => {
                process.complain(machine, &format!("{file}: {errno}"));
                return 2;
            }
        }
    }
    if !options.any("ef") {
        if operands.is_empty() {
            missing_operand(machine, process);
            return 2;
        }
        let pattern = operands.remove(0);
        patterns.extend(pattern.split('\n').map(|pattern| pattern.as_bytes().to_vec()));
    }
    let pattern = match compile(machine, process, &options, &patterns) {
        Ok(pattern) => pattern,
        Err(status) => return status,
    };
    let recursive = options.any("rR");
    let mut files = Vec::new();
    if operands.is_empty() && (!recursive || is_busybox(machine)) {
        files.push("-".to_string());
    } else if operands.is_empty() {
        operands.push(".".to_string());
    }
    for operand in &operands {
        let is_dir = super::node::is_dir(machine.fs, &process.path(operand), &process.cred);
        if recursive && is_dir {
            for name in below(machine, process, operand, true) {
                let node = super::node::Node::at(machine.fs, &process.path(&name), options.has('R'), &process.cred);
                let base = super::input::last_part(&name).to_string();
                let included = options.values('J').next().is_none()
                    || options.values('J').any(|glob| super::glob::glob(glob, &base, false));
                let excluded = options.values('X').any(|glob| super::glob::glob(glob, &base, false));
                // A directory's name leaves out all that is in it; the one that was named counts by its whole name.
                let inside = name.strip_prefix(operand.as_str()).unwrap_or(&name);
                let mut parts = inside.split('/').filter(|part| !part.is_empty()).rev().skip(1);
                let skipped = options.values('Y').any(|glob| {
                    let glob = glob.trim_end_matches('/');
                    parts.clone().any(|part| super::glob::glob(glob, part, false))
                });
                if parts.next().is_some() && skipped {
                    continue;
                }
                if node.is_ok_and(|node| node.is_file()) && included && !excluded {
                    files.push(
                        name.strip_prefix("./")
                            .filter(|_| options.operands.len() < 2 && operand == "." && !is_busybox(machine))
                            .map_or(name.clone(), str::to_string),
                    );
                }
            }
        } else {
            files.push(operand.clone());
        }
    }
    let named = options.last_of("hH").map_or(files.len() > 1 || recursive && files != ["-"], |last| last == 'H');
    let (mut found, mut failed) = (false, false);
    for file in files {
        let content = match open(machine, process, &file) {
            Ok(content) => content,
            Err(errno) => {
                if errno == filesystem::Errno::IsDir && is_busybox(machine) {
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
        let shown = if file == "-" { "(standard input)" } else { &file };
        let matched = search(machine, process, &options, &pattern, &bytes, named.then_some(shown), shown);
        found |= matched;
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

fn compile(machine: &mut Machine, process: &Process, options: &Options, patterns: &[Vec<u8>]) -> Result<Pattern, i32> {
    let fixed = options.last_of("EFGP") == Some('F') || process.name() == "fgrep" && !options.any("EGP");
    let extended = options.last_of("EFGP").is_some_and(|last| last == 'E' || last == 'P') || process.name() == "egrep";
    if options.has('P') {
        super::input::not_modelled(machine, process, "-P");
    }
    let syntax = Syntax { extended, ignore_case: options.any("iy") };
    let mut regexes = Vec::new();
    for pattern in patterns {
        let mut escaped = Vec::new();
        if fixed {
            for byte in pattern {
                if b"\\.[]*^$".contains(byte) {
                    escaped.push(b'\\');
                }
                escaped.push(*byte);
            }
        }
        let syntax = if fixed { Syntax { extended: false, ..syntax } } else { syntax };
        match Regex::new(if fixed { &escaped } else { pattern }, syntax) {
            Ok(regex) => regexes.push(regex),
            Err(error) => {
                let text = if is_busybox(machine) {
                    let reason = if is_small_busybox(machine) { String::new() } else { format!(": {error}") };
                    format!("bad regex '{}'{reason}", String::from_utf8_lossy(pattern))
                } else {
                    error.to_string()
                };
                process.complain(machine, &text);
                return Err(2);
            }
        }
    }
    Ok(Pattern { regexes, word: options.has('w'), line: options.has('x') })
}

fn search(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    pattern: &Pattern,
    bytes: &[u8],
    prefix: Option<&str>,
    name: &str,
) -> bool {
    let number = |letter: char| options.value(letter).and_then(|text| text.parse::<usize>().ok());
    let before = number('B').or(number('C')).unwrap_or(0);
    let after = number('A').or(number('C')).unwrap_or(0);
    let most = number('m').unwrap_or(usize::MAX);
    let all = if options.has('z') {
        let mut all: Vec<&[u8]> = bytes.split(|byte| *byte == 0).collect();
        all.pop_if(|last| last.is_empty());
        all
    } else {
        lines(bytes)
    };
    // GNU tells that such a file matches, and not where.
    let binary = !is_busybox(machine) && !options.any("az") && bytes.contains(&0);
    if binary && options.has('I') {
        return false;
    }
    let mut output = Vec::new();
    let put = |output: &mut Vec<u8>, at: usize, mark: char, line: &[u8]| {
        if let Some(prefix) = prefix {
            output.extend(format!("{prefix}{mark}").bytes());
        }
        if options.has('n') {
            output.extend(format!("{}{mark}", at + 1).bytes());
        }
        output.extend(line);
        output.push(if options.has('z') { 0 } else { b'\n' });
    };
    let mut count = 0usize;
    let (mut shown_to, mut show_until) = (0usize, 0usize);
    for (at, line) in all.iter().enumerate() {
        let hit = count < most && pattern.find(line, 0).is_some() != options.has('v');
        if !hit {
            if at < show_until {
                put(&mut output, at, '-', line);
                shown_to = at + 1;
            }
            continue;
        }
        count += 1;
        if options.any("cqlL") {
            if options.has('q') || options.has('l') {
                break;
            }
            continue;
        }
        if binary {
            process.out(machine, &format!("grep: {name}: binary file matches\n"));
            return true;
        }
        let start = at.saturating_sub(before).max(shown_to);
        if (before > 0 || after > 0) && start > shown_to && shown_to > 0 {
            output.extend(b"--\n");
        }
        for earlier in start..at {
            put(&mut output, earlier, '-', all.get(earlier).copied().unwrap_or_default());
        }
        if options.has('o') {
            let mut from = 0;
            while !options.has('v')
                && let Some((start, end)) = pattern.find(line, from)
            {
                if end > start {
                    put(&mut output, at, ':', line.get(start..end).unwrap_or_default());
                }
                from = end.max(start + 1);
                if from > line.len() {
                    break;
                }
            }
        } else {
            put(&mut output, at, ':', line);
        }
        shown_to = at + 1;
        show_until = at + 1 + after;
    }
    if options.has('q') {
        return count > 0;
    }
    if options.has('l') || options.has('L') {
        let listed = (count > 0) == options.has('l');
        if listed {
            process.out(machine, &format!("{name}\n"));
        }
        // busybox is content where a file is listed, GNU's where a line is found.
        return if is_busybox(machine) { listed } else { count > 0 };
    }
    if options.has('c') {
        let prefix = prefix.map_or(String::new(), |prefix| format!("{prefix}:"));
        process.out(machine, &format!("{prefix}{count}\n"));
        return count > 0;
    }
    process.out_bytes(machine, &output);
    count > 0
}
