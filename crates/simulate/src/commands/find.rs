//! find.

use crate::process::{Machine, Process};

use super::accounts::{group_id, user_id};
use super::glob::glob;
use super::input::{WALK_LIMIT, is_busybox, join, last_part, number};
use super::node::{Node, NodeKind, is_dir};
use super::regex::{Regex, Syntax};
use super::start::start;

/// How deep parentheses may be.
const NEST_LIMIT: u32 = 50;

enum Test {
    And(Vec<Test>),
    Or(Vec<Test>),
    Not(Box<Test>),
    True,
    False,
    Name { pattern: String, ignore_case: bool },
    Path { pattern: String, ignore_case: bool },
    Regex(Box<Regex>),
    Type(String),
    Size { order: std::cmp::Ordering, units: u64, unit: u64 },
    Perm { mode: u32, how: char },
    Newer(i64),
    Age { order: std::cmp::Ordering, count: i64, unit: i64 },
    User(u32),
    Group(u32),
    Links(std::cmp::Ordering, u64),
    Inode(u64),
    NoOwner,
    Empty,
    Prune,
    Print,
    Print0,
    Format(String),
    List,
    Delete,
    Quit,
    Exec { words: Vec<String>, together: Option<usize> },
}

#[derive(Default)]
struct Plan {
    max_depth: Option<usize>,
    min_depth: usize,
    depth_first: bool,
    follow: bool,
    acts: bool,
    collected: usize,
}

struct Parser<'a> {
    words: std::iter::Peekable<std::slice::Iter<'a, String>>,
    plan: Plan,
    /// Debian's busybox is built without -delete and a few others.
    small: bool,
    nest: u32,
}

/// Whether this is the busybox of Debian's busybox-static, which leaves things out that Alpine's has.
pub fn is_small_busybox(machine: &Machine) -> bool {
    let root = filesystem::Cred::root();
    is_busybox(machine)
        && Node::at(machine.fs, "/bin/sh", false, &root)
            .is_ok_and(|node| matches!(node.kind, NodeKind::Symlink(target) if target == "busybox"))
}

fn compared(text: &str) -> Option<(std::cmp::Ordering, &str)> {
    Some(match text.chars().next()? {
        '+' => (std::cmp::Ordering::Greater, text.get(1..)?),
        '-' => (std::cmp::Ordering::Less, text.get(1..)?),
        _ => (std::cmp::Ordering::Equal, text),
    })
}

