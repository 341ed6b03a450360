//! Running a script over a text.

use std::collections::BTreeMap;

use filesystem::Content;

use crate::process::{Machine, Process};

use super::super::regex::{Captures, Regex};
use super::script::{Action, Address, Command, Piece, Script};

/// The most commands that one call carries out.
const STEP_LIMIT: u64 = 5_000_000;

/// The most bytes of a pattern or hold space.
const SPACE_LIMIT: usize = 1 << 23;

struct Run<'a> {
    lines: Vec<&'a [u8]>,
    /// How many lines were read.
    read: usize,
    /// Whether the last line of all ends in a newline.
    complete: bool,
    output: Vec<u8>,
    /// What comes out at the end of the cycle.
    later: Vec<u8>,
    ranges: BTreeMap<usize, u64>,
    last_regex: Option<Regex>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Run<'_> {
    fn put(&mut self, space: &[u8]) {
        self.output.extend(space);
        // The last line is printed as it came: without a newline if it had none.
        if self.read < self.lines.len() || self.complete {
            self.output.push(b'\n');
        }
    }

    fn matches(&mut self, address: &Address, space: &[u8]) -> bool {
        let line = self.read as u64;
        match address {
            Address::Line(number) => *number == line,
            Address::Last => self.read == self.lines.len(),
            Address::Every(first, 0) => *first == line,
            Address::Every(first, step) => line >= *first && (line - first).is_multiple_of(*step),
            Address::Match(Some(regex)) => {
                self.last_regex = Some(regex.clone());
                regex.is_match(space)
            }
            Address::Match(None) => self.last_regex.as_ref().is_some_and(|regex| regex.is_match(space)),
            Address::More(_) => false,
        }
    }

    fn applies(&mut self, place: usize, command: &Command, space: &[u8]) -> bool {
        let line = self.read as u64;
        let selected = match (&command.from, &command.to) {
            (None, _) => true,
            (Some(from), None) => self.matches(from, space),
            (Some(from), Some(to)) => match self.ranges.get(&place).copied() {
                // In the range: until the line that is its end.
                Some(until) => {
                    let ends = match to {
                        Address::Line(number) => line >= *number,
                        Address::More(_) => line >= until,
                        other => self.matches(other, space),
                    };
                    if ends {
                        self.ranges.remove(&place);
                    }
                    match to {
                        Address::Line(number) => line <= *number,
                        _ => true,
                    }
                }
                None => {
                    let from_start = matches!(from, Address::Line(0)) && line == 1;
                    let starts = from_start || self.matches(from, space);
                    if starts {
                        let open = match to {
                            Address::Line(number) => *number > line,
                            Address::More(count) => *count > 0,
                            other if from_start => !self.matches(other, space),
                            _ => true,
                        };
                        if open {
                            let until = if let Address::More(count) = to { line.saturating_add(*count) } else { 0 };
                            self.ranges.insert(place, until);
                        }
                    }
                    starts
                }
            },
        };
        selected != command.negated
    }
}

