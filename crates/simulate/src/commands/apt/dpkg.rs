//! dpkg and dpkg-query.

use filesystem::{Cred, path_match};

use super::super::estimate::{estimated, failed};
use super::super::input::not_modelled;
use super::install::Situation;
use super::resolve::dependants;
use super::state::State;
use super::table::{Base, table};
use super::{scripts, select, unpack, version};
use crate::process::{Machine, Process};

/// How long dpkg takes for a package, in milliseconds, beyond writing.
const PACKAGE_MS: u64 = 250;

const HELP: &str = "
Type dpkg --help for help about installing and deinstalling packages [*];
Use 'apt' or 'aptitude' for user-friendly package management;
Type dpkg -Dhelp for a list of dpkg debug flag values;
Type dpkg --force-help for a list of forcing options;
Type dpkg-deb --help for help about manipulating *.deb files;

Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
";

/// dpkg: installing files, removing packages, and its questions.
pub fn dpkg(machine: &mut Machine, process: &mut Process) -> i32 {
    let words: Vec<String> = process.operands().to_vec();
    let is_setting = |word: &&String| {
        word.starts_with("--force")
            || word.starts_with("--no-")
            || word.starts_with("--admindir")
            || *word == "-E"
            || *word == "-G"
            || *word == "--unattended"
            || word.starts_with("--root")
            || word.starts_with("--refuse")
    };
    let words: Vec<String> = words.iter().filter(|word| !is_setting(word)).cloned().collect();
    let Some((action, names)) = words.split_first() else {
        process.err(machine, &format!("dpkg: error: need an action option\n{HELP}"));
        return 2;
    };
    match action.as_str() {
        "-i" | "--install" | "--unpack" => install(machine, process, names),
        "-r" | "--remove" | "-P" | "--purge" => {
            remove(machine, process, names, matches!(action.as_str(), "-P" | "--purge"))
        }
        "--configure" => 0,
        "--print-architecture" => {
            process.out(machine, "amd64\n");
            0
        }
        "--print-foreign-architectures" => {
            let content = machine.fs.read("/var/lib/dpkg/arch", &Cred::root()).unwrap_or_default();
            let text = crate::process::text_of(machine, &content);
            let others: String = text.lines().filter(|line| *line != "amd64").map(|line| format!("{line}\n")).collect();
            process.out(machine, &others);
            0
        }
        "--add-architecture" => {
            let text: String = std::iter::once("amd64")
                .chain(names.iter().map(String::as_str))
                .map(|name| format!("{name}\n"))
                .collect();
            let done = machine.fs.mkdir_all("/var/lib/dpkg", 0o755, &Cred::root()).and_then(|()| {
                machine.fs.write("/var/lib/dpkg/arch", filesystem::Content::text(&text), 0o644, &process.cred)
            });
            if done.is_err() {
                process.err(
                    machine,
                    "dpkg: error: unable to create new file '/var/lib/dpkg/arch-new': Permission denied\n",
                );
                return 2;
            }
            0
        }
        "--compare-versions" => match names {
            [a, relation, b] => match version::holds(a, relation, b) {
                Some(holds) => i32::from(!holds),
                None => {
                    process.err(machine, &format!("dpkg: error: --compare-versions bad relation\n{HELP}"));
                    2
                }
            },
            _ => {
                process.err(
                    machine,
                    "dpkg: error: --compare-versions takes three arguments: <version> <relation> <version>\n",
                );
                2
            }
        },
        "--version" => {
            process.out(machine, "Debian 'dpkg' package management program version 1.21.22 (amd64).\n");
            0
        }
        "--audit" | "-C" | "--verify" | "-V" | "--clear-selections" | "--set-selections" | "--assert-multi-arch" => 0,
        "-l" | "--list" | "-s" | "--status" | "-L" | "--listfiles" | "-S" | "--search" | "--get-selections" | "-W"
        | "-p" => query(machine, process, action, names, None),
        "-x" | "-X" | "--extract" | "--vextract" | "-c" | "--contents" | "-I" | "--info" | "-b" | "--build" | "-e"
        | "--control" | "--divert" => {
            not_modelled(machine, process, action);
            0
        }
        _ => {
            process.err(machine, &format!("dpkg: error: unknown option {action}\n{HELP}"));
            2
        }
    }
}

