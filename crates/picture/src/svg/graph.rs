use std::collections::{BTreeMap, BTreeSet};

use report::{BaseView, Report};

use super::edges::{edges, ghost_edges};
use super::ghost::{alone, beside, keyword};
use crate::text::stage_name;

const CARD_WIDTH: i32 = 240;
const CARD_HEIGHT: i32 = 54;
pub(super) const GAP: i32 = 14;
/// Between lanes, where lines run up and down.
pub(super) const CHANNEL: i32 = 44;
const MARGIN: i32 = 8;
/// The lane's head with the stage's name.
const HEAD: i32 = 60;
pub(super) const LANE_PADDING: i32 = 8;
/// The build context, and images that files are taken from.
const SOURCE_WIDTH: i32 = 140;
/// Stages and steps that are drawn; the list has them all.
const MOST_CARDS: usize = 600;
const MOST_IMAGES: usize = 60;

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Rect {
    pub(super) fn left(self) -> (i32, i32) {
        (self.x, self.y + self.height / 2)
    }

    pub(super) fn right(self) -> (i32, i32) {
        (self.x + self.width, self.y + self.height / 2)
    }
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its index in [`Report::stages`].
    pub stage: usize,
    /// Where.
    pub area: Rect,
}

/// A step in a stage. Stages that begin alike share their first steps: each has a card for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The index of the stage.
    pub stage: usize,
    /// Its index in [`Report::steps`].
    pub step: usize,
    /// Where.
    pub area: Rect,
}

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// The next step of a stage.
    Next,
    /// FROM of another stage.
    From,
    /// COPY --from of another stage or an image.
    Copy,
    /// A mount of another stage or an image.
    Mount,
    /// Files of the build context.
    Context,
}

/// An image that steps take files from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageCard {
    /// The first step that does, and its place among what that takes ([`report::StepView::images`]).
    pub input: (usize, usize),
    /// Where.
    pub area: Rect,
}

/// What a line starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A step.
    Step(usize),
    /// The build context.
    Context,
    /// An image: its index in [`Picture::images`].
    Image(usize),
}

/// A line that ends in a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where it starts.
    pub from: Origin,
    /// The step it leads to.
    pub to: usize,
    /// What it stands for.
    pub kind: EdgeKind,
    /// Its path, as SVG has it.
    pub path: String,
}

/// The stage graph, laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Width of all.
    pub width: i32,
    /// Height of all.
    pub height: i32,
    /// The build context, where a step reads it.
    pub context: Option<Rect>,
    /// The images that steps take files from, below it.
    pub images: Vec<ImageCard>,
    /// The stages, left to right.
    pub lanes: Vec<Lane>,
    /// The steps, top to bottom.
    pub cards: Vec<Card>,
    /// The lines.
    pub edges: Vec<Edge>,
    /// What of another graph is not in this one.
    pub ghosts: Ghosts,
    /// Steps that are not drawn because there are too many.
    pub left_out: usize,
}

/// The outlines of what another graph has and this one has not, and the other way round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ghosts {
    /// Stages, each with its name.
    pub lanes: Vec<(String, Rect)>,
    /// Steps, each with its keyword.
    pub cards: Vec<(String, Rect)>,
    /// Lines to and from them, from stage to stage.
    pub edges: Vec<String>,
    /// Cards of this graph that answer nothing in the other.
    pub extra: Vec<Rect>,
}

/// Lays a report's stages out as lanes side by side, their steps as cards below each other. Lines to other lanes run in
/// the channels between lanes and in the gaps between cards, so they never cross a card.
#[must_use]
pub fn lay_out(report: &Report) -> Picture {
    lay_out_beside(report, None)
}

