//! `install`: what it brings, what it prints, what it leaves.

use std::collections::BTreeSet;

use super::super::estimate::{decimal, download, estimated, failed, place};
use super::plan::Plan;
use super::resolve::{Changes, closure, unused};
use super::select::{Foreign, Known, Request, is_suite, wanted};
use super::sources::{Release, Source, release, sources};
use super::state::State;
use super::table::table;
use super::{Call, unpack, update};
use crate::process::{Machine, Process};
use crate::{Basis, Note};

/// How long it takes to find that there is nothing to do, in milliseconds.
const LOOK_MS: u64 = 800;

/// What is said before anything else.
pub const READING: &str = "Reading package lists...\nBuilding dependency tree...\nReading state information...\n";

/// Everything that an operation goes by.
pub struct Situation {
    pub state: State,
    pub release: Release,
    pub sources: Vec<Source>,
    pub has_lists: bool,
}

impl Situation {
    /// Looks at the image.
    pub fn of(machine: &Machine) -> Situation {
        let release = release(machine.fs);
        let sources = sources(machine.fs, &release);
        Situation { state: State::read(machine.fs), release, sources, has_lists: update::has_lists(machine) }
    }

    /// Where names are looked up.
    pub fn known(&self) -> Known<'_> {
        Known { state: &self.state, release: &self.release, sources: &self.sources, has_lists: self.has_lists }
    }
}

/// Installs what the words mean.
pub fn install(machine: &mut Machine, process: &Process, call: &Call, words: &[String]) -> i32 {
    estimated(machine);
    let situation = Situation::of(machine);
    call.say(machine, process, READING);
    if let Some(suite) = call.options.value('t').filter(|suite| !is_suite(&situation.known(), suite)) {
        let text = format!(
            "E: The value '{suite}' is invalid for APT::Default-Release as such a release is not available in the sources\n"
        );
        process.err(machine, &text);
        return 100;
    }
    let request = wanted(machine, &situation.known(), words);
    call.say(machine, process, &request.said);
    if !request.errors.is_empty() {
        let text: String = request.errors.iter().map(|error| format!("E: {error}\n")).collect();
        process.err(machine, &text);
        return 100;
    }
    if !situation.release.is_measured() {
        // the packages of another release differ somewhat in version and size
        let release = situation.release.codename.clone();
        machine.meter.note(Basis::Estimated, Note::OtherRelease { release, counted_as: "bookworm" });
    }
    carry_out(machine, process, call, situation, request)
}

/// Asks where apt asks, downloads, unpacks and configures.
pub fn carry_out(
    machine: &mut Machine,
    process: &Process,
    call: &Call,
    mut situation: Situation,
    request: Request,
) -> i32 {
    let table = table();
    let mut names = request.packages.clone();
    for foreign in request.foreign.iter().filter(|foreign| foreign.kib > 0) {
        let like = foreign.like.and_then(|number| table.get(number));
        let groups = like.map_or(&[][..], |package| package.depends.as_slice());
        names.extend(groups.iter().filter_map(|group| group.first()).map(|choice| choice.package));
        names.extend(&foreign.needs);
    }
    let changes = closure(table, &situation.state, &names, call.recommends);
    let mut marks = 0;
    for number in &request.packages {
        let Some(package) = table.get(*number) else { continue };
        if situation.state.version(package.name) == Some(package.version) {
            let text = format!("{} is already the newest version ({}).\n", package.name, package.version);
            call.say(machine, process, &text);
            if !call.simulate && situation.state.mark(package.name, false) {
                call.say(machine, process, &format!("{} set to manually installed.\n", package.name));
                marks += 1;
            }
        }
    }
    for foreign in request.foreign.iter().filter(|foreign| foreign.kib == 0) {
        let version = situation.state.version(&foreign.name).unwrap_or_default().to_string();
        call.say(machine, process, &format!("{} is already the newest version ({version}).\n", foreign.name));
    }
    let foreign: Vec<&Foreign> = request.foreign.iter().filter(|foreign| foreign.kib > 0).collect();
    let removed: Vec<String> =
        request.remove.iter().filter(|name| situation.state.version(name).is_some()).cloned().collect();
    let asked = request.packages.len() + foreign.len();
    let plan = Plan::new(machine, &changes, &foreign);
    say_plan(machine, process, call, &situation.state, &request, &changes, &foreign, &removed);
    if plan.count() == 0 && removed.is_empty() {
        machine.work(crate::Work::Packages, LOOK_MS);
        if marks > 0 && situation.state.write_marks(machine).is_err() {
            return 100;
        }
        return 0;
    }
    if call.simulate {
        for package in plan.packages() {
            process.out(machine, &format!("Inst {} ({})\n", package.0, package.1));
        }
        return 0;
    }
    let bytes = plan.bytes_to_fetch(machine);
    call.say(
        machine,
        process,
        &format!(
            "Need to get {} of archives.\nAfter this operation, {} of additional disk space will be used.\n",
            decimal(bytes),
            decimal(plan.kib * 1024)
        ),
    );
    // apt asks only about what goes beyond the names
    if (plan.count() != asked || !removed.is_empty()) && !call.yes && !confirmed(machine, process) {
        return 1;
    }
    if bytes > 0 && !machine.network {
        return offline(machine, process, &situation, &plan);
    }
    if bytes > 0 {
        download(machine, bytes);
    }
    if let Err(errno) = plan.store(machine) {
        return failed(machine, process, errno);
    }
    if call.options.has('d') {
        process.out(machine, "Download complete and in download only mode\n");
        return 0;
    }
    call.say(machine, process, &format!("Fetched {} in 1s\n", decimal(bytes)));
    for name in &removed {
        unpack::take_out(machine, name, false);
        situation.state.remove(name, false);
    }
    let manual: BTreeSet<usize> = request.packages.iter().copied().collect();
    if let Err(errno) = plan.unpack(machine, process, &mut situation.state, &manual) {
        return failed(machine, process, errno);
    }
    if !call.config.keeps_archives(process.name()) {
        plan.discard(machine);
    }
    0
}

