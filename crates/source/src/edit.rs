use crate::TextRange;

/// A change of a text: what stands in a range gives way to another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced; empty where something is put in.
    pub range: TextRange,
    /// What stands there afterwards.
    pub text: String,
}

impl TextEdit {
    /// Puts a text in the place of a range.
    #[must_use]
    pub fn replace(range: TextRange, text: impl Into<String>) -> TextEdit {
        TextEdit { range, text: text.into() }
    }

    /// Puts a text in.
    #[must_use]
    pub fn insert(offset: usize, text: impl Into<String>) -> TextEdit {
        TextEdit::replace(TextRange::empty(offset), text)
    }

    /// Takes a range out.
    #[must_use]
    pub fn delete(range: TextRange) -> TextEdit {
        TextEdit::replace(range, "")
    }
}

/// The text after edits, whose ranges are those of the text before all of them, in any order. Of edits at one place the
/// first stands first. `None` where a range does not fit the text, or two overlap.
#[must_use]
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut after = String::with_capacity(text.len());
    let mut at = 0;
    for edit in in_order(edits) {
        after.push_str(text.get(at..edit.range.start)?);
        text.get(edit.range.start..edit.range.end)?;
        after.push_str(&edit.text);
        at = edit.range.end;
    }
    after.push_str(text.get(at..)?);
    Some(after)
}

/// The edits that take `edits` of `text` back.
#[must_use]
pub fn inverse_edits(text: &str, edits: &[TextEdit]) -> Vec<TextEdit> {
    let (mut grown, mut shrunk) = (0, 0);
    let mut inverse = Vec::new();
    for edit in in_order(edits) {
        let start = (edit.range.start + grown).saturating_sub(shrunk);
        let range = TextRange::new(start, start + edit.text.len());
        inverse.push(TextEdit::replace(range, edit.range.of(text)));
        grown += edit.text.len();
        shrunk += edit.range.len();
    }
    inverse
}

fn in_order(edits: &[TextEdit]) -> Vec<&TextEdit> {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits() -> [TextEdit; 4] {
        [
            TextEdit::replace(TextRange::new(4, 7), "おう"),
            TextEdit::insert(0, "x"),
            TextEdit::delete(TextRange::new(1, 2)),
            TextEdit::insert(0, "y"),
        ]
    }

    #[test]
    fn edits_are_of_the_text_before_all_of_them() {
        let text = "abcdあf";
        assert_eq!(apply_edits(text, &edits()).unwrap(), "xyacdおうf");
        let after = apply_edits(text, &edits()).unwrap();
        assert_eq!(apply_edits(&after, &inverse_edits(text, &edits())).unwrap(), text);
    }

    #[test]
    fn edits_that_do_not_fit_are_refused() {
        for edit in [TextEdit::insert(9, ""), TextEdit::insert(5, ""), TextEdit::delete(TextRange::new(4, 5))] {
            assert_eq!(apply_edits("abcdあ", &[edit]), None);
        }
        let overlapping = [TextEdit::delete(TextRange::new(0, 2)), TextEdit::delete(TextRange::new(1, 3))];
        assert_eq!(apply_edits("abcd", &overlapping), None);
    }
}
