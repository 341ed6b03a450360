//! curl.

use crate::process::{Machine, Process};

use super::estimate::{download, estimated};
use super::fetch::{guessed, host};
use super::input::{last_part, not_modelled};
use super::options::read;

pub fn curl(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("output=", 'o'),
        ("remote-name", 'O'),
        ("fail", 'f'),
        ("silent", 's'),
        ("show-error", 'S'),
        ("location", 'L'),
        ("header=", 'H'),
        ("data=", 'd'),
        ("request=", 'X'),
        ("user=", 'u'),
        ("insecure", 'k'),
        ("retry=", 'r'),
        ("retry-delay=", 'r'),
        ("connect-timeout=", 'r'),
        ("max-time=", 'm'),
        ("compressed", 'c'),
        ("create-dirs", 'D'),
        ("proto=", 'r'),
        ("tlsv1.2", '2'),
        ("head", 'I'),
        ("output-dir=", 'Q'),
        ("progress-bar", '#'),
        ("retry-connrefused", 'c'),
        ("retry-all-errors", 'c'),
        ("version", 'V'),
        ("url=", 'U'),
        ("write-out=", 'w'),
    ];
    let options = match read(process.operands(), "o:OfsSLH:d:X:u:kr:m:cDI#VU:w:A:e:F:b:T:x:Q:2", &long) {
        Ok(options) => options,
        Err(message) => {
            process.err(
                machine,
                &format!("curl: {message}\ncurl: try 'curl --help' or 'curl --manual' for more information\n"),
            );
            return 2;
        }
    };
    if options.has('V') {
        process.out(machine, "curl\n");
        return 0;
    }
    let mut urls = options.operands.clone();
    urls.extend(options.values('U').map(str::to_string));
    if urls.is_empty() {
        process.err(machine, "curl: try 'curl --help' or 'curl --manual' for more information\n");
        return 2;
    }
    let outputs: Vec<&str> = options.values('o').collect();
    for (at, url) in urls.iter().enumerate() {
        if !machine.network {
            if !options.has('s') || options.has('S') {
                process.err(machine, &format!("curl: (6) Could not resolve host: {}\n", host(url)));
            }
            return 6;
        }
        estimated(machine);
        not_modelled(machine, process, url);
        let content = guessed(url);
        download(machine, content.size());
        let target = match outputs.get(at) {
            Some(output) if *output != "-" => Some((*output).to_string()),
            None if options.has('O') => Some(last_part(url.split('?').next().unwrap_or(url)).to_string()),
            _ => None,
        };
        match target {
            Some(target) => {
                if let Some((parent, _)) = target.rsplit_once('/').filter(|_| options.has('D')) {
                    let _ = machine.fs.mkdir_all(&process.path(parent), process.mode(0o777), &process.cred);
                }
                if let Err(errno) = process.write_file(machine, &target, &content) {
                    process.err(
                        machine,
                        &format!("curl: (23) Failure writing output to destination: {target}: {errno}\n"),
                    );
                    return 23;
                }
            }
            None => {
                process.out_content(machine, &content);
            }
        }
    }
    0
}
