//! uname, arch, hostname, nproc, which, kill, tty, clear: what a script asks of its surroundings.

use crate::process::{Machine, Process};

use super::accounts::etc_file;
use super::input::{is_busybox, missing_operand};
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

fn host_name(machine: &Machine) -> String {
    let name = etc_file(machine, "/etc/hostname").trim().to_string();
    if name.is_empty() { "buildkitsandbox".to_string() } else { name }
}

pub fn arch(machine: &mut Machine, process: &mut Process) -> i32 {
    process.out(machine, "x86_64\n");
    0
}

pub fn hostname(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = host_name(machine);
    process.out(machine, &format!("{name}\n"));
    0
}

pub fn nproc(machine: &mut Machine, process: &mut Process) -> i32 {
    process.out(machine, "4\n");
    0
}

pub fn which(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "as", &[("all", 'a')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let path = process.env.get("PATH").cloned().unwrap_or_else(|| "/sbin:/usr/sbin:/bin:/usr/bin".to_string());
    let mut status = 0;
    for name in &options.operands {
        let candidates: Vec<String> = if name.contains('/') {
            vec![name.clone()]
        } else {
            path.split(':').map(|directory| super::input::join(directory, name)).collect()
        };
        let mut found = candidates.into_iter().filter(|candidate| {
            let path = process.path(candidate);
            let is_file = machine
                .fs
                .stat(&path, true, &process.cred)
                .is_ok_and(|stat| !matches!(stat.kind, filesystem::Kind::Dir));
            is_file && machine.fs.access(&path, false, false, true, &process.cred)
        });
        let text: String = if options.has('a') {
            found.map(|file| file + "\n").collect()
        } else {
            found.next().map(|file| file + "\n").unwrap_or_default()
        };
        if text.is_empty() {
            status = 1;
        }
        process.out(machine, &text);
    }
    status
}

/// Nothing else runs in a container of a build step: there is nobody to send a signal to but one's own shell, whose
/// builtin does that.
pub fn kill(machine: &mut Machine, process: &mut Process) -> i32 {
    let Some(target) = process.operands().iter().find(|word| !word.starts_with('-')).cloned() else {
        return missing_operand(machine, process);
    };
    process.complain(machine, &format!("can't kill pid {target}: No such process"));
    1
}

pub fn tty(machine: &mut Machine, process: &mut Process) -> i32 {
    process.out(machine, "not a tty\n");
    1
}

pub fn clear(_: &mut Machine, _: &mut Process) -> i32 {
    0
}
