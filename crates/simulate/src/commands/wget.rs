//! wget.

use crate::process::{Machine, Process};

use super::fetch::{fetched, file_name, host};
use super::input::{is_busybox, missing_operand};
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
        ("secure-protocol=", 'm'),
        ("retry-connrefused", 's'),
        ("waitretry=", 'm'),
        ("read-timeout=", 'm'),
        ("content-disposition", 's'),
        ("trust-server-names", 's'),
        ("ca-certificate=", 'm'),
        ("no-clobber", 'c'),
        ("no-hsts", 's'),
        ("no-dns-cache", 's'),
        ("inet4-only", '4'),
        ("recursive", 'r'),
        ("no-parent", 's'),
        ("no-host-directories", 's'),
        ("cut-dirs=", 'm'),
        ("accept=", 'm'),
        ("compression=", 'm'),
        ("no-config", 's'),
    ];
    let options = match read(process.operands(), "O:qkP:csnvH:t:T:SNm:U:46rl:x", &long) {
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
        let content = fetched(machine, url);
        if options.has('S') {
            continue;
        }
        let target = match options.value('O') {
            Some("-") => {
                process.out_content(machine, &content);
                continue;
            }
            Some(target) => target.to_string(),
            None => {
                let name = Some(file_name(url)).filter(|name| !name.is_empty()).unwrap_or("index.html");
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
