//! split.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{cannot_open, number, open, text};
use super::options::parse;

pub fn split(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("lines=", 'l'), ("bytes=", 'b'), ("suffix-length=", 'a'), ("numeric-suffixes", 'd')];
    let options = match parse(machine, process, "l:b:a:d", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let input = options.operands.first().cloned().unwrap_or_else(|| "-".to_string());
    let prefix = options.operands.get(1).cloned().unwrap_or_else(|| "x".to_string());
    let content = match open(machine, process, &input) {
        Ok(content) => content,
        Err(errno) => {
            cannot_open(machine, process, &input, errno);
            return 1;
        }
    };
    let mut pieces = Vec::new();
    if let Some(size) = options.value('b') {
        let Some(size) = number(size).filter(|size| *size > 0) else {
            process.complain(machine, &format!("invalid number '{size}'"));
            return 1;
        };
        let mut start = 0;
        while start < content.size() && pieces.len() < super::input::WALK_LIMIT {
            pieces.push(content.slice(start, (start + size).min(content.size())));
            start += size;
        }
    } else if let Some(text) = text(machine, process, &content) {
        let count = options.value('l').and_then(|text| text.parse::<usize>().ok()).unwrap_or(1000).max(1);
        let all: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        pieces = all.chunks(count).map(|chunk| Content::from_bytes(&chunk.concat())).collect();
    }
    let length = options.value('a').and_then(|text| text.parse::<u32>().ok()).unwrap_or(2).clamp(1, 8);
    for (index, piece) in pieces.iter().enumerate() {
        let suffix = suffix(index, length, options.has('d'));
        let Some(suffix) = suffix else {
            process.complain(machine, "suffixes exhausted");
            return 1;
        };
        if let Err(errno) = process.write_file(machine, &format!("{prefix}{suffix}"), piece) {
            process.complain(machine, &format!("can't open '{prefix}{suffix}': {errno}"));
            return 1;
        }
    }
    0
}

fn suffix(index: usize, length: u32, digits: bool) -> Option<String> {
    let base = if digits { 10 } else { 26 };
    let mut text = Vec::new();
    let mut rest = index;
    for _ in 0..length {
        let digit = u8::try_from(rest % base).ok()?;
        text.push(if digits { b'0' + digit } else { b'a' + digit });
        rest /= base;
    }
    text.reverse();
    if rest == 0 { String::from_utf8(text).ok() } else { None }
}
