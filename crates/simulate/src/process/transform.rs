//! What bash's `${!x}`, `${x@Q}` and `${x^^}` make of a parameter, and the variables that it sets itself.

use shell::{Parameter, ParameterOp, Part, Subscript, Word};

use super::Machine;
use super::arrays::Key;
use super::expand::{Expanded, Fields};
use super::pattern::{Glyph, matches};
use super::shell::{Shell, Variable};
use super::trace::dollar_quoted;

/// The variables that bash sets itself and that are no plain ones here, sorted.
const OWN: [&str; 16] = [
    "BASH",
    "BASHOPTS",
    "BASHPID",
    "BASH_COMMAND",
    "BASH_SUBSHELL",
    "BASH_VERSION",
    "COMP_WORDBREAKS",
    "DIRSTACK",
    "EUID",
    "GROUPS",
    "HISTCMD",
    "HOSTTYPE",
    "MACHTYPE",
    "OSTYPE",
    "SHELLOPTS",
    "UID",
];

/// The value of a variable that bash sets itself.
pub(super) fn own_variable(shell: &Shell, name: &str) -> Option<String> {
    Some(match name {
        "BASH" => "/bin/bash".to_owned(),
        "BASHOPTS" => shell.shopts_that_are_on(),
        "BASHPID" => shell.process.pid.to_string(),
        "BASH_COMMAND" => shell.command_text.clone(),
        "BASH_SUBSHELL" => shell.subshells.to_string(),
        "BASH_VERSION" => "5.2.15(1)-release".to_owned(),
        "DIRSTACK" => shell.process.cwd.clone(),
        "HISTCMD" => "1".to_owned(),
        "HOSTTYPE" => "x86_64".to_owned(),
        "MACHTYPE" => "x86_64-pc-linux-gnu".to_owned(),
        "OSTYPE" => "linux-gnu".to_owned(),
        "SHELLOPTS" => {
            let on = shell.option_names().into_iter().filter(|name| shell.named_option(name) == Some(true));
            on.collect::<Vec<_>>().join(":")
        }
        "UID" | "EUID" => shell.process.cred.uid.to_string(),
        _ => return None,
    })
}

impl Shell {
    /// The names of all variables, sorted.
    pub(super) fn known_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .variables
            .iter()
            .filter(|(_, v)| v.value.is_some() || v.array.is_some())
            .map(|(name, _)| name.clone())
            .collect();
        names.extend(OWN.iter().map(|name| (*name).to_owned()));
        names.extend(["HOSTNAME", "LINENO", "RANDOM", "SECONDS"].map(str::to_owned));
        names.sort();
        names.dedup();
        names
    }

    /// `${!x…}`: what `x` names.
    pub(super) fn expand_indirect(
        &mut self,
        machine: &mut Machine<'_>,
        parameter: &Parameter,
        op: &ParameterOp,
        quoted: bool,
        fields: &mut Fields,
    ) -> Expanded<()> {
        let name = parameter.name.as_str();
        if let Some(Variable { reference: true, value: Some(target), .. }) = self.variables.get(name) {
            let target = target.clone();
            self.push_value(&target, quoted, fields);
            return Ok(());
        }
        let value = match &parameter.subscript {
            Some(Subscript::One(subscript)) => self.element(machine, name, subscript)?,
            _ => self.parameter(machine, name),
        };
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            if matches!(op, ParameterOp::Default { .. } | ParameterOp::Alternative { .. }) {
                let unset = Parameter { op: op.clone(), subscript: None, ..parameter.clone() };
                return self.expand_parameter(machine, &unset, quoted, fields);
            }
            return Err(self.fatal(machine, &format!("{name}: invalid indirect expansion")));
        };
        let (name, subscript) = match value.strip_suffix(']').and_then(|value| value.split_once('[')) {
            Some((name, "@")) => (name.to_owned(), Some(Subscript::Each)),
            Some((name, "*")) => (name.to_owned(), Some(Subscript::Joined)),
            Some((name, subscript)) => {
                let word = Word { parts: vec![Part::Literal(subscript.to_owned())], range: parameter.range };
                (name.to_owned(), Some(Subscript::One(word)))
            }
            None => (value, None),
        };
        let target = Parameter { name, subscript, op: op.clone(), range: parameter.range };
        self.expand_parameter(machine, &target, quoted, fields)
    }

    /// `${x@A}`, `${x@a}`, `${x@K}`.
    pub(super) fn described(
        &mut self,
        machine: &mut Machine<'_>,
        parameter: &Parameter,
        letter: char,
    ) -> Expanded<String> {
        let name = self.target(&parameter.name).to_owned();
        let whole = matches!(parameter.subscript, Some(Subscript::Each | Subscript::Joined));
        let value = self.parameter(machine, &name);
        let Some(variable) = self.variables.get(&name) else { return Ok(String::new()) };
        let attributes = attributes(variable);
        if letter == 'a' {
            return Ok(attributes);
        }
        if whole && let Some(array) = &variable.array {
            if letter == 'A' {
                return Ok(declaration(&name, variable));
            }
            let pairs =
                array.ordered().into_iter().map(|(key, value)| format!("{} {}", key.text(), in_double_quotes(value)));
            return Ok(pairs.collect::<Vec<_>>().join(" "));
        }
        let Some(value) = value else { return Ok(String::new()) };
        if letter != 'A' {
            return Ok(quoted(&value));
        }
        let assignment = format!("{name}={}", quoted(&value));
        Ok(if attributes.is_empty() { assignment } else { format!("declare -{attributes} {assignment}") })
    }
}

