//! Which packages an installation brings and which nobody needs any more, as apt's resolver decides.

use std::collections::{BTreeMap, BTreeSet};

use super::state::State;
use super::table::{Choice, Package, Table};

/// What is to happen, in the order in which dpkg can do it: what a package needs comes before it.
#[derive(Debug, Default)]
pub struct Changes {
    /// New packages.
    pub new: Vec<usize>,
    /// Packages that a newer version replaces.
    pub upgraded: Vec<usize>,
    /// All of both.
    pub order: Vec<usize>,
    /// What was recommended and is left out.
    pub left_out: Vec<usize>,
}

/// What `names` bring: the first choice of every relation that nothing satisfies yet, as `MarkInstall` of
/// apt-pkg/depcache.cc takes it.
pub fn closure(table: &Table, state: &State, names: &[usize], recommends: bool) -> Changes {
    let mut walk = Walk { table, state, recommends, changes: Changes::default(), marked: BTreeSet::new() };
    for number in names {
        let is_current = table.get(*number).is_some_and(|package| state.version(package.name) == Some(package.version));
        if !is_current {
            walk.mark(*number);
        }
    }
    let mut left_out = BTreeSet::new();
    if !recommends {
        let new = walk.changes.new.iter().filter_map(|number| table.get(*number));
        let groups = new.flat_map(|package| &package.recommends).filter(|group| !walk.is_met(group));
        left_out.extend(groups.filter_map(|group| group.first()).map(|choice| choice.package));
    }
    let order = in_order(table, &walk.marked, names);
    Changes { left_out: left_out.into_iter().collect(), order, ..walk.changes }
}

struct Walk<'a> {
    table: &'a Table,
    state: &'a State,
    recommends: bool,
    changes: Changes,
    marked: BTreeSet<usize>,
}

impl<'a> Walk<'a> {
    /// Marks a package and, one relation after the other and each to its depth, what it needs.
    fn mark(&mut self, number: usize) {
        // a list of its own instead of recursion: closures are hundreds of packages deep
        let mut frames = Vec::new();
        frames.extend(self.enter(number));
        while let Some(groups) = frames.last_mut() {
            let Some(group) = groups.next() else {
                frames.pop();
                continue;
            };
            if let Some(choice) = group.first().filter(|_| !self.is_met(group)) {
                frames.extend(self.enter(choice.package));
            }
        }
    }

    /// Marks one package; gives its relations.
    fn enter(&mut self, number: usize) -> Option<std::vec::IntoIter<&'a Vec<Choice>>> {
        let package = self.table.get(number)?;
        if !self.marked.insert(number) {
            return None;
        }
        let is_new = self.state.version(package.name).is_none();
        let list = if is_new { &mut self.changes.new } else { &mut self.changes.upgraded };
        list.push(number);
        let mut groups: Vec<&Vec<Choice>> = package.depends.iter().collect();
        if self.recommends && is_new {
            groups.extend(&package.recommends);
        }
        Some(groups.into_iter())
    }

    /// Whether what is installed or marked satisfies a relation.
    fn is_met(&self, group: &[Choice]) -> bool {
        let has = |choice: &Choice| {
            let package = self.table.get(choice.package);
            package.is_some_and(|package| satisfies(self.state, package, *choice))
        };
        group.iter().any(|choice| self.marked.contains(&choice.package) || has(choice))
    }
}

/// Whether an installed package satisfies a relation that names it.
fn satisfies(state: &State, package: &Package, choice: Choice) -> bool {
    state.version(package.name).is_some_and(|version| !choice.newest || version == package.version)
}

/// The marked packages, each behind those of them that it depends on.
fn in_order(table: &Table, marked: &BTreeSet<usize>, names: &[usize]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for root in names.iter().chain(marked) {
        let mut stack = vec![(*root, false)];
        while let Some((number, done)) = stack.pop() {
            if done {
                order.push(number);
                continue;
            }
            if !marked.contains(&number) || !seen.insert(number) {
                continue;
            }
            stack.push((number, true));
            let Some(package) = table.get(number) else { continue };
            stack.extend(package.depends.iter().rev().flatten().map(|choice| (choice.package, false)));
        }
    }
    order
}

/// The installed packages that no other needs: marked automatic, and neither in the smallest system nor depended on or
/// recommended by one that stays. `gone` are those that are to be removed.
pub fn unused(table: &Table, state: &State, gone: &BTreeSet<String>) -> Vec<String> {
    let installed: BTreeMap<&str, bool> =
        state.installed().filter(|(name, _)| !gone.contains(*name)).map(|(name, row)| (name, row.automatic)).collect();
    let is_root =
        |name: &str, automatic: bool| !automatic || table.find(name).is_some_and(|p| p.base != super::table::Base::No);
    let mut waiting: Vec<&str> =
        installed.iter().filter(|(name, automatic)| is_root(name, **automatic)).map(|(name, _)| *name).collect();
    let mut needed: BTreeSet<&str> = waiting.iter().copied().collect();
    while let Some(name) = waiting.pop() {
        let Some(package) = table.find(name) else { continue };
        for choice in package.depends.iter().chain(&package.recommends).flatten() {
            let Some(other) = table.get(choice.package) else { continue };
            if installed.contains_key(other.name) && needed.insert(other.name) {
                waiting.push(other.name);
            }
        }
    }
    installed.keys().filter(|name| !needed.contains(*name)).map(|name| (*name).to_string()).collect()
}

/// What cannot stay without `names`: every installed package that depends on one of them and on nothing instead.
pub fn dependants(table: &Table, state: &State, names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut gone = names.clone();
    loop {
        let before = gone.len();
        for (name, _) in state.installed() {
            let Some(package) = table.find(name).filter(|_| !gone.contains(name)) else { continue };
            let stays = |choice: &Choice| {
                table
                    .get(choice.package)
                    .is_some_and(|other| !gone.contains(other.name) && state.version(other.name).is_some())
            };
            let loses = |group: &Vec<Choice>| {
                !group.iter().any(stays)
                    && group
                        .iter()
                        .any(|choice| table.get(choice.package).is_some_and(|other| gone.contains(other.name)))
            };
            if package.depends.iter().any(loses) {
                gone.insert(name.to_string());
            }
        }
        if gone.len() == before {
            return gone;
        }
    }
}
