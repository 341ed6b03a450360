//! Keys of repositories: apt-key, and what Dockerfiles do with gpg.

use filesystem::{Content, Cred};

use super::super::estimate::estimated;
use super::super::input::not_modelled;
use super::super::options::read;
use crate::process::{Machine, Process};

/// apt-key: deprecated, and it needs gnupg.
pub fn apt_key(machine: &mut Machine, process: &mut Process) -> i32 {
    process.err(
        machine,
        "Warning: apt-key is deprecated. Manage keyring files in trusted.gpg.d instead (see apt-key(8)).\n",
    );
    if !["/usr/bin/gpg", "/bin/gpg"].iter().any(|path| machine.fs.stat(path, true, &Cred::root()).is_ok()) {
        process.err(
            machine,
            "E: gnupg, gnupg2 and gnupg1 do not seem to be installed, but one of them is required for this operation\n",
        );
        return 255;
    }
    let words = process.operands().to_vec();
    let command = words.iter().find(|word| !word.starts_with('-')).map(String::as_str);
    match command {
        Some("add") => {
            let file = words.last().map_or("-", String::as_str);
            let content = if file == "-" { Ok(process.stdin(machine)) } else { process.read_file(machine, file) };
            let Ok(content) = content else {
                process.err(machine, &format!("gpg: can't open '{file}': No such file or directory\n"));
                return 2;
            };
            if content.size() == 0 {
                process.err(machine, "gpg: no valid OpenPGP data found.\n");
                return 2;
            }
            store(machine, &binary(&content))
        }
        Some("adv") if !machine.network => {
            process.err(machine, "gpg: keyserver receive failed: No dirmngr\n");
            2
        }
        Some("adv") => {
            estimated(machine);
            let key = words.last().cloned().unwrap_or_default();
            store(machine, &Content::opaque(&format!("key/{key}"), KEY_BYTES))
        }
        Some("list" | "finger" | "export" | "exportall" | "del" | "update" | "net-update") => 0,
        _ => {
            not_modelled(machine, process, command.unwrap_or_default());
            0
        }
    }
}

/// What a key weighs whose bytes nobody knows: about the median of repositories' keys.
const KEY_BYTES: u64 = 2_300;

fn store(machine: &mut Machine, key: &Content) -> i32 {
    let path = "/etc/apt/trusted.gpg";
    let done = machine.fs.append(path, key, 0o644, &Cred::root());
    if done.is_err() { 2 } else { 0 }
}

/// A key without its armour: base64 of three quarters of the size, or as it is where it has none.
fn binary(content: &Content) -> Content {
    let id: String = content.digest().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let begins = content.slice(0, content.size().min(10)).bytes(10);
    let is_binary = begins.is_some_and(|bytes| !bytes.starts_with(b"-----BEGIN"));
    let size = if is_binary { content.size() } else { content.size().saturating_mul(73) / 100 };
    Content::opaque(&format!("key/{id}"), size)
}

