//! Lessons in a session: which is open and how far the learner is, what is done of all of them.
//!
//! A lesson has a session of its own: its project, builds and timeline are in the state while it is open, and the sandbox
//! waits as a saved text until it is closed. What the lesson plays becomes events like any others. Goals are judged in
//! [`judge`] once an action is carried out; those that take builds of their own wait for [`LessonAction::Check`], which the
//! page sends when typing rests.

mod act;
mod judge;
mod make;
mod progress;
mod restore;
mod walk;

use std::collections::BTreeMap;
use std::rc::Rc;

use lesson::{Check, Lesson, PackError, Step};
use report::{DiffLine, Report};

pub(crate) use act::{act, note_build, settles};
pub(crate) use judge::judge;
pub use make::{Offer, id_of, made_lesson, offers};
pub use progress::{Mark, Progress, ProgressError};
pub(crate) use restore::{complete, differ, refresh, restored};
pub use walk::{solution, target};

/// Where a lesson comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// One of the page's own: its id.
    Site(String),
    /// An address of the web.
    Address(String),
    /// A file that was opened.
    File,
}

/// What the learner asks of lessons.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonAction {
    /// The list of lessons is wanted.
    List,
    /// The answer to [`LessonEffect::FetchList`]: its text, or why it cannot be had.
    Listed(Result<String, String>),
    /// A lesson is to be opened, at a step by its id or its number from 1. One that was left goes on where it was.
    Open(Source, Option<String>),
    /// The answer to [`LessonEffect::Fetch`]: a pack's text, or why it cannot be had. Of a lesson that is open already it takes
    /// the place, for who is writing it.
    Loaded(Source, Result<String, String>),
    /// Another step, by its index.
    Go(usize),
    /// The step is begun again.
    Reset,
    /// The next hint.
    Hint,
    /// The solution is looked at: from now on the step counts as shown, unless it is begun again.
    ShowSolution,
    /// The solution is put in the place of the learner's files.
    ApplySolution,
    /// A step of the prediction, by its index, is said to be a hit or a miss.
    Predict(usize, bool),
    /// What the prediction is about happens, and is built.
    Reveal,
    /// An answer of the quiz is chosen: its name.
    Answer(String),
    /// Typing rests: judge the goals that take builds of their own.
    Check,
    /// Back to the sandbox, as it was left.
    Close,
    /// What is done, as it was kept, or from a file: it is added to what is done here.
    Progress(String),
}

/// What the page does for lessons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonEffect {
    /// Get the list and answer with [`LessonAction::Listed`].
    FetchList,
    /// Get a lesson and answer with [`LessonAction::Loaded`].
    Fetch(Source),
    /// Send [`LessonAction::Check`] once nothing was typed for a moment.
    CheckSoon,
    /// Keep what is done, under a key of its own.
    KeepProgress(String),
}

/// A lesson that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Where it comes from.
    pub source: Source,
    /// Its id.
    pub id: String,
    /// The lesson; `None` until it was fetched again.
    pub lesson: Option<Rc<Lesson>>,
    /// The step that is looked at.
    pub step: usize,
    /// The last step that was begun.
    pub reached: usize,
    /// What the learner did in each step.
    pub attempts: BTreeMap<usize, Attempt>,
    /// Of each goal of the step, what came of looking at it last; `None` before it was.
    pub checks: Vec<Option<Check>>,
    /// Whether goals wait to be judged that take builds of their own.
    pub waits: bool,
    /// Whether the learner seems to be stuck: a hint is offered.
    pub stuck: bool,
    /// The pack's text, of a lesson that cannot be fetched again.
    pub text: Rc<str>,
    /// The step's id, to find it again in a lesson that is fetched again.
    pub(crate) step_id: String,
    /// Builds since the last goal was met, and when that was, in seconds since 1970.
    pub(crate) since: (usize, i64),
    /// What is known of the goals since the step was come to.
    pub(crate) visit: Visit,
}

