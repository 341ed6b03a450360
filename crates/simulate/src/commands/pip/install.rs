//! Putting distributions into site-packages, wheels into the cache.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::super::estimate::{download, estimated, place_as, unpack};
use super::super::pace::{assumed, compile, has_compiler, home, is_musl, program, resolve};
use super::known::Distribution;
use super::site::Site;

/// What pip thinks for each distribution: resolving, unpacking, compiling its Python files.
const EACH_MS: u64 = 150;
/// Distributions that come without wheels, what their build looks for first, and the packages' words when it is not there.
const SOURCES: &[(&str, &str)] = &[
    ("psycopg2", "pg_config"),
    ("psycopg-c", "pg_config"),
    ("mysqlclient", "pkg-config"),
    ("uwsgi", "gcc"),
    ("python-ldap", "gcc"),
    ("pycairo", "pkg-config"),
    ("pygraphviz", "gcc"),
    ("pycrypto", "gcc"),
    ("netifaces", "gcc"),
    ("dlib", "cmake"),
    ("pyaudio", "gcc"),
    ("fasttext", "gcc"),
    ("gdal", "gdal-config"),
];
/// Distributions whose native wheels are for glibc only (measured for scikit-learn; the others publish no musllinux wheel).
const GLIBC_ONLY: &[&str] =
    &["scikit-learn", "torch", "tensorflow", "nvidia-cuda", "opencv-python", "opencv-python-headless"];

/// How an install is done.
#[derive(Clone, Debug, Default)]
pub struct How {
    /// The folder of wheels that are kept; none where nothing is kept.
    pub cache: Option<String>,
    /// Whether Python files are compiled.
    pub compiles: bool,
    /// Whether what is there already is installed again.
    pub again: bool,
}

/// Where pip keeps wheels.
pub fn cache_folder(process: &Process, given: Option<&str>) -> String {
    if let Some(folder) = given {
        return process.path(folder);
    }
    if let Some(folder) = process.env.get("PIP_CACHE_DIR") {
        return process.path(folder);
    }
    match process.env.get("XDG_CACHE_HOME") {
        Some(folder) => format!("{folder}/pip"),
        None => format!("{}/.cache/pip", home(process)),
    }
}

/// The name of a distribution's folder.
pub fn module(name: &str) -> String {
    name.replace('-', "_")
}

/// Whether a distribution is there.
pub fn is_installed(machine: &Machine, site: &Site, name: &str) -> bool {
    let start = format!("{}-", module(name));
    let names = machine.fs.read_dir(&site.packages, &Cred::root()).unwrap_or_default();
    names.iter().any(|entry| entry.starts_with(&start) && entry.ends_with(".dist-info"))
}

/// Fetches what the cache lacks; the error is a distribution that no network brings.
pub fn fetch(machine: &mut Machine, process: &Process, wanted: &[Distribution], how: &How) -> Result<(), String> {
    let mut bytes = 0;
    let mut files = Vec::new();
    for part in wanted.iter().filter(|part| !part.is_here) {
        let name = format!("{}-{}.whl", module(&part.name), part.version);
        let path = how.cache.as_ref().map(|cache| format!("{cache}/http-v2/{name}"));
        if path.as_ref().is_some_and(|path| machine.fs.stat(path, true, &Cred::root()).is_ok()) {
            continue;
        }
        if !machine.network {
            return Err(part.name.clone());
        }
        bytes += part.size.wheel;
        files.extend(path.map(|path| (path, name, part.size.wheel)));
    }
    if bytes > 0 {
        download(machine, bytes);
        machine.spend(machine.profile.network_latency_ms.saturating_mul(wanted.len() as u64));
    }
    for (path, name, size) in files {
        let _ = place_as(machine, &path, &format!("pip/wheel/{name}"), size, 0o644, &process.cred);
    }
    Ok(())
}

/// Puts distributions into a site.
pub fn put(
    machine: &mut Machine,
    process: &Process,
    site: &Site,
    wanted: &[Distribution],
    how: &How,
) -> Result<(), Errno> {
    estimated(machine);
    let who = &process.cred;
    for part in wanted {
        if part.is_typical {
            assumed(machine, &format!("pip install {}", part.name), part.size.bytes);
        }
        remove(machine, site, &part.name, who);
        let id = format!("pip/{}-{}", part.name, part.version);
        let folder = format!("{}/{}", site.packages, module(&part.name));
        let info = format!("{folder}-{}.dist-info", part.version);
        let compiled = part.size.compiled.min(part.size.bytes);
        let record = (part.size.files * 90).min((part.size.bytes - compiled) / 2);
        place_as(
            machine,
            &format!("{folder}/__init__.py"),
            &format!("{id}/files"),
            part.size.bytes - compiled - record,
            0o644,
            who,
        )?;
        place_as(machine, &format!("{info}/RECORD"), &format!("{id}/record"), record, 0o644, who)?;
        if how.compiles && compiled > 0 {
            let path = format!("{folder}/__pycache__/__init__.cpython-{}.pyc", site.version.replace('.', ""));
            place_as(machine, &path, &format!("{id}/compiled/{}", site.version), compiled, 0o644, who)?;
        }
        for program in &part.programs {
            place_as(machine, &format!("{}/{program}", site.programs), &format!("pip/bin/{program}"), 240, 0o755, who)?;
        }
    }
    unpack(machine, wanted.iter().map(|part| part.size.bytes).sum(), wanted.iter().map(|part| part.size.files).sum());
    resolve(machine, wanted.len() as u64 * EACH_MS);
    Ok(())
}

