//! What go is set up with: variables of the environment and of `go env -w`, the version, the folders.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::super::input::join;

/// The minor version that is taken where the image does not say one.
const MINOR: u64 = 26;
/// The first version whose standard library does not come compiled (Go 1.20 release notes, "Go command").
pub const COMPILES_ALL: u64 = 20;

/// The settings of one call.
pub struct Setup {
    pub minor: u64,
    pub version: String,
    pub root: String,
    pub gopath: String,
    pub bin: String,
    pub modcache: String,
    pub cache: String,
    pub os: String,
    pub arch: String,
    pub cgo: bool,
    pub flags: Vec<String>,
}

/// A variable as go sees it: of the environment, else of its own file.
pub fn variable(machine: &mut Machine, process: &Process, name: &str) -> Option<String> {
    if let Some(value) = process.env.get(name).filter(|value| !value.is_empty()) {
        return Some(value.clone());
    }
    let content = machine.fs.read(&env_file(process), &process.cred).ok()?;
    let text = crate::process::text_of(machine, &content);
    text.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_string())
}

/// The file that `go env -w` writes.
pub fn env_file(process: &Process) -> String {
    join(&super::home(process), ".config/go/env")
}

impl Setup {
    pub fn read(machine: &mut Machine, process: &Process) -> Setup {
        let home = super::home(process);
        let mut get = |name: &str| variable(machine, process, name);
        let gopath = get("GOPATH").unwrap_or_else(|| join(&home, "go"));
        let os = get("GOOS").unwrap_or_else(|| "linux".to_string());
        let arch = get("GOARCH").unwrap_or_else(|| "amd64".to_string());
        let asked = get("CGO_ENABLED");
        let bin = get("GOBIN").unwrap_or_else(|| join(&gopath, "bin"));
        let modcache = get("GOMODCACHE").unwrap_or_else(|| join(&gopath, "pkg/mod"));
        let cache = get("GOCACHE").unwrap_or_else(|| join(&home, ".cache/go-build"));
        let flags = get("GOFLAGS").unwrap_or_default();
        let version = get("GOLANG_VERSION").or_else(|| packaged(machine)).unwrap_or_else(|| format!("1.{MINOR}"));
        let minor = version.split('.').nth(1).and_then(|part| part.parse().ok()).unwrap_or(MINOR);
        let native = os == "linux" && arch == "amd64";
        // From 1.20 on cgo is off by itself where there is no C compiler.
        let cgo = match asked.as_deref() {
            Some(value) => value == "1",
            None => native && (minor < COMPILES_ALL || has_compiler(machine, process)),
        };
        let root = if exists(machine, "/usr/local/go") { "/usr/local/go" } else { "/usr/lib/go" }.to_string();
        let flags = flags.split_whitespace().map(str::to_string).collect();
        Setup { minor, version, root, gopath, bin, modcache, cache, os, arch, cgo, flags }
    }

    /// `linux-amd64`
    pub fn target(&self) -> String {
        format!("{}-{}", self.os, self.arch)
    }
}

fn exists(machine: &Machine, path: &str) -> bool {
    machine.fs.stat(path, true, &Cred::root()).is_ok()
}

/// The version of a distribution's package, by its folder.
fn packaged(machine: &Machine) -> Option<String> {
    let names = machine.fs.read_dir("/usr/lib", &Cred::root()).ok()?;
    names.iter().rev().find_map(|name| name.strip_prefix("go-").map(str::to_string))
}

/// Whether a C compiler is in PATH.
pub fn has_compiler(machine: &Machine, process: &Process) -> bool {
    let compiler = process.env.get("CC").cloned().unwrap_or_else(|| "gcc".to_string());
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    let compiler = compiler.split_whitespace().next().unwrap_or("gcc").to_string();
    compiler.starts_with('/') && exists(machine, &compiler)
        || path.split(':').any(|folder| exists(machine, &join(folder, &compiler)))
}
