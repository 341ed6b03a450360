//! paste.

use crate::process::{Machine, Process};

use super::input::{lines, open_all, text};
use super::options::parse;

pub fn paste(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "sd:", &[("serial", 's'), ("delimiters=", 'd')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let delimiters =
        options.value('d').map_or_else(|| vec![b'\t'], |text| super::escapes::unescape_bytes(text, false).0);
    let (contents, failed) = open_all(machine, process, &options.operands);
    let texts: Vec<Vec<u8>> =
        contents.iter().map(|(_, content)| text(machine, process, content).unwrap_or_default()).collect();
    let columns: Vec<Vec<&[u8]>> = texts.iter().map(|text| lines(text)).collect();
    let delimiter = |at: usize| delimiters.get(at % delimiters.len().max(1)).copied();
    let mut output = Vec::new();
    if options.has('s') {
        for column in columns {
            for (at, line) in column.iter().enumerate() {
                if at > 0 {
                    output.extend(delimiter(at - 1));
                }
                output.extend(*line);
            }
            output.push(b'\n');
        }
    } else {
        for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
            for (at, column) in columns.iter().enumerate() {
                if at > 0 {
                    output.extend(delimiter(at - 1));
                }
                output.extend(column.get(row).copied().unwrap_or_default());
            }
            output.push(b'\n');
        }
    }
    process.out_bytes(machine, &output);
    i32::from(failed)
}
