//! update-alternatives: which of several programs a name stands for, as dpkg's program does it. The record of a group is
//! read and written in dpkg's own form; of one whose record is not known, what its link says counts.

mod shown;

use filesystem::{Content, Cred};

use crate::process::{Machine, Process};

use super::calendar::format_time;
use super::input::{join, not_modelled};
use super::node::{Node, NodeKind};

const RECORDS: &str = "/var/lib/dpkg/alternatives";
const LINKS: &str = "/etc/alternatives";

/// Groups that packages of Debian make when they are installed, whose records are not known then.
const OF_PACKAGES: [&str; 40] = [
    "arptables",
    "awk",
    "c++",
    "c89",
    "c99",
    "cc",
    "ebtables",
    "editor",
    "ex",
    "fakeroot",
    "gem",
    "ip6tables",
    "iptables",
    "jar",
    "java",
    "javac",
    "javadoc",
    "lzma",
    "my.cnf",
    "nawk",
    "nc",
    "netcat",
    "pager",
    "phar",
    "phar.phar",
    "php",
    "php-config",
    "phpdbg",
    "phpize",
    "pinentry",
    "rsh",
    "ruby",
    "rview",
    "rvim",
    "unlzma",
    "vi",
    "view",
    "vim",
    "vimdiff",
    "x-www-browser",
];

/// A link that goes with the group's own.
type Slave = (String, String);

/// One of the programs: its path, its priority, and a path for each slave (empty where it has none).
#[derive(Clone, Debug)]
struct Choice {
    path: String,
    priority: i64,
    slaves: Vec<String>,
}

/// A group of alternatives.
#[derive(Clone, Debug, Default)]
struct Group {
    name: String,
    manual: bool,
    link: String,
    slaves: Vec<Slave>,
    choices: Vec<Choice>,
    /// Whether there is no record: what it holds is not known.
    guessed: bool,
}

pub fn update_alternatives(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.retain(|word| !matches!(*word, "--force" | "--quiet" | "--verbose" | "--debug" | "--skip-auto"));
    match act(machine, process, &words) {
        Ok(()) => 0,
        Err(message) => {
            process.complain(machine, &message);
            2
        }
    }
}

