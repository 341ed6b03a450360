//! What there is to say of a place of a Dockerfile.

use catalog::{Catalog, Reference};
use dockerfile::{INSTRUCTIONS, flags_of, mount_keys, mount_types, parse};
use source::TextRange;

use crate::complete::{Surroundings, Topic, size};
use crate::place::{Place, place};
use crate::scope::scope;
use crate::view::{BaseView, Report};

/// Something to say of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// What it is about.
    pub range: TextRange,
    /// It.
    pub subject: Subject,
}

/// What a place is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// An instruction, and its step in the report where it has one.
    Instruction {
        /// Its name in capitals.
        name: &'static str,
        /// The index of the step in [`Report::steps`].
        step: Option<usize>,
    },
    /// A flag, or something of a mount.
    Word {
        /// What it is called.
        name: String,
        /// What there is to explain.
        topic: Topic,
    },
    /// A variable where it is used, or where ARG or ENV sets it.
    Variable {
        /// Its name.
        name: String,
        /// Its value here; `None` where it is not set.
        value: Option<String>,
        /// Whether ARG gave it, not ENV or the base image.
        argument: bool,
    },
    /// A stage, by its index in [`Report::stages`].
    Stage(usize),
    /// An image.
    Image(BaseView),
    /// A file or folder of the context.
    Path {
        /// Its path.
        path: String,
        /// Its bytes, as far as they are sent.
        bytes: u64,
        /// The files in it that are sent; 1 for a file.
        files: usize,
        /// The pattern that leaves it out.
        ignored_by: Option<String>,
    },
}

/// What there is to say of `offset`; `report` is that of the text.
#[must_use]
pub fn hover(text: &str, offset: usize, report: &Report, known: &Surroundings<'_>) -> Option<Hover> {
    let file = parse(text);
    if let Some(instruction) = file.instructions.iter().find(|instruction| instruction.keyword.range.contains(offset)) {
        let name = INSTRUCTIONS.into_iter().find(|name| name.eq_ignore_ascii_case(&instruction.keyword.text))?;
        let step = report.steps.iter().position(|step| step.range == instruction.range);
        return Some(Hover { range: instruction.keyword.range, subject: Subject::Instruction { name, step } });
    }
    let place = place(text, &file, offset)?;
    let asked = Asked { text, offset, report, known };
    let word = place.word();
    if word.is_empty() {
        return None;
    }
    asked.variable(&place).or_else(|| if place.is_flag(text) { asked.flag(&place) } else { asked.argument(&place) })
}

struct Asked<'a> {
    text: &'a str,
    offset: usize,
    report: &'a Report,
    known: &'a Surroundings<'a>,
}

