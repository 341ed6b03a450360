//! The triggers that stages bring to those built on them, and what they make stages need
//! (`resolveStages` and `initOnBuildTriggers` in BuildKit's `convert.go`).

use std::collections::BTreeSet;

use dockerfile::{Body, Dockerfile, Instruction};
use source::Diagnostic;

use crate::stages::{Named, reachable, sources_of};
use crate::{Base, Source, Stage};

/// A trigger of ONBUILD in the stage where it runs.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) instruction: Instruction,
    /// What it takes from.
    pub(crate) sources: Vec<Named>,
}

/// The triggers of each stage, and how often its base was looked up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Triggers {
    /// By stage.
    pub(crate) of_stage: Vec<Vec<Trigger>>,
    /// By stage: the round in which it turned out to be needed, from 1. BuildKit numbers a FROM anew in each round
    /// until then.
    pub(crate) rounds: Vec<usize>,
}

/// Finds the triggers of the stages that the target needs, round by round: a trigger may need further stages, which are
/// added to `needs`.
pub(crate) fn triggers(
    file: &Dockerfile,
    stages: &[Stage],
    target: usize,
    needs: &mut [BTreeSet<usize>],
) -> Result<Triggers, Diagnostic> {
    let mut triggers = Triggers { of_stage: vec![Vec::new(); stages.len()], rounds: vec![0; stages.len()] };
    // each round but the last makes a stage needed that was not
    for round in 1..=stages.len() + 1 {
        for index in reachable(target, needs) {
            let (Some(stage), Some(first)) = (stages.get(index), triggers.rounds.get_mut(index)) else {
                continue;
            };
            if *first > 0 {
                continue;
            }
            *first = round;
            let found = of_stage(file, stages, stage)?;
            let named = found.iter().flat_map(|trigger| &trigger.sources);
            if let Some(needs) = needs.get_mut(index) {
                needs.extend(named.filter_map(|named| match named.source {
                    Source::Stage(stage) => Some(stage),
                    _ => None,
                }));
            }
            if let Some(slot) = triggers.of_stage.get_mut(index) {
                *slot = found;
            }
        }
        if reachable(target, needs).iter().all(|&index| triggers.rounds.get(index) != Some(&0)) {
            break;
        }
    }
    Ok(triggers)
}

fn of_stage(file: &Dockerfile, stages: &[Stage], stage: &Stage) -> Result<Vec<Trigger>, Diagnostic> {
    let from_range = file.instructions.get(stage.instructions.start).map(|i| i.range).unwrap_or_default();
    let at_from = |mut diagnostic: Diagnostic| {
        diagnostic.range = from_range;
        diagnostic
    };
    let texts = texts(file, stages, stage);
    texts
        .into_iter()
        .map(|text| {
            // triggers are read with the backslash, whatever the file's escape directive says
            let instruction = dockerfile::parse_trigger(text, '\\').map_err(at_from)?;
            let sources = sources_of(&instruction, stages).map_err(at_from)?;
            Ok(Trigger { instruction, sources })
        })
        .collect()
}

/// The triggers that a stage's base brings, as they are written.
fn texts<'a>(file: &'a Dockerfile, stages: &'a [Stage], stage: &'a Stage) -> Vec<&'a str> {
    match &stage.base {
        Base::Image(base) => {
            base.image.iter().flat_map(|image| image.config.on_build.iter().map(String::as_str)).collect()
        }
        Base::Stage(base) => {
            let range = stages.get(*base).map(|base| base.instructions.clone());
            let own = range.and_then(|range| file.instructions.get(range)).unwrap_or_default();
            let trigger = |instruction: &'a Instruction| match &instruction.body {
                Body::Onbuild(trigger) => Some(trigger.text.as_str()),
                _ => None,
            };
            own.iter().filter_map(trigger).collect()
        }
        Base::Scratch | Base::Invalid => Vec::new(),
    }
}