fn act(machine: &mut Machine, process: &Process, words: &[&str]) -> Result<(), String> {
    let usage =
        |message: String| format!("{message}\n\nUse 'update-alternatives --help' for program usage information.");
    let known = |machine: &mut Machine, name: &str| {
        let group = Group::read(machine, name).or_else(|| Group::of_package(machine, name));
        let group = group.ok_or_else(|| format!("error: no alternatives for {name}"))?;
        if group.guessed {
            not_modelled(machine, process, &format!("of {name}"));
        }
        Ok::<Group, String>(group)
    };
    match words {
        ["--install", link, name, path, priority, slaves @ ..] => {
            install(machine, process, (link, name, path), priority, slaves)
        }
        ["--install", ..] => Err(usage("--install needs <link> <name> <path> <priority>".to_string())),
        ["--set", name, path] => {
            let mut group = known(machine, name)?;
            let there = machine.fs.stat(path, true, &Cred::root()).is_ok();
            if group.guessed && there && !group.choices.iter().any(|choice| choice.path == *path) {
                group.choices.push(Choice { path: path.to_string(), priority: 50, slaves: Vec::new() });
            }
            if !group.choices.iter().any(|choice| choice.path == *path) {
                return Err(format!("error: alternative {path} for {name} not registered; not setting"));
            }
            group.manual = true;
            group.write(machine, process, words, Some(path))
        }
        ["--auto", name] => {
            let mut group = known(machine, name)?;
            group.manual = false;
            group.write(machine, process, words, None)
        }
        ["--remove", name, path] => {
            let mut group = known(machine, name)?;
            let before = group.current(machine);
            group.choices.retain(|choice| choice.path != *path);
            if group.manual && before.as_deref() == Some(path) && !group.choices.is_empty() {
                let text = format!("removing manually selected alternative - switching {name} to auto mode");
                process.complain(machine, &text);
                group.manual = false;
            }
            group.write(machine, process, words, None)
        }
        ["--remove-all", name] => {
            let mut group = known(machine, name)?;
            group.choices.clear();
            group.write(machine, process, words, None)
        }
        ["--list", name] => {
            let group = known(machine, name)?;
            let text: String = group.choices.iter().map(|choice| format!("{}\n", choice.path)).collect();
            process.out(machine, &text);
            Ok(())
        }
        [action @ ("--display" | "--query"), name] => {
            let group = known(machine, name)?;
            let text = if *action == "--display" { group.displayed(machine) } else { group.queried(machine) };
            process.out(machine, &text);
            Ok(())
        }
        ["--config", name] => {
            let group = known(machine, name)?;
            let text = group.menu(machine);
            process.out(machine, &text);
            Ok(())
        }
        ["--get-selections"] => {
            let names = machine.fs.read_dir(LINKS, &Cred::root()).unwrap_or_default();
            let mut text = String::new();
            for group in names.iter().filter_map(|name| Group::read(machine, name)) {
                let mode = if group.manual { "manual" } else { "auto" };
                let current = group.current(machine).unwrap_or_default();
                text.push_str(&format!("{:<30} {mode:<8} {current}\n", group.name));
            }
            process.out(machine, &text);
            Ok(())
        }
        ["--set-selections" | "--all" | "--set-all", ..] => {
            not_modelled(machine, process, words.first().copied().unwrap_or_default());
            Ok(())
        }
        [option @ ("--set" | "--remove"), ..] => Err(usage(format!("{option} needs <name> <path>"))),
        [option @ ("--auto" | "--config" | "--display" | "--list" | "--query" | "--remove-all"), ..] => {
            Err(usage(format!("{option} needs <name>")))
        }
        ["--help" | "--version", ..] => {
            not_modelled(machine, process, words.first().copied().unwrap_or_default());
            Ok(())
        }
        [option, ..] if option.starts_with('-') => Err(usage(format!("unknown option '{option}'"))),
        _ => Err(usage(
            "need --display, --query, --list, --get-selections, --config, --set, --set-selections, --install, --remove, \
             --all, --remove-all or --auto"
                .to_string(),
        )),
    }
}

fn install(
    machine: &mut Machine,
    process: &Process,
    (link, name, path): (&str, &str, &str),
    priority: &str,
    slaves: &[&str],
) -> Result<(), String> {
    let root = Cred::root();
    let number: i64 = priority.parse().map_err(|_| {
        format!("priority '{priority}' must be an integer\n\nUse 'update-alternatives --help' for program usage information.")
    })?;
    if let Some((what, wrong)) = [("link", link), ("path", path)].iter().find(|(_, path)| !path.starts_with('/')) {
        return Err(format!("error: alternative {what} is not absolute as it should be: {wrong}"));
    }
    if machine.fs.stat(path, true, &root).is_err() {
        return Err(format!("error: alternative path {path} doesn't exist"));
    }
    let mut group = Group::read(machine, name).unwrap_or_default();
    (group.name, group.link) = (name.to_string(), link.to_string());
    let mut choice =
        Choice { path: path.to_string(), priority: number, slaves: vec![String::new(); group.slaves.len()] };
    for slave in slaves.chunks(4) {
        let ["--slave", link, name, path] = slave else { continue };
        let at = group.slaves.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            group.slaves.push((name.to_string(), link.to_string()));
            group.slaves.len() - 1
        });
        choice.slaves.resize(group.slaves.len(), String::new());
        if let Some(place) = choice.slaves.get_mut(at) {
            *place = path.to_string();
        }
    }
    match group.choices.iter_mut().find(|known| known.path == path) {
        Some(known) => *known = choice,
        None => group.choices.push(choice),
    }
    let mut words = vec!["--install", link, name, path, priority];
    words.extend(slaves);
    group.write(machine, process, &words, None)
}