impl Asked<'_> {
    fn variable(&self, place: &Place<'_>) -> Option<Hover> {
        let range = variable_at(self.text, place.word(), self.offset)?;
        let name: String = range
            .of(self.text)
            .trim_start_matches(['$', '{'])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        Some(Hover { range, subject: self.value(name, place, place.instruction.range.start) })
    }

    fn value(&self, name: String, place: &Place<'_>, at: usize) -> Subject {
        let scope = scope(self.text, at, self.known.options, self.known.catalog);
        let environment = if place.keyword == "FROM" { scope.global } else { scope.here };
        let value = environment.get(&name).map(str::to_owned);
        Subject::Variable { argument: environment.is_argument(&name), name, value }
    }

    fn flag(&self, place: &Place<'_>) -> Option<Hover> {
        let word = place.word();
        let written = word.of(self.text);
        let (flag, value) = written.split_once('=').unwrap_or((written, ""));
        let (name, _) = *flags_of(&place.keyword).iter().find(|(name, _)| *name == flag.trim_start_matches('-'))?;
        let value_start = word.end - value.len();
        if self.offset < word.start + flag.len() + 1 || value.is_empty() {
            let range = TextRange::new(word.start, word.start + flag.len());
            let subject = Subject::Word { name: flag.to_owned(), topic: Topic::Flag(name) };
            return Some(Hover { range, subject });
        }
        match name {
            "from" => self.source(value, TextRange::new(value_start, word.end)),
            "mount" => self.mount(value, value_start),
            _ => None,
        }
    }

    fn mount(&self, value: &str, start: usize) -> Option<Hover> {
        let mut at = start;
        let field = value.split(',').find(|field| {
            let here = self.offset <= at + field.len();
            at += if here { 0 } else { field.len() + 1 };
            here
        })?;
        let (key, given) = field.split_once('=').unwrap_or((field, ""));
        let value_range = TextRange::new(at + field.len() - given.len(), at + field.len());
        if self.offset >= value_range.start && !given.is_empty() {
            return match key {
                "type" => {
                    let (name, _) = mount_types().into_iter().find(|(name, _)| *name == given)?;
                    let subject = Subject::Word { name: name.to_owned(), topic: Topic::MountType(name) };
                    Some(Hover { range: value_range, subject })
                }
                "from" => self.source(given, value_range),
                _ => None,
            };
        }
        let other = match key {
            "src" => "source",
            "dst" | "destination" => "target",
            "ro" => "readonly",
            "readwrite" => "rw",
            key => key,
        };
        let keys = mount_types().into_iter().flat_map(|(_, kind)| mount_keys(kind));
        let known = keys.copied().chain(["type"]).find(|known| *known == other)?;
        let range = TextRange::new(at, at + key.len());
        Some(Hover { range, subject: Subject::Word { name: key.to_owned(), topic: Topic::MountKey(known) } })
    }

    fn argument(&self, place: &Place<'_>) -> Option<Hover> {
        let word = place.word();
        let written = word.of(self.text);
        let stage = || {
            let start = place.instruction.range.start;
            self.report.stages.iter().find(|stage| stage.range.start == start)
        };
        match (place.keyword.as_str(), place.argument(self.text)) {
            ("FROM", 0) => {
                let subject = match &stage()?.base {
                    BaseView::Stage(index) => Subject::Stage(*index),
                    BaseView::Scratch if written != "scratch" => return None,
                    base => Subject::Image(base.clone()),
                };
                Some(Hover { range: word, subject })
            }
            ("FROM", 2) => Some(Hover { range: word, subject: Subject::Stage(stage()?.index) }),
            ("ARG" | "ENV", _) => {
                let name = written.split('=').next().unwrap_or_default();
                let range = TextRange::new(word.start, word.start + name.len());
                let sets = range.contains(self.offset) && (place.keyword == "ARG" || written.contains('='));
                let end = place.instruction.range.end;
                sets.then(|| Hover { range, subject: self.value(name.to_owned(), place, end) })
            }
            ("COPY" | "ADD", at) if place.flag(self.text, "from").is_none() && at + 1 < arguments(self.text, place) => {
                self.path(word)
            }
            _ => None,
        }
    }

    /// A stage or an image that files are taken from.
    fn source(&self, written: &str, range: TextRange) -> Option<Hover> {
        let lower = written.to_lowercase();
        let stages = &self.report.stages;
        let named = stages.iter().rev().find(|stage| stage.name.as_deref() == Some(lower.as_str()));
        let index =
            named.map(|stage| stage.index).or_else(|| written.parse().ok().filter(|&n: &usize| n < stages.len()));
        let subject = match index {
            Some(index) => Subject::Stage(index),
            None => Subject::Image(image(written, self.known.catalog)?),
        };
        Some(Hover { range, subject })
    }

    fn path(&self, word: TextRange) -> Option<Hover> {
        let parts: Vec<&str> = word.of(self.text).split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let path = parts.join("/");
        let inside = |other: &str| {
            path.is_empty() || other.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let files = self.known.context.files.iter().filter(|file| inside(&file.path));
        let found: Vec<_> = files.collect();
        let own = found.iter().find(|file| *file.path == *path);
        let sent: Vec<_> = found.iter().filter(|file| file.ignored_by.is_none() && file.kind != "dir").collect();
        if found.is_empty() {
            return None;
        }
        let subject = Subject::Path {
            path: if path.is_empty() { ".".to_owned() } else { path.clone() },
            bytes: sent.iter().map(|file| file.bytes).fold(0, u64::saturating_add),
            files: sent.len(),
            ignored_by: own.and_then(|file| file.ignored_by.clone()),
        };
        Some(Hover { range: word, subject })
    }
}

/// The number of words that are no flags.
fn arguments(text: &str, place: &Place<'_>) -> usize {
    place.words.iter().filter(|word| !word.of(text).starts_with("--")).count()
}

/// The variable of a word that an offset lies in: `$NAME` or `${…}`.
fn variable_at(text: &str, word: TextRange, offset: usize) -> Option<TextRange> {
    let written = word.of(text);
    let mut at = 0;
    while let Some(found) = written.get(at..).and_then(|rest| rest.find('$')) {
        let start = at + found;
        let rest = written.get(start + 1..).unwrap_or_default();
        let length = if rest.starts_with('{') {
            rest.find('}').map_or(0, |close| close + 1)
        } else {
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
        };
        let range = TextRange::new(word.start + start, word.start + start + 1 + length);
        if length > 0 && range.contains(offset) {
            return Some(range);
        }
        at = start + 1 + length;
    }
    None
}

/// An image by its name, as a base would be shown.
fn image(name: &str, catalog: &Catalog) -> Option<BaseView> {
    let reference = Reference::parse(name).ok()?;
    let found = catalog.find(&reference);
    Some(BaseView::Image {
        name: reference.full(),
        short: reference.short(),
        counted_as: found.image.as_ref().filter(|_| found.stand_in).map(|image| image.reference.clone()),
        system: found.system.as_ref().map(|system| system.reference.clone()),
        known: found.image.is_some(),
        bytes: found.image.as_ref().map_or(0, |image| size(image)),
    })
}
