//! What packages weigh: in programs, in the build cache, in processor time. Figures and their origin: data/go.txt.

use std::collections::BTreeSet;

use super::super::estimate::{cell, rows};
use super::module::Module;
use super::setup::{COMPILES_ALL, Setup};
use super::source::Package;

const DATA: &str = include_str!("../data/go.txt");

/// What a standard package without a row adds to a program.
const STANDARD_BYTES: u64 = 20_000;
/// Processor time of a compiled tool with its modules, in milliseconds: a medium program's.
pub const TOOL_CPU_MS: u64 = 25_000;
/// What -s leaves, in per mille: 690 in programs with net/http, 669 without. -w alone keeps the symbol table.
const STRIPPED: u64 = 690;
const WITHOUT_DWARF: u64 = 760;
/// What the C parts of net add.
const CGO_BYTES: u64 = 54_000;
/// A module's objects in the build cache with those of the modules that it needs, by its bytes in a program; processor time
/// by the same: from a program with gin, pq and zap.
const MODULE_CACHE_TIMES: u64 = 13;
const MODULE_CPU_MS_A_MB: u64 = 8_000;
/// Processor time of a megabyte of own sources: as modules' are taken.
const OWN_CPU_MS_A_MB: u64 = 2_500;

/// What is linked into a program.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// Bytes of the runtime and the standard packages.
    pub standard: u64,
    /// Bytes of modules.
    pub modules: u64,
    /// Whether package net is in, which asks the C library for names if it can.
    pub has_net: bool,
    /// Whether a module has C code.
    pub needs_c: bool,
}

/// What is known of a module, or taken for it.
pub struct Facts {
    pub source_bytes: u64,
    pub files: u64,
    pub zip_bytes: u64,
    pub program_bytes: u64,
    /// Standard packages that come with it.
    pub standard: Vec<&'static str>,
}

fn row(kind: &str, name: &str) -> Option<Vec<&'static str>> {
    rows(DATA).find(|row| row.first() == Some(&kind) && row.get(1) == Some(&name))
}