/// dpkg-query.
pub fn dpkg_query(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut format = None;
    let mut rest = Vec::new();
    let mut words = process.operands().iter();
    while let Some(word) = words.next() {
        if word == "-f" || word == "--showformat" {
            format = words.next().cloned();
        } else if let Some(value) =
            word.strip_prefix("--showformat=").or_else(|| word.strip_prefix("-f=").or_else(|| word.strip_prefix("-f")))
        {
            format = Some(value.to_string());
        } else {
            rest.push(word.clone());
        }
    }
    let Some((action, names)) = rest.split_first().map(|(first, names)| (first.clone(), names.to_vec())) else {
        process.err(machine, "dpkg-query: error: need an action option\n");
        return 2;
    };
    query(machine, process, &action, &names, format.as_deref())
}

fn query(machine: &mut Machine, process: &Process, action: &str, names: &[String], format: Option<&str>) -> i32 {
    let state = State::read(machine.fs);
    if !state.is_known {
        estimated(machine);
    }
    match action {
        "-S" | "--search" => return search(machine, process, &state, names),
        "--get-selections" => {
            let text: String = state
                .installed()
                .map(|(name, row)| format!("{name}\t\t\t\t\t{}\n", if row.held { "hold" } else { "install" }))
                .collect();
            process.out(machine, &text);
            return 0;
        }
        _ => {}
    }
    let mut status = 0;
    let (mut text, mut found_any) = (String::new(), false);
    let all = ["*".to_string()];
    for pattern in if names.is_empty() { &all[..] } else { names } {
        let pattern = pattern.split(':').next().unwrap_or(pattern);
        let found: Vec<(String, String, bool)> = state
            .installed()
            .filter(|(name, _)| path_match(pattern, name).unwrap_or(false))
            .map(|(name, row)| (name.to_string(), row.version.clone(), row.held))
            .collect();
        if found.is_empty() {
            let missing = match action {
                "-l" | "--list" | "-W" | "--show" => format!("dpkg-query: no packages found matching {pattern}\n"),
                "-L" | "--listfiles" => format!(
                    "dpkg-query: package '{pattern}' is not installed\nUse dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n"
                ),
                _ => format!(
                    "dpkg-query: package '{pattern}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n"
                ),
            };
            process.err(machine, &missing);
            status = 1;
        }
        for (name, version, held) in found {
            if matches!(action, "-l" | "--list") && !found_any {
                text.push_str("Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n||/ Name           Version      Architecture Description\n+++-==============-============-============-=================================\n");
            }
            found_any = true;
            match action {
                "-l" | "--list" => {
                    text.push_str(&format!("{}  {name:<14} {version:<12} amd64\n", if held { "hi" } else { "ii" }))
                }
                "-W" | "--show" => {
                    text.push_str(&show(format.unwrap_or("${binary:Package}\\t${Version}\\n"), &name, &version))
                }
                "-L" | "--listfiles" => {
                    let files: String =
                        unpack::files_of(machine, &name).iter().map(|path| format!("{path}\n")).collect();
                    text.push_str(&format!("/.\n{files}"));
                }
                _ => text.push_str(&format!(
                    "Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n\n"
                )),
            }
        }
    }
    process.out(machine, &text);
    status
}

/// A format of dpkg-query with its fields filled in.
fn show(format: &str, name: &str, version: &str) -> String {
    let size = table().find(name).map_or(0, |package| package.kib).to_string();
    let fields = [
        ("Package", name),
        ("binary:Package", name),
        ("Version", version),
        ("Architecture", "amd64"),
        ("Status", "install ok installed"),
        ("db:Status-Abbrev", "ii "),
        ("db:Status-Status", "installed"),
        ("Installed-Size", size.as_str()),
        ("source:Package", name),
        ("source:Version", version),
    ];
    let mut text = String::new();
    let mut rest = format;
    while let Some((before, behind)) = rest.split_once("${") {
        text.push_str(before);
        let (field, after) = behind.split_once('}').unwrap_or((behind, ""));
        let field = field.split(';').next().unwrap_or(field);
        text.push_str(fields.iter().find(|(known, _)| *known == field).map_or("", |(_, value)| value));
        rest = after;
    }
    text.push_str(rest);
    text.replace("\\n", "\n").replace("\\t", "\t")
}

fn search(machine: &mut Machine, process: &Process, state: &State, names: &[String]) -> i32 {
    let mut status = 0;
    for pattern in names {
        let mut text = String::new();
        for (name, _) in state.installed() {
            for path in unpack::files_of(machine, name) {
                let fits = if pattern.starts_with('/') { path == *pattern } else { path.contains(pattern.as_str()) };
                if fits {
                    text.push_str(&format!("{name}: {path}\n"));
                }
            }
        }
        if text.is_empty() {
            estimated(machine);
            process.err(machine, &format!("dpkg-query: no path found matching pattern {pattern}\n"));
            status = 1;
        }
        process.out(machine, &text);
    }
    status
}