impl Group {
    /// The group of that name: as its record says, or its link.
    fn read(machine: &Machine, name: &str) -> Option<Group> {
        let root = Cred::root();
        let content = machine.fs.read(&join(RECORDS, name), &root).unwrap_or_default();
        let known = content.bytes(1 << 20).filter(|bytes| !bytes.is_empty());
        if let Some(bytes) = known.filter(|_| content.is_known()) {
            return Group::parse(name, &String::from_utf8_lossy(&bytes));
        }
        let path = link_target(machine, &join(LINKS, name))?;
        let link = ["/usr/bin", "/usr/sbin", "/usr/lib"].map(|folder| join(folder, name));
        let link = link.into_iter().find(|link| link_target(machine, link).is_some()).unwrap_or_default();
        let choice = Choice { path, priority: 50, slaves: Vec::new() };
        Some(Group { name: name.to_string(), link, choices: vec![choice], guessed: true, ..Group::default() })
    }

    /// The group that a package has made, as far as that can be said.
    fn of_package(machine: &Machine, name: &str) -> Option<Group> {
        let links = ["/usr/bin", "/usr/sbin"].map(|folder| join(folder, name));
        let there = |link: &&String| machine.fs.stat(link, true, &Cred::root()).is_ok();
        let link = links.iter().find(there).or(links.first()).cloned().unwrap_or_default();
        OF_PACKAGES.contains(&name).then(|| Group { name: name.to_string(), link, guessed: true, ..Group::default() })
    }

    fn parse(name: &str, text: &str) -> Option<Group> {
        let mut lines = text.lines();
        let manual = lines.next()? == "manual";
        let link = lines.next()?.to_string();
        let mut group = Group { name: name.to_string(), manual, link, ..Group::default() };
        while let Some(slave) = lines.next().filter(|line| !line.is_empty()) {
            group.slaves.push((slave.to_string(), lines.next()?.to_string()));
        }
        while let Some(path) = lines.next().filter(|line| !line.is_empty()) {
            let priority = lines.next()?.parse().ok()?;
            let slaves = group.slaves.iter().map(|_| lines.next().unwrap_or_default().to_string()).collect();
            group.choices.push(Choice { path: path.to_string(), priority, slaves });
        }
        Some(group)
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n{}\n", if self.manual { "manual" } else { "auto" }, self.link);
        let mut order: Vec<usize> = (0..self.slaves.len()).collect();
        order.sort_by_key(|at| self.slaves.get(*at).map(|(name, _)| name.clone()));
        for (name, link) in order.iter().filter_map(|at| self.slaves.get(*at)) {
            text.push_str(&format!("{name}\n{link}\n"));
        }
        text.push('\n');
        let mut choices: Vec<&Choice> = self.choices.iter().collect();
        choices.sort_by(|one, other| one.path.cmp(&other.path));
        for choice in choices {
            text.push_str(&format!("{}\n{}\n", choice.path, choice.priority));
            for at in &order {
                text.push_str(&format!("{}\n", choice.slaves.get(*at).map_or("", String::as_str)));
            }
        }
        text.push('\n');
        text
    }

    /// The choice of the highest priority; the first of equal ones.
    fn best(&self) -> Option<&Choice> {
        self.choices.iter().reduce(|best, choice| if choice.priority > best.priority { choice } else { best })
    }

    fn current(&self, machine: &Machine) -> Option<String> {
        link_target(machine, &join(LINKS, &self.name))
    }

