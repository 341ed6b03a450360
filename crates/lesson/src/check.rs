//! Whether a goal is met, and what is found.

use crate::goal::Aim;
use crate::{Goal, Situation};

/// What came of looking at a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whether it is met.
    pub met: bool,
    /// What is there: the reason why it is not met, and worth saying where it is.
    pub found: Found,
}

/// What is there: a code, and the arguments of its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which sentence: one of [`Found::CODES`].
    pub code: &'static str,
    /// Its arguments.
    pub args: Vec<(&'static str, Value)>,
}

/// A typed argument: the page formats it in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A name, a path, a piece of the Dockerfile: shown as it is.
    Text(String),
    /// A number of things.
    Count(u64),
    /// A size in bytes.
    Bytes(u64),
    /// A time in milliseconds.
    Ms(u64),
    /// What is asked for by goals of which one suffices.
    Either(Vec<Aim>),
}

impl Found {
    /// Every code.
    pub const CODES: [&str; 22] = [
        "size",
        "time",
        "count",
        "built",
        "not-built",
        "invalid",
        "no-step",
        "ran",
        "cached",
        "there",
        "in-layer",
        "missing",
        "text",
        "nothing",
        "secret",
        "root",
        "problem",
        "needed",
        "not-needed",
        "no-stage",
        "apart",
        "beside",
    ];

    pub(crate) fn new(code: &'static str, args: Vec<(&'static str, Value)>) -> Found {
        debug_assert!(Found::CODES.contains(&code), "{code}");
        Found { code, args }
    }

    pub(crate) fn size(bytes: u64) -> Found {
        Found::new("size", vec![("bytes", Value::Bytes(bytes))])
    }

    pub(crate) fn time(ms: u64) -> Found {
        Found::new("time", vec![("ms", Value::Ms(ms))])
    }

    pub(crate) fn count(count: usize) -> Found {
        Found::new("count", vec![("count", Value::Count(u64::try_from(count).unwrap_or(u64::MAX)))])
    }

    /// A code with one text: a step, a path, a name.
    pub(crate) fn text(code: &'static str, text: impl Into<String>) -> Found {
        Found::new(code, vec![("text", Value::Text(text.into()))])
    }

    pub(crate) fn bare(code: &'static str) -> Found {
        Found::new(code, Vec::new())
    }

    pub(crate) fn met(self, met: bool) -> Check {
        Check { met, found: self }
    }

    pub(crate) fn fails(self) -> Check {
        self.met(false)
    }
}

/// Looks at one goal.
#[must_use]
pub fn check(goal: &Goal, situation: &Situation<'_>) -> Check {
    goal.check(situation)
}
