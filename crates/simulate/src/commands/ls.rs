//! ls.

use filesystem::{Errno, Special};

use crate::process::{Machine, Process};

use super::accounts::{group_name, user_name};
use super::calendar::format_in;
use super::input::{is_busybox, join};
use super::ls_columns::{Cell, WIDTH, even, fitted, listed};
use super::ls_look::Look;
use super::node::{Node, NodeKind};
use super::options::{Options, parse};
use super::quoting::quoted;
use super::sort::version_order;
use super::zone::Zone;

/// How deep `ls -R` goes.
const DEPTH_LIMIT: usize = 100;

pub fn ls(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("all", 'a'),
        ("almost-all", 'A'),
        ("directory", 'd'),
        ("recursive", 'R'),
        ("human-readable", 'h'),
        ("inode", 'i'),
        ("size", 's'),
        ("reverse", 'r'),
        ("full-time", 'J'),
        ("group-directories-first", 'D'),
        ("color=", 'K'),
        ("numeric-uid-gid", 'n'),
        ("classify", 'F'),
        ("no-group", 'G'),
        ("author", '3'),
        ("block-size=", '4'),
        ("dereference", 'L'),
        ("dereference-command-line", 'H'),
        ("escape", 'b'),
        ("file-type", '5'),
        ("format=", '6'),
        ("hide=", '7'),
        ("hide-control-chars", 'q'),
        ("ignore=", 'I'),
        ("ignore-backups", 'B'),
        ("indicator-style=", '8'),
        ("kibibytes", 'k'),
        ("literal", 'N'),
        ("quote-name", 'Q'),
        ("quoting-style=", '9'),
        ("show-control-chars", 'N'),
        ("si", '2'),
        ("sort=", 'O'),
        ("time=", 'W'),
        ("time-style=", 'E'),
        ("width=", 'w'),
        ("zero", '0'),
    ];
    let letters = if is_busybox(machine) {
        "1aAdRhilnrSstUuFpLHxCmogGkqcvXTBbNQJDK::w:"
    } else {
        "1aAdRhilnrSstUuFpLHxCmogGkqcvXT:BbNQJDK::w:I:fZ"
    };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (options, look) = match Look::of(machine, process, options) {
        Ok(found) => found,
        Err(status) => return status,
    };
    let operands = if options.operands.is_empty() { vec![".".to_string()] } else { options.operands.clone() };
    let mut status = 0;
    let (mut files, mut directories) = (Vec::new(), Vec::new());
    let follow = options.any("LH") || !options.any("lndog") && !options.has('F');
    for operand in &operands {
        let path = process.path(operand);
        let node = Node::at(machine.fs, &path, follow, &process.cred).or_else(|errno| {
            // A broken link is shown as itself.
            let shown = Node::at(machine.fs, &path, false, &process.cred).ok().filter(|_| !options.has('L'));
            shown.ok_or(errno)
        });
        match node {
            Ok(node) if node.is_dir() && !options.has('d') => directories.push((operand.clone(), node)),
            Ok(_) if options.has('d') => match Node::at(machine.fs, &path, options.has('L'), &process.cred) {
                Ok(node) => files.push((operand.clone(), node)),
                Err(_) => status = 1,
            },
            Ok(node) => files.push((operand.clone(), node)),
            Err(errno) => {
                status = complain(machine, process, operand, errno);
            }
        }
    }
    sort(&mut files, &options);
    sort(&mut directories, &options);
    list(machine, process, &options, &look, &files, None);
    let named = operands.len() > 1 || options.has('R');
    let mut first = files.is_empty();
    let mut waiting: Vec<(String, usize)> = directories.into_iter().rev().map(|(name, _)| (name, 0)).collect();
    while let Some((name, depth)) = waiting.pop() {
        let path = process.path(&name);
        let names = match machine.fs.read_dir(&path, &process.cred) {
            Ok(names) => names,
            Err(errno) => {
                let text = match is_busybox(machine) {
                    true => format!("can't open '{name}': {errno}"),
                    false => format!("cannot open directory '{name}': {errno}"),
                };
                process.complain(machine, &text);
                status = if is_busybox(machine) { 1 } else { 2 };
                continue;
            }
        };
        let mut entries = Vec::new();
        let mut wanted: Vec<String> = Vec::new();
        if options.has('a') && options.last_of("aA") == Some('a') {
            wanted.extend([".".to_string(), "..".to_string()]);
        }
        wanted.extend(names.into_iter().filter(|name| options.any("aA") || !name.starts_with('.')));
        wanted.retain(|name| look.shows(&options, name));
        for entry in wanted {
            let node = Node::at(machine.fs, &join(&path, &entry), options.has('L'), &process.cred);
            if let Ok(node) = node {
                entries.push((entry, node));
            } else if let Ok(node) = Node::at(machine.fs, &path, true, &process.cred) {
                // Without search permission names can be read, but nothing else.
                entries.push((entry, Node { size: 0, ..node }));
            }
        }
        sort(&mut entries, &options);
        if named {
            let before = if first { "" } else { "\n" };
            process.out(machine, &format!("{before}{name}:\n"));
        }
        first = false;
        let total: u64 = entries.iter().map(|(_, node)| node.blocks() / 2).sum();
        list(machine, process, &options, &look, &entries, Some((total, path.as_str())));
        if options.has('R') {
            let inner = entries
                .iter()
                .rev()
                .filter(|(entry, node)| node.is_dir() && entry != "." && entry != "..")
                .map(|(entry, _)| (join(&name, entry), depth + 1));
            waiting.extend(inner.filter(|(_, depth)| *depth < DEPTH_LIMIT));
        }
    }
    status
}