    /// Writes record, links and log. `chosen` is what was asked for; else the mode says.
    fn write(
        &self,
        machine: &mut Machine,
        process: &Process,
        words: &[&str],
        chosen: Option<&str>,
    ) -> Result<(), String> {
        if self.guessed && self.choices.is_empty() {
            return Ok(());
        }
        let root = Cred::root();
        let record = join(RECORDS, &self.name);
        if process.cred.uid != 0 {
            return Err(format!("error: unable to create file '{record}.dpkg-tmp': Permission denied"));
        }
        let before = self.current(machine);
        let kept = before.clone().filter(|_| self.manual);
        let chosen = chosen.map(str::to_string).or(kept).or_else(|| self.best().map(|best| best.path.clone()));
        let stamp = format_time("%F %T", machine.fs.now());
        let mut log = format!("update-alternatives {stamp}: run with {}\n", words.join(" "));
        let choice = chosen.and_then(|path| self.choices.iter().find(|choice| choice.path == path));
        let Some(choice) = choice else {
            for (name, link) in std::iter::once((&self.name, &self.link)).chain(self.slaves.iter().map(|(n, l)| (n, l)))
            {
                let _ = machine.fs.remove_file(&join(LINKS, name), &root);
                if link_target(machine, link).is_some() {
                    let _ = machine.fs.remove_file(link, &root);
                }
            }
            let _ = machine.fs.remove_file(&record, &root);
            log.push_str(&format!("update-alternatives {stamp}: link group {} fully removed\n", self.name));
            append(machine, &log);
            return Ok(());
        };
        let changed = before.as_deref() != Some(choice.path.as_str());
        if changed {
            let mode = if self.manual { "manual" } else { "auto" };
            let Group { name, link, .. } = self;
            let text =
                format!("update-alternatives: using {} to provide {link} ({name}) in {mode} mode\n", choice.path);
            process.out(machine, &text);
            log.push_str(&format!(
                "update-alternatives {stamp}: link group {name} updated to point to {}\n",
                choice.path
            ));
        }
        lead(machine, process, &self.name, &self.link, &choice.path);
        for ((name, link), path) in self.slaves.iter().zip(&choice.slaves) {
            if machine.fs.stat(path, true, &root).is_ok() {
                lead(machine, process, name, link, path);
            } else {
                let _ = machine.fs.remove_file(&join(LINKS, name), &root);
                if link_target(machine, link).is_some() {
                    let _ = machine.fs.remove_file(link, &root);
                }
            }
        }
        let _ = machine.fs.mkdir_all(RECORDS, 0o755, &root);
        let written = machine.fs.write(&record, Content::text(&self.text()), 0o644, &root);
        append(machine, &log);
        written.map_err(|errno| format!("error: unable to create file '{record}.dpkg-tmp': {errno}"))
    }
}

/// Makes the two links: from where the program is called to /etc/alternatives, and from there to the program.
fn lead(machine: &mut Machine, process: &Process, name: &str, link: &str, path: &str) {
    let root = Cred::root();
    let middle = join(LINKS, name);
    for (target, link) in [(path, middle.as_str()), (middle.as_str(), link)] {
        if link_target(machine, link).as_deref() == Some(target) {
            continue;
        }
        if link != middle && Node::at(machine.fs, link, false, &root).is_ok_and(|node| !node.is_symlink()) {
            process.complain(machine, &format!("warning: not replacing {link} with a link"));
            continue;
        }
        let folder = link.rsplit_once('/').map_or("/", |(folder, _)| folder);
        let _ = machine.fs.mkdir_all(folder, 0o755, &root);
        let _ = machine.fs.remove_file(link, &root);
        let _ = machine.fs.symlink(target, link, &root);
    }
}

fn append(machine: &mut Machine, lines: &str) {
    let _ = machine.fs.append("/var/log/alternatives.log", &Content::text(lines), 0o644, &Cred::root());
}

fn link_target(machine: &Machine, path: &str) -> Option<String> {
    match Node::at(machine.fs, path, false, &Cred::root()) {
        Ok(Node { kind: NodeKind::Symlink(target), .. }) => Some(target),
        _ => None,
    }
}
