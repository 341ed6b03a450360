//! A build that plays: where it is, and how it goes on. The graph and the timeline show the same moment of it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::render::{AnimationFrame, request_animation_frame};
use report::Report;
use yew::prelude::*;

use crate::shared::Shared;
use crate::svg::{Phase, Score, score};

/// The longest step between two pictures, in milliseconds: a page that was out of sight goes on where it was.
const LONGEST_FRAME: f64 = 100.0;

/// The speeds that there are, in percent.
pub const SPEEDS: [u32; 4] = [50, 100, 200, 400];

/// Where a build's playing is. At its end it is at rest, and shows what came of the build.
#[derive(Clone, Debug, PartialEq)]
pub struct Play {
    score: Rc<Score>,
    /// Thousandths of milliseconds, so that no speed loses parts of them.
    at: u64,
    /// Whether it goes on by itself.
    pub playing: bool,
    /// In percent.
    pub speed: u32,
    /// Whether every build plays by itself.
    pub after_build: bool,
}

/// What is done with it.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// Plays on, from the beginning where it is at its end; who wants no motion sees the end at once.
    Play {
        /// Whether there is to be no motion.
        still: bool,
    },
    /// Stops where it is.
    Pause,
    /// Goes to a moment, and stops there.
    To(u64),
    /// Goes to the next moment at which something happens.
    Forward,
    /// Goes to the last one before.
    Back,
    /// So many microseconds of playing have gone by.
    Frame(u64),
    /// How fast, in percent.
    Speed(u32),
    /// Whether every build plays by itself.
    AfterBuild(bool),
    /// Another build: at rest.
    Load(Rc<Score>),
}

impl Play {
    /// A build at rest.
    #[must_use]
    pub fn new(report: &Report) -> Play {
        Play::resting(Rc::new(score(report)))
    }

    fn resting(score: Rc<Score>) -> Play {
        let at = score.length().saturating_mul(1_000);
        Play { score, at, playing: false, speed: 100, after_build: false }
    }

    /// How much of the playing time has gone by, in milliseconds.
    #[must_use]
    pub fn played(&self) -> u64 {
        self.at / 1_000
    }

    /// How long it plays at the usual speed, in milliseconds.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.score.length()
    }

    /// Whether what is shown is what came of the build.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.played() >= self.length()
    }

    /// The build's time.
    #[must_use]
    pub fn time(&self) -> u64 {
        self.score.time(self.played())
    }

    /// Where each step is.
    #[must_use]
    pub fn phases(&self) -> Vec<Phase> {
        self.score.phases(self.played())
    }

    /// Where the sending of the context is.
    #[must_use]
    pub fn context(&self) -> Phase {
        self.score.context(self.played())
    }

    /// It after a move.
    #[must_use]
    pub fn after(&self, action: Move) -> Play {
        let to = |played: u64| played.min(self.length()).saturating_mul(1_000);
        let end = to(self.length());
        let rest = self.clone();
        match action {
            Move::Play { still: true } => Play { at: end, playing: false, ..rest },
            Move::Play { still: false } => {
                Play { at: if self.at_end() { 0 } else { self.at }, playing: end > 0, ..rest }
            }
            Move::Pause => Play { playing: false, ..rest },
            Move::To(played) => Play { at: to(played), playing: false, ..rest },
            Move::Forward => Play { at: to(self.score.next(self.played())), playing: false, ..rest },
            Move::Back => Play { at: to(self.score.back(self.played())), playing: false, ..rest },
            Move::Frame(micros) => {
                let gone = micros.saturating_mul(u64::from(self.speed)) / 100;
                let at = self.at.saturating_add(gone).min(end);
                Play { at, playing: self.playing && at < end, ..rest }
            }
            Move::Speed(speed) => Play { speed, ..rest },
            Move::AfterBuild(after_build) => Play { after_build, ..rest },
            Move::Load(score) => Play { speed: self.speed, after_build: self.after_build, ..Play::resting(score) },
        }
    }
}

impl Reducible for Play {
    type Action = Move;

    fn reduce(self: Rc<Play>, action: Move) -> Rc<Play> {
        Rc::new(self.after(action))
    }
}

/// Whether the reader wants no motion.
#[must_use]
pub fn wants_no_motion() -> bool {
    let query = "(prefers-reduced-motion: reduce)";
    let media = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
    media.is_some_and(|media| media.matches())
}

