//! curl.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::fetch::{fetched, file_name, host};
use super::input::join;
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
        ("continue-at=", 'C'),
        ("remote-header-name", 'J'),
        ("remote-name-all", 'O'),
        ("proto-default=", 'r'),
        ("proto-redir=", 'r'),
        ("tlsv1.3", '2'),
        ("tls-max=", 'r'),
        ("ssl-reqd", 'c'),
        ("http1.1", 'c'),
        ("http2", 'c'),
        ("ipv4", '4'),
        ("ipv6", '6'),
        ("no-progress-meter", 'c'),
        ("fail-with-body", 'f'),
        ("retry-max-time=", 'r'),
        ("max-redirs=", 'r'),
        ("user-agent=", 'A'),
        ("referer=", 'e'),
        ("form=", 'F'),
        ("cookie=", 'b'),
        ("data-raw=", 'd'),
        ("data-binary=", 'd'),
        ("data-urlencode=", 'd'),
        ("upload-file=", 'T'),
        ("proxy=", 'x'),
        ("cacert=", 'r'),
        ("capath=", 'r'),
        ("cert=", 'r'),
        ("key=", 'r'),
        ("limit-rate=", 'r'),
        ("location-trusted", 'L'),
        ("get", 'G'),
        ("verbose", 'v'),
        ("netrc", 'n'),
        ("parallel", 'Z'),
        ("time-cond=", 'r'),
        ("remote-time", 'R'),
        ("globoff", 'g'),
    ];
    let options = match read(process.operands(), "o:OfsSLH:d:X:u:kr:m:cDI#VU:w:A:e:F:b:T:x:Q:246C:JGvnZRgN", &long) {
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
        let local = url.strip_prefix("file://").map(str::to_string);
        if !machine.network && local.is_none() {
            if !options.has('s') || options.has('S') {
                process.err(machine, &format!("curl: (6) Could not resolve host: {}\n", host(url)));
            }
            return 6;
        }
        let content = match local {
            Some(path) => match machine.fs.read(&path, &process.cred) {
                Ok(content) => content,
                Err(_) => {
                    process.err(machine, &format!("curl: (37) Couldn't open file {path}\n"));
                    return 37;
                }
            },
            None if options.has('I') => Content::text("HTTP/2 200 \r\n\r\n"),
            None => fetched(machine, url),
        };
        let target = match outputs.get(at) {
            Some(output) if *output != "-" => Some((*output).to_string()),
            None if options.any("OJ") => {
                let name = file_name(url);
                if name.is_empty() {
                    process.err(machine, "curl: Remote file name has no length!\n");
                    return 23;
                }
                Some(name.to_string())
            }
            _ => None,
        };
        match target {
            Some(target) => {
                let target = match options.value('Q') {
                    Some(folder) if !target.starts_with('/') => join(folder, &target),
                    _ => target,
                };
                if let Some((parent, _)) = target.rsplit_once('/').filter(|_| options.has('D')) {
                    let _ = machine.fs.mkdir_all(&process.path(parent), process.mode(0o777), &process.cred);
                }
                if let Err(errno) = process.write_file(machine, &target, &content) {
                    let text = format!("Warning: Failed to open the file {target}: {errno}\n");
                    process.err(machine, &text);
                    process.err(machine, "curl: (23) Failure writing output to destination\n");
                    return 23;
                }
                machine.charge_write(content.size());
            }
            None => {
                process.out_content(machine, &content);
            }
        }
        if let Some(format) = options.value('w') {
            let text = format.replace("%{http_code}", "200").replace("%{url_effective}", url).replace("\\n", "\n");
            process.out(machine, &text);
        }
    }
    0
}
