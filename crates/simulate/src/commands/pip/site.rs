//! Which Python a call is for, and where its packages lie.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::super::pace::program;

/// A Python installation or virtual environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The folder above `bin`.
    pub prefix: String,
    /// Where packages go.
    pub packages: String,
    /// Where programs go.
    pub programs: String,
    /// `3.12`.
    pub version: String,
    /// Whether it is a virtual environment.
    pub is_venv: bool,
    /// Whether it belongs to the distribution.
    pub is_system: bool,
}

/// The Python of a program: of the one that PATH finds, or at the path that it was called by.
pub fn of(machine: &Machine, process: &Process, called: &str) -> Site {
    let path = if called.contains('/') { Some(process.path(called)) } else { program(machine, process, called) };
    let path = path.unwrap_or_else(|| "/usr/local/bin/python3".to_string());
    let prefix = path.rsplit_once("/bin/").map_or("/usr/local", |(prefix, _)| prefix);
    at(machine, process, if prefix.is_empty() { "/usr" } else { prefix })
}

/// The Python with a prefix.
pub fn at(machine: &Machine, process: &Process, prefix: &str) -> Site {
    let root = Cred::root();
    let is_venv = machine.fs.stat(&format!("{prefix}/pyvenv.cfg"), true, &root).is_ok();
    let is_system = !is_venv && prefix == "/usr";
    let version = version(machine, process, prefix);
    let debian = is_system && machine.fs.stat("/etc/debian_version", true, &root).is_ok();
    let packages = match debian {
        true => format!("/usr/local/lib/python{version}/dist-packages"),
        false => format!("{prefix}/lib/python{version}/site-packages"),
    };
    let programs = if debian { "/usr/local/bin".to_string() } else { format!("{prefix}/bin") };
    Site { prefix: prefix.to_string(), packages, programs, version, is_venv, is_system }
}

/// Two parts of the version: of the folder in lib, else of what the image says.
fn version(machine: &Machine, process: &Process, prefix: &str) -> String {
    for folder in [prefix, "/usr/local", "/usr"] {
        let names = machine.fs.read_dir(&format!("{folder}/lib"), &Cred::root()).unwrap_or_default();
        let versions = names.iter().filter_map(|name| name.strip_prefix("python3."));
        if let Some(minor) = versions.filter_map(|minor| minor.parse::<u32>().ok()).max() {
            return format!("3.{minor}");
        }
    }
    let said = process.env.get("PYTHON_VERSION").map(String::as_str);
    let said = said.or_else(|| Some(distribution(machine)?.1)).unwrap_or("3.12");
    said.split('.').take(2).collect::<Vec<_>>().join(".")
}

/// Which distribution it is, with the version of its Python.
pub fn distribution(machine: &Machine) -> Option<(String, &'static str)> {
    let content = machine.fs.read("/etc/os-release", &Cred::root()).ok()?.bytes(8192)?;
    let text = String::from_utf8_lossy(&content).into_owned();
    let value = |key: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(key))
            .map(|value| value.trim_matches('"').to_string())
            .unwrap_or_default()
    };
    let (id, release) = (value("ID="), value("VERSION_ID="));
    let python = match (id.as_str(), release.as_str()) {
        ("debian", "11") => "3.9.2",
        ("debian", "12") => "3.11.2",
        ("debian", _) => "3.13.5",
        ("ubuntu", "20.04") => "3.8.10",
        ("ubuntu", "22.04") => "3.10.12",
        ("ubuntu", _) => "3.12.3",
        ("alpine", _) => "3.12.12",
        _ => "3.12.0",
    };
    Some((format!("{id} {release}"), python))
}

/// What a distribution says that keeps its Python for itself (PEP 668): Debian from 12, Ubuntu from 23.04, Alpine from 3.19.
pub fn managed(machine: &Machine, site: &Site) -> Option<String> {
    if !site.is_system {
        return None;
    }
    let (name, _) = distribution(machine)?;
    let (id, release) = name.split_once(' ')?;
    let mut parts = release.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let release = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    let version = &site.version;
    let advice = match id {
        "debian" if release.0 >= 12 || release.0 == 0 => debian_advice("Debian", version),
        "ubuntu" if release >= (23, 4) => debian_advice("Debian", version),
        "alpine" if release >= (3, 19) || release.0 == 0 => ALPINE_ADVICE.to_string(),
        _ => return None,
    };
    Some(format!(
        "error: externally-managed-environment\n\n× This environment is externally managed\n╰─> {advice}\n\nnote: If you believe this is a mistake, please contact your Python installation or OS distribution provider. You can override this, at the risk of breaking your Python installation or OS, by passing --break-system-packages.\nhint: See PEP 668 for the detailed specification.\n"
    ))
}

/// Debian's text (python3.11's EXTERNALLY-MANAGED).
fn debian_advice(name: &str, version: &str) -> String {
    format!(
        "To install Python packages system-wide, try apt install\n    python3-xyz, where xyz is the package you are trying to\n    install.\n    \n    If you wish to install a non-{name}-packaged Python package,\n    create a virtual environment using python3 -m venv path/to/venv.\n    Then use path/to/venv/bin/python and path/to/venv/bin/pip. Make\n    sure you have python3-full installed.\n    \n    If you wish to install a non-{name} packaged Python application,\n    it may be easiest to use pipx install xyz, which will manage a\n    virtual environment for you. Make sure you have pipx installed.\n    \n    See /usr/share/doc/python{version}/README.venv for more information."
    )
}

const ALPINE_ADVICE: &str = "\n    The system-wide python installation should be maintained using the system\n    package manager (apk) only.\n    \n    If the package in question is not packaged already (and hence installable via\n    \"apk add py3-somepackage\"), please consider installing it inside a virtual\n    environment, e.g.:\n    \n    python3 -m venv /path/to/venv\n    . /path/to/venv/bin/activate\n    pip install mypackage\n    \n    To exit the virtual environment, run:\n    \n    deactivate\n    \n    The virtual environment is not deleted, and can be re-entered by re-sourcing\n    the activate file.\n    \n    To automatically manage virtual environments, consider using pipx (from the\n    pipx package).";

/// A site below another folder: of `--target` (packages right in it) or `--prefix`.
pub fn elsewhere(site: &Site, target: Option<String>, prefix: Option<String>) -> Site {
    let mut site = site.clone();
    if let Some(prefix) = prefix {
        site.packages = format!("{prefix}/lib/python{}/site-packages", site.version);
        site.programs = format!("{prefix}/bin");
    }
    if let Some(target) = target {
        site.programs = format!("{target}/bin");
        site.packages = target;
    }
    site
}

impl Site {
    /// The folder above its programs: the virtual environment, where it is one.
    pub fn prefix_of_programs(&self) -> &str {
        self.programs.strip_suffix("/bin").unwrap_or(&self.prefix)
    }
}
