//! python: its own modules that Dockerfiles call; what any other script does, nobody can say from outside.

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, place_as};
use super::super::input::not_modelled;
use super::super::pace::{compile, known_text, resolve};
use super::site;

/// What Django's own static files weigh that `collectstatic` copies: those of its admin pages (Django 5, about 130 files).
const ADMIN_STATIC: u64 = 2_600_000;

pub fn python(machine: &mut Machine, process: &mut Process) -> i32 {
    let called = process.args.first().cloned().unwrap_or_default();
    let words = process.operands().to_vec();
    let mut rest = words
        .iter()
        .skip_while(|word| word.starts_with('-') && !matches!(word.as_str(), "-m" | "-c" | "-V" | "--version" | "-"));
    let first = rest.next().cloned().unwrap_or_default();
    let arguments: Vec<String> = rest.cloned().collect();
    match first.as_str() {
        "-V" | "--version" => {
            let site = site::of(machine, process, &called);
            let said = process.env.get("PYTHON_VERSION").cloned().filter(|version| version.starts_with(&site.version));
            let own = site::distribution(machine).map(|(_, version)| version.to_string());
            let version = said.or_else(|| own.filter(|version| version.starts_with(&site.version)));
            process.out(machine, &format!("Python {}\n", version.unwrap_or_else(|| format!("{}.0", site.version))));
            0
        }
        "-m" => module(machine, process, &called, &arguments),
        "-c" => one_line(machine, process, &called, arguments.first().map_or("", String::as_str)),
        "" | "-" => {
            if process.stdin(machine).size() > 0 {
                not_modelled(machine, process, "standard input");
            }
            0
        }
        script => run_script(machine, process, script, &arguments),
    }
}

fn module(machine: &mut Machine, process: &mut Process, called: &str, arguments: &[String]) -> i32 {
    let Some((name, rest)) = arguments.split_first() else {
        process.err(machine, "Argument expected for the -m option\n");
        return 2;
    };
    let python = site::of(machine, process, called);
    match name.as_str() {
        "pip" => super::run(machine, process, &python, rest),
        "venv" => super::venv::venv(machine, process, &python, rest),
        "virtualenv" => {
            process.args = std::iter::once(name.clone()).chain(rest.iter().cloned()).collect();
            super::venv::virtualenv(machine, process)
        }
        "ensurepip" => {
            resolve(machine, 2_000);
            let made = super::venv::make(machine, process, &python, &python.prefix.clone(), true);
            let _ = machine.fs.remove_file(&format!("{}/pyvenv.cfg", python.prefix), &process.cred);
            i32::from(made.is_err())
        }
        "compileall" => {
            not_modelled(machine, process, "-m compileall");
            0
        }
        "poetry" | "pipenv" | "uv" | "pytest" | "flake8" | "black" | "mypy" | "ruff" => {
            process.args = std::iter::once(name.clone()).chain(rest.iter().cloned()).collect();
            super::super::lookup(name).map_or(0, |model| model(machine, process))
        }
        other => {
            not_modelled(machine, process, &format!("-m {other}"));
            0
        }
    }
}

/// `python -c`: imports that fail or not, and texts that are printed.
fn one_line(machine: &mut Machine, process: &Process, called: &str, text: &str) -> i32 {
    let python = site::of(machine, process, called);
    let printed = text.trim().strip_prefix("print(").and_then(|rest| rest.strip_suffix(')'));
    let literal =
        printed.and_then(|inner| ['"', '\''].iter().find_map(|quote| inner.strip_prefix(*quote)?.strip_suffix(*quote)));
    if let Some(literal) = literal.filter(|text| !text.contains(['\'', '"', '\\'])) {
        process.out(machine, &format!("{literal}\n"));
        return 0;
    }
    let name = text.trim().strip_prefix("import ").unwrap_or_default();
    if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        let is_there = machine.fs.stat(&format!("{}/{name}", python.packages), true, &process.cred).is_ok();
        let is_known = super::known::Table::read().closure(&[(name.replace('_', "-"), String::new())], true, false);
        if !is_there && is_known.iter().any(|part| !part.is_typical) {
            process.err(machine, &format!("Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\nModuleNotFoundError: No module named '{name}'\n"));
            return 1;
        }
        return 0;
    }
    not_modelled(machine, process, "-c");
    0
}

fn run_script(machine: &mut Machine, process: &mut Process, script: &str, arguments: &[String]) -> i32 {
    let path = process.path(script);
    if machine.fs.stat(&path, true, &process.cred).is_err() {
        let name = process.args.first().cloned().unwrap_or_default();
        process.err(machine, &format!("{name}: can't open file '{path}': [Errno 2] No such file or directory\n"));
        return 2;
    }
    let file = script.rsplit('/').next().unwrap_or(script);
    if file == "manage.py" {
        return django(machine, process, arguments);
    }
    // a program that pip made
    if path.contains("/bin/")
        && let Some(model) = super::super::lookup(file).filter(|_| !file.starts_with("python"))
    {
        process.args = std::iter::once(path).chain(arguments.iter().cloned()).collect();
        return model(machine, process);
    }
    not_modelled(machine, process, script);
    0
}

/// Django's manage.py: `collectstatic` copies its own files and those of the project.
fn django(machine: &mut Machine, process: &mut Process, arguments: &[String]) -> i32 {
    let site = site::of(machine, process, &process.args.first().cloned().unwrap_or_default());
    if !super::install::is_installed(machine, &site, "django") {
        process.err(machine, "ImportError: Couldn't import Django. Are you sure it's installed and available on your PYTHONPATH environment variable? Did you forget to activate a virtual environment?\n");
        return 1;
    }
    match arguments.first().map(String::as_str) {
        Some("collectstatic") => {
            estimated(machine);
            compile(machine, 1_500);
            let settings: Vec<String> = machine.fs.read_dir(&process.cwd, &process.cred).unwrap_or_default();
            let text =
                settings.iter().find_map(|folder| known_text(machine, process, &format!("{folder}/settings.py")));
            let folder = text.as_deref().and_then(|text| {
                let line = text.lines().find(|line| line.trim_start().starts_with("STATIC_ROOT"))?;
                line.split(['"', '\'']).nth(1).map(str::to_string)
            });
            let path =
                process.path(&format!("{}/admin/static-files", folder.unwrap_or_else(|| "staticfiles".to_string())));
            let _ = place_as(machine, &path, "django/static", ADMIN_STATIC, 0o644, &process.cred);
            0
        }
        Some("check" | "makemigrations" | "compilemessages" | "help" | "version") => 0,
        Some(other) => {
            not_modelled(machine, process, &format!("manage.py {other}"));
            0
        }
        None => 0,
    }
}

/// pytest, flake8, gunicorn: programs of packages that write nothing of note.
pub fn python_program(machine: &mut Machine, _: &mut Process) -> i32 {
    estimated(machine);
    compile(machine, 2_000);
    0
}
