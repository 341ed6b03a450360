//! What shells say when something goes wrong: busybox's ash 1.38, dash 0.5.12, bash 5.2.

use filesystem::Errno;
use shell::Dialect;

use super::wrong::Wrong;

/// What went wrong.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trouble<'a> {
    /// Something that has one wording.
    Said(&'a str),
    /// No such command.
    NotFound(&'a str),
    /// A command without a name.
    NoName,
    /// A file that may not be executed.
    NotExecutable(&'a str),
    /// A directory where a command is looked for.
    DirectoryAsCommand(&'a str),
    /// A file whose interpreter is missing.
    NoInterpreter(&'a str),
    /// `set -u` and a parameter without a value.
    Unset(&'a str),
    /// `${x?}`, `${x:?}` without words of their own.
    Missing { name: &'a str, or_empty: bool },
    /// An assignment to a constant.
    ReadOnly(&'a str),
    /// A name that is none.
    BadName(&'a str),
    /// `${…}` that the shell does not know.
    BadSubstitution(&'a str),
    /// A file that cannot be read.
    CannotOpen(&'a str, Errno),
    /// A file that cannot be written.
    CannotCreate(&'a str, Errno),
    /// `set -C` and a file that is there.
    Exists(&'a str),
    /// `>&` of a descriptor that is not open.
    BadDescriptor { from: u32, to: u32 },
    /// `>&` of what is no number.
    BadNumberOfDescriptor(&'a str),
    /// An arithmetic expression that is none.
    Arithmetic(&'a Wrong),
    /// A number that is none.
    IllegalNumber(&'a str),
    /// An option that is none, with its sign.
    IllegalOption(&'a str),
    /// A directory that cannot be entered.
    CannotEnter(&'a str, Errno),
    /// A mode that is none.
    IllegalMode(&'a str),
}

impl<'a> From<&'a str> for Trouble<'a> {
    fn from(text: &'a str) -> Trouble<'a> {
        Trouble::Said(text)
    }
}

impl<'a> From<&'a String> for Trouble<'a> {
    fn from(text: &'a String) -> Trouble<'a> {
        Trouble::Said(text)
    }
}

impl Trouble<'_> {
    /// The words of a shell.
    pub(super) fn text(self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Ash => self.of_ash(),
            Dialect::Dash => self.of_dash(),
            Dialect::Bash => self.of_bash(),
        }
    }

    fn of_ash(self) -> String {
        match self {
            Trouble::Said(text) => text.to_owned(),
            Trouble::NotFound(name) | Trouble::NoInterpreter(name) => format!("{name}: not found"),
            Trouble::NoName => ": Permission denied".to_owned(),
            Trouble::NotExecutable(name) | Trouble::DirectoryAsCommand(name) => format!("{name}: Permission denied"),
            Trouble::Unset(name) | Trouble::Missing { name, or_empty: false } => format!("{name}: parameter not set"),
            Trouble::Missing { name, .. } => format!("{name}: parameter not set or null"),
            Trouble::ReadOnly(name) => format!("{name}: is read only"),
            Trouble::BadName(name) => format!("{name}: bad variable name"),
            Trouble::BadSubstitution(_) => "syntax error: bad substitution".to_owned(),
            Trouble::CannotOpen(name, Errno::NoEnt) => format!("can't open {name}: no such file"),
            Trouble::CannotOpen(name, errno) => format!("can't open {name}: {errno}"),
            Trouble::CannotCreate(name, Errno::NoEnt | Errno::NotDir) => {
                format!("can't create {name}: nonexistent directory")
            }
            Trouble::CannotCreate(name, errno) => format!("can't create {name}: {errno}"),
            Trouble::Exists(name) => format!("can't create {name}: File exists"),
            Trouble::BadDescriptor { from, to } => format!("dup2({from},{to}): Bad file descriptor"),
            Trouble::BadNumberOfDescriptor(_) => "syntax error: bad fd number".to_owned(),
            Trouble::Arithmetic(wrong) => wrong.text(Dialect::Ash),
            Trouble::IllegalNumber(text) => format!("Illegal number: {text}"),
            Trouble::IllegalOption(option) => format!("illegal option {option}"),
            Trouble::CannotEnter(name, errno) => format!("can't cd to {name}: {errno}"),
            Trouble::IllegalMode(mode) => format!("illegal mode: {mode}"),
        }
    }

    fn of_dash(self) -> String {
        match self {
            Trouble::BadSubstitution(_) => "Bad substitution".to_owned(),
            Trouble::CannotOpen(name, Errno::NoEnt) => format!("cannot open {name}: No such file"),
            Trouble::CannotOpen(name, errno) => format!("cannot open {name}: {errno}"),
            Trouble::CannotCreate(name, Errno::NoEnt | Errno::NotDir) => {
                format!("cannot create {name}: Directory nonexistent")
            }
            Trouble::CannotCreate(name, errno) => format!("cannot create {name}: {errno}"),
            Trouble::Exists(name) => format!("cannot create {name}: File exists"),
            Trouble::BadDescriptor { from, .. } => format!("{from}: Bad file descriptor"),
            Trouble::BadNumberOfDescriptor(_) => "Syntax error: Bad fd number".to_owned(),
            Trouble::Arithmetic(wrong) => wrong.text(Dialect::Dash),
            Trouble::IllegalOption(option) => format!("Illegal option {option}"),
            Trouble::CannotEnter(name, _) => format!("can't cd to {name}"),
            Trouble::IllegalMode(mode) if mode.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("Illegal number: {mode}")
            }
            Trouble::IllegalMode(mode) => format!("Illegal mode: {mode}"),
            other => other.of_ash(),
        }
    }

    fn of_bash(self) -> String {
        match self {
            Trouble::NoName => ": command not found".to_owned(),
            Trouble::NotFound(name) if name.contains('/') => format!("{name}: No such file or directory"),
            Trouble::NotFound(name) => format!("{name}: command not found"),
            Trouble::DirectoryAsCommand(name) => format!("{name}: Is a directory"),
            Trouble::NoInterpreter(name) => format!("{name}: cannot execute: required file not found"),
            Trouble::Unset(name) if name.starts_with(|c: char| !c.is_alphabetic() && c != '_') => {
                format!("${name}: unbound variable")
            }
            Trouble::Unset(name) => format!("{name}: unbound variable"),
            Trouble::Missing { name, or_empty: true } => format!("{name}: parameter null or not set"),
            Trouble::ReadOnly(name) => format!("{name}: readonly variable"),
            Trouble::BadName(name) => format!("`{name}': not a valid identifier"),
            Trouble::BadSubstitution(text) => format!("{text}: bad substitution"),
            Trouble::CannotOpen(name, errno)
            | Trouble::CannotCreate(name, errno)
            | Trouble::CannotEnter(name, errno) => format!("{name}: {errno}"),
            Trouble::Exists(name) => format!("{name}: cannot overwrite existing file"),
            Trouble::BadDescriptor { from, .. } => format!("{from}: Bad file descriptor"),
            Trouble::BadNumberOfDescriptor(text) => format!("{text}: ambiguous redirect"),
            Trouble::Arithmetic(wrong) => wrong.text(Dialect::Bash),
            Trouble::IllegalNumber(text) => format!("{text}: numeric argument required"),
            Trouble::IllegalOption(option) => format!("{option}: invalid option"),
            Trouble::IllegalMode(mode) if mode.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("{mode}: octal number out of range")
            }
            Trouble::IllegalMode(mode) => {
                // The first letter that is nobody's.
                let wrong = mode.trim_start_matches(['u', 'g', 'o', 'a']).chars().next().unwrap_or_default();
                format!("`{wrong}': invalid symbolic mode operator")
            }
            other => other.of_ash(),
        }
    }
}
