//! groups.

use crate::process::{Machine, Process};

use super::accounts::group_name;
use super::id::ids;

pub fn groups(machine: &mut Machine, process: &mut Process) -> i32 {
    if !super::input::is_busybox(machine) && !process.operands().is_empty() {
        return of_named(machine, process);
    }
    let name = process.operands().first().cloned();
    let Some((_, _, all)) = ids(machine, process, name.as_deref()) else {
        process.complain(machine, &format!("unknown user {}", name.unwrap_or_default()));
        return 1;
    };
    let names: Vec<String> =
        all.iter().map(|gid| group_name(machine, *gid).unwrap_or_else(|| gid.to_string())).collect();
    process.out(machine, &format!("{}\n", names.join(" ")));
    0
}

/// GNU's: a line for each user that is named.
fn of_named(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut status = 0;
    for name in process.operands().to_vec() {
        let Some((_, _, all)) = ids(machine, process, Some(&name)) else {
            process.complain(machine, &format!("'{name}': no such user"));
            status = 1;
            continue;
        };
        let names = all.iter().map(|gid| group_name(machine, *gid).unwrap_or_else(|| gid.to_string()));
        let names: Vec<String> = names.collect();
        process.out(machine, &format!("{name} : {}\n", names.join(" ")));
    }
    status
}
