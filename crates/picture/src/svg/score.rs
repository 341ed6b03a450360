//! A build as something that plays: which step is at work when, and how its time is told in some seconds.

use std::collections::{BTreeMap, BTreeSet};

use report::{Report, StepState};

/// How long a build plays at the usual speed, in milliseconds, where it takes any time.
const LENGTH: u64 = 8_000;
/// The time that a moment gets at least, so that what takes none can be seen; with many of them together at most
/// three fifths of the whole.
const TICK: u64 = 180;

/// Where a step is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It has not begun.
    Waiting,
    /// It is at work.
    Running,
    /// What happens to it has happened.
    Done,
}

/// The moment of something: the build's time, and a place among what happens at that time.
type Moment = (u64, usize);

/// The moments of a build in order, and which step begins and ends at which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// When each moment is in playing time, and in the build's.
    moments: Vec<(u64, u64)>,
    /// The moments at which each step begins and ends; `None` where nothing happens to it.
    steps: Vec<Option<(usize, usize)>>,
    /// When the sending of the context begins and ends.
    context: Option<(usize, usize)>,
}

/// Works out how a build plays. Steps that take no time come one after another at the time at which they are ready.
#[must_use]
pub fn score(report: &Report) -> Score {
    let mut spans: Vec<Option<(Moment, Moment)>> = Vec::with_capacity(report.steps.len());
    for step in &report.steps {
        let happens = matches!(step.state, StepState::Cached | StepState::Ran | StepState::Failed);
        let span = happens.then(|| {
            let ended = step.inputs.iter().filter_map(|input| spans.get(*input).copied().flatten()).map(|span| span.1);
            let start = ended.filter(|end| end.0 == step.start_ms).max().unwrap_or((step.start_ms, 0));
            if step.ms == 0 {
                let tick = (start.0, start.1.saturating_add(1));
                (tick, tick)
            } else {
                (start, (step.start_ms.saturating_add(step.ms), 0))
            }
        });
        spans.push(span);
    }
    let context = report.time.transfer.filter(|transfer| transfer.ms > 0).map(|transfer| ((0, 0), (transfer.ms, 0)));
    let all: BTreeSet<Moment> = spans
        .iter()
        .flatten()
        .chain(&context)
        .flat_map(|(start, end)| [*start, *end])
        .chain([(0, 0), (report.totals.ms, 0)])
        .collect();
    let index: BTreeMap<Moment, usize> = all.iter().enumerate().map(|(index, moment)| (*moment, index)).collect();
    let place = |(start, end): (Moment, Moment)| Some((*index.get(&start)?, *index.get(&end)?));
    Score {
        moments: play_times(&all),
        steps: spans.into_iter().map(|span| span.and_then(place)).collect(),
        context: context.and_then(place),
    }
}

/// Gives every stretch between two moments a tick and its share of the rest.
fn play_times(all: &BTreeSet<Moment>) -> Vec<(u64, u64)> {
    let total = all.last().map_or(0, |moment| moment.0);
    let gaps = (all.len() as u64).saturating_sub(1).max(1);
    let tick = (LENGTH * 3 / 5 / gaps).clamp(1, TICK);
    let rest = u128::from(LENGTH.saturating_sub(tick.saturating_mul(gaps)));
    let mut moments: Vec<(u64, u64)> = Vec::with_capacity(all.len());
    for (ticks, (at, _)) in (0_u64..).zip(all) {
        let share = (rest * u128::from(*at)).checked_div(u128::from(total)).unwrap_or(0);
        let share = u64::try_from(share).unwrap_or(LENGTH);
        moments.push((tick.saturating_mul(ticks).saturating_add(share), *at));
    }
    moments
}

