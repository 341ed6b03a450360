//! The stages and what they take from each other.

use std::collections::BTreeSet;

use dockerfile::Body;
use plan::{Base, BaseImage, Stage};

use crate::analyze::Analysis;
use crate::view::{BaseView, InputKind, StageView, StepView};

pub(crate) fn view(analysis: &Analysis<'_>, steps: &[StepView]) -> Vec<StageView> {
    let plan = analysis.plan;
    plan.stages
        .iter()
        .map(|stage| {
            let own = analysis.build.stage_steps.get(&stage.index).cloned();
            let not_needed =
                || (0..steps.len()).filter(|&i| steps.get(i).is_some_and(|s| s.stage == stage.index)).collect();
            StageView {
                index: stage.index,
                name: stage.name.clone(),
                base: base(stage),
                range: stage.range,
                target: plan.target == Some(stage.index),
                needed: stage.needed,
                inputs: inputs(analysis, stage),
                steps: own.unwrap_or_else(not_needed),
            }
        })
        .collect()
}

fn base(stage: &Stage) -> BaseView {
    match &stage.base {
        Base::Scratch | Base::Invalid => BaseView::Scratch,
        Base::Stage(index) => BaseView::Stage(*index),
        Base::Image(base) => image(base),
    }
}

/// An image that a stage starts from, or a step takes files from.
pub(crate) fn image(base: &BaseImage) -> BaseView {
    BaseView::Image {
        name: base.reference.full(),
        short: base.reference.short(),
        counted_as: base.image.as_ref().filter(|_| base.stand_in).map(|image| image.reference.clone()),
        system: base.system.as_ref().map(|system| system.reference.clone()),
        known: base.image.is_some(),
        bytes: base
            .image
            .as_ref()
            .map_or(0, |image| image.layers.iter().map(catalog::ImageLayer::bytes).fold(0, u64::saturating_add)),
    }
}

/// What the stage's instructions name, needed or not: an arrow of the graph for each.
fn inputs(analysis: &Analysis<'_>, stage: &Stage) -> Vec<(usize, InputKind)> {
    let by_name = |name: &str| {
        let lower = name.to_lowercase();
        let named = analysis.plan.stages.iter().rev().find(|stage| stage.name.as_deref() == Some(lower.as_str()));
        named.map(|stage| stage.index).or_else(|| name.parse().ok().filter(|&n| n < analysis.plan.stages.len()))
    };
    let mut found = BTreeSet::new();
    if let Base::Stage(base) = stage.base {
        found.insert((base, InputKind::From));
    }
    for instruction in analysis.file.instructions.get(stage.instructions.clone()).unwrap_or_default() {
        match &instruction.body {
            Body::Copy(copy) => {
                found.extend(copy.from.as_ref().and_then(|from| by_name(&from.text)).map(|s| (s, InputKind::Copy)));
            }
            Body::Run(run) => {
                let named = run.mounts.iter().filter_map(|mount| by_name(mount.from.as_deref()?));
                found.extend(named.map(|stage| (stage, InputKind::Mount)));
            }
            _ => {}
        }
    }
    found.into_iter().collect()
}
