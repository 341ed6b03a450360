//! pr: pages and columns for printing.

use crate::process::{Machine, Process};

use super::calendar::format_in;
use super::input::{cannot_open, lines, open, text};
use super::misuse::refuse;
use super::options::{Options, parse};
use super::zone::Zone;

/// The lines of a page that are above and below its text.
const FRAME: usize = 10;

struct Style {
    columns: usize,
    across: bool,
    merged: bool,
    pages: (usize, usize),
    length: usize,
    width: usize,
    framed: bool,
    separator: String,
    /// Whether columns are as wide as their share.
    aligned: bool,
    number: Option<(char, usize)>,
    first_number: usize,
    double: bool,
    offset: usize,
    tab_in: Option<usize>,
    tab_out: Option<usize>,
}

pub fn pr(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut pages = (1, usize::MAX);
    let mut columns = None;
    process.args.retain(|argument| {
        let range = argument.strip_prefix('+').map(|range| range.split_once(':').unwrap_or((range, "")));
        if let Some((from, to)) = range
            && let Ok(from) = from.parse::<usize>()
        {
            pages = (from, to.parse().unwrap_or(usize::MAX));
            return false;
        }
        let number = argument.strip_prefix('-').and_then(|number| number.parse::<usize>().ok());
        columns = number.or(columns);
        number.is_none()
    });
    let long = [
        ("columns=", 'C'),
        ("across", 'a'),
        ("double-space", 'd'),
        ("date-format=", 'D'),
        ("header=", 'h'),
        ("join-lines", 'J'),
        ("length=", 'l'),
        ("merge", 'm'),
        ("indent=", 'o'),
        ("no-file-warnings", 'r'),
        ("first-line-number=", 'N'),
        ("omit-header", 't'),
        ("omit-pagination", 'T'),
        ("width=", 'w'),
        ("page-width=", 'W'),
    ];
    let options = match parse(machine, process, "abcdD:e::fFh:i::Jl:mn::N:o:rs::S::tTvw:W:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let style = match style(&options, columns, pages) {
        Ok(style) => style,
        Err(message) => return refuse(machine, process, &message),
    };
    let mut status = 0;
    let mut texts = Vec::new();
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    for operand in operands {
        match open(machine, process, &operand) {
            Ok(content) => texts.push((operand, text(machine, process, &content).unwrap_or_default())),
            Err(errno) => {
                if !options.has('r') {
                    cannot_open(machine, process, &operand, errno);
                }
                status = 1;
            }
        }
    }
    let zone = Zone::of(process);
    let format = options.value('D').unwrap_or("%Y-%m-%d %H:%M");
    let mut number = style.first_number;
    let jobs: Vec<Vec<(String, Vec<u8>)>> =
        if style.merged { vec![texts] } else { texts.into_iter().map(|text| vec![text]).collect() };
    for texts in jobs.iter().filter(|texts| !texts.is_empty()) {
        let (name, time) = match texts.as_slice() {
            [(name, _)] if name != "-" => {
                let stat = machine.fs.stat(&process.path(name), true, &process.cred);
                (name.as_str(), stat.map_or(machine.fs.now(), |stat| stat.attr.mtime))
            }
            _ => ("", machine.fs.now()),
        };
        let title = options.value('h').unwrap_or(name);
        let date = format_in(&zone, format, time);
        let cells = cells(texts, &style);
        let pages = pages_of(cells, &style);
        if style.pages.0 > pages.len().max(1) {
            let (from, count) = (style.pages.0, pages.len());
            process.complain(machine, &format!("starting page number {from} exceeds page count {count}"));
            continue;
        }
        if options.value('N').is_none() {
            number = 1;
        }
        let mut output = String::new();
        for (at, rows) in pages.iter().enumerate() {
            let shown = (style.pages.0..=style.pages.1).contains(&(at + 1));
            let mut page = String::new();
            if style.framed {
                page.push_str(&header(&style, &date, title, at + 1));
            }
            let body = body(rows, &style, &mut number);
            page.push_str(&body);
            if style.framed {
                let missing = (style.length - FRAME).saturating_sub(body.matches('\n').count());
                page.push_str(&if options.any("fF") { "\u{c}".to_string() } else { "\n".repeat(missing + FRAME / 2) });
            }
            if shown {
                output.push_str(&page);
            }
        }
        process.out(machine, &output);
    }
    status
}

