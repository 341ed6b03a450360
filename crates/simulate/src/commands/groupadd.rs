//! groupadd of the shadow tools.

use crate::process::{Machine, Process};

use super::account_files::{Numbering, add_group, denied, free_id};
use super::accounts::{Group, groups};
use super::input::missing_operand;
use super::options::parse;

pub fn groupadd(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("system", 'r'), ("gid=", 'g'), ("force", 'f'), ("non-unique", 'o')];
    let options = match parse(machine, process, "rg:foK:p:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        missing_operand(machine, process);
        return 2;
    };
    let known = groups(machine);
    if known.iter().any(|group| group.name == name) {
        if options.has('f') {
            return 0;
        }
        process.complain(machine, &format!("group '{name}' already exists"));
        return 9;
    }
    let used: Vec<u32> = known.iter().map(|group| group.gid).collect();
    let gid = match options.value('g').map(str::parse::<u32>) {
        Some(Ok(gid)) if used.contains(&gid) && !options.has('o') && !options.has('f') => {
            process.complain(machine, &format!("GID '{gid}' already exists"));
            return 4;
        }
        Some(Ok(gid)) => gid,
        Some(Err(_)) => {
            process.complain(machine, &format!("invalid group ID '{}'", options.value('g').unwrap_or_default()));
            return 3;
        }
        None => free_id(&used, options.has('r'), Numbering::Down),
    };
    match add_group(machine, process, &Group { name, gid, members: Vec::new() }) {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/group", errno),
    }
}
