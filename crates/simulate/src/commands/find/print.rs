//! What -printf and -ls print.

use crate::process::Machine;

use super::super::accounts::{group_name, user_name};
use super::super::input::last_part;
use super::super::node::{Node, NodeKind};

pub fn formatted(machine: &Machine, format: &str, name: &str, root: &str, node: &Node) -> String {
    let format = super::super::escapes::unescape(format);
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
            Some('u') => user_name(machine, node.attr.uid).unwrap_or_else(|| node.attr.uid.to_string()),
            Some('g') => group_name(machine, node.attr.gid).unwrap_or_else(|| node.attr.gid.to_string()),
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
