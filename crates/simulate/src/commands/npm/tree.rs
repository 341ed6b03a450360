//! Which packages an install puts where: from a lock file, or from the manifest and the data.

use std::collections::{BTreeMap, BTreeSet};

use super::super::json::Json;
use super::known::{Size, Table, is_typical};

/// A package in node_modules.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version, if a lock file tells.
    pub version: String,
    /// Its size.
    pub size: Size,
    /// The programs that it brings.
    pub programs: Vec<String>,
    /// Whether the data lack it, and it stands for all that it brings.
    pub is_typical: bool,
}

/// Packages by their place in node_modules: `react`, `a/node_modules/b`.
pub type Tree = BTreeMap<String, Package>;

/// A package by its name, with what the data have of it.
pub fn package(table: &Table, name: &str, version: &str, size: Option<Size>) -> Package {
    let size = size.unwrap_or_else(|| table.size(name));
    let last = name.rsplit('/').next().unwrap_or(name);
    let programs = match table.get(name) {
        Some(known) => known.programs.clone(),
        // what brings a program mostly has its name
        None if is_typical(size) => vec![tool_of(name).unwrap_or_else(|| last.to_string())],
        None => tool_of(name).into_iter().collect(),
    };
    Package { name: name.to_string(), version: version.to_string(), size, programs, is_typical: is_typical(size) }
}

/// The tool that a package of unknown programs is named for: `gatsby-cli`, `@docusaurus/core`, `@remix-run/dev`.
fn tool_of(name: &str) -> Option<String> {
    let (scope, last) = name.strip_prefix('@').and_then(|name| name.split_once('/')).unwrap_or(("", name));
    let names = [last, last.trim_end_matches("-cli"), scope, scope.trim_end_matches("-run")];
    let is_tool = |name: &&str| !name.is_empty() && super::super::lookup(name).is_some();
    names.into_iter().find(is_tool).map(str::to_string)
}

/// What named dependencies bring, each package once.
pub fn from_names<'n>(table: &Table, names: impl Iterator<Item = &'n str>) -> Tree {
    let mut found = BTreeMap::new();
    for name in names {
        table.closure(name, &mut found);
    }
    found.into_iter().map(|(name, size)| (name.clone(), package(table, &name, "", Some(size)))).collect()
}

/// Whether a package for some platforms only is for this one.
fn fits(entry: &Json, musl: bool) -> bool {
    let allows = |key: &str, here: &str| match entry.get(key) {
        Some(list) => {
            let mut names = list.texts().peekable();
            names.peek().is_none() || names.any(|name| name == here)
        }
        None => true,
    };
    allows("os", "linux") && allows("cpu", "x64") && allows("libc", if musl { "musl" } else { "glibc" })
}

/// What package-lock.json or npm-shrinkwrap.json list, of any of its three versions.
pub fn from_npm_lock(table: &Table, lock: &Json, production: bool, musl: bool) -> Tree {
    let mut tree = Tree::new();
    let Some(packages) = lock.get("packages") else {
        nested(table, lock, "", production, musl, &mut tree, 0);
        return tree;
    };
    for (path, entry) in packages.entries() {
        let Some(place) = path.split_once("node_modules/").map(|(_, place)| place) else { continue };
        let is_link = entry.get("link").is_some_and(Json::is_true);
        if is_link || skipped(entry, production) || !fits(entry, musl) {
            continue;
        }
        let named = place.rsplit_once("node_modules/").map_or(place, |(_, name)| name);
        let name = entry.get("name").and_then(Json::text).unwrap_or(named);
        let mut package = package(table, name, entry.get("version").and_then(Json::text).unwrap_or_default(), None);
        match entry.get("bin") {
            Some(Json::Object(programs)) => package.programs = programs.iter().map(|(name, _)| name.clone()).collect(),
            Some(_) => package.programs = vec![name.rsplit('/').next().unwrap_or(name).to_string()],
            None => {}
        }
        // a workspace's own node_modules are beside it
        let place = path.strip_prefix("node_modules/").map_or_else(|| format!("../{path}"), str::to_string);
        tree.insert(place, package);
    }
    tree
}

fn skipped(entry: &Json, production: bool) -> bool {
    production && ["dev", "devOptional"].iter().any(|key| entry.get(key).is_some_and(Json::is_true))
}

