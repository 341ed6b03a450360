//! What the engine's runtime does for a RUN: mounts, user, environment, the first process.

use std::collections::BTreeMap;

use filesystem::{Attr, Content, Cred, Device, Errno, FileSystem, Kind, MountId, MountSource};

use crate::{Basis, Note};

use super::{Descriptor, Known, Machine, Process, RunOutcome, RunRequest, Stream, Surroundings, start, user};

/// The exit code of a container whose program the runtime could not find.
const NOT_STARTED: i32 = 1;
/// The exit code of a container whose program the kernel refused.
const NOT_EXECUTED: i32 = 255;

/// Runs what a RUN says on `fs`, with the runtime's mounts.
pub fn run(fs: &mut FileSystem, request: &RunRequest<'_>) -> RunOutcome {
    let mounts = attach_runtime(fs, request.profile.cores);
    let outcome = run_mounted(fs, request, Surroundings::default());
    for id in mounts.into_iter().rev() {
        fs.detach(id);
    }
    outcome
}

/// Runs what a RUN says on `fs`, where [`attach_runtime`] has made the runtime's mounts.
pub(crate) fn run_mounted(fs: &mut FileSystem, request: &RunRequest<'_>, around: Surroundings<'_>) -> RunOutcome {
    // what has no model may have made the user, and an image of which that is not known may have any
    let any_user = around.basis == Basis::NotModelled || matches!(request.known, Known::System | Known::Nothing);
    let mut unknown_user = false;
    let (cred, home) = match user::resolve(fs, request.user) {
        Ok(found) => found,
        Err(_) if any_user => {
            unknown_user = true;
            (Cred::root(), "/".to_owned())
        }
        Err(message) => {
            return RunOutcome { exit: NOT_STARTED, start_error: Some(message), ..RunOutcome::default() };
        }
    };
    let now = fs.now();
    // The runtime makes a working directory that is missing.
    if fs.stat(request.cwd, true, &Cred::root()).is_err() {
        let _ = fs.mkdir_all(request.cwd, 0o755, &Cred::root());
    }
    let mut machine = Machine::new(fs, request.profile, request.catalog, request.network);
    machine.known = request.known;
    machine.around = around;
    if unknown_user {
        machine.meter.note(Basis::Estimated, Note::MayBeThere { what: format!("USER {}", request.user) });
    }
    machine.spend(request.profile.container_start_ms);
    let mut process = first_process(request, cred, home);
    let exit = start_first(&mut machine, &mut process);
    machine.finish_log();
    let outcome = RunOutcome {
        exit,
        start_error: None,
        log: std::mem::take(&mut machine.log),
        meter: std::mem::take(&mut machine.meter),
    };
    fs.set_now(now.saturating_add(i64::try_from(outcome.meter.ms / 1000).unwrap_or_default()));
    outcome
}

fn first_process(request: &RunRequest<'_>, cred: Cred, home: String) -> Process {
    let mut env: BTreeMap<String, String> = request.env.iter().cloned().collect();
    env.entry("PATH".to_owned())
        .or_insert_with(|| "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned());
    env.entry("HOME".to_owned()).or_insert(home);
    let fds =
        BTreeMap::from([(0, Descriptor::null()), (1, Descriptor::log(Stream::Out)), (2, Descriptor::log(Stream::Err))]);
    let cwd = if request.cwd.is_empty() { "/" } else { request.cwd };
    Process { env, cwd: cwd.to_owned(), cred, umask: 0o022, args: request.argv.to_vec(), fds, pid: 1, parent: 0 }
}

/// Starts process 1. The runtime looks for the program itself, and says so in its own words.
fn start_first(machine: &mut Machine<'_>, process: &mut Process) -> i32 {
    let name = process.args.first().cloned().unwrap_or_default();
    let refused = |machine: &mut Machine<'_>, reason: &str| {
        let text = format!(
            "runc run failed: unable to start container process: error during container init: exec: \"{name}\": {reason}\n"
        );
        machine.log_content(Stream::Err, &Content::text(&text));
        NOT_STARTED
    };
    let path = match start::find(machine, process, &name) {
        Ok(path) => path,
        Err(_) if machine.known == Known::Nothing || start::may_be_there(machine, &name) => {
            return start::unknown(machine, process, false);
        }
        Err(_) if !name.contains('/') => return refused(machine, "executable file not found in $PATH"),
        Err(_) => {
            let path = process.path(&name);
            let reason = match machine.fs.stat(&path, true, &process.cred) {
                Err(error) => format!("stat {name}: {}", error.to_string().to_lowercase()),
                Ok(stat) if stat.is_dir() => "is a directory".to_owned(),
                Ok(_) => "permission denied".to_owned(),
            };
            return refused(machine, &reason);
        }
    };
    match start::first(machine, process, &path) {
        Ok(status) => status,
        Err(error) => {
            let reason = if error == Errno::NoExec { "exec format error" } else { "no such file or directory" };
            machine.log_content(Stream::Err, &Content::text(&format!("exec {path}: {reason}\n")));
            NOT_EXECUTED
        }
    }
}