/// gpg: taking armour off keys, receiving and importing them, checking signatures.
pub fn gpg(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("dearmor", 'D'),
        ("dearmour", 'D'),
        ("enarmor", 'E'),
        ("output=", 'o'),
        ("import", 'i'),
        ("export", 'x'),
        ("armor", 'a'),
        ("verify", 'v'),
        ("batch", 'b'),
        ("yes", 'y'),
        ("no-tty", 'b'),
        ("quiet", 'q'),
        ("verbose", 'V'),
        ("version", 'W'),
        ("recv-keys", 'r'),
        ("recv-key", 'r'),
        ("receive-keys", 'r'),
        ("keyserver=", 'k'),
        ("keyserver-options=", 'k'),
        ("homedir=", 'h'),
        ("keyring=", 'K'),
        ("no-default-keyring", 'b'),
        ("primary-keyring=", 'K'),
        ("no-options", 'b'),
        ("list-keys", 'l'),
        ("fingerprint", 'l'),
        ("show-keys", 'l'),
        ("with-fingerprint", 'b'),
        ("with-colons", 'b'),
        ("import-options=", 'k'),
        ("trust-model=", 'k'),
        ("status-fd=", 'k'),
        ("decrypt", 'd'),
        ("auto-key-retrieve", 'b'),
    ];
    let options = match read(process.operands(), "o:axvqk:bd", &long) {
        Ok(options) => options,
        Err(_) => {
            let all = process.operands().join(" ");
            not_modelled(machine, process, &all);
            return 0;
        }
    };
    if options.has('W') {
        process.out(machine, "gpg (GnuPG) 2.2.40\n");
        return 0;
    }
    if options.has('r') {
        if !machine.network {
            process.err(machine, "gpg: keyserver receive failed: Network is unreachable\n");
            return 2;
        }
        estimated(machine);
        let home = options.value('h').map(str::to_string).or_else(|| process.env.get("GNUPGHOME").cloned());
        let path = keyring(process, &options.value('K').map(str::to_string), home);
        let names = options.operands.join("+");
        let count = options.operands.len().max(1) as u64;
        super::super::estimate::download(machine, KEY_BYTES * count);
        return save(machine, process, &path, &Content::opaque(&format!("key/{names}"), KEY_BYTES * count), true);
    }
    if options.any("DixE") {
        let input = options.operands.first().cloned();
        let content = match (&input, options.has('x')) {
            (_, true) => Ok(Content::opaque(&format!("key/{}", options.operands.join("+")), KEY_BYTES)),
            (Some(name), _) if name != "-" => process.read_file(machine, name),
            _ => Ok(process.stdin(machine)),
        };
        let Ok(content) = content else {
            let name = input.unwrap_or_default();
            process.err(machine, &format!("gpg: can't open '{name}': No such file or directory\n"));
            return 2;
        };
        if content.size() == 0 {
            process.err(machine, "gpg: no valid OpenPGP data found.\n");
            return 2;
        }
        estimated(machine);
        let key = if options.has('x') { content } else { binary(&content) };
        return match (options.value('o'), input, options.has('i')) {
            (_, _, true) => {
                let home = options.value('h').map(str::to_string).or_else(|| process.env.get("GNUPGHOME").cloned());
                let path = keyring(process, &options.value('K').map(str::to_string), home);
                save(machine, process, &path, &key, true)
            }
            (Some("-"), _, _) | (None, None, _) => {
                process.out_content(machine, &key);
                0
            }
            (Some(output), _, _) => {
                let is_there = machine.fs.stat(&process.path(output), true, &process.cred).is_ok();
                if is_there && !options.has('y') {
                    // gpg asks on the terminal, and a build has none
                    let asks = if options.has('b') {
                        String::new()
                    } else {
                        "gpg: cannot open '/dev/tty': No such device or address\n".to_string()
                    };
                    process.err(machine, &format!("File '{output}' exists. {asks}"));
                    return 2;
                }
                save(machine, process, output, &key, false)
            }
            (None, Some(input), _) => save(machine, process, &format!("{input}.gpg"), &key, false),
        };
    }
    if options.any("vl") {
        return 0;
    }
    let all = process.operands().join(" ");
    not_modelled(machine, process, &all);
    0
}

fn keyring(process: &Process, named: &Option<String>, home: Option<String>) -> String {
    let own = process.env.get("HOME").map_or("/root", String::as_str);
    let home = home.unwrap_or_else(|| format!("{own}/.gnupg"));
    match named {
        Some(name) if name.contains('/') => name.clone(),
        Some(name) => format!("{home}/{name}"),
        None => format!("{home}/pubring.kbx"),
    }
}

fn save(machine: &mut Machine, process: &Process, path: &str, key: &Content, add: bool) -> i32 {
    let path = process.path(path);
    if add && let Some((parent, _)) = path.rsplit_once('/') {
        let _ = machine.fs.mkdir_all(parent, 0o700, &process.cred);
    }
    let mode = process.mode(0o666);
    let done = if add {
        machine.fs.append(&path, key, 0o600, &process.cred)
    } else {
        machine.fs.write(&path, key.clone(), mode, &process.cred)
    };
    match done {
        Ok(()) => 0,
        Err(errno) => {
            process.err(machine, &format!("gpg: can't create '{path}': {errno}\n"));
            2
        }
    }
}
