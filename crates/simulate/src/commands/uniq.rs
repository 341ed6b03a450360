//! uniq.

use crate::process::{Machine, Process};

use super::input::{cannot_open, lines, open, text};
use super::options::parse;

pub fn uniq(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("count", 'c'),
        ("repeated", 'd'),
        ("unique", 'u'),
        ("ignore-case", 'i'),
        ("skip-fields=", 'f'),
        ("skip-chars=", 's'),
        ("check-chars=", 'w'),
    ];
    let options = match parse(machine, process, "cduif:s:w:z", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let count = |letter: char| options.value(letter).and_then(|text| text.parse::<usize>().ok());
    let input = options.operands.first().cloned().unwrap_or_else(|| "-".to_string());
    let content = match open(machine, process, &input) {
        Ok(content) => content,
        Err(errno) => {
            cannot_open(machine, process, &input, errno);
            return 1;
        }
    };
    let bytes = text(machine, process, &content).unwrap_or_default();
    let key = |line: &[u8]| -> Vec<u8> {
        let mut rest = line;
        for _ in 0..count('f').unwrap_or(0).min(line.len()) {
            let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            rest = rest.get(blanks..).unwrap_or_default();
            let field = rest.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
            rest = rest.get(field..).unwrap_or_default();
        }
        rest = rest.get(count('s').unwrap_or(0)..).unwrap_or_default();
        rest = rest.get(..count('w').unwrap_or(usize::MAX).min(rest.len())).unwrap_or_default();
        if options.has('i') { rest.to_ascii_lowercase() } else { rest.to_vec() }
    };
    let mut groups: Vec<(&[u8], Vec<u8>, usize)> = Vec::new();
    for line in lines(&bytes) {
        let key = key(line);
        match groups.last_mut() {
            Some((_, last, count)) if *last == key => *count += 1,
            _ => groups.push((line, key, 1)),
        }
    }
    let mut output = Vec::new();
    for (line, _, count) in groups {
        if options.has('d') && count < 2 || options.has('u') && count > 1 {
            continue;
        }
        if options.has('c') {
            output.extend(format!("{count:7} ").bytes());
        }
        output.extend(line);
        output.push(b'\n');
    }
    match options.operands.get(1) {
        Some(file) if file != "-" => {
            let content = filesystem::Content::from_bytes(&output);
            if let Err(errno) = process.write_file(machine, file, &content) {
                cannot_open(machine, process, file, errno);
                return 1;
            }
        }
        _ => {
            process.out_bytes(machine, &output);
        }
    }
    0
}
