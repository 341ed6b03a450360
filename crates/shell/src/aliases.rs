//! Aliases: text in the place of a command's first word, before it is read.

use std::collections::BTreeMap;

use crate::lexer::{Parsed, Parser, Stop};
use crate::parser::script_of;
use crate::syntax::{Dialect, Part, Script, Word};

/// How often aliases are replaced in one text, and how long it may become.
const MAX_EXPANSIONS: usize = 1000;
const MAX_TEXT: usize = 1 << 20;

/// How a text is read, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Which shell reads it.
    pub dialect: Dialect,
    /// The aliases that are known.
    pub aliases: &'a BTreeMap<String, String>,
    /// Whether bash's `shopt -s extglob` is on.
    pub extended_patterns: bool,
    /// The byte that the reading begins at; lines are counted from the beginning of the text.
    pub from: usize,
}

/// What aliases have become in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expansions {
    /// Where the text of which alias stands: it is not replaced by itself there.
    inside: Vec<(usize, usize, String)>,
    /// Where the text of an alias that ends in a blank ends: the word behind is looked up too.
    open: Vec<usize>,
    /// An alias that was found: its place and name.
    pub(crate) found: Option<(usize, usize, String)>,
}

/// Reads a script of which a part may have been read before, with aliases.
#[must_use]
pub fn read(text: &str, reading: Reading<'_>) -> Script {
    let mut text = text.to_owned();
    let (mut lines, mut ends, mut from) = (Vec::new(), Vec::new(), reading.from);
    let mut expansions = Expansions::default();
    let mut count = 0;
    let mut replaced = Vec::new();
    loop {
        let mut parser = Parser::new(&text, reading.dialect);
        parser.at = from;
        parser.extended_patterns = reading.extended_patterns;
        parser.aliases = (count < MAX_EXPANSIONS && text.len() < MAX_TEXT).then_some(reading.aliases);
        parser.expansions = std::mem::take(&mut expansions);
        let result = parser.script(&mut lines, &mut ends);
        let Some((start, end, name)) = parser.expansions.found.take() else {
            let mut script = script_of(result, parser, lines);
            script.ends = ends;
            script.text = Some(text);
            script.replaced = replaced;
            return script;
        };
        from = ends.last().copied().unwrap_or(reading.from);
        expansions = std::mem::take(&mut parser.expansions);
        let value = reading.aliases.get(&name).cloned().unwrap_or_default();
        let written = text.get(start..end).unwrap_or_default().to_owned();
        replaced.push(Replaced { start, end: start + value.len(), written });
        expansions.replaced(start, end, &value, name);
        text.replace_range(start..end, &value);
        count += 1;
    }
}

/// Where the text of an alias stands now, and what is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    start: usize,
    end: usize,
    written: String,
}

impl Script {
    /// The text that it was read from, as it is written from a byte on: what comes there is to be read anew.
    #[must_use]
    pub fn text_anew(&mut self, from: usize) -> Option<String> {
        let mut text = self.text.take()?;
        for replaced in self.replaced.iter().rev().take_while(|replaced| replaced.start >= from) {
            if text.get(replaced.start..replaced.end).is_some() {
                text.replace_range(replaced.start..replaced.end, &replaced.written);
            }
        }
        Some(text)
    }
}

impl Expansions {
    fn replaced(&mut self, start: usize, end: usize, value: &str, name: String) {
        let moved = |at: usize| if at >= end { at + value.len() - (end - start).min(at + value.len()) } else { at };
        for (_, stop, _) in &mut self.inside {
            *stop = moved(*stop);
        }
        for at in &mut self.open {
            *at = moved(*at);
        }
        self.inside.push((start, start + value.len(), name));
        if value.ends_with([' ', '\t']) {
            self.open.push(start + value.len());
        }
    }
}

impl Parser<'_> {
    /// Stops at a word that is an alias and may be one at its place.
    pub(crate) fn look_for_alias(&mut self, word: &Word, first: bool) -> Parsed<()> {
        let (Some(aliases), [Part::Literal(name)]) = (self.aliases, word.parts.as_slice()) else { return Ok(()) };
        if self.fixed.is_some() || !aliases.contains_key(name) {
            return Ok(());
        }
        let at = self.token_start;
        let behind = |open: &usize| self.text.get(*open..at).is_some_and(|between| between.trim().is_empty());
        let own = |(start, end, known): &(usize, usize, String)| known == name && (*start..*end).contains(&at);
        if (first || self.expansions.open.iter().any(behind)) && !self.expansions.inside.iter().any(own) {
            self.expansions.found = Some((at, self.at, name.clone()));
            return Err(Stop);
        }
        Ok(())
    }
}
