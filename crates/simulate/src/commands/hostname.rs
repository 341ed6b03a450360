//! hostname.

use crate::process::{Machine, Process};

use super::accounts::etc_file;

/// The name that the container goes by.
pub fn host_name(machine: &Machine) -> String {
    let name = etc_file(machine, "/etc/hostname").trim().to_string();
    if name.is_empty() { "buildkitsandbox".to_string() } else { name }
}

pub fn hostname(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = host_name(machine);
    process.out(machine, &format!("{name}\n"));
    0
}
