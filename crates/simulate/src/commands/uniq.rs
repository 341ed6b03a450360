//! uniq, comm.

use crate::process::{Machine, Process};

use super::input::{cannot_open, lines, missing_operand, open, text};
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

pub fn comm(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "123", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let [one, two] = options.operands.as_slice() else { return missing_operand(machine, process) };
    let mut texts = Vec::new();
    for operand in [one, two] {
        match open(machine, process, operand) {
            Ok(content) => texts.push(text(machine, process, &content).unwrap_or_default()),
            Err(errno) => {
                process.complain(machine, &format!("can't open '{operand}': {errno}"));
                return 1;
            }
        }
    }
    let [one, two] = texts.as_slice() else { return 1 };
    let (one, two) = (lines(one), lines(two));
    let (mut one, mut two) = (one.into_iter().peekable(), two.into_iter().peekable());
    let mut output = Vec::new();
    loop {
        let order = match (one.peek(), two.peek()) {
            (None, None) => break,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(one), Some(two)) => one.cmp(two),
        };
        let (line, column, letter) = match order {
            std::cmp::Ordering::Less => (one.next(), 0, '1'),
            std::cmp::Ordering::Greater => (two.next(), 1, '2'),
            std::cmp::Ordering::Equal => {
                one.next();
                (two.next(), 2, '3')
            }
        };
        if options.has(letter) {
            continue;
        }
        let tabs = "12".chars().take(column).filter(|earlier| !options.has(*earlier)).count();
        output.extend(std::iter::repeat_n(b'\t', tabs));
        output.extend(line.unwrap_or_default());
        output.push(b'\n');
    }
    process.out_bytes(machine, &output);
    0
}
