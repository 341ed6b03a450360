//! A build's steps against time.

use std::collections::BTreeMap;

use report::{Report, StepState};

use super::graph::Rect;
use super::route::rounded;

/// Left and right of the axis.
const MARGIN: i32 = 12;
/// The axis with its figures.
const AXIS: i32 = 26;
/// A stage's name.
const HEAD: i32 = 26;
/// A step's name, above its bar.
const LABEL: i32 = 15;
const BAR: i32 = 12;
const GAP: i32 = 9;
/// What stands for no time at all, or nearly none.
const LEAST: i32 = 3;
/// The width of ten characters of a name.
const TEN_COLUMNS: i32 = 67;
/// Between two figures of the axis.
const TICK_ROOM: i32 = 76;
/// What is drawn; the table has it all.
const MOST_BARS: usize = 600;
/// Milliseconds between two figures of the axis, below an hour.
const STEPS: [u64; 20] = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
    1_800_000,
];

/// Something that takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The sending of the build context.
    Context,
    /// The loading of an image that no FROM stands for: an index into the report's pulls.
    Pull(usize),
    /// A step: an index into the report's steps.
    Step(usize),
}

/// Something that takes time, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub what: What,
    /// Its stage, of a step.
    pub stage: Option<usize>,
    /// When it starts.
    pub start: u64,
    /// How long it takes.
    pub ms: u64,
    /// Of a cached step: when it would start without the cache, and how long it would take.
    pub ghost: Option<(u64, u64)>,
    /// What it waits for.
    pub after: Vec<What>,
}

/// Everything in a build that has a time, in the order of the report.
#[must_use]
pub fn bars(report: &Report) -> Vec<Bar> {
    let before = |what, start, ms| Bar { what, stage: None, start, ms, ghost: None, after: Vec::new() };
    let context = report.time.transfer.filter(|transfer| transfer.ms > 0);
    let mut bars: Vec<Bar> = context.iter().map(|transfer| before(What::Context, 0, transfer.ms)).collect();
    for (index, pull) in report.time.pulls.iter().enumerate() {
        bars.push(before(What::Pull(index), pull.start_ms, pull.ms));
    }
    for (index, step) in report.steps.iter().enumerate() {
        if !matches!(step.state, StepState::Cached | StepState::Ran | StepState::Failed) {
            continue;
        }
        let cached = step.state == StepState::Cached && step.timing.built_ms > 0;
        let mut after: Vec<What> = step.inputs.iter().copied().map(What::Step).collect();
        after.extend((step.reads_context && context.is_some()).then_some(What::Context));
        bars.push(Bar {
            what: What::Step(index),
            stage: Some(step.stage),
            start: step.start_ms,
            ms: step.ms,
            ghost: cached.then_some((step.timing.uncached_start_ms, step.timing.built_ms)),
            after,
        });
    }
    bars
}

/// A figure of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where.
    pub x: i32,
    /// The time.
    pub ms: u64,
}

/// The name of a stage above its bars; `None` for what is in none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The stage's index.
    pub stage: Option<usize>,
    /// The top of its row.
    pub y: i32,
}

/// A bar with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// What it is.
    pub what: What,
    /// The bar.
    pub area: Rect,
    /// The bar of the time that it would have taken without the cache.
    pub ghost: Option<Rect>,
    /// Where its name begins, or ends.
    pub label: (i32, i32),
    /// Whether the name ends there.
    pub ends: bool,
    /// The characters that there is room for.
    pub columns: usize,
}

/// A line from the end of one bar to the start of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is waited for.
    pub from: What,
    /// What waits.
    pub to: What,
    /// Whether they are of different stages, and what waits takes time: such a line says why it starts when it does.
    pub across: bool,
    /// The path, as SVG has it.
    pub path: String,
}

/// Bars on a time axis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// Width of all.
    pub width: i32,
    /// Height of all.
    pub height: i32,
    /// The time at the end of the axis.
    pub end: u64,
    /// The figures of the axis.
    pub ticks: Vec<Tick>,
    /// The stages.
    pub groups: Vec<Group>,
    /// The bars.
    pub drawn: Vec<Drawn>,
    /// What waits for what.
    pub links: Vec<Link>,
    /// Bars that are not drawn because there are too many.
    pub left_out: usize,
}

impl Chart {
    /// Where a time is on the axis.
    #[must_use]
    pub fn x(&self, ms: u64) -> i32 {
        x(self.width, self.end, ms)
    }
}

fn x(width: i32, end: u64, ms: u64) -> i32 {
    let room = u128::try_from(width - 2 * MARGIN).unwrap_or(0);
    let share = (u128::from(ms.min(end)) * room).checked_div(u128::from(end)).unwrap_or(0);
    MARGIN + i32::try_from(share).unwrap_or(0)
}

