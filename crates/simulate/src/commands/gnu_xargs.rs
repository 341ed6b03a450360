//! xargs of GNU's findutils.

use crate::process::{Descriptor, Machine, Process, StartError, execute};

use super::misuse::misuse;
use super::options::{Options, parse};

/// The longest command line where none is given, in bytes.
const LINE_LENGTH: usize = 131_072;

/// How words become command lines.
#[derive(Clone, Debug, PartialEq)]
enum Each {
    All,
    Words(usize),
    Lines(usize),
    /// One line takes the place of the mark.
    Line(String),
}

pub fn xargs(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("arg-file=", 'a'),
        ("null", '0'),
        ("delimiter=", 'd'),
        ("eof=", 'e'),
        ("replace=", 'i'),
        ("max-lines=", 'l'),
        ("max-args=", 'n'),
        ("max-procs=", 'P'),
        ("max-chars=", 's'),
        ("interactive", 'p'),
        ("no-run-if-empty", 'r'),
        ("verbose", 't'),
        ("open-tty", 'o'),
        ("exit", 'x'),
    ];
    let options = match parse(machine, process, "+0a:d:e::E:I:i::L:l::n:P:ors:tpx", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    match run(machine, process, &options) {
        Ok(status) | Err(status) => status,
    }
}

/// Does all of it; an error is the status of what went wrong before.
fn run(machine: &mut Machine, process: &Process, options: &Options) -> Result<i32, i32> {
    let each = each(machine, process, options)?;
    number(machine, process, options.value('P'), 'P', 0)?;
    let most = number(machine, process, options.value('s'), 's', 1)?.unwrap_or(LINE_LENGTH);
    let text = match options.value('a').filter(|file| *file != "-") {
        Some(file) => {
            let read = process.read_file(machine, file);
            let content = read.map_err(|errno| {
                process.complain(machine, &format!("Cannot open input file '{file}': {errno}"));
                1
            })?;
            crate::process::text_of(machine, &content)
        }
        None => process.stdin_text(machine),
    };
    let lines = items(machine, process, options, &text, matches!(each, Each::Line(_)))?;
    let command = if options.operands.is_empty() { vec!["echo".to_string()] } else { options.operands.clone() };
    let length = |words: &[String]| words.iter().map(|word| word.len() + 1).sum::<usize>();
    if length(&command) > most {
        process.complain(machine, "cannot fit single argument within argument list size limit");
        return Err(1);
    }
    let empty = lines.is_empty();
    if empty && (options.has('r') || matches!(each, Each::Line(_))) {
        return Ok(0);
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    match &each {
        Each::Line(mark) => {
            let replaced = |item: &String| command.iter().map(|word| word.replace(mark.as_str(), item)).collect();
            rows.extend(lines.iter().flatten().map(replaced));
        }
        Each::All | Each::Words(_) | Each::Lines(_) => {
            let per_row = if let Each::Lines(count) = each { count } else { usize::MAX };
            let words = if let Each::Words(count) = each { count } else { usize::MAX };
            for lines in lines.chunks(per_row.min(lines.len().max(1))) {
                let mut row = command.clone();
                for word in lines.iter().flatten() {
                    if row.len() - command.len() >= words || length(&row) + word.len() + 1 > most {
                        rows.extend((row.len() > command.len()).then(|| std::mem::replace(&mut row, command.clone())));
                    }
                    if length(&row) + word.len() + 1 > most {
                        process.complain(machine, "argument line too long");
                        return Err(1);
                    }
                    row.push(word.clone());
                }
                rows.push(row);
            }
            if empty {
                rows.push(command.clone());
            }
        }
    }
    let mut child = process.clone();
    if !options.has('a') {
        child.fds.insert(0, Descriptor::null());
    }
    let mut status = 0;
    for row in rows {
        if options.has('p') {
            process.err(machine, &row.join(" "));
            process.complain(machine, "failed to open /dev/tty for reading: No such device or address");
            return Err(1);
        }
        if options.has('t') {
            process.err(machine, &format!("{}\n", row.join(" ")));
        }
        let program = row.first().cloned().unwrap_or_default();
        let mut child = child.clone();
        child.args = row;
        match execute(machine, &mut child) {
            Ok(0) => {}
            Ok(255) => {
                process.complain(machine, &format!("{program}: exited with status 255; aborting"));
                return Err(124);
            }
            Ok(_) => status = 123,
            Err(error) => {
                let reason =
                    if error == StartError::NotFound { "No such file or directory" } else { "Permission denied" };
                process.complain(machine, &format!("{program}: {reason}"));
                return Err(error.status());
            }
        }
        if machine.steps_left == 0 {
            break;
        }
    }
    Ok(status)
}

/// What -n, -L and -I ask for; the last of them counts.
fn each(machine: &mut Machine, process: &Process, options: &Options) -> Result<Each, i32> {
    let mut each = Each::All;
    for (letter, value) in &options.given {
        let value = value.as_deref();
        let (name, next) = match letter {
            'n' => {
                let count = number(machine, process, value, 'n', 1)?.unwrap_or(1);
                if count == 1 && matches!(each, Each::Line(_)) {
                    continue;
                }
                ("--max-args/-n", Each::Words(count))
            }
            'L' | 'l' => {
                let count = number(machine, process, value, *letter, 1)?.unwrap_or(1);
                (if *letter == 'L' { "-L" } else { "--max-lines/-l" }, Each::Lines(count))
            }
            'I' | 'i' => ("--replace/-I/-i", Each::Line(value.unwrap_or("{}").to_string())),
            _ => continue,
        };
        let before = match each {
            Each::Words(_) => "--max-args",
            Each::Lines(_) => "--max-lines",
            Each::Line(_) => "--replace",
            Each::All => "",
        };
        if !before.is_empty() && std::mem::discriminant(&each) != std::mem::discriminant(&next) {
            process.complain(
                machine,
                &format!(
                    "warning: options {before} and {name} are mutually exclusive, ignoring previous {before} value"
                ),
            );
        }
        each = next;
    }
    Ok(each)
}

/// The number of an option that is at least `least`.
fn number(
    machine: &mut Machine,
    process: &Process,
    value: Option<&str>,
    letter: char,
    least: i64,
) -> Result<Option<usize>, i32> {
    let Some(text) = value else { return Ok(None) };
    match text.parse::<i64>() {
        Ok(count) if count >= least => return Ok(usize::try_from(count).ok()),
        Ok(count) => {
            process.complain(machine, &format!("value {count} for -{letter} option should be >= {least}"));
        }
        Err(_) => process.complain(machine, &format!("invalid number \"{text}\" for -{letter} option")),
    }
    Err(misuse(machine, process))
}

/// The words of the input, line by line; `whole`: each line is one.
fn items(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    text: &str,
    whole: bool,
) -> Result<Vec<Vec<String>>, i32> {
    let delimiter = match (options.last_of("0d"), options.value('d')) {
        (Some('d'), Some(given)) => {
            let read = super::escapes::unescape(given);
            let mut letters = read.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => Some(letter),
                _ => {
                    let rule =
                        "the delimiter must be either a single character or an escape sequence starting with \\.";
                    process.complain(machine, &format!("Invalid input delimiter specification {given}: {rule}"));
                    return Err(1);
                }
            }
        }
        (Some(_), _) => Some('\0'),
        _ => None,
    };
    if let Some(delimiter) = delimiter {
        let mut items: Vec<_> = text.split(delimiter).map(|item| vec![item.to_string()]).collect();
        items.pop_if(|last| last.iter().all(String::is_empty));
        return Ok(items);
    }
    let mut lines = words(text, whole).map_err(|quote| {
        let hint = "by default quotes are special to xargs unless you use the -0 option";
        process.complain(machine, &format!("unmatched {quote} quote; {hint}"));
        1
    })?;
    let end = options.given.iter().rev().find(|(letter, _)| matches!(letter, 'e' | 'E'));
    if let Some(end) = end.and_then(|(_, end)| end.as_ref()).filter(|end| !end.is_empty())
        && let Some(at) = lines.iter().position(|line| line.contains(end))
    {
        lines.truncate(at + 1);
        if let Some(last) = lines.last_mut() {
            let kept = last.iter().take_while(|word| *word != end).count();
            last.truncate(kept);
        }
        lines.pop_if(|last| last.is_empty());
    }
    Ok(lines)
}

/// The words of each line that has some; a line that ends in a blank goes on in the next. The error names the quote that
/// does not end.
pub fn words(text: &str, whole: bool) -> Result<Vec<Vec<String>>, &'static str> {
    let (mut lines, mut line, mut word) = (Vec::new(), Vec::new(), None::<String>);
    let (mut letters, mut blank) = (text.chars(), false);
    while let Some(letter) = letters.next() {
        match letter {
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next() {
                        Some(next) if next == letter => break,
                        Some('\n') | None => return Err(if letter == '"' { "double" } else { "single" }),
                        Some(next) => word.push(next),
                    }
                }
            }
            '\\' => word.get_or_insert_default().extend(letters.next()),
            '\n' => {
                line.extend(word.take());
                if !line.is_empty() && (whole || !blank) {
                    lines.push(std::mem::take(&mut line));
                }
            }
            ' ' | '\t' if whole => {
                if let Some(word) = &mut word {
                    word.push(letter);
                }
            }
            _ if letter.is_whitespace() => line.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
        blank = matches!(letter, ' ' | '\t');
    }
    line.extend(word);
    lines.extend((!line.is_empty()).then_some(line));
    Ok(lines)
}
