//! wc.

use crate::process::{Machine, Process};

use super::input::{is_busybox, open_all, text};
use super::options::parse;

pub fn wc(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("lines", 'l'), ("words", 'w'), ("bytes", 'c'), ("chars", 'm'), ("max-line-length", 'L')];
    let options = match parse(machine, process, "lwcmL", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let wanted = |letter: char| {
        if options.given.is_empty() { "lwc".contains(letter) } else { options.has(letter) }
    };
    let (contents, failed) = open_all(machine, process, &options.operands);
    let only_size = !wanted('l') && !wanted('w') && !wanted('m') && !wanted('L');
    let mut rows = Vec::new();
    let mut total = [0u64; 5];
    for (name, content) in &contents {
        let bytes = if only_size { Vec::new() } else { text(machine, process, content).unwrap_or_default() };
        let count = |predicate: fn(&u8) -> bool| bytes.iter().filter(|byte| predicate(byte)).count() as u64;
        let longest = bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).max().unwrap_or(0) as u64;
        let words = bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count() as u64;
        let counts = [
            count(|byte| *byte == b'\n'),
            words,
            // Characters of UTF-8: all bytes but continuations.
            count(|byte| byte & 0xc0 != 0x80),
            content.size(),
            longest,
        ];
        for (sum, count) in total.iter_mut().zip(counts) {
            *sum += count;
        }
        if let (Some(sum), Some(longest)) = (total.last_mut(), counts.last()) {
            *sum = (*sum - longest).max(*longest);
        }
        rows.push((counts, name.clone()));
    }
    let several = rows.len() > 1;
    if several || options.operands.len() > 1 {
        rows.push((total, "total".to_string()));
    }
    let letters = ['l', 'w', 'm', 'c', 'L'];
    let columns = letters.iter().filter(|letter| wanted(**letter)).count();
    let from_stdin = options.operands.is_empty();
    // GNU makes columns as wide as the greatest size, seven on standard input; busybox nine.
    let width = match (is_busybox(machine), columns) {
        (true, 1) if !several && from_stdin => 0,
        (true, 1) if options.operands.len() < 2 => 0,
        (true, _) => 9,
        (false, 1) if !several => 0,
        (false, _) if from_stdin => 7,
        (false, _) => total.get(3).map_or(1, |bytes| bytes.to_string().len()),
    };
    for (counts, name) in rows {
        let mut line = String::new();
        for (letter, count) in letters.iter().zip(counts) {
            if wanted(*letter) {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(&format!("{count:>width$}"));
            }
        }
        if !from_stdin {
            line.push_str(&format!(" {name}"));
        }
        process.out(machine, &format!("{line}\n"));
    }
    i32::from(failed)
}
