use std::cell::OnceCell;
use std::rc::Rc;

use source::TextRange;

use crate::lexer::{Parsed, Parser, Stop};
use crate::syntax::{HereDocument, Part, Word};

/// A here-document whose text has not come yet.
#[derive(Debug)]
pub(crate) struct Pending {
    delimiter: String,
    quoted: bool,
    strip_tabs: bool,
    body: Rc<OnceCell<Word>>,
}

impl Parser<'_> {
    /// Notes a here-document whose text comes behind the end of the line.
    pub(crate) fn await_here_document(&mut self, document: &HereDocument, delimiter: &Word, strip_tabs: bool) {
        let quoted = !matches!(delimiter.parts.as_slice(), [] | [Part::Literal(_)]);
        self.pending.push(Pending {
            delimiter: crate::word::plain_text(&delimiter.parts),
            quoted,
            strip_tabs,
            body: Rc::clone(&document.0),
        });
    }

    /// Reads the texts of the here-documents of the line that has just ended.
    pub(crate) fn here_documents(&mut self) -> Parsed<()> {
        for pending in std::mem::take(&mut self.pending) {
            let start = self.at;
            let mut body = String::new();
            let mut ended = false;
            while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
                let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
                let line = rest.get(..length).unwrap_or_default();
                let shown = if pending.strip_tabs { line.trim_start_matches('\t') } else { line };
                // A line that ends in a backslash goes on, and its next line is no delimiter.
                let goes_on = !pending.quoted && body_continues(&body);
                if !goes_on && shown.strip_suffix('\n').unwrap_or(shown) == pending.delimiter {
                    ended = true;
                    self.at += length;
                    break;
                }
                self.at += length;
                body.push_str(shown);
            }
            if !ended && self.fixed.is_none() {
                let (last, first) = (self.line_of(self.text.trim_end_matches('\n').len()), self.line_of(start));
                let text = format!(
                    "here-document at line {} delimited by end-of-file (wanted `{}')",
                    first.saturating_sub(1),
                    pending.delimiter
                );
                self.warning.get_or_insert((last, text));
            }
            let range = TextRange::new(start, if ended { self.at } else { self.text.len() });
            let range = self.fixed.unwrap_or(range);
            let parts = if pending.quoted {
                vec![Part::SingleQuoted(body)]
            } else {
                self.inner(&body, range, start, |inner| inner.here_document_parts())?
            };
            let _ = pending.body.set(Word { parts, range });
        }
        Ok(())
    }

    /// Reads `text`, a copy of something at `start` that covers `range`, with a parser of its own.
    pub(crate) fn inner<T>(
        &mut self,
        text: &str,
        range: TextRange,
        start: usize,
        read: impl FnOnce(&mut Parser<'_>) -> Parsed<T>,
    ) -> Parsed<T> {
        let mut inner = Parser::new(text, self.dialect);
        inner.depth = self.depth;
        inner.extended_patterns = self.extended_patterns;
        inner.fixed = Some(range);
        inner.first_line = self.line_of(start);
        let result = read(&mut inner);
        if let (Err(Stop), Some(error)) = (&result, inner.error) {
            self.error_line = inner.error_line;
            self.error = Some(error);
        }
        result
    }
}

fn body_continues(body: &str) -> bool {
    body.strip_suffix('\n').is_some_and(|line| line.bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 1)
}
