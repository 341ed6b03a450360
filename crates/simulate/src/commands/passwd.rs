//! passwd and chpasswd.

use crate::process::{Machine, Process};

use super::account_files::{denied, write_etc};
use super::accounts::{etc_file, users};

/// Changes the password's field: the bytes of a hash that is salted at random are not those of a real build.
pub fn passwd(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = process.operands().iter().rev().find(|word| !word.starts_with('-')).cloned();
    let names: Vec<String> = if process.name() == "chpasswd" {
        let text = process.stdin_text(machine);
        text.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_string()).collect()
    } else {
        let _ = process.stdin(machine);
        vec![name.unwrap_or_else(|| "root".to_string())]
    };
    for name in names {
        if !users(machine).iter().any(|user| user.name == name) {
            process.complain(machine, &format!("unknown user {name}"));
            return 1;
        }
        let start = format!("{name}:");
        let text = etc_file(machine, "/etc/shadow");
        let new: String = text
            .lines()
            .map(|line| match line.strip_prefix(&start).and_then(|rest| rest.split_once(':')) {
                Some((_, rest)) => format!("{start}$6$simulated$:{rest}\n"),
                None => format!("{line}\n"),
            })
            .collect();
        if new != text
            && let Err(errno) = write_etc(machine, process, "/etc/shadow", &new)
        {
            return denied(machine, process, "/etc/shadow", errno);
        }
    }
    0
}