/// Lays stages out with room for what another graph has: its outlines stand where its steps would be.
#[must_use]
pub fn lay_out_beside(report: &Report, goal: Option<&Report>) -> Picture {
    let mut picture = sources(report);
    let columns = match goal {
        Some(goal) => beside(report, goal),
        None => alone(report),
    };
    let mut places = BTreeMap::new();
    let has_sources = picture.context.is_some() || !picture.images.is_empty();
    let first = if has_sources { MARGIN + SOURCE_WIDTH + CHANNEL } else { MARGIN };
    for (number, column) in (0..).zip(&columns) {
        let x = first + number * (CARD_WIDTH + 2 * LANE_PADDING + CHANNEL);
        let room = MOST_CARDS.saturating_sub(picture.cards.len() + picture.ghosts.cards.len());
        picture.left_out += column.slots.iter().skip(room).filter(|slot| slot.own.is_some()).count();
        if room == 0 {
            continue;
        }
        let slots = column.slots.get(..room.min(column.slots.len())).unwrap_or_default();
        for (row, slot) in (0..).zip(slots) {
            let y = MARGIN + HEAD + row * (CARD_HEIGHT + GAP);
            let area = Rect { x: x + LANE_PADDING, y, width: CARD_WIDTH, height: CARD_HEIGHT };
            if let (Some(stage), Some(step)) = (column.own, slot.own) {
                picture.cards.push(Card { stage, step, area });
                picture.ghosts.extra.extend((goal.is_some() && slot.goal.is_none()).then_some(area));
            }
            if let (Some(goal), Some(step)) = (goal, slot.goal) {
                places.insert(step, (area, slot.own.is_none()));
                if slot.own.is_none() {
                    let text = goal.steps.get(step).map(|step| keyword(&step.text)).unwrap_or_default();
                    picture.ghosts.cards.push((text.to_string(), area));
                }
            }
        }
        let rows = i32::try_from(slots.len()).unwrap_or(0).max(1);
        let height = HEAD + rows * (CARD_HEIGHT + GAP);
        let area = Rect { x, y: MARGIN, width: CARD_WIDTH + 2 * LANE_PADDING, height };
        picture.width = area.x + area.width + MARGIN;
        picture.height = picture.height.max(area.y + area.height + MARGIN);
        let missing = goal.and_then(|goal| goal.stages.get(column.goal?));
        match (column.own, missing) {
            (Some(stage), _) => picture.lanes.push(Lane { stage, area }),
            (None, Some(stage)) => picture.ghosts.lanes.push((stage_name(stage), area)),
            (None, None) => {}
        }
    }
    picture.edges = edges(report, &picture);
    if let Some(goal) = goal {
        picture.ghosts.edges = ghost_edges(goal, &places);
    }
    picture
}

/// What steps take files from beside stages, below each other: the build context and images.
fn sources(report: &Report) -> Picture {
    let area = |row: i32| {
        let y = MARGIN + HEAD + row * (CARD_HEIGHT + GAP);
        Rect { x: MARGIN, y, width: SOURCE_WIDTH, height: CARD_HEIGHT }
    };
    let context = report.steps.iter().any(|step| step.reads_context).then(|| area(0));
    let mut seen = BTreeSet::new();
    let inputs = report.steps.iter().enumerate().flat_map(|(step, view)| {
        view.images.iter().enumerate().map(move |(place, (image, _))| ((step, place), name_of(image)))
    });
    let inputs = inputs.filter(|(_, name)| seen.insert(*name)).take(MOST_IMAGES);
    let rows = i32::from(context.is_some())..;
    let images: Vec<ImageCard> =
        rows.zip(inputs).map(|(row, (input, _))| ImageCard { input, area: area(row) }).collect();
    let last = images.last().map(|image| image.area).or(context);
    let height = last.map_or(0, |last| last.y + last.height + MARGIN);
    Picture { context, images, height, ..Picture::default() }
}

pub(super) fn name_of(image: &BaseView) -> &str {
    match image {
        BaseView::Image { name, .. } => name,
        BaseView::Scratch | BaseView::Stage(_) => "",
    }
}