/// The letters of a variable's attributes, in the order of `declare -p`.
pub(super) fn attributes(variable: &Variable) -> String {
    let array = variable.array.as_ref();
    let letters = [
        (array.is_some_and(|array| !array.keyed), 'a'),
        (array.is_some_and(|array| array.keyed), 'A'),
        (variable.integer, 'i'),
        (variable.reference, 'n'),
        (variable.readonly, 'r'),
        (variable.exported, 'x'),
        (variable.case == Some(false), 'l'),
        (variable.case == Some(true), 'u'),
    ];
    letters.iter().filter(|(on, _)| *on).map(|(_, letter)| letter).collect()
}

/// What `declare -p` prints of a variable, without the line end.
pub(super) fn declaration(name: &str, variable: &Variable) -> String {
    let letters = attributes(variable);
    let letters = if letters.is_empty() { "-".to_owned() } else { letters };
    match (&variable.array, &variable.value) {
        (Some(array), _) => {
            let mut text = String::new();
            for (key, value) in array.ordered() {
                let key = match key {
                    Key::Number(number) => number.to_string(),
                    Key::Text(text) => key_text(text),
                };
                text.push_str(&format!("[{key}]={}", in_double_quotes(value)));
                text.push(' ');
            }
            if !array.keyed {
                text.truncate(text.trim_end_matches(' ').len());
            }
            format!("declare -{letters} {name}=({text})")
        }
        (None, Some(value)) => format!("declare -{letters} {name}={}", in_double_quotes(value)),
        (None, None) => format!("declare -{letters} {name}"),
    }
}

fn key_text(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-./:,+%".contains(c));
    if plain { text.to_owned() } else { in_double_quotes(text) }
}

/// `text` in double quotes, or in `$'…'` where it has control characters.
pub(super) fn in_double_quotes(text: &str) -> String {
    if text.chars().any(char::is_control) {
        return dollar_quoted(text);
    }
    let mut out = "\"".to_owned();
    for character in text.chars() {
        if matches!(character, '"' | '$' | '`' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
    out
}

fn quoted(value: &str) -> String {
    if value.chars().any(char::is_control) {
        return dollar_quoted(value);
    }
    format!("'{}'", value.replace('\'', "'\\''"))
}

/// `${x@Q}` and the like, of one value.
pub(super) fn transformed(value: &str, letter: char) -> String {
    match letter {
        'Q' => quoted(value),
        'U' => value.to_uppercase(),
        'L' => value.to_lowercase(),
        'u' => change_case(value, '^', false, &[]),
        'E' => String::from_utf8_lossy(&crate::commands::escapes::unescape_bytes(value, false).0).into_owned(),
        _ => value.to_owned(),
    }
}

/// `${x^}` and the like: `^` to upper case, `,` to lower case, `~` to the other.
pub(super) fn change_case(value: &str, operator: char, all: bool, pattern: &[Glyph]) -> String {
    let mut out = String::new();
    for (index, character) in value.chars().enumerate() {
        let meant = (all || index == 0) && (pattern.is_empty() || matches(pattern, &[character]));
        match operator {
            _ if !meant => out.push(character),
            '^' => out.extend(character.to_uppercase()),
            ',' => out.extend(character.to_lowercase()),
            _ if character.is_lowercase() => out.extend(character.to_uppercase()),
            _ => out.extend(character.to_lowercase()),
        }
    }
    out
}
