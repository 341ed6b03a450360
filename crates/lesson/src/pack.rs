//! The one file that a lesson's folder is packed into.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Prose;

/// What the text of a pack may weigh, in bytes.
pub const PACK_LIMIT: usize = 2 << 20;

/// What a pack is, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// `layerlab-lesson`
    pub format: String,
    /// 1
    pub version: u64,
    /// `lesson.toml`, as JSON.
    pub lesson: serde_json::Value,
    /// `en.md` and `ja.md`, by language.
    pub prose: BTreeMap<String, Prose>,
    /// The texts of the folders, by path: `start/Dockerfile`.
    pub files: BTreeMap<String, String>,
}

impl Pack {
    /// The `format` of every pack.
    pub const FORMAT: &str = "layerlab-lesson";
    /// The version that is written.
    pub const VERSION: u64 = 1;

    /// The pack as text.
    ///
    /// # Errors
    /// What serde says; none is known that could come.
    pub fn write(&self) -> Result<String, PackError> {
        serde_json::to_string(self).map_err(|error| PackError::Damaged { place: String::new(), why: error.to_string() })
    }
}

/// Why a pack is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    /// It is no lesson.
    Foreign,
    /// It is of a version that is not known.
    Newer(u64),
    /// It weighs more than [`PACK_LIMIT`].
    TooLarge,
    /// A part is not as it should be.
    Damaged {
        /// Which: `step "look", goal "small"`.
        place: String,
        /// What is wrong with it.
        why: String,
    },
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackError::Foreign => write!(f, "this is not a lesson of Layerlab"),
            PackError::Newer(version) => write!(f, "version {version} of the lesson format is not known here"),
            PackError::TooLarge => write!(f, "a lesson may have {PACK_LIMIT} bytes"),
            PackError::Damaged { place, why } if place.is_empty() => write!(f, "{why}"),
            PackError::Damaged { place, why } => write!(f, "{place}: {why}"),
        }
    }
}

impl std::error::Error for PackError {}
