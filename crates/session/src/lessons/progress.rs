//! What is done of all lessons: kept under a key of its own, and passed on as a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

const FORMAT: &str = "layerlab-progress";
const VERSION: u64 = 1;
/// What such a text may weigh, in bytes.
const LIMIT: usize = 1 << 20;

/// How a step was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// With its solution looked at.
    Shown,
    /// By the learner.
    Solved,
}

/// The steps that are done, by lesson and id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    lessons: BTreeMap<String, BTreeMap<String, Mark>>,
}

/// Why a text is no progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgressError {
    /// It is of something else.
    Foreign,
    /// It is of a version that is not known.
    Newer(u64),
}

#[derive(Serialize, Deserialize)]
struct Document {
    format: String,
    version: u64,
    #[serde(default)]
    lessons: BTreeMap<String, BTreeMap<String, Mark>>,
}

#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

impl Progress {
    /// How a step was done; `None` where it was not.
    #[must_use]
    pub fn of(&self, lesson: &str, step: &str) -> Option<Mark> {
        self.lessons.get(lesson)?.get(step).copied()
    }

    /// How many of these steps are done.
    #[must_use]
    pub fn done(&self, lesson: &str, steps: &[String]) -> usize {
        steps.iter().filter(|step| self.of(lesson, step).is_some()).count()
    }

    /// Notes that a step is done; what was solved once stays so. Whether that is new.
    pub(crate) fn mark(&mut self, lesson: &str, step: &str, mark: Mark) -> bool {
        let steps = self.lessons.entry(lesson.to_owned()).or_default();
        let before = steps.get(step).copied();
        if before >= Some(mark) {
            return false;
        }
        steps.insert(step.to_owned(), mark);
        true
    }

    /// Adds what is done elsewhere. Whether anything was new.
    pub(crate) fn add(&mut self, other: &Progress) -> bool {
        let mut new = false;
        for (lesson, steps) in &other.lessons {
            for (step, mark) in steps {
                new |= self.mark(lesson, step, *mark);
            }
        }
        new
    }

    /// The text that [`Progress::read`] reads again.
    #[must_use]
    pub fn write(&self) -> String {
        let document = Document { format: FORMAT.to_owned(), version: VERSION, lessons: self.lessons.clone() };
        // A value of strings and numbers can always be written.
        serde_json::to_string(&document).unwrap_or_default()
    }

    /// Reads a text. Nothing of it is trusted.
    ///
    /// # Errors
    /// See [`ProgressError`].
    pub fn read(text: &str) -> Result<Progress, ProgressError> {
        if text.len() > LIMIT {
            return Err(ProgressError::Foreign);
        }
        let header: Header = serde_json::from_str(text).map_err(|_| ProgressError::Foreign)?;
        if header.format != FORMAT {
            return Err(ProgressError::Foreign);
        }
        if header.version != VERSION {
            return Err(ProgressError::Newer(header.version));
        }
        let document: Document = serde_json::from_str(text).map_err(|_| ProgressError::Foreign)?;
        Ok(Progress { lessons: document.lessons })
    }
}
