//! wget.

use crate::process::{Machine, Process};

use super::estimate::{download, estimated};
use super::fetch::{guessed, host};
use super::input::{is_busybox, last_part, missing_operand, not_modelled};
use super::options::read;

pub fn wget(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("output-document=", 'O'),
        ("quiet", 'q'),
        ("no-check-certificate", 'k'),
        ("directory-prefix=", 'P'),
        ("continue", 'c'),
        ("progress=", 'p'),
        ("show-progress", 's'),
        ("no-verbose", 'n'),
        ("https-only", 'h'),
        ("header=", 'H'),
        ("tries=", 't'),
        ("timeout=", 'T'),
        ("spider", 'S'),
        ("no-cache", 'N'),
        ("max-redirect=", 'm'),
        ("post-data=", 'H'),
        ("user-agent=", 'U'),
    ];
    let options = match read(process.operands(), "O:qkP:csnvH:t:T:SNm:U:", &long) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return if is_busybox(machine) { 1 } else { 2 };
        }
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    for url in &options.operands {
        if !machine.network {
            let host = host(url).to_string();
            if is_busybox(machine) {
                process.complain(machine, &format!("bad address '{host}'"));
                return 1;
            }
            if !options.has('q') {
                process.complain(machine, &format!("unable to resolve host address '{host}'"));
            }
            return 4;
        }
        estimated(machine);
        not_modelled(machine, process, url);
        let content = guessed(url);
        download(machine, content.size());
        let name = last_part(url.split('?').next().unwrap_or(url));
        let target = match options.value('O') {
            Some("-") => {
                process.out_content(machine, &content);
                continue;
            }
            Some(target) => target.to_string(),
            None => {
                let name = if url.ends_with('/') { "index.html" } else { name };
                super::input::join(options.value('P').unwrap_or_default(), name)
            }
        };
        if let Some(prefix) = options.value('P') {
            let _ = machine.fs.mkdir_all(&process.path(prefix), process.mode(0o777), &process.cred);
        }
        if let Err(errno) = process.write_file(machine, &target, &content) {
            let text = if is_busybox(machine) {
                format!("can't open '{target}': {errno}")
            } else {
                format!("{target}: {errno}")
            };
            process.complain(machine, &text);
            return if is_busybox(machine) { 1 } else { 3 };
        }
    }
    0
}
