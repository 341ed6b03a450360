use crate::TextRange;

/// A place in a text as people and editors count: lines and columns, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 0.
    pub line: usize,
    /// The column in UTF-8 bytes, from 0.
    pub column: usize,
    /// The column in UTF-16 code units, from 0: what the browser counts in.
    pub column_utf16: usize,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    /// The index of `text`. A line ends behind its `\n`.
    #[must_use]
    pub fn new(text: &str) -> LineIndex {
        let starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i + 1))
            .collect();
        LineIndex { starts, length: text.len() }
    }

    /// The number of lines; a text without a line end has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, that `offset` lies in; the last line for an offset past the end.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The line and columns of `offset` in `text`, the text that the index was made of.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = text.get(start..offset.min(text.len())).unwrap_or_default();
        Position { line, column: before.len(), column_utf16: before.encode_utf16().count() }
    }

    /// The range of a line, from 0, with its line end; empty at the end of the text for a line that is not there.
    #[must_use]
    pub fn range(&self, line: usize) -> TextRange {
        let start = self.starts.get(line).copied().unwrap_or(self.length);
        TextRange::new(start, self.starts.get(line + 1).copied().unwrap_or(self.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_bytes_and_in_utf16_units() {
        let text = "a\nあ𝄞b\n";
        let index = LineIndex::new(text);
        let at = index.position(text, text.find('b').unwrap());
        assert_eq!((at.line, at.column, at.column_utf16), (1, 7, 3));
        assert_eq!(index.line_count(), 3);
        assert_eq!(index.range(1).of(text), "あ𝄞b\n");
    }

    #[test]
    fn offsets_past_the_end_are_in_the_last_line() {
        let index = LineIndex::new("a\nb");
        assert_eq!(index.line(99), 1);
        assert_eq!(index.range(7), TextRange::empty(3));
    }
}
