//! uname.

use crate::process::{Machine, Process};

use super::hostname::host_name;
use super::input::is_busybox;
use super::options::parse;

/// The kernel that the container runs on: which one does not matter to a build.
const RELEASE: &str = "6.12.0";

pub fn uname(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("all", 'a'),
        ("machine", 'm'),
        ("kernel-name", 's'),
        ("kernel-release", 'r'),
        ("nodename", 'n'),
        ("operating-system", 'o'),
        ("processor", 'p'),
    ];
    let options = match parse(machine, process, "asnrvmpio", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let host = host_name(machine);
    let unknown = if is_busybox(machine) { "unknown" } else { "x86_64" };
    let parts = [
        ('s', "Linux"),
        ('n', host.as_str()),
        ('r', RELEASE),
        ('v', "#1 SMP"),
        ('m', "x86_64"),
        ('p', unknown),
        ('i', unknown),
        ('o', "GNU/Linux"),
    ];
    let wanted = |letter: char| match options.given.is_empty() {
        true => letter == 's',
        false => options.has(letter) || options.has('a') && letter != 'p' && letter != 'i',
    };
    let shown: Vec<&str> = parts.iter().filter(|(letter, _)| wanted(*letter)).map(|(_, text)| *text).collect();
    process.out(machine, &format!("{}\n", shown.join(" ")));
    0
}