/// The dependencies inside each other of a lock file of version 1.
fn nested(table: &Table, entry: &Json, above: &str, production: bool, musl: bool, tree: &mut Tree, depth: u32) {
    if depth > 32 {
        return;
    }
    for (name, entry) in entry.get("dependencies").map_or(&[][..], Json::entries) {
        let is_optional = entry.get("optional").is_some_and(Json::is_true) && table.get(name).is_none();
        if matches!(entry, Json::Object(_)) && !skipped(entry, production) && !is_optional && fits(entry, musl) {
            let place = format!("{above}{name}");
            let version = entry.get("version").and_then(Json::text).unwrap_or_default();
            tree.insert(place.clone(), package(table, name, version, None));
            nested(table, entry, &format!("{place}/node_modules/"), production, musl, tree, depth + 1);
        }
    }
}

/// What yarn.lock lists of what the manifest's dependencies need, of yarn 1 and of later ones. `None` where a
/// dependency is not in it: the file is not up to date.
pub fn from_yarn_lock(table: &Table, lock: &Json, wanted: &[(String, String)]) -> Option<Tree> {
    let mut entries: BTreeMap<String, &Json> = BTreeMap::new();
    for (keys, entry) in lock.entries() {
        for key in keys.split(',') {
            entries.insert(key.trim().replacen("@npm:", "@", 1), entry);
        }
    }
    let (mut tree, mut seen) = (Tree::new(), BTreeSet::new());
    let mut waiting: Vec<(String, String, String)> = Vec::new();
    for (name, range) in wanted {
        if is_elsewhere(range) {
            continue;
        }
        entries.get(&format!("{name}@{range}"))?;
        waiting.push((name.clone(), range.clone(), String::new()));
    }
    while let Some((name, range, parent)) = waiting.pop() {
        let range = range.strip_prefix("npm:").unwrap_or(&range);
        let Some(entry) = entries.get(&format!("{name}@{range}")) else { continue };
        let version = entry.get("version").and_then(Json::text).unwrap_or_default();
        // each version once: where it is not at the top, it is below the first that needs it
        if !seen.insert((name.clone(), version)) {
            continue;
        }
        let place = match tree.get(&name) {
            Some(_) if !parent.is_empty() => format!("{parent}/node_modules/{name}"),
            _ => name.clone(),
        };
        tree.insert(place.clone(), package(table, &name, version, None));
        let needs = ["dependencies", "optionalDependencies"].into_iter().filter_map(|group| entry.get(group));
        for (need, range) in needs.flat_map(Json::entries) {
            waiting.push((need.clone(), range.text().unwrap_or("*").to_string(), place.clone()));
        }
    }
    tree.retain(|_, package| is_for_linux(&package.name));
    Some(tree)
}

/// Whether a range names something that no registry has: a folder, a workspace, a repository.
pub fn is_elsewhere(range: &str) -> bool {
    ["workspace:", "file:", "link:", "portal:", "git", "http:", "https:", "github:"]
        .iter()
        .any(|start| range.starts_with(start))
}

/// Native parts come as one package for each platform; names tell them apart where the lock file does not.
fn is_for_linux(name: &str) -> bool {
    let foreign = ["darwin", "win32", "windows", "freebsd", "android", "openharmony", "-arm", "arm64", "ia32", "s390x"];
    let platform = ["linux", "darwin", "win32", "freebsd", "android", "x64", "arm64", "wasm32"];
    let is_native = name.split(['-', '/']).any(|part| platform.contains(&part));
    !is_native
        || !foreign.iter().chain(&["ppc64", "riscv64", "wasm32", "musl", "loong64"]).any(|part| name.contains(part))
}

