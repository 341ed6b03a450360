//! systemctl, service, journalctl, reboot and their like: what looks for an init process that a container does not have.

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::input::is_busybox;

fn out_of_place(machine: &mut Machine, why: &'static str) {
    machine.meter.note(Basis::Exact, Note::OutOfPlace { why });
}

/// `systemctl`: links of `enable` and `disable` are made without systemd running; all else wants to talk to it.
pub fn systemctl(machine: &mut Machine, process: &mut Process) -> i32 {
    out_of_place(machine, "service-manager");
    let words: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let Some((command, units)) = words.split_first() else { return not_booted(machine, process) };
    match command.as_str() {
        "enable" | "disable" | "mask" | "unmask" | "preset" | "set-default" => {
            let mut status = 0;
            for unit in units {
                status = status.max(link_unit(machine, process, command, unit));
            }
            status
        }
        "is-enabled" => {
            process.out(machine, "disabled\n");
            1
        }
        "--version" | "help" => 0,
        // systemd's tools pass over this one in a chroot
        "daemon-reload" | "daemon-reexec" if is_chroot(process) => 0,
        _ => not_booted(machine, process),
    }
}

fn is_chroot(process: &Process) -> bool {
    process.env.get("SYSTEMD_OFFLINE").is_some_and(|value| value == "1")
}

fn not_booted(machine: &mut Machine, process: &Process) -> i32 {
    process.err(
        machine,
        "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n",
    );
    1
}

fn link_unit(machine: &mut Machine, process: &Process, command: &str, unit: &str) -> i32 {
    let name = if unit.contains('.') { unit.to_string() } else { format!("{unit}.service") };
    let folders = ["/etc/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system"];
    let source = folders.iter().map(|folder| format!("{folder}/{name}"));
    let source = source.into_iter().find(|path| machine.fs.stat(path, true, &process.cred).is_ok());
    let link = format!("/etc/systemd/system/multi-user.target.wants/{name}");
    match (command, source) {
        ("enable", Some(source)) => {
            let _ = machine.fs.mkdir_all("/etc/systemd/system/multi-user.target.wants", 0o755, &process.cred);
            if machine.fs.symlink(&source, &link, &process.cred).is_ok() {
                process.err(machine, &format!("Created symlink {link} \u{2192} {source}.\n"));
            }
            0
        }
        ("disable", _) => {
            let _ = machine.fs.remove_file(&link, &process.cred);
            0
        }
        ("enable", None) => {
            let text = format!("Failed to enable unit: Unit file {name} does not exist.\n");
            process.err(machine, &text);
            1
        }
        _ => 0,
    }
}

/// `service NAME start`: runs the script of /etc/init.d as far as it is known, whose process ends with the step.
pub fn service(machine: &mut Machine, process: &mut Process) -> i32 {
    out_of_place(machine, "service-manager");
    let words = process.operands().to_vec();
    let Some(name) = words.iter().find(|word| !word.starts_with('-')).cloned() else {
        let usage = "Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n";
        process.err(machine, usage);
        return i32::from(!words.iter().any(|word| word == "--status-all"));
    };
    let script = format!("/etc/init.d/{name}");
    if machine.fs.stat(&script, true, &process.cred).is_ok() || machine.meter.basis != Basis::Exact {
        return 0;
    }
    process.err(machine, &format!("{name}: unrecognized service\n"));
    1
}

pub fn journalctl(machine: &mut Machine, process: &mut Process) -> i32 {
    out_of_place(machine, "service-manager");
    process.err(machine, "No journal files were found.\n");
    process.out(machine, "-- No entries --\n");
    0
}

/// `rc-update add NAME`, `rc-service`, `openrc` on Alpine.
pub fn openrc(machine: &mut Machine, process: &mut Process) -> i32 {
    out_of_place(machine, "service-manager");
    let words = process.operands().to_vec();
    let name = words.iter().find(|word| *word != "add" && !word.starts_with('-')).cloned().unwrap_or_default();
    let script = format!("/etc/init.d/{name}");
    let known = machine.fs.stat(&script, true, &process.cred).is_ok() || machine.meter.basis != Basis::Exact;
    match process.name() {
        "rc-update" if known => {
            process.out(machine, &format!(" * service {name} added to runlevel default\n"));
            0
        }
        "rc-update" | "rc-service" if !known => {
            process.err(machine, &format!(" * {}: service `{name}' does not exist\n", process.name()));
            1
        }
        _ => {
            process.err(
                machine,
                " * You are attempting to run an openrc service on a\n * system which openrc did not boot.\n",
            );
            1
        }
    }
}

/// `reboot`, `shutdown`, `halt`, `poweroff`, `init`, `telinit`.
pub fn reboot(machine: &mut Machine, process: &mut Process) -> i32 {
    out_of_place(machine, "reboot");
    if is_busybox(machine) {
        return 0;
    }
    if process.name() == "init" && process.operands().is_empty() {
        process.err(machine, "Couldn't find an alternative telinit implementation to spawn.\n");
        return 1;
    }
    not_booted(machine, process)
}