/// Lays bars out on an axis up to `end`, `width` wide: a row for each, or, packed, one for each stage, whose steps come one
/// after another anyway.
#[must_use]
pub fn chart(bars: &[Bar], end: u64, width: i32, packed: bool) -> Chart {
    let mut chart = Chart { width, end, ticks: ticks(end, width), ..Chart::default() };
    let mut y = AXIS;
    let mut groups: BTreeMap<Option<usize>, Vec<&Bar>> = BTreeMap::new();
    for bar in bars.iter().take(MOST_BARS) {
        groups.entry(bar.stage).or_default().push(bar);
    }
    chart.left_out = bars.len().saturating_sub(MOST_BARS);
    for (stage, bars) in groups {
        chart.groups.push(Group { stage, y });
        y += HEAD;
        let shared = packed && stage.is_some();
        for (index, bar) in bars.iter().enumerate() {
            let next = bars.get(index + 1).filter(|_| shared);
            chart.drawn.push(place(&chart, bar, y, shared, next.copied()));
            if !shared {
                y += LABEL + BAR + GAP;
            }
        }
        if shared {
            y += LABEL + 2 * BAR + GAP;
        }
    }
    chart.height = y + GAP;
    chart.links = links(bars, &chart);
    chart
}

fn place(chart: &Chart, bar: &Bar, y: i32, shared: bool, next: Option<&Bar>) -> Drawn {
    let stretch = |start: u64, ms: u64, y: i32| {
        let (from, to) = (chart.x(start), chart.x(start.saturating_add(ms)));
        Rect { x: from, y, width: (to - from).max(LEAST), height: BAR }
    };
    let area = stretch(bar.start, bar.ms, y + LABEL);
    // In a row of its own a cached step has nothing beside its ghost.
    let below = if shared { BAR } else { 0 };
    let ghost = bar.ghost.map(|(start, ms)| stretch(start, ms, y + LABEL + below));
    let seen = if bar.ms == 0 { ghost.unwrap_or(area) } else { area };
    let ends = !shared && seen.x > chart.width * 3 / 5;
    let room = match next {
        Some(next) if bar.ms > 0 => chart.x(next.start) - seen.x - 4,
        // Names of steps that take no time would all stand at one place.
        _ if shared && bar.ms == 0 => 0,
        _ if ends => seen.x + seen.width - MARGIN,
        _ => chart.width - MARGIN - seen.x,
    };
    let columns = usize::try_from(room * 10 / TEN_COLUMNS).unwrap_or(0);
    let label = (if ends { seen.x + seen.width } else { seen.x }, y + LABEL - 4);
    Drawn { what: bar.what, area, ghost, label, ends, columns: if columns < 5 { 0 } else { columns } }
}

fn links(bars: &[Bar], chart: &Chart) -> Vec<Link> {
    let places: BTreeMap<What, Rect> = chart.drawn.iter().map(|drawn| (drawn.what, drawn.area)).collect();
    let stages: BTreeMap<What, Option<usize>> = bars.iter().map(|bar| (bar.what, bar.stage)).collect();
    let mut links = Vec::new();
    for bar in bars {
        for from in &bar.after {
            let (Some(source), Some(target)) = (places.get(from), places.get(&bar.what)) else {
                continue;
            };
            let leave = source.x + source.width;
            let (sy, ty) = (source.y + source.height / 2, target.y + target.height / 2);
            // Down, or up, in the free stretch before what waits.
            let turn = leave.max(target.x - 6);
            links.push(Link {
                from: *from,
                to: bar.what,
                across: bar.ms > 0 && stages.get(from) != Some(&bar.stage),
                path: rounded(&[(leave, sy), (turn, sy), (turn, ty), (target.x.max(turn), ty)]),
            });
        }
    }
    links
}

fn ticks(end: u64, width: i32) -> Vec<Tick> {
    let room = u128::try_from(width - 2 * MARGIN).unwrap_or(0).max(1);
    // What is between two figures has to be at least so long.
    let least = (u128::from(end) * u128::from(TICK_ROOM.unsigned_abs())).div_ceil(room);
    let fits = |step: &u64| u128::from(*step) >= least;
    let hours = || 3_600_000_u64.saturating_mul(u64::try_from(least / 3_600_000).unwrap_or(u64::MAX).saturating_add(1));
    let step = STEPS.into_iter().find(fits).unwrap_or_else(hours);
    let marks = if end == 0 { 0 } else { end / step };
    (0..=marks).map(|mark| mark.saturating_mul(step)).map(|ms| Tick { x: x(width, end, ms), ms }).collect()
}

#[cfg(test)]
mod tests {
    use report::{PullView, StepTiming, StepView, Transfer};

    use super::super::testing::step;
    use super::*;