fn complain(machine: &mut Machine, process: &Process, operand: &str, errno: Errno) -> i32 {
    if is_busybox(machine) {
        process.complain(machine, &format!("{operand}: {errno}"));
        1
    } else {
        let name = quoted(machine, operand);
        process.complain(machine, &format!("cannot access {name}: {errno}"));
        2
    }
}

fn sort(entries: &mut [(String, Node)], options: &Options) {
    if options.has('U') {
        return;
    }
    entries.sort_by(|(one_name, one), (two_name, two)| {
        let by = match options.last_of("StXv") {
            Some('v') if options.has('O') => one_name.len().cmp(&two_name.len()),
            Some('S') => two.size.cmp(&one.size),
            Some('t') => two.attr.mtime.cmp(&one.attr.mtime),
            Some('v') => version_order(one_name.as_bytes(), two_name.as_bytes()),
            Some('X') => extension(one_name).cmp(extension(two_name)),
            _ => std::cmp::Ordering::Equal,
        };
        let groups = if options.has('D') { two.is_dir().cmp(&one.is_dir()) } else { std::cmp::Ordering::Equal };
        groups.then(by).then_with(|| one_name.cmp(two_name))
    });
    if options.has('r') {
        entries.reverse();
    }
}

fn extension(name: &str) -> &str {
    name.rfind('.').and_then(|at| name.get(at..)).unwrap_or_default()
}

