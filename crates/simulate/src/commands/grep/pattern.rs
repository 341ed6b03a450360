//! What grep looks for.

use crate::process::{Machine, Process};

use super::super::find::is_small_busybox;
use super::super::input::is_busybox;
use super::super::options::Options;
use super::super::regex::{Regex, Rules, Syntax, is_word};

/// What lines are looked for.
pub struct Pattern {
    pub regexes: Vec<Regex>,
    word: bool,
    line: bool,
}

impl Pattern {
    /// The first match at or behind `from`, with the demands of -w and -x.
    pub fn find(&self, text: &[u8], from: usize) -> Option<(usize, usize)> {
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

/// Reads the patterns, or complains; the exit status then.
pub fn compile(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    patterns: &[Vec<u8>],
) -> Result<Pattern, i32> {
    let busybox = is_busybox(machine);
    let fixed = options.last_of("EFGP") == Some('F') || process.name() == "fgrep" && !options.any("EGP");
    let extended = options.last_of("EFGP").is_some_and(|last| last == 'E' || last == 'P') || process.name() == "egrep";
    let perl = options.last_of("EFGP") == Some('P');
    if !busybox {
        let mut kinds = options.given.iter().map(|(letter, _)| *letter).filter(|letter| "EFGP".contains(*letter));
        let first = kinds.next();
        if kinds.any(|kind| Some(kind) != first) {
            process.complain(machine, "conflicting matchers specified");
            return Err(2);
        }
        if perl && patterns.len() > 1 {
            process.complain(machine, "the -P option only supports a single pattern");
            return Err(2);
        }
    }
    let rules = match (busybox, perl) {
        (true, _) => Rules::Plain,
        (false, true) => Rules::Perl,
        (false, false) => Rules::Grep,
    };
    let syntax = Syntax { extended, ignore_case: options.any("iy"), rules, ..Syntax::default() };
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
        } else if rules == Rules::Grep && extended {
            for sign in without_operand(pattern) {
                process.complain(machine, &format!("warning: {sign} at start of expression"));
            }
        }
        let syntax = if fixed { Syntax { extended: false, ..syntax } } else { syntax };
        match Regex::new(if fixed { &escaped } else { pattern }, syntax) {
            Ok(regex) => regexes.push(regex),
            Err(error) => {
                let text = if busybox {
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

/// The repetitions of an extended pattern that have nothing to repeat.
fn without_operand(pattern: &[u8]) -> Vec<&'static str> {
    let mut found = Vec::new();
    let (mut start, mut bytes) = (true, pattern.iter());
    while let Some(byte) = bytes.next() {
        match byte {
            b'*' if start => found.push("*"),
            b'+' if start => found.push("+"),
            b'?' if start => found.push("?"),
            b'{' if start && bytes.as_slice().first().is_some_and(u8::is_ascii_digit) => found.push("{...}"),
            _ => {}
        }
        start = matches!(byte, b'(' | b'|');
        if *byte == b'\\' {
            bytes.next();
        } else if *byte == b'[' {
            // A bracket right behind the opening is one of those that are meant.
            let rest = bytes.as_slice();
            let first = usize::from(rest.first() == Some(&b'^')) + 1;
            let end = rest.iter().skip(first).position(|byte| *byte == b']');
            bytes = rest.get(end.map_or(rest.len(), |end| end + first + 1)..).unwrap_or_default().iter();
        }
    }
    found
}
