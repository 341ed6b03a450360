//! getent.

use crate::process::{Machine, Process};

use super::accounts::etc_file;
use super::input::is_busybox;
use super::misuse::{misuse, refuse};
use super::options::read;

pub fn getent(machine: &mut Machine, process: &mut Process) -> i32 {
    let gnu = !is_busybox(machine);
    let arguments = process.operands().to_vec();
    let options = match read(&arguments, "s:i", &[("service=", 's'), ("no-idn", 'i'), ("help", 'h')]) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            misuse(machine, process);
            return 64;
        }
    };
    if options.has('h') {
        process.out(machine, "Usage: getent [OPTION...] database [key ...]\n");
        super::input::not_modelled(machine, process, "--help");
        return 0;
    }
    let Some((database, keys)) = options.operands.split_first().map(|(first, rest)| (first.clone(), rest.to_vec()))
    else {
        if gnu {
            return refuse(machine, process, "wrong number of arguments");
        }
        return super::input::missing_operand(machine, process);
    };
    if database == "initgroups" && gnu {
        for key in &keys {
            let groups = super::accounts::groups(machine);
            let mine = groups.iter().filter(|group| group.members.contains(key)).map(|group| group.gid);
            let gids: Vec<String> = mine.map(|gid| gid.to_string()).collect();
            process.out(machine, &format!("{key:<21}{}\n", gids.join(" ")));
        }
        return 0;
    }
    let file = match database.as_str() {
        "passwd" | "group" | "shadow" | "gshadow" | "hosts" | "networks" | "services" | "protocols" | "rpc" => {
            format!("/etc/{database}")
        }
        "ahosts" | "ahostsv4" => "/etc/hosts".to_string(),
        _ => {
            process.err(machine, &format!("Unknown database: {database}\n"));
            return if gnu { misuse(machine, process) } else { 1 };
        }
    };
    let text = etc_file(machine, &file);
    let (mut output, mut status) = (String::new(), 0);
    if keys.is_empty() {
        output = text;
    } else {
        for key in keys {
            let found = text.lines().find(|line| {
                let fields: Vec<&str> = line.split(|c: char| c == ':' || c.is_whitespace()).collect();
                fields.first() == Some(&key.as_str()) || fields.get(2) == Some(&key.as_str())
            });
            match found {
                Some(line) => output.push_str(&format!("{line}\n")),
                None => status = 2,
            }
        }
    }
    process.out(machine, &output);
    status
}
