//! The physical lines of a file.

/// The longest line that BuildKit reads, without its line end.
pub(crate) const MAX_LINE: usize = 65_535;

/// A physical line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// Its text, line end included.
    pub text: &'t str,
    /// Where it begins.
    pub start: usize,
}

/// The lines of a text, one after another, up to one that is too long.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    offset: usize,
    /// How many lines were read.
    pub count: usize,
    /// Where the line begins that is too long.
    pub too_long: Option<usize>,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Lines<'t> {
        Lines { text, offset: 0, count: 0, too_long: None }
    }

    /// Where the next line begins.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The next line; None at the end, and for ever once a line was too long.
    pub fn next(&mut self) -> Option<Line<'t>> {
        if self.too_long.is_some() {
            return None;
        }
        let rest = self.text.get(self.offset..).unwrap_or_default();
        let line = rest.split_inclusive('\n').next()?;
        if line.strip_suffix('\n').unwrap_or(line).len() > MAX_LINE {
            self.too_long = Some(self.offset);
            return None;
        }
        let start = self.offset;
        self.offset += line.len();
        self.count += 1;
        Some(Line { text: line, start })
    }
}

/// Whether a line is a comment.
pub(crate) fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// What stands before the escape character that continues a line; None for a line that ends here.
///
/// An escape character continues the line as its last character but for blanks and tabs, unless another stands right
/// before it.
pub(crate) fn continued(line: &str, escape: char) -> Option<&str> {
    let before = line.trim_end_matches([' ', '\t']).strip_suffix(escape)?;
    (!before.ends_with(escape)).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_character_at_the_end_continues_a_line() {
        for (line, expected) in [
            ("a \\", Some("a ")),
            ("a \\ \t", Some("a ")),
            ("\\", Some("")),
            ("a \\\\", None),
            ("a", None),
            ("a \\b", None),
            ("a `", None),
        ] {
            assert_eq!(continued(line, '\\'), expected, "{line}");
        }
    }

    #[test]
    fn a_line_may_have_65535_bytes() {
        let long = "x".repeat(MAX_LINE);
        let text = format!("{long}\n{long}x\nz\n");
        let mut lines = Lines::new(&text);
        assert!(lines.next().is_some());
        assert!(lines.next().is_none());
        assert_eq!(lines.too_long, Some(MAX_LINE + 1));
        assert!(lines.next().is_none());
    }
}
