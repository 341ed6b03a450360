//! tee.

use crate::process::{Machine, OpenMode, Process};

use super::options::parse;

pub fn tee(machine: &mut Machine, process: &mut Process) -> i32 {
    let options =
        match parse(machine, process, "aip", &[("append", 'a'), ("ignore-interrupts", 'i'), ("output-error=", 'p')]) {
            Ok(options) => options,
            Err(status) => return status,
        };
    let content = process.stdin(machine);
    let mut status = 0;
    let how = if options.has('a') { OpenMode::Append } else { OpenMode::Truncate };
    for operand in &options.operands {
        let written = match operand.as_str() {
            // busybox takes the dash for standard output.
            "-" if super::input::is_busybox(machine) => process.write(machine, 1, &content),
            _ => process.open(machine, operand, how).and_then(|file| file.write(machine, &content)),
        };
        if let Err(errno) = written {
            process.complain(machine, &format!("{operand}: {errno}"));
            status = 1;
        }
    }
    process.out_content(machine, &content);
    status
}
