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
    let gnu = !super::input::is_busybox(machine);
    let mut status = 0;
    let mut done = std::collections::BTreeSet::new();
    loop {
        let Some(word) = ready.pop_front() else {
            if left == 0 || !gnu {
                break;
            }
            // What is in a loop is told; one of its ties is cut, and it goes on.
            status = 1;
            let circle = circle(&waits, &after, &done);
            process.complain(machine, &format!("{operand}: input contains a loop:"));
            for word in &circle {
                process.complain(machine, word);
            }
            let Some(first) = circle.first().copied() else { break };
            let Some(last) = circle.last().copied() else { break };
            if let Some(next) = after.get_mut(last)
                && let Some(at) = next.iter().position(|word| *word == first)
            {
                next.remove(at);
            }
            if let Some(count) = waits.get_mut(first) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push_back(first);
                }
            }
            if !machine.step() {
                break;
            }
            continue;
        };
        done.insert(word);
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
    if status != 0 {
        return status;
    }
    if left > 0 {
        process.complain(machine, &format!("{operand}: input contains a loop:"));
        super::input::not_modelled(machine, process, "of a loop");
        return 1;
    }
    0
}

/// Words that wait for each other in a circle: each comes before the next, and the last before the first.
fn circle<'w>(
    waits: &BTreeMap<&'w str, usize>,
    after: &BTreeMap<&'w str, Vec<&'w str>>,
    done: &std::collections::BTreeSet<&'w str>,
) -> Vec<&'w str> {
    let waiting = |word: &&'w str| !done.contains(word) && waits.get(word).is_some_and(|count| *count > 0);
    let before = |word: &'w str| {
        after.iter().find(|(before, next)| waiting(before) && next.contains(&word)).map(|(before, _)| *before)
    };
    let mut path = Vec::new();
    let mut word = waits.keys().copied().find(waiting);
    while let Some(here) = word {
        if let Some(start) = path.iter().position(|seen| *seen == here) {
            let mut circle: Vec<&str> = path.split_off(start);
            circle.reverse();
            // GNU's begins with the word that it came upon first.
            if let Some(first) = circle.iter().enumerate().min_by_key(|(_, word)| **word).map(|(at, _)| at) {
                circle.rotate_left(first);
            }
            return circle;
        }
        path.push(here);
        word = before(here);
    }
    Vec::new()
}
