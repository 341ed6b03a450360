//! Parser directives: `# key = value` at the top of the file.

use source::TextRange;

use crate::Directives;
use crate::json;
use crate::mistake::Mistake;

const KNOWN: [&str; 3] = ["syntax", "escape", "check"];

/// A directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Directive<'t> {
    pub key: &'static str,
    pub value: &'t str,
}

/// Reads directives line by line until a line is none.
#[derive(Clone, Debug)]
pub(crate) struct DirectiveReader {
    mark: &'static str,
    seen: Vec<&'static str>,
    done: bool,
}

impl DirectiveReader {
    pub fn new(mark: &'static str) -> DirectiveReader {
        DirectiveReader { mark, seen: Vec::new(), done: false }
    }

    /// The directive in a line, which has no line end.
    pub fn read<'t>(&mut self, line: &'t str) -> Result<Option<Directive<'t>>, Mistake> {
        if self.done {
            return Ok(None);
        }
        let Some(directive) = line.strip_prefix(self.mark).and_then(directive) else {
            self.done = true;
            return Ok(None);
        };
        if self.seen.contains(&directive.key) {
            let message = format!("only one {} parser directive can be used", directive.key);
            return Err(Mistake::new("repeated-directive", message).with("directive", directive.key));
        }
        self.seen.push(directive.key);
        Ok(Some(directive))
    }
}

fn directive(text: &str) -> Option<Directive<'_>> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, rest) = text.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    // Go's `\s` in a regular expression: blanks of ASCII, without the vertical tab.
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
    let written = rest.trim_start_matches(blank).strip_prefix('=')?;
    let value = written.trim_matches(blank);
    if value.is_empty() {
        return None;
    }
    let key = KNOWN.into_iter().find(|known| name.eq_ignore_ascii_case(known))?;
    Some(Directive { key, value })
}

/// The escape character that a directive sets.
pub(crate) fn escape(value: &str) -> Result<char, Mistake> {
    match value {
        "\\" => Ok('\\'),
        "`" => Ok('`'),
        _ => {
            let message = format!("invalid escape token '{value}' does not match ` or \\");
            Err(Mistake::new("invalid-escape-directive", message).with("value", value))
        }
    }
}

/// The directives `syntax` and `check` of a whole file. BuildKit looks for them apart from its line parser and with
/// other rules: a first line `#!…` is skipped, a line must begin with its `#`, and the value ends at a blank; `syntax`
/// may also stand behind `//` or in a JSON object.
pub(crate) fn of_file(text: &str) -> Directives {
    let (body, start) = match text.strip_prefix('\u{feff}') {
        Some(body) => (body, text.len() - body.len()),
        None => (text, 0),
    };
    let (body, start) = match body.starts_with("#!") {
        true => body.split_once('\n').map_or(("", text.len()), |(line, rest)| (rest, start + line.len() + 1)),
        false => (body, start),
    };
    let syntax = find(body, "syntax", "#").or_else(|| find(body, "syntax", "//")).map(|(value, _)| value.to_owned());
    Directives {
        syntax: syntax.or_else(|| json::member(body, "syntax")),
        check: find(body, "check", "#")
            .map(|(value, at)| (value.to_owned(), TextRange::new(start + at, start + at + value.len()))),
    }
}

/// The value of a directive, to its first blank, and its place.
fn find<'t>(text: &'t str, key: &str, mark: &'static str) -> Option<(&'t str, usize)> {
    let mut reader = DirectiveReader::new(mark);
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let found = reader.read(content.strip_suffix('\r').unwrap_or(content)).ok()?;
        match found {
            Some(directive) if directive.key == key => {
                // The value is the end of the line but for blanks.
                let at = offset + content.trim_end().len() - directive.value.len();
                return Some((directive.value.split(' ').next().unwrap_or_default(), at));
            }
            Some(_) => offset += line.len(),
            None => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_in_any_case() {
        for (line, expected) in [
            ("# escape=`", Some(("escape", "`"))),
            ("#\tSYNTAX = docker/dockerfile:1  ", Some(("syntax", "docker/dockerfile:1"))),
            ("# check=skip=A;error=true", Some(("check", "skip=A;error=true"))),
            ("# escape=", None),
            ("# other=1", None),
            ("# es cape=1", None),
            ("## escape=`", None),
            ("FROM a", None),
        ] {
            let mut reader = DirectiveReader::new("#");
            assert_eq!(reader.read(line).unwrap().map(|d| (d.key, d.value)), expected, "{line}");
        }
    }

    #[test]
    fn syntax_and_check_are_found_in_their_forms() {
        for (text, syntax, check) in [
            ("#syntax=a b\r\n#check=skip=all x\r\nFROM a", Some("a"), Some("skip=all")),
            ("\u{feff}#!/x\n# syntax=a\n", Some("a"), None),
            ("//syntax=a\n// check=skip=all", Some("a"), None),
            ("{\"syntax\": \"a\"}", Some("a"), None),
            (" # syntax=a\n", None, None),
            ("# x\n# syntax=a\n", None, None),
        ] {
            let found = of_file(text);
            assert_eq!(found.syntax.as_deref(), syntax, "{text}");
            assert_eq!(found.check.as_ref().map(|(value, _)| value.as_str()), check, "{text}");
            if let Some((value, range)) = &found.check {
                assert_eq!(range.of(text), value);
            }
        }
    }
}
