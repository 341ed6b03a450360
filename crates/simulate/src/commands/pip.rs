//! pip: estimated from measured installs with Python 3.12.

use crate::process::{Machine, Process};

use super::estimate::{cell, download, estimated, place_as, rows, unpack};
use super::input::not_modelled;
use super::options::read;

const DATA: &str = include_str!("data/pip.txt");

/// What a package is taken for that the data do not have: installed and wheel bytes, dependencies included.
const UNKNOWN: (u64, u64) = (5_000_000, 1_000_000);

/// What an empty virtual environment has, with the pip that is in it.
pub const VENV_BYTES: u64 = 13_751_093;

pub fn pip(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("requirement=", 'r'),
        ("no-cache-dir", 'N'),
        ("upgrade", 'U'),
        ("user", 'u'),
        ("target=", 't'),
        ("prefix=", 'p'),
        ("quiet", 'q'),
        ("editable=", 'e'),
        ("constraint=", 'c'),
        ("index-url=", 'i'),
        ("extra-index-url=", 'i'),
        ("break-system-packages", 'b'),
        ("no-deps", 'n'),
        ("disable-pip-version-check", 'n'),
        ("root-user-action=", 'R'),
        ("find-links=", 'f'),
        ("no-index", 'n'),
        ("wheel-dir=", 'w'),
        ("no-compile", 'n'),
        ("no-warn-script-location", 'n'),
        ("pre", 'n'),
        ("version", 'V'),
        ("default-timeout=", 'i'),
        ("timeout=", 'i'),
        ("yes", 'y'),
    ];
    let options = match read(process.operands(), "r:Uut:p:qe:c:i:f:w:Vy", &long) {
        Ok(options) => options,
        Err(message) => {
            process.err(machine, &format!("\nUsage:\n  pip install [options] <package>\n\n{message}\n"));
            return 2;
        }
    };
    let Some((command, names)) = options.operands.split_first() else { return 0 };
    if !matches!(command.as_str(), "install" | "download" | "wheel") {
        not_modelled(machine, process, command);
        return 0;
    }
    let mut wanted: Vec<String> = Vec::new();
    for file in options.values('r') {
        match process.read_file(machine, file) {
            Ok(content) => wanted.extend(crate::process::text_of(machine, &content).lines().filter_map(requirement)),
            Err(errno) => {
                process
                    .err(machine, &format!("ERROR: Could not open requirements file: [Errno 2] {errno}: '{file}'\n"));
                return 1;
            }
        }
    }
    for name in names {
        let is_path = name.starts_with('.') || name.starts_with('/');
        if is_path {
            not_modelled(machine, process, &format!("install {name}"));
        } else {
            wanted.extend(requirement(name));
        }
    }
    if wanted.is_empty() && names.is_empty() && !options.any("re") {
        process.err(machine, "ERROR: You must give at least one requirement to install (see \"pip help install\")\n");
        return 1;
    }
    estimated(machine);
    let target = site_packages(machine, process, options.value('t'));
    wanted.retain(|name| machine.fs.stat(&format!("{target}/{name}"), true, &process.cred).is_err());
    if !machine.network {
        if let Some(name) = wanted.first() {
            process.err(machine, &format!("ERROR: Could not find a version that satisfies the requirement {name} (from versions: none)\nERROR: No matching distribution found for {name}\n"));
            return 1;
        }
        return 0;
    }
    let keeps_cache = !options.has('N')
        && !process.env.get("PIP_NO_CACHE_DIR").is_some_and(|value| !matches!(value.as_str(), "" | "0" | "off"));
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    for name in &wanted {
        let (bytes, wheel) = match rows(DATA).find(|row| row.first() == Some(&name.as_str())) {
            Some(row) => (cell(&row, 2), cell(&row, 3)),
            None => {
                machine.not_modelled(&format!("pip install {name}"));
                UNKNOWN
            }
        };
        process.out(machine, &format!("Collecting {name}\n"));
        let cached = format!("{home}/.cache/pip/http-v2/{name}");
        if machine.fs.stat(&cached, true, &process.cred).is_err() {
            download(machine, wheel);
            if keeps_cache {
                let _ = place_as(machine, &cached, &format!("pip/cache/{name}"), wheel, 0o644, &process.cred);
            }
        }
        let folder = match command.as_str() {
            "install" => target.clone(),
            _ => process.path(options.value('w').or(options.value('t')).unwrap_or(".")),
        };
        let (path, size) = if command == "install" {
            (format!("{folder}/{name}/__init__.py"), bytes)
        } else {
            (format!("{folder}/{name}.whl"), wheel)
        };
        if let Err(errno) = place_as(machine, &path, &format!("pip/{name}"), size, 0o644, &process.cred) {
            process.err(
                machine,
                &format!(
                    "ERROR: Could not install packages due to an OSError: [Errno 13] {errno}: '{folder}/{name}'\n"
                ),
            );
            return 1;
        }
        if command == "install"
            && matches!(
                name.as_str(),
                "gunicorn" | "uvicorn" | "flask" | "celery" | "pytest" | "poetry" | "uv" | "pipenv"
            )
        {
            let bin = target.split("/lib/").next().unwrap_or("/usr/local").to_string();
            let _ =
                place_as(machine, &format!("{bin}/bin/{name}"), &format!("pip/bin/{name}"), 240, 0o755, &process.cred);
        }
        unpack(machine, size, size / 15_000);
    }
    if command == "install" && !wanted.is_empty() {
        process.out(
            machine,
            &format!(
                "Installing collected packages: {0}\nSuccessfully installed {1}\n",
                wanted.join(", "),
                wanted.join(" ")
            ),
        );
    }
    0
}

/// The name of a requirement, with its extras; comments and options have none.
fn requirement(line: &str) -> Option<String> {
    let line = line.split('#').next().unwrap_or_default().trim();
    if line.is_empty() || line.starts_with('-') {
        return None;
    }
    let end = line.find(|c: char| "=<>!~; @".contains(c)).unwrap_or(line.len());
    Some(line.get(..end)?.trim().to_lowercase().replace('_', "-"))
}

/// Where packages go: the virtual environment of PATH, else the image's Python.
fn site_packages(machine: &Machine, process: &Process, target: Option<&str>) -> String {
    if let Some(target) = target {
        return process.path(target);
    }
    let prefix = process.env.get("VIRTUAL_ENV").cloned().unwrap_or_else(|| {
        let path = process.env.get("PATH").cloned().unwrap_or_default();
        let venv = path.split(':').map(|folder| folder.trim_end_matches("/bin").to_string());
        let mut venv = venv
            .filter(|folder| machine.fs.stat(&format!("{folder}/pyvenv.cfg"), true, &filesystem::Cred::root()).is_ok());
        venv.next().unwrap_or_else(|| "/usr/local".to_string())
    });
    let lib = format!("{prefix}/lib");
    let names = machine.fs.read_dir(&lib, &filesystem::Cred::root()).unwrap_or_default();
    let python =
        names.into_iter().rev().find(|name| name.starts_with("python3.")).unwrap_or_else(|| "python3.12".to_string());
    format!("{lib}/{python}/site-packages")
}
