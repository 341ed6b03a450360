//! fmt: paragraphs are filled anew.

use crate::process::{Machine, Process};

use super::fmt_lines::{Lines, Word, break_lines};
use super::input::{cannot_open, open, text};
use super::options::{Options, parse};

/// The columns of a tab.
const TAB: usize = 8;
/// Words of a paragraph that are laid out at once.
const MOST_WORDS: usize = 1000;

struct Style {
    width: usize,
    goal: usize,
    crown: bool,
    tagged: bool,
    split: bool,
    uniform: bool,
    prefix: Vec<u8>,
    lead: usize,
    prefix_columns: usize,
}

pub fn fmt(machine: &mut Machine, process: &mut Process) -> i32 {
    // A width may be the first argument as it is: -30.
    if let Some(argument) = process.args.get_mut(1)
        && let Some(width) = argument.strip_prefix('-').filter(|width| width.starts_with(|c: char| c.is_ascii_digit()))
    {
        *argument = format!("-w{width}");
    }
    let long = [
        ("crown-margin", 'c'),
        ("prefix=", 'p'),
        ("split-only", 's'),
        ("tagged-paragraph", 't'),
        ("uniform-spacing", 'u'),
        ("width=", 'w'),
        ("goal=", 'g'),
    ];
    let options = match parse(machine, process, "cp:stuw:g:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let style = match style(machine, process, &options) {
        Ok(style) => style,
        Err(status) => return status,
    };
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands };
    let mut status = 0;
    for operand in operands {
        match open(machine, process, &operand) {
            Ok(content) => {
                let bytes = text(machine, process, &content).unwrap_or_default();
                let output = Filler::new(&style, &bytes).all();
                process.out_bytes(machine, &output);
            }
            Err(errno) => {
                cannot_open(machine, process, &operand, errno);
                status = 1;
            }
        }
    }
    status
}

fn style(machine: &mut Machine, process: &Process, options: &Options) -> Result<Style, i32> {
    let number = |machine: &mut Machine, letter: char, most: usize| match options.value(letter) {
        None => Ok(None),
        Some(text) => match text.parse::<usize>() {
            Ok(number) if number <= most => Ok(Some(number)),
            read => {
                let why = if read.is_ok() { ": Numerical result out of range" } else { "" };
                process.complain(machine, &format!("invalid width: '{text}'{why}"));
                Err(1)
            }
        },
    };
    let width = number(machine, 'w', 2500)?;
    let goal = number(machine, 'g', width.unwrap_or(75))?;
    let width = width.unwrap_or(goal.map_or(75, |goal| goal + 10));
    let prefix = options.value('p').unwrap_or_default();
    let lead = prefix.len() - prefix.trim_start_matches(' ').len();
    let prefix = prefix.trim_start_matches(' ');
    Ok(Style {
        width,
        // Seven percent are kept free of the longest line.
        goal: goal.unwrap_or(width * (2 * (100 - 7) + 1) / 200),
        crown: options.has('c'),
        tagged: options.has('t'),
        split: options.has('s'),
        uniform: options.has('u'),
        prefix_columns: prefix.len(),
        prefix: prefix.trim_end_matches(' ').as_bytes().to_vec(),
        lead,
    })
}

/// A file on its way through fmt.
struct Filler<'t> {
    style: &'t Style,
    rest: std::slice::Iter<'t, u8>,
    output: Vec<u8>,
    /// Whether tabs were read, which puts them out as well.
    tabs: bool,
    in_column: usize,
    out_column: usize,
    prefix_indent: usize,
    next_prefix_indent: usize,
    first_indent: usize,
    other_indent: usize,
    words: Vec<Word>,
    last_line: i64,
}

