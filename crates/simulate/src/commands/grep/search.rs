//! What grep prints of a file.

use crate::process::{Machine, Process};

use super::super::input::lines;
use super::super::options::Options;
use super::pattern::Pattern;

/// How the lines that are found are shown.
#[derive(Default)]
pub struct Search {
    busybox: bool,
    named: bool,
    inverted: bool,
    numbered: bool,
    offsets: bool,
    only: bool,
    counts: bool,
    quiet: bool,
    /// `l` or `L`.
    lists: Option<char>,
    /// Lines end in NUL.
    zeros: bool,
    /// Names end in NUL.
    null: bool,
    tabs: bool,
    colored: bool,
    /// Whether a file with NULs is text, or not looked into.
    text: bool,
    without_binary: bool,
    before: usize,
    after: usize,
    /// Whether lines around were asked for, be it none.
    context: bool,
    most: usize,
    separator: Option<String>,
}

impl Search {
    pub fn of(options: &Options, busybox: bool, named: bool) -> Search {
        let number = |letter: char| options.value(letter).and_then(|text| text.parse::<usize>().ok());
        let binary = options.value('4');
        Search {
            busybox,
            named,
            inverted: options.has('v'),
            numbered: options.has('n'),
            offsets: options.has('b') && !busybox,
            only: options.has('o'),
            counts: options.has('c'),
            quiet: options.has('q'),
            lists: options.last_of("lL"),
            zeros: options.has('z'),
            null: options.has('Z'),
            tabs: options.has('T'),
            colored: !busybox && matches!(options.value('K'), Some("always" | "yes" | "force")),
            text: busybox || options.any("az") || binary == Some("text"),
            without_binary: options.has('I') || binary == Some("without-match"),
            context: !busybox && options.any("ABC"),
            before: number('B').or(number('C')).unwrap_or(0),
            after: number('A').or(number('C')).unwrap_or(0),
            most: number('m').unwrap_or(usize::MAX),
            separator: if options.has('7') { None } else { Some(options.value('6').unwrap_or("--").to_string()) },
        }
    }

    /// Whether it tells of files alone, and looks no further than the first line that is found.
    pub fn tells_files(&self) -> bool {
        self.quiet || self.lists.is_some() || self.most <= 1
    }

    /// A part in its color.
    fn colored(&self, color: &str, part: &str) -> String {
        if self.colored && !part.is_empty() {
            format!("\x1b[{color}m\x1b[K{part}\x1b[m\x1b[K")
        } else {
            part.to_string()
        }
    }

    /// The name with the mark behind it, where names are shown.
    fn name(&self, name: &str, mark: &str) -> String {
        if !self.named {
            return String::new();
        }
        let end = if self.null { "\0".to_string() } else { self.colored("36", mark) };
        format!("{}{end}", self.colored("35", name))
    }

    /// What stands before a line: the name, the number and the offset, with the mark behind each.
    fn head(&self, name: &str, number: usize, offset: usize, mark: &str, filled: bool) -> String {
        let mut head = self.name(name, mark);
        let sign = self.colored("36", mark);
        let width = if self.tabs { 2 } else { 0 };
        for (shown, value) in [(self.numbered, number), (self.offsets, offset)] {
            if shown {
                head.push_str(&self.colored("32", &format!("{value:>width$}")));
                head.push_str(&sign);
            }
        }
        if self.tabs && filled && !head.is_empty() {
            head.push('\t');
        }
        head
    }
}

