//! A session in a link: `#s=v2.…`, the saved text in DEFLATE with a dictionary, with its checksum, and base64 for URLs.
//! Version 1 had zlib without a dictionary.
//!
//! All of it is in the fragment, which a browser sends nowhere. Nothing of a link is trusted.

mod packing;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

use self::packing::{pack, unpack};
use crate::fold::fold;
use crate::save::{Linked, SAVED_LIMIT, load_linked, save_linked, save_linked_lesson};
use crate::{LoadError, State};

/// What a fragment with a session begins with, the version behind it.
const MARK: &str = "#s=v";
/// The version that is written.
const VERSION: u64 = 2;
/// A longer link is made shorter by forgetting what happened before: files and options stay.
const SHORT_LIMIT: usize = 8_000;
/// The characters of a link at most: more is no link that programs pass on.
const LINK_LIMIT: usize = 1 << 20;

/// Why there is no link, or a link cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It is no link with a session.
    NotALink,
    /// A newer version of Layerlab wrote it.
    NewerVersion {
        /// The link's version.
        version: u64,
    },
    /// Characters at its end are missing.
    Truncated,
    /// Characters in it are wrong.
    Damaged,
    /// It is longer, or stands for more, than is written or opened.
    TooLarge {
        /// The bytes that are opened.
        limit: u64,
    },
    /// What it holds is no session.
    Unreadable {
        /// Why.
        error: LoadError,
    },
}

impl LinkError {
    /// Its name in the page's locales, behind `message-`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            LinkError::NotALink => "link-none",
            LinkError::NewerVersion { .. } | LinkError::Unreadable { error: LoadError::NewerVersion { .. } } => {
                "link-newer-version"
            }
            LinkError::Truncated => "link-truncated",
            LinkError::Damaged => "link-damaged",
            LinkError::TooLarge { .. } => "link-too-large",
            LinkError::Unreadable { .. } => "link-unreadable",
        }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::NotALink => write!(f, "does not begin with {MARK}{VERSION}."),
            LinkError::NewerVersion { version } => write!(f, "version {version} is newer than {VERSION}"),
            LinkError::Truncated => write!(f, "its end is missing"),
            LinkError::Damaged => write!(f, "its checksum is wrong"),
            LinkError::TooLarge { limit } => write!(f, "more than {limit} bytes"),
            LinkError::Unreadable { error } => error.fmt(f),
        }
    }
}

impl std::error::Error for LinkError {}

/// The fragment that opens this session: files, options, events, the file in the editor, the machine, and `view`, which is
/// the page's own. The page's language and colours are not in it. Where what happened makes it long, files and options
/// alone are.
///
/// # Errors
/// [`LinkError::TooLarge`]
pub fn link(state: &State, view: &str) -> Result<String, LinkError> {
    let mut fragment = written(&save_linked(state, view));
    if fragment.len() > SHORT_LIMIT {
        let mut folded = state.clone();
        fold(&mut folded, 0);
        folded.start = folded.project.clone();
        folded.events = std::rc::Rc::default();
        fragment = written(&save_linked(&folded, view));
    }
    bounded(fragment)
}

/// The same with the lesson that is open, at the step and with what the learner did in it: [`link()`] leaves the lesson out.
///
/// # Errors
/// [`LinkError::TooLarge`]
pub fn lesson_link(state: &State, view: &str) -> Result<String, LinkError> {
    bounded(written(&save_linked_lesson(state, view)))
}

fn bounded(fragment: String) -> Result<String, LinkError> {
    if fragment.len() > LINK_LIMIT {
        return Err(LinkError::TooLarge { limit: LINK_LIMIT as u64 });
    }
    Ok(fragment)
}

fn written(saved: &str) -> String {
    format!("{MARK}{VERSION}.{}", URL_SAFE_NO_PAD.encode(pack(saved.as_bytes())))
}

/// Reads a link's fragment, with or without what stands before its `#`.
///
/// # Errors
/// See [`LinkError`].
pub fn read_link(text: &str) -> Result<Linked, LinkError> {
    let text = text.trim();
    let fragment = text.find('#').and_then(|at| text.get(at..)).unwrap_or(text);
    let (version, code) =
        fragment.strip_prefix(MARK).and_then(|rest| rest.split_once('.')).ok_or(LinkError::NotALink)?;
    let version = match version.parse::<u64>() {
        Ok(version @ 1..=VERSION) => version,
        Ok(version) if version > VERSION => return Err(LinkError::NewerVersion { version }),
        _ => return Err(LinkError::NotALink),
    };
    if code.len() > LINK_LIMIT {
        return Err(LinkError::TooLarge { limit: LINK_LIMIT as u64 });
    }
    let packed = unwrapped(code)?;
    let limit = usize::try_from(SAVED_LIMIT).unwrap_or(usize::MAX);
    let plain = if version == 1 {
        decompress_to_vec_zlib_with_limit(&packed, limit).map_err(|error| match error.status {
            TINFLStatus::HasMoreOutput => LinkError::TooLarge { limit: SAVED_LIMIT },
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => LinkError::Truncated,
            _ => LinkError::Damaged,
        })?
    } else {
        unpack(&packed, limit)?
    };
    let text = String::from_utf8(plain).map_err(|_| LinkError::Damaged)?;
    load_linked(&text).map_err(|error| LinkError::Unreadable { error })
}

/// The bytes of a code. One of a length that none has was cut off; what its whole characters stand for tells then.
fn unwrapped(code: &str) -> Result<Vec<u8>, LinkError> {
    match URL_SAFE_NO_PAD.decode(code) {
        Ok(packed) => Ok(packed),
        Err(base64::DecodeError::InvalidLength(_) | base64::DecodeError::InvalidLastSymbol(..)) => {
            Err(LinkError::Truncated)
        }
        Err(_) => Err(LinkError::Damaged),
    }
}
