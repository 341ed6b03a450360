//! `--flag=value` between an instruction's name and its arguments.

use std::ops::Range;

use crate::Word;
use crate::joined::Joined;
use crate::mistake::Mistake;
use crate::suggest::suggest;

/// A flag as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Flag {
    /// `--name=value`, quotes and escapes taken off.
    pub text: String,
    /// Where it is in the joined line.
    pub range: Range<usize>,
}

/// Cuts the flags off the text in `range`; what is left begins at the offset that is returned.
///
/// BuildKit's `extractBuilderFlags`. It reads bytes, not characters, so that `--chown=é` becomes `--chown=Ã©`, and so
/// it is here.
pub(crate) fn extract(line: &Joined, range: &Range<usize>, escape: char) -> (Vec<Flag>, usize) {
    let bytes = line.of(range).as_bytes();
    let byte = |at: usize| bytes.get(at).copied().map(char::from);
    let mut flags = Vec::new();
    let mut at = 0;
    loop {
        while byte(at).is_some_and(char::is_whitespace) {
            at += 1;
        }
        if byte(at) != Some('-') || byte(at + 1) != Some('-') {
            return (flags, boundary(line, range.start + at));
        }
        let start = at;
        let (text, quoted, end) = word(&byte, at, escape);
        at = end;
        if text == "--" {
            return (flags, boundary(line, range.start + at));
        }
        if quoted || !text.is_empty() {
            flags.push(Flag { text, range: range.start + start..boundary(line, range.start + at) });
        }
    }
}

/// The word that begins at `at`, whether it held quotes, and where it ends.
fn word(byte: &impl Fn(usize) -> Option<char>, mut at: usize, escape: char) -> (String, bool, usize) {
    let mut text = String::new();
    let mut quote = None;
    let mut quoted = false;
    while let Some(c) = byte(at) {
        match quote {
            None if c.is_whitespace() => break,
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                quoted = true;
            }
            Some(open) if c == open => quote = None,
            _ if c == escape => {
                at += 1;
                text.extend(byte(at));
            }
            _ => text.push(c),
        }
        at += 1;
    }
    (text, quoted, at)
}

/// The next place at which a character begins: a byte of one may have been taken for a blank.
fn boundary(line: &Joined, mut at: usize) -> usize {
    at = at.min(line.text.len());
    while !line.text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, `true` or `false`.
    Switch,
    /// One value.
    Value,
    /// Several times one value.
    Values,
}

/// The flags of an instruction, checked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags {
    values: Vec<(&'static str, Word)>,
}

impl Flags {
    /// The value of a flag.
    pub fn value(&self, name: &str) -> Option<Word> {
        self.all(name).pop()
    }

    /// The values of a flag that may be repeated.
    pub fn all(&self, name: &str) -> Vec<Word> {
        self.values.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether a switch is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.switch(name).unwrap_or_default()
    }

    /// A switch; None where it is not given.
    pub fn switch(&self, name: &str) -> Option<bool> {
        self.value(name).map(|value| !value.text.eq_ignore_ascii_case("false"))
    }
}

/// Checks the flags of an instruction that knows `known`, in BuildKit's order and words (`instructions/bflag.go`).
pub(crate) fn check(line: &Joined, flags: &[Flag], known: &[(&'static str, Kind)]) -> Result<Flags, Mistake> {
    let mut read = Flags::default();
    for flag in flags {
        let at = flag.range.clone();
        let Some(text) = flag.text.strip_prefix("--") else {
            let message = format!("arg should start with -- : {}", flag.text);
            return Err(Mistake::new("flag-without-dashes", message).with("flag", &flag.text).at(at));
        };
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let Some(&(known_name, kind)) = known.iter().find(|(known, _)| *known == name) else {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            return Err(Mistake::new("unknown-flag", format!("unknown flag: --{name}"))
                .with("flag", name)
                .or_rather(suggest(name, &names).map(str::to_owned))
                .at(at));
        };
        let given = read.values.iter().any(|(given, _)| *given == name);
        if given && kind != Kind::Values {
            let message = format!("duplicate flag specified: --{name}");
            return Err(Mistake::new("duplicate-flag", message).with("flag", name).at(at));
        }
        let missing = if kind == Kind::Switch { value == Some("") } else { value.is_none() };
        if missing {
            let message = format!("missing a value on flag: --{name}");
            return Err(Mistake::new("flag-without-value", message).with("flag", name).at(at));
        }
        let value = value.unwrap_or_default();
        let switch = value.to_lowercase();
        if kind == Kind::Switch && !matches!(switch.as_str(), "" | "true" | "false") {
            let message = format!("expecting boolean value for flag --{name}, not: {value}");
            return Err(Mistake::new("flag-not-boolean", message).with("flag", name).with("value", value).at(at));
        }
        read.values.push((known_name, value_word(line, flag, value)));
    }
    Ok(read)
}

/// The value of a flag as a word: at its place behind `=` where it is written as it reads.
fn value_word(line: &Joined, flag: &Flag, value: &str) -> Word {
    let written = line.of(&flag.range);
    let start = match written.find('=') {
        Some(equals) => flag.range.start + equals + 1,
        None => flag.range.start,
    };
    line.word_with(&(start..flag.range.end), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (Vec<String>, String) {
        let mut line = Joined::default();
        line.push(text, 0);
        let (flags, rest) = extract(&line, &(0..text.len()), '\\');
        (flags.into_iter().map(|flag| flag.text).collect(), text[rest..].to_owned())
    }

    #[test]
    fn flags_end_at_the_first_other_word() {
        for (text, flags, rest) in [
            ("a --b", vec![], "a --b"),
            ("--a=1  --b c --d", vec!["--a=1", "--b"], "c --d"),
            ("--a=\"x y\"'z' b", vec!["--a=x yz"], "b"),
            (r"--a=x\ y\", vec!["--a=x y"], ""),
            ("--a -- --b", vec!["--a"], " --b"),
            ("--", vec![], ""),
            ("--a=é b", vec!["--a=Ã©"], "b"),
            ("-a", vec![], "-a"),
        ] {
            assert_eq!(split(text), (flags.iter().map(|f| (*f).to_owned()).collect(), rest.to_owned()), "{text}");
        }
    }
}