fn list(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    look: &Look,
    entries: &[(String, Node)],
    inside: Option<(u64, &str)>,
) {
    let long = options.any("lnogJ");
    let total = inside.map(|(total, _)| total);
    let folder = inside.map_or_else(|| process.cwd.clone(), |(_, folder)| folder.to_string());
    let busybox = is_busybox(machine);
    let layout = options.last_of("1Cxm").unwrap_or('1');
    let blocks = |node: &Node| match look.blocks {
        Some(unit) => unit.shown(node.blocks() * 512),
        None => (node.blocks() / 2).to_string(),
    };
    let size_width = entries.iter().map(|(_, node)| blocks(node).len()).max().unwrap_or(1);
    let mut cells: Vec<Cell> = Vec::new();
    let mut text = String::new();
    if let Some(total) = total.filter(|_| long || options.has('s')) {
        let total = match look.blocks {
            Some(unit) => unit.shown(total * 1024),
            None if options.has('h') => human(total * 1024),
            None => total.to_string(),
        };
        text.push_str(&format!("total {total}{}", look.end));
    }
    let zone = Zone::of(process);
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|(name, node)| columns(machine, options, look, (&join(&folder, name), node), &zone))
        .collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    let width_of = |column: usize| widths.get(column).copied().unwrap_or(0);
    for ((name, node), row) in entries.iter().zip(&rows) {
        let start = text.len();
        if options.has('i') {
            text.push_str(&format!("{:>7} ", node.inode));
        }
        if options.has('s') {
            let width = if busybox { 6 } else { size_width };
            text.push_str(&format!("{:>width$} ", blocks(node)));
        }
        if long {
            let [mode, links, user, group, size, time] = row.as_slice() else { continue };
            if busybox {
                text.push_str(&format!("{mode} {links:>4} "));
                if !options.has('g') {
                    text.push_str(&format!("{user:<8} "));
                }
                if !options.any("oG") {
                    text.push_str(&format!("{group:<8} "));
                }
                let width = if options.has('h') { 7 } else { 9 };
                text.push_str(&format!("{size:>width$} {time} "));
            } else {
                text.push_str(&format!("{mode} {links:>0$} ", width_of(1)));
                if !options.has('g') {
                    text.push_str(&format!("{user:<0$} ", width_of(2)));
                }
                if !options.any("oG") {
                    text.push_str(&format!("{group:<0$} ", width_of(3)));
                }
                if look.author {
                    text.push_str(&format!("{user:<0$} ", width_of(2)));
                }
                text.push_str(&format!("{size:>0$} {time} ", width_of(4)));
            }
        }
        text.push_str(&look.style.quote(name));
        // busybox counts less for what stands before a name than it takes.
        let length = name.chars().count() + 5 * usize::from(options.has('s')) + 8 * usize::from(options.has('i'));
        if long && let NodeKind::Symlink(target) = &node.kind {
            text.push_str(&format!(" -> {}", look.style.quote(target)));
        } else if options.any("Fp5") && node.is_dir() {
            text.push('/');
        } else if options.any("F5") {
            match &node.kind {
                NodeKind::Symlink(_) => text.push('@'),
                NodeKind::Special(Special::Fifo) => text.push('|'),
                NodeKind::File(_) if node.attr.mode & 0o111 != 0 && options.has('F') => text.push('*'),
                _ => {}
            }
        }
        if !long && layout != '1' {
            cells.push(Cell { text: text.split_off(start), length });
        } else {
            text.push(look.end);
        }
    }
    if !cells.is_empty() {
        let width = match options.value('w').and_then(|width| width.parse().ok()) {
            Some(0) => usize::MAX,
            Some(width) => width,
            None => WIDTH,
        };
        text.push_str(&match layout {
            'm' => listed(&cells, width),
            layout if busybox => even(&cells, layout == 'x', width),
            layout => fitted(&cells, layout == 'x', width),
        });
    }
    process.out(machine, &text);
}

fn columns(machine: &Machine, options: &Options, look: &Look, (path, node): (&str, &Node), zone: &Zone) -> Vec<String> {
    let busybox = is_busybox(machine);
    if !options.any("lnogJ") {
        return Vec::new();
    }
    let (uid, gid) = (node.attr.uid, node.attr.gid);
    let numeric = options.has('n');
    let user = if numeric { None } else { user_name(machine, uid) };
    let group = if numeric { None } else { group_name(machine, gid) };
    let time = if let Some(format) = &look.time {
        let recent = (0..=15_778_476).contains(&(machine.fs.now() - node.attr.mtime));
        let (old, new) = format.split_once('\n').unwrap_or((format, format));
        format_in(zone, if recent { new } else { old }, node.attr.mtime)
    } else if options.has('J') {
        format_in(zone, "%F %T.000000000 %z", node.attr.mtime)
    } else if (machine.fs.now() - node.attr.mtime).abs() > 15_778_476 {
        format_in(zone, "%b %e  %Y", node.attr.mtime)
    } else {
        format_in(zone, "%b %e %H:%M", node.attr.mtime)
    };
    let size = if let NodeKind::Special(special @ (Special::Char(..) | Special::Block(..))) = node.kind {
        let (major, minor) = special.numbers();
        if busybox { format!("{major:4}, {minor:3}") } else { format!("{major}, {minor}") }
    } else if let Some(unit) = look.sizes {
        unit.shown(node.size)
    } else if options.has('h') {
        human(node.size)
    } else {
        node.size.to_string()
    };
    vec![
        node.mode_text(),
        node.names(machine.fs, path).to_string(),
        user.unwrap_or_else(|| uid.to_string()),
        group.unwrap_or_else(|| gid.to_string()),
        size,
        time,
    ]
}

/// A size as `-h` prints it: at most one decimal, rounded.
pub fn human(bytes: u64) -> String {
    let mut unit = 1u64;
    let mut name = "";
    for next in ["K", "M", "G", "T"] {
        if bytes < unit.saturating_mul(1024) {
            break;
        }
        unit = unit.saturating_mul(1024);
        name = next;
    }
    if unit == 1 {
        return bytes.to_string();
    }
    let tenths = (bytes.saturating_mul(10) + unit / 2) / unit;
    format!("{}.{}{name}", tenths / 10, tenths % 10)
}
