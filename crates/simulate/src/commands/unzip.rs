//! unzip and zip.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::estimate::{estimated, failed, place_as};
use super::input::{hash, join, not_modelled};
use super::options::read;

/// What is left of text and programs in a zip archive, in per mille: a typical figure.
const PACKED: u64 = 400;

pub fn unzip(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match read(process.operands(), "qod:nujlpxtvLC", &[]) {
        Ok(options) => options,
        Err(_) => {
            process.err(machine, "UnZip 6.00 of 20 April 2009, by Debian. Original by Info-ZIP.\n");
            return 10;
        }
    };
    let Some(archive) = options.operands.first().cloned() else {
        process.out(machine, "UnZip 6.00 of 20 April 2009, by Debian. Original by Info-ZIP.\n");
        return 10;
    };
    let content = [archive.clone(), format!("{archive}.zip")]
        .iter()
        .find_map(|name| machine.fs.read(&process.path(name), &process.cred).ok());
    let Some(content) = content else {
        process.err(machine, &format!("unzip:  cannot find or open {archive}, {archive}.zip or {archive}.ZIP.\n"));
        return 9;
    };
    if options.any("ltv") {
        not_modelled(machine, process, "-l");
        return 0;
    }
    if content.is_known() && !content.bytes(64 << 20).is_some_and(|bytes| bytes.starts_with(b"PK")) {
        let text = format!(
            "Archive:  {archive}\n  End-of-central-directory signature not found.\nunzip:  cannot find zipfile directory in one of {archive} or\n        {archive}.zip, and cannot find {archive}.ZIP, period.\n"
        );
        process.err(machine, &text);
        return 9;
    }
    if content.is_known() {
        not_modelled(machine, process, "of known bytes");
    }
    let folder = options.value('d').map_or_else(|| process.cwd.clone(), |folder| process.path(folder));
    // -j puts all files into one folder
    let strip = usize::from(options.has('j'));
    match super::fetch::unpack_into(machine, process, &content, &folder, strip) {
        Ok(names) => {
            for operand in options.operands.iter().skip(1).filter(|operand| !operand.contains('*')) {
                let name = if strip > 0 { super::input::last_part(operand) } else { operand.as_str() };
                if names.iter().all(|other| other != name) {
                    let _ = place_as(
                        machine,
                        &join(&folder, name),
                        &format!("unzipped/{operand}"),
                        content.size() * 2,
                        0o755,
                        &process.cred,
                    );
                }
            }
            0
        }
        Err(errno) => failed(machine, process, errno),
    }
}

pub fn zip(machine: &mut Machine, process: &mut Process) -> i32 {
    let words: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let Some((archive, files)) = words.split_first() else {
        process.err(machine, "zip error: Nothing to do!\n");
        return 12;
    };
    estimated(machine);
    let archive = if archive.contains('.') { archive.clone() } else { format!("{archive}.zip") };
    let mut bytes = 22u64;
    for file in files {
        let found = machine.fs.walk(&process.path(file));
        bytes += found
            .iter()
            .filter(|(_, stat)| stat.is_file())
            .map(|(_, stat)| stat.size / 1000 * PACKED + 150)
            .sum::<u64>();
    }
    let content = Content::opaque(&format!("zip/{}", hash(&words.join(" "))), bytes);
    match process.write_file(machine, &archive, &content) {
        Ok(()) => 0,
        Err(errno) => failed(machine, process, errno),
    }
}
