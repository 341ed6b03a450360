//! The scripts of a project as yarn runs them.

use crate::process::{Machine, Process};

use super::super::estimate::place_as;
use super::super::indented;
use super::super::json::Json;
use super::super::pace::{known_text, resolve};
use super::super::words::Words;
use super::known::Table;
use super::manifest::{self, dependencies, script, text, workspaces};
use super::scripts::{self, Runner};
use super::tree;

/// One call of yarn.
pub struct Call {
    /// Its arguments.
    pub words: Words,
    /// Whether it is version 2 or later.
    pub is_berry: bool,
    /// The text of .yarnrc.yml.
    pub settings: String,
}

impl Call {
    /// Runs a script of the manifest, or a program of node_modules.
    pub fn run(
        &self,
        machine: &mut Machine,
        process: &Process,
        manifest: Option<Json>,
        name: &str,
        arguments: &[String],
    ) -> i32 {
        let folder = process.cwd.clone();
        let arguments: Vec<String> = options_behind(process, name).unwrap_or_else(|| arguments.to_vec());
        let Some(manifest) = manifest else {
            let text = match self.is_berry {
                true => format!("Usage Error: No project found in {folder}\n"),
                false => format!(
                    "error Couldn't find a package.json file in \"{folder}\"\ninfo Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.\n"
                ),
            };
            process.err(machine, &text);
            return 1;
        };
        let command = match script(&manifest, name) {
            Some(command) => command,
            None if machine
                .fs
                .stat(&process.path(&format!("node_modules/.bin/{name}")), true, &process.cred)
                .is_ok() =>
            {
                name.to_string()
            }
            None => {
                let text = match self.is_berry {
                    true => format!("Usage Error: Couldn't find a script named \"{name}\".\n"),
                    false => format!(
                        "error Command \"{name}\" not found.\ninfo Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.\n"
                    ),
                };
                process.err(machine, &text);
                return 1;
            }
        };
        for event in [format!("pre{name}"), name.to_string(), format!("post{name}")] {
            let (command, arguments) = match script(&manifest, &event) {
                _ if event == name => (command.clone(), arguments.as_slice()),
                Some(command) if !self.is_berry => (command, &[][..]),
                _ => continue,
            };
            let status = self.run_script(machine, process, &manifest, &event, &command, arguments);
            if status != 0 {
                return status;
            }
        }
        if !self.is_berry {
            let seconds = machine.meter.ms / 1000;
            process.out(machine, &format!("Done in {seconds}.00s.\n"));
        }
        0
    }

    /// Runs a script's command.
    pub fn run_script(
        &self,
        machine: &mut Machine,
        process: &Process,
        manifest: &Json,
        name: &str,
        command: &str,
        arguments: &[String],
    ) -> i32 {
        resolve(machine, 200);
        let runner = if self.is_berry { Runner::Berry } else { Runner::Yarn };
        let mut child = process.clone();
        let wrappers = self.is_berry.then(|| self.wrap_programs(machine, &mut child, manifest)).flatten();
        let status = scripts::run(machine, &child, manifest, name, command, arguments, runner);
        if let Some(folder) = wrappers {
            let _ = machine.fs.remove_all(&folder, &process.cred);
        }
        if status != 0 && !self.is_berry {
            process.err(machine, &format!("error Command failed with exit code {status}.\ninfo Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.\n"));
        }
        status
    }

    /// Without node_modules, yarn makes a folder with the programs for the time that a script runs.
    fn wrap_programs(&self, machine: &mut Machine, child: &mut Process, manifest: &Json) -> Option<String> {
        machine.fs.stat(&child.path(".pnp.cjs"), true, &child.cred).ok()?;
        let table = Table::read();
        let wanted = dependencies(manifest, true);
        let lock = known_text(machine, child, "yarn.lock").map(|text| indented::parse(&text));
        let tree = lock.and_then(|lock| tree::from_yarn_lock(&table, &lock, &wanted));
        let tree = tree.unwrap_or_else(|| tree::from_names(&table, wanted.iter().map(|(name, _)| name.as_str())));
        let folder = format!("/tmp/xfs-{}", child.pid);
        for program in tree.values().flat_map(|package| &package.programs) {
            let path = format!("{folder}/{program}");
            let _ = place_as(machine, &path, &format!("yarn/wrapper/{program}"), 100, 0o755, &child.cred);
        }
        let path = child.env.get("PATH").cloned().unwrap_or_default();
        child.env.insert("PATH".to_string(), format!("{folder}:{path}"));
        Some(folder)
    }

    /// `yarn workspace NAME COMMAND`, `yarn workspaces foreach run COMMAND`.
    pub fn in_workspaces(
        &self,
        machine: &mut Machine,
        process: &Process,
        manifest: Option<Json>,
        command: &str,
        names: &[String],
    ) -> i32 {
        let Some(root) = manifest else { return 1 };
        let (wanted, rest) = match names.split_first() {
            Some((name, rest)) if command == "workspace" => (Some(name.clone()), rest),
            Some((_, rest)) => (None, rest),
            None => return 1,
        };
        let rest: Vec<&String> = rest.iter().filter(|word| *word != "run").collect();
        let mut status = 0;
        for folder in workspaces(machine, process, &root) {
            let Some(manifest) = manifest::read_at(machine, process, &folder) else { continue };
            if wanted.as_deref().is_some_and(|name| name != text(&manifest, "name")) {
                continue;
            }
            let Some((name, arguments)) = rest.split_first() else { continue };
            if wanted.is_none() && script(&manifest, name).is_none() {
                continue;
            }
            let mut child = process.clone();
            child.cwd = process.path(&folder);
            let arguments: Vec<String> = arguments.iter().map(|word| (*word).clone()).collect();
            status = self.run(machine, &child, Some(manifest), name, &arguments);
            if status != 0 {
                break;
            }
        }
        status
    }
}

/// What stands behind a script's name goes to the script, options too.
fn options_behind(process: &Process, name: &str) -> Option<Vec<String>> {
    let words = process.operands();
    let at = words.iter().position(|word| word == name)?;
    Some(words.get(at + 1..)?.iter().filter(|word| *word != "--").cloned().collect())
}
