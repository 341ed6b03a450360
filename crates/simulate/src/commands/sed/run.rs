//! Running a script over a text.

use std::collections::BTreeMap;

use crate::process::{Descriptor, Machine, Process};

use super::super::regex::Regex;
use super::script::{Action, Address, Command, Script};
use super::substitute::substitute;

/// The most commands that one call carries out.
const STEP_LIMIT: u64 = 5_000_000;

/// The most bytes of a pattern or hold space.
const SPACE_LIMIT: usize = 1 << 23;

/// How a script runs, and what goes on from one file to the next.
pub struct Run<'s> {
    pub script: &'s Script,
    pub quiet: bool,
    pub busybox: bool,
    /// What ends a line.
    pub end: u8,
    /// How wide `l` writes.
    pub width: usize,
    /// What the script writes to files.
    pub files: BTreeMap<String, Vec<u8>>,
    pub last_regex: Option<Regex>,
}

/// One text or one row of texts, line by line.
struct Pass<'a> {
    lines: Vec<&'a [u8]>,
    /// Of each text its name and where its lines begin.
    names: Vec<(&'a str, usize)>,
    /// How many lines were read.
    read: usize,
    /// Whether the last line of all ends in a newline.
    complete: bool,
    end: u8,
    output: Vec<u8>,
    /// What comes out at the end of the cycle.
    later: Vec<u8>,
    ranges: BTreeMap<usize, u64>,
    last_regex: Option<Regex>,
    /// Whether an empty pattern came before any other.
    without_regex: bool,
    /// How much of the files that `R` reads has been read.
    taken: BTreeMap<String, usize>,
}

impl Pass<'_> {
    fn put(&mut self, space: &[u8]) {
        self.output.extend(space);
        // The last line is printed as it came: without a newline if it had none.
        if self.read < self.lines.len() || self.complete {
            self.output.push(self.end);
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
            Address::Match(None) => {
                self.without_regex |= self.last_regex.is_none();
                self.last_regex.as_ref().is_some_and(|regex| regex.is_match(space))
            }
            Address::More(_) | Address::Multiple(_) => false,
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
                        Address::More(_) | Address::Multiple(_) => line >= until,
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
                        let until = match to {
                            Address::More(count) => line.saturating_add(*count),
                            Address::Multiple(count) => line + count - line.checked_rem(*count).unwrap_or(0),
                            _ => 0,
                        };
                        let open = match to {
                            Address::Line(number) => *number > line,
                            Address::More(_) | Address::Multiple(_) => until > line,
                            other if from_start => !self.matches(other, space),
                            _ => true,
                        };
                        if open {
                            self.ranges.insert(place, until);
                        }
                    }
                    starts
                }
            },
        };
        selected != command.negated
    }

    /// The name of the text that the current line is from.
    fn name(&self) -> &str {
        self.names.iter().rev().find(|(_, from)| *from < self.read).map_or("-", |(name, _)| name)
    }
}

