//! What -printf and -ls print.

use crate::process::Machine;

use super::super::accounts::{group_name, user_name};
use super::super::calendar::format_time;
use super::super::input::last_part;
use super::super::node::{Node, NodeKind};

/// The widest column that a format may ask for.
const WIDEST: usize = 1000;

pub fn formatted(machine: &Machine, format: &str, name: &str, root: &str, node: &Node) -> String {
    let format = super::super::escapes::unescape(format);
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
        let part = if letter == 'T' {
            time(letters.next().unwrap_or('@'), node.attr.mtime)
        } else {
            directive(machine, letter, flags.contains('#'), name, root, node)
        };
        let width = width.parse::<usize>().unwrap_or(0).min(WIDEST);
        if flags.contains('-') {
            text.push_str(&format!("{part:<width$}"));
        } else {
            text.push_str(&format!("{part:>width$}"));
        }
    }
    text
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
        'n' => node.links.to_string(),
        'i' => node.inode.to_string(),
        'l' => match &node.kind {
            NodeKind::Symlink(target) => target.clone(),
            _ => String::new(),
        },
        't' => format_time("%a %b %e %H:%M:%S.0000000000 %Y", node.attr.mtime),
        other => other.to_string(),
    }
}
