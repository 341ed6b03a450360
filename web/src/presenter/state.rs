use std::collections::BTreeMap;
use std::rc::Rc;

use lesson::workshop::Workshop;
use report::Report;
use yew::prelude::*;

use super::{Stepped, stepped};
use crate::effects::storage;

/// The smallest and the largest type, in pixels.
pub const SMALLEST: u32 = 16;
/// The largest.
pub const LARGEST: u32 = 40;
/// By how much a key changes it.
const STEP: u32 = 2;
/// What it is at first.
const USUAL: u32 = 22;
/// Where it is kept.
const SIZE_KEY: &str = "layerlab-presenter-size";

/// What is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// The editor and a part of the result, side by side.
    #[default]
    Both,
    /// The editor alone.
    Source,
    /// A part of the result alone.
    Result,
    /// The files alone.
    Context,
    /// The lesson alone.
    Lesson,
}

impl Arrangement {
    /// All of them, in the order of their buttons.
    pub const ALL: [Arrangement; 5] =
        [Arrangement::Source, Arrangement::Both, Arrangement::Result, Arrangement::Context, Arrangement::Lesson];

    /// Names it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Arrangement::Both => "both",
            Arrangement::Source => "source",
            Arrangement::Result => "result",
            Arrangement::Context => "context",
            Arrangement::Lesson => "lesson",
        }
    }

    /// The message that its button says.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Arrangement::Both => "present-both",
            Arrangement::Source => "pane-source",
            Arrangement::Result => "pane-result",
            Arrangement::Context => "pane-context",
            Arrangement::Lesson => "pane-lesson",
        }
    }

    /// The arrangement of a name.
    #[must_use]
    pub fn named(id: &str) -> Option<Arrangement> {
        Arrangement::ALL.into_iter().find(|known| known.id() == id)
    }
}

/// What a snapshot or a link has shown, as [`Presenter::place`] writes it: the part's name, panes, and a stop.
#[must_use]
pub fn read_place(place: &str) -> (&str, Option<Arrangement>, Option<usize>) {
    let mut words = place.split('/');
    let part = words.next().unwrap_or_default();
    let arrangement = words.next().and_then(Arrangement::named);
    (part, arrangement, words.next().and_then(|at| at.parse().ok()))
}

/// How many in the room said what of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// That it comes from the cache.
    pub hit: u32,
    /// That it runs.
    pub miss: u32,
}

/// Presenter mode.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presenter {
    /// Whether it is on.
    pub on: bool,
    /// What is in sight.
    pub arrangement: Arrangement,
    /// The size of type in pixels.
    pub size: u32,
    /// The steps of the build in the order in which they are stepped through.
    pub stops: Rc<Vec<usize>>,
    /// How many of them are done; `None`: all of the build is shown, and nothing is spotlighted.
    pub at: Option<usize>,
    /// Whether the room is asked what happens at each step before it is shown.
    pub predicting: bool,
    /// Whether it is being asked about the next step.
    pub asking: bool,
    /// What the room said, by step.
    pub tally: BTreeMap<usize, Tally>,
    /// Whether the screen is blank.
    pub blank: bool,
    /// How many stops are to be done once the build is there that they are of, until somebody steps.
    pub wanted: Option<usize>,
    /// What it was like when presenter mode was entered: a snapshot.
    pub beginning: Option<Rc<str>>,
    /// The workshop that is given.
    pub workshop: Option<Rc<Workshop>>,
    /// Which of its items is shown.
    pub item: usize,
}

/// What happens to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// It is entered, at a snapshot; whether a lesson is open.
    Enter(Rc<str>, bool),
    /// It is left.
    Leave,
    /// Another build is shown: its stops.
    Load(Vec<usize>),
    /// On: what is asked about is shown, or the next step.
    Next,
    /// Back.
    Back,
    /// To a stop: 0 is before the build, `None` all of it.
    Go(Option<usize>),
    /// To a stop of a build that may not be there yet.
    Want(Option<usize>),
    /// An item of a workshop is shown.
    Workshop(Rc<Workshop>, usize),
    /// Something else is in sight.
    Arrange(Arrangement),
    /// Larger type, or smaller.
    Size(bool),
    /// The screen is blank, or is not any more.
    Blank(bool),
    /// The room is asked before each step, or is not any more.
    Predict(bool),
    /// One more, or one fewer, says of the step that is asked about that it is a hit, or a miss.
    Count {
        /// That it is a hit.
        hit: bool,
        /// One more.
        more: bool,
    },
}

