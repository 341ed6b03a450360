use super::Machine;
use super::Process;
use super::pattern::{Glyph, has_wildcards, matches_in, text};

/// The most names that one pattern may give.
const MAX_NAMES: usize = 20_000;

/// How deep `**` goes.
const MAX_FOLDERS: usize = 64;

/// What bash's options change.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    /// `extglob`
    pub(super) extended: bool,
    /// `dotglob`
    pub(super) dots: bool,
    /// `globstar`
    pub(super) deep: bool,
    /// `nocaseglob`
    pub(super) fold: bool,
}

/// The names of existing files that a word with wildcards stands for, sorted; empty where there is none.
pub(super) fn expand(machine: &mut Machine<'_>, process: &Process, word: &[Glyph], manner: Manner) -> Vec<String> {
    let parts: Vec<&[Glyph]> = word.split(|glyph| glyph.character == '/').collect();
    let mut found = vec![String::new()];
    for (index, part) in parts.iter().enumerate() {
        let last = index + 1 == parts.len();
        let mut next = Vec::new();
        for before in found {
            if !machine.step() {
                return Vec::new();
            }
            if manner.deep && part.len() == 2 && part.iter().all(|glyph| glyph.character == '*' && !glyph.quoted) {
                below(machine, process, &before, last, manner, 0, &mut next);
            } else if has_wildcards(part) || (manner.extended && super::extended::has_groups(part)) {
                next.extend(matching(machine, process, &before, part, last, manner));
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

/// What `**` stands for: folders on the way, at the end files too.
fn below(
    machine: &mut Machine<'_>,
    process: &Process,
    before: &str,
    last: bool,
    manner: Manner,
    depth: usize,
    found: &mut Vec<String>,
) {
    if !machine.step() || depth > MAX_FOLDERS || found.len() > MAX_NAMES {
        return;
    }
    if !last || depth > 0 && !before.is_empty() {
        found.push(if last { before.trim_end_matches('/').to_owned() } else { before.to_owned() });
    }
    let any = [Glyph { character: '*', quoted: false }];
    for name in matching(machine, process, before, &any, true, manner) {
        let folder = format!("{name}/");
        if exists(machine, process, &folder) {
            below(machine, process, &folder, last, manner, depth + 1, found);
        } else if last {
            found.push(name);
        }
    }
}

fn matching(
    machine: &Machine<'_>,
    process: &Process,
    before: &str,
    part: &[Glyph],
    last: bool,
    manner: Manner,
) -> Vec<String> {
    let directory = if before.is_empty() { process.cwd.clone() } else { process.path(before) };
    let mut names = machine.fs.read_dir(&directory, &process.cred).unwrap_or_default();
    let dotted = part.first().is_some_and(|glyph| glyph.character == '.');
    if dotted {
        names.extend([".".to_owned(), "..".to_owned()]);
    }
    let fold = |text: &str| if manner.fold { text.to_lowercase() } else { text.to_owned() };
    let lower = |glyph: &Glyph| Glyph { character: glyph.character.to_ascii_lowercase(), quoted: glyph.quoted };
    let part: Vec<Glyph> = if manner.fold { part.iter().map(lower).collect() } else { part.to_vec() };
    names.retain(|name| {
        let seen = dotted || manner.dots || !name.starts_with('.');
        seen && matches_in(&part, &fold(name).chars().collect::<Vec<_>>(), manner.extended)
    });
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
