//! debconf-set-selections, dpkg-reconfigure, dpkg-architecture.

use filesystem::{Content, Cred, Kind};

use crate::process::{Machine, Process};

use super::estimate::{estimated, place};
use super::input::{not_modelled, open};

/// The database of answers of a small image.
const ANSWERS_BYTES: u64 = 12_258;
const ANSWERS: &str = "/var/cache/debconf/config.dat";

fn rewrite_answers(machine: &mut Machine, more: u64) {
    estimated(machine);
    let size = machine.fs.stat(ANSWERS, true, &Cred::root()).map_or(ANSWERS_BYTES, |stat| stat.size);
    let size = size.saturating_add(more);
    // the database keeps the one before
    for path in [ANSWERS, "/var/cache/debconf/config.dat-old"] {
        let _ = place(machine, path, &format!("debconf/{size}"), size, 0o644);
    }
}

pub fn debconf_set_selections(machine: &mut Machine, process: &mut Process) -> i32 {
    let file = process.operands().iter().find(|word| !word.starts_with("--")).cloned();
    match open(machine, process, file.as_deref().unwrap_or("-")) {
        Ok(content) => {
            rewrite_answers(machine, content.size());
            0
        }
        Err(errno) => {
            process.complain(machine, &format!("can't open {}: {errno}", file.unwrap_or_default()));
            2
        }
    }
}

pub fn dpkg_reconfigure(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let mut skip = false;
    for word in &words {
        if std::mem::take(&mut skip) {
            continue;
        }
        match word.as_str() {
            "-f" | "-p" | "--frontend" | "--priority" => skip = true,
            option if option.starts_with('-') => {}
            "tzdata" => set_time_zone(machine),
            "locales" => {
                process.args = vec!["locale-gen".to_string()];
                let status = super::apt::locale_gen(machine, process);
                if status != 0 {
                    return status;
                }
            }
            package => machine.writes_nothing(&format!("dpkg-reconfigure {package}")),
        }
    }
    rewrite_answers(machine, 0);
    0
}

/// tzdata writes into /etc/timezone what /etc/localtime points to.
fn set_time_zone(machine: &mut Machine) {
    let root = Cred::root();
    let target = match machine.fs.stat("/etc/localtime", false, &root).map(|stat| stat.kind) {
        Ok(Kind::Symlink(target)) => target.to_string(),
        _ => String::new(),
    };
    let zone = target.strip_prefix("/usr/share/zoneinfo/").unwrap_or("Etc/UTC");
    let _ = machine.fs.write("/etc/timezone", Content::text(&format!("{zone}\n")), 0o644, &root);
}

pub fn dpkg_architecture(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let value = |name: &str| match name.rsplit('_').take(2).collect::<Vec<_>>().as_slice() {
        ["TYPE", "GNU"] => Some("x86_64-linux-gnu"),
        ["CPU", "GNU"] => Some("x86_64"),
        ["SYSTEM", "GNU"] => Some("linux-gnu"),
        ["MULTIARCH", _] => Some("x86_64-linux-gnu"),
        ["ARCH" | "CPU", _] => Some("amd64"),
        ["OS", _] => Some("linux"),
        ["BITS", _] => Some("64"),
        _ => None,
    };
    let asked = words.iter().find_map(|word| word.strip_prefix("-q").or_else(|| word.strip_prefix("--query=")));
    let asked = asked.filter(|name| !name.is_empty()).or_else(|| words.get(1).map(String::as_str));
    match asked.and_then(value) {
        Some(text) => {
            process.out(machine, &format!("{text}\n"));
            0
        }
        None => {
            not_modelled(machine, process, words.first().map_or("", String::as_str));
            0
        }
    }
}