impl Score {
    /// How long it plays, in milliseconds.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.moments.last().map_or(0, |moment| moment.0)
    }

    /// The build's time at a moment of playing.
    #[must_use]
    pub fn time(&self, played: u64) -> u64 {
        let next = self.moments.partition_point(|moment| moment.0 <= played);
        let before = next.checked_sub(1).and_then(|index| self.moments.get(index)).copied().unwrap_or_default();
        let Some(after) = self.moments.get(next) else {
            return before.1;
        };
        let gone = u128::from(after.1.saturating_sub(before.1)) * u128::from(played.saturating_sub(before.0));
        let gone = gone.checked_div(u128::from(after.0.saturating_sub(before.0))).unwrap_or(0);
        before.1.saturating_add(u64::try_from(gone).unwrap_or(0))
    }

    /// The next moment after one, or the end.
    #[must_use]
    pub fn next(&self, played: u64) -> u64 {
        self.moments.iter().map(|moment| moment.0).find(|moment| *moment > played).unwrap_or_else(|| self.length())
    }

    /// The last moment before one, or the beginning.
    #[must_use]
    pub fn back(&self, played: u64) -> u64 {
        self.moments.iter().rev().map(|moment| moment.0).find(|moment| *moment < played).unwrap_or(0)
    }

    /// Where each step is at a moment of playing. What never happens has its place from the beginning.
    #[must_use]
    pub fn phases(&self, played: u64) -> Vec<Phase> {
        self.steps.iter().map(|span| self.phase(*span, played)).collect()
    }

    /// Where the sending of the context is.
    #[must_use]
    pub fn context(&self, played: u64) -> Phase {
        self.phase(self.context, played)
    }

    fn phase(&self, span: Option<(usize, usize)>, played: u64) -> Phase {
        let at = |index: usize| self.moments.get(index).map_or(0, |moment| moment.0);
        match span {
            Some((start, _)) if played < at(start) => Phase::Waiting,
            Some((_, end)) if played < at(end) => Phase::Running,
            _ => Phase::Done,
        }
    }
}

#[cfg(test)]
mod tests {
    use report::{StepView, Totals, Transfer};

    use super::super::testing::step;
    use super::*;
    use Phase::{Done, Running, Waiting};

    fn at(start_ms: u64, ms: u64, inputs: &[usize]) -> StepView {
        let state = if ms == 0 { StepState::Cached } else { StepState::Ran };
        StepView { start_ms, ms, state, ..step(0, inputs, false) }
    }

    /// Two cached steps, then one that runs beside another stage's, then one that takes from both.
    fn build() -> Report {
        Report {
            steps: vec![
                at(0, 0, &[]),
                at(0, 0, &[0]),
                at(0, 10_000, &[1]),
                at(0, 30_000, &[]),
                at(30_000, 5_000, &[2, 3]),
            ],
            totals: Totals { ms: 35_000, ..Totals::default() },
            ..Report::default()
        }
    }

    /// What the steps are doing at every moment.
    fn story(score: &Score) -> Vec<Vec<Phase>> {
        let mut moments = vec![score.phases(0)];
        let mut played = 0;
        while played < score.length() {
            played = score.next(played);
            moments.push(score.phases(played));
        }
        moments
    }

    #[test]
    fn steps_light_up_in_order_and_side_by_side() {
        assert_eq!(
            story(&score(&build())),
            [
                [Waiting, Waiting, Waiting, Running, Waiting],
                [Done, Waiting, Waiting, Running, Waiting],
                [Done, Done, Running, Running, Waiting],
                [Done, Done, Done, Running, Waiting],
                [Done, Done, Done, Done, Running],
                [Done, Done, Done, Done, Done],
            ]
        );
    }

    #[test]
    fn any_build_plays_in_seconds_and_its_clock_never_goes_back() {
        let long = score(&build());
        assert_eq!((long.length(), long.time(0), long.time(long.length())), (LENGTH, 0, 35_000));
        assert!((0..LENGTH).all(|played| long.time(played) <= long.time(played + 1)));
        // what takes no time at all still has its ticks
        let cached: Vec<StepView> = (0..4).map(|index| at(0, 0, if index == 0 { &[] } else { &[0] })).collect();
        let short = score(&Report { steps: cached, ..Report::default() });
        assert_eq!((short.length(), short.time(200)), (2 * TICK, 0));
        let many: Vec<StepView> = (0..900).map(|index| at(index, 1, &[])).collect();
        let totals = Totals { ms: 900, ..Totals::default() };
        assert!(score(&Report { steps: many, totals, ..Report::default() }).length() <= LENGTH);
        assert_eq!(score(&Report::default()).length(), 0);
    }

    #[test]
    fn stepping_back_undoes_stepping_forward() {
        let score = score(&build());
        let mut forward = vec![0];
        while let Some(&played) = forward.last().filter(|played| **played < score.length()) {
            forward.push(score.next(played));
        }
        let mut back = vec![score.length()];
        while let Some(&played) = back.last().filter(|played| **played > 0) {
            back.push(score.back(played));
        }
        back.reverse();
        assert_eq!(forward, back);
        assert_eq!(score.back(forward[1] + 1), forward[1]);
    }

    #[test]
    fn what_never_happens_waits_for_nothing_and_the_context_is_sent_first() {
        let mut report = build();
        report.steps[4].state = StepState::NotReached;
        report.time.transfer = Some(Transfer { files: 1, file_bytes: 1, bytes: 1, ms: 9_000 });
        let score = score(&report);
        assert_eq!(score.phases(0)[4], Done);
        assert_eq!((score.context(0), score.context(score.length())), (Running, Done));
    }
}
