//! find.

mod parse;
mod print;

use crate::process::{Machine, Process};

use super::glob::glob;
use super::input::{WALK_LIMIT, is_busybox, join, last_part};
use super::node::{Node, NodeKind, is_dir};
use super::start::start;
use parse::{Parser, Plan, Test};
use print::formatted;

/// Whether this is the busybox of Debian's busybox-static, which leaves things out that Alpine's has.
pub fn is_small_busybox(machine: &Machine) -> bool {
    let root = filesystem::Cred::root();
    is_busybox(machine)
        && Node::at(machine.fs, "/bin/sh", false, &root)
            .is_ok_and(|node| matches!(node.kind, NodeKind::Symlink(target) if target == "busybox"))
}

/// What happens while walking.
struct State {
    status: i32,
    pruned: bool,
    quit: bool,
    collected: Vec<Vec<String>>,
}

pub fn find(machine: &mut Machine, process: &mut Process) -> i32 {
    let arguments = process.operands().to_vec();
    let leading = arguments.iter().take_while(|word| matches!(word.as_str(), "-H" | "-L" | "-P")).count();
    let follow =
        arguments.iter().take(leading).any(|word| word == "-L") || arguments.iter().any(|word| word == "-follow");
    let rest = arguments.get(leading..).unwrap_or_default();
    let is_expression = |word: &String| word.starts_with('-') || matches!(word.as_str(), "(" | ")" | "!");
    let count = rest.iter().take_while(|word| !is_expression(word)).count();
    let (roots, expression) = rest.split_at_checked(count).unwrap_or((rest, &[]));
    let plan = Plan { follow, ..Plan::default() };
    let mut parser = Parser { words: expression.iter().peekable(), plan, small: is_small_busybox(machine), nest: 0 };
    let parsed = parser.either(machine, process).and_then(|test| match parser.words.next() {
        Some(word) => Err(format!("unrecognized: {word}")),
        None => Ok(test),
    });
    let test = match parsed {
        Ok(test) => test,
        Err(message) => {
            process.complain(machine, &message);
            return 1;
        }
    };
    let plan = parser.plan;
    let test = if plan.acts { test } else { Test::And(vec![test, Test::Print]) };
    let mut state = State { status: 0, pruned: false, quit: false, collected: vec![Vec::new(); plan.collected] };
    let dot = [".".to_string()];
    for root in if roots.is_empty() { &dot } else { roots } {
        if let Err(errno) = Node::at(machine.fs, &process.path(root), false, &process.cred) {
            let text = if is_busybox(machine) { format!("{root}: {errno}") } else { format!("'{root}': {errno}") };
            process.complain(machine, &text);
            state.status = 1;
            continue;
        }
        walk(machine, process, &plan, &test, root, &mut state);
        if state.quit {
            break;
        }
    }
    let mut groups = Vec::new();
    collect(&test, &mut groups);
    for (words, group) in groups {
        let Some(names) = state.collected.get_mut(group).map(std::mem::take).filter(|names| !names.is_empty()) else {
            continue;
        };
        let words = words.iter().cloned().chain(names).collect();
        if start(machine, process, words) != 0 {
            state.status = 1;
        }
    }
    state.status
}

/// The commands that `-exec … +` runs at the end.
fn collect<'t>(test: &'t Test, found: &mut Vec<(&'t [String], usize)>) {
    match test {
        Test::And(tests) | Test::Or(tests) => tests.iter().for_each(|test| collect(test, found)),
        Test::Not(test) => collect(test, found),
        Test::Exec { words, together: Some(group) } => found.push((words, *group)),
        _ => {}
    }
}

fn walk(machine: &mut Machine, process: &Process, plan: &Plan, test: &Test, root: &str, state: &mut State) {
    // (name, depth, whether what is in it was done already)
    let mut waiting = vec![(root.to_string(), 0usize, false)];
    let mut seen = 0;
    while let Some((name, depth, done)) = waiting.pop() {
        seen += 1;
        if seen > WALK_LIMIT || !machine.step() {
            machine.limit("walked-files");
            return;
        }
        let path = process.path(&name);
        let Ok(node) = Node::at(machine.fs, &path, plan.follow, &process.cred)
            .or_else(|_| Node::at(machine.fs, &path, false, &process.cred))
        else {
            continue;
        };
        let descend = node.is_dir() && plan.max_depth.is_none_or(|most| depth < most) && !done;
        state.pruned = false;
        if plan.depth_first && descend {
            waiting.push((name.clone(), depth, true));
        } else if depth >= plan.min_depth {
            holds(machine, process, test, &name, root, &node, state);
            if state.quit {
                return;
            }
        }
        if descend && (plan.depth_first || !state.pruned) {
            match machine.fs.read_dir(&path, &process.cred) {
                Ok(names) => {
                    waiting.extend(names.into_iter().rev().map(|entry| (join(&name, &entry), depth + 1, false)));
                }
                // What a test removed is gone without complaint only where it says so.
                Err(filesystem::Errno::NoEnt) if !is_busybox(machine) => {
                    process.complain(machine, &format!("'{name}': No such file or directory"));
                    state.status = 1;
                }
                Err(errno) => {
                    let shown = if is_busybox(machine) { name.clone() } else { format!("'{name}'") };
                    process.complain(machine, &format!("{shown}: {errno}"));
                    state.status = 1;
                }
            }
        }
    }
}