impl<'t> Filler<'t> {
    fn new(style: &'t Style, text: &'t [u8]) -> Filler<'t> {
        Filler {
            style,
            rest: text.iter(),
            output: Vec::new(),
            tabs: false,
            in_column: 0,
            out_column: 0,
            prefix_indent: 0,
            next_prefix_indent: 0,
            first_indent: 0,
            other_indent: 0,
            words: Vec::new(),
            last_line: 0,
        }
    }

    fn byte(&mut self) -> Option<u8> {
        self.rest.next().copied()
    }

    fn all(mut self) -> Vec<u8> {
        let mut next = self.prefix();
        while let Some(after) = self.paragraph(next) {
            next = after;
            let lines = self.layout();
            self.put_lines(&lines, None);
        }
        self.output
    }

    /// Reads blanks from `byte` on; what is behind them.
    fn space(&mut self, mut byte: Option<u8>) -> Option<u8> {
        loop {
            match byte {
                Some(b' ') => self.in_column += 1,
                Some(b'\t') => {
                    self.tabs = true;
                    self.in_column = (self.in_column / TAB + 1) * TAB;
                }
                other => return other,
            }
            byte = self.byte();
        }
    }

    /// Reads the start of a line up to its first word.
    fn prefix(&mut self) -> Option<u8> {
        self.in_column = 0;
        let byte = self.byte();
        let mut byte = self.space(byte);
        if self.style.prefix_columns == 0 {
            self.next_prefix_indent = self.style.lead.min(self.in_column);
            return byte;
        }
        self.next_prefix_indent = self.in_column;
        for expected in &self.style.prefix {
            if byte != Some(*expected) {
                return byte;
            }
            self.in_column += 1;
            byte = self.byte();
        }
        self.space(byte)
    }

    fn put_space(&mut self, count: usize) {
        let target = self.out_column + count;
        if self.tabs && self.out_column + 1 < target / TAB * TAB {
            while self.out_column < target / TAB * TAB {
                self.output.push(b'\t');
                self.out_column = (self.out_column / TAB + 1) * TAB;
            }
        }
        self.output.extend(std::iter::repeat_n(b' ', target.saturating_sub(self.out_column)));
        self.out_column = self.out_column.max(target);
    }

    /// Copies a line that belongs to no paragraph.
    fn copy_rest(&mut self, mut byte: Option<u8>) -> Option<u8> {
        self.out_column = 0;
        let at_end = matches!(byte, None | Some(b'\n'));
        if self.in_column > self.next_prefix_indent || !at_end {
            self.put_space(self.next_prefix_indent);
            for letter in &self.style.prefix {
                if self.out_column == self.in_column {
                    break;
                }
                self.output.push(*letter);
                self.out_column += 1;
            }
            if !at_end {
                self.put_space(self.in_column.saturating_sub(self.out_column));
            } else if byte.is_none() && self.in_column >= self.next_prefix_indent + self.style.prefix_columns {
                self.output.push(b'\n');
            }
        }
        while let Some(letter) = byte.filter(|letter| *letter != b'\n') {
            self.output.push(letter);
            byte = self.byte();
        }
        byte
    }

    fn same_paragraph(&self, byte: Option<u8>) -> bool {
        self.next_prefix_indent == self.prefix_indent
            && self.in_column >= self.next_prefix_indent + self.style.prefix_columns
            && !matches!(byte, None | Some(b'\n'))
    }

    fn set_other_indent(&mut self, same: bool) {
        self.other_indent = if self.style.split || !self.style.crown && !self.style.tagged {
            self.first_indent
        } else if self.style.crown {
            if same { self.in_column } else { self.first_indent }
        } else if same && self.in_column != self.first_indent {
            self.in_column
        } else if self.other_indent == self.first_indent {
            if self.first_indent == 0 { 3 } else { 0 }
        } else {
            self.other_indent
        };
    }

    /// Reads the next paragraph, whose first byte is `byte`; what follows it, or nothing at the end of the text.
    fn paragraph(&mut self, mut byte: Option<u8>) -> Option<Option<u8>> {
        self.last_line = 0;
        while matches!(byte, None | Some(b'\n'))
            || self.next_prefix_indent < self.style.lead
            || self.in_column < self.next_prefix_indent + self.style.prefix_columns
        {
            self.copy_rest(byte)?;
            self.output.push(b'\n');
            byte = self.prefix();
        }
        self.prefix_indent = self.next_prefix_indent;
        self.first_indent = self.in_column;
        self.words.clear();
        let mut byte = self.line(byte);
        let same = self.same_paragraph(byte);
        self.set_other_indent(same);
        let goes_on = match (self.style.split, self.style.crown, self.style.tagged) {
            (true, ..) => false,
            (_, true, _) => same,
            (_, _, true) => same && self.in_column != self.first_indent,
            _ => true,
        };
        while goes_on && self.same_paragraph(byte) && self.in_column == self.other_indent {
            byte = self.line(byte);
        }
        if let Some(last) = self.words.last_mut() {
            (last.period, last.ends) = (true, true);
        }
        Some(byte)
    }

    /// Reads the words of a line, and the start of the next.
    fn line(&mut self, mut byte: Option<u8>) -> Option<u8> {
        loop {
            let mut text = Vec::new();
            while let Some(letter) = byte.filter(|letter| !letter.is_ascii_whitespace() && *letter != 0x0b) {
                text.push(letter);
                byte = self.byte();
            }
            self.in_column += text.len();
            let mut word = Word::new(text);
            let start = self.in_column;
            byte = self.space(byte.map(|letter| if matches!(letter, b'\r' | 0x0b | 0x0c) { b' ' } else { letter }));
            word.space = self.in_column - start;
            let at_end = matches!(byte, None | Some(b'\n'));
            word.ends = byte.is_none() || word.period && (at_end || word.space > 1);
            if at_end || self.style.uniform {
                word.space = if word.ends { 2 } else { 1 };
            }
            if self.words.len() >= MOST_WORDS {
                self.set_other_indent(true);
                self.flush();
            }
            self.words.push(word);
            if at_end {
                return self.prefix();
            }
        }
    }

    fn layout(&self) -> Lines {
        let indents = (self.first_indent, self.other_indent);
        break_lines(&self.words, self.style.width, self.style.goal, indents, self.last_line)
    }

    /// Puts out the start of a paragraph that is too long, up to a good place.
    fn flush(&mut self) {
        let lines = self.layout();
        let until = lines.good_split();
        self.put_lines(&lines, Some(until));
        self.words.drain(..until.min(self.words.len()));
        self.first_indent = self.other_indent;
    }

    fn put_lines(&mut self, lines: &Lines, until: Option<usize>) {
        let until = until.unwrap_or(self.words.len());
        let (mut at, mut indent) = (0, self.first_indent);
        while at < until {
            let next = lines.next(at).max(at + 1);
            self.out_column = 0;
            self.put_space(self.prefix_indent);
            self.output.extend(&self.style.prefix);
            self.out_column += self.style.prefix.len();
            self.put_space(indent.saturating_sub(self.out_column));
            let words: Vec<Word> = self.words.get(at..next).unwrap_or_default().to_vec();
            let last = words.len().saturating_sub(1);
            for (place, word) in words.iter().enumerate() {
                self.output.extend(&word.text);
                self.out_column += word.text.len();
                if place < last {
                    self.put_space(word.space);
                }
            }
            self.last_line = i64::try_from(self.out_column).unwrap_or(0);
            self.output.push(b'\n');
            (at, indent) = (next, self.other_indent);
        }
    }
}