impl Parser<'_> {
    fn either(&mut self, machine: &Machine, process: &Process) -> Result<Test, String> {
        let mut parts = vec![self.all(machine, process)?];
        while self.words.next_if(|word| matches!(word.as_str(), "-o" | "-or")).is_some() {
            parts.push(self.all(machine, process)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Test::Or(parts) })
    }

    fn all(&mut self, machine: &Machine, process: &Process) -> Result<Test, String> {
        let mut parts = Vec::new();
        while let Some(word) = self.words.next_if(|word| !matches!(word.as_str(), "-o" | "-or" | ")")) {
            if matches!(word.as_str(), "-a" | "-and") {
                continue;
            }
            parts.push(self.one(word, machine, process)?);
        }
        Ok(Test::And(parts))
    }

    fn value(&mut self, word: &str) -> Result<String, String> {
        self.words.next().cloned().ok_or_else(|| {
            if self.small { format!("{word} requires an argument") } else { format!("missing argument to '{word}'") }
        })
    }

    fn one(&mut self, word: &str, machine: &Machine, process: &Process) -> Result<Test, String> {
        let invalid = |value: &str| format!("invalid argument '{value}' to '{word}'");
        if self.small && matches!(word, "-delete" | "-printf" | "-ls" | "-iregex" | "-quit" | "-nouser" | "-nogroup") && word != "-quit" {
            return Err(format!("unrecognized: {word}"));
        }
        Ok(match word {
            "!" | "-not" => {
                self.nest += 1;
                if self.nest > NEST_LIMIT {
                    return Err("too many parentheses".to_string());
                }
                let next = self.words.next().ok_or_else(|| "expected an expression after '!'".to_string())?;
                let test = self.one(next, machine, process)?;
                self.nest -= 1;
                Test::Not(Box::new(test))
            }
            "(" => {
                self.nest += 1;
                if self.nest > NEST_LIMIT {
                    return Err("too many parentheses".to_string());
                }
                let inner = self.either(machine, process)?;
                self.nest -= 1;
                if self.words.next().is_none() {
                    return Err("unmatched '('".to_string());
                }
                inner
            }
            "-true" | "-follow" | "-xdev" | "-mount" | "-noleaf" | "-daystart" | "-warn" | "-nowarn" => Test::True,
            "-false" => Test::False,
            "-name" | "-iname" => Test::Name { pattern: self.value(word)?, ignore_case: word == "-iname" },
            "-path" | "-wholename" | "-ipath" => {
                Test::Path { pattern: self.value(word)?, ignore_case: word == "-ipath" }
            }
            "-regextype" => {
                self.value(word)?;
                Test::True
            }
            "-regex" | "-iregex" => {
                let pattern = self.value(word)?;
                let syntax = Syntax { extended: false, ignore_case: word == "-iregex" };
                let whole = format!("^\\({pattern}\\)$");
                Test::Regex(Box::new(Regex::new(whole.as_bytes(), syntax).map_err(str::to_string)?))
            }
            "-type" | "-xtype" => {
                let value = self.value(word)?;
                if value.is_empty() || !value.chars().all(|c| "fdlcbps,".contains(c)) {
                    return Err(invalid(&value));
                }
                Test::Type(value)
            }
            "-size" => {
                let value = self.value(word)?;
                let (order, rest) = compared(&value).ok_or_else(|| invalid(&value))?;
                let digits = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let unit = match rest.get(digits.len()..).unwrap_or_default() {
                    "" | "b" => 512,
                    other => number(&format!("1{other}")).ok_or_else(|| invalid(&value))?,
                };
                Test::Size { order, units: digits.parse().map_err(|_| invalid(&value))?, unit }
            }
            "-perm" => {
                let value = self.value(word)?;
                let how = value.chars().next().filter(|c| "-/+".contains(*c)).unwrap_or('=');
                let text = if how == '=' { value.as_str() } else { value.get(1..).unwrap_or_default() };
                Test::Perm { mode: super::mode::changed(text, 0, false, 0).ok_or_else(|| invalid(&value))?, how }
            }
            "-newer" | "-anewer" | "-cnewer" => {
                let value = self.value(word)?;
                let stat = machine.fs.stat(&process.path(&value), true, &process.cred);
                Test::Newer(stat.map_err(|errno| format!("{value}: {errno}"))?.attr.mtime)
            }
            "-mtime" | "-atime" | "-ctime" | "-mmin" | "-amin" | "-cmin" => {
                let value = self.value(word)?;
                let (order, digits) = compared(&value).ok_or_else(|| invalid(&value))?;
                let unit = if word.ends_with("min") { 60 } else { 86_400 };
                Test::Age { order, count: digits.parse().map_err(|_| invalid(&value))?, unit }
            }
            "-user" | "-uid" => {
                let value = self.value(word)?;
                Test::User(user_id(machine, &value).ok_or_else(|| format!("unknown user {value}"))?)
            }
            "-group" | "-gid" => {
                let value = self.value(word)?;
                Test::Group(group_id(machine, &value).ok_or_else(|| format!("unknown group {value}"))?)
            }
            "-links" => {
                let value = self.value(word)?;
                let (order, digits) = compared(&value).ok_or_else(|| invalid(&value))?;
                Test::Links(order, digits.parse().map_err(|_| invalid(&value))?)
            }
            "-inum" => {
                let value = self.value(word)?;
                Test::Inode(value.parse().map_err(|_| invalid(&value))?)
            }
            "-nouser" | "-nogroup" => Test::NoOwner,
            "-empty" => Test::Empty,
            "-prune" => Test::Prune,
            "-maxdepth" | "-mindepth" => {
                let value = self.value(word)?;
                let depth = value.parse().map_err(|_| invalid(&value))?;
                if word == "-maxdepth" {
                    self.plan.max_depth = Some(depth);
                } else {
                    self.plan.min_depth = depth;
                }
                Test::True
            }
            "-depth" | "-d" => {
                self.plan.depth_first = true;
                Test::True
            }
            "-print" | "-print0" | "-ls" | "-printf" | "-quit" | "-delete" | "-exec" | "-execdir" | "-ok" => {
                self.plan.acts |= word != "-quit" || !self.small;
                self.action(word)?
            }
            _ if self.small => return Err(format!("unrecognized: {word}")),
            _ if word.starts_with('-') => return Err(format!("unknown predicate '{word}'")),
            _ => return Err(format!("paths must precede expression: '{word}'")),
        })
    }

    fn action(&mut self, word: &str) -> Result<Test, String> {
        Ok(match word {
            "-print" => Test::Print,
            "-print0" => Test::Print0,
            "-ls" => Test::List,
            "-printf" => Test::Format(self.value(word)?),
            "-quit" => Test::Quit,
            "-delete" => {
                self.plan.depth_first = true;
                Test::Delete
            }
            _ => {
                let mut words = Vec::new();
                let together = loop {
                    match self.words.next().map(String::as_str) {
                        Some(";") => break false,
                        Some("+") if words.last().is_some_and(|word| word == "{}") => break true,
                        Some(word) => words.push(word.to_string()),
                        None if self.small => return Err(format!("{word} requires an argument")),
                        None => return Err(format!("missing argument to '{word}'")),
                    }
                };
                if words.is_empty() {
                    return Err(format!("{word} requires an argument"));
                }
                let together = together.then(|| {
                    words.pop();
                    self.plan.collected += 1;
                    self.plan.collected - 1
                });
                Test::Exec { words, together }
            }
        })
    }
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
    let follow = arguments.iter().take(leading).any(|word| word == "-L") || arguments.iter().any(|word| word == "-follow");
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
                    process.complain(machine, &format!("{name}: {errno}"));
                    state.status = 1;
                }
            }
        }
    }
}

