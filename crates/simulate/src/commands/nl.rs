//! nl: lines get numbers.

use crate::process::{Machine, Process};

use super::escapes::unescape_bytes;
use super::input::{filter_text, is_busybox, lines};
use super::misuse::refuse;
use super::options::{Options, parse};
use super::regex::{Regex, Syntax};

/// Which lines of a section get numbers.
enum Style {
    All,
    Text,
    None,
    Match(Regex),
}

pub fn nl(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("body-numbering=", 'b'),
        ("section-delimiter=", 'd'),
        ("footer-numbering=", 'f'),
        ("header-numbering=", 'h'),
        ("line-increment=", 'i'),
        ("join-blank-lines=", 'l'),
        ("number-format=", 'n'),
        ("no-renumber", 'p'),
        ("number-separator=", 's'),
        ("starting-line-number=", 'v'),
        ("number-width=", 'w'),
    ];
    let busybox = is_busybox(machine);
    let short = if busybox { "b:s:w:v:i:n:" } else { "b:d:f:h:i:l:n:ps:v:w:" };
    let options = match parse(machine, process, short, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut styles = Vec::new();
    for (letter, default, what) in [('h', "n", "header"), ('b', "t", "body"), ('f', "n", "footer")] {
        let text = options.value(letter).unwrap_or(default);
        match style(text) {
            Some(Ok(style)) => styles.push(style),
            Some(Err(message)) => {
                process.complain(machine, message);
                return 1;
            }
            None if busybox => styles.push(Style::Text),
            None => return refuse(machine, process, &format!("invalid {what} numbering style: '{text}'")),
        }
    }
    let layout = match layout(machine, process, &options, busybox) {
        Ok(layout) => layout,
        Err(status) => return status,
    };
    let (bytes, status) = filter_text(machine, process, &options.operands);
    let delimiter = match options.value('d') {
        Some(text) if text.chars().count() == 1 => format!("{text}:"),
        Some(text) => text.to_string(),
        None => "\\:".to_string(),
    };
    let sections: Vec<Vec<u8>> = if busybox || delimiter.is_empty() {
        Vec::new()
    } else {
        [3, 2, 1].iter().map(|count| delimiter.repeat(*count).into_bytes()).collect()
    };
    let (mut section, mut number, mut blank) = (1, layout.start, 0);
    let mut output = Vec::new();
    for line in lines(&bytes) {
        if let Some(found) = sections.iter().position(|delimiter| delimiter == line) {
            section = found;
            if !options.has('p') {
                number = layout.start;
            }
            blank = 0;
            output.push(b'\n');
            continue;
        }
        let numbered = match styles.get(section) {
            Some(Style::All) => {
                blank = if line.is_empty() { blank + 1 } else { 0 };
                let counts = !line.is_empty() || blank == layout.blanks;
                blank = if counts { 0 } else { blank };
                counts
            }
            Some(Style::Text) => !line.is_empty(),
            Some(Style::Match(regex)) => regex.is_match(line),
            _ => false,
        };
        if numbered {
            let width = layout.width;
            let shown = match layout.format {
                'l' => format!("{number:<width$}"),
                'z' => format!("{number:0width$}"),
                _ => format!("{number:width$}"),
            };
            output.extend(shown.bytes());
            output.extend(&layout.separator);
            number = number.saturating_add(layout.step);
        } else {
            output.extend(std::iter::repeat_n(b' ', layout.width + layout.separator.len()));
        }
        output.extend(line);
        output.push(b'\n');
    }
    process.out_bytes(machine, &output);
    status
}

struct Layout {
    width: usize,
    separator: Vec<u8>,
    start: i64,
    step: i64,
    blanks: usize,
    format: char,
}

fn style(text: &str) -> Option<Result<Style, &'static str>> {
    Some(match text {
        "a" => Ok(Style::All),
        "t" => Ok(Style::Text),
        "n" => Ok(Style::None),
        _ => Regex::new(text.strip_prefix('p')?.as_bytes(), Syntax::default()).map(Style::Match),
    })
}

fn layout(machine: &mut Machine, process: &Process, options: &Options, busybox: bool) -> Result<Layout, i32> {
    let format = match options.value('n') {
        Some("ln") => 'l',
        Some("rz") => 'z',
        None | Some("rn") => 'r',
        Some(_) if busybox => 'r',
        Some(text) => {
            return Err(refuse(machine, process, &format!("invalid line numbering format: '{text}'")));
        }
    };
    let number = |machine: &mut Machine, letter: char, default: i64, least: i64, what: &str| {
        let Some(text) = options.value(letter) else { return Ok(default) };
        match text.parse::<i64>() {
            Ok(number) if number >= least => Ok(number),
            _ if busybox => Ok(default),
            read => {
                let why = if read.is_ok() { ": Numerical result out of range" } else { "" };
                process.complain(machine, &format!("invalid {what}: '{text}'{why}"));
                Err(1)
            }
        }
    };
    let start = number(machine, 'v', 1, i64::MIN, "starting line number")?;
    let step = number(machine, 'i', 1, i64::MIN, "line number increment")?;
    let blanks = number(machine, 'l', 1, 1, "line number of blank lines")?;
    let width = number(machine, 'w', 6, 1, "line number field width")?;
    Ok(Layout {
        width: usize::try_from(width).unwrap_or(6).min(1000),
        // GNU's takes the separator as it is.
        separator: options.value('s').map_or_else(
            || b"\t".to_vec(),
            |text| if busybox { unescape_bytes(text, false).0 } else { text.as_bytes().to_vec() },
        ),
        start,
        step,
        blanks: usize::try_from(blanks).unwrap_or(1),
        format,
    })
}