/// How much of `width` a part of the largest takes: at least a sliver where there is anything.
#[must_use]
pub fn share(part: u64, largest: u64, width: i32) -> i32 {
    let all = u128::try_from(width).unwrap_or(0);
    let share = (u128::from(part) * all).checked_div(u128::from(largest)).unwrap_or(0);
    let least = i32::from(part > 0) * 2;
    i32::try_from(share).unwrap_or(width).clamp(least.min(width), width.max(0))
}

#[cfg(test)]
mod tests {
    use report::InputKind;
    use report::{StageView, TextRange};

    use super::super::testing::step;
    use super::*;

    fn stage(index: usize, steps: &[usize]) -> StageView {
        StageView {
            index,
            name: None,
            base: BaseView::Scratch,
            range: TextRange::empty(0),
            target: false,
            needed: true,
            inputs: Vec::new(),
            steps: steps.to_vec(),
        }
    }

    fn report() -> Report {
        let inputs = vec![(1, InputKind::From), (0, InputKind::Mount)];
        Report {
            stages: vec![stage(0, &[0, 1]), stage(1, &[2]), StageView { inputs, ..stage(2, &[3, 4]) }],
            steps: vec![
                step(0, &[], false),
                step(0, &[0], true),
                step(1, &[], false),
                step(2, &[2], false),
                step(2, &[3, 1], false),
            ],
            ..Report::default()
        }
    }

    fn overlap(a: Rect, b: Rect) -> bool {
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    }

    #[test]
    fn stages_are_lanes_and_no_two_cards_overlap() {
        let picture = lay_out(&report());
        assert_eq!(picture.lanes.len(), 3);
        for (index, card) in picture.cards.iter().enumerate() {
            for other in &picture.cards[index + 1..] {
                assert!(!overlap(card.area, other.area), "{card:?} {other:?}");
            }
            let lane = picture.lanes.iter().find(|lane| overlap(lane.area, card.area)).unwrap();
            assert!(lane.area.y + lane.area.height >= card.area.y + card.area.height);
            assert!(card.area.x + card.area.width <= picture.width && card.area.y < picture.height);
        }
    }

    #[test]
    fn lines_follow_the_inputs_and_the_context() {
        let edges = lay_out(&report()).edges;
        let ends: Vec<_> = edges.iter().map(|edge| (edge.from, edge.to, edge.kind)).collect();
        assert_eq!(
            ends,
            [
                (Origin::Step(0), 1, EdgeKind::Next),
                (Origin::Context, 1, EdgeKind::Context),
                (Origin::Step(2), 3, EdgeKind::From),
                (Origin::Step(1), 4, EdgeKind::Mount),
                (Origin::Step(3), 4, EdgeKind::Next),
            ]
        );
    }

    #[test]
    fn what_another_graph_has_more_is_outlined_where_it_would_stand() {
        let text = |mut report: Report, texts: &[&str]| {
            for (step, text) in report.steps.iter_mut().zip(texts) {
                step.text = (*text).to_string();
            }
            report
        };
        let lone = StageView { target: true, ..stage(0, &[0, 1]) };
        let one =
            Report { stages: vec![lone], steps: vec![step(0, &[], false), step(0, &[0], true)], ..Report::default() };
        let one = text(one, &["FROM a", "RUN old"]);
        let built = StageView { name: Some("build".to_string()), ..stage(0, &[0, 1]) };
        let target = StageView { target: true, ..stage(1, &[2, 3]) };
        let steps = vec![step(0, &[], false), step(0, &[0], false), step(1, &[], false), step(1, &[2, 1], false)];
        let two = Report { stages: vec![built, target], steps, ..Report::default() };
        let two = text(two, &["FROM b", "RUN make", "FROM a", "COPY --from=build /x /"]);
        let picture = lay_out_beside(&one, Some(&two));
        let ghosts = &picture.ghosts;
        assert_eq!(ghosts.lanes.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["build"]);
        assert_eq!(ghosts.cards.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["FROM", "RUN", "COPY"]);
        assert_eq!((ghosts.edges.len(), ghosts.extra.as_slice()), (1, &[picture.cards[1].area][..]));
        assert!(ghosts.lanes[0].1.x < picture.lanes[0].area.x, "what is copied from comes first");
        let all: Vec<Rect> =
            picture.cards.iter().map(|card| card.area).chain(ghosts.cards.iter().map(|g| g.1)).collect();
        for (index, area) in all.iter().enumerate() {
            assert!(all[index + 1..].iter().all(|other| !overlap(*area, *other)), "{all:?}");
        }
        let same = lay_out_beside(&two, Some(&two));
        assert_eq!((same.ghosts, same.cards), (Ghosts::default(), lay_out(&two).cards));
    }