/// What the script makes of a text, and the exit status if it quits.
pub fn run(
    machine: &mut Machine,
    process: &Process,
    script: &Script,
    text: &[u8],
    quiet: bool,
) -> (Vec<u8>, Option<i32>) {
    let lines = super::super::input::lines(text);
    let complete = text.ends_with(b"\n") || text.is_empty();
    let mut run = Run {
        lines,
        read: 0,
        complete,
        output: Vec::with_capacity(text.len()),
        later: Vec::new(),
        ranges: BTreeMap::new(),
        last_regex: None,
        // Every file that the script writes is there, even if nothing is written.
        files: script.files().map(|file| (file.to_owned(), Vec::new())).collect(),
    };
    let mut hold: Vec<u8> = Vec::new();
    let mut steps = 0u64;
    let mut exit = None;
    let mut kept: Option<Vec<u8>> = None;
    'cycles: while exit.is_none() {
        let mut space = match kept.take() {
            Some(space) => space,
            None => match run.lines.get(run.read) {
                Some(line) => {
                    run.read += 1;
                    line.to_vec()
                }
                None => break,
            },
        };
        let (mut place, mut substituted, mut print) = (0, false, true);
        while let Some(command) = script.commands.get(place) {
            // Most commands copy the pattern or the hold space.
            let copied = if matches!(
                command.action,
                Action::Simple(b'n' | b'N' | b'p' | b'd' | b'D' | b'=') | Action::Jump(_)
            ) {
                0
            } else {
                space.len() + hold.len()
            };
            steps += 1 + copied as u64 / 64;
            if run.last_regex.as_ref().is_some_and(Regex::is_exhausted) {
                machine.limit("regex-work");
                break 'cycles;
            }
            if steps > STEP_LIMIT || space.len() > SPACE_LIMIT || hold.len() > SPACE_LIMIT {
                machine.limit("sed-steps");
                break 'cycles;
            }
            let here = place;
            place += 1;
            let applies = run.applies(here, command, &space);
            if !applies {
                if let Action::Block(end) = command.action {
                    place = end;
                }
                continue;
            }
            let target = |label: &Option<String>| match label {
                Some(label) => script.labels.get(label).copied().unwrap_or(script.commands.len()),
                None => script.commands.len(),
            };
            match &command.action {
                Action::Block(_) => {}
                Action::Substitute { regex, replacement, global, nth, print, file } => {
                    let regex = match regex {
                        Some(regex) => {
                            run.last_regex = Some(regex.clone());
                            regex.clone()
                        }
                        None => match run.last_regex.clone() {
                            Some(regex) => regex,
                            None => {
                                process.complain(machine, "no previous regexp");
                                return (run.output, Some(1));
                            }
                        },
                    };
                    if let Some(new) = substitute(&regex, replacement, &space, *global, *nth) {
                        space = new;
                        substituted = true;
                        if *print {
                            run.put(&space);
                        }
                        if let Some(file) = file {
                            let written = run.files.entry(file.clone()).or_default();
                            written.extend(&space);
                            written.push(b'\n');
                        }
                    }
                }
                Action::Translate(pairs) => {
                    for byte in &mut space {
                        if let Some((_, to)) = pairs.iter().find(|(from, _)| from == byte) {
                            *byte = *to;
                        }
                    }
                }
                Action::Append(text) => run.later.extend(text),
                Action::Insert(text) => run.output.extend(text),
                Action::Change(text) => {
                    if command.to.is_none() || command.negated || !run.ranges.contains_key(&here) {
                        run.output.extend(text);
                    }
                    print = false;
                    break;
                }
                Action::Read(file) => {
                    let content = process.read_file(machine, file).unwrap_or_default();
                    run.later.extend(content.bytes(super::super::input::TEXT_LIMIT).unwrap_or_default());
                }
                Action::Write(file) => {
                    let written = run.files.entry(file.clone()).or_default();
                    written.extend(&space);
                    written.push(b'\n');
                }
                Action::Jump(label) => place = target(label),
                Action::JumpIf(label) => {
                    if std::mem::take(&mut substituted) {
                        place = target(label);
                    }
                }
                Action::JumpUnless(label) => {
                    if !std::mem::take(&mut substituted) {
                        place = target(label);
                    }
                }
                Action::Quit(code, prints) => {
                    exit = Some(*code);
                    print = *prints;
                    break;
                }
                Action::Simple(letter) => match letter {
                    b'd' => {
                        print = false;
                        break;
                    }
                    b'D' => {
                        print = false;
                        if let Some(end) = space.iter().position(|byte| *byte == b'\n') {
                            kept = Some(space.get(end + 1..).unwrap_or_default().to_vec());
                        }
                        break;
                    }
                    b'p' => run.put(&space),
                    b'P' => {
                        let end = space.iter().position(|byte| *byte == b'\n').unwrap_or(space.len());
                        let first = space.get(..end).unwrap_or_default().to_vec();
                        run.output.extend(first);
                        run.output.push(b'\n');
                    }
                    b'g' => space = hold.clone(),
                    b'G' => {
                        space.push(b'\n');
                        space.extend(&hold);
                    }
                    b'h' => hold = space.clone(),
                    b'H' => {
                        hold.push(b'\n');
                        hold.extend(&space);
                    }
                    b'x' => std::mem::swap(&mut hold, &mut space),
                    b'z' => space.clear(),
                    b'=' => {
                        let line = format!("{}\n", run.read);
                        run.output.extend(line.bytes());
                    }
                    b'l' => {
                        let shown: String =
                            space.iter().flat_map(|byte| std::ascii::escape_default(*byte)).map(char::from).collect();
                        run.output.extend(format!("{shown}$\n").bytes());
                    }
                    b'n' | b'N' => {
                        let Some(line) = run.lines.get(run.read).copied() else {
                            // Without a next line the script ends; N of GNU prints what there is.
                            exit = Some(0);
                            break;
                        };
                        if *letter == b'n' {
                            if !quiet {
                                run.put(&space);
                            }
                            let later = std::mem::take(&mut run.later);
                            run.output.extend(later);
                            space = line.to_vec();
                        } else {
                            space.push(b'\n');
                            space.extend(line);
                        }
                        run.read += 1;
                    }
                    _ => {}
                },
            }
        }
        if print && !quiet {
            run.put(&space);
        }
        if !run.later.is_empty() {
            if run.output.last().is_some_and(|byte| *byte != b'\n') {
                run.output.push(b'\n');
            }
            let later = std::mem::take(&mut run.later);
            run.output.extend(later);
        }
    }
    for (file, bytes) in std::mem::take(&mut run.files) {
        if let Err(errno) = process.write_file(machine, &file, &Content::from_bytes(&bytes)) {
            process.complain(machine, &format!("can't open '{file}': {errno}"));
            exit = Some(1);
        }
    }
    (run.output, exit)
}

