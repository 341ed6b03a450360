//! Workshops: lessons and states in the order in which an instructor shows them, with minutes and speaker's notes.
//!
//! A workshop is data, as lessons are: an instructor writes a file, `layerlab workshop pack` makes the one text of it that
//! the page reads with [`read`]. Notes are plain text. Which lessons there are, [`check`] is told; whether a state opens,
//! whoever opens it finds out.

mod check;
mod read;

use std::fmt;

use serde::Serialize;

pub use check::check;
pub use read::{parse, read};

/// What the text of a workshop may weigh, in bytes: it may hold saved sessions.
pub const WORKSHOP_LIMIT: usize = 16 << 20;
/// The items that a workshop may have.
pub const ITEMS_LIMIT: usize = 200;
/// The minutes that an item may take.
pub const MINUTES_LIMIT: u32 = 480;

/// A workshop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Workshop {
    /// What it is called.
    pub title: String,
    /// Who gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The language that it is given in: `en`, `ja`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The minutes that there are for all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// What is shown, in order.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// A part of a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is called; a lesson has a title of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// What is shown.
    #[serde(flatten)]
    pub shown: Shown,
    /// How long it takes.
    pub minutes: u32,
    /// What the instructor says: plain text, in lines.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notes: String,
}

/// What an item shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Shown {
    /// A lesson of the site.
    Lesson {
        /// Its id.
        lesson: String,
        /// The step that it begins with; its first without one.
        #[serde(skip_serializing_if = "Option::is_none")]
        step: Option<String>,
    },
    /// A session in a link.
    State {
        /// The link's fragment, or all of it: `#s=v2.…`.
        state: String,
    },
    /// A session as it is saved in a file.
    Saved {
        /// The file's text.
        saved: String,
    },
}

/// Something that is wrong with a workshop, or could be better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What is wrong there, and what to do.
    pub why: String,
}

/// A place in a workshop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The number of the item, from 0; `None` for the workshop's own fields.
    pub item: Option<usize>,
    /// The field; empty for the item as a whole.
    pub field: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            Some(item) if self.field.is_empty() => write!(f, "item {}", item + 1),
            Some(item) => write!(f, "item {}, {}", item + 1, self.field),
            None => write!(f, "{}", self.field),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.why)
    }
}

/// Why a text is no workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkshopError {
    /// It is something else.
    Foreign,
    /// It is of a version that is not known.
    Newer(u64),
    /// It weighs more than [`WORKSHOP_LIMIT`].
    TooLarge,
    /// Parts are not as they should be: at least one.
    Damaged(Vec<Fault>),
}

impl fmt::Display for WorkshopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkshopError::Foreign => write!(f, "this is not a workshop that `layerlab workshop pack` has written"),
            WorkshopError::Newer(version) => write!(f, "version {version} of the workshop format is not known here"),
            WorkshopError::TooLarge => write!(f, "a workshop may have {WORKSHOP_LIMIT} bytes"),
            WorkshopError::Damaged(faults) => {
                let faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
                write!(f, "{}", faults.join("; "))
            }
        }
    }
}

impl std::error::Error for WorkshopError {}

impl Workshop {
    /// The `format` of every workshop.
    pub const FORMAT: &str = "layerlab-workshop";
    /// The version that is written.
    pub const VERSION: u64 = 1;

    /// The workshop as the text that [`read`] reads.
    ///
    /// # Errors
    /// What serde says; none is known that could come.
    pub fn write(&self) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Written<'a> {
            format: &'a str,
            version: u64,
            #[serde(flatten)]
            workshop: &'a Workshop,
        }
        serde_json::to_string(&Written { format: Workshop::FORMAT, version: Workshop::VERSION, workshop: self })
    }

    /// The minutes that its items take.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.items.iter().map(|item| item.minutes).fold(0, u32::saturating_add)
    }
}
