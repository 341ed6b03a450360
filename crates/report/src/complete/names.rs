//! The names that this file, its context and the catalog have.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use catalog::{Image, ImageLayer};
use dockerfile::Body;
use plan::Environment;
use source::TextRange;

use super::{Asked, Completion, CompletionKind, Completions, Fact, completion};
use crate::place::{Place, stages_before};
use crate::scope::scope;

/// The names that are offered at most.
const MOST: usize = 300;

impl Asked<'_> {
    /// The stages that an instruction can take from: those before its own, the last first.
    pub(super) fn stages(&self, place: &Place<'_>) -> Vec<Completion> {
        let mut stages = stages_before(self.file, place.index);
        if !matches!(place.instruction.body, Body::From(_)) && place.keyword != "FROM" {
            stages.pop();
        }
        let named = stages.into_iter().rev().map(|(index, name)| name.map_or_else(|| index.to_string(), str::to_owned));
        named.map(|name| completion(name, CompletionKind::Stage)).take(MOST).collect()
    }

    /// The images that are known: their repositories, or, behind a colon, those of one repository, the newest first.
    pub(super) fn images(&self, written: &str) -> Vec<Completion> {
        let names = self.known.catalog.names();
        let split = names.filter_map(|(name, image)| Some((name.rsplit_once(':')?, name, image)));
        if let Some((repository, _)) = written.rsplit_once(':') {
            let mut tags: Vec<_> = split.filter(|((other, _), ..)| *other == repository).collect();
            tags.sort_by_key(|((_, tag), ..)| (*tag != "latest", Reverse(natural(tag))));
            let tags = tags.into_iter().map(|(_, name, image)| Completion {
                fact: image.map(|image| Fact::Bytes(size(image))),
                ..completion(name.to_owned(), CompletionKind::Image)
            });
            return tags.take(MOST).collect();
        }
        let mut repositories = BTreeMap::<&str, usize>::new();
        for ((repository, _), ..) in split {
            *repositories.entry(repository).or_default() += 1;
        }
        let repositories = repositories.into_iter().map(|(repository, count)| Completion {
            insert: format!("{repository}:"),
            fact: Some(Fact::Images(count)),
            ..completion(repository.to_owned(), CompletionKind::Image)
        });
        let scratch = completion("scratch".to_owned(), CompletionKind::Image);
        std::iter::once(scratch).chain(repositories).take(MOST).collect()
    }

    /// What lies in the folder of the context that a path is in, as far as `.dockerignore` lets it through.
    pub(super) fn paths(&self, word: TextRange) -> Completions {
        let written = word.of(self.text);
        if written.starts_with(['"', '[', '<']) {
            return Completions::default();
        }
        let name_start = written.rfind('/').map_or(0, |slash| slash + 1);
        let folder = written.get(..name_start).unwrap_or_default();
        let parts: Vec<&str> = folder.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let folder = if parts.is_empty() { String::new() } else { format!("{}/", parts.join("/")) };
        let sent = self.known.context.files.iter().filter(|file| file.ignored_by.is_none());
        let mut found = BTreeMap::<&str, (bool, u64)>::new();
        for (file, rest) in sent.filter_map(|file| Some((file, file.path.strip_prefix(&folder)?))) {
            let name = rest.split('/').next().unwrap_or_default();
            let entry = found.entry(name).or_default();
            entry.0 |= name.len() < rest.len() || file.kind == "dir";
            entry.1 = entry.1.saturating_add(file.bytes);
        }
        let mut found: Vec<_> = found.into_iter().filter(|(name, _)| !name.is_empty()).collect();
        found.sort_by_key(|(name, (is_folder, _))| (!is_folder, *name));
        let items = found.into_iter().map(|(name, (is_folder, bytes))| {
            let kind = if is_folder { CompletionKind::Folder } else { CompletionKind::File };
            let label = if is_folder { format!("{name}/") } else { name.to_owned() };
            Completion { fact: Some(Fact::Bytes(bytes)), ..completion(label, kind) }
        });
        self.from(word.start + name_start, items.take(MOST).collect())
    }

    /// The variables that are set here, the nearest first, as `$NAME` or as the text has begun.
    pub(super) fn variables(&self, place: &Place<'_>, start: usize) -> Completions {
        let braced = self.text.get(start..self.offset).is_some_and(|written| written.starts_with("${"));
        let closed = self.text.get(self.offset..).is_some_and(|rest| rest.starts_with('}'));
        let scope = scope(self.text, place.instruction.range.start, self.known.options, self.known.catalog);
        let environment = if place.keyword == "FROM" { scope.global } else { scope.here };
        let items = environment.iter().rev().map(|(name, value)| {
            let label = match (braced, closed) {
                (true, false) => format!("${{{name}}}"),
                (true, true) => format!("${{{name}"),
                (false, _) => format!("${name}"),
            };
            let fact = Some(Fact::Value(value.to_owned()));
            Completion { fact, ..completion(label, CompletionKind::Variable) }
        });
        self.from(start, items.take(MOST).collect())
    }

    /// The names that ARG can bring into a stage: the arguments above the first FROM, and the automatic ones.
    pub(super) fn arguments(&self, place: &Place<'_>, word: TextRange) -> Completions {
        if stages_before(self.file, place.index).is_empty() || word.of(self.text).contains('=') {
            return Completions::default();
        }
        let scope = scope(self.text, place.instruction.range.start, self.known.options, self.known.catalog);
        let set = |environment: &Environment, name: &str| environment.get(name).is_some();
        let names = scope.global.iter().filter(|(name, _)| !set(&scope.here, name));
        let items = names.map(|(name, value)| Completion {
            fact: Some(Fact::Value(value.to_owned())),
            ..completion(name.to_owned(), CompletionKind::Variable)
        });
        self.from(word.start, items.take(MOST).collect())
    }
}

/// The bytes of an image.
pub(crate) fn size(image: &Image) -> u64 {
    image.layers.iter().map(ImageLayer::bytes).fold(0, u64::saturating_add)
}

/// A tag in pieces that are in the order of versions: numbers as numbers.
fn natural(tag: &str) -> Vec<(u64, String)> {
    let mut pieces = Vec::new();
    let mut rest = tag;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(digits).unwrap_or_default();
        let text = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (text, after) = after.split_at_checked(text).unwrap_or_default();
        pieces.push((number.parse().unwrap_or_default(), text.to_owned()));
        rest = after;
    }
    pieces
}
