//! groups.

use crate::process::{Machine, Process};

use super::accounts::group_name;
use super::id::ids;

pub fn groups(machine: &mut Machine, process: &mut Process) -> i32 {
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
