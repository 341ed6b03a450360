//! mix of Elixir: what is fetched and compiled is counted with typical sizes; where it goes is as mix has it.

use crate::process::{Machine, Process};

use super::estimate::{download, estimated, place_as};
use super::input::not_modelled;

/// Hex's archive and rebar3.
const HEX_BYTES: u64 = 1_800_000;
const REBAR_BYTES: u64 = 900_000;
/// The sources of the dependencies of a Phoenix application, about forty packages, and what they are compiled to.
const DEPS_BYTES: u64 = 14_000_000;
const COMPILED_BYTES: u64 = 16_000_000;
/// An application's own beams, and its digested assets.
const APP_BYTES: u64 = 1_200_000;
const ASSETS_BYTES: u64 = 900_000;
/// The Erlang runtime that a release takes along.
const RUNTIME_BYTES: u64 = 34_000_000;

/// The name in `app: :name` of mix.exs.
fn app(machine: &mut Machine, process: &Process) -> String {
    let text = match process.read_file(machine, "mix.exs") {
        Ok(content) if content.is_known() => crate::process::text_of(machine, &content),
        _ => String::new(),
    };
    let name = text.split_once("app: :").map_or("", |(_, rest)| rest);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
    Some(name.get(..end).unwrap_or_default()).filter(|name| !name.is_empty()).unwrap_or("app").to_string()
}

pub fn mix(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    // `mix do a, b` is one after another
    let rest = words.strip_prefix(&["do".to_string()]).unwrap_or(&words);
    let mut tasks: Vec<Vec<String>> = vec![Vec::new()];
    for word in rest {
        let name = word.trim_end_matches(',');
        if !name.is_empty()
            && name != "+"
            && let Some(task) = tasks.last_mut()
        {
            task.push(name.to_string());
        }
        if word.ends_with(',') || word == "+" {
            tasks.push(Vec::new());
        }
    }
    for task in tasks.iter().filter(|task| !task.is_empty()) {
        let status = run(machine, process, task);
        if status != 0 {
            return status;
        }
    }
    0
}

fn run(machine: &mut Machine, process: &mut Process, task: &[String]) -> i32 {
    let name = task.first().map_or("", String::as_str);
    let home = process.env.get("MIX_HOME").cloned().unwrap_or_else(|| {
        format!("{}/.mix", process.env.get("HOME").map_or("/root", |home| home.trim_end_matches('/')))
    });
    let needs_project =
        !matches!(name, "local.hex" | "local.rebar" | "archive.install" | "--version" | "new" | "phx.new");
    if needs_project && process.read_file(machine, "mix.exs").is_err() {
        let text = format!(
            "** (Mix) Could not find a Mix.Project, please ensure you are running Mix in a directory with a mix.exs file (\"mix {name}\")\n"
        );
        process.err(machine, &text);
        return 1;
    }
    let env = process.env.get("MIX_ENV").cloned().unwrap_or_else(|| "dev".to_string());
    let app = app(machine, process);
    let build = format!("_build/{env}");
    let (net, ms, files): (u64, u64, Vec<(String, u64, u32)>) = match name {
        "local.hex" => (HEX_BYTES / 2, 1_500, vec![(format!("{home}/archives/hex/ebin/hex.beam"), HEX_BYTES, 0o644)]),
        "local.rebar" => (REBAR_BYTES, 800, vec![(format!("{home}/rebar3"), REBAR_BYTES, 0o755)]),
        "archive.install" => (400_000, 1_500, vec![(format!("{home}/archives/archive"), 400_000, 0o644)]),
        "deps.get" | "deps.update" => (DEPS_BYTES / 4, 5_000, vec![("deps/packages".to_string(), DEPS_BYTES, 0o644)]),
        "deps.compile" => (0, 60_000, vec![(format!("{build}/lib/deps.beam"), COMPILED_BYTES, 0o644)]),
        "compile" => (
            0,
            8_000,
            vec![
                (format!("{build}/lib/deps.beam"), COMPILED_BYTES, 0o644),
                (format!("{build}/lib/{app}/ebin/{app}.beam"), APP_BYTES, 0o644),
            ],
        ),
        "assets.setup" | "assets.build" | "assets.deploy" | "phx.digest" | "esbuild" | "tailwind" => {
            (12_000_000, 4_000, vec![("priv/static/assets/app.js".to_string(), ASSETS_BYTES, 0o644)])
        }
        "release" => (
            0,
            5_000,
            vec![
                (format!("{build}/rel/{app}/bin/{app}"), 2_000, 0o755),
                (format!("{build}/rel/{app}/erts/bin/beam.smp"), RUNTIME_BYTES / 2, 0o755),
                (format!("{build}/rel/{app}/lib/applications"), RUNTIME_BYTES / 2 + COMPILED_BYTES, 0o644),
            ],
        ),
        "test" | "format" | "credo" | "dialyzer" | "--version" | "help" | "deps" | "hex.info" | "ecto.migrate" => {
            (0, 5_000, Vec::new())
        }
        other => {
            not_modelled(machine, process, other);
            return 0;
        }
    };
    if net > 0 && !machine.network {
        process.err(machine, "** (Mix) httpc request failed with: :nxdomain\n");
        return 1;
    }
    estimated(machine);
    download(machine, net);
    machine.work(crate::Work::Compile, ms);
    let total: u64 = files.iter().map(|(_, size, _)| size).sum();
    for (path, size, mode) in files {
        let path = process.path(&path);
        if machine.fs.stat(&path, true, &process.cred).is_ok() {
            continue;
        }
        if let Err(errno) = place_as(machine, &path, &format!("mix/{path}"), size, mode, &process.cred) {
            process.err(machine, &format!("** (File.Error) could not write to file \"{path}\": {errno}\n"));
            return 1;
        }
        machine.charge_write(size);
    }
    if total > 0 {
        machine.typical_size(&format!("mix {name}"), total);
    }
    0
}