/// What bun.lock lists of what is wanted and of what that needs. `None` where a dependency is not in it: the file is not up
/// to date.
pub fn from_bun_lock(table: &Table, lock: &Json, wanted: &[(String, String)]) -> Option<Tree> {
    let packages = lock.get("packages").map_or(&[][..], Json::entries);
    let packages: BTreeMap<&str, &Json> = packages.iter().map(|(key, entry)| (key.as_str(), entry)).collect();
    let mut waiting: Vec<(String, String)> = Vec::new();
    for (name, _) in wanted {
        packages.get(name.as_str())?;
        waiting.push((String::new(), name.clone()));
    }
    let (mut tree, mut places) = (Tree::new(), BTreeMap::new());
    while let Some((above, name)) = waiting.pop() {
        // the copy of the package that needs it, else of one that this lies in, else the one on top
        let mut folder = Some(above.as_str());
        let key = std::iter::from_fn(|| {
            let here = folder?;
            folder = (!here.is_empty()).then(|| here.rsplit_once('/').map_or("", |(above, _)| above));
            Some(if here.is_empty() { name.clone() } else { format!("{here}/{name}") })
        });
        let Some(key) = key.take(32).find(|key| packages.contains_key(key.as_str())) else { continue };
        let Some(Json::List(parts)) = packages.get(key.as_str()) else { continue };
        let [named, rest @ ..] = parts.as_slice() else { continue };
        let named = named.text().unwrap_or_default();
        let (_, version) = super::manifest::name_and_range(named);
        let parent = key.strip_suffix(&name).unwrap_or_default().trim_end_matches('/');
        let place = match places.get(parent) {
            Some(parent) => format!("{parent}/node_modules/{name}"),
            None => name.clone(),
        };
        let info = rest.iter().find(|part| matches!(part, Json::Object(_)));
        let elsewhere = version.contains(':') || info.is_some_and(|info| !is_for_here(info));
        if elsewhere || tree.contains_key(&place) {
            continue;
        }
        places.insert(key.clone(), place.clone());
        tree.insert(place, package(table, &name, version, None));
        let groups = ["dependencies", "optionalDependencies"].into_iter().filter_map(|group| info?.get(group));
        for (need, _) in groups.flat_map(Json::entries) {
            waiting.push((key.clone(), need.clone()));
        }
    }
    Some(tree)
}

/// Whether a package of bun.lock that is for some systems only is for this one.
fn is_for_here(info: &Json) -> bool {
    let allows = |key: &str, here: &str| match info.get(key) {
        Some(Json::Text(name)) => name == here,
        Some(list) => list.texts().any(|name| name == here),
        None => true,
    };
    allows("os", "linux") && allows("cpu", "x64")
}

/// What pnpm-lock.yaml lists of what the importers need; `None` where a dependency of `wanted` is not in it.
pub fn from_pnpm_lock(table: &Table, lock: &Json, wanted: &[(String, String)], production: bool) -> Option<Tree> {
    let importers: Vec<&Json> = match lock.get("importers") {
        Some(importers) => importers.entries().iter().map(|(_, importer)| importer).collect(),
        None => vec![lock],
    };
    let mut waiting: Vec<(String, String)> = Vec::new();
    for importer in &importers {
        let groups = ["dependencies", "optionalDependencies", "devDependencies"];
        for group in groups.into_iter().take(if production { 2 } else { 3 }) {
            for (name, entry) in importer.get(group).map_or(&[][..], Json::entries) {
                let version = entry.text().or_else(|| entry.get("version").and_then(Json::text)).unwrap_or_default();
                waiting.push((name.clone(), version.to_string()));
            }
        }
    }
    if let Some(root) = importers.first() {
        let listed = |name: &str| {
            ["dependencies", "optionalDependencies", "devDependencies"]
                .iter()
                .any(|group| root.get(group).is_some_and(|group| group.get(name).is_some()))
        };
        if wanted.iter().any(|(name, range)| !is_elsewhere(range) && !listed(name)) {
            return None;
        }
    }
    let parts = lock.get("snapshots").or_else(|| lock.get("packages")).map_or(&[][..], Json::entries);
    let parts: BTreeMap<&str, &Json> = parts.iter().map(|(key, entry)| (key.as_str(), entry)).collect();
    let mut tree = Tree::new();
    while let Some((name, version)) = waiting.pop() {
        let keys = [format!("{name}@{version}"), format!("/{name}@{version}"), format!("/{name}/{version}")];
        let entry = keys.iter().find_map(|key| parts.get(key.as_str()));
        let plain = version.split(['(', '_']).next().unwrap_or_default();
        let place = format!("{name}@{plain}");
        let known_entry = entry.is_some() || !version.contains(':');
        if !known_entry || tree.contains_key(&place) || !is_for_linux(&name) {
            continue;
        }
        tree.insert(place, package(table, &name, plain, None));
        let needs = ["dependencies", "optionalDependencies"].into_iter().filter_map(|group| entry?.get(group));
        for (need, version) in needs.flat_map(Json::entries) {
            waiting.push((need.clone(), version.text().unwrap_or_default().to_string()));
        }
    }
    Some(tree)
}
