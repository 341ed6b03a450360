//! xargs, as busybox has it.

use crate::process::{Machine, Process};

use super::input::{count_in, is_busybox};
use super::options::parse;
use super::start::start;

pub fn xargs(machine: &mut Machine, process: &mut Process) -> i32 {
    if !is_busybox(machine) {
        return super::gnu_xargs::xargs(machine, process);
    }
    let long = [
        ("null", '0'),
        ("max-args=", 'n'),
        ("replace=", 'i'),
        ("no-run-if-empty", 'r'),
        ("verbose", 't'),
        ("max-procs=", 'P'),
        ("delimiter=", 'd'),
        ("max-lines=", 'L'),
    ];
    let letters = if is_busybox(machine) { "+0n:I:i::rtP:s:e::E:pxa:o" } else { "+0n:I:i::rtP:d:L:s:e::E:pxa:o" };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut size = None;
    for (letter, what) in [('s', "-s"), ('L', "-L"), ('n', "-n")] {
        if let Some(text) = options.value(letter) {
            match count_in(machine, process, text, 1..=0x7fff_ffff, &format!("number for {what} option")) {
                Ok(count) if letter != 's' => size = Some(count),
                Ok(_) => {}
                Err(status) => return status,
            }
        }
    }
    let replaced = options.has('I').then(|| options.value('I').unwrap_or("{}").to_string());
    let replaced = replaced.or(options.has('i').then(|| options.value('i').unwrap_or("{}").to_string()));
    let text = process.stdin_text(machine);
    // One item is one word, or one line where lines are asked for.
    let separated = |separator: char| -> Vec<String> {
        let mut items: Vec<String> = text.split(separator).map(str::to_string).collect();
        items.pop_if(|last| last.is_empty());
        items
    };
    let items = if options.has('0') {
        separated('\0')
    } else if let Some(delimiter) = options.value('d') {
        separated(super::escapes::unescape(delimiter).chars().next().unwrap_or('\n'))
    } else if replaced.is_some() || options.has('L') {
        separated('\n').into_iter().map(|line| line.trim_start().to_string()).filter(|line| !line.is_empty()).collect()
    } else {
        match super::gnu_xargs::words(&text, false).map(|lines| lines.concat()) {
            Ok(words) => words,
            Err(quote) => {
                process.complain(machine, &format!("unmatched {quote} quote"));
                return 1;
            }
        }
    };
    if items.is_empty() && (options.has('r') || replaced.is_some()) {
        return 0;
    }
    let command = if options.operands.is_empty() { vec!["echo".to_string()] } else { options.operands.clone() };
    let size = if replaced.is_some() { 1 } else { size.unwrap_or(usize::MAX) };
    let mut status = 0;
    let chunks: Vec<Vec<String>> = if items.is_empty() {
        vec![Vec::new()]
    } else {
        items.chunks(size.min(items.len())).map(<[String]>::to_vec).collect()
    };
    let mut child_input = process.clone();
    child_input.fds.insert(0, crate::process::Descriptor::null());
    for chunk in chunks {
        let arguments: Vec<String> = match &replaced {
            Some(mark) => {
                let item = chunk.first().cloned().unwrap_or_default();
                command.iter().map(|word| word.replace(mark.as_str(), &item)).collect()
            }
            None => {
                let lines = options.has('L') && !options.has('0');
                let chunk = chunk.iter().flat_map(|item| {
                    if lines { item.split_whitespace().map(str::to_string).collect() } else { vec![item.clone()] }
                });
                command.iter().cloned().chain(chunk).collect()
            }
        };
        if options.has('t') {
            process.err(machine, &format!("{}\n", arguments.join(" ")));
        }
        let program = arguments.first().cloned().unwrap_or_default();
        match start(machine, &child_input, arguments) {
            0 => {}
            255 => {
                process.complain(machine, &format!("{program}: exited with status 255; aborting"));
                return 124;
            }
            failed @ (126 | 127) => return failed,
            _ => status = 123,
        }
        if machine.steps_left == 0 {
            break;
        }
    }
    status
}
