//! The steps of a build in the order in which a room is led through them.

use report::{Report, StepState};

/// The steps to which something happens, in the order in which they are done; those that are done at the same time come as
/// they stand in the file.
#[must_use]
pub fn stops(report: &Report) -> Vec<usize> {
    let happens = |state: StepState| matches!(state, StepState::Cached | StepState::Ran | StepState::Failed);
    let steps = report.steps.iter().enumerate().filter(|(_, step)| happens(step.state));
    let mut order: Vec<(u64, usize)> =
        steps.map(|(index, step)| (step.start_ms.saturating_add(step.ms), index)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, index)| index).collect()
}

/// What a room is asked about a step, and what the answer is.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The step.
    pub step: usize,
    /// Whether it comes from the cache.
    pub hit: bool,
}

/// The answer to the question of a step.
#[must_use]
pub fn asked(report: &Report, step: usize) -> Option<Asked> {
    let hit = report.steps.get(step)?.state == StepState::Cached;
    Some(Asked { step, hit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presenter::stepped;
    use crate::svg::Phase::{Done, Waiting};
    use crate::svg::testing::step;

    /// A step that is cached, one that runs for long, one of another stage that is done before it, and one that is not reached.
    fn report() -> Report {
        let mut steps = vec![step(0, &[], false), step(0, &[0], false), step(1, &[], false), step(0, &[1], false)];
        let facts = [
            (StepState::Cached, 0, 0),
            (StepState::Ran, 0, 9_000),
            (StepState::Ran, 0, 500),
            (StepState::NotReached, 0, 0),
        ];
        for (step, (state, start_ms, ms)) in steps.iter_mut().zip(facts) {
            (step.state, step.start_ms, step.ms) = (state, start_ms, ms);
        }
        Report { steps, ..Report::default() }
    }

    #[test]
    fn steps_come_as_they_are_done_and_those_that_are_not_reached_do_not() {
        assert_eq!(stops(&report()), [0, 2, 1]);
    }

    #[test]
    fn before_its_stop_a_step_waits_and_the_last_that_is_done_is_spotlighted() {
        let report = report();
        let stops = stops(&report);
        let none = stepped(&report, &stops, 0, false);
        assert_eq!((none.spot, none.phases, none.time), (None, vec![Waiting, Waiting, Waiting, Done], 0));
        let second = stepped(&report, &stops, 2, false);
        assert_eq!((second.spot, second.phases, second.time), (Some(2), vec![Done, Waiting, Done, Done], 500));
        let question = stepped(&report, &stops, 2, true);
        assert_eq!((question.spot, question.phases.get(1)), (Some(1), Some(&Waiting)));
    }
}
