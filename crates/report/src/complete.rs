//! What could stand at a place of a Dockerfile: the parser's own words, and the names that this file, its build context
//! and the catalog have.

mod names;

pub(crate) use names::size;

use dockerfile::{
    Dockerfile, FlagKind, INSTRUCTIONS, MountKind, NETWORKS, SHARINGS, flags_of, mount_keys, mount_types, parse,
};
use source::TextRange;

use crate::place::{Place, place};
use crate::view::{ContextView, Options};
use catalog::Catalog;

/// The order in which instructions are offered: as a Dockerfile is written.
const ORDER: [&str; 18] = [
    "FROM",
    "RUN",
    "COPY",
    "WORKDIR",
    "ENV",
    "ARG",
    "CMD",
    "ENTRYPOINT",
    "EXPOSE",
    "USER",
    "ADD",
    "LABEL",
    "VOLUME",
    "HEALTHCHECK",
    "SHELL",
    "STOPSIGNAL",
    "ONBUILD",
    "MAINTAINER",
];

/// What is known around a Dockerfile.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The build context.
    pub context: &'a ContextView,
    /// The options of the build.
    pub options: &'a Options,
    /// The base images.
    pub catalog: &'a Catalog,
}

/// What could stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// What they would take the place of: it ends where they were asked for.
    pub range: TextRange,
    /// They, the likeliest first. Who shows them leaves out what does not fit the text that is there.
    pub items: Vec<Completion>,
}

/// Something that could be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it is called.
    pub label: String,
    /// What is written for it.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What there is to explain about it.
    pub topic: Option<Topic>,
    /// What else is known of it.
    pub fact: Option<Fact>,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// An instruction's name.
    Instruction,
    /// A flag, or a field of a mount.
    Flag,
    /// A word of the language, or one of the values that there are.
    Word,
    /// A stage.
    Stage,
    /// An image, or the repository of several.
    Image,
    /// A folder of the context.
    Folder,
    /// A file of the context.
    File,
    /// A variable.
    Variable,
}

/// What is known of a completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// How large it is.
    Bytes(u64),
    /// Its value.
    Value(String),
    /// How many images there are of the name.
    Images(usize),
}

/// Something of the language that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// An instruction.
    Instruction(&'static str),
    /// A flag, by its name without dashes.
    Flag(&'static str),
    /// A kind of mount.
    MountType(&'static str),
    /// A field of a mount.
    MountKey(&'static str),
}

impl Topic {
    /// Names it: `RUN`, `flag-mount`, `mount-cache`, `key-target`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Topic::Instruction(name) => name.to_owned(),
            Topic::Flag(name) => format!("flag-{name}"),
            Topic::MountType(name) => format!("mount-{name}"),
            Topic::MountKey(name) => format!("key-{name}"),
        }
    }
}

/// Everything that can be explained.
#[must_use]
pub fn topics() -> Vec<Topic> {
    let flags = ORDER.iter().flat_map(|name| flags_of(name)).map(|(name, _)| Topic::Flag(name));
    let types = mount_types();
    let keys = types.iter().flat_map(|(_, kind)| mount_keys(*kind)).chain(&["type"]).map(|key| Topic::MountKey(key));
    ORDER
        .map(Topic::Instruction)
        .into_iter()
        .chain(flags)
        .chain(types.map(|(name, _)| Topic::MountType(name)))
        .chain(keys)
        .collect()
}

/// What could stand at `offset`. In comments, in heredocs and in the words of a command nothing is known but variables.
#[must_use]
pub fn complete(text: &str, offset: usize, known: &Surroundings<'_>) -> Completions {
    let file = parse(text);
    let asked = Asked { text, offset, file: &file, known };
    match place(text, &file, offset) {
        Some(place) => asked.in_arguments(&place),
        None => asked.instruction(),
    }
}

/// What is asked for, and where.
pub(crate) struct Asked<'a> {
    pub(crate) text: &'a str,
    pub(crate) offset: usize,
    pub(crate) file: &'a Dockerfile,
    pub(crate) known: &'a Surroundings<'a>,
}