/// The facts of a module, by its path without a major version.
pub fn facts(path: &str) -> Facts {
    let bare = match path.rsplit_once("/v") {
        Some((bare, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => bare,
        _ => path,
    };
    let row = row("module", bare).or_else(|| row("module", "*")).unwrap_or_default();
    let standard = row.get(6).map_or(Vec::new(), |list| list.split(',').filter(|name| *name != "-").collect());
    Facts {
        source_bytes: cell(&row, 2),
        files: cell(&row, 3),
        zip_bytes: cell(&row, 4),
        program_bytes: cell(&row, 5),
        standard,
    }
}

/// The row of a version: the newest one that is not newer than `minor`, else the oldest.
fn version(minor: u64) -> Vec<&'static str> {
    let mut best: Vec<&'static str> = Vec::new();
    for row in rows(DATA).filter(|row| row.first() == Some(&"version")) {
        if best.is_empty() || cell(&row, 1) <= minor {
            best = row;
        }
    }
    best
}

/// The minor version whose row stands for `minor`, where nobody measured that one itself.
pub fn stands_for(minor: u64) -> Option<u64> {
    Some(cell(&version(minor), 1)).filter(|measured| *measured != minor)
}

/// What a program with these imports is made of.
pub fn linked(standard: &[&str], modules: &[&Module], minor: u64) -> Linked {
    let mut out = Linked::default();
    let mut waiting: Vec<&str> = standard.to_vec();
    let mut seen_modules = BTreeSet::new();
    for module in modules {
        if !seen_modules.insert(module.path.as_str()) {
            continue;
        }
        let facts = facts(&module.path);
        out.modules = out.modules.saturating_add(facts.program_bytes);
        out.needs_c |= facts.standard.contains(&"C");
        waiting.extend(facts.standard);
    }
    waiting.push("runtime");
    let mut seen = BTreeSet::new();
    let mut bytes = 0u64;
    while let Some(name) = waiting.pop() {
        if name == "C" || !seen.insert(name) {
            continue;
        }
        match row("std", name) {
            Some(row) => {
                bytes = bytes.saturating_add(cell(&row, 2));
                waiting.extend(
                    row.get(3).map_or("", |list| list).split(',').filter(|name| *name != "-" && !name.is_empty()),
                );
            }
            None => bytes = bytes.saturating_add(STANDARD_BYTES),
        }
    }
    // Templates call methods by name, so that the linker keeps all that could be called.
    if seen.contains("text/template") && seen.contains("net/http") {
        bytes = bytes.saturating_add(row("std", "*methods").map_or(0, |row| cell(&row, 2)));
    }
    out.has_net = seen.contains("net");
    let factor = cell(&version(minor), 2);
    out.standard = bytes / 1000 * factor;
    out.modules = out.modules / 1000 * factor;
    out
}

/// Bytes of a program.
pub fn program_bytes(linked: &Linked, own: u64, uses_c: bool, stripped: bool, without_dwarf: bool) -> u64 {
    // own code compiles to about as many bytes as its sources have
    let all = linked.standard.saturating_add(linked.modules).saturating_add(own);
    let all = all.saturating_add(if uses_c { CGO_BYTES } else { 0 });
    match (stripped, without_dwarf) {
        (true, _) => all / 1000 * STRIPPED,
        (false, true) => all / 1000 * WITHOUT_DWARF,
        (false, false) => all,
    }
}

/// What is compiled by itself and kept in the build cache.
pub struct Unit {
    pub id: String,
    pub bytes: u64,
    pub cpu_ms: u64,
}

/// The standard packages that have to be compiled: none to speak of where they come compiled, up to Go 1.19 with cgo.
pub fn standard_units(linked: &Linked, setup: &Setup, native: bool) -> Vec<Unit> {
    let row = version(setup.minor);
    let compiled = setup.minor < COMPILES_ALL && native && (setup.cgo || !linked.has_net);
    if compiled {
        return vec![Unit {
            id: "index".to_string(),
            bytes: if linked.has_net { 480_000 } else { 250_000 },
            cpu_ms: 400,
        }];
    }
    // a small program's packages, and those that come with net/http
    let mut units = vec![Unit { id: "std".to_string(), bytes: cell(&row, 3), cpu_ms: cell(&row, 5) }];
    let small = super::cost::linked(&["fmt"], &[], setup.minor).standard;
    let large = super::cost::linked(&["fmt", "net/http"], &[], setup.minor).standard;
    let more = linked.standard.saturating_sub(small).saturating_mul(1000) / large.saturating_sub(small).max(1);
    let share = |at: usize| cell(&row, at + 1).saturating_sub(cell(&row, at)).saturating_mul(more.min(1500)) / 1000;
    if more > 0 {
        let id = format!("std+{}{}", linked.has_net, linked.standard / 500_000);
        units.push(Unit { id, bytes: share(3), cpu_ms: share(5) });
    }
    units
}

/// A module's packages.
pub fn module_unit(module: &Module) -> Unit {
    let facts = facts(&module.path);
    Unit {
        id: format!("{}@{}", module.path, module.version),
        bytes: facts.program_bytes.saturating_mul(MODULE_CACHE_TIMES).saturating_add(20_000),
        cpu_ms: facts.program_bytes / 1000 * MODULE_CPU_MS_A_MB / 1000,
    }
}

/// A package of the module that is built.
pub fn own_unit(import: &str, package: &Package) -> Unit {
    Unit {
        id: format!("{import} {}", package.digest),
        bytes: package.bytes.saturating_mul(2).saturating_add(4_000),
        cpu_ms: (package.bytes / 1000 * OWN_CPU_MS_A_MB / 1000).saturating_add(60),
    }
}