/// The playing of a report. It goes on, picture by picture, as long as it plays and is `seen`; build number `build` plays
/// by itself where that was asked for.
#[hook]
pub fn use_play(report: &Shared<Report>, build: usize, seen: bool) -> UseReducerHandle<Play> {
    let play = {
        let report = report.clone();
        use_reducer_eq(move || Play::new(&report))
    };
    let known = use_mut_ref(|| (report.clone(), build));
    use_effect_with((report.clone(), build), {
        let play = play.clone();
        move |(report, build)| {
            let (shown, number) = known.replace((report.clone(), *build));
            if shown != *report {
                play.dispatch(Move::Load(Rc::new(score(report))));
            }
            if number != *build && play.after_build {
                play.dispatch(Move::Play { still: wants_no_motion() });
            }
        }
    });
    use_effect_with(seen, {
        let play = play.clone();
        move |seen| {
            if !seen && play.playing {
                play.dispatch(Move::Pause);
            }
        }
    });
    use_effect_with(play.playing, {
        let dispatcher = play.dispatcher();
        move |playing| {
            let pending: Rc<RefCell<Option<AnimationFrame>>> = Rc::default();
            if *playing {
                next_frame(&pending, None, Rc::new(move |micros| dispatcher.dispatch(Move::Frame(micros))));
            }
            move || drop(pending.take())
        }
    });
    play
}

/// Asks for the next picture, and there for the one after it. Dropping what is pending ends it.
fn next_frame(pending: &Rc<RefCell<Option<AnimationFrame>>>, before: Option<f64>, onframe: Rc<dyn Fn(u64)>) {
    let again = Rc::downgrade(pending);
    let frame = request_animation_frame(move |now| {
        let gone = before.map_or(0.0, |before| (now - before).clamp(0.0, LONGEST_FRAME));
        let micros = (gone * 1_000.0) as u64;
        if let Some(pending) = again.upgrade() {
            next_frame(&pending, Some(now), Rc::clone(&onframe));
        }
        onframe(micros);
    });
    pending.replace(Some(frame));
}

#[cfg(test)]
mod tests {
    use report::{StepState, Totals};

    use super::*;
    use crate::svg::testing::step;

    fn play() -> Play {
        let mut steps = vec![step(0, &[], false), step(0, &[0], false)];
        for (step, start_ms) in steps.iter_mut().zip([0, 3_000]) {
            (step.state, step.start_ms, step.ms) = (StepState::Ran, start_ms, 3_000);
        }
        Play::new(&Report { steps, totals: Totals { ms: 6_000, ..Totals::default() }, ..Report::default() })
    }

    #[test]
    fn it_rests_at_the_end_and_plays_from_the_beginning() {
        let resting = play();
        assert!(resting.at_end() && !resting.playing);
        let playing = resting.after(Move::Play { still: false });
        assert_eq!((playing.played(), playing.playing, playing.phases()[0]), (0, true, Phase::Running));
        let stopped = playing.after(Move::Frame(2_500_000)).after(Move::Pause);
        assert_eq!((stopped.played(), stopped.playing), (2_500, false));
        let on = stopped.after(Move::Play { still: false });
        assert_eq!((on.played(), on.playing), (2_500, true));
        let over = on.after(Move::Frame(60_000_000));
        assert!(over.at_end() && !over.playing);
    }

    #[test]
    fn it_goes_moment_by_moment_in_both_directions() {
        let first = play().after(Move::Back);
        assert_eq!((first.time(), first.phases()[1], first.playing), (3_000, Phase::Running, false));
        assert_eq!(first.after(Move::Forward).phases(), [Phase::Done, Phase::Done]);
        assert_eq!(first.after(Move::Back).after(Move::Back).time(), 0);
        assert!(first.after(Move::To(u64::MAX)).at_end());
    }

    #[test]
    fn who_wants_no_motion_sees_the_end_at_once() {
        let stopped = play().after(Move::To(100)).after(Move::Play { still: true });
        assert!(stopped.at_end() && !stopped.playing);
    }

    #[test]
    fn it_plays_as_fast_as_was_chosen_also_another_build() {
        let fast = play().after(Move::Speed(400)).after(Move::Play { still: false }).after(Move::Frame(1_000));
        assert_eq!(fast.at, 4_000);
        let other = fast.after(Move::Load(Rc::new(Score::default())));
        assert_eq!((other.speed, other.playing, other.length()), (400, false, 0));
        assert!(!other.after(Move::Play { still: false }).playing, "there is nothing to play");
    }
}
