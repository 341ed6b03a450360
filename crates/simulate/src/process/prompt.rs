//! bash's prompts: `${x@P}`, PS4. decode_prompt_string() of parse.y has the escapes.

use super::Machine;
use super::expand::Expanded;
use super::shell::Shell;
use crate::commands::calendar;

impl Shell {
    /// A text as a prompt shows it: its escapes, then what double quotes expand.
    pub(super) fn prompted(&mut self, machine: &mut Machine<'_>, text: &str) -> Expanded<String> {
        let decoded = self.decoded(machine, text);
        self.expanded_as_quoted(machine, &decoded)
    }

    /// A text with what is expanded in double quotes.
    pub(super) fn expanded_as_quoted(&mut self, machine: &mut Machine<'_>, text: &str) -> Expanded<String> {
        let quoted = text.replace('"', "\\\"");
        let script = shell::parse_dialect(&format!(": \"{quoted}\""), self.dialect);
        let first = script.lines.first().and_then(|line| line.items.first());
        let kind = first.and_then(|item| item.and_or.first.commands.first()).map(|command| command.kind.clone());
        match kind {
            Some(shell::CommandKind::Simple { words, .. }) if script.errors.is_empty() => match words.get(1) {
                Some(word) => self.expand_text(machine, word),
                None => Ok(String::new()),
            },
            _ => Ok(text.to_owned()),
        }
    }

    fn decoded(&self, machine: &Machine<'_>, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('\\') {
            out.push_str(before);
            let Some(letter) = behind.chars().next() else {
                out.push('\\');
                return out;
            };
            rest = behind.get(letter.len_utf8()..).unwrap_or_default();
            match letter {
                'D' if rest.starts_with('{') => {
                    let Some((format, behind)) = rest.get(1..).unwrap_or_default().split_once('}') else { continue };
                    let format = if format.is_empty() { "%X" } else { format };
                    out.push_str(&calendar::format_time(format, machine.fs.now()));
                    rest = behind;
                }
                '0'..='7' => {
                    let digits = behind.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
                    let (number, behind) = behind.split_at_checked(digits).unwrap_or_default();
                    out.push(char::from((u32::from_str_radix(number, 8).unwrap_or_default() & 0xff) as u8));
                    rest = behind;
                }
                // Marks of what is not printed, which nothing is left of here.
                '[' | ']' => {}
                letter => match self.in_prompt(machine, letter) {
                    Some(text) => out.push_str(&text),
                    None => {
                        out.push('\\');
                        out.push(letter);
                    }
                },
            }
        }
        out.push_str(rest);
        out
    }

    /// What a letter behind a backslash stands for.
    fn in_prompt(&self, machine: &Machine<'_>, letter: char) -> Option<String> {
        let time = |format: &str| calendar::format_time(format, machine.fs.now());
        let host = || self.parameter(machine, "HOSTNAME").unwrap_or_default();
        let version = super::transform::own_variable(self, "BASH_VERSION").unwrap_or_default();
        let version = version.split('(').next().unwrap_or_default().to_owned();
        Some(match letter {
            'a' => "\u{7}".to_owned(),
            'd' => time("%a %b %d"),
            'e' => "\u{1b}".to_owned(),
            'h' => host().split('.').next().unwrap_or_default().to_owned(),
            'H' => host(),
            'j' => self.jobs.keys().filter(|pid| !self.gone.contains(pid)).count().to_string(),
            'l' => "tty".to_owned(),
            'n' => "\n".to_owned(),
            'r' => "\r".to_owned(),
            's' => self.name.rsplit('/').next().unwrap_or_default().to_owned(),
            't' => time("%H:%M:%S"),
            'T' => time("%I:%M:%S"),
            '@' => time("%I:%M %p"),
            'A' => time("%H:%M"),
            'u' => super::user::name_of(machine.fs, self.process.cred.uid),
            'v' => version.rsplit_once('.').map_or(version.as_str(), |(short, _)| short).to_owned(),
            'V' => version,
            'w' => self.shortened(&self.process.cwd),
            'W' => match self.process.cwd.as_str() {
                "/" => "/".to_owned(),
                cwd if self.get("HOME") == Some(cwd) => "~".to_owned(),
                cwd => cwd.rsplit('/').next().unwrap_or_default().to_owned(),
            },
            '!' => "1".to_owned(),
            '#' => "0".to_owned(),
            // A dollar sign would be taken for a parameter's.
            '$' => if self.process.cred.uid == 0 { "#" } else { "\\$" }.to_owned(),
            '\\' => "\\\\".to_owned(),
            _ => return None,
        })
    }

    /// A folder with `~` for HOME and at most PROMPT_DIRTRIM of its last parts.
    fn shortened(&self, folder: &str) -> String {
        let home = self.get("HOME").filter(|home| !home.is_empty() && *home != "/");
        let inside =
            home.and_then(|home| folder.strip_prefix(home)).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let (head, rest) = match inside {
            Some(rest) => ("~", rest),
            None => ("", folder),
        };
        let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        let most = self.get("PROMPT_DIRTRIM").and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
        if most == 0 || parts.len() <= most {
            return format!("{head}{rest}");
        }
        let kept = parts.get(parts.len() - most..).unwrap_or_default().join("/");
        if head.is_empty() { format!(".../{kept}") } else { format!("{head}/.../{kept}") }
    }
}
