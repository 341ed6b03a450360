//! Heredocs: the marks in a line, and the texts below it.

use source::TextRange;

use crate::Heredoc;
use crate::lexer::{Keep, words};
use crate::lines::Lines;
use crate::mistake::Mistake;

/// A mark: `<<EOF`, `3<<-"EOF"`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    pub name: String,
    pub expand: bool,
    pub chomp: bool,
    pub file_descriptor: u32,
}

/// Reads a word as a mark. None for any other word.
pub(crate) fn mark(word: &str) -> Result<Option<Mark>, Mistake> {
    let after_digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = word.strip_suffix(after_digits).unwrap_or_default();
    let Some(rest) = after_digits.strip_prefix("<<") else {
        return Ok(None);
    };
    let (chomp, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if rest.is_empty() || rest.contains('<') {
        return Ok(None);
    }
    if has_modifier(rest) {
        return Ok(None);
    }
    let Some(plain) = words(rest, Keep::Nothing)? else {
        return Ok(None);
    };
    let [name] = plain.as_slice() else {
        return Ok(None);
    };
    let raw = words(rest, Keep::Quotes)?.unwrap_or_default();
    let quotes = |text: &str| text.matches(['\'', '"']).count();
    Ok(Some(Mark {
        name: name.clone(),
        // A quote that is gone was around part of the name.
        expand: raw.first().is_some_and(|raw| quotes(raw) == quotes(name)),
        chomp,
        file_descriptor: if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u32::MAX) },
    }))
}

/// Whether a name holds `${v:-w}` or the like: Docker's engine takes such a word for no heredoc, though it takes `${v}`.
fn has_modifier(name: &str) -> bool {
    name.match_indices("${").any(|(at, _)| {
        let inside = name.get(at + 2..).unwrap_or_default();
        let end = inside.find(|c: char| !c.is_alphanumeric() && c != '_');
        !inside.get(end.unwrap_or_default()..).unwrap_or_default().starts_with('}')
    })
}

/// The marks of a line, in order. A line whose quotes do not match has none.
pub(crate) fn marks(line: &str) -> Result<Vec<Mark>, Mistake> {
    if !line.contains("<<") {
        return Ok(Vec::new());
    }
    let mut marks = Vec::new();
    for word in words(line, Keep::All)?.unwrap_or_default() {
        marks.extend(mark(&word)?);
    }
    Ok(marks)
}

/// Reads the text of a heredoc from the lines. The flag says whether it ended.
pub(crate) fn body(lines: &mut Lines<'_>, mark: Mark) -> (Heredoc, bool) {
    let start = lines.offset();
    let mut raw = String::new();
    let mut ended = false;
    let mut end = TextRange::empty(start);
    while let Some(line) = lines.next() {
        let text = line.text.trim_end_matches(['\r', '\n']);
        let possible = if mark.chomp { text.trim_start_matches('\t') } else { text };
        if possible == mark.name {
            end = TextRange::new(line.start, line.start + text.len());
            ended = true;
            break;
        }
        raw.push_str(line.text);
    }
    let range = TextRange::new(start, start + raw.len());
    if !ended {
        end = TextRange::empty(range.end);
    }
    let content = if mark.chomp { without_tabs(&raw) } else { raw.clone() };
    let Mark { name, expand, chomp, file_descriptor } = mark;
    (Heredoc { name, content, expand, chomp, file_descriptor, range, raw, end }, ended)
}

/// Every line without its leading tabs.
fn without_tabs(text: &str) -> String {
    text.split_inclusive('\n').map(|line| line.trim_start_matches('\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_shifts_and_quoted_text() {
        for (line, expected) in [
            ("RUN cat <<A 3<<-'B c'", vec![("A", true, false, 0), ("B c", false, true, 3)]),
            (
                r#"RUN cat << A <<"B" <<E\OF <<X"Y""#,
                vec![("B", false, false, 0), ("EOF", true, false, 0), ("XY", false, false, 0)],
            ),
            (r#"RUN echo "<<A" '<<B' $((1<<2)) <<<C it <<"#, vec![]),
            ("RUN echo it's <<A", vec![]),
            ("RUN cat <<$X <<${Y}", vec![("$X", true, false, 0), ("${Y}", true, false, 0)]),
            ("RUN cat>f<<A", vec![]),
            ("COPY <<E${A:-b} <<'E F'${A-b} <<\"${A#b}\" /x", vec![]),
            ("COPY <<${A:-\"b c\"} <<E /x", vec![("E", true, false, 0)]),
        ] {
            let found = marks(line).unwrap();
            let found: Vec<_> = found.iter().map(|m| (m.name.as_str(), m.expand, m.chomp, m.file_descriptor)).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
