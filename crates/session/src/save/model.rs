//! The fields of the save format. Changing one needs a new version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What every version begins with.
#[derive(Deserialize)]
pub(super) struct Header {
    pub format: Option<String>,
    pub version: Option<u64>,
}

/// A saved text; `P` is [`Project`], or one that is written already.
#[derive(Serialize, Deserialize)]
pub(super) struct Document<P> {
    pub format: String,
    pub version: u64,
    #[serde(default)]
    pub settings: Settings,
    #[serde(default, skip_serializing_if = "Profile::is_default")]
    pub profile: Profile,
    #[serde(default)]
    pub open: String,
    /// Of a link: what the page shows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub view: String,
    pub start: P,
    /// Whether the start project was not built as it was opened.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unbuilt: bool,
    #[serde(default = "Vec::new")]
    pub events: Vec<Event<P>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<Study>,
    /// The session that waits: a text of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<Box<RawValue>>,
}

/// A lesson that is open. Exactly one of `site`, `address` and, for a file, neither.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Study {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The pack, where it is not the page's own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pack: String,
    pub step: String,
    pub reached: usize,
    pub attempts: BTreeMap<usize, Attempt>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Attempt {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begun: Option<usize>,
    pub builds: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub seen: bool,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub predicted: BTreeMap<usize, bool>,
    /// Of each step: a hit, a miss, or not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revealed: Option<Vec<Option<bool>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revealed_at: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
}

pub(super) type Written<'a> = Document<&'a RawValue>;

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Settings {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
}

/// The machine: a preset, the laptop where none is named, with other figures by their names.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<String, u64>,
}

impl Profile {
    fn is_default(&self) -> bool {
        *self == Profile::default()
    }
}

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Project {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The same in DEFLATE (zlib) and base64, in the place of the other fields.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub packed: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, File>,
    #[serde(default, skip_serializing_if = "Options::is_default")]
    pub options: Options,
    /// The Dockerfile that the project's own is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<String>,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Options {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub build_args: Vec<(String, Option<String>)>,
    /// `containerd`; overlay2 where it is empty or unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub store: String,
    #[serde(skip_serializing_if = "is_false")]
    pub no_cache: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub no_cache_filter: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<(String, String)>,
    #[serde(skip_serializing_if = "is_false")]
    pub network_none: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub platform: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measured: Vec<Measurement>,
}

/// A measurement: `row` of `docker history`, or `step` of a build's progress.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Measurement {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub cut: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ms: Option<u64>,
}

impl Options {
    fn is_default(&self) -> bool {
        *self == Options::default()
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

/// A file, symlink or directory: exactly one of `parts`, `link`, `dir` and the fields of the one part.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct File {
    #[serde(flatten)]
    pub part: Part,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<Part>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub dir: bool,
    /// Octal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
}

/// A piece of a file: `text`; `base64`; `size` with `fill`; or `size` with `opaque` and `from`.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// One character below U+0100: the byte of its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill: Option<char>,
    /// The name of content that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opaque: Option<String>,
    /// The first byte's offset in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub(super) enum Event<P> {
    Write {
        path: String,
        file: File,
        at: i64,
    },
    Remove {
        path: String,
        at: i64,
    },
    Rename {
        from: String,
        to: String,
        at: i64,
    },
    Chmod {
        path: String,
        mode: String,
        at: i64,
    },
    Touch {
        path: String,
        at: i64,
    },
    Options {
        options: Options,
    },
    Project {
        project: P,
    },
    Change {
        edits: Vec<Event<P>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        options: Option<Options>,
    },
    Pin {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dockerfile: Option<String>,
    },
    Swap {
        at: i64,
    },
    Measured {
        measured: Vec<Measurement>,
    },
    Build,
    Prune,
    FreshMachine,
    Republish {
        image: String,
    },
    TimePasses {
        days: u32,
    },
    Undo,
    Redo,
}
