//! How GNU's tools quote names.

use crate::process::Machine;

use super::input::is_busybox;

/// The styles of ls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    #[default]
    Literal,
    /// Literal, with a question mark for what cannot be printed.
    Shown,
    /// As a shell reads it; whether always, and whether control characters are escaped.
    Shell {
        always: bool,
        escape: bool,
    },
    /// A string of C; whether always.
    C(bool),
    Escape,
    Locale,
}

/// The styles by their names.
pub const STYLES: [(&str, Style); 10] = [
    ("literal", Style::Literal),
    ("shell", Style::Shell { always: false, escape: false }),
    ("shell-always", Style::Shell { always: true, escape: false }),
    ("shell-escape", Style::Shell { always: false, escape: true }),
    ("shell-escape-always", Style::Shell { always: true, escape: true }),
    ("c", Style::C(true)),
    ("c-maybe", Style::C(false)),
    ("escape", Style::Escape),
    ("locale", Style::Locale),
    ("clocale", Style::C(true)),
];

impl Style {
    pub fn quote(self, name: &str) -> String {
        match self {
            Style::Literal => name.to_string(),
            Style::Shown => name.chars().map(|letter| if letter.is_control() { '?' } else { letter }).collect(),
            Style::Shell { always, escape } => shell(name, always, escape),
            Style::C(always) => {
                let text: String = name.chars().map(|letter| escaped(letter, "\"")).collect();
                if always || text != name { format!("\"{text}\"") } else { text }
            }
            Style::Escape => name.chars().map(|letter| escaped(letter, " ")).collect(),
            Style::Locale => format!("'{}'", name.chars().map(|letter| escaped(letter, "'")).collect::<String>()),
        }
    }
}

/// A letter as C writes it, with a backslash before those of `special` too.
fn escaped(letter: char, special: &str) -> String {
    match letter {
        '\n' => "\\n".to_string(),
        '\t' => "\\t".to_string(),
        '\r' => "\\r".to_string(),
        '\u{7}' => "\\a".to_string(),
        '\u{8}' => "\\b".to_string(),
        '\u{b}' => "\\v".to_string(),
        '\u{c}' => "\\f".to_string(),
        '\\' => "\\\\".to_string(),
        letter if special.contains(letter) => format!("\\{letter}"),
        letter if letter.is_ascii_control() => format!("\\{:03o}", u32::from(letter)),
        letter => letter.to_string(),
    }
}

fn shell(name: &str, always: bool, escape: bool) -> String {
    let special = |letter: char| "|&;<>()$`\\\"'*?[]!^= \t\n".contains(letter) || escape && letter.is_control();
    let first = name.starts_with(['#', '~']) || matches!(name, "{" | "}");
    if !always && !first && !name.is_empty() && !name.contains(special) {
        return name.to_string();
    }
    if name.contains('\'') && !name.contains(|letter: char| "\"$`\\!".contains(letter) || letter.is_control()) {
        return format!("\"{name}\"");
    }
    let mut quoted = "'".to_string();
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => quoted.push_str("'\\''"),
            letter if escape && letter.is_control() => {
                quoted.push_str(&format!("'$'{}", escaped(letter, "")));
                while let Some(next) = letters.next_if(|next| next.is_control()) {
                    quoted.push_str(&escaped(next, ""));
                }
                quoted.push_str("''");
            }
            letter => quoted.push(letter),
        }
    }
    if name.ends_with(|letter: char| escape && letter.is_control()) {
        // Nothing stands between the quotes that would open here.
        quoted.truncate(quoted.len() - 1);
        return quoted;
    }
    quoted.push('\'');
    quoted
}

/// A name as GNU's messages hold it, in quotes; busybox puts it between plain ones.
pub fn quoted(machine: &Machine, name: &str) -> String {
    if is_busybox(machine) { format!("'{name}'") } else { shell(name, true, true) }
}

/// A name at the start of GNU's message: in quotes where it needs them.
pub fn named(machine: &Machine, name: &str) -> String {
    if is_busybox(machine) || name.is_empty() { name.to_string() } else { shell(name, name.contains(':'), true) }
}
