//! realpath.

use crate::process::{Machine, Process};

use super::input::missing_operand;
use super::options::parse;
use super::readlink::canonical;

pub fn realpath(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("canonicalize-existing", 'e'),
        ("canonicalize-missing", 'm'),
        ("no-symlinks", 's'),
        ("strip", 's'),
        ("quiet", 'q'),
        ("relative-to=", 'R'),
    ];
    let options = match parse(machine, process, "emsqzLPR:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    let mut status = 0;
    for operand in &options.operands {
        // busybox wants all of it to exist, GNU all but the last part.
        let how = options.last_of("em").unwrap_or(if super::input::is_busybox(machine) { 'e' } else { 'f' });
        match canonical(machine, process, &process.path(operand), how) {
            Ok(mut text) => {
                if let Some(base) = options.value('R') {
                    text = super::ln::relative_path(&process.path(base), &text);
                }
                process.out(machine, &format!("{text}\n"));
            }
            Err(errno) => {
                if !options.has('q') {
                    process.complain(machine, &format!("{operand}: {errno}"));
                }
                status = 1;
            }
        }
    }
    status
}
