//! What a script consists of.

use std::collections::BTreeMap;

use super::super::regex::Regex;

#[derive(Clone, Debug)]
pub enum Address {
    Line(u64),
    Last,
    /// `first~step`
    Every(u64, u64),
    /// `None`: the last regular expression that was used.
    Match(Option<Regex>),
    /// `addr,+n`
    More(u64),
    /// `addr,~n`
    Multiple(u64),
}

#[derive(Clone, Debug)]
pub enum Piece {
    Text(Vec<u8>),
    Group(usize),
    /// `\U`, `\L`, `\u`, `\l`, `\E`
    Case(u8),
}

#[derive(Clone, Debug)]
pub enum Action {
    Substitute {
        regex: Option<Regex>,
        replacement: Vec<Piece>,
        global: bool,
        nth: usize,
        print: bool,
        /// What comes out is run as a command.
        execute: bool,
        file: Option<String>,
    },
    Translate(Vec<(u8, u8)>),
    Append(Vec<u8>),
    Insert(Vec<u8>),
    Change(Vec<u8>),
    Read(String),
    Write(String),
    /// `R`: one line of the file each time.
    ReadLine(String),
    /// `W`: the first line of the pattern space.
    WriteFirst(String),
    /// `e`: the command, or the pattern space.
    Execute(String),
    /// `l` with its width.
    List(Option<usize>),
    Jump(Option<String>),
    JumpIf(Option<String>),
    JumpUnless(Option<String>),
    Quit(i32, bool),
    /// Everything that is one letter without arguments.
    Simple(u8),
    /// A block: the place behind its end.
    Block(usize),
}

#[derive(Clone, Debug)]
pub struct Command {
    pub from: Option<Address>,
    pub to: Option<Address>,
    pub negated: bool,
    pub action: Action,
}

#[derive(Clone, Debug, Default)]
pub struct Script {
    pub commands: Vec<Command>,
    pub labels: BTreeMap<String, usize>,
    pub quiet: bool,
}

impl Script {
    /// The files that its commands and replacements write to.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.commands.iter().filter_map(|command| match &command.action {
            Action::Write(file) | Action::WriteFirst(file) | Action::Substitute { file: Some(file), .. } => {
                Some(file.as_str())
            }
            _ => None,
        })
    }
}

pub fn pieces(replacement: &[u8], cases: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = Vec::new();
    let mut bytes = replacement.iter().copied();
    while let Some(byte) = bytes.next() {
        let special = match byte {
            b'&' => Some(Piece::Group(0)),
            b'\\' => match bytes.next() {
                Some(digit @ b'0'..=b'9') => Some(Piece::Group(usize::from(digit - b'0'))),
                Some(letter @ (b'U' | b'L' | b'u' | b'l' | b'E')) if cases => Some(Piece::Case(letter)),
                Some(b'n') => {
                    text.push(b'\n');
                    None
                }
                Some(b't') => {
                    text.push(b'\t');
                    None
                }
                Some(b'r') => {
                    text.push(b'\r');
                    None
                }
                Some(letter @ (b'a' | b'f' | b'v')) if cases => {
                    text.push(match letter {
                        b'a' => 0x07,
                        b'f' => 0x0c,
                        _ => 0x0b,
                    });
                    None
                }
                Some(letter @ (b'd' | b'o' | b'x')) if cases => {
                    text.push(super::arguments::numbered(letter, &mut bytes).unwrap_or(letter));
                    None
                }
                other => {
                    text.extend(other);
                    None
                }
            },
            _ => {
                text.push(byte);
                None
            }
        };
        if let Some(special) = special {
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(special);
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}
