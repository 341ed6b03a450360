//! tsort.

use std::collections::BTreeMap;

use crate::process::{Machine, Process};

use super::input::{cannot_open, open, text};
use super::options::parse;

/// The words in an order that has every pair's first word before its second.
pub fn tsort(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let operand = options.operands.first().cloned().unwrap_or_else(|| "-".to_string());
    let content = match open(machine, process, &operand) {
        Ok(content) => content,
        Err(errno) => {
            cannot_open(machine, process, &operand, errno);
            return 1;
        }
    };
    let bytes = text(machine, process, &content).unwrap_or_default();
    let input = String::from_utf8_lossy(&bytes).into_owned();
    let words: Vec<&str> = input.split_whitespace().collect();
    if words.len() % 2 == 1 {
        process.complain(machine, &format!("{operand}: input contains an odd number of tokens"));
        return 1;
    }
    let mut waits: BTreeMap<&str, usize> = BTreeMap::new();
    let mut after: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pair in words.chunks_exact(2) {
        let [one, two] = pair else { continue };
        waits.entry(one).or_default();
        *waits.entry(two).or_default() += usize::from(one != two);
        if one != two {
            // The last that was named of those behind a word comes first, as in GNU's list.
            after.entry(one).or_default().insert(0, two);
        }
    }
    let mut ready: std::collections::VecDeque<&str> =
        waits.iter().filter(|(_, count)| **count == 0).map(|(word, _)| *word).collect();
    let (mut output, mut left) = (String::new(), waits.len());
    while let Some(word) = ready.pop_front() {
        output.push_str(word);
        output.push('\n');
        left -= 1;
        for next in after.remove(word).unwrap_or_default() {
            if let Some(count) = waits.get_mut(next) {
                *count -= 1;
                if *count == 0 {
                    ready.push_back(next);
                }
            }
        }
    }
    process.out(machine, &output);
    if left > 0 {
        process.complain(machine, &format!("{operand}: input contains a loop:"));
        super::input::not_modelled(machine, process, "of a loop");
        return 1;
    }
    0
}