impl Asked<'_> {
    /// Completions for what stands between `start` and the place.
    pub(crate) fn from(&self, start: usize, items: Vec<Completion>) -> Completions {
        Completions { range: TextRange::new(start, self.offset), items }
    }

    /// At the start of a line that belongs to no instruction yet: their names.
    fn instruction(&self) -> Completions {
        let before = self.text.get(..self.offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let typed = line.trim_start();
        let in_heredoc =
            self.file.instructions.iter().flat_map(|instruction| &instruction.heredocs).any(|heredoc| {
                heredoc.range.start <= self.offset && self.offset <= heredoc.end.end.max(heredoc.range.end)
            });
        if in_heredoc || !typed.chars().all(|c| c.is_ascii_alphabetic()) {
            return Completions::default();
        }
        let start = self.offset - typed.len();
        let begun =
            self.file.instructions.iter().any(|instruction| {
                instruction.range.end < start && instruction.keyword.text.eq_ignore_ascii_case("from")
            });
        self.from(start, self.instructions(|name| begun || matches!(name, "FROM" | "ARG")))
    }

    /// The instructions in the case that the file writes them in.
    fn instructions(&self, fits: impl Fn(&str) -> bool) -> Vec<Completion> {
        let others = self.file.instructions.iter().map(|instruction| instruction.keyword.text.as_str());
        let mut others = others.filter(|keyword| INSTRUCTIONS.iter().any(|name| name.eq_ignore_ascii_case(keyword)));
        let lower = others.next().is_some_and(|keyword| keyword.chars().all(|c| c.is_ascii_lowercase()));
        ORDER
            .into_iter()
            .filter(|name| fits(name))
            .map(|name| {
                let label = if lower { name.to_lowercase() } else { name.to_owned() };
                let insert = format!("{label} ");
                let topic = Some(Topic::Instruction(name));
                Completion { label, insert, kind: CompletionKind::Instruction, topic, fact: None }
            })
            .collect()
    }

    fn in_arguments(&self, place: &Place<'_>) -> Completions {
        let word = TextRange::new(place.word().start, self.offset);
        let written = word.of(self.text);
        if let Some(dollar) = variable_start(written) {
            return self.variables(place, word.start + dollar);
        }
        if place.is_flag(self.text) && written.contains('=') {
            return self.flag_value(place, word);
        }
        let only_flags_before = place.words.iter().take(place.at).all(|word| word.of(self.text).starts_with("--"));
        let flags = if only_flags_before && written.starts_with('-') { self.flags(place) } else { Vec::new() };
        if !flags.is_empty() {
            return self.from(word.start, flags);
        }
        match (place.keyword.as_str(), place.argument(self.text)) {
            ("FROM", 0) => {
                let mut items = self.stages(place);
                items.extend(self.images(written));
                self.from(word.start, items)
            }
            ("FROM", 1) => self.from(word.start, words(&["AS"])),
            ("ONBUILD", 0) => {
                let allowed = |name: &str| !matches!(name, "FROM" | "ONBUILD" | "MAINTAINER");
                self.from(word.start, self.instructions(allowed))
            }
            ("HEALTHCHECK", 0) => self.from(word.start, words(&["CMD", "NONE"])),
            ("STOPSIGNAL", 0) => {
                self.from(word.start, words(&["SIGTERM", "SIGINT", "SIGQUIT", "SIGKILL", "SIGUSR1", "SIGWINCH"]))
            }
            ("ARG", _) => self.arguments(place, word),
            ("COPY" | "ADD", _) if place.flag(self.text, "from").is_none() => self.paths(word),
            _ => Completions::default(),
        }
    }

    /// The flags of the instruction that are not given yet.
    fn flags(&self, place: &Place<'_>) -> Vec<Completion> {
        let given = |name: &str| {
            let others = place.words.iter().enumerate().filter(|(at, _)| *at != place.at).map(|(_, word)| word);
            let names = others.filter_map(|word| word.of(self.text).strip_prefix("--"));
            names.map(|flag| flag.split('=').next().unwrap_or_default()).any(|other| other == name)
        };
        flags_of(&place.keyword)
            .iter()
            .filter(|(name, kind)| *kind == FlagKind::Values || !given(name))
            .map(|&(name, kind)| {
                let label = format!("--{name}");
                let insert = if kind == FlagKind::Switch { format!("{label} ") } else { format!("{label}=") };
                Completion { label, insert, kind: CompletionKind::Flag, topic: Some(Topic::Flag(name)), fact: None }
            })
            .collect()
    }

    fn flag_value(&self, place: &Place<'_>, word: TextRange) -> Completions {
        let written = word.of(self.text);
        let (flag, value) = written.split_once('=').unwrap_or_default();
        let name = flag.trim_start_matches('-');
        let start = self.offset - value.len();
        let kind = flags_of(&place.keyword).iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        match (name, kind) {
            (_, None) => Completions::default(),
            (_, Some(FlagKind::Switch)) => self.from(start, words(&["true", "false"])),
            ("from", _) => {
                let mut items = self.stages(place);
                items.extend(self.images(value));
                self.from(start, items)
            }
            ("mount", _) => self.mount(place, start, value),
            ("network", _) => self.from(start, words(&NETWORKS)),
            ("platform", _) => {
                self.from(start, words(&["$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64"]))
            }
            ("chmod", _) => self.from(start, words(&["755", "644", "600", "+x"])),
            _ => Completions::default(),
        }
    }

    /// The fields of a mount, and their values.
    fn mount(&self, place: &Place<'_>, start: usize, value: &str) -> Completions {
        let field_start = value.rfind(',').map_or(0, |comma| comma + 1);
        let (before, field) = value.split_at_checked(field_start).unwrap_or_default();
        let fields = || before.split(',').filter_map(|field| field.split_once('='));
        let kind_name = fields().find(|(key, _)| *key == "type").map(|(_, kind)| kind);
        let kind = mount_types().into_iter().find(|(name, _)| Some(*name) == kind_name).map(|(_, kind)| kind);
        let kind = if kind_name.is_none() { Some(MountKind::Bind) } else { kind };
        let Some((key, typed)) = field.split_once('=') else {
            let given = |key: &str| fields().any(|(other, _)| other == key) || before.split(',').any(|f| f == key);
            let type_first = kind_name.is_none().then_some("type");
            let keys = kind.map(mount_keys).unwrap_or_default().iter().copied();
            let keys = type_first.into_iter().chain(keys).filter(|key| !given(key));
            let items = keys.map(|key| Completion {
                label: key.to_owned(),
                insert: if matches!(key, "rw" | "readonly" | "required") { key.to_owned() } else { format!("{key}=") },
                kind: CompletionKind::Flag,
                topic: Some(Topic::MountKey(key)),
                fact: None,
            });
            return self.from(start + field_start, items.collect());
        };
        let start = self.offset - typed.len();
        match key {
            "type" => {
                let items = mount_types().into_iter().map(|(name, _)| Completion {
                    topic: Some(Topic::MountType(name)),
                    ..completion(name.to_owned(), CompletionKind::Word)
                });
                self.from(start, items.collect())
            }
            "sharing" => self.from(start, words(&SHARINGS)),
            "from" => {
                let mut items = self.stages(place);
                items.extend(self.images(typed));
                self.from(start, items)
            }
            "source" | "src" if kind == Some(MountKind::Bind) && fields().all(|(key, _)| key != "from") => {
                self.paths(TextRange::new(start, self.offset))
            }
            _ => Completions::default(),
        }
    }
}

/// A completion that is written as it is called.
pub(crate) fn completion(label: String, kind: CompletionKind) -> Completion {
    Completion { insert: label.clone(), label, kind, topic: None, fact: None }
}

fn words(words: &[&str]) -> Vec<Completion> {
    words.iter().map(|word| completion((*word).to_owned(), CompletionKind::Word)).collect()
}

/// Where a variable begins that the end of a text is in: `${NA` of `a/${NA`.
fn variable_start(written: &str) -> Option<usize> {
    let dollar = written.rfind('$')?;
    let name = written.get(dollar + 1..)?;
    let name = name.strip_prefix('{').unwrap_or(name);
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_').then_some(dollar)
}
