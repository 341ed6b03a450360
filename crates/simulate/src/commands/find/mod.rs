//! find.

mod action;
mod parse;
mod print;
mod values;

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
    /// What `-exec … +` gets: the folder it runs in and the names.
    collected: Vec<Vec<(Option<String>, String)>>,
}

pub fn find(machine: &mut Machine, process: &mut Process) -> i32 {
    let arguments = process.operands().to_vec();
    let gnu = !is_busybox(machine);
    if let Some(word) =
        arguments.iter().find(|word| matches!(word.as_str(), "-help" | "--help" | "-version" | "--version"))
        && gnu
        && let Some(status) = super::about::about(machine, process, &format!("--{}", word.trim_start_matches('-')))
    {
        return status;
    }
    let leading = match leading_options(machine, process, &arguments) {
        Ok(leading) => leading,
        Err(status) => return status,
    };
    let follow =
        arguments.iter().take(leading).any(|word| word == "-L") || arguments.iter().any(|word| word == "-follow");
    let rest = arguments.get(leading..).unwrap_or_default();
    let is_expression = |word: &String| word.starts_with('-') || matches!(word.as_str(), "(" | ")" | "!");
    let count = rest.iter().take_while(|word| !is_expression(word)).count();
    let (roots, expression) = rest.split_at_checked(count).unwrap_or((rest, &[]));
    let plan = Plan { follow, ..Plan::default() };
    let mut parser = Parser {
        words: expression.iter().peekable(),
        plan,
        small: is_small_busybox(machine),
        gnu,
        nest: 0,
        regex_type: if gnu { "findutils-default" } else { "posix-basic" },
        outputs: Vec::new(),
        named: None,
    };
    let test = match parser.whole(machine, process) {
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
        let names = state.collected.get_mut(group).map(std::mem::take).unwrap_or_default();
        for names in names.chunk_by(|one, other| one.0 == other.0) {
            let folder = names.first().and_then(|(folder, _)| folder.clone());
            let arguments = words.iter().cloned().chain(names.iter().map(|(_, name)| name.clone())).collect();
            if run(machine, process, folder, arguments) != 0 {
                state.status = 1;
            }
        }
    }
    state.status
}

/// The commands that `-exec … +` runs at the end.
fn collect<'t>(test: &'t Test, found: &mut Vec<(&'t [String], usize)>) {
    match test {
        Test::And(tests) | Test::Or(tests) | Test::List(tests) => tests.iter().for_each(|test| collect(test, found)),
        Test::Not(test) => collect(test, found),
        Test::Exec { words, together: Some(group), .. } => found.push((words, *group)),
        _ => {}
    }
}

/// What find takes before the paths; the number of words.
fn leading_options(machine: &mut Machine, process: &Process, arguments: &[String]) -> Result<usize, i32> {
    let gnu = !is_busybox(machine);
    let mut count = 0;
    while let Some(word) = arguments.get(count) {
        count += match word.as_str() {
            "-H" | "-L" | "-P" => 1,
            "-D" if gnu && arguments.get(count + 1).is_some_and(|topic| topic == "help") => {
                process.out(machine, DEBUG_TOPICS);
                return Err(0);
            }
            "-D" if gnu => 2,
            level if gnu && level.strip_prefix("-O").is_some_and(|level| level.parse::<u32>().is_ok()) => 1,
            _ => break,
        };
    }
    Ok(count)
}

const DEBUG_TOPICS: &str = "Valid arguments for -D:
exec       Show diagnostic information relating to -exec, -execdir, -ok and -okdir
opt        Show diagnostic information relating to optimisation
rates      Indicate how often each predicate succeeded
search     Navigate the directory tree verbosely
stat       Trace calls to stat(2) and lstat(2)
time       Show diagnostic information relating to time-of-day and timestamp comparisons
tree       Display the expression tree
all        Set all of the debug flags (but help)
help       Explain the various -D options
";

