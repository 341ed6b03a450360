//! ldd of the C library.

use crate::process::{Machine, Process};

use super::input::not_modelled;
use super::node::Node;

/// Which libraries a program needs is not known; which files are there is.
pub fn ldd(machine: &mut Machine, process: &mut Process) -> i32 {
    let names: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    if names.is_empty() {
        process.err(machine, "ldd: missing file arguments\nTry `ldd --help' for more information.\n");
        return 1;
    }
    let mut status = 0;
    for name in names {
        let shown = if name.contains('/') { name.clone() } else { format!("./{name}") };
        match Node::at(machine.fs, &process.path(&name), true, &process.cred) {
            Ok(node) if node.is_file() => not_modelled(machine, process, "of a program"),
            Ok(_) => {
                process.err(machine, &format!("ldd: {shown}: not regular file\n"));
                status = 1;
            }
            Err(errno) => {
                process.err(machine, &format!("ldd: {shown}: {errno}\n"));
                status = 1;
            }
        }
    }
    status
}