/// What `-y` answers: reads a line; at its end, as in a build, the answer is no.
pub fn confirmed(machine: &mut Machine, process: &Process) -> bool {
    process.out(machine, "Do you want to continue? [Y/n] ");
    let answer = process.stdin_line(machine, 0).map(|line| String::from_utf8_lossy(&line).trim().to_lowercase());
    let yes = matches!(answer.as_deref(), Some(text) if text.is_empty() || text.starts_with('y'));
    if !yes {
        process.out(machine, "Abort.\n");
    }
    yes
}

#[expect(clippy::too_many_arguments, reason = "the lists that apt prints, each of its own kind")]
fn say_plan(
    machine: &mut Machine,
    process: &Process,
    call: &Call,
    state: &State,
    request: &Request,
    changes: &Changes,
    foreign: &[&Foreign],
    removed: &[String],
) {
    let table = table();
    let names = |numbers: &mut dyn Iterator<Item = usize>| -> Vec<String> {
        let mut names: Vec<String> =
            numbers.filter_map(|number| table.get(number)).map(|package| package.name.to_string()).collect();
        names.sort();
        names
    };
    let list = |title: &str, names: &[String]| -> String {
        if names.is_empty() { String::new() } else { format!("{title}:\n  {}\n", names.join("\n  ")) }
    };
    let folded = |title: &str, names: &[String]| {
        list(title, &[names.join(" ")].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>())
    };
    let extra = names(&mut changes.new.iter().copied().filter(|number| !request.packages.contains(number)));
    let mut new = names(&mut changes.new.iter().copied());
    new.extend(foreign.iter().map(|foreign| foreign.name.clone()));
    new.sort();
    let upgraded = names(&mut changes.upgraded.iter().copied());
    let unneeded = unused(table, state, &removed.iter().cloned().collect());
    let mut text = String::new();
    if !unneeded.is_empty() {
        text.push_str(&folded(
            "The following packages were automatically installed and are no longer required",
            &unneeded,
        ));
        text.push_str("Use 'apt autoremove' to remove them.\n");
    }
    text.push_str(&folded("The following additional packages will be installed", &extra));
    text.push_str(&folded("Recommended packages", &names(&mut changes.left_out.iter().copied())));
    text.push_str(&folded("The following packages will be REMOVED", removed));
    text.push_str(&folded("The following NEW packages will be installed", &new));
    text.push_str(&folded("The following packages will be upgraded", &upgraded));
    text.push_str(&format!(
        "{} upgraded, {} newly installed, {} to remove and {} not upgraded.\n",
        upgraded.len(),
        new.len(),
        removed.len(),
        super::upgrade::upgradable(state).len().saturating_sub(upgraded.len())
    ));
    call.say(machine, process, &text);
}

fn offline(machine: &mut Machine, process: &Process, situation: &Situation, plan: &Plan) -> i32 {
    let source = situation.sources.first();
    let (uri, suite) = source.map_or(("", ""), |source| (source.uri.as_str(), source.suite.as_str()));
    let host = source.map_or("", Source::host);
    for (name, version) in plan.packages() {
        process.out(
            machine,
            &format!("Err {uri} {suite}/main amd64 {name} amd64 {version}\n  Temporary failure resolving '{host}'\n"),
        );
    }
    for (name, version) in plan.packages() {
        process.err(
            machine,
            &format!(
                "E: Failed to fetch {uri}/pool/main/{name}_{version}_amd64.deb  Temporary failure resolving '{host}'\n"
            ),
        );
    }
    process.err(machine, "E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n");
    100
}

/// `download`: the archives into the working directory.
pub fn download_only(machine: &mut Machine, process: &Process, call: &Call, words: &[String]) -> i32 {
    estimated(machine);
    let situation = Situation::of(machine);
    let request = wanted(machine, &situation.known(), words);
    call.say(machine, process, &request.said);
    let mut errors = request.errors.clone();
    if errors.is_empty() && !machine.network {
        errors.push("Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?".to_string());
    }
    if !errors.is_empty() {
        let text: String = errors.iter().map(|error| format!("E: {error}\n")).collect();
        process.err(machine, &text);
        return 100;
    }
    for package in request.packages.iter().filter_map(|number| table().get(*number)) {
        let bytes = package.deb_kib * 1024;
        download(machine, bytes);
        let file = format!("{}_{}_amd64.deb", package.name, package.version.replace(':', "%3a"));
        let path = process.path(&file);
        let id = format!("apt/archive/{}/{}", package.name, package.version);
        if let Err(errno) = place(machine, &path, &id, bytes, 0o644) {
            return failed(machine, process, errno);
        }
    }
    0
}
