//! dos2unix and unix2dos: line ends, in place.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{is_busybox, text};
use super::node::Node;
use super::options::parse;

pub fn dos2unix(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("quiet", 'q'), ("keepdate", 'k'), ("force", 'f'), ("newfile", 'n'), ("oldfile", 'o')];
    let options = match parse(machine, process, "udqkfno", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let to_unix = options.last_of("ud").map_or(process.name() == "dos2unix", |letter| letter == 'u');
    if options.operands.is_empty() {
        let content = process.stdin(machine);
        let bytes = text(machine, process, &content).unwrap_or_default();
        process.out_bytes(machine, &converted(&bytes, to_unix));
        return 0;
    }
    let mut status = 0;
    for operand in &options.operands {
        let path = process.path(operand);
        let result = Node::at(machine.fs, &path, true, &process.cred).and_then(|node| {
            let content = process.read_file(machine, operand)?;
            let Some(bytes) = text(machine, process, &content) else { return Ok(()) };
            let content = Content::from_bytes(&converted(&bytes, to_unix));
            machine.fs.write(&path, content, node.attr.mode, &process.cred)
        });
        match result {
            Ok(()) if is_busybox(machine) || options.has('q') => {}
            Ok(()) => {
                let kind = if to_unix { "Unix" } else { "DOS" };
                process.complain(machine, &format!("converting file {operand} to {kind} format..."));
            }
            Err(errno) => {
                let text = if is_busybox(machine) {
                    format!("can't open '{operand}': {errno}")
                } else {
                    format!("{operand}: {errno}")
                };
                process.complain(machine, &text);
                status = 1;
            }
        }
    }
    status
}

/// The text with the other line ends; returns that stand elsewhere go too, as both programs have it.
fn converted(bytes: &[u8], to_unix: bool) -> Vec<u8> {
    let mut output = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        let before_newline = bytes.get(at + 1) == Some(&b'\n');
        match byte {
            b'\r' if to_unix || before_newline => {}
            b'\n' if !to_unix => output.extend(b"\r\n"),
            byte => output.push(*byte),
        }
    }
    output
}
