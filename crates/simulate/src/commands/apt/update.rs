//! `update`: the lists of /var/lib/apt/lists.

use filesystem::{Content, Cred, Errno};

use super::super::estimate::{decimal, download, estimated, failed, place};
use super::Call;
use super::sources::{ListFile, release, sources};
use crate::process::{Machine, Process};

/// Where the lists are.
pub const LISTS: &str = "/var/lib/apt/lists";
/// What reading the lists takes beyond the download, in milliseconds: measured.
const READ_MS: u64 = 1_650;
/// apt's own binary index of the lists, where the settings keep it: pkgcache.bin and srcpkgcache.bin, measured together.
const INDEX_BYTES: u64 = 79_954_060;

/// Whether there are lists to install from.
pub fn has_lists(machine: &Machine) -> bool {
    let names = machine.fs.read_dir(LISTS, &Cred::root()).unwrap_or_default();
    names.iter().any(|name| name.contains("_Packages"))
}

/// Fetches the lists.
pub fn update(machine: &mut Machine, process: &Process, call: &Call) -> i32 {
    estimated(machine);
    let release = release(machine.fs);
    let sources = sources(machine.fs, &release);
    if !machine.network {
        return offline(machine, process, &sources);
    }
    for source in sources.iter().filter(|source| !source.is_distribution()) {
        let bytes = source.lists(&release, &call.config).iter().map(|file| file.bytes).sum();
        machine.typical_size(&format!("apt-get update {}", source.uri), bytes);
    }
    let files: Vec<ListFile> = sources.iter().flat_map(|source| source.lists(&release, &call.config)).collect();
    let travels: u64 = files.iter().map(|file| file.travels).sum();
    for (at, file) in files.iter().enumerate() {
        let size = decimal(file.travels);
        call.say(machine, process, &format!("Get:{} {} [{size}]\n", at + 1, file.label));
    }
    download(machine, travels);
    machine.work(crate::Work::Packages, READ_MS);
    if let Err(errno) = write(machine, &files) {
        return failed(machine, process, errno);
    }
    if call.config.keeps_index() {
        for (name, share) in [("pkgcache.bin", 52), ("srcpkgcache.bin", 48)] {
            let path = format!("/var/cache/apt/{name}");
            let _ = place(machine, &path, &format!("apt/{name}/{travels}"), INDEX_BYTES * share / 100, 0o644);
        }
        machine.charge_write(INDEX_BYTES);
    }
    call.say(machine, process, &format!("Fetched {} in 1s\n", decimal(travels)));
    call.say(machine, process, "Reading package lists...\n");
    0
}

fn write(machine: &mut Machine, files: &[ListFile]) -> Result<(), Errno> {
    let root = Cred::root();
    machine.fs.mkdir_all(&format!("{LISTS}/partial"), 0o700, &root)?;
    machine.fs.write(&format!("{LISTS}/lock"), Content::default(), 0o640, &root)?;
    // lists of sources that are no longer there go
    for name in machine.fs.read_dir(LISTS, &root).unwrap_or_default() {
        if name.contains("_dists_") && !files.iter().any(|file| file.name == name) {
            let _ = machine.fs.remove_file(&format!("{LISTS}/{name}"), &root);
        }
    }
    for file in files {
        let path = format!("{LISTS}/{}", file.name);
        place(machine, &path, &format!("apt-lists/{}", file.name), file.bytes, 0o644)?;
    }
    machine.charge_write(files.iter().map(|file| file.bytes).sum());
    Ok(())
}

/// apt ends well without a network: it uses the lists that there are.
fn offline(machine: &mut Machine, process: &Process, sources: &[super::sources::Source]) -> i32 {
    for source in sources {
        process.out(machine, &format!("Ign {} {} InRelease\n", source.uri, source.suite));
    }
    for source in sources {
        let host = source.host().to_string();
        process.out(
            machine,
            &format!("Err {} {} InRelease\n  Temporary failure resolving '{host}'\n", source.uri, source.suite),
        );
    }
    process.out(machine, "Reading package lists...\n");
    for source in sources {
        let host = source.host().to_string();
        let text = format!(
            "W: Failed to fetch {}/dists/{}/InRelease  Temporary failure resolving '{host}'\n",
            source.uri, source.suite
        );
        process.err(machine, &text);
    }
    process.err(machine, "W: Some index files failed to download. They have been ignored, or old ones used instead.\n");
    0
}
