//! Pieces that rewrites are made of.

use dockerfile::blocks;
use source::{TextEdit, TextRange};

use crate::facts::{Facts, RunAt};
use crate::script::Call;

impl Facts {
    /// The lines of an instruction, with the comments directly above it.
    pub fn block(&self, number: usize) -> TextRange {
        blocks(&self.text, &self.file).get(number).copied().unwrap_or_default()
    }

    /// Puts lines before an instruction and its comments.
    pub fn before(&self, number: usize, lines: &str) -> TextEdit {
        TextEdit::insert(self.block(number).start, lines)
    }

    /// Puts lines behind an instruction.
    pub fn behind(&self, number: usize, lines: &str) -> TextEdit {
        let block = self.block(number);
        if block.of(&self.text).ends_with('\n') {
            return TextEdit::insert(block.end, lines);
        }
        TextEdit::insert(block.end, format!("\n{}", lines.strip_suffix('\n').unwrap_or(lines)))
    }

    /// Takes an instruction out, with its comments.
    pub fn without(&self, number: usize) -> TextEdit {
        TextEdit::delete(self.block(number))
    }

    /// The lines of an instruction, with a line end.
    pub fn lines(&self, number: usize) -> String {
        let lines = self.block(number).of(&self.text);
        if lines.ends_with('\n') { lines.to_owned() } else { format!("{lines}\n") }
    }

    /// The end of a line that goes on, and the indent of the next.
    pub fn next_line(&self) -> String {
        format!(" {}\n    ", self.file.escape)
    }

    /// Puts flags behind an instruction's keyword, each on its own line where there are several.
    pub fn with_flags(&self, number: usize, flags: &[String]) -> Option<TextEdit> {
        let keyword = self.file.instructions.get(number)?.keyword.range;
        let next = self.next_line();
        let flags = match flags {
            [flag] => format!(" {flag}"),
            flags => format!(" {}{}", flags.join(&next), next.trim_end_matches(' ').trim_end_matches('\n')),
        };
        let rest = self.text.get(keyword.end..).unwrap_or_default();
        // the blank that stood there indents the next line
        let indent = if flags.ends_with(self.file.escape) { "\n   " } else { "" };
        rest.starts_with([' ', '\t']).then(|| TextEdit::insert(keyword.end, format!("{flags}{indent}")))
    }

    /// Puts a command behind those of a RUN that is a chain.
    pub fn then(&self, run: &RunAt<'_>, command: &str) -> Option<TextEdit> {
        let last = run.script.chain.last()?;
        let breaks = run.script.range.of(&self.text).contains('\n');
        let between = if breaks { self.next_line() } else { " ".to_owned() };
        Some(TextEdit::insert(last.range.end, format!("{between}&& {command}")))
    }

    /// Takes commands out of a RUN that is a chain; all of them: the instruction.
    pub fn without_links(&self, run: &RunAt<'_>, links: &[usize]) -> Vec<TextEdit> {
        let chain = &run.script.chain;
        let kept: Vec<usize> = (0..chain.len()).filter(|link| !links.contains(link)).collect();
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else {
            return vec![self.without(run.number)];
        };
        let place = |link: usize| chain.get(link).map(|link| link.range).unwrap_or_default();
        let mut edits = Vec::new();
        for link in links.iter().copied() {
            let range = if link > *last {
                TextRange::new(place(link.saturating_sub(1)).end, place(link).end)
            } else {
                TextRange::new(place(link).start, place(link + 1).start)
            };
            edits.push(TextEdit::delete(range));
        }
        debug_assert!(first <= last);
        edits
    }
}

/// Puts a word behind one of a call's.
pub(crate) fn add_word(call: &Call, behind: &str, word: &str) -> Option<TextEdit> {
    Some(TextEdit::insert(call.place(behind)?.end, format!(" {word}")))
}

/// Takes a word of a call out, with the blanks before it.
pub(crate) fn take_word(facts: &Facts, call: &Call, word: &str) -> Option<TextEdit> {
    let place = call.place(word)?;
    let before = facts.text.get(..place.start)?.trim_end_matches([' ', '\t']).len();
    Some(TextEdit::delete(TextRange::new(before, place.end)))
}
