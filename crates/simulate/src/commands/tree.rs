//! Walking a tree for chmod -R, chown -R, du, find, grep -r.

use crate::process::{Machine, Process};

use super::input::{WALK_LIMIT, join};
use super::node::Node;

/// The names at and below `root`, as the user would write them, each directory before what is in it. Symbolic links are
/// not followed, except `root` itself if `follow`.
pub fn below(machine: &mut Machine, process: &Process, root: &str, follow: bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![(root.to_string(), follow)];
    while let Some((name, follow)) = waiting.pop() {
        if found.len() >= WALK_LIMIT || !machine.step() {
            machine.limit("walked-files");
            break;
        }
        let path = process.path(&name);
        if Node::at(machine.fs, &path, follow, &process.cred).is_ok_and(|node| node.is_dir()) {
            let names = machine.fs.read_dir(&path, &process.cred).unwrap_or_default();
            waiting.extend(names.into_iter().rev().map(|entry| (join(&name, &entry), false)));
        }
        found.push(name);
    }
    found
}