/// Runs a command, in that folder if there is one.
fn run(machine: &mut Machine, process: &Process, folder: Option<String>, words: Vec<String>) -> i32 {
    match folder {
        Some(cwd) => {
            let mut inside = process.clone();
            inside.cwd = cwd;
            start(machine, &inside, words)
        }
        None => start(machine, process, words),
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
    match test {
        Test::And(tests) => tests.iter().all(|test| holds(machine, process, test, name, root, node, state)),
        Test::Or(tests) => tests.iter().any(|test| holds(machine, process, test, name, root, node, state)),
        Test::Not(test) => !holds(machine, process, test, name, root, node, state),
        Test::True => true,
        Test::False => false,
        Test::Name { pattern, ignore_case } => glob(pattern, last_part(name), *ignore_case),
        Test::Path { pattern, ignore_case } => glob(pattern, name, *ignore_case),
        Test::Regex(regex) => regex.is_match(name.as_bytes()),
        Test::Type(letters, through) => {
            let target = Node::at(machine.fs, &process.path(name), true, &process.cred).ok().filter(|_| *through);
            let letter = target.as_ref().unwrap_or(node).letter();
            letters.contains(if letter == '-' { 'f' } else { letter })
        }
        Test::LinkTo { pattern, ignore_case } => match &node.kind {
            NodeKind::Symlink(target) => glob(pattern, target, *ignore_case),
            _ => false,
        },
        Test::List(tests) => tests.iter().fold(true, |_, test| holds(machine, process, test, name, root, node, state)),
        Test::To { output, test } => {
            let mut inner = process.clone();
            inner.fds.insert(1, output.clone());
            holds(machine, &inner, test, name, root, node, state)
        }
        Test::NoGroup => super::accounts::group_name(machine, node.attr.gid).is_none(),
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
        Test::Links(order, count) => (node.names(machine.fs, &process.path(name)) as u64).cmp(count) == *order,
        Test::Inode(number) => u64::from(node.inode) == *number,
        Test::NoOwner => super::accounts::user_name(machine, node.attr.uid).is_none(),
        Test::Empty => match node.kind {
            NodeKind::Dir => {
                machine.fs.read_dir(&process.path(name), &process.cred).is_ok_and(|names| names.is_empty())
            }
            NodeKind::File(_) => node.size == 0,
            _ => false,
        },
        Test::Access(right) => {
            machine.fs.access(&process.path(name), *right == 'r', *right == 'w', *right == 'x', &process.cred)
        }
        Test::Prune => {
            state.pruned = true;
            true
        }
        Test::Print => process.out(machine, &format!("{name}\n")),
        Test::Print0 => process.out(machine, &format!("{name}\0")),
        Test::Listing => {
            let line = print::listing(machine, name, &process.path(name), node);
            process.out(machine, &line)
        }
        Test::Format(format) => {
            let text = formatted(machine, process, format, name, root, node);
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
            let path = process.path(name);
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
        Test::Exec { words, together, inside, asks } => {
            let gnu = !is_busybox(machine);
            let (folder, shown) = match name.trim_end_matches('/').rsplit_once('/') {
                _ if !inside || !gnu => (None, name.to_string()),
                Some((folder, base)) => {
                    (Some(process.path(if folder.is_empty() { "/" } else { folder })), format!("./{base}"))
                }
                None => (Some(process.cwd.clone()), format!("./{name}")),
            };
            if let Some(group) = together {
                if let Some(names) = state.collected.get_mut(*group) {
                    names.push((folder, shown));
                }
                return true;
            }
            if *asks {
                let command = words.first().map_or("", String::as_str);
                process.err(machine, &format!("< {command} ... {name} > ? "));
                let answer = process.stdin_line(machine, 0).unwrap_or_default();
                if !matches!(answer.first(), Some(b'y' | b'Y')) {
                    return false;
                }
            }
            let words = words.iter().map(|word| word.replace("{}", &shown)).collect();
            run(machine, process, folder, words) == 0
        }
    }
}
