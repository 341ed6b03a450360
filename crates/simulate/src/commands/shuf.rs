//! shuf: what it prints is known, its order is not.

use crate::process::{Machine, Process};

use super::input::{count_in, filter_text, lines, not_modelled};
use super::options::parse;

/// The most numbers of a range.
const MOST: u64 = 1_000_000;

pub fn shuf(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("echo", 'e'),
        ("input-range=", 'i'),
        ("head-count=", 'n'),
        ("output=", 'o'),
        ("zero-terminated", 'z'),
        ("repeat", 'r'),
        ("random-source=", 'R'),
    ];
    let options = match parse(machine, process, "ei:n:o:zr", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut items: Vec<Vec<u8>> = if let Some(range) = options.value('i') {
        let ends = range.split_once('-').and_then(|(from, to)| Some((from.parse::<u64>().ok()?, to.parse().ok()?)));
        let Some((from, to)) = ends.filter(|(from, to)| from <= to && to - from < MOST) else {
            let what = if super::input::is_busybox(machine) { "bad range" } else { "invalid input range:" };
            process.complain(machine, &format!("{what} '{range}'"));
            return 1;
        };
        if let Some(extra) = options.operands.first().filter(|_| !super::input::is_busybox(machine)) {
            return super::misuse::extra_operand(machine, process, extra);
        }
        (from..=to).map(|number| number.to_string().into_bytes()).collect()
    } else if options.has('e') {
        options.operands.iter().map(|word| word.clone().into_bytes()).collect()
    } else {
        if let Some(extra) = options.operands.get(1).filter(|_| !super::input::is_busybox(machine)) {
            return super::misuse::extra_operand(machine, process, extra);
        }
        let (bytes, status) = filter_text(machine, process, &options.operands);
        if status != 0 {
            return status;
        }
        lines(&bytes).into_iter().map(<[u8]>::to_vec).collect()
    };
    if let Some(text) = options.value('n') {
        match count_in(machine, process, text, 0..=u64::from(u32::MAX), "line count") {
            Ok(count) if options.has('r') && !items.is_empty() => {
                let known = items.len() == 1;
                items = items.iter().cycle().take(count.min(1 << 20)).cloned().collect();
                if !known {
                    not_modelled(machine, process, "order");
                }
            }
            Ok(count) => items.truncate(count),
            Err(status) => return status,
        }
    }
    if items.len() > 1 && !options.has('r') {
        not_modelled(machine, process, "order");
    }
    let end = if options.has('z') { 0 } else { b'\n' };
    let output: Vec<u8> = items.into_iter().flat_map(|item| item.into_iter().chain([end])).collect();
    let Some(file) = options.value('o') else {
        process.out_bytes(machine, &output);
        return 0;
    };
    match process.write_file(machine, file, &filesystem::Content::from_bytes(&output)) {
        Ok(()) => 0,
        Err(errno) => {
            process.complain(machine, &format!("can't open '{file}': {errno}"));
            1
        }
    }
}
