//! Where in a Dockerfile an offset lies: in which word of which instruction.

use dockerfile::{Body, Dockerfile, Instruction};
use source::TextRange;

/// The words of an instruction that are looked at: what lies behind is a word of its own kind no more.
const WORD_LIMIT: usize = 2_000;

/// A place within an instruction.
pub(crate) struct Place<'a> {
    /// The index of the instruction.
    pub(crate) index: usize,
    pub(crate) instruction: &'a Instruction,
    /// The keyword in capitals; of ONBUILD that of its trigger, where it has one and the place is behind it.
    pub(crate) keyword: String,
    /// The words behind the keyword, as they are written.
    pub(crate) words: Vec<TextRange>,
    /// Which of them the place is in: one that ends there counts, and an empty one is made where there is none.
    pub(crate) at: usize,
}

impl Place<'_> {
    /// The word that the place is in.
    pub(crate) fn word(&self) -> TextRange {
        self.words.get(self.at).copied().unwrap_or_default()
    }

    /// Whether a word is a flag: it begins with dashes, and so do all before it.
    pub(crate) fn is_flag(&self, text: &str) -> bool {
        self.words.iter().take(self.at + 1).all(|word| word.of(text).starts_with("--"))
    }

    /// The number of the word among those that are no flags.
    pub(crate) fn argument(&self, text: &str) -> usize {
        self.at.saturating_sub(self.words.iter().take_while(|word| word.of(text).starts_with("--")).count())
    }

    /// The value of a flag, where it is given before the place or behind it.
    pub(crate) fn flag<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        let flags = self.words.iter().map(|word| word.of(text)).take_while(|word| word.starts_with("--"));
        flags.filter_map(|flag| flag.trim_start_matches('-').split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
    }
}

/// The place of an offset; `None` outside of instructions, in keywords and in heredocs.
pub(crate) fn place<'a>(text: &str, file: &'a Dockerfile, offset: usize) -> Option<Place<'a>> {
    let index = file.instructions.partition_point(|instruction| instruction.range.start <= offset).checked_sub(1)?;
    let instruction = file.instructions.get(index)?;
    let within = |range: TextRange| range.start <= offset && offset <= range.end;
    let ended = instruction.heredocs.iter().any(|heredoc| offset >= heredoc.range.start && !heredoc.range.is_empty());
    if !within(instruction.range) || within(instruction.keyword.range) || ended {
        return None;
    }
    let mut words = words(text, TextRange::new(instruction.keyword.range.end, instruction.range.end), file.escape);
    let mut keyword = instruction.keyword.text.to_uppercase();
    if keyword == "ONBUILD"
        && let Some(first) = words.first().copied().filter(|first| first.end < offset)
    {
        keyword = first.of(text).to_uppercase();
        words.remove(0);
    }
    let at = match words.iter().position(|word| within(*word)) {
        Some(at) => at,
        None => {
            let at = words.partition_point(|word| word.end < offset);
            words.insert(at, TextRange::empty(offset));
            at
        }
    };
    Some(Place { index, instruction, keyword, words, at })
}

/// The words of a range, up to the line end that ends the instruction: lines that are continued are one, and comments
/// between them are none.
fn words(text: &str, range: TextRange, escape: char) -> Vec<TextRange> {
    let mut words = Vec::new();
    let mut begun: Option<usize> = None;
    let mut at = range.start;
    // Behind a continuation: blank lines and comments belong to the instruction.
    let mut fresh = false;
    while let Some(c) = range.of(text).get(at - range.start..).and_then(|rest| rest.chars().next()) {
        if words.len() == WORD_LIMIT {
            return words;
        }
        let line = text.get(at..range.end).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        let continues = c == escape && line.get(c.len_utf8()..).is_some_and(|rest| rest.trim().is_empty());
        let skipped = continues || (fresh && (c == '#' || line.trim().is_empty()));
        if skipped || c.is_whitespace() {
            words.extend(begun.take().map(|start| TextRange::new(start, at)));
        }
        if skipped {
            fresh = true;
            at += line.len() + 1;
        } else if c == '\n' {
            return words;
        } else {
            if !c.is_whitespace() {
                fresh = false;
                begun = begun.or(Some(at));
            }
            at += c.len_utf8();
        }
    }
    words.extend(begun.map(|start| TextRange::new(start, range.end)));
    words
}

/// The stages that are begun before an instruction: their index, and the name as it is written.
pub(crate) fn stages_before(file: &Dockerfile, index: usize) -> Vec<(usize, Option<&str>)> {
    let froms = file.instructions.iter().take(index).filter_map(|instruction| match &instruction.body {
        Body::From(from) => Some(from.name.as_ref().map(|(_, name)| name.text.as_str())),
        _ => None,
    });
    froms.enumerate().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_on_behind_continuations_and_comments_between_them() {
        let of = |text: &str| {
            let found = words(text, TextRange::new(0, text.len()), '\\');
            found.iter().map(|word| word.of(text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of(" a  b\\\n# no\n\n  c \\  \n d\nnext"), ["a", "b", "c", "d"]);
        assert_eq!(of("a\\b あ #x"), ["a\\b", "あ", "#x"]);
        assert_eq!(of(""), Vec::<String>::new());
        assert_eq!(of("a \\"), ["a"]);
    }
}
