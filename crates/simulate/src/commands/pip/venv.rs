//! Virtual environments: `python -m venv`, virtualenv.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, place_as, unpack};
use super::super::pace::{program, resolve};
use super::super::words::Words;
use super::site::{self, Site};

/// What pip has in an empty virtual environment (measured, with the 1,008 files of all of it).
const PIP_BYTES: u64 = 13_751_093;
const FILES: u64 = 1008;
/// The length of `bin/activate`.
const ACTIVATE_BYTES: usize = 2000;

/// `python -m venv FOLDER`, of a Python.
pub fn venv(machine: &mut Machine, process: &Process, python: &Site, arguments: &[String]) -> i32 {
    let words = Words::read(arguments, &["--prompt", "-p", "--python"]);
    let folders = words.operands.clone();
    if folders.is_empty() {
        process.err(machine, "usage: venv [-h] [--system-site-packages] [--symlinks | --copies] [--clear]\n            [--upgrade] [--without-pip] [--prompt PROMPT] [--upgrade-deps]\n            ENV_DIR [ENV_DIR ...]\nvenv: error: the following arguments are required: ENV_DIR\n");
        return 2;
    }
    for folder in folders {
        let path = process.path(&folder);
        if let Some(version) = lacks_ensurepip(machine, python).filter(|_| !words.has(&["--without-pip"])) {
            process.out(machine, &format!("The virtual environment was not created successfully because ensurepip is not\navailable.  On Debian/Ubuntu systems, you need to install the python3-venv\npackage using the following command.\n\n    apt install python{version}-venv\n\nYou may need to use sudo with that command.  After installing the python3-venv\npackage, recreate your virtual environment.\n\nFailing command: {path}/bin/python3\n\n"));
            return 1;
        }
        if make(machine, process, python, &path, !words.has(&["--without-pip"])).is_err() {
            process.err(machine, &format!("Error: [Errno 13] Permission denied: '{path}'\n"));
            return 1;
        }
    }
    0
}

/// The version of Debian's Python, if its part that makes virtual environments is not installed.
fn lacks_ensurepip(machine: &Machine, python: &Site) -> Option<String> {
    let root = Cred::root();
    let exists = |path: String| machine.fs.stat(&path, true, &root).is_ok();
    let is_debian = python.is_system && exists("/var/lib/dpkg/status".to_string());
    let version = &python.version;
    let packages = ["python3-venv".to_string(), format!("python{version}-venv"), "python3-full".to_string()];
    let has = packages.iter().any(|package| exists(format!("/var/lib/dpkg/info/{package}.list")))
        || exists(format!("/usr/lib/python{version}/ensurepip"));
    (is_debian && !has).then(|| version.clone())
}

/// Makes a virtual environment.
pub fn make(
    machine: &mut Machine,
    process: &Process,
    python: &Site,
    path: &str,
    with_pip: bool,
) -> Result<(), filesystem::Errno> {
    estimated(machine);
    let who = &process.cred;
    let base = format!("{}/bin", python.prefix);
    let settings = format!("home = {base}\ninclude-system-site-packages = false\nversion = {}\n", python.version);
    machine.fs.mkdir_all(&format!("{path}/bin"), 0o755, who)?;
    machine.fs.write(&format!("{path}/pyvenv.cfg"), filesystem::Content::text(&settings), 0o644, who)?;
    let real = ["python3", "python"].iter().map(|name| format!("{base}/{name}"));
    let real = real
        .into_iter()
        .find(|path| machine.fs.stat(path, true, who).is_ok())
        .unwrap_or_else(|| format!("{base}/python3"));
    for (name, target) in [("python3", real.as_str()), ("python", "python3")] {
        match machine.fs.symlink(target, &format!("{path}/bin/{name}"), who) {
            Ok(()) | Err(filesystem::Errno::Exist) => {}
            Err(errno) => return Err(errno),
        }
    }
    let packages = format!("{path}/lib/python{}/site-packages", python.version);
    machine.fs.mkdir_all(&packages, 0o755, who)?;
    let activate = filesystem::Content::text(&activate(path));
    machine.fs.write(&format!("{path}/bin/activate"), activate, 0o644, who)?;
    if with_pip {
        for name in ["pip", "pip3"] {
            place_as(machine, &format!("{path}/bin/{name}"), "venv/pip", 240, 0o755, who)?;
        }
        place_as(machine, &format!("{packages}/pip/__init__.py"), "venv/lib/pip", PIP_BYTES, 0o644, who)?;
        place_as(
            machine,
            &format!("{packages}/pip-25.0.1.dist-info/METADATA"),
            "venv/lib/pip-info",
            3_600,
            0o644,
            who,
        )?;
        unpack(machine, PIP_BYTES, FILES);
        resolve(machine, 2_500);
    }
    Ok(())
}

/// virtualenv.
pub fn virtualenv(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = Words::read(process.operands(), &["-p", "--python", "--prompt"]);
    let name = words.value(&["-p", "--python"]).unwrap_or("python3").to_string();
    if program(machine, process, &name).is_none() && !name.contains('/') {
        process.err(
            machine,
            &format!("RuntimeError: failed to find interpreter for Builtin discover of python_spec='{name}'\n"),
        );
        return 1;
    }
    let python = site::of(machine, process, &name);
    let Some(folder) = words.operands.first() else { return 2 };
    let path = process.path(folder);
    i32::from(make(machine, process, &python, &path, true).is_err())
}

/// What a shell reads to work in an environment: its programs come first. As long as the real one.
fn activate(path: &str) -> String {
    let script = format!("VIRTUAL_ENV='{path}'\nexport VIRTUAL_ENV\nPATH=\"$VIRTUAL_ENV/bin:$PATH\"\nexport PATH\n");
    let rest = ACTIVATE_BYTES.saturating_sub(script.len() + 1);
    format!("{script}{}\n", "#".repeat(rest))
}
