//! Lessons: their files, their prose, and the goals that the simulator judges.
//!
//! A lesson is data: [`read`] makes a [`Lesson`] of a [`Pack`], the one file that a lesson's folder is packed into.
//! [`situation`] holds what a learner has made of it, [`check`] says of each [`Goal`] whether it is met and what is
//! found instead, [`hints`] which hints fit what is not. Goals are a closed vocabulary of predicates over the
//! [`report::Report`], one file each in `goals/`; nothing that a lesson says is run. [`workshop`] is lessons in the order in
//! which an instructor shows them.
//!
//! It does not model: sentences of goals (a verdict is a code with arguments; sentences are the page's), Markdown (prose
//! comes as [`Block`]s), where progress is kept, which step a learner is at.
//!
//! Invariants: a pack that is not understood is refused with the place and the reason, whatever it holds; what a pack may
//! weigh is bounded; the same situation gives the same verdicts; a goal's verdict never depends on another's.

mod amount;
mod check;
mod event;
mod goal;
mod goals;
mod hint;
mod index;
mod model;
mod pack;
mod project;
mod prose;
mod read;
mod situation;
pub mod workshop;

pub use amount::{Bytes, Millis};
pub use check::{Check, Found, Value, check};
pub use event::{Happening, apply};
pub use goal::{Aim, Goal};
pub use goals::find_step;
pub use hint::hints;
pub use index::{Entry, EntryText, Index};
pub use model::{Hint, Lesson, LessonGoal, Predict, Quiz, Step, Wrong};
pub use pack::{PACK_LIMIT, Pack, PackError};
pub use project::{overlaid, solved, started};
pub use prose::{Block, Figure, Inline, Prose, QuizOption, StepProse, each_inline};
pub use read::read;
pub use situation::{Situation, Trial, value};
