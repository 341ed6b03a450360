//! hostname.

use crate::process::{Machine, Process};

use super::accounts::etc_file;

/// The name that the container goes by.
pub fn host_name(machine: &Machine) -> String {
    let name = etc_file(machine, "/etc/hostname").trim().to_string();
    if name.is_empty() { "buildkitsandbox".to_string() } else { name }
}

pub fn hostname(machine: &mut Machine, process: &mut Process) -> i32 {
    let names = process.operands().iter().filter(|word| !word.starts_with('-')).count();
    if names > 1 && !super::input::is_busybox(machine) {
        super::input::not_modelled(machine, process, "with several names");
        return 255;
    }
    let name = host_name(machine);
    process.out(machine, &format!("{name}\n"));
    0
}
