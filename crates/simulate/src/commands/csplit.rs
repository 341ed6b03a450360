//! csplit: a file in pieces, by line numbers and patterns.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{cannot_open, missing_after, open, text};
use super::options::{Options, parse};
use super::regex::{Regex, Syntax};

/// Where a piece ends.
enum End {
    Line(usize),
    Match { regex: Regex, offset: i64, ignored: bool },
}

struct Pattern {
    text: String,
    end: End,
    /// How many times more; none is without end.
    repeat: Option<usize>,
}

pub fn csplit(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("suffix-format=", 'b'),
        ("prefix=", 'f'),
        ("keep-files", 'k'),
        ("suppress-matched", 'm'),
        ("digits=", 'n'),
        ("quiet", 's'),
        ("silent", 's'),
        ("elide-empty-files", 'z'),
    ];
    let options = match parse(machine, process, "f:b:kn:sqz", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let [file, patterns @ ..] = options.operands.as_slice() else { return missing_after(machine, process, &[]) };
    if patterns.is_empty() {
        return missing_after(machine, process, &options.operands);
    }
    let content = match open(machine, process, file) {
        Ok(content) => content,
        Err(errno) => {
            cannot_open(machine, process, file, errno);
            return 1;
        }
    };
    let (patterns, warnings) = match read_patterns(patterns) {
        Ok(read) => read,
        Err(message) => {
            process.complain(machine, &message);
            return 1;
        }
    };
    for warning in warnings {
        process.complain(machine, &warning);
    }
    let Some(bytes) = text(machine, process, &content) else { return 0 };
    let mut cut = Cut {
        lines: bytes.split_inclusive(|byte| *byte == b'\n').collect(),
        taken: 0,
        current: 0,
        pieces: Vec::new(),
        suppress: options.has('m'),
    };
    let error = cut.all(&patterns).err().filter(|message| !message.is_empty());
    if let Some(message) = &error {
        process.complain(machine, message);
    }
    write(machine, process, &options, &cut.pieces, error.is_some())
}

/// The patterns of the command line, and what is said of them.
fn read_patterns(operands: &[String]) -> Result<(Vec<Pattern>, Vec<String>), String> {
    let (mut patterns, mut warnings, mut last) = (Vec::<Pattern>::new(), Vec::new(), 0);
    for text in operands {
        if let Some(count) = text.strip_prefix('{').filter(|_| !patterns.is_empty()) {
            let count = count.strip_suffix('}').ok_or(format!("{text}: '}}' is required in repeat count"))?;
            let repeat = match count {
                "*" => None,
                _ => Some(count.parse().map_err(|_| format!("{text}}}: integer required between '{{' and '}}'"))?),
            };
            if let Some(pattern) = patterns.last_mut() {
                pattern.repeat = repeat;
            }
            continue;
        }
        let end = match text.chars().next() {
            Some(delimiter @ ('/' | '%')) => {
                let rest = text.get(1..).unwrap_or_default();
                let (pattern, offset) =
                    rest.rsplit_once(delimiter).ok_or(format!("{text}: closing delimiter '{delimiter}' missing"))?;
                let offset = match offset {
                    "" => 0,
                    _ => offset.parse().map_err(|_| format!("{text}: integer expected after delimiter"))?,
                };
                let regex = Regex::new(pattern.as_bytes(), Syntax::default());
                let regex = regex.map_err(|message| format!("{text}: invalid regular expression: {message}"))?;
                End::Match { regex, offset, ignored: delimiter == '%' }
            }
            _ => {
                let line = text.parse::<usize>().map_err(|_| format!("'{text}': invalid pattern"))?;
                if line == 0 {
                    return Err(format!("{text}: line number must be greater than zero"));
                }
                if line < last {
                    return Err(format!("line number '{text}' is smaller than preceding line number, {last}"));
                }
                if line == last {
                    warnings.push(format!("warning: line number '{text}' is the same as preceding line number"));
                }
                last = line;
                End::Line(line)
            }
        };
        patterns.push(Pattern { text: text.clone(), end, repeat: Some(0) });
    }
    Ok((patterns, warnings))
}