fn style(options: &Options, columns: Option<usize>, pages: (usize, usize)) -> Result<Style, String> {
    let number = |letter: char, what: &str| match options.value(letter) {
        None => Ok(None),
        Some(text) => match text.parse::<usize>() {
            Ok(number) if number > 0 && number <= 10_000 => Ok(Some(number)),
            _ => Err(format!("'-{letter} {what}' invalid number of {}: '{text}'", what.to_lowercase())),
        },
    };
    let columns = match options.value('C') {
        Some(text) => text.parse().map_err(|_| format!("invalid number of columns: '{text}'"))?,
        None => columns.unwrap_or(1),
    };
    if columns == 0 {
        return Err("invalid number of columns: '0'".to_string());
    }
    let (merged, across) = (options.has('m'), options.has('a'));
    if merged && columns > 1 {
        return Err("cannot specify number of columns when printing in parallel".to_string());
    }
    if merged && across {
        return Err("cannot specify both printing across and printing in parallel".to_string());
    }
    let length = number('l', "PAGE_LENGTH")?.unwrap_or(66);
    let width = number('W', "PAGE_WIDTH")?.or(number('w', "PAGE_WIDTH")?).unwrap_or(72);
    let given = |letter: char| options.given.iter().rev().find(|(given, _)| *given == letter).map(|(_, value)| value);
    let (separator, aligned) = match (given('S'), given('s')) {
        (Some(text), _) => (text.clone().unwrap_or_default(), true),
        (_, Some(text)) => (text.clone().unwrap_or_else(|| "\t".to_string()), false),
        _ => (" ".to_string(), true),
    };
    let lettered = |letter: char, default: (char, usize)| {
        given(letter).map(|text| {
            let text = text.as_deref().unwrap_or_default();
            let sign = text.chars().next().filter(|sign| !sign.is_ascii_digit());
            let digits = text.get(sign.map_or(0, char::len_utf8)..).unwrap_or_default();
            (sign.unwrap_or(default.0), digits.parse::<usize>().unwrap_or(default.1).clamp(1, 100))
        })
    };
    let several = columns > 1 || merged;
    Ok(Style {
        columns: columns.min(1000),
        across,
        merged,
        pages,
        length,
        width,
        framed: length > FRAME && !options.any("tT"),
        aligned: aligned && !options.has('J'),
        separator,
        number: lettered('n', ('\t', 5)),
        first_number: options.value('N').and_then(|text| text.parse().ok()).unwrap_or(1),
        double: options.has('d'),
        offset: options.value('o').and_then(|text| text.parse::<usize>().ok()).unwrap_or(0).min(1000),
        tab_in: lettered('e', ('\t', 8)).map(|(_, width)| width).or(several.then_some(8)),
        tab_out: lettered('i', ('\t', 8)).map(|(_, width)| width).or((several && aligned).then_some(8)),
    })
}

fn header(style: &Style, date: &str, title: &str, page: usize) -> String {
    let page = format!("Page {page}");
    let free = style.width.saturating_sub(date.len() + page.len() + title.len());
    let (left, right) = (free / 2, free - free / 2);
    let margin = " ".repeat(style.offset);
    format!("\n\n{margin}{date}{:>left$}{title}{:>right$}{page}\n\n\n", " ", " ")
}

/// A line with its tabs expanded.
fn expanded(line: &[u8], width: Option<usize>) -> String {
    let text = String::from_utf8_lossy(line);
    let Some(width) = width else { return text.into_owned() };
    let mut output = String::new();
    let mut column = 0;
    for letter in text.chars() {
        if letter == '\t' {
            let blanks = width - column % width;
            output.extend(std::iter::repeat_n(' ', blanks));
            column += blanks;
        } else {
            output.push(letter);
            column += 1;
        }
    }
    output
}

/// The lines of each column: of each file, where files are merged.
fn cells(texts: &[(String, Vec<u8>)], style: &Style) -> Vec<Vec<String>> {
    texts.iter().map(|(_, text)| lines(text).iter().map(|line| expanded(line, style.tab_in)).collect()).collect()
}

