//! The lines between the cards of a graph.

use std::collections::{BTreeMap, BTreeSet};

use report::{InputKind, Report};

use super::graph::{CHANNEL, Card, Edge, EdgeKind, GAP, LANE_PADDING, Origin, Picture, Rect, name_of};
use super::route::rounded;

/// The lines that lead to each card.
pub(super) fn edges(report: &Report, picture: &Picture) -> Vec<Edge> {
    let image_of = |(step, place): (usize, usize)| Some(name_of(&report.steps.get(step)?.images.get(place)?.0));
    let card_of = |step: usize, stage: usize| {
        let mut cards = picture.cards.iter().filter(|card| card.step == step);
        cards.clone().find(|card| card.stage == stage).or_else(|| cards.next())
    };
    let mut edges = Vec::new();
    for card in &picture.cards {
        let Some(step) = report.steps.get(card.step) else {
            continue;
        };
        let inputs: BTreeSet<usize> = step.inputs.iter().copied().collect();
        for input in inputs {
            let Some(source) = card_of(input, card.stage) else {
                continue;
            };
            let (kind, path) = if source.stage == card.stage {
                (EdgeKind::Next, straight(source.area, card.area))
            } else {
                (kind_between(report, source.stage, card), route(source.area, card.area, offset(source.stage)))
            };
            edges.push(Edge { from: Origin::Step(input), to: card.step, kind, path });
        }
        if let (true, Some(context)) = (step.reads_context, picture.context) {
            edges.push(Edge {
                from: Origin::Context,
                to: card.step,
                kind: EdgeKind::Context,
                path: route(context, card.area, -8),
            });
        }
        for (image, how) in &step.images {
            let index = picture.images.iter().position(|image_card| image_of(image_card.input) == Some(name_of(image)));
            let Some((index, source)) = index.and_then(|index| Some((index, picture.images.get(index)?))) else {
                continue;
            };
            let kind = if *how == InputKind::Mount { EdgeKind::Mount } else { EdgeKind::Copy };
            let path = route(source.area, card.area, -12 - offset(index % 3));
            edges.push(Edge { from: Origin::Image(index), to: card.step, kind, path });
        }
    }
    edges
}

/// How a card's stage takes from another. Where it does so in more than one way, its first card is what a FROM leads to.
fn kind_between(report: &Report, source: usize, card: &Card) -> EdgeKind {
    let stage = report.stages.get(card.stage);
    let takes = |how: InputKind| stage.is_some_and(|stage| stage.inputs.contains(&(source, how)));
    let first = stage.is_some_and(|stage| stage.steps.first() == Some(&card.step));
    match (takes(InputKind::From) && first, takes(InputKind::Copy), takes(InputKind::Mount)) {
        (true, _, _) => EdgeKind::From,
        (false, false, true) => EdgeKind::Mount,
        (false, _, _) => EdgeKind::Copy,
    }
}

/// Lines from stage to stage that another graph has, where one of their ends is not in this one.
pub(super) fn ghost_edges(goal: &Report, places: &BTreeMap<usize, (Rect, bool)>) -> Vec<String> {
    let mut edges = Vec::new();
    for (index, &(area, missing)) in places {
        let Some(step) = goal.steps.get(*index) else { continue };
        for input in &step.inputs {
            let from = goal.steps.get(*input).filter(|from| from.stage != step.stage);
            if let (Some(_), Some(&(source, absent))) = (from, places.get(input))
                && (missing || absent)
            {
                edges.push(route(source, area, 0));
            }
        }
    }
    edges
}

/// Lines from one source share a track, those of different sources lie side by side.
fn offset(stage: usize) -> i32 {
    i32::try_from(stage % 4).unwrap_or(0) * 4
}

fn straight(source: Rect, target: Rect) -> String {
    let x = source.x + source.width / 2;
    rounded(&[(x, source.y + source.height), (x, target.y)])
}

fn route(source: Rect, target: Rect, offset: i32) -> String {
    let (sx, sy) = source.right();
    let (tx, ty) = target.left();
    let leave = sx + LANE_PADDING + CHANNEL / 2 + offset;
    let arrive = tx - LANE_PADDING - CHANNEL / 2 + offset;
    if leave >= arrive - CHANNEL / 2 && leave <= arrive + CHANNEL / 2 {
        return rounded(&[(sx, sy), (arrive, sy), (arrive, ty), (tx, ty)]);
    }
    let gap = target.y - GAP / 2;
    rounded(&[(sx, sy), (leave, sy), (leave, gap), (arrive, gap), (arrive, ty), (tx, ty)])
}
