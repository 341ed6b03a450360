//! nproc.

use crate::process::{Machine, Process};

use super::input::count_in;
use super::options::parse;

pub fn nproc(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "", &[("all", 'a'), ("ignore=", 'i')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let ignored = match options.value('i').map(|text| count_in(machine, process, text, 0..=u64::MAX, "number")) {
        None => 0,
        Some(Ok(ignored)) => ignored,
        Some(Err(status)) => return status,
    };
    let cores = usize::try_from(machine.profile.cores).unwrap_or(usize::MAX);
    process.out(machine, &format!("{}\n", cores.saturating_sub(ignored).max(1)));
    0
}
