//! The expression of a find command.

use crate::process::{Machine, Process};

use super::super::accounts::{group_id, user_id};
use super::super::input::number;
use super::super::regex::{Regex, Syntax};

/// How deep parentheses may be.
pub const NEST_LIMIT: u32 = 50;

pub enum Test {
    And(Vec<Test>),
    Or(Vec<Test>),
    Not(Box<Test>),
    True,
    False,
    Name {
        pattern: String,
        ignore_case: bool,
    },
    Path {
        pattern: String,
        ignore_case: bool,
    },
    Regex(Box<Regex>),
    Type(String),
    Size {
        order: std::cmp::Ordering,
        units: u64,
        unit: u64,
    },
    Perm {
        mode: u32,
        how: char,
    },
    Newer(i64),
    Age {
        order: std::cmp::Ordering,
        count: i64,
        unit: i64,
    },
    User(u32),
    Group(u32),
    Links(std::cmp::Ordering, u64),
    Inode(u64),
    NoOwner,
    Empty,
    /// Whether whoever runs find may read, write or execute it.
    Access(char),
    Prune,
    Print,
    Print0,
    Format(String),
    List,
    Delete,
    Quit,
    Exec {
        words: Vec<String>,
        together: Option<usize>,
    },
}

#[derive(Default)]
pub struct Plan {
    pub max_depth: Option<usize>,
    pub min_depth: usize,
    pub depth_first: bool,
    pub follow: bool,
    pub acts: bool,
    pub collected: usize,
}

pub struct Parser<'a> {
    pub words: std::iter::Peekable<std::slice::Iter<'a, String>>,
    pub plan: Plan,
    /// Debian's busybox is built without -delete and a few others.
    pub small: bool,
    pub nest: u32,
}

fn compared(text: &str) -> Option<(std::cmp::Ordering, &str)> {
    Some(match text.chars().next()? {
        '+' => (std::cmp::Ordering::Greater, text.get(1..)?),
        '-' => (std::cmp::Ordering::Less, text.get(1..)?),
        _ => (std::cmp::Ordering::Equal, text),
    })
}

impl Parser<'_> {
    pub fn either(&mut self, machine: &Machine, process: &Process) -> Result<Test, String> {
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
            if self.small { format!("{word} requires an argument") } else { format!("missing argument to `{word}'") }
        })
    }

    fn one(&mut self, word: &str, machine: &Machine, process: &Process) -> Result<Test, String> {
        let invalid = |value: &str| format!("invalid argument '{value}' to '{word}'");
        if self.small
            && matches!(word, "-delete" | "-printf" | "-ls" | "-iregex" | "-quit" | "-nouser" | "-nogroup")
            && word != "-quit"
        {
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
                let syntax = Syntax { ignore_case: word == "-iregex", ..Syntax::default() };
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
                Test::Perm { mode: super::super::mode::changed(text, 0, false, 0).ok_or_else(|| invalid(&value))?, how }
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
            "-readable" if !self.small => Test::Access('r'),
            "-writable" if !self.small => Test::Access('w'),
            "-executable" => Test::Access('x'),
            "-newermt" if !self.small => {
                let value = self.value(word)?;
                let is_date = value.contains('-') && !value.contains([':', ' ', 'T', '@']);
                let moment = if is_date { format!("{value} 00:00") } else { value.clone() };
                let wrong = || format!("I cannot figure out how to interpret '{value}' as a date or time");
                Test::Newer(super::super::calendar::read_date(&moment, false, machine.fs.now()).ok_or_else(wrong)?)
            }
            "-samefile" => {
                let value = self.value(word)?;
                let stat = machine.fs.stat(&process.path(&value), false, &process.cred);
                Test::Inode(stat.map(|stat| u64::from(stat.inode)).map_err(|errno| format!("'{value}': {errno}"))?)
            }
            "-ignore_readdir_race" | "-noignore_readdir_race" if !self.small => Test::True,
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
            _ if word.starts_with('-') => return Err(format!("unknown predicate `{word}'")),
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
                        None => return Err(format!("missing argument to `{word}'")),
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
                // Who is asked is not there: standard input of a step is empty.
                if word == "-ok" { Test::Not(Box::new(Test::True)) } else { Test::Exec { words, together } }
            }
        })
    }
}
