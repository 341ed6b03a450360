//! make and ninja: a readable Makefile's recipes are run by the image's shell; of one that nobody can read, what a build
//! of so many sources leaves is estimated.

mod makefile;
mod unknown;

use std::collections::BTreeMap;

use crate::process::{Machine, Process};

use super::input::{join, not_modelled};
use super::options::read;
use makefile::{Makefile, Rule, stem};

pub use unknown::unread_makefile;

/// How deep targets may need others.
const MAX_DEPTH: u32 = 60;

pub fn make(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("jobs=", 'J'),
        ("directory=", 'C'),
        ("file=", 'f'),
        ("makefile=", 'f'),
        ("silent", 's'),
        ("quiet", 's'),
        ("always-make", 'B'),
        ("keep-going", 'k'),
        ("no-print-directory", 'w'),
        ("version", 'v'),
        ("ignore-errors", 'i'),
        ("dry-run", 'n'),
    ];
    let options = match read(process.operands(), "j::J:C:f:sBkwvinl:", &long) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            process.err(machine, "Usage: make [options] [target] ...\n");
            return 2;
        }
    };
    if options.has('v') {
        process.out(machine, "GNU Make 4.3\n");
        return 0;
    }
    let mut inside = process.clone();
    for folder in options.values('C') {
        inside.cwd = inside.path(folder).trim_end_matches('/').to_string();
        if !super::node::is_dir(machine.fs, &inside.cwd, &process.cred) {
            process.complain(machine, &format!("*** {folder}: No such file or directory.  Stop."));
            return 2;
        }
    }
    let names = ["GNUmakefile", "makefile", "Makefile", "build.ninja"].map(str::to_string);
    let names = options.value('f').map_or(names.to_vec(), |file| vec![file.to_string()]);
    let file = names.into_iter().find(|name| machine.fs.stat(&inside.path(name), true, &process.cred).is_ok());
    // -j takes a number apart too
    let words: Vec<String> = options.operands.iter().filter(|word| word.parse::<u32>().is_err()).cloned().collect();
    let (sets, targets): (Vec<String>, Vec<String>) = words.into_iter().partition(|word| word.contains('='));
    let Some(file) = file else {
        let text = match (options.value('f'), targets.first()) {
            (Some(name), _) => {
                process.complain(machine, &format!("{name}: No such file or directory"));
                format!("*** No rule to make target '{name}'.  Stop.")
            }
            (None, Some(target)) => format!("*** No rule to make target '{target}'.  Stop."),
            (None, None) => "*** No targets specified and no makefile found.  Stop.".to_string(),
        };
        process.complain(machine, &text);
        return 2;
    };
    let content = machine.fs.read(&inside.path(&file), &process.cred).unwrap_or_default();
    if !content.is_known() {
        return unread_makefile(machine, &inside, &content, &targets, &sets);
    }
    let text = crate::process::text_of(machine, &content);
    let listing = Listing::of(machine, &inside);
    let wildcard = |pattern: &str| listing.matching(pattern);
    let mut made = Makefile::default();
    for (name, value) in
        [("CC", "cc"), ("CXX", "g++"), ("AR", "ar"), ("MAKE", "make"), ("RM", "rm -f"), ("SHELL", "/bin/sh")]
    {
        made.variables.insert(name.to_string(), value.to_string());
    }
    made.variables.insert("CURDIR".to_string(), inside.cwd.clone());
    made.variables.extend(process.env.iter().map(|(name, value)| (name.clone(), value.clone())));
    for set in sets {
        if let Some((name, value)) = set.split_once('=') {
            made.fixed.insert(name.trim_end_matches(':').to_string(), value.to_string());
        }
    }
    made.read(&text, &wildcard);
    for part in made.unknown.clone() {
        not_modelled(machine, process, &part);
    }
    if Makefile::has_unknown_function(&text) {
        not_modelled(machine, process, "$(shell)");
    }
    let first =
        made.rules.iter().flat_map(|rule| &rule.targets).find(|name| !name.starts_with('.') && !name.contains('%'));
    let targets = match (targets.is_empty(), first) {
        (true, Some(first)) => vec![first.clone()],
        (true, None) => {
            process.complain(machine, "*** No targets.  Stop.");
            return 2;
        }
        _ => targets,
    };
    let mut run = Run {
        makefile: &made,
        file: &file,
        process: &inside,
        silent: options.has('s'),
        always: options.has('B'),
        ignore: options.has('i'),
        done: BTreeMap::new(),
        ran: false,
    };
    for target in targets {
        run.ran = false;
        if let Err(status) = run.update(machine, &target, None, 0) {
            return status;
        }
        if !run.ran && !run.silent {
            let has_recipe = made.rules.iter().any(|rule| rule.targets.contains(&target) && !rule.recipe.is_empty());
            let text = match has_recipe {
                true => format!("make: '{target}' is up to date.\n"),
                false => format!("make: Nothing to be done for '{target}'.\n"),
            };
            process.out(machine, &text);
        }
    }
    0
}