/// A text after the script's replacements, and nothing else of it.
pub fn rewritten(script: &Script, text: &[u8]) -> Vec<u8> {
    script.commands.iter().fold(text.to_vec(), |text, command| match &command.action {
        Action::Substitute { regex: Some(regex), replacement, global, nth, .. } => {
            substitute(regex, replacement, &text, *global, *nth).unwrap_or(text)
        }
        _ => text,
    })
}

fn substitute(regex: &Regex, replacement: &[Piece], space: &[u8], global: bool, nth: usize) -> Option<Vec<u8>> {
    let mut new = Vec::with_capacity(space.len());
    let (mut from, mut copied, mut count, mut changed) = (0, 0, 0, false);
    let mut last_end = None;
    while from <= space.len()
        && let Some(captures) = regex.find(space, from)
    {
        let (start, end) = captures.whole();
        // An empty match right behind the one before does not count.
        if start == end && last_end == Some(start) {
            from = end + 1;
            continue;
        }
        count += 1;
        last_end = Some(end);
        if count >= nth {
            new.extend(space.get(copied..start).unwrap_or_default());
            put_replacement(replacement, &captures, space, &mut new);
            copied = end;
            changed = true;
            if !global {
                break;
            }
        }
        from = if end == start { end + 1 } else { end };
    }
    new.extend(space.get(copied..).unwrap_or_default());
    changed.then_some(new)
}

fn put_replacement(replacement: &[Piece], captures: &Captures, space: &[u8], new: &mut Vec<u8>) {
    let (mut case, mut once) = (b'E', None);
    for piece in replacement {
        let text = match piece {
            Piece::Text(text) => text.as_slice(),
            Piece::Group(group) => captures.get(space, *group),
            Piece::Case(letter @ (b'u' | b'l')) => {
                once = Some(*letter);
                continue;
            }
            Piece::Case(letter) => {
                case = *letter;
                continue;
            }
        };
        for byte in text {
            new.push(match (once.take(), case) {
                (Some(b'u'), _) | (None, b'U') => byte.to_ascii_uppercase(),
                (Some(_), _) | (None, b'L') => byte.to_ascii_lowercase(),
                _ => *byte,
            });
        }
    }
}