fn holds(
    machine: &mut Machine,
    process: &Process,
    test: &Test,
    name: &str,
    root: &str,
    node: &Node,
    state: &mut State,
) -> bool {
    let path = process.path(name);
    match test {
        Test::And(tests) => tests.iter().all(|test| holds(machine, process, test, name, root, node, state)),
        Test::Or(tests) => tests.iter().any(|test| holds(machine, process, test, name, root, node, state)),
        Test::Not(test) => !holds(machine, process, test, name, root, node, state),
        Test::True => true,
        Test::False => false,
        Test::Name { pattern, ignore_case } => glob(pattern, last_part(name), *ignore_case),
        Test::Path { pattern, ignore_case } => glob(pattern, name, *ignore_case),
        Test::Regex(regex) => regex.is_match(name.as_bytes()),
        Test::Type(letters) => {
            let letter = if node.letter() == '-' { 'f' } else { node.letter() };
            letters.contains(letter)
        }
        Test::Size { order, units, unit } => node.size.div_ceil(*unit).cmp(units) == *order,
        Test::Perm { mode, how } => match how {
            '=' => node.attr.mode == *mode,
            '-' => node.attr.mode & mode == *mode,
            _ => *mode == 0 || node.attr.mode & mode != 0,
        },
        Test::Newer(time) => node.attr.mtime > *time,
        Test::Age { order, count, unit } => ((machine.fs.now() - node.attr.mtime) / unit).cmp(count) == *order,
        Test::User(uid) => node.attr.uid == *uid,
        Test::Group(gid) => node.attr.gid == *gid,
        Test::Links(order, count) => u64::from(node.links).cmp(count) == *order,
        Test::Inode(number) => u64::from(node.inode) == *number,
        Test::NoOwner => super::accounts::user_name(machine, node.attr.uid).is_none(),
        Test::Empty => match node.kind {
            NodeKind::Dir => machine.fs.read_dir(&path, &process.cred).is_ok_and(|names| names.is_empty()),
            NodeKind::File(_) => node.size == 0,
            _ => false,
        },
        Test::Access(right) => machine.fs.access(&path, *right == 'r', *right == 'w', *right == 'x', &process.cred),
        Test::Prune => {
            state.pruned = true;
            true
        }
        Test::Print => process.out(machine, &format!("{name}\n")),
        Test::Print0 => process.out(machine, &format!("{name}\0")),
        Test::List => {
            let line = format!(
                "{:>9} {:>6} {} {:>3} {:>8} {:>8} {:>8} {name}\n",
                node.inode,
                node.blocks() / 2,
                node.mode_text(),
                node.links,
                node.attr.uid,
                node.attr.gid,
                node.size
            );
            process.out(machine, &line)
        }
        Test::Format(format) => {
            let text = formatted(machine, format, name, root, node);
            process.out(machine, &text)
        }
        Test::Quit => {
            state.quit = true;
            true
        }
        Test::Delete => {
            if name == "." {
                return true;
            }
            let removed = if is_dir(machine.fs, &path, &process.cred) && node.is_dir() {
                machine.fs.remove_dir(&path, &process.cred)
            } else {
                machine.fs.remove_file(&path, &process.cred)
            };
            if let Err(errno) = removed {
                let text = if is_busybox(machine) {
                    format!("{name}: {errno}")
                } else {
                    format!("cannot delete '{name}': {errno}")
                };
                process.complain(machine, &text);
                state.status = 1;
                return false;
            }
            true
        }
        Test::Exec { together: Some(group), .. } => {
            if let Some(names) = state.collected.get_mut(*group) {
                names.push(name.to_string());
            }
            true
        }
        Test::Exec { words, together: None } => {
            let words = words.iter().map(|word| word.replace("{}", name)).collect();
            start(machine, process, words) == 0
        }
    }
}
