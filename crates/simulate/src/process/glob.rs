use super::Machine;
use super::Process;
use super::pattern::{Glyph, has_wildcards, matches, text};

/// The most names that one pattern may give.
const MAX_NAMES: usize = 20_000;

/// The names of existing files that a word with wildcards stands for, sorted; empty where there is none.
pub(super) fn expand(machine: &mut Machine<'_>, process: &Process, word: &[Glyph]) -> Vec<String> {
    let parts: Vec<&[Glyph]> = word.split(|glyph| glyph.character == '/').collect();
    let mut found = vec![String::new()];
    for (index, part) in parts.iter().enumerate() {
        let last = index + 1 == parts.len();
        let mut next = Vec::new();
        for before in found {
            if !machine.step() {
                return Vec::new();
            }
            if has_wildcards(part) {
                next.extend(matching(machine, process, &before, part, last));
            } else {
                let name = format!("{before}{}{}", text(part), if last { "" } else { "/" });
                // A directory on the way need not be readable, but what comes out has to exist.
                if !last || exists(machine, process, &name) {
                    next.push(name);
                }
            }
            if next.len() > MAX_NAMES {
                machine.limit("glob-names");
                break;
            }
        }
        found = next;
    }
    found.sort();
    found
}

fn exists(machine: &Machine<'_>, process: &Process, name: &str) -> bool {
    let path = process.path(name);
    match name.strip_suffix('/') {
        Some(_) => machine.fs.stat(&path, true, &process.cred).is_ok_and(|stat| stat.is_dir()),
        None => machine.fs.stat(&path, false, &process.cred).is_ok(),
    }
}

fn matching(machine: &Machine<'_>, process: &Process, before: &str, part: &[Glyph], last: bool) -> Vec<String> {
    let directory = if before.is_empty() { process.cwd.clone() } else { process.path(before) };
    let mut names = machine.fs.read_dir(&directory, &process.cred).unwrap_or_default();
    let dotted = part.first().is_some_and(|glyph| glyph.character == '.');
    if dotted {
        names.extend([".".to_owned(), "..".to_owned()]);
    }
    names.retain(|name| (dotted || !name.starts_with('.')) && matches(part, &name.chars().collect::<Vec<_>>()));
    let mut found = Vec::new();
    for name in names {
        let name = format!("{before}{name}");
        if last {
            found.push(name);
        } else if exists(machine, process, &format!("{name}/")) {
            found.push(format!("{name}/"));
        }
    }
    found
}