/// What is known of a step's goals since the learner came to it, while it began or to look back: only what an edit has met
/// since then is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Visit {
    /// How many events there were; `None` where they were forgotten since.
    pub events: Option<usize>,
    /// How many builds there were in the step.
    pub builds: usize,
    /// Of each goal whether it was met when it was judged last, before facts were waited for too; `None` before it was.
    pub met: Vec<Option<bool>>,
}

/// What the learner did in a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempt {
    /// How many events there were when it began, what the lesson plays included; `None` where they were forgotten since.
    pub begun: Option<usize>,
    /// What a build would have done then.
    pub began: Option<Rc<Report>>,
    /// The builds that were run in it.
    pub builds: usize,
    /// The hints that were shown, by id.
    pub hints: Vec<String>,
    /// Whether the solution was looked at.
    pub seen: bool,
    /// What was predicted of each step: whether it is a hit.
    pub predicted: BTreeMap<usize, bool>,
    /// What came of the prediction.
    pub revealed: Option<Revealed>,
    /// The answers of the quiz that were chosen, in order.
    pub answers: Vec<String>,
}

/// What came of a prediction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Revealed {
    /// Of each step whether it was a hit; `None` where the Dockerfile has no such step.
    pub hits: Vec<Option<bool>>,
    /// How many events there were then.
    pub at: Option<usize>,
    /// The build, where it is still known.
    pub report: Option<Rc<Report>>,
}

/// A session that waits while another is open: the sandbox, or the lesson that was left.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shelved {
    /// The lesson's source and id; `None` for the sandbox.
    pub lesson: Option<(Source, String)>,
    /// Its saved text.
    pub text: Rc<str>,
}

/// A lesson that is being fetched, and the step that it is to be opened at.
pub(crate) type Opening = (Source, Option<String>);

/// Why the list of lessons cannot be shown, or a lesson cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonError {
    /// It cannot be had.
    Unavailable(String),
    /// It is not understood.
    Unreadable(PackError),
}

impl Study {
    /// The step that is looked at.
    #[must_use]
    pub fn current(&self) -> Option<&Step> {
        self.lesson.as_ref()?.steps.get(self.step)
    }

    /// What the learner did in it.
    #[must_use]
    pub fn attempt(&self) -> Attempt {
        self.attempts.get(&self.step).cloned().unwrap_or_default()
    }

    /// The step is come to, with so many events.
    pub(crate) fn visit(&mut self, events: usize) {
        self.checks.clear();
        let builds = self.attempts.get(&self.step).map_or(0, |attempt| attempt.builds);
        self.visit = Visit { events: Some(events), builds, met: Vec::new() };
    }

    pub(crate) fn attempt_mut(&mut self) -> &mut Attempt {
        self.attempts.entry(self.step).or_default()
    }

    /// What is done of it is kept under this name: that of a lesson from elsewhere is never one of the page's own.
    #[must_use]
    pub fn key(&self) -> String {
        match self.source {
            Source::Site(_) => self.id.clone(),
            Source::Address(_) | Source::File => format!("own:{}", self.id),
        }
    }

    /// Whether the lesson solves the step by changing files: else there is nothing to show.
    #[must_use]
    pub fn has_solution(&self) -> bool {
        !walk::solution_edits(Some(self)).is_empty()
    }

    /// Whether the goals of the step are met.
    #[must_use]
    pub fn goals_met(&self) -> bool {
        !self.waits && self.checks.iter().all(|check| check.as_ref().is_some_and(|check| check.met))
    }

    /// Whether all is done that the step asks for.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let Some(step) = self.current() else { return false };
        let attempt = self.attempts.get(&self.step);
        let revealed = step.predict.is_none() || attempt.is_some_and(|attempt| attempt.revealed.is_some());
        let right = |quiz: &lesson::Quiz| attempt.and_then(|attempt| attempt.answers.last()) == Some(&quiz.answer);
        self.goals_met() && revealed && step.quiz.as_ref().is_none_or(right)
    }
}

/// What a solution does to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDiff {
    /// Its path.
    pub path: String,
    /// Its lines.
    pub lines: Vec<DiffLine>,
}