    #[test]
    fn images_that_files_are_taken_from_stand_once_each_below_the_context() {
        let image = |name: &str| BaseView::Image {
            name: name.to_string(),
            short: name.to_string(),
            counted_as: None,
            system: None,
            known: true,
            bytes: 1,
        };
        let mut report = report();
        report.steps[1].images = vec![(image("a"), InputKind::Copy)];
        report.steps[4].images = vec![(image("b"), InputKind::Mount), (image("a"), InputKind::Copy)];
        let picture = lay_out(&report);
        assert_eq!(picture.images.iter().map(|image| image.input).collect::<Vec<_>>(), [(1, 0), (4, 0)]);
        let areas: Vec<Rect> = picture.context.into_iter().chain(picture.images.iter().map(|i| i.area)).collect();
        assert!(areas.windows(2).all(|pair| pair[0].y + pair[0].height < pair[1].y), "{areas:?}");
        assert!(areas.iter().all(|area| area.y + area.height < picture.height));
        let of_images = picture.edges.iter().filter(|edge| matches!(edge.from, Origin::Image(_)));
        let ends: Vec<_> = of_images.map(|edge| (edge.from, edge.to, edge.kind)).collect();
        assert_eq!(
            ends,
            [
                (Origin::Image(0), 1, EdgeKind::Copy),
                (Origin::Image(1), 4, EdgeKind::Mount),
                (Origin::Image(0), 4, EdgeKind::Copy),
            ]
        );
    }

    #[test]
    fn a_line_over_a_lane_runs_in_the_gap_above_its_end() {
        let picture = lay_out(&report());
        let target = picture.cards.iter().find(|card| card.step == 4).unwrap().area;
        let long = picture.edges.iter().find(|edge| edge.from == Origin::Step(1) && edge.to == 4).unwrap();
        assert!(long.path.contains(&format!(" {}", target.y - GAP / 2)), "{}", long.path);
    }

    #[test]
    fn a_step_that_two_stages_share_has_a_card_in_both() {
        let mut report = report();
        report.stages[2].steps = vec![0, 4];
        report.steps[4].inputs = vec![0];
        let picture = lay_out(&report);
        let stages: Vec<_> = picture.cards.iter().filter(|card| card.step == 0).map(|card| card.stage).collect();
        assert_eq!(stages, [0, 2]);
        let edge = picture.edges.iter().find(|edge| edge.to == 4).unwrap();
        assert_eq!(edge.kind, EdgeKind::Next);
    }

    #[test]
    fn bars_are_in_proportion_and_never_vanish() {
        assert_eq!([0, 1, 500, 1_000].map(|bytes| share(bytes, 1_000, 200)), [0, 2, 100, 200]);
        assert_eq!((share(u64::MAX, u64::MAX, 200), share(0, 0, 200), share(5, 1, 200)), (200, 0, 200));
    }

    #[test]
    fn thousands_of_steps_are_cut_and_counted() {
        let steps: Vec<usize> = (0..1_000).collect();
        let report = Report {
            stages: vec![stage(0, &steps), stage(1, &[1_000])],
            steps: (0..1_001).map(|_| step(0, &[], false)).collect(),
            ..Report::default()
        };
        let picture = lay_out(&report);
        assert_eq!((picture.cards.len(), picture.left_out), (MOST_CARDS, 401));
    }
}