/// Prints what is found in a file; whether there was something.
pub fn search(
    machine: &mut Machine,
    process: &Process,
    how: &Search,
    pattern: &Pattern,
    bytes: &[u8],
    name: &str,
) -> bool {
    // GNU tells that such a file matches, and not where; its lines end at NULs too.
    let binary = !how.text && bytes.contains(&0);
    let all = if how.zeros || binary {
        let ends = |byte: &u8| *byte == 0 || binary && *byte == b'\n';
        let mut all: Vec<&[u8]> = bytes.split(ends).collect();
        all.pop_if(|last| last.is_empty());
        all
    } else {
        lines(bytes)
    };
    if binary && how.without_binary {
        return false;
    }
    let end = if how.zeros { 0 } else { b'\n' };
    let mut output = Vec::new();
    let starts: Vec<usize> = all
        .iter()
        .scan(0, |next, line| Some(std::mem::replace(next, *next + line.len() + 1)))
        .filter(|_| how.offsets)
        .collect();
    let put = |output: &mut Vec<u8>, at: usize, from: usize, mark: &str, line: &[u8]| {
        let offset = starts.get(at).map_or(0, |start| start + from);
        output.extend(how.head(name, at + 1, offset, mark, !line.is_empty()).bytes());
        if how.colored && mark == ":" && !how.inverted {
            paint(how, pattern, line, output);
        } else {
            output.extend(line);
        }
        output.push(end);
    };
    let mut count = 0usize;
    let (mut shown_to, mut show_until) = (0usize, 0usize);
    for (at, line) in all.iter().enumerate() {
        let hit = count < how.most && pattern.find(line, 0).is_some() != how.inverted;
        if !hit {
            if at < show_until {
                put(&mut output, at, 0, "-", line);
                shown_to = at + 1;
            }
            continue;
        }
        count += 1;
        if how.quiet || how.lists.is_some() {
            if how.quiet || how.lists == Some('l') {
                break;
            }
            continue;
        }
        if how.counts {
            continue;
        }
        if binary {
            process.out_bytes(machine, &output);
            process.err(machine, &format!("grep: {name}: binary file matches\n"));
            return true;
        }
        let start = at.saturating_sub(how.before).max(shown_to);
        if (how.before > 0 || how.after > 0 || how.context)
            && start > shown_to
            && shown_to > 0
            && let Some(separator) = &how.separator
        {
            output.extend(how.colored("36", separator).bytes());
            output.push(b'\n');
        }
        for earlier in start..at {
            put(&mut output, earlier, 0, "-", all.get(earlier).copied().unwrap_or_default());
        }
        if how.only {
            let mut from = 0;
            while !how.inverted
                && let Some((start, end)) = pattern.find(line, from)
            {
                if end > start {
                    put(&mut output, at, start, ":", line.get(start..end).unwrap_or_default());
                }
                from = end.max(start + 1);
                if from > line.len() {
                    break;
                }
            }
        } else {
            put(&mut output, at, 0, ":", line);
        }
        shown_to = at + 1;
        show_until = at + 1 + how.after;
    }
    if how.quiet {
        return count > 0;
    }
    if let Some(lists) = how.lists {
        let listed = (count > 0) == (lists == 'l');
        if listed {
            let end = if how.null { '\0' } else { '\n' };
            process.out(machine, &format!("{}{end}", how.colored("35", name)));
        }
        // busybox is content where a file is listed, GNU's where a line is found.
        return if how.busybox { listed } else { count > 0 };
    }
    if how.counts {
        process.out(machine, &format!("{}{count}\n", how.name(name, ":")));
        return count > 0;
    }
    process.out_bytes(machine, &output);
    count > 0
}

/// Puts out a line with its matches in color.
fn paint(how: &Search, pattern: &Pattern, line: &[u8], output: &mut Vec<u8>) {
    let (mut from, mut shown) = (0, 0);
    while from <= line.len()
        && let Some((start, end)) = pattern.find(line, from)
    {
        if end > start {
            output.extend(line.get(shown..start).unwrap_or_default());
            let part = String::from_utf8_lossy(line.get(start..end).unwrap_or_default());
            output.extend(how.colored("01;31", &part).bytes());
            shown = end;
        }
        from = end.max(start + 1);
    }
    output.extend(line.get(shown..).unwrap_or_default());
}
