//! What `set -x` prints.

use shell::Dialect;

use super::Machine;
use super::shell::Shell;
use super::simple::quoted_if_needed;

impl Shell {
    /// The lines of `set -x` for a command.
    pub(super) fn traced(&mut self, machine: &mut Machine<'_>, values: &[(String, String)], args: &[String]) -> String {
        let prefix = self.trace_prefix(machine);
        let quote = match self.dialect {
            Dialect::Ash => quoted_if_needed,
            Dialect::Dash => str::to_owned,
            Dialect::Bash => quoted_by_bash,
        };
        let empty = |value: &str| self.dialect == Dialect::Bash && value.is_empty();
        let assigned = values.iter().map(|(name, value)| {
            // What has a parenthesis is an array as it is written.
            let written = name.contains(['(', '[']);
            let value = if empty(value) || written { value.clone() } else { quote(value) };
            if written { name.clone() } else { format!("{name}={value}") }
        });
        // ash and bash print an argument such as a=b as a word.
        let words = args.iter().map(|arg| quote(arg));
        if self.dialect != Dialect::Bash {
            return format!("{prefix}{}\n", assigned.chain(words).collect::<Vec<_>>().join(" "));
        }
        let mut lines: Vec<String> = assigned.collect();
        if !args.is_empty() {
            lines.push(words.collect::<Vec<_>>().join(" "));
        }
        lines.iter().map(|line| format!("{prefix}{line}\n")).collect()
    }

    /// A line of `set -x` that is no simple command's.
    pub(super) fn trace_line(&mut self, machine: &mut Machine<'_>, text: &str) {
        if self.options.xtrace {
            let prefix = self.trace_prefix(machine);
            self.process.err(machine, &format!("{prefix}{text}\n"));
        }
    }

    /// PS4 after its expansion; bash repeats its first character in command substitutions.
    fn trace_prefix(&mut self, machine: &mut Machine<'_>) -> String {
        let text = self.get("PS4").unwrap_or_default().to_owned();
        let tracing = std::mem::replace(&mut self.options.xtrace, false);
        let (status, substituted) = (self.status, self.substituted);
        let bash = self.dialect == Dialect::Bash;
        let expanded = if bash { self.prompted(machine, &text) } else { self.expanded_as_quoted(machine, &text) };
        (self.status, self.substituted) = (status, substituted);
        self.options.xtrace = tracing;
        let Ok(expanded) = expanded else { return text };
        match expanded.chars().next() {
            Some(first) if self.dialect == Dialect::Bash => {
                format!(
                    "{}{expanded}",
                    first.to_string().repeat(self.substitutions.saturating_add(self.sourced as usize))
                )
            }
            _ => expanded,
        }
    }
}

/// `text` as bash quotes it in a trace: what sh_contains_shell_metas() finds is put in single quotes.
pub(super) fn quoted_by_bash(text: &str) -> String {
    let special = |(at, c): (usize, char)| match c {
        '#' => at == 0 || text.get(..at).is_some_and(|before| before.ends_with([' ', '\t'])),
        '~' => at == 0 || text.get(..at).is_some_and(|before| before.ends_with([':', '='])),
        _ => " \t\n'\"\\|&;()<>!{}*[]?^$`".contains(c),
    };
    if text.is_empty() {
        "''".to_owned()
    } else if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n')) {
        dollar_quoted(text)
    } else if text == "'" {
        "\\'".to_owned()
    } else if text.char_indices().any(special) {
        format!("'{}'", text.replace('\'', "'\\''"))
    } else {
        text.to_owned()
    }
}

/// `text` as `$'…'`.
pub(crate) fn dollar_quoted(text: &str) -> String {
    let mut out = "$'".to_owned();
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\u{1b}' => out.push_str("\\E"),
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            other if other.is_control() && other.is_ascii() => out.push_str(&format!("\\{:03o}", u32::from(other))),
            other => out.push(other),
        }
    }
    out.push('\'');
    out
}
