//! Small programs that answer a question about the system: lsb_release, getconf, dpkg-architecture, envsubst.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::input::{not_modelled, text};

/// A value of /etc/os-release.
fn os_release(machine: &mut Machine, name: &str) -> String {
    let content = machine.fs.read("/etc/os-release", &Cred::root()).unwrap_or_default();
    let text = if content.is_known() { crate::process::text_of(machine, &content) } else { String::new() };
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=').map(str::to_string));
    line.unwrap_or_default().trim_matches('"').to_string()
}

/// `lsb_release -cs`, `-is`, `-rs`, `-ds`.
pub fn lsb_release(machine: &mut Machine, process: &mut Process) -> i32 {
    let letters: String = process.operands().iter().flat_map(|word| word.trim_start_matches("--").chars()).collect();
    let short = letters.contains('s');
    let mut id = os_release(machine, "ID");
    if let Some(first) = id.get(..1) {
        id = format!("{}{}", first.to_uppercase(), id.get(1..).unwrap_or_default());
    }
    let fields = [
        ('i', "Distributor ID", id),
        ('d', "Description", os_release(machine, "PRETTY_NAME")),
        ('r', "Release", os_release(machine, "VERSION_ID")),
        ('c', "Codename", os_release(machine, "VERSION_CODENAME")),
    ];
    for (letter, name, value) in fields {
        if letters.contains(letter) || letters.contains('a') {
            let line = if short { format!("{value}\n") } else { format!("{name}:\t{value}\n") };
            process.out(machine, &line);
        }
    }
    0
}

pub fn getconf(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = process.operands().first().cloned().unwrap_or_default();
    let value = match name.as_str() {
        "_NPROCESSORS_ONLN" | "_NPROCESSORS_CONF" | "NPROCESSORS_ONLN" => "4",
        "LONG_BIT" => "64",
        "PAGESIZE" | "PAGE_SIZE" => "4096",
        "ARG_MAX" => "2097152",
        "GNU_LIBC_VERSION" => "glibc 2.36",
        // The names are all in capitals and start with one of a few words.
        other if !other.contains('_') && other.chars().all(|letter| letter.is_ascii_uppercase()) => {
            process.complain(machine, &format!("Unrecognized variable `{other}'"));
            return 2;
        }
        other => {
            not_modelled(machine, process, other);
            return 0;
        }
    };
    process.out(machine, &format!("{value}\n"));
    0
}

/// `envsubst [SHELL-FORMAT]`: standard input with variables filled in; with a format, only those that it names.
pub fn envsubst(machine: &mut Machine, process: &mut Process) -> i32 {
    let only = process.operands().first().cloned();
    let content = process.stdin(machine);
    let Some(bytes) = text(machine, process, &content) else { return 0 };
    let input = String::from_utf8_lossy(&bytes).into_owned();
    let mut output = String::new();
    let mut rest = input.as_str();
    while let Some((before, after)) = rest.split_once('$') {
        output.push_str(before);
        let braced = after.strip_prefix('{');
        let body = braced.unwrap_or(after);
        let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(body.len());
        let (name, tail) = body.split_at_checked(end).unwrap_or((body, ""));
        let closed = braced.is_none() || tail.starts_with('}');
        let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let wanted = only
            .as_ref()
            .is_none_or(|list| list.contains(&format!("${name}")) || list.contains(&format!("${{{name}}}")));
        if starts_well && closed && wanted {
            output.push_str(process.env.get(name).map_or("", String::as_str));
            rest = if braced.is_some() { tail.get(1..).unwrap_or_default() } else { tail };
        } else {
            output.push('$');
            rest = after;
        }
    }
    output.push_str(rest);
    process.out(machine, &output);
    0
}
