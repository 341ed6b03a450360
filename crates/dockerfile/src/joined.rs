use std::ops::Range;

use source::TextRange;

use crate::Word;

/// Continuation lines joined to one text that knows where each of its bytes comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Joined {
    /// The text.
    pub text: String,
    /// As [`Word::segments`].
    segments: Vec<(usize, usize)>,
}

impl Joined {
    /// Adds a piece that stands at `at` in the source.
    pub fn push(&mut self, piece: &str, at: usize) {
        if self.segments.is_empty() || !piece.is_empty() {
            self.segments.push((self.text.len(), at));
        }
        self.text.push_str(piece);
    }

    /// The text of a range; empty for one that does not fit.
    pub fn of(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The place in the source of the byte at `joined`.
    pub fn source(&self, joined: usize) -> usize {
        let at = self.segments.partition_point(|&(from, _)| from <= joined);
        match at.checked_sub(1).and_then(|before| self.segments.get(before)) {
            Some(&(from, source)) => source + (joined - from),
            None => joined,
        }
    }

    /// The segments from the one that `joined` lies in.
    fn segments_from(&self, joined: usize) -> &[(usize, usize)] {
        let at = self.segments.partition_point(|&(from, _)| from <= joined);
        self.segments.get(at.saturating_sub(1)..).unwrap_or_default()
    }

    /// The smallest range of the source that holds a range of the text, escape characters between its pieces included.
    pub fn range(&self, range: &Range<usize>) -> TextRange {
        let start = self.source(range.start);
        match range.end.checked_sub(1) {
            Some(last) if last >= range.start => TextRange::new(start, self.source(last) + 1),
            _ => TextRange::empty(start),
        }
    }

    /// The ranges of the source that a range of the text is made of.
    pub fn pieces(&self, range: &Range<usize>) -> Vec<TextRange> {
        let segments = self.segments_from(range.start);
        let ends = segments.iter().skip(1).map(|&(from, _)| from).chain([self.text.len()]);
        segments
            .iter()
            .zip(ends)
            .take_while(|&(&(from, _), _)| from < range.end)
            .map(|(&(from, source), end)| {
                let (start, end) = (from.max(range.start), end.min(range.end));
                TextRange::new(source + start.saturating_sub(from), source + end.saturating_sub(from))
            })
            .filter(|piece| !piece.is_empty())
            .collect()
    }

    /// A range of the text as a word.
    pub fn word(&self, range: &Range<usize>) -> Word {
        self.word_with(range, self.of(range).to_owned())
    }

    /// A word whose text was made from a range of this text.
    pub fn word_with(&self, range: &Range<usize>, text: String) -> Word {
        let inner = self.segments_from(range.start).iter().skip_while(|&&(from, _)| from <= range.start);
        let segments = std::iter::once((0, self.source(range.start)))
            .chain(inner.take_while(|&&(from, _)| from < range.end).map(|&(from, source)| (from - range.start, source)))
            .collect();
        Word { text, range: self.range(range), segments }
    }

    /// The range without blanks at both ends.
    pub fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.of(range);
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_over_two_lines_points_back_into_both() {
        let mut joined = Joined::default();
        joined.push("RUN ab", 0);
        joined.push("cd", 8);
        let word = joined.word(&(4..8));
        assert_eq!(word.text, "abcd");
        assert_eq!(word.range, TextRange::new(4, 10));
        assert_eq!([0, 1, 2, 3].map(|at| word.source_offset(at)), [4, 5, 8, 9]);
        assert_eq!(joined.pieces(&(5..7)), [TextRange::new(5, 6), TextRange::new(8, 9)]);
    }
}
