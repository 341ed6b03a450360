//! shred.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::missing_operand;
use super::node::Node;
use super::options::parse;

/// What it writes is random; with `-z` zeros are what stays, with `-u` nothing.
pub fn shred(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("force", 'f'), ("iterations=", 'n'), ("size=", 's'), ("remove", 'u'), ("verbose", 'v'), ("zero", 'z')];
    let options = match parse(machine, process, "fn:s:uvxz", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    let mut status = 0;
    for operand in &options.operands {
        let path = process.path(operand);
        let result = Node::at(machine.fs, &path, true, &process.cred).and_then(|node| {
            machine.charge_write(node.size.saturating_mul(3));
            if options.has('u') {
                return machine.fs.remove_file(&path, &process.cred);
            }
            let content =
                if options.has('z') { Content::repeat(0, node.size) } else { Content::opaque("random", node.size) };
            machine.fs.write(&path, content, node.attr.mode, &process.cred)
        });
        if let Err(errno) = result {
            let text = if super::input::is_busybox(machine) {
                format!("can't open '{operand}': {errno}")
            } else {
                format!("{operand}: failed to open for writing: {errno}")
            };
            process.complain(machine, &text);
            status = 1;
        }
    }
    status
}
