//! wc.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{is_busybox, open_all, text};
use super::options::{Options, parse};

pub fn wc(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("lines", 'l'),
        ("words", 'w'),
        ("bytes", 'c'),
        ("chars", 'm'),
        ("max-line-length", 'L'),
        ("files0-from=", '0'),
    ];
    let mut options = match parse(machine, process, "lwcmL", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let busybox = is_busybox(machine);
    if let Some(file) = options.value('0') {
        let content = super::input::open(machine, process, file).unwrap_or_default();
        let names = crate::process::text_of(machine, &content);
        options.operands = names.split('\0').filter(|name| !name.is_empty()).map(str::to_string).collect();
        if options.operands.is_empty() {
            return 0;
        }
        options.given.retain(|(letter, _)| *letter != '0');
    }
    if !busybox {
        return gnu(machine, process, &options);
    }
    let (contents, failed) = open_all(machine, process, &options.operands);
    let mut rows = Vec::new();
    let mut total = [0u64; 5];
    for (name, content) in &contents {
        let counts = counts(machine, process, &options, content);
        add(&mut total, counts);
        rows.push((counts, name.clone()));
    }
    let several = rows.len() > 1;
    if several || options.operands.len() > 1 {
        rows.push((total, "total".to_string()));
    }
    let letters = ['l', 'w', 'm', 'c', 'L'];
    let columns = letters.iter().filter(|letter| wanted(&options, **letter)).count();
    let from_stdin = options.operands.is_empty();
    let width = match columns {
        1 if !several && from_stdin => 0,
        1 if options.operands.len() < 2 => 0,
        _ => 9,
    };
    for (counts, name) in rows {
        let name = Some(name).filter(|_| !from_stdin);
        process.out(machine, &line(&options, counts, width, name.as_deref()));
    }
    i32::from(failed)
}

/// What GNU's wc does: row after row, in columns as wide as the sizes of the files together.
fn gnu(machine: &mut Machine, process: &Process, options: &Options) -> i32 {
    let from_stdin = options.operands.is_empty();
    let stdin = ["-".to_string()];
    let operands = if from_stdin { &stdin } else { options.operands.as_slice() };
    let (mut sizes, mut least) = (0u64, 1usize);
    for operand in operands {
        let stat = match operand.as_str() {
            "-" => process.fds.get(&0).and_then(|input| input.file_path()),
            name => Some(process.path(name)),
        };
        let stat = stat.map(|path| machine.fs.stat(&path, true, &process.cred));
        match stat {
            Some(Ok(stat)) if stat.is_file() => sizes = sizes.saturating_add(stat.size),
            // What cannot be found has no part in it; what is no file has no size that is known.
            Some(Err(_)) => {}
            _ => least = 7,
        }
    }
    let columns = ['l', 'w', 'm', 'c', 'L'].into_iter().filter(|letter| wanted(options, *letter)).count();
    let width = if columns == 1 && operands.len() == 1 { 1 } else { sizes.to_string().len().max(least) };
    let mut total = [0u64; 5];
    let mut status = 0;
    for operand in operands {
        let counts = match super::input::open(machine, process, operand) {
            Ok(content) => counts(machine, process, options, &content),
            Err(errno) => {
                super::input::cannot_open(machine, process, operand, errno);
                status = 1;
                if errno != filesystem::Errno::IsDir {
                    continue;
                }
                [0; 5]
            }
        };
        add(&mut total, counts);
        let name = Some(operand.as_str()).filter(|_| !from_stdin);
        process.out(machine, &line(options, counts, width, name));
    }
    if operands.len() > 1 {
        process.out(machine, &line(options, total, width, Some("total")));
    }
    status
}

fn wanted(options: &Options, letter: char) -> bool {
    if options.given.is_empty() { "lwc".contains(letter) } else { options.has(letter) }
}

/// The lines, words, characters and bytes of a content, and the length of its longest line.
fn counts(machine: &mut Machine, process: &Process, options: &Options, content: &Content) -> [u64; 5] {
    let only_size = !['l', 'w', 'm', 'L'].into_iter().any(|letter| wanted(options, letter));
    let bytes = if only_size { Vec::new() } else { text(machine, process, content).unwrap_or_default() };
    let count = |predicate: fn(&u8) -> bool| bytes.iter().filter(|byte| predicate(byte)).count() as u64;
    let longest = bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).max().unwrap_or(0) as u64;
    let words = bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count() as u64;
    // Characters of UTF-8: all bytes but continuations.
    [count(|byte| *byte == b'\n'), words, count(|byte| byte & 0xc0 != 0x80), content.size(), longest]
}

/// Adds to the total; of the longest lines the longest counts.
fn add(total: &mut [u64; 5], counts: [u64; 5]) {
    let longest = total.last().copied().max(counts.last().copied());
    for (sum, count) in total.iter_mut().zip(counts) {
        *sum += count;
    }
    if let (Some(last), Some(longest)) = (total.last_mut(), longest) {
        *last = longest;
    }
}

fn line(options: &Options, counts: [u64; 5], width: usize, name: Option<&str>) -> String {
    let shown = ['l', 'w', 'm', 'c', 'L'].into_iter().zip(counts).filter(|(letter, _)| wanted(options, *letter));
    let cells: Vec<String> = shown.map(|(_, count)| format!("{count:>width$}")).collect();
    let name = name.map_or(String::new(), |name| format!(" {name}"));
    format!("{}{name}\n", cells.join(" "))
}
