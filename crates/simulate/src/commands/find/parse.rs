//! The expression of a find command.

use crate::process::{Descriptor, Machine, Process};

use super::super::accounts::{group_id, user_id};
use super::super::input::number;
use super::super::regex::Regex;
use super::values::{compared, permissions, regex_type, whole_regex, wrong_type};

/// How deep parentheses may be.
pub const NEST_LIMIT: u32 = 50;

pub enum Test {
    And(Vec<Test>),
    Or(Vec<Test>),
    /// One after the other; the last says what comes of it.
    List(Vec<Test>),
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
    /// The letters of the types; whether what a link leads to counts.
    Type(String, bool),
    LinkTo {
        pattern: String,
        ignore_case: bool,
    },
    NoGroup,
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
    Listing,
    Delete,
    Quit,
    Exec {
        words: Vec<String>,
        together: Option<usize>,
        /// In the folder of what is found.
        inside: bool,
        asks: bool,
    },
    /// An action whose output goes to a file.
    To {
        output: Descriptor,
        test: Box<Test>,
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
    pub gnu: bool,
    pub nest: u32,
    pub regex_type: &'static str,
    /// The files that actions write to.
    pub outputs: Vec<(String, Descriptor)>,
    /// The last word that took a name, for GNU's advice to quote it.
    pub named: Option<String>,
}

impl Parser<'_> {
    /// The whole expression.
    pub fn whole(&mut self, machine: &mut Machine, process: &Process) -> Result<Test, String> {
        let test = self.list(machine, process)?;
        match self.words.next() {
            Some(word) if self.gnu && word == ")" => Err("you have too many ')'".to_string()),
            Some(word) => Err(format!("unrecognized: {word}")),
            None => Ok(test),
        }
    }

    fn list(&mut self, machine: &mut Machine, process: &Process) -> Result<Test, String> {
        let mut parts = vec![self.either(machine, process)?];
        while let Some(word) = self.words.next_if(|word| self.gnu && *word == ",") {
            self.needs_operand(word)?;
            parts.push(self.either(machine, process)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Test::List(parts) })
    }

    fn either(&mut self, machine: &mut Machine, process: &Process) -> Result<Test, String> {
        let mut parts = vec![self.all(machine, process)?];
        while let Some(word) = self.words.next_if(|word| matches!(word.as_str(), "-o" | "-or")) {
            self.needs_operand(word)?;
            parts.push(self.all(machine, process)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Test::Or(parts) })
    }

    fn all(&mut self, machine: &mut Machine, process: &Process) -> Result<Test, String> {
        let mut parts = Vec::new();
        let gnu = self.gnu;
        while let Some(word) =
            self.words.next_if(|word| !(matches!(word.as_str(), "-o" | "-or" | ")") || gnu && *word == ","))
        {
            if matches!(word.as_str(), "-a" | "-and") {
                if gnu && parts.is_empty() {
                    return Err(without_left(word));
                }
                self.needs_operand(word)?;
                continue;
            }
            parts.push(self.one(word, machine, process)?);
        }
        // What is next to an operator may not be missing.
        if let Some(word) = self.words.peek().filter(|word| gnu && parts.is_empty() && *word != &")") {
            return Err(without_left(word));
        }
        Ok(Test::And(parts))
    }

    /// GNU's find wants something behind an operator.
    fn needs_operand(&mut self, word: &str) -> Result<(), String> {
        if self.gnu && self.words.peek().is_none() {
            return Err(format!("expected an expression after '{word}'"));
        }
        Ok(())
    }

    pub fn value(&mut self, word: &str) -> Result<String, String> {
        self.words.next().cloned().ok_or_else(|| {
            if self.small { format!("{word} requires an argument") } else { format!("missing argument to `{word}'") }
        })
    }

