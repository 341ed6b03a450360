//! Modes as chmod(1) and `--chmod` take them.

use std::fmt;

/// What to do with the mode of a file: `644`, `u+x,go=r`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModeChange {
    /// The mode in octal.
    Octal(u32),
    /// Clauses, in order.
    Symbolic(Vec<ModeClause>),
}

/// One of `u+rw`, `g=u`, `+X`: one operator with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeClause {
    /// The bits of `0o777` that it is about; None if nobody is named, so that a umask applies.
    who: Option<u32>,
    operator: char,
    /// The permissions for each, `0o7` at most.
    permissions: u32,
    /// `X`
    execute_if_any: bool,
    /// `s`, `t`
    set_id: bool,
    sticky: bool,
    /// The shift of the permissions that are copied: `g=u`.
    copied_from: Option<u32>,
}

/// A text that is no mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadMode {
    /// A number that is not octal or above 7777.
    Octal,
    /// Letters that make no sense.
    Syntax,
}

impl fmt::Display for BadMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadMode::Octal => "it should be octal string and between 0 and 07777",
            BadMode::Syntax => "invalid syntax",
        })
    }
}

impl std::error::Error for BadMode {}

const MODE_MAX: u32 = 0o7777;

/// Reads a mode: octal digits or comma-separated clauses of chmod(1).
pub fn parse_mode(text: &str) -> Result<ModeChange, BadMode> {
    if text.starts_with(|ch: char| ch.is_ascii_digit()) {
        return match u32::from_str_radix(text, 8) {
            Ok(mode) if mode <= MODE_MAX => Ok(ModeChange::Octal(mode)),
            _ => Err(BadMode::Octal),
        };
    }
    let mut clauses = Vec::new();
    for part in text.split(',') {
        parse_clauses(part, &mut clauses)?;
    }
    Ok(ModeChange::Symbolic(clauses))
}

fn parse_clauses(part: &str, clauses: &mut Vec<ModeClause>) -> Result<(), BadMode> {
    let start = part.find(['+', '-', '=']).ok_or(BadMode::Syntax)?;
    let (letters, mut rest) = part.split_at(start);
    let mut who = None;
    for letter in letters.chars() {
        let bits = match letter {
            'u' => 0o700,
            'g' => 0o070,
            'o' => 0o007,
            'a' => 0o777,
            _ => return Err(BadMode::Syntax),
        };
        who = Some(who.unwrap_or(0) | bits);
    }
    while let Some(operator) = rest.chars().next() {
        let after = rest.get(1..).unwrap_or_default();
        let end = after.find(['+', '-', '=']).unwrap_or(after.len());
        let (permissions, next) = after.split_at(end);
        clauses.push(parse_permissions(who, operator, permissions)?);
        rest = next;
    }
    Ok(())
}

fn parse_permissions(who: Option<u32>, operator: char, text: &str) -> Result<ModeClause, BadMode> {
    let mut clause = ModeClause {
        who,
        operator,
        permissions: 0,
        execute_if_any: false,
        set_id: false,
        sticky: false,
        copied_from: None,
    };
    for letter in text.chars() {
        match letter {
            'r' => clause.permissions |= 4,
            'w' => clause.permissions |= 2,
            'x' => clause.permissions |= 1,
            'X' => clause.execute_if_any = true,
            's' => clause.set_id = true,
            't' => clause.sticky = true,
            'u' if text.len() == 1 => clause.copied_from = Some(6),
            'g' if text.len() == 1 => clause.copied_from = Some(3),
            'o' if text.len() == 1 => clause.copied_from = Some(0),
            _ => return Err(BadMode::Syntax),
        }
    }
    Ok(clause)
}

impl ModeChange {
    /// The mode that a file of that mode gets. The umask matters only to clauses that name nobody (`+w`); COPY has none.
    pub fn apply(&self, mode: u32, is_dir: bool, umask: u32) -> u32 {
        match self {
            ModeChange::Octal(mode) => *mode,
            ModeChange::Symbolic(clauses) => {
                // X asks for the mode before any clause
                let execute = is_dir || mode & 0o111 != 0;
                clauses.iter().fold(mode, |mode, clause| clause.apply(mode, execute, is_dir, umask))
            }
        }
    }
}

impl ModeClause {
    fn apply(&self, mode: u32, execute: bool, is_dir: bool, umask: u32) -> u32 {
        let whom = self.who.unwrap_or(0o777);
        let mut each = self.permissions;
        if let Some(shift) = self.copied_from {
            each |= (mode >> shift) & 7;
        }
        if self.execute_if_any && execute {
            each |= 1;
        }
        let mut bits = (each * 0o111) & whom;
        if self.who.is_none() {
            bits &= !umask;
        }
        let mut special = 0;
        if self.set_id {
            special |= if whom & 0o700 != 0 { 0o4000 } else { 0 };
            special |= if whom & 0o070 != 0 { 0o2000 } else { 0 };
        }
        if self.sticky && (self.who.is_none() || whom & 0o007 != 0) {
            special |= 0o1000;
        }
        match self.operator {
            '+' => mode | bits | special,
            '-' => mode & !(bits | special),
            _ => {
                let mut cleared = whom;
                // Directories keep their set-id bits unless told otherwise (coreutils, busybox).
                if !is_dir {
                    cleared |= if whom & 0o700 != 0 { 0o4000 } else { 0 };
                    cleared |= if whom & 0o070 != 0 { 0o2000 } else { 0 };
                }
                cleared |= if whom & 0o007 != 0 { 0o1000 } else { 0 };
                (mode & !cleared) | bits | special
            }
        }
    }
}
