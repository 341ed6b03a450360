//! mountpoint of util-linux.

use crate::process::{Machine, Process};

use super::options::parse;

/// What the runtime mounts.
const MOUNTS: [&str; 8] = ["/", "/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue", "/sys", "/sys/fs/cgroup"];

pub fn mountpoint(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "qdx", &[("quiet", 'q'), ("fs-devno", 'd'), ("devno", 'x')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let [name] = options.operands.as_slice() else {
        process.complain(machine, "bad usage");
        return super::misuse::misuse(machine, process);
    };
    let path = match machine.fs.resolve(&process.path(name), true, &process.cred) {
        Ok(path) if super::node::exists(machine.fs, &path, &process.cred) => path,
        _ => {
            if !options.has('q') {
                process.complain(machine, &format!("{name}: No such file or directory"));
            }
            return 1;
        }
    };
    let is_mount = MOUNTS.contains(&path.as_str());
    if !options.has('q') {
        let is = if is_mount { "is" } else { "is not" };
        process.out(machine, &format!("{name} {is} a mountpoint\n"));
    }
    if is_mount { 0 } else { 32 }
}