    fn one(&mut self, word: &str, machine: &mut Machine, process: &Process) -> Result<Test, String> {
        let gnu = self.gnu;
        let invalid = |value: &str| {
            let (open, close) = if gnu { ('`', '\'') } else { ('\'', '\'') };
            format!("invalid argument {open}{value}{close} to {open}{word}{close}")
        };
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
                let next = self.words.next().ok_or_else(|| {
                    let shown = if gnu { word } else { "!" };
                    format!("expected an expression after '{shown}'")
                })?;
                let test = self.one(next, machine, process)?;
                self.nest -= 1;
                Test::Not(Box::new(test))
            }
            "(" => {
                self.nest += 1;
                if self.nest > NEST_LIMIT {
                    return Err("too many parentheses".to_string());
                }
                if gnu && self.words.peek().is_some_and(|word| *word == ")") {
                    return Err("invalid expression; empty parentheses are not allowed.".to_string());
                }
                let inner = self.list(machine, process)?;
                self.nest -= 1;
                if self.words.next().is_none() {
                    return Err(if gnu {
                        "invalid expression; I was expecting to find a ')' somewhere but did not see one.".to_string()
                    } else {
                        "unmatched '('".to_string()
                    });
                }
                inner
            }
            "-true" | "-follow" | "-xdev" | "-mount" | "-noleaf" | "-daystart" | "-warn" | "-nowarn" => Test::True,
            "-false" => Test::False,
            "-name" | "-iname" => {
                self.named = Some(word.to_string());
                Test::Name { pattern: self.value(word)?, ignore_case: word == "-iname" }
            }
            "-lname" | "-ilname" if !self.small => {
                Test::LinkTo { pattern: self.value(word)?, ignore_case: word == "-ilname" }
            }
            "-fstype" if gnu => {
                let system = self.value(word)?;
                if system == "overlay" { Test::True } else { Test::False }
            }
            "-context" if gnu => return Err("invalid predicate -context: SELinux is not enabled.".to_string()),
            "-path" | "-wholename" | "-ipath" => {
                Test::Path { pattern: self.value(word)?, ignore_case: word == "-ipath" }
            }
            "-regextype" => {
                let name = self.value(word)?;
                if gnu {
                    self.regex_type = regex_type(&name)?;
                }
                Test::True
            }
            "-regex" | "-iregex" => {
                let pattern = self.value(word)?;
                Test::Regex(Box::new(whole_regex(&pattern, self.regex_type, word == "-iregex")?))
            }
            "-type" | "-xtype" => {
                let value = self.value(word)?;
                if let Some(wrong) = wrong_type(word, &value).filter(|_| gnu) {
                    return Err(wrong);
                }
                if value.is_empty() || !value.chars().all(|c| "fdlcbpsD,".contains(c)) {
                    return Err(invalid(&value));
                }
                Test::Type(value, word == "-xtype" && gnu)
            }
            "-size" => {
                let value = self.value(word)?;
                let empty = || if gnu { "invalid null argument to -size".to_string() } else { invalid(&value) };
                let (order, rest) = compared(&value).ok_or_else(empty)?;
                if let Some(letter) = rest.chars().next_back().filter(|last| gnu && !"0123456789bcwkMG".contains(*last))
                {
                    return Err(format!("invalid -size type `{letter}'"));
                }
                let digits = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let unit = match rest.get(digits.len()..).unwrap_or_default() {
                    "" | "b" => 512,
                    other => number(&format!("1{other}")).ok_or_else(|| invalid(&value))?,
                };
                Test::Size { order, units: digits.parse().map_err(|_| invalid(&value))?, unit }
            }
            "-perm" => {
                let value = self.value(word)?;
                let wrong = || if gnu { format!("invalid mode '{value}'") } else { invalid(&value) };
                let (mode, how) = permissions(&value, gnu).ok_or_else(wrong)?;
                Test::Perm { mode, how }
            }
            "-newermt" if !self.small => {
                let value = self.value(word)?;
                let is_date = value.contains('-') && !value.contains([':', ' ', 'T', '@']);
                let moment = if is_date { format!("{value} 00:00") } else { value.clone() };
                let wrong = || format!("I cannot figure out how to interpret '{value}' as a date or time");
                let read = if gnu {
                    let zone = super::super::zone::Zone::of(process);
                    super::super::date_words::read(&value, machine.fs.now(), &zone).map(|(time, _)| time)
                } else {
                    super::super::calendar::read_date(&moment, false, machine.fs.now())
                };
                Test::Newer(read.ok_or_else(wrong)?)
            }
            _ if gnu && word.starts_with("-newer") && word.len() == 8 && !is_newer(word) => {
                return Err(format!("invalid predicate `{word}'"));
            }
            _ if matches!(word, "-newer" | "-anewer" | "-cnewer") || gnu && is_newer(word) => {
                let value = self.value(word)?;
                let stat = machine.fs.stat(&process.path(&value), true, &process.cred);
                let shown = if gnu { format!("'{value}'") } else { value };
                Test::Newer(stat.map_err(|errno| format!("{shown}: {errno}"))?.attr.mtime)
            }
            "-used" if gnu => {
                let value = self.value(word)?;
                let days = compared(&value).and_then(|(_, digits)| digits.parse::<u64>().ok());
                days.ok_or_else(|| format!("Invalid argument {value} to -used"))?;
                Test::False
            }
            "-mtime" | "-atime" | "-ctime" | "-mmin" | "-amin" | "-cmin" => {
                let value = self.value(word)?;
                let (order, digits) = compared(&value).ok_or_else(|| invalid(&value))?;
                let unit = if word.ends_with("min") { 60 } else { 86_400 };
                Test::Age { order, count: digits.parse().map_err(|_| invalid(&value))?, unit }
            }
            "-user" | "-uid" => {
                let value = self.value(word)?;
                let unknown = || match word {
                    "-uid" if gnu => invalid(&value),
                    _ if gnu => format!("'{value}' is not the name of a known user"),
                    _ => format!("unknown user {value}"),
                };
                Test::User(user_id(machine, &value).ok_or_else(unknown)?)
            }
            "-group" | "-gid" => {
                let value = self.value(word)?;
                let unknown = || match word {
                    "-gid" if gnu => invalid(&value),
                    _ if gnu => format!("'{value}' is not the name of an existing group"),
                    _ => format!("unknown group {value}"),
                };
                Test::Group(group_id(machine, &value).ok_or_else(unknown)?)
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
            "-nogroup" if gnu => Test::NoGroup,
            "-nouser" | "-nogroup" => Test::NoOwner,
            "-empty" => Test::Empty,
            "-readable" if !self.small => Test::Access('r'),
            "-writable" if !self.small => Test::Access('w'),
            "-executable" => Test::Access('x'),
            "-samefile" => {
                let value = self.value(word)?;
                let stat = machine.fs.stat(&process.path(&value), false, &process.cred);
                Test::Inode(stat.map(|stat| u64::from(stat.inode)).map_err(|errno| format!("'{value}': {errno}"))?)
            }
            "-ignore_readdir_race" | "-noignore_readdir_race" if !self.small => Test::True,
            "-prune" => Test::Prune,
            "-maxdepth" | "-mindepth" => {
                let value = self.value(word)?;
                let wrong = || {
                    let expected = "Expected a positive decimal integer argument to";
                    if gnu { format!("{expected} {word}, but got '{value}'") } else { invalid(&value) }
                };
                let depth = value.parse().map_err(|_| wrong())?;
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
            "-fprint" | "-fprint0" | "-fprintf" | "-fls" | "-okdir" if !gnu => {
                return Err(format!("{} `{word}'", if self.small { "unrecognized:" } else { "unknown predicate" }));
            }
            "-print" | "-print0" | "-ls" | "-printf" | "-quit" | "-delete" | "-exec" | "-execdir" | "-ok"
            | "-okdir" | "-fprint" | "-fprint0" | "-fprintf" | "-fls" => {
                self.plan.acts |= word != "-quit" || !self.small;
                self.action(word, machine, process)?
            }
            _ if self.small => return Err(format!("unrecognized: {word}")),
            _ if word.starts_with('-') => return Err(format!("unknown predicate `{word}'")),
            _ if gnu => {
                let there = machine.fs.stat(&process.path(word), false, &process.cred).is_ok();
                let advice = self.named.take().filter(|_| there);
                let advice = advice.map(|word| format!("\nfind: possible unquoted pattern after predicate `{word}'?"));
                return Err(format!("paths must precede expression: `{word}'{}", advice.unwrap_or_default()));
            }
            _ => return Err(format!("paths must precede expression: '{word}'")),
        })
    }
}

/// `-newerXY`: what of one file is newer than what of the other.
fn is_newer(word: &str) -> bool {
    let kinds = word.strip_prefix("-newer").unwrap_or_default();
    let mut letters = kinds.chars();
    let both = letters.next().zip(letters.next());
    kinds.len() == 2 && both.is_some_and(|(one, other)| "aBcm".contains(one) && "aBcm".contains(other))
}

fn without_left(word: &str) -> String {
    format!("invalid expression; you have used a binary operator '{word}' with nothing before it.")
}
