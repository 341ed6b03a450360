//! Which files grep looks into.

use std::collections::BTreeSet;

use crate::process::{Machine, Process};

use super::super::glob::glob;
use super::super::input::{WALK_LIMIT, is_busybox, join, last_part};
use super::super::node::Node;
use super::super::options::Options;
use super::super::tree::below;

/// What --include, --exclude and --exclude-dir let through.
struct Filter {
    included: Vec<String>,
    excluded: Vec<String>,
    folders: Vec<String>,
}

impl Filter {
    fn file(&self, name: &str) -> bool {
        let base = last_part(name);
        let fits = |globs: &[String]| globs.iter().any(|pattern| glob(pattern, base, false));
        (self.included.is_empty() || fits(&self.included)) && !fits(&self.excluded)
    }

    fn folder(&self, name: &str) -> bool {
        !self.folders.iter().any(|pattern| glob(pattern.trim_end_matches('/'), last_part(name), false))
    }
}

/// The names of the files, in order, and whether folders could not be read; `excluded` is what files of --exclude-from
/// hold.
pub fn files(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    operands: &[String],
    excluded: Vec<String>,
) -> (Vec<String>, bool) {
    let busybox = is_busybox(machine);
    let recursive = options.any("rR") || options.value('d') == Some("recurse");
    if operands.is_empty() && (!recursive || busybox) {
        return (vec!["-".to_string()], false);
    }
    let values = |letter| options.values(letter).map(str::to_string);
    let filter = Filter {
        included: values('J').collect(),
        excluded: values('X').chain(excluded).collect(),
        folders: values('Y').collect(),
    };
    let here = operands.is_empty();
    let dot = [".".to_string()];
    let (mut files, mut failed) = (Vec::new(), false);
    for operand in if here { &dot } else { operands } {
        let is_dir = super::super::node::is_dir(machine.fs, &process.path(operand), &process.cred);
        if is_dir && options.value('d') == Some("skip") {
            continue;
        }
        if !(recursive && is_dir) {
            if operand == "-" || is_dir || busybox || filter.file(operand) {
                files.push(operand.clone());
            }
            continue;
        }
        let names = if busybox {
            below(machine, process, operand, true)
        } else {
            walk(machine, process, options, operand, &filter, &mut failed)
        };
        for name in names {
            let node = Node::at(machine.fs, &process.path(&name), options.has('R'), &process.cred);
            let wanted = match node {
                Ok(node) => node.is_file(),
                // A link that leads nowhere is told of.
                Err(_) => options.has('R') && !busybox,
            };
            if wanted && filter.file(&name) {
                files.push(match name.strip_prefix("./") {
                    Some(inside) if here => inside.to_string(),
                    _ => name,
                });
            }
        }
    }
    (files, failed)
}

/// The names at and below `root`, through symbolic links with -R, without the folders that are left out. Folders that
/// cannot be read are told, unless -s.
fn walk(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    root: &str,
    filter: &Filter,
    failed: &mut bool,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![(root.to_string(), BTreeSet::new())];
    while let Some((name, above)) = waiting.pop() {
        if found.len() >= WALK_LIMIT || !machine.step() {
            machine.limit("walked-files");
            break;
        }
        let (path, first) = (process.path(&name), above.is_empty());
        let node = Node::at(machine.fs, &path, first || options.has('R'), &process.cred);
        if let Some(node) = node.ok().filter(Node::is_dir) {
            if !first && !filter.folder(&name) {
                continue;
            }
            let mut inside: BTreeSet<u32> = above;
            if !inside.insert(node.inode) {
                process.complain(machine, &format!("warning: {name}: recursive directory loop"));
                continue;
            }
            match machine.fs.read_dir(&path, &process.cred) {
                Ok(names) => {
                    waiting.extend(names.into_iter().rev().map(|entry| (join(&name, &entry), inside.clone())));
                }
                Err(errno) => {
                    *failed = true;
                    if !options.has('s') {
                        process.complain(machine, &format!("{name}: {errno}"));
                    }
                }
            }
            continue;
        }
        found.push(name);
    }
    found
}
