//! The .go files of a package: package clause, build constraints, imports.

use std::collections::{BTreeMap, BTreeSet};

use crate::process::{Machine, Process};

use super::super::input::join;

/// How much of a file is read: imports stand at its beginning.
const HEAD_BYTES: u64 = 64 << 10;
/// How many folders a pattern like ./... looks into.
const MAX_FOLDERS: usize = 2_000;

/// A package as its files tell it.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub folder: String,
    /// What the package clause says: `main`.
    pub name: String,
    /// Each import with the place that names it first: `main.go:4:2`.
    pub imports: BTreeMap<String, String>,
    /// Bytes of its files, and a digest of what they hold.
    pub bytes: u64,
    pub digest: String,
    /// Whether there are files of tests.
    pub tests: bool,
    /// Commands of `//go:generate` lines.
    pub generate: Vec<String>,
}

/// What decides which files belong to a build.
pub struct Target<'t> {
    pub os: &'t str,
    pub arch: &'t str,
    pub cgo: bool,
    pub tags: Vec<String>,
}

/// Reads the package of a folder; `None` where no file belongs to it.
pub fn read(machine: &mut Machine, process: &Process, folder: &str, target: &Target) -> Option<Package> {
    let names = machine.fs.read_dir(folder, &process.cred).ok()?;
    let names: Vec<String> = names.into_iter().filter(|name| name.ends_with(".go")).collect();
    read_files(machine, process, folder, &names, target)
}

/// As [`read`], of these files of a folder.
pub fn read_files(
    machine: &mut Machine,
    process: &Process,
    folder: &str,
    names: &[String],
    target: &Target,
) -> Option<Package> {
    let mut package = Package { folder: folder.to_string(), ..Package::default() };
    let mut parts = String::new();
    for name in names {
        if name.starts_with(['_', '.']) || !machine.step() {
            continue;
        }
        let Ok(content) = machine.fs.read(&join(folder, name), &process.cred) else { continue };
        let head = content.slice(0, HEAD_BYTES).bytes(HEAD_BYTES as usize);
        let head = String::from_utf8_lossy(&head.unwrap_or_default()).into_owned();
        package
            .generate
            .extend(head.lines().filter_map(|line| line.strip_prefix("//go:generate ")).map(str::to_string));
        if name.ends_with("_test.go") {
            package.tests = true;
            continue;
        }
        if !fits_name(name, target) || !fits_text(&head, target) {
            continue;
        }
        let file = scan(&head);
        // a file of unknown bytes belongs to whatever the others are
        if !file.package.is_empty() {
            package.name = file.package;
        } else if package.name.is_empty() {
            package.name = "main".to_string();
        }
        for (import, line, column) in file.imports {
            package.imports.entry(import).or_insert_with(|| format!("{name}:{line}:{column}"));
        }
        package.bytes = package.bytes.saturating_add(content.size());
        parts.push_str(&format!("{name} {:?}\n", content.digest()));
    }
    package.digest = super::hash(&parts);
    (!package.name.is_empty()).then_some(package)
}

struct File {
    package: String,
    imports: Vec<(String, usize, usize)>,
}

/// Reads the package clause and the imports; what comes after them is not looked at.
fn scan(text: &str) -> File {
    let mut file = File { package: String::new(), imports: Vec::new() };
    let (mut in_block, mut in_comment) = (false, false);
    for (at, line) in text.lines().enumerate() {
        let mut code = line;
        if in_comment {
            let Some((_, rest)) = line.split_once("*/") else { continue };
            (in_comment, code) = (false, rest);
        }
        let code = match code.split_once("/*") {
            Some((before, after)) => {
                in_comment = !after.contains("*/");
                before
            }
            None => code,
        };
        let trimmed = code.split("//").next().filter(|_| !code.contains('"')).unwrap_or(code).trim();
        if file.package.is_empty() {
            if let Some(name) = trimmed.strip_prefix("package ") {
                file.package = name.split([' ', ';', '/']).next().unwrap_or_default().to_string();
            }
            continue;
        }
        if in_block {
            if trimmed.starts_with(')') {
                in_block = false;
                continue;
            }
        } else if let Some(rest) = trimmed.strip_prefix("import") {
            if rest.trim_start().starts_with('(') {
                in_block = true;
                if !rest.contains('"') {
                    continue;
                }
            }
        } else if trimmed.is_empty() {
            continue;
        } else {
            break;
        }
        let quote = code.find(['"', '`']);
        let path = quote.and_then(|quote| code.get(quote + 1..)?.split(['"', '`']).next());
        if let (Some(quote), Some(path)) = (quote, path) {
            file.imports.push((path.to_string(), at + 1, quote + 1));
        }
    }
    file
}

const SYSTEMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "linux",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
];
const ARCHITECTURES: &[&str] =
    &["386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "ppc64", "ppc64le", "riscv64", "s390x", "wasm"];

/// Whether the end of a name (`_windows.go`, `_linux_arm64.go`) lets the file in.
fn fits_name(name: &str, target: &Target) -> bool {
    let stem = name.trim_end_matches(".go");
    let mut parts = stem.rsplit('_').take(2);
    let last = parts.next().filter(|last| *last != stem);
    match last {
        Some(last) if SYSTEMS.contains(&last) => last == target.os,
        Some(last) if ARCHITECTURES.contains(&last) => {
            let system = parts.next().filter(|part| SYSTEMS.contains(part));
            last == target.arch && system.is_none_or(|system| system == target.os)
        }
        _ => true,
    }
}

/// Whether a `//go:build` line lets the file in.
fn fits_text(text: &str, target: &Target) -> bool {
    let line =
        text.lines().take_while(|line| !line.starts_with("package ")).find_map(|l| l.strip_prefix("//go:build "));
    let Some(line) = line else { return true };
    let spaced = line.replace('(', " ( ").replace(')', " ) ").replace('!', " ! ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    either(&words, &mut 0, target, 0)
}

/// How deep a constraint's parentheses may be.
const MAX_NESTING: u32 = 50;

fn either(words: &[&str], at: &mut usize, target: &Target, depth: u32) -> bool {
    let mut holds = both(words, at, target, depth);
    while words.get(*at) == Some(&"||") {
        *at += 1;
        holds |= both(words, at, target, depth);
    }
    holds
}

fn both(words: &[&str], at: &mut usize, target: &Target, depth: u32) -> bool {
    let mut holds = tag(words, at, target, depth);
    while words.get(*at) == Some(&"&&") {
        *at += 1;
        holds &= tag(words, at, target, depth);
    }
    holds
}

fn tag(words: &[&str], at: &mut usize, target: &Target, depth: u32) -> bool {
    let mut denied = false;
    while words.get(*at) == Some(&"!") {
        *at += 1;
        denied = !denied;
    }
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    let holds = match word {
        "(" if depth < MAX_NESTING => {
            let holds = either(words, at, target, depth + 1);
            *at += 1;
            holds
        }
        "unix" => !matches!(target.os, "windows" | "plan9" | "js" | "wasip1"),
        "cgo" => target.cgo,
        "gc" => true,
        _ => {
            word == target.os
                || word == target.arch
                || word.starts_with("go1.")
                || target.tags.iter().any(|t| t == word)
        }
    };
    holds != denied
}

/// The folders at and below one that `...` stands for: no vendor, no testdata, no hidden ones, no other modules.
pub fn folders_below(machine: &mut Machine, process: &Process, root: &str) -> Vec<String> {
    let (mut found, mut waiting) = (Vec::new(), vec![root.to_string()]);
    while let Some(folder) = waiting.pop() {
        if found.len() >= MAX_FOLDERS || !machine.step() {
            machine.limit("walked-files");
            break;
        }
        for name in machine.fs.read_dir(&folder, &process.cred).unwrap_or_default().into_iter().rev() {
            let path = join(&folder, &name);
            let skipped =
                name.starts_with(['_', '.']) || matches!(name.as_str(), "vendor" | "testdata" | "node_modules");
            let is_dir = machine.fs.stat(&path, false, &process.cred).is_ok_and(|stat| stat.is_dir());
            let other = machine.fs.stat(&join(&path, "go.mod"), true, &process.cred).is_ok();
            if is_dir && !skipped && !other {
                waiting.push(path);
            }
        }
        found.push(folder);
    }
    found
}

/// Whether an import is of the standard library: the first part of its path has no dot.
pub fn is_standard(import: &str) -> bool {
    !import.split('/').next().unwrap_or_default().contains('.')
}

/// All imports of some packages, each once.
pub fn imports_of<'p>(packages: impl Iterator<Item = &'p Package>) -> BTreeSet<String> {
    packages.flat_map(|package| package.imports.keys().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linux() -> Target<'static> {
        Target { os: "linux", arch: "amd64", cgo: false, tags: vec!["prod".to_string()] }
    }

    #[test]
    fn imports_are_found_with_their_places() {
        let file = scan(
            "// Package main is\n/* long\n*/\npackage main // x\n\nimport \"fmt\"\nimport (\n\t_ \"embed\"\n\tnet \"net/http\" // y\n)\n\nvar x = \"no\"\n",
        );
        assert_eq!(file.package, "main");
        let found: Vec<String> = file.imports.iter().map(|(path, line, at)| format!("{path} {line}:{at}")).collect();
        assert_eq!(found, ["fmt 6:8", "embed 8:4", "net/http 9:6"]);
    }

    #[test]
    fn constraints_decide_by_name_and_text() {
        for (name, fits) in [
            ("a.go", true),
            ("a_windows.go", false),
            ("a_linux.go", true),
            ("a_linux_arm64.go", false),
            ("a_arm64.go", false),
            ("linux.go", true),
            ("windows.go", true),
        ] {
            assert_eq!(fits_name(name, &linux()), fits, "{name}");
        }
        for (line, fits) in [
            ("ignore", false),
            ("linux && !cgo", true),
            ("(windows || darwin) && amd64", false),
            ("!(windows || darwin)", true),
            ("prod", true),
            ("go1.18", true),
        ] {
            assert_eq!(fits_text(&format!("//go:build {line}\n\npackage a\n"), &linux()), fits, "{line}");
        }
    }
}