/// Takes a distribution out of a site; `false` if it was not there.
pub fn remove(machine: &mut Machine, site: &Site, name: &str, who: &Cred) -> bool {
    let start = format!("{}-", module(name));
    let names = machine.fs.read_dir(&site.packages, &Cred::root()).unwrap_or_default();
    let Some(info) = names.iter().find(|entry| entry.starts_with(&start) && entry.ends_with(".dist-info")) else {
        return false;
    };
    let _ = machine.fs.remove_all(&format!("{}/{info}", site.packages), who);
    let _ = machine.fs.remove_all(&format!("{}/{}", site.packages, module(name)), who);
    true
}

/// Whether a distribution comes without wheels.
pub fn is_source(name: &str) -> bool {
    SOURCES.iter().any(|(source, _)| *source == name)
}

/// What stops a distribution that has to be compiled here: what is printed. Else lets the time pass that it takes.
pub fn build(machine: &mut Machine, process: &Process, part: &Distribution) -> Option<String> {
    if part.is_here {
        return None;
    }
    let source = SOURCES.iter().find(|(name, _)| *name == part.name);
    let lacks_wheel = part.is_native && GLIBC_ONLY.contains(&part.name.as_str()) && is_musl(machine);
    if lacks_wheel && part.is_typical {
        let name = if part.name == "nvidia-cuda" { "torch" } else { &part.name };
        return Some(format!(
            "ERROR: Could not find a version that satisfies the requirement {name} (from versions: none)\nERROR: No matching distribution found for {name}\n"
        ));
    }
    let tool = match source {
        Some((_, tool)) => *tool,
        None if lacks_wheel => "gcc",
        None => return None,
    };
    let missing = match tool {
        "gcc" => !has_compiler(machine, process),
        tool => program(machine, process, tool).is_none(),
    };
    if !missing && has_compiler(machine, process) {
        compile(machine, 25_000);
        return None;
    }
    let (stage, lines) = match (tool, missing) {
        ("pg_config", true) => (
            "Getting requirements to build wheel",
            "Error: pg_config executable not found.\n      \n      pg_config is required to build psycopg2 from source.  Please add the directory\n      containing pg_config to the $PATH or specify the full executable path with the\n      option:\n      \n          python setup.py build_ext --pg-config /path/to/pg_config build ...\n      \n      or with the pg_config option in 'setup.cfg'.\n      \n      If you prefer to avoid building psycopg2 from source, please install the PyPI\n      'psycopg2-binary' package instead.",
        ),
        ("pkg-config", true) => (
            "Getting requirements to build wheel",
            "/bin/sh: 1: pkg-config: not found\n      Exception: Can not find valid pkg-config name.\n      Specify MYSQLCLIENT_CFLAGS and MYSQLCLIENT_LDFLAGS env vars manually",
        ),
        ("cmake", true) => ("Building wheel", "ERROR: CMake must be installed to build dlib"),
        ("gdal-config", true) => (
            "Getting requirements to build wheel",
            "Could not find gdal-config. Make sure you have installed the GDAL native library and development headers.",
        ),
        _ => ("Building wheel", "error: command 'gcc' failed: No such file or directory"),
    };
    // what a distribution asks for is known of it, not read from it
    estimated(machine);
    compile(machine, 5_000);
    let subject = if stage == "Building wheel" {
        format!("Building wheel for {} (pyproject.toml)", part.name)
    } else {
        stage.to_string()
    };
    let failed = if stage == "Building wheel" {
        let name = &part.name;
        format!(
            "  ERROR: Failed building wheel for {name}\nERROR: Failed to build installable wheels for some pyproject.toml based projects ({name})\n"
        )
    } else {
        format!(
            "error: subprocess-exited-with-error\n\n× {subject} did not run successfully.\n│ exit code: 1\n╰─> See above for output.\n\nnote: This error originates from a subprocess, and is likely not a problem with pip.\n"
        )
    };
    Some(format!(
        "  error: subprocess-exited-with-error\n  \n  × {subject} did not run successfully.\n  │ exit code: 1\n  ╰─> [output]\n      {lines}\n      [end of output]\n  \n  note: This error originates from a subprocess, and is likely not a problem with pip.\n{failed}"
    ))
}
