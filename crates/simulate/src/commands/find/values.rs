//! The values of find's tests.

use std::cmp::Ordering;

use super::super::regex::{Regex, Rules, Syntax};

/// What `-regextype` knows.
const REGEX_TYPES: [&str; 13] = [
    "findutils-default",
    "ed",
    "emacs",
    "gnu-awk",
    "grep",
    "posix-awk",
    "awk",
    "posix-basic",
    "posix-egrep",
    "egrep",
    "posix-extended",
    "posix-minimal-basic",
    "sed",
];

/// The type of regular expressions of that name, or the complaint.
pub fn regex_type(name: &str) -> Result<&'static str, String> {
    REGEX_TYPES.into_iter().find(|known| *known == name).ok_or_else(|| {
        let known = REGEX_TYPES.join("', '");
        format!("Unknown regular expression type '{name}'; valid types are '{known}'.")
    })
}

/// The pattern that a whole path has to fit, as the type writes it.
pub fn whole_regex(pattern: &str, kind: &str, ignore_case: bool) -> Result<Regex, String> {
    let extended = kind.contains("awk") || matches!(kind, "posix-egrep" | "egrep" | "posix-extended");
    let (pattern_text, extended) = match kind {
        "findutils-default" | "emacs" => (emacs_as_extended(pattern), true),
        _ => (pattern.to_string(), extended),
    };
    let rules = if extended { Rules::Grep } else { Rules::Plain };
    let syntax = Syntax { extended, ignore_case, rules, ..Syntax::default() };
    let wrong = |error| format!("failed to compile regular expression '{pattern}': {error}");
    Regex::new(pattern_text.as_bytes(), syntax).map_err(wrong)?;
    let whole = if extended { format!("^({pattern_text})$") } else { format!("^\\({pattern_text}\\)$") };
    Regex::new(whole.as_bytes(), syntax).map_err(wrong)
}

/// Emacs writes groups and alternatives with backslashes, and has no braces.
fn emacs_as_extended(pattern: &str) -> String {
    let mut read = String::new();
    let mut letters = pattern.chars();
    let mut bracket = false;
    while let Some(letter) = letters.next() {
        match letter {
            '[' => bracket = true,
            ']' => bracket = false,
            '(' | ')' | '|' | '{' | '}' if !bracket => read.push('\\'),
            '\\' if !bracket => {
                let next = letters.next();
                if !matches!(next, Some('(' | ')' | '|')) {
                    read.push('\\');
                }
                read.extend(next);
                continue;
            }
            _ => {}
        }
        read.push(letter);
    }
    read
}

/// `+n`, `-n` and `n`: the order that is meant, and the rest.
pub fn compared(text: &str) -> Option<(Ordering, &str)> {
    Some(match text.chars().next()? {
        '+' => (Ordering::Greater, text.get(1..)?),
        '-' => (Ordering::Less, text.get(1..)?),
        _ => (Ordering::Equal, text),
    })
}

/// The mode of `-perm` and how it is meant. GNU's find takes `+` for the beginning of a symbolic mode.
pub fn permissions(value: &str, gnu: bool) -> Option<(u32, char)> {
    let prefixes = if gnu { "-/" } else { "-/+" };
    let how = value.chars().next().filter(|letter| prefixes.contains(*letter)).unwrap_or('=');
    let text = if how == '=' { value } else { value.get(1..).unwrap_or_default() };
    super::super::mode::changed(text, 0, false, 0).map(|mode| (mode, how))
}

/// What is wrong with the letters of `-type`, in GNU's words.
pub fn wrong_type(word: &str, value: &str) -> Option<String> {
    if value.is_empty() {
        return Some(format!("Arguments to {word} should contain at least one letter"));
    }
    let parts: Vec<&str> = value.split(',').collect();
    for part in &parts {
        let unknown = part.chars().find(|letter| !"bcdflpsD".contains(*letter));
        if let Some(letter) = unknown {
            return Some(format!("Unknown argument to {word}: {letter}"));
        }
        if part.len() > 1 {
            return Some(format!("Must separate multiple arguments to {word} using: ','"));
        }
    }
    let ends = parts.last().is_some_and(|last| last.is_empty());
    ends.then(|| format!("Last file type in list argument to {word} is missing, i.e., list is ending on: ','"))
}
