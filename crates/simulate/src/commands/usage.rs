//! The usage texts of the shadow tools, as Debian 12's shadow 4.13 prints them.

use crate::process::{Machine, Process};

/// Prints the usage text of the shadow tool.
pub fn usage(machine: &mut Machine, process: &Process) {
    let text = match process.name() {
        "chpasswd" => include_str!("usage/chpasswd.txt"),
        "gpasswd" => include_str!("usage/gpasswd.txt"),
        "groupadd" => include_str!("usage/groupadd.txt"),
        "groupdel" => include_str!("usage/groupdel.txt"),
        "groupmod" => include_str!("usage/groupmod.txt"),
        "passwd" => include_str!("usage/passwd.txt"),
        "useradd" => include_str!("usage/useradd.txt"),
        "userdel" => include_str!("usage/userdel.txt"),
        "usermod" => include_str!("usage/usermod.txt"),
        _ => return,
    };
    process.err(machine, text);
}