/// The lines, as far as they are in pieces.
struct Cut<'l> {
    lines: Vec<&'l [u8]>,
    taken: usize,
    /// The line that was looked at last, counted from 1.
    current: usize,
    pieces: Vec<Vec<u8>>,
    suppress: bool,
}

impl Cut<'_> {
    /// Takes lines up to that one (counted from 1, not included).
    fn take(&mut self, until: usize) -> Vec<u8> {
        let until = until.saturating_sub(1).min(self.lines.len());
        let piece = self.lines.get(self.taken..until).unwrap_or_default().concat();
        self.taken = self.taken.max(until);
        self.current = self.current.max(self.taken);
        piece
    }

    /// All pieces; an error without words says that the input is at its end as it should be.
    fn all(&mut self, patterns: &[Pattern]) -> Result<(), String> {
        for pattern in patterns {
            let mut turn = 0;
            while pattern.repeat.is_none_or(|repeat| turn <= repeat) {
                self.one(pattern, turn)?;
                turn += 1;
            }
        }
        let rest = self.take(usize::MAX);
        self.pieces.push(rest);
        Ok(())
    }

    fn one(&mut self, pattern: &Pattern, turn: usize) -> Result<(), String> {
        let turns = if turn > 0 { format!(" on repetition {turn}") } else { String::new() };
        let end = self.lines.len();
        match &pattern.end {
            End::Line(line) => {
                let until = line.saturating_mul(turn + 1);
                let out_of_range = format!("'{}': line number out of range{turns}", pattern.text);
                if self.suppress && self.taken >= end {
                    return Err(out_of_range);
                }
                let piece = self.take(until);
                self.pieces.push(piece);
                if until > end + 1 {
                    return Err(out_of_range);
                }
                if self.suppress {
                    self.take(self.taken + 2);
                } else if self.taken >= end {
                    return Err(out_of_range);
                }
            }
            End::Match { regex, offset, ignored } => {
                loop {
                    self.current += 1;
                    let Some(line) = self.lines.get(self.current - 1) else {
                        let rest = self.take(usize::MAX);
                        if !ignored {
                            self.pieces.push(rest);
                        }
                        return match pattern.repeat {
                            None => Err(String::new()),
                            Some(_) => Err(format!("'{}': match not found{turns}", pattern.text)),
                        };
                    };
                    if regex.is_match(line.strip_suffix(b"\n").unwrap_or(line)) {
                        break;
                    }
                }
                let found = self.current;
                let until = i64::try_from(found).unwrap_or(i64::MAX).saturating_add(*offset);
                let until = usize::try_from(until).unwrap_or(0);
                if until <= self.taken || until > end + 1 {
                    let rest = self.take(until);
                    if !ignored {
                        self.pieces.push(rest);
                    }
                    return Err(format!("'{}': line number out of range", pattern.text));
                }
                let piece = self.take(until);
                if !ignored {
                    self.pieces.push(piece);
                }
                self.current = found;
                if self.suppress {
                    self.take(self.taken + 2);
                }
                if *offset > 0 {
                    self.current = until;
                }
            }
        }
        Ok(())
    }
}

/// Writes the pieces and prints their sizes; none of them stays after an error unless that is asked for.
fn write(machine: &mut Machine, process: &Process, options: &Options, pieces: &[Vec<u8>], failed: bool) -> i32 {
    let prefix = options.value('f').unwrap_or("xx");
    let digits = options.value('n').and_then(|text| text.parse::<usize>().ok()).unwrap_or(2).min(100);
    let mut number = 0;
    for piece in pieces {
        if piece.is_empty() && options.has('z') {
            continue;
        }
        let suffix = match options.value('b') {
            Some(format) => {
                let words = [format.to_string(), number.to_string()];
                let bytes = super::printf::printf_bytes(&words, super::printf::Kind::Busybox, 0).0;
                String::from_utf8_lossy(&bytes).into_owned()
            }
            None => format!("{number:0digits$}"),
        };
        number += 1;
        if !failed || options.has('k') {
            let name = format!("{prefix}{suffix}");
            if let Err(errno) = process.write_file(machine, &name, &Content::from_bytes(piece)) {
                process.complain(machine, &format!("{name}: {errno}"));
                return 1;
            }
        }
        if !options.any("sq") {
            process.out(machine, &format!("{}\n", piece.len()));
        }
    }
    i32::from(failed)
}
