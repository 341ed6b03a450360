//! python, as far as it is pip and venv.

use crate::process::{Machine, Process};

use super::estimate::{estimated, place_as, unpack};
use super::input::not_modelled;
use super::pip::{VENV_BYTES, pip};

/// python: only `-m pip` and `-m venv` have a model.
pub fn python(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["-m", "pip", ..] => {
            process.args = std::iter::once("pip".to_string()).chain(words.into_iter().skip(2)).collect();
            pip(machine, process)
        }
        ["-m", "venv", .., folder] => {
            estimated(machine);
            let folder = process.path(folder);
            let files = [
                ("pyvenv.cfg", 80, 0o644),
                ("bin/python", 0, 0o755),
                ("bin/pip", 240, 0o755),
                ("lib/python3.12/site-packages/pip/__init__.py", VENV_BYTES, 0o644),
            ];
            for (name, size, mode) in files {
                let id = if name == "bin/pip" {
                    "venv/pip".to_string()
                } else if name == "bin/python" {
                    "venv/python3".to_string()
                } else {
                    format!("venv/{name}")
                };
                if place_as(machine, &format!("{folder}/{name}"), &id, size.max(1), mode, &process.cred).is_err() {
                    process.err(machine, &format!("Error: [Errno 13] Permission denied: '{folder}'\n"));
                    return 1;
                }
            }
            let _ = machine.fs.symlink("python", &format!("{folder}/bin/python3"), &process.cred);
            unpack(machine, VENV_BYTES, 1008);
            machine.spend(2_500);
            0
        }
        ["--version" | "-V"] => {
            let version = process.env.get("PYTHON_VERSION").cloned().unwrap_or_else(|| "3.12".to_string());
            process.out(machine, &format!("Python {version}\n"));
            0
        }
        other => {
            let part = other.first().copied().unwrap_or_default().to_string();
            not_modelled(machine, process, &part);
            0
        }
    }
}
