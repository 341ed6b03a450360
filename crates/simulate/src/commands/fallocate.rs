//! fallocate.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand, number};
use super::options::parse;

pub fn fallocate(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("length=", 'l'), ("offset=", 'o'), ("keep-size", 'n')];
    let options = match parse(machine, process, "l:o:nvx", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (Some(operand), Some(text)) = (options.operands.first(), options.value('l')) else {
        if !is_busybox(machine) {
            let length = options.value('l').is_none();
            let text = if length { "no length argument specified" } else { "no filename specified" };
            process.complain(machine, text);
            return 1;
        }
        return missing_operand(machine, process);
    };
    let offset = options.value('o').map_or(Some(0), number);
    let size = number(text).zip(offset).and_then(|(length, offset)| length.checked_add(offset));
    let Some(size) = size.filter(|size| *size > 0 && *size <= crate::process::MAX_CONTENT_BYTES) else {
        let message = format!("invalid number '{text}'");
        let gnu = "invalid length value specified";
        process.complain(machine, if is_busybox(machine) { &message } else { gnu });
        return 1;
    };
    let path = process.path(operand);
    let mut content = machine.fs.read(&path, &filesystem::Cred::root()).unwrap_or_default();
    if content.size() < size && !options.has('n') {
        let missing = size - content.size();
        machine.charge_write(missing);
        content.append(&Content::repeat(0, missing));
    }
    match machine.fs.write(&path, content, process.mode(0o666), &process.cred) {
        Ok(()) => 0,
        Err(errno) => {
            process.complain(machine, &format!("can't open '{operand}': {errno}"));
            1
        }
    }
}
