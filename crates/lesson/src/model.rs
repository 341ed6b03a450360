//! What a lesson is.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Bytes, Goal, Happening, Prose};

/// A lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// Names it, in addresses and in progress: `copy-source-last`.
    pub id: String,
    /// The track that it belongs to, from 1; 0 for a lesson that is in none.
    pub track: u32,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// The lessons that it builds on, by id.
    pub requires: Vec<String>,
    /// Whether it is the end of a track: a bad Dockerfile and a budget, without hints.
    pub challenge: bool,
    /// What stands behind what it says: names of conformance cases and of measured data.
    pub evidence: Vec<String>,
    /// Its steps, in order.
    pub steps: Vec<Step>,
    /// Files of the start that are known by their size alone.
    pub sized: BTreeMap<String, Bytes>,
    /// All files of its folder's `start/`, `open/`, `solution/`, `wrong/` and `edits/`, by path.
    pub files: BTreeMap<String, String>,
    /// Its texts, by language.
    pub prose: BTreeMap<String, Prose>,
}

/// A step of a lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Names it in the lesson.
    pub id: String,
    /// The project that the step begins with, a folder of `open/`; `None` goes on with what the learner has.
    pub open: Option<String>,
    /// What happens as the step begins.
    pub play: Vec<Happening>,
    /// What has to be true at its end.
    pub goals: Vec<LessonGoal>,
    /// Hints, the most particular first.
    pub hints: Vec<Hint>,
    /// Answers that are usual and wrong.
    pub wrong: Vec<Wrong>,
    /// Hits and misses to be predicted.
    pub predict: Option<Predict>,
    /// A question with answers to choose from.
    pub quiz: Option<Quiz>,
}

/// A goal with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonGoal {
    /// Names it in the step.
    pub id: String,
    /// What has to be true.
    pub goal: Goal,
    /// Whether it is true as the step begins, and has to stay so.
    pub kept: bool,
}

/// When a hint is shown; its text is prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// Names it in the step.
    pub id: String,
    /// The goal that it helps with.
    pub goal: String,
    /// What has to be true besides, for it to fit.
    pub when: Option<Goal>,
}

/// A wrong answer, whose files are `wrong/NAME/`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// Its folder.
    pub name: String,
    /// The goal that fails.
    pub goal: String,
    /// The hint that is shown.
    #[serde(default)]
    pub hint: Option<String>,
}

/// Steps of the build whose verdict is to be said before the build is run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predict {
    /// What happens between the question and the build.
    #[serde(default)]
    pub after: Vec<Happening>,
    /// The steps, by the beginning of their instruction: `RUN npm ci`.
    pub steps: Vec<String>,
}

/// A question; its text and those of its options are prose.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// The names of the options, in order.
    pub options: Vec<String>,
    /// The name of the right one.
    pub answer: String,
}
