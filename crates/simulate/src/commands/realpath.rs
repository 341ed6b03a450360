//! realpath.

use crate::process::{Machine, Process};

use super::input::{join, missing_operand};
use super::options::parse;
use super::quoting::named;
use super::readlink::{canonical, missing, plain};

pub fn realpath(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("canonicalize-existing", 'e'),
        ("canonicalize-missing", 'm'),
        ("no-symlinks", 's'),
        ("strip", 's'),
        ("quiet", 'q'),
        ("relative-to=", 'R'),
        ("relative-base=", 'B'),
        ("zero", 'z'),
        ("logical", 'L'),
        ("physical", 'P'),
    ];
    let options = match parse(machine, process, "emsqzLPR:B:", &long) {
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
        let path = process.path(operand);
        let found = match options.has('s') && !super::input::is_busybox(machine) {
            true if how == 'e' => machine.fs.stat(&path, false, &process.cred).map(|_| plain(&path)),
            true if !operand.is_empty() => Ok(plain(&path)),
            _ => canonical(machine, process, &path, how),
        };
        match found {
            Ok(mut text) => {
                let base = options.value('B').map(|base| missing(machine, process, &process.path(base)));
                let below = base.as_ref().is_none_or(|base| text == *base || text.starts_with(&join(base, "")));
                let to = options.value('R').map(|to| missing(machine, process, &process.path(to))).or(base);
                if let Some(to) = to.filter(|_| below) {
                    text = super::ln::relative_path(&to, &text);
                }
                let end = if options.has('z') { '\0' } else { '\n' };
                process.out(machine, &format!("{text}{end}"));
            }
            Err(errno) => {
                if !options.has('q') {
                    let name = if operand.is_empty() { "''".to_string() } else { named(machine, operand) };
                    process.complain(machine, &format!("{name}: {errno}"));
                }
                status = 1;
            }
        }
    }
    status
}