/// The rows of each page.
fn pages_of(mut texts: Vec<Vec<String>>, style: &Style) -> Vec<Vec<Vec<Option<String>>>> {
    let lines = if style.framed { style.length - FRAME } else { style.length };
    let rows = if style.double { lines / 2 } else { lines }.max(1);
    if style.merged {
        let count = texts.iter().map(Vec::len).max().unwrap_or(0);
        let all: Vec<Vec<Option<String>>> =
            (0..count).map(|row| texts.iter().map(|text| text.get(row).cloned()).collect()).collect();
        return all.chunks(rows).map(<[_]>::to_vec).collect();
    }
    let text = texts.pop().unwrap_or_default();
    let pages = text.chunks(rows * style.columns).map(|page| {
        if style.across {
            return page.chunks(style.columns).map(|row| row.iter().cloned().map(Some).collect()).collect();
        }
        let (share, more) = (page.len() / style.columns, page.len() % style.columns);
        let start = |column: usize| column * share + column.min(more);
        let height = |column: usize| share + usize::from(column < more);
        let cell = |row: usize, column: usize| page.get(start(column) + row).filter(|_| row < height(column)).cloned();
        let rows = (0..height(0)).map(|row| (0..style.columns).map(|column| cell(row, column)).collect());
        rows.collect::<Vec<Vec<Option<String>>>>()
    });
    pages.collect()
}

fn body(rows: &[Vec<Option<String>>], style: &Style, number: &mut usize) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let between = style.separator.chars().count();
    let share = (style.width.saturating_sub((count - 1) * between) / count).max(1);
    let first = *number;
    let height = |column: usize| rows.iter().filter(|row| row.get(column).is_some_and(Option::is_some)).count();
    let mut output = String::new();
    for (at, row) in rows.iter().enumerate() {
        let mut line = Line { text: String::new(), column: 0, pending: style.offset, tab: style.tab_out };
        let last = row.iter().rposition(Option::is_some);
        for (column, cell) in row.iter().enumerate().take(last.map_or(0, |last| last + 1)) {
            let mut width = share;
            if column > 0 {
                if style.aligned {
                    line.until(style.offset + column * (share + between) - between);
                }
                line.put(&style.separator);
            }
            if let Some((sign, digits)) = style.number.filter(|_| column == 0 || !style.merged) {
                let before: usize = if style.across || style.merged {
                    at * count + column
                } else {
                    (0..column).map(&height).sum::<usize>() + at
                };
                let shown = format!("{:>digits$}", first + if style.merged { at } else { before });
                let shown: String = shown.chars().skip(shown.len().saturating_sub(digits)).collect();
                line.put(&shown);
                line.put(&sign.to_string());
                width = width.saturating_sub(digits + 1);
                *number += 1;
            }
            let cell = cell.as_deref().unwrap_or_default();
            // Columns that are aligned end at their share.
            let cut: String =
                if count > 1 && style.aligned { cell.chars().take(width).collect() } else { cell.to_string() };
            line.put(&cut);
        }
        if row.len() == 1 {
            line.flush();
        }
        output.push_str(&line.text);
        output.push('\n');
        if style.double {
            output.push('\n');
        }
    }
    output
}

/// A line on its way out, whose blanks become tabs where that is wanted.
struct Line {
    text: String,
    column: usize,
    /// Blanks that are put out when something follows them.
    pending: usize,
    tab: Option<usize>,
}

impl Line {
    fn put(&mut self, text: &str) {
        for letter in text.chars() {
            if letter == ' ' {
                self.pending += 1;
                continue;
            }
            self.flush();
            self.text.push(letter);
            self.column += 1;
        }
    }

    fn until(&mut self, column: usize) {
        self.pending = self.pending.max(column.saturating_sub(self.column));
    }

    fn flush(&mut self) {
        let goal = self.column + std::mem::take(&mut self.pending);
        if let Some(tab) = self.tab {
            while goal - self.column > 1 && self.column / tab * tab + tab <= goal {
                self.text.push('\t');
                self.column = self.column / tab * tab + tab;
            }
        }
        self.text.extend(std::iter::repeat_n(' ', goal - self.column));
        self.column = goal;
    }
}
