//! node: which version it is; programs of packages that are started by their file; what any other script does, nobody can
//! say from outside.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::super::input::not_modelled;
use super::super::pace::known_text;

/// The version of node: the official images say it; Debian's and Alpine's packages have these (2026).
pub fn version(machine: &Machine, process: &Process) -> String {
    if let Some(version) = process.env.get("NODE_VERSION") {
        return version.clone();
    }
    let release = machine.fs.read("/etc/os-release", &Cred::root()).ok().and_then(|content| content.bytes(4096));
    let release = String::from_utf8_lossy(&release.unwrap_or_default()).into_owned();
    let version = match release {
        text if text.contains("bookworm") => "18.20.4",
        text if text.contains("trixie") => "20.19.2",
        text if text.contains("alpine") => "24.11.1",
        _ => "22.0.0",
    };
    version.to_string()
}

/// The version of npm that came with that node.
pub fn npm_version(machine: &Machine, process: &Process) -> &'static str {
    match version(machine, process).split('.').next().and_then(|major| major.parse::<u32>().ok()).unwrap_or(22) {
        0..16 => "6.14.18",
        16..18 => "8.19.4",
        18..22 => "10.8.2",
        22..24 => "10.9.4",
        _ => "11.6.2",
    }
}

pub fn node(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut words = process.operands().iter();
    let mut expression: Option<(bool, String)> = None;
    let mut script = None;
    let mut arguments: Vec<String> = Vec::new();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-v" | "--version" => {
                process.out(machine, &format!("v{}\n", version(machine, process)));
                return 0;
            }
            "-e" | "--eval" | "-p" | "--print" | "-pe" => {
                expression = Some((word.contains('p'), words.next().cloned().unwrap_or_default()));
            }
            "-r" | "--require" | "--import" | "--loader" | "--experimental-loader" | "--conditions" | "-C" => {
                let _ = words.next();
            }
            "-" => {}
            option if option.starts_with('-') => {}
            file => {
                script = Some(file.to_string());
                arguments.extend(words.by_ref().cloned());
            }
        }
    }
    if let Some((prints, text)) = expression {
        return evaluate(machine, process, prints, &text);
    }
    let Some(script) = script else {
        let text = process.stdin(machine);
        if text.size() > 0 {
            not_modelled(machine, process, "standard input");
        }
        return 0;
    };
    let Some(path) = file_of(machine, process, &script) else {
        let path = process.path(&script);
        let version = version(machine, process);
        process.err(machine, &format!("node:internal/modules/cjs/loader:1210\n  throw err;\n  ^\n\nError: Cannot find module '{path}'\n    at node:internal/main/run_main_module:28:49 {{\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}}\n\nNode.js v{version}\n"));
        return 1;
    };
    // a package's program by its path is that program
    let name = program_of(machine, &path, &script);
    if let Some(model) = name.as_deref().and_then(super::super::lookup).filter(|_| name.as_deref() != Some("node")) {
        process.args = name.into_iter().chain(arguments).collect();
        return model(machine, process);
    }
    not_modelled(machine, process, &script);
    0
}

/// The file that node would load for a word.
fn file_of(machine: &Machine, process: &Process, script: &str) -> Option<String> {
    let path = process.path(script);
    let is_file = |path: &String| machine.fs.stat(path, true, &process.cred).is_ok_and(|stat| stat.is_file());
    let candidates = [path.clone(), format!("{path}.js"), format!("{path}.json"), format!("{path}/index.js")];
    candidates.into_iter().find(is_file).or_else(|| {
        let manifest = known_text(machine, process, &format!("{path}/package.json"))?;
        let main = super::super::json::Json::parse(&manifest)?.get("main")?.text()?.to_string();
        Some(format!("{path}/{main}")).filter(is_file)
    })
}

/// The name of the program that a file of a package is: `vite` of `node_modules/.bin/vite` and of
/// `node_modules/vite/bin/vite.js`, `npm` of `npm-cli.js`, `yarn` of what corepack links.
fn program_of(machine: &Machine, path: &str, script: &str) -> Option<String> {
    let stem = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
        stem.trim_end_matches("-cli").to_string()
    };
    let real = machine.fs.resolve(path, true, &Cred::root()).unwrap_or_else(|_| path.to_string());
    if !real.contains("/node_modules/") && !real.contains("/corepack/") && !real.contains("/yarn") {
        return None;
    }
    Some(stem(script)).filter(|name| name != "index")
}

/// `node -e`, `node -p`: the few expressions whose value is known.
fn evaluate(machine: &mut Machine, process: &Process, prints: bool, text: &str) -> i32 {
    let text = text.trim().trim_end_matches(';');
    let value = |text: &str| -> Option<String> {
        let text = text.trim();
        let quoted = ['\'', '"', '`'].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
        match (quoted, text) {
            (Some(inner), _) if !inner.contains(['\'', '"', '`', '\\', '$']) => Some(inner.to_string()),
            (_, "process.version") => Some(format!("v{}", version(machine, process))),
            (_, "process.versions.node") => Some(version(machine, process)),
            (_, "process.platform") => Some("linux".to_string()),
            (_, "process.arch") => Some("x64".to_string()),
            _ => {
                let key = text
                    .strip_prefix("require('./package.json').")
                    .or(text.strip_prefix("require(\"./package.json\")."))?;
                let manifest = super::manifest::read(machine, process).ok()?;
                key.split('.').try_fold(&manifest, |json, part| json.get(part))?.text().map(str::to_string)
            }
        }
    };
    let shown = text.strip_prefix("console.log(").and_then(|rest| rest.strip_suffix(')'));
    match (prints, shown) {
        (_, Some(inner)) if value(inner).is_some() => {
            let line = value(inner).unwrap_or_default();
            process.out(machine, &format!("{line}\n"));
        }
        (true, None) if value(text).is_some() => {
            let line = value(text).unwrap_or_default();
            process.out(machine, &format!("{line}\n"));
        }
        _ => not_modelled(machine, process, "-e"),
    }
    0
}
