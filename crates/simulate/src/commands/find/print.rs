//! What -printf and -ls print.

use crate::process::{Machine, Process};

use super::super::accounts::{group_name, user_name};
use super::super::calendar::format_time;
use super::super::input::{is_busybox, last_part};
use super::super::node::{Node, NodeKind};

/// The widest column that a format may ask for.
const WIDEST: usize = 1000;

/// The letters that a format knows.
const DIRECTIVES: &str = "%abcdfghiklmnpstuyACDFGHMPSTUYZB";

/// The directives and the escapes of a format that nobody knows, in order; whether it is an escape.
pub fn unknown_parts(format: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some(next) if !"abfnrtvc\\01234567".contains(next) => found.push((format!("\\{next}"), true)),
                _ => {}
            },
            '%' => {
                let rest = letters.as_str().trim_start_matches(|c: char| "-#0+ .".contains(c) || c.is_ascii_digit());
                letters = rest.chars();
                match letters.next() {
                    Some(next) if !DIRECTIVES.contains(next) => found.push((format!("%{next}"), false)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    found
}

/// The line of `-ls`.
pub fn listing(machine: &Machine, name: &str, path: &str, node: &Node) -> String {
    if is_busybox(machine) {
        return format!(
            "{:>9} {:>6} {} {:>3} {:>8} {:>8} {:>8} {name}\n",
            node.inode,
            node.blocks() / 2,
            node.mode_text(),
            node.links,
            node.attr.uid,
            node.attr.gid,
            node.size
        );
    }
    let user = user_name(machine, node.attr.uid).unwrap_or_else(|| node.attr.uid.to_string());
    let group = group_name(machine, node.attr.gid).unwrap_or_else(|| node.attr.gid.to_string());
    let recent = (0..=15_778_476).contains(&(machine.fs.now() - node.attr.mtime));
    let time = format_time(if recent { "%b %e %H:%M" } else { "%b %e  %Y" }, node.attr.mtime);
    let target = match &node.kind {
        NodeKind::Symlink(target) => format!(" -> {target}"),
        _ => String::new(),
    };
    format!(
        "{:>9} {:>6} {} {:>3} {user:<8} {group:<8} {:>8} {time} {name}{target}\n",
        node.inode,
        node.blocks() / 2,
        node.mode_text(),
        node.names(machine.fs, path),
        node.size
    )
}

pub fn formatted(machine: &Machine, process: &Process, format: &str, name: &str, root: &str, node: &Node) -> String {
    let (format, ended) = super::super::escapes::unescape_bytes(format, false);
    let format = String::from_utf8_lossy(&format).into_owned();
    let format = if ended { format.trim_end_matches("\\c").to_string() } else { format };
    let mut text = String::new();
    let mut letters = format.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let (mut flags, mut width) = (String::new(), String::new());
        while let Some(flag) = letters.next_if(|letter| "-#0+ ".contains(*letter)) {
            flags.push(flag);
        }
        while let Some(digit) = letters.next_if(char::is_ascii_digit) {
            width.push(digit);
        }
        let Some(letter) = letters.next() else {
            text.push('%');
            break;
        };
        let part = match letter {
            'T' | 'A' | 'C' => time(letters.next().unwrap_or('@'), node.attr.mtime),
            'Y' => target_letter(machine, process, name, node).to_string(),
            'n' => node.names(machine.fs, &process.path(name)).to_string(),
            letter => directive(machine, letter, flags.contains('#'), name, root, node),
        };
        let width = width.parse::<usize>().unwrap_or(0).min(WIDEST);
        if flags.contains('-') {
            text.push_str(&format!("{part:<width$}"));
        } else if flags.contains('0') {
            text.push_str(&format!("{part:0>width$}"));
        } else {
            text.push_str(&format!("{part:>width$}"));
        }
    }
    text
}

/// The type of what a link leads to: N if that is nothing, L if it leads to itself.
fn target_letter(machine: &Machine, process: &Process, name: &str, node: &Node) -> char {
    let letter = match Node::at(machine.fs, &process.path(name), true, &process.cred) {
        Ok(target) => target.letter(),
        Err(filesystem::Errno::Loop) => 'L',
        Err(_) if node.is_symlink() => 'N',
        Err(_) => node.letter(),
    };
    if letter == '-' { 'f' } else { letter }
}

/// A time in the way that the letter behind `%T` names.
fn time(letter: char, mtime: i64) -> String {
    match letter {
        '@' => format!("{mtime}.0000000000"),
        '+' => format_time("%Y-%m-%d+%H:%M:%S.0000000000", mtime),
        'S' => format_time("%S.0000000000", mtime),
        'T' => format_time("%H:%M:%S.0000000000", mtime),
        letter => format_time(&format!("%{letter}"), mtime),
    }
}

fn directive(machine: &Machine, letter: char, sign: bool, name: &str, root: &str, node: &Node) -> String {
    let below = name.strip_prefix(root).unwrap_or(name).trim_start_matches('/');
    match letter {
        'p' => name.to_string(),
        'P' => below.to_string(),
        'H' => root.to_string(),
        'd' => below.split('/').filter(|part| !part.is_empty()).count().to_string(),
        'f' => last_part(name).to_string(),
        'h' => name.rsplit_once('/').map_or(".", |(directory, _)| directory).to_string(),
        's' => node.size.to_string(),
        'k' => node.blocks().div_ceil(2).to_string(),
        'b' => node.blocks().to_string(),
        'm' if sign => format!("0{:o}", node.attr.mode),
        'm' => format!("{:o}", node.attr.mode),
        'M' => node.mode_text(),
        'u' => user_name(machine, node.attr.uid).unwrap_or_else(|| node.attr.uid.to_string()),
        'g' => group_name(machine, node.attr.gid).unwrap_or_else(|| node.attr.gid.to_string()),
        'U' => node.attr.uid.to_string(),
        'G' => node.attr.gid.to_string(),
        'y' => if node.letter() == '-' { 'f' } else { node.letter() }.to_string(),
        'i' => node.inode.to_string(),
        'l' => match &node.kind {
            NodeKind::Symlink(target) => target.clone(),
            _ => String::new(),
        },
        'D' => "66".to_string(),
        'F' => "overlay".to_string(),
        '%' => "%".to_string(),
        't' | 'a' | 'c' => format_time("%a %b %e %H:%M:%S.0000000000 %Y", node.attr.mtime),
        other if is_busybox(machine) => other.to_string(),
        other => format!("%{other}"),
    }
}
