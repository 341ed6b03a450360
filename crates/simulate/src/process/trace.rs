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
        let assigned = values.iter().map(|(name, value)| format!("{name}={}", quote(value)));
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

    /// PS4 after its expansion; bash repeats its first character in command substitutions.
    fn trace_prefix(&mut self, machine: &mut Machine<'_>) -> String {
        let text = self.get("PS4").unwrap_or_default().to_owned();
        let quoted = text.replace('"', "\\\"");
        let script = shell::parse_dialect(&format!(": \"{quoted}\""), self.dialect);
        let first = script.lines.first().and_then(|line| line.items.first());
        let kind = first.and_then(|item| item.and_or.first.commands.first()).map(|command| command.kind.clone());
        let Some(shell::CommandKind::Simple { words, .. }) = kind else { return text };
        let tracing = std::mem::replace(&mut self.options.xtrace, false);
        let (status, substituted) = (self.status, self.substituted);
        let expanded = words.get(1).map(|word| self.expand_text(machine, word));
        (self.status, self.substituted) = (status, substituted);
        self.options.xtrace = tracing;
        let Some(Ok(expanded)) = expanded else { return text };
        match expanded.chars().next() {
            Some(first) if self.dialect == Dialect::Bash => {
                format!("{}{expanded}", first.to_string().repeat(self.substitutions))
            }
            _ => expanded,
        }
    }
}

/// `text` as bash quotes it in a trace.
fn quoted_by_bash(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-+=./,:@%^".contains(c);
    if text.is_empty() {
        "''".to_owned()
    } else if text.chars().any(char::is_control) {
        format!("$'{}'", text.escape_default())
    } else if text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