    /// A context, an image, a stage of a cached and a running step, and one that takes from it.
    fn build() -> Report {
        let ran = |stage, start_ms, ms, inputs: &[usize]| StepView { start_ms, ms, ..step(stage, inputs, false) };
        let timing = StepTiming { built_ms: 4_000, uncached_start_ms: 500, ..StepTiming::default() };
        let cached = StepView { state: StepState::Cached, timing, ..step(0, &[], true) };
        let unreached = StepView { state: StepState::NotReached, ..step(1, &[2], false) };
        let mut report = Report {
            steps: vec![cached, ran(0, 0, 6_000, &[0]), ran(1, 7_000, 3_000, &[1]), unreached],
            ..Report::default()
        };
        report.totals.ms = 10_000;
        report.time.transfer = Some(Transfer { files: 1, file_bytes: 1, bytes: 1, ms: 500 });
        report.time.pulls = vec![PullView { image: "x".to_string(), bytes: 1, ms: 2_000, start_ms: 0 }];
        report
    }

    fn drawn(packed: bool) -> Chart {
        chart(&bars(&build()), 10_000, 1_024, packed)
    }

    #[test]
    fn bars_are_as_long_as_what_they_stand_for() {
        let chart = drawn(false);
        let spans: Vec<_> = chart.drawn.iter().map(|bar| (bar.what, bar.area.x, bar.area.width)).collect();
        assert_eq!(
            spans,
            [
                (What::Context, 12, 50),
                (What::Pull(0), 12, 200),
                (What::Step(0), 12, LEAST),
                (What::Step(1), 12, 600),
                (What::Step(2), 712, 300),
            ]
        );
        let ghost = chart.drawn[2].ghost.unwrap();
        assert_eq!((ghost.x, ghost.width, ghost.y), (62, 400, chart.drawn[2].area.y));
    }

    #[test]
    fn every_bar_has_a_row_below_its_stage_or_all_of_a_stage_share_one() {
        let rows = |chart: &Chart| chart.drawn.iter().map(|bar| bar.area.y).collect::<Vec<_>>();
        let apart = drawn(false);
        assert!(rows(&apart).windows(2).all(|pair| pair[1] >= pair[0] + LABEL + BAR + GAP));
        assert_eq!(apart.groups.iter().map(|group| group.stage).collect::<Vec<_>>(), [None, Some(0), Some(1)]);
        assert!(apart.groups[1].y < apart.drawn[2].area.y && apart.drawn[1].area.y < apart.groups[1].y);
        let packed = drawn(true);
        assert_eq!(packed.drawn[2].area.y, packed.drawn[3].area.y);
        assert!(packed.height < apart.height);
        assert!(packed.drawn[2].ghost.unwrap().y > packed.drawn[2].area.y, "ghosts have a row of their own there");
        assert!(apart.drawn.iter().all(|bar| bar.area.y + bar.area.height < apart.height));
    }

    #[test]
    fn names_stand_where_there_is_room_for_them() {
        let apart = drawn(false);
        assert!(!apart.drawn[3].ends && apart.drawn[3].columns > 100);
        assert!(apart.drawn[4].ends && apart.drawn[4].label.0 == 1_012);
        let packed = drawn(true);
        assert_eq!(packed.drawn[2].columns, 0, "a step that takes no time");
        assert!(!packed.drawn[4].ends, "there it would stand in the names before it");
    }

    #[test]
    fn lines_go_from_what_ends_to_what_waits_for_it() {
        let links: Vec<_> = drawn(false).links.iter().map(|link| (link.from, link.to, link.across)).collect();
        assert_eq!(
            links,
            [
                (What::Context, What::Step(0), false),
                (What::Step(0), What::Step(1), false),
                (What::Step(1), What::Step(2), true),
            ]
        );
    }

    #[test]
    fn the_axis_has_round_figures_that_do_not_touch() {
        for end in [1, 7, 950, 12_345, 90_000, 3_600_000, 1_000_000_000, u64::MAX] {
            for width in [300, 720, 1_600] {
                let ticks = ticks(end, width);
                assert!(ticks.len() < 32 && ticks[0].ms == 0, "{end} {width} {ticks:?}");
                assert!(ticks.windows(2).all(|pair| pair[1].x - pair[0].x >= TICK_ROOM - 1), "{end} {width} {ticks:?}");
            }
        }
        let figures: Vec<u64> = ticks(12_345, 720).iter().map(|tick| tick.ms).collect();
        assert_eq!(figures, [0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000]);
        assert_eq!(ticks(0, 720), [Tick { x: MARGIN, ms: 0 }]);
    }

    #[test]
    fn thousands_of_bars_are_cut_and_counted() {
        let steps = (0..1_000).map(|_| step(0, &[], false)).collect();
        let chart = chart(&bars(&Report { steps, ..Report::default() }), 0, 800, false);
        assert_eq!((chart.drawn.len(), chart.left_out), (MOST_BARS, 400));
    }
}
