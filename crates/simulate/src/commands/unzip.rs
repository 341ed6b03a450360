//! unzip: archives that were downloaded, whose files nobody knows.

use crate::process::{Machine, Process};

use super::estimate::place_as;
use super::input::not_modelled;
use super::options::read;

/// What a zip file unpacks to, by its packed bytes.
const UNPACKED_TIMES: u64 = 3;

pub fn unzip(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match read(process.operands(), "qonjd:x:lptvauLXfCP:", &[]) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return 10;
        }
    };
    let Some((archive, wanted)) = options.operands.split_first() else { return 10 };
    let content =
        match process.read_file(machine, archive).or_else(|_| process.read_file(machine, &format!("{archive}.zip"))) {
            Ok(content) => content,
            Err(_) => {
                let text = format!("unzip:  cannot find or open {archive}, {archive}.zip or {archive}.ZIP.\n");
                process.err(machine, &text);
                return 9;
            }
        };
    if options.any("ltpv") {
        machine.writes_nothing(&format!("unzip {archive}"));
        return 0;
    }
    if content.is_known() {
        not_modelled(machine, process, archive);
        return 0;
    }
    let folder = process.path(options.value('d').unwrap_or("."));
    let name = archive.rsplit('/').next().unwrap_or(archive).trim_end_matches(".zip").to_string();
    let size = content.size().saturating_mul(UNPACKED_TIMES);
    machine.typical_size(&format!("unzip {archive}"), size);
    machine.charge_write(size);
    let names: Vec<String> = if wanted.is_empty() { vec![name] } else { wanted.to_vec() };
    let each = size / (names.len() as u64).max(1);
    for name in names {
        let file = if options.has('j') { name.rsplit('/').next().unwrap_or(&name).to_string() } else { name.clone() };
        if let Err(errno) =
            place_as(machine, &format!("{folder}/{file}"), &format!("unzip/{name}"), each, 0o755, &process.cred)
        {
            process.err(machine, &format!("checkdir error:  cannot create {folder}: {errno}\n"));
            return 2;
        }
    }
    0
}