/// The names that `$(wildcard)` can find: of the folder and of those right below.
struct Listing {
    names: Vec<String>,
}

impl Listing {
    fn of(machine: &Machine, process: &Process) -> Listing {
        let mut names = machine.fs.read_dir(&process.cwd, &process.cred).unwrap_or_default();
        for folder in names.clone() {
            let path = join(&process.cwd, &folder);
            if super::node::is_dir(machine.fs, &path, &process.cred) {
                let below = machine.fs.read_dir(&path, &process.cred).unwrap_or_default();
                names.extend(below.iter().map(|name| format!("{folder}/{name}")));
            }
        }
        Listing { names }
    }

    fn matching(&self, pattern: &str) -> Vec<String> {
        let pattern = pattern.trim_start_matches("./");
        let slashes = pattern.matches('/').count();
        let fits = |name: &&String| name.matches('/').count() == slashes && super::glob::glob(pattern, name, false);
        self.names.iter().filter(fits).cloned().collect()
    }
}

struct Run<'r> {
    makefile: &'r Makefile,
    file: &'r str,
    process: &'r Process,
    silent: bool,
    always: bool,
    ignore: bool,
    /// Targets that were looked at, with whether they were made anew.
    done: BTreeMap<String, bool>,
    ran: bool,
}

impl Run<'_> {
    fn time(&self, machine: &Machine, name: &str) -> Option<i64> {
        machine.fs.stat(&self.process.path(name), true, &self.process.cred).ok().map(|stat| stat.attr.mtime)
    }

    /// Makes a target if it has to be; says whether it was made.
    fn update(
        &mut self,
        machine: &mut Machine,
        target: &str,
        needed_by: Option<&str>,
        depth: u32,
    ) -> Result<bool, i32> {
        if let Some(made) = self.done.get(target) {
            return Ok(*made);
        }
        if depth > MAX_DEPTH || !machine.step() {
            machine.limit("command-depth");
            return Err(2);
        }
        self.done.insert(target.to_string(), false);
        let Some((rule, stem)) = self.rule_for(machine, target) else {
            if self.time(machine, target).is_some() {
                return Ok(false);
            }
            let for_whom = needed_by.map_or(String::new(), |by| format!(", needed by '{by}'"));
            self.process.complain(machine, &format!("*** No rule to make target '{target}'{for_whom}.  Stop."));
            return Err(2);
        };
        let needs: Vec<String> =
            rule.needs.iter().map(|need| need.replacen('%', stem.as_deref().unwrap_or("%"), 1)).collect();
        let own_time = self.time(machine, target);
        let mut stale = own_time.is_none() || self.always || self.makefile.phony.iter().any(|phony| phony == target);
        for need in &needs {
            let made = self.update(machine, need, Some(target), depth + 1)?;
            let newer = self.time(machine, need).zip(own_time).is_some_and(|(need, own)| need > own);
            stale |= made || newer;
        }
        if !stale || rule.recipe.is_empty() {
            self.done.insert(target.to_string(), stale);
            return Ok(stale);
        }
        let own = BTreeMap::from([
            ("@", target.to_string()),
            ("<", needs.first().cloned().unwrap_or_default()),
            ("^", needs.join(" ")),
            ("?", needs.join(" ")),
            ("*", stem.unwrap_or_default()),
            ("@D", target.rsplit_once('/').map_or(".", |(folder, _)| folder).to_string()),
        ]);
        for (line, text) in &rule.recipe {
            self.line(machine, target, *line, text, &own)?;
        }
        self.done.insert(target.to_string(), true);
        Ok(true)
    }

    fn line(
        &mut self,
        machine: &mut Machine,
        target: &str,
        line: usize,
        text: &str,
        own: &BTreeMap<&str, String>,
    ) -> Result<(), i32> {
        let listing = Listing::of(machine, self.process);
        let expanded = self.makefile.expand(text, own, &|pattern| listing.matching(pattern), 0);
        let mut command = expanded.trim_start();
        let (mut quiet, mut ignored) = (self.silent, self.ignore);
        while let Some(mark) = command.chars().next().filter(|mark| "@-+".contains(*mark)) {
            quiet |= mark == '@';
            ignored |= mark == '-';
            command = command.get(1..).unwrap_or_default().trim_start();
        }
        if command.is_empty() {
            return Ok(());
        }
        self.ran = true;
        if !quiet {
            self.process.out(machine, &format!("{command}\n"));
        }
        let mut child = self.process.clone();
        for (name, value) in &self.makefile.fixed {
            child.env.insert(name.clone(), value.clone());
        }
        let shell = self.makefile.variables.get("SHELL").filter(|shell| shell.starts_with('/')).cloned();
        child.args = vec![shell.unwrap_or_else(|| "/bin/sh".to_string()), "-c".to_string(), command.to_string()];
        let status = super::start::start_child(machine, self.process, child);
        if status == 0 {
            return Ok(());
        }
        let place = format!("[{}:{line}: {target}] Error {status}", self.file);
        if ignored {
            self.process.complain(machine, &format!("{place} (ignored)"));
            return Ok(());
        }
        self.process.complain(machine, &format!("*** {place}"));
        Err(2)
    }

    /// The rule for a target: its own, with the recipe of a pattern or of make's own rules where it has none.
    fn rule_for(&self, machine: &Machine, target: &str) -> Option<(Rule, Option<String>)> {
        let mut own = Rule { targets: vec![target.to_string()], ..Rule::default() };
        let mut found = false;
        for rule in self.makefile.rules.iter().filter(|rule| rule.targets.iter().any(|name| name == target)) {
            found = true;
            own.needs.extend(rule.needs.iter().cloned());
            if !rule.recipe.is_empty() {
                own.recipe = rule.recipe.clone();
            }
        }
        if !own.recipe.is_empty() || self.makefile.phony.iter().any(|phony| phony == target) {
            return Some((own, None));
        }
        for rule in &self.makefile.rules {
            let fitting = rule.targets.iter().find_map(|pattern| stem(target, pattern));
            if let Some(stem) = fitting {
                let mut rule = rule.clone();
                rule.needs.extend(own.needs);
                return Some((rule, Some(stem.to_string())));
            }
        }
        if let Some(stem) = target.strip_suffix(".o") {
            for (end, recipe) in [
                ("c", "$(CC) $(CFLAGS) $(CPPFLAGS) -c -o $@ $<"),
                ("cpp", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) -c -o $@ $<"),
                ("cc", "$(CXX) $(CXXFLAGS) -c -o $@ $<"),
            ] {
                let source = format!("{stem}.{end}");
                if self.time(machine, &source).is_some() {
                    own.needs.insert(0, source);
                    own.recipe = vec![(0, recipe.to_string())];
                    return Some((own, Some(stem.to_string())));
                }
            }
        }
        found.then_some((own, None))
    }
}
