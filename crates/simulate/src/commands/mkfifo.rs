//! mkfifo.

use filesystem::{Content, Errno};

use crate::process::{Machine, Process};

use super::input::not_modelled;
use super::node::exists;
use super::options::parse;

/// A named pipe is not a file that a layer's size could show: an empty file stands for it.
pub fn mkfifo(machine: &mut Machine, process: &mut Process) -> i32 {
    not_modelled(machine, process, "");
    let options = match parse(machine, process, "m:", &[("mode=", 'm')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    for operand in &options.operands {
        let path = process.path(operand);
        if exists(machine.fs, &path, &process.cred) {
            process.complain(machine, &format!("{operand}: {}", Errno::Exist));
            return 1;
        }
        if let Err(errno) = machine.fs.write(&path, Content::default(), process.mode(0o666), &process.cred) {
            process.complain(machine, &format!("{operand}: {errno}"));
            return 1;
        }
    }
    0
}