/// Makes the mounts of every container: /proc, /sys, /dev, /etc/hosts and /etc/resolv.conf. A RUN's own mounts come on top.
pub(crate) fn attach_runtime(fs: &mut FileSystem, cores: u64) -> Vec<MountId> {
    let now = fs.now();
    let text = |text: &str| MountSource::File(Content::text(text), Attr::root(0o644, now));
    let hosts = "127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n";
    let mut mounts = vec![
        ("/proc", MountSource::Tree(proc(now, cores)), true),
        ("/sys", MountSource::Tree(tree(now, &["/fs", "/fs/cgroup", "/firmware"], &[])), true),
        ("/dev", MountSource::Tree(dev(now)), false),
        ("/etc/resolv.conf", text("nameserver 127.0.0.11\n"), true),
        ("/etc/hosts", text(hosts), true),
    ];
    for (path, device) in [
        ("/dev/null", Device::Null),
        ("/dev/zero", Device::Zero),
        ("/dev/full", Device::Zero),
        ("/dev/random", Device::Random),
        ("/dev/urandom", Device::Random),
        ("/dev/tty", Device::Tty),
    ] {
        mounts.push((path, MountSource::Device(device), false));
    }
    let mut ids = Vec::new();
    for (path, source, read_only) in mounts {
        // An image may have something else in the place: then the mount is left out.
        let wanted_dir = matches!(source, MountSource::Tree(_));
        let fits = match fs.stat(path, true, &Cred::root()) {
            Ok(stat) => matches!(stat.kind, Kind::Dir) == wanted_dir,
            Err(_) => true,
        };
        if fits && let Ok(id) = fs.attach(path, source, read_only) {
            ids.push(id);
        }
    }
    ids
}

/// A tree of directories and files.
fn tree(now: i64, directories: &[&str], files: &[(&str, &str)]) -> FileSystem {
    let root = Cred::root();
    let mut fs = FileSystem::default();
    fs.set_now(now);
    for path in directories {
        let _ = fs.mkdir(path, 0o755, &root);
    }
    for (path, text) in files {
        let _ = fs.write(path, Content::text(text), 0o444, &root);
    }
    fs
}

fn dev(now: i64) -> FileSystem {
    let root = Cred::root();
    let mut fs = tree(now, &["/pts", "/shm", "/mqueue"], &[]);
    for path in ["/shm", "/mqueue"] {
        let _ = fs.chmod(path, 0o1777, true, &root);
    }
    for (target, path) in [
        ("/proc/self/fd", "/fd"),
        ("pts/ptmx", "/ptmx"),
        ("/proc/self/fd/0", "/stdin"),
        ("/proc/self/fd/1", "/stdout"),
        ("/proc/self/fd/2", "/stderr"),
    ] {
        let _ = fs.symlink(target, path, &root);
    }
    fs
}

/// The most processors that /proc/cpuinfo lists.
const MOST_LISTED: u64 = 1024;

/// The few files of /proc that build scripts read.
fn proc(now: i64, cores: u64) -> FileSystem {
    let processor = |number: u64| format!("processor\t: {number}\nvendor_id\t: GenuineIntel\nmodel name\t: CPU\n\n");
    let cpu: String = (0..cores.min(MOST_LISTED)).map(processor).collect();
    tree(
        now,
        &["/1", "/self", "/self/fd", "/sys", "/sys/kernel", "/net"],
        &[
            ("/cpuinfo", &cpu),
            ("/filesystems", "nodev\toverlay\nnodev\ttmpfs\nnodev\tproc\n\text4\n"),
            ("/loadavg", "0.00 0.00 0.00 1/100 1\n"),
            ("/meminfo", "MemTotal:        8000000 kB\nMemFree:         6000000 kB\nMemAvailable:    7000000 kB\n"),
            (
                "/mounts",
                "overlay / overlay rw,relatime 0 0\nproc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\ntmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0\n",
            ),
            ("/sys/kernel/hostname", "buildkitsandbox\n"),
            ("/uptime", "1000.00 2000.00\n"),
            ("/version", "Linux version 6.8.0\n"),
        ],
    )
}
