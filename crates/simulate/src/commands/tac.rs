//! tac: the lines from the last to the first.

use crate::process::{Machine, Process};

use super::input::{open_all, text};
use super::options::parse;
use super::regex::{Regex, Syntax};

pub fn tac(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("before", 'b'), ("regex", 'r'), ("separator=", 's')];
    let short = if super::input::is_busybox(machine) { "" } else { "brs:" };
    let options = match parse(machine, process, short, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let separator = options.value('s').unwrap_or("\n");
    let regex = match options.has('r').then(|| Regex::new(separator.as_bytes(), Syntax::default())).transpose() {
        Ok(regex) => regex,
        Err(message) => {
            process.complain(machine, message);
            return 1;
        }
    };
    if regex.is_some() && separator.is_empty() {
        process.complain(machine, "separator cannot be empty");
        return 1;
    }
    let separator = if separator.is_empty() { b"\0" } else { separator.as_bytes() };
    let (contents, failed) = open_all(machine, process, &options.operands);
    let mut output = Vec::new();
    for (_, content) in contents {
        let bytes = text(machine, process, &content).unwrap_or_default();
        let ranges = separators(&bytes, separator, regex.as_ref());
        // Records end behind their separator, or begin with it.
        let mut cuts: Vec<usize> = ranges.iter().map(|(from, to)| if options.has('b') { *from } else { *to }).collect();
        cuts.push(bytes.len());
        let mut starts = vec![0];
        starts.extend(&cuts);
        for (from, to) in starts.iter().zip(&cuts).rev() {
            output.extend(bytes.get(*from..*to).unwrap_or_default());
        }
    }
    process.out_bytes(machine, &output);
    i32::from(failed)
}

/// Where the separators are.
fn separators(bytes: &[u8], separator: &[u8], regex: Option<&Regex>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let range = match regex {
            Some(regex) => regex.find(bytes, at).map(|found| found.whole()),
            None => {
                let rest = bytes.get(at..).unwrap_or_default();
                let start = match separator {
                    [one] => rest.iter().position(|byte| byte == one),
                    _ => rest.windows(separator.len()).position(|window| window == separator),
                };
                start.map(|start| (at + start, at + start + separator.len()))
            }
        };
        let Some((from, to)) = range else { break };
        if to > from {
            found.push((from, to));
        }
        at = to.max(at + 1);
    }
    found
}