impl Presenter {
    /// The step that the room is asked about, or was last.
    #[must_use]
    pub fn question(&self) -> Option<usize> {
        let at = self.at.filter(|_| self.predicting)?;
        if self.asking { self.stops.get(at).copied() } else { self.stops.get(at.checked_sub(1)?).copied() }
    }

    /// How far a report is, where it is stepped through.
    #[must_use]
    pub fn stepped(&self, report: &Report) -> Option<Stepped> {
        Some(stepped(report, &self.stops, self.at?, self.asking))
    }

    /// What the page shows, in its own words: a part of the result, panes, and a stop.
    #[must_use]
    pub fn place(&self, part: &str) -> String {
        let at = self.at.map(|at| at.to_string()).unwrap_or_default();
        format!("{part}/{}/{at}", self.arrangement.id())
    }

    /// It after a turn.
    #[must_use]
    pub fn after(&self, turn: Turn) -> Presenter {
        let mut next = self.clone();
        if matches!(turn, Turn::Next | Turn::Back | Turn::Go(_)) {
            next.wanted = None;
        }
        match turn {
            Turn::Enter(beginning, lesson) => {
                next.on = true;
                next.beginning = Some(beginning);
                if lesson {
                    next.arrangement = Arrangement::Lesson;
                } else if next.arrangement == Arrangement::Lesson {
                    next.arrangement = Arrangement::Both;
                }
            }
            Turn::Leave => {
                next = Presenter { on: false, blank: false, predicting: false, asking: false, at: None, ..next }
            }
            Turn::Load(stops) => {
                // An edit that leaves the order as it is leaves the room where it is.
                if next.predicting || next.wanted.is_some() || *next.stops != stops {
                    next.at = next.predicting.then_some(0).or(next.wanted.map(|at| at.min(stops.len())));
                }
                next.tally.clear();
                next.asking = next.predicting && !stops.is_empty();
                next.stops = Rc::new(stops);
            }
            Turn::Next => next.on(),
            Turn::Back => next.back(),
            Turn::Go(at) => {
                next.at = at.map(|at| at.min(next.stops.len()));
                next.asking = next.predicting && next.at == Some(0) && !next.stops.is_empty();
            }
            Turn::Want(at) => {
                next.wanted = at;
                next.at = at.map(|at| at.min(next.stops.len()));
                (next.predicting, next.asking) = (false, false);
            }
            Turn::Workshop(workshop, item) => (next.workshop, next.item) = (Some(workshop), item),
            Turn::Arrange(arrangement) => next.arrangement = arrangement,
            Turn::Size(true) => next.size = next.size.saturating_add(STEP).min(LARGEST),
            Turn::Size(false) => next.size = next.size.saturating_sub(STEP).max(SMALLEST),
            Turn::Blank(blank) => next.blank = blank,
            Turn::Predict(predicting) => {
                next.predicting = predicting;
                next.asking = false;
                if predicting {
                    next.tally.clear();
                    next.at = Some(next.at.filter(|at| *at < next.stops.len()).unwrap_or(0));
                    next.asking = !next.stops.is_empty();
                }
            }
            Turn::Count { hit, more } => {
                if let Some(step) = next.question().filter(|_| next.asking) {
                    let tally = next.tally.entry(step).or_default();
                    let count = if hit { &mut tally.hit } else { &mut tally.miss };
                    *count = if more { count.saturating_add(1) } else { count.saturating_sub(1) };
                }
            }
        }
        next
    }

    /// From the whole build to before it; step by step; to the whole again. A step that is asked about is shown first.
    fn on(&mut self) {
        let count = self.stops.len();
        match self.at {
            None => (self.at, self.asking) = (Some(0), self.predicting && count > 0),
            Some(at) if self.asking => (self.at, self.asking) = (Some(at.saturating_add(1)), false),
            Some(at) if at >= count => self.at = None,
            Some(_) if self.predicting => self.asking = true,
            Some(at) => self.at = Some(at.saturating_add(1)),
        }
    }

    fn back(&mut self) {
        match self.at {
            None => self.at = Some(self.stops.len()),
            Some(0) => {}
            // What was shown once is not asked about again.
            Some(_) if self.asking => self.asking = false,
            Some(at) => self.at = Some(at.saturating_sub(1)),
        }
    }
}

impl Reducible for Presenter {
    type Action = Turn;

    fn reduce(self: Rc<Presenter>, turn: Turn) -> Rc<Presenter> {
        let next = self.after(turn);
        if next.size != self.size
            && let Some(storage) = storage()
        {
            let _ = storage.set_item(SIZE_KEY, &next.size.to_string());
        }
        Rc::new(next)
    }
}