impl Run<'_> {
    /// What the script makes of texts as one row of lines, and the exit status if it quits.
    pub fn pass(
        &mut self,
        machine: &mut Machine,
        process: &Process,
        texts: &[(String, Vec<u8>)],
    ) -> (Vec<u8>, Option<i32>) {
        let mut run = Pass {
            lines: Vec::new(),
            names: Vec::new(),
            read: 0,
            complete: true,
            end: self.end,
            output: Vec::new(),
            later: Vec::new(),
            ranges: BTreeMap::new(),
            last_regex: self.last_regex.take(),
            without_regex: false,
            taken: BTreeMap::new(),
        };
        for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
            run.names.push((name, run.lines.len()));
            run.lines.extend(text.strip_suffix(&[self.end]).unwrap_or(text).split(|byte| *byte == self.end));
            run.complete = text.ends_with(&[self.end]);
        }
        let exit = self.cycles(machine, process, &mut run);
        self.last_regex = run.last_regex;
        (run.output, exit)
    }

    fn cycles(&mut self, machine: &mut Machine, process: &Process, run: &mut Pass<'_>) -> Option<i32> {
        let (script, end) = (self.script, self.end);
        let mut hold: Vec<u8> = Vec::new();
        let mut steps = 0u64;
        let (mut exit, mut over) = (None, false);
        let mut kept: Option<Vec<u8>> = None;
        while exit.is_none() && !over {
            let mut space = match kept.take() {
                Some(space) => space,
                None => {
                    let line = run.lines.get(run.read)?.to_vec();
                    run.read += 1;
                    line
                }
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
                    return None;
                }
                if steps > STEP_LIMIT || space.len() > SPACE_LIMIT || hold.len() > SPACE_LIMIT {
                    machine.limit("sed-steps");
                    return None;
                }
                let here = place;
                place += 1;
                let applies = run.applies(here, command, &space);
                if run.without_regex && !self.busybox {
                    return self.no_regex(machine, process);
                }
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
                    Action::Substitute { regex, replacement, global, nth, print, execute, file } => {
                        if let Some(regex) = regex {
                            run.last_regex = Some(regex.clone());
                        }
                        let Some(regex) = run.last_regex.clone() else {
                            return self.no_regex(machine, process);
                        };
                        if let Some(new) = substitute(&regex, replacement, &space, *global, *nth) {
                            space = new;
                            substituted = true;
                            if *execute {
                                let command = String::from_utf8_lossy(&space).into_owned();
                                space = shell(machine, process, &command);
                                space.pop_if(|last| *last == end);
                            }
                            if *print {
                                run.put(&space);
                            }
                            if let Some(file) = file {
                                self.write(run, file, &space);
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
                    Action::ReadLine(file) => {
                        let content = process.read_file(machine, file).unwrap_or_default();
                        let text = content.bytes(super::super::input::TEXT_LIMIT).unwrap_or_default();
                        let from = run.taken.entry(file.clone()).or_default();
                        let rest = text.get(*from..).unwrap_or_default();
                        if !rest.is_empty() {
                            let length = rest.iter().position(|byte| *byte == end).unwrap_or(rest.len());
                            run.later.extend(rest.get(..length).unwrap_or_default());
                            run.later.push(end);
                            *from += length + 1;
                        }
                    }
                    Action::Write(file) => self.write(run, file, &space),
                    Action::WriteFirst(file) => self.write(run, file, first_line(&space)),
                    Action::Execute(command) if command.is_empty() => {
                        let command = String::from_utf8_lossy(&space).into_owned();
                        space = shell(machine, process, &command);
                        space.pop_if(|last| *last == end);
                    }
                    Action::Execute(command) => run.output.extend(shell(machine, process, command)),
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
                    Action::List(width) => {
                        let width = if self.busybox { 0 } else { width.unwrap_or(self.width) };
                        run.output.extend(listed(&space, width, self.busybox));
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
                            run.output.extend(first_line(&space));
                            run.output.push(end);
                        }
                        b'g' => space = hold.clone(),
                        b'G' => {
                            space.push(end);
                            space.extend(&hold);
                        }
                        b'h' => hold = space.clone(),
                        b'H' => {
                            hold.push(end);
                            hold.extend(&space);
                        }
                        b'x' => std::mem::swap(&mut hold, &mut space),
                        b'z' => space.clear(),
                        b'=' => run.output.extend(format!("{}\n", run.read).bytes()),
                        b'F' => {
                            let name = run.name().to_string();
                            run.output.extend(name.bytes());
                            run.output.push(end);
                        }
                        b'n' | b'N' => {
                            let Some(line) = run.lines.get(run.read).copied() else {
                                // Without a next line the script ends; N of GNU prints what there is.
                                over = true;
                                break;
                            };
                            if *letter == b'n' {
                                if !self.quiet {
                                    run.put(&space);
                                }
                                let later = std::mem::take(&mut run.later);
                                run.output.extend(later);
                                space = line.to_vec();
                            } else {
                                space.push(end);
                                space.extend(line);
                            }
                            run.read += 1;
                        }
                        _ => {}
                    },
                }
            }
            if print && !self.quiet {
                run.put(&space);
            }
            if !run.later.is_empty() {
                if run.output.last().is_some_and(|byte| *byte != end) {
                    run.output.push(end);
                }
                let later = std::mem::take(&mut run.later);
                run.output.extend(later);
            }
        }
        exit
    }

    fn no_regex(&self, machine: &mut Machine, process: &Process) -> Option<i32> {
        let message = "-e expression #1, char 0: no previous regular expression";
        process.complain(machine, if self.busybox { "no previous regexp" } else { message });
        Some(1)
    }

    /// Keeps a line for a file, or puts it out.
    fn write(&mut self, run: &mut Pass<'_>, file: &str, line: &[u8]) {
        let written = match file {
            "/dev/stdout" if !self.busybox => &mut run.output,
            _ => self.files.entry(file.to_owned()).or_default(),
        };
        written.extend(line);
        written.push(self.end);
    }
}

fn first_line(space: &[u8]) -> &[u8] {
    space.split(|byte| *byte == b'\n').next().unwrap_or_default()
}

/// What a shell command prints.
fn shell(machine: &mut Machine, process: &Process, command: &str) -> Vec<u8> {
    let mut child = process.clone();
    child.args = ["sh", "-c", command].map(str::to_string).to_vec();
    let output = Descriptor::buffer();
    child.fds.insert(1, output.clone());
    super::super::start::start_child(machine, process, child);
    output.collected().bytes(SPACE_LIMIT).unwrap_or_default()
}

/// A pattern space with all bytes visible, in lines of that width (0: one line).
fn listed(space: &[u8], width: usize, busybox: bool) -> Vec<u8> {
    let mut line = Vec::new();
    let mut column = 0;
    for byte in space {
        let shown = match byte {
            7 => "\\a".to_string(),
            8 => "\\b".to_string(),
            11 => "\\v".to_string(),
            12 => "\\f".to_string(),
            b'\'' | b'"' => char::from(*byte).to_string(),
            byte if busybox || *byte == b'\\' || byte.is_ascii_whitespace() || byte.is_ascii_graphic() => {
                std::ascii::escape_default(*byte).to_string()
            }
            byte => format!("\\{byte:03o}"),
        };
        if width > 0 && column + shown.len() > width - 1 {
            line.extend(b"\\\n");
            column = 0;
        }
        column += shown.len();
        line.extend(shown.bytes());
    }
    line.extend(b"$\n");
    line
}