fn install(machine: &mut Machine, process: &Process, files: &[String]) -> i32 {
    if process.cred.uid != 0 {
        process.err(machine, "dpkg: error: requested operation requires superuser privilege\n");
        return 2;
    }
    if files.is_empty() {
        process
            .err(machine, &format!("dpkg: error: --install needs at least one package archive file argument\n{HELP}"));
        return 2;
    }
    estimated(machine);
    let mut situation = Situation::of(machine);
    let slim = super::config::is_slim(machine.fs);
    let (mut names, mut status) = (Vec::new(), 0);
    for file in files {
        let path = process.path(file);
        let Ok(size) = machine.fs.stat(&path, true, &process.cred).map(|stat| stat.size) else {
            process.err(machine, &format!("dpkg: error: cannot access archive '{file}': No such file or directory\n"));
            return 2;
        };
        let deb = select::deb(machine, &path, size);
        let version = deb.version.clone();
        process.out(machine, &format!("Selecting previously unselected package {0}.\nPreparing to unpack {file} ...\nUnpacking {0} ({version}) ...\n", deb.name));
        let package = deb.unpacked(slim);
        if let Err(errno) = unpack::unpack(machine, &package) {
            return failed(machine, process, errno);
        }
        machine.charge_write(package.total());
        machine.work(crate::Work::Packages, PACKAGE_MS);
        situation.state.add(&deb.name, &version, false);
        let like = deb.like.and_then(|number| table().get(number));
        let groups = like.map_or(&[][..], |package| package.depends.as_slice());
        let is_met = |group: &&Vec<super::table::Choice>| {
            group
                .iter()
                .filter_map(|choice| table().get(choice.package))
                .any(|other| situation.state.version(other.name).is_some())
        };
        let missing: Vec<&str> = groups
            .iter()
            .filter(|group| !is_met(group))
            .filter_map(|group| group.first())
            .filter_map(|choice| table().get(choice.package))
            .map(|other| other.name)
            .collect();
        for other in &missing {
            process.err(machine, &format!("dpkg: dependency problems prevent configuration of {0}:\n {0} depends on {other}; however:\n  Package {other} is not installed.\n\ndpkg: error processing package {0} (--install):\n dependency problems - leaving unconfigured\nErrors were encountered while processing:\n {0}\n", deb.name));
            status = 1;
        }
        if missing.is_empty() {
            process.out(machine, &format!("Setting up {} ({version}) ...\n", deb.name));
        }
        names.push(deb.name);
    }
    let likes: Vec<(String, String)> = names.iter().map(|name| (name.clone(), name.clone())).collect();
    let done = scripts::configure(machine, &likes)
        .and_then(|()| scripts::run_notes(machine, &names, false))
        .and_then(|()| situation.state.write(machine));
    done.map_or_else(|errno| failed(machine, process, errno), |()| status)
}

fn remove(machine: &mut Machine, process: &Process, names: &[String], purge: bool) -> i32 {
    if process.cred.uid != 0 {
        process.err(machine, "dpkg: error: requested operation requires superuser privilege\n");
        return 2;
    }
    estimated(machine);
    let mut state = State::read(machine.fs);
    let mut status = 0;
    let mut done = Vec::new();
    for name in names {
        if state.row(name).is_none() {
            process.err(machine, &format!("dpkg: warning: ignoring request to remove {name} which isn't installed\n"));
            continue;
        }
        let action = if purge { "--purge" } else { "--remove" };
        let mut refuse = |reason: &str| {
            process.err(machine, &format!("dpkg: error processing package {name} ({action}):\n {reason}\nErrors were encountered while processing:\n {name}\n"));
            status = 1;
        };
        if table().find(name).is_some_and(|package| package.base == Base::Essential) {
            refuse("this is an essential package; it should not be removed");
            continue;
        }
        let forced = process.operands().iter().any(|word| word.starts_with("--force"));
        if dependants(table(), &state, &[name.clone()].into()).len() > 1 && !forced {
            refuse("dependency problems - not removing");
            continue;
        }
        let version = state.row(name).map(|row| row.version.clone()).unwrap_or_default();
        process.out(machine, &format!("Removing {name} ({version}) ...\n"));
        unpack::take_out(machine, name, purge);
        state.remove(name, purge);
        machine.work(crate::Work::Packages, PACKAGE_MS);
        done.push(name.clone());
    }
    if done.is_empty() {
        return status;
    }
    state.write(machine).map_or_else(|errno| failed(machine, process, errno), |()| status)
}