fn holds(machine: &mut Machine, process: &Process, test: &Test, name: &str, root: &str, node: &Node, state: &mut State) -> bool {
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
        Test::Prune => {
            state.pruned = true;
            true
        }
        Test::Print => process.out(machine, &format!("{name}\n")),
        Test::Print0 => process.out(machine, &format!("{name}\0")),
        Test::List => {
            let line = format!("{:>9} {:>6} {} {:>3} {:>8} {:>8} {:>8} {name}\n", node.inode, node.blocks() / 2, node.mode_text(), node.links, node.attr.uid, node.attr.gid, node.size);
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
                let text = if is_busybox(machine) { format!("{name}: {errno}") } else { format!("cannot delete '{name}': {errno}") };
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

fn formatted(machine: &Machine, format: &str, name: &str, root: &str, node: &Node) -> String {
    let format = super::escapes::unescape(format);
    let mut text = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let directory = name.rsplit_once('/').map_or(".", |(directory, _)| directory);
        text.push_str(&match letters.next() {
            Some('p') => name.to_string(),
            Some('P') => name.strip_prefix(root).unwrap_or(name).trim_start_matches('/').to_string(),
            Some('f') => last_part(name).to_string(),
            Some('h') => directory.to_string(),
            Some('s') => node.size.to_string(),
            Some('m') => format!("{:o}", node.attr.mode),
            Some('M') => node.mode_text(),
            Some('u') => super::accounts::user_name(machine, node.attr.uid).unwrap_or_else(|| node.attr.uid.to_string()),
            Some('g') => super::accounts::group_name(machine, node.attr.gid).unwrap_or_else(|| node.attr.gid.to_string()),
            Some('U') => node.attr.uid.to_string(),
            Some('G') => node.attr.gid.to_string(),
            Some('y') => if node.letter() == '-' { 'f' } else { node.letter() }.to_string(),
            Some('n') => node.links.to_string(),
            Some('i') => node.inode.to_string(),
            Some('l') => match &node.kind {
                NodeKind::Symlink(target) => target.clone(),
                _ => String::new(),
            },
            Some('T') => {
                letters.next();
                node.attr.mtime.to_string()
            }
            Some(other) => other.to_string(),
            None => "%".to_string(),
        });
    }
    text
}
