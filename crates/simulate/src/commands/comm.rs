//! comm.

use crate::process::{Machine, Process};

use super::input::{lines, missing_after, open, text};
use super::options::parse;

pub fn comm(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "123", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let [one, two] = options.operands.as_slice() else { return missing_after(machine, process, &options.operands) };
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