/// Presenter mode and the way to change it.
pub type PresenterHandle = UseReducerHandle<Presenter>;

/// Presenter mode, off, with the size of type that was chosen last; a build is shown up to the stop that is wanted.
#[hook]
pub fn use_presenter_at_root(wanted: Option<usize>) -> PresenterHandle {
    use_reducer_eq(|| {
        let kept = storage().and_then(|storage| storage.get_item(SIZE_KEY).ok().flatten());
        let size = kept.and_then(|kept| kept.parse().ok()).unwrap_or(USUAL).clamp(SMALLEST, LARGEST);
        Presenter { size, wanted, ..Presenter::default() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presenter(turns: impl IntoIterator<Item = Turn>) -> Presenter {
        let start = Presenter { size: USUAL, ..Presenter::default() }.after(Turn::Load(vec![0, 2, 1]));
        turns.into_iter().fold(start, |presenter, turn| presenter.after(turn))
    }

    #[test]
    fn a_build_is_stepped_through_from_before_it_to_the_whole_and_back() {
        let place = |turns: &[Turn]| presenter(turns.iter().cloned()).at;
        assert_eq!(place(&[]), None);
        assert_eq!(place(&[Turn::Next]), Some(0));
        assert_eq!(place(&[Turn::Next, Turn::Next, Turn::Next]), Some(2));
        assert_eq!(place(&vec![Turn::Next; 5]), None);
        assert_eq!(place(&[Turn::Back]), Some(3));
        assert_eq!(place(&[Turn::Next, Turn::Back]), Some(0));
        assert_eq!(place(&[Turn::Go(Some(9))]), Some(3));
    }

    #[test]
    fn what_the_room_says_is_counted_until_the_step_is_shown() {
        let hit = Turn::Count { hit: true, more: true };
        let asked = presenter([Turn::Predict(true), hit.clone(), hit.clone(), Turn::Count { hit: true, more: false }]);
        assert_eq!((asked.at, asked.asking, asked.question()), (Some(0), true, Some(0)));
        let shown = asked.after(Turn::Next).after(hit.clone());
        assert_eq!((shown.at, shown.asking, shown.question()), (Some(1), false, Some(0)));
        assert_eq!(shown.tally.get(&0), Some(&Tally { hit: 1, miss: 0 }));
        let next = shown.after(Turn::Next).after(Turn::Count { hit: false, more: true });
        assert_eq!(
            (next.at, next.question(), next.tally.get(&2)),
            (Some(1), Some(2), Some(&Tally { hit: 0, miss: 1 }))
        );
        assert_eq!(next.after(Turn::Load(vec![0])).tally, BTreeMap::new());
    }

    #[test]
    fn another_build_is_shown_whole_unless_the_room_is_asked_first() {
        assert_eq!(presenter([Turn::Next, Turn::Load(vec![0])]).at, None);
        assert_eq!(presenter([Turn::Next, Turn::Load(vec![0, 2, 1])]).at, Some(0));
        let asked = presenter([Turn::Predict(true), Turn::Next, Turn::Load(vec![0])]);
        assert_eq!((asked.at, asked.asking), (Some(0), true));
    }

    #[test]
    fn what_is_shown_is_written_and_read_again() {
        let second = presenter([Turn::Next, Turn::Next, Turn::Arrange(Arrangement::Result)]);
        assert_eq!(read_place(&second.place("graph")), ("graph", Some(Arrangement::Result), Some(1)));
        assert_eq!(read_place(&presenter([]).place("log")), ("log", Some(Arrangement::Both), None));
        assert_eq!(read_place("layers"), ("layers", None, None));
    }

    #[test]
    fn a_stop_that_is_wanted_waits_for_the_build_that_it_is_of() {
        let wanted = Presenter::default().after(Turn::Want(Some(2)));
        let there = wanted.after(Turn::Load(vec![])).after(Turn::Load(vec![0, 2, 1]));
        assert_eq!((wanted.at, there.at), (Some(0), Some(2)));
        assert_eq!(there.after(Turn::Next).after(Turn::Load(vec![0])).at, None);
    }

    #[test]
    fn the_size_stays_between_its_limits() {
        assert_eq!(presenter(vec![Turn::Size(true); 30]).size, LARGEST);
        assert_eq!(presenter(vec![Turn::Size(false); 30]).size, SMALLEST);
    }

    #[test]
    fn it_opens_with_the_lesson_where_there_is_one() {
        let entered = |lesson| presenter([Turn::Enter("".into(), lesson)]).arrangement;
        assert_eq!((entered(true), entered(false)), (Arrangement::Lesson, Arrangement::Both));
    }
}
