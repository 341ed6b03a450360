//! The usage texts of the shadow tools, sed and mawk, as those of Debian 12 print them.

use crate::process::{Machine, Process};

/// Prints the usage text of the tool.
pub fn usage(machine: &mut Machine, process: &Process) {
    process.err(machine, usage_text(process.name()).unwrap_or_default());
}

/// The text that a tool prints when it is called wrongly.
pub fn usage_text(name: &str) -> Option<&'static str> {
    Some(match name {
        "awk" | "mawk" => include_str!("usage/mawk.txt"),
        "chpasswd" => include_str!("usage/chpasswd.txt"),
        "gpasswd" => include_str!("usage/gpasswd.txt"),
        "groupadd" => include_str!("usage/groupadd.txt"),
        "groupdel" => include_str!("usage/groupdel.txt"),
        "groupmod" => include_str!("usage/groupmod.txt"),
        "passwd" => include_str!("usage/passwd.txt"),
        "sed" => include_str!("usage/sed.txt"),
        "useradd" => include_str!("usage/useradd.txt"),
        "userdel" => include_str!("usage/userdel.txt"),
        "usermod" => include_str!("usage/usermod.txt"),
        _ => return None,
    })
}
