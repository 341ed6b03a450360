//! What somebody measured with a real engine, and which steps it is of.
//!
//! A row of `docker history` is a step's by the text that history shows, a line of a build's progress by the name that the
//! display shows. Texts that were cut off match what begins like them. Rows keep their order: of steps alike the first row
//! is the first step's.

use std::collections::BTreeMap;

use plan::{Base, Plan, Stage, Step};
use simulate::Measurements;

/// A figure that somebody measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurement {
    /// Where it is from.
    pub source: MeasuredBy,
    /// The step, as the source names it: `RUN /bin/sh -c npm ci # buildkit`, `[build 4/6] RUN npm ci`.
    pub text: String,
    /// Whether the text was cut off.
    pub cut: bool,
    /// The bytes of its layer.
    pub bytes: Option<u64>,
    /// How long it took, in milliseconds.
    pub ms: Option<u64>,
}

/// Where a measurement is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredBy {
    /// A row of `docker history`, oldest first.
    History,
    /// A step of `docker build`'s progress, in the order of its lines.
    Progress,
}

/// What became of measurements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasuredView {
    /// How many are some step's.
    pub matched: usize,
    /// The rows of history below all that are some step's, which are the base image's, and their bytes.
    pub base: Option<(usize, u64)>,
    /// Those that are no step's, as indices into [`Options::measured`](crate::Options::measured).
    pub unmatched: Vec<usize>,
}

/// The measured figures by the names of the steps, and what became of each.
pub(crate) fn matched(plan: &Plan, measurements: &[Measurement]) -> (Measurements, MeasuredView) {
    let mut figures = Measurements::new();
    let mut view = MeasuredView::default();
    if measurements.is_empty() {
        return (figures, view);
    }
    let rows = history_rows(plan);
    let steps: Vec<&Step> = plan.stages.iter().flat_map(|stage| &stage.steps).collect();
    let history: Vec<usize> = of(measurements, MeasuredBy::History);
    let fits = |at: usize, row: usize| match (measurements.get(at), rows.get(row)) {
        (Some(measurement), Some((text, _))) => {
            same(measurement, &history_text(&measurement.text), &history_text(text))
        }
        _ => false,
    };
    let mut found: BTreeMap<usize, &str> = BTreeMap::new();
    for (at, row) in in_order(&history, rows.len(), &fits) {
        if let Some((_, name)) = rows.get(row) {
            found.insert(at, name);
        }
    }
    let mut taken = vec![false; steps.len()];
    // by the whole name first: an edit of the Dockerfile gives other numbers, and then the text has to do
    for whole in [true, false] {
        for at in of(measurements, MeasuredBy::Progress) {
            let Some(measurement) = measurements.get(at).filter(|_| !found.contains_key(&at)) else { continue };
            let is_it = |(step, taken): (&&Step, &bool)| {
                !taken
                    && if whole {
                        same(measurement, &measurement.text, &step.name)
                    } else {
                        same(measurement, instruction_of(&measurement.text), &step.text)
                    }
            };
            let place = steps.iter().zip(&taken).position(is_it);
            if let (Some(step), Some(taken)) =
                (place.and_then(|place| steps.get(place)), place.and_then(|place| taken.get_mut(place)))
            {
                *taken = true;
                found.insert(at, &step.name);
            }
        }
    }
    let first_row = history.iter().copied().find(|at| found.contains_key(at));
    for (at, measurement) in measurements.iter().enumerate() {
        let Some(name) = found.get(&at) else {
            // a row without bytes is that of an instruction without a layer
            let is_empty = measurement.ms.is_none() && measurement.bytes == Some(0);
            if first_row.is_some_and(|first| measurement.source == MeasuredBy::History && at < first) {
                let (rows, bytes) = view.base.unwrap_or_default();
                view.base = Some((rows + 1, bytes.saturating_add(measurement.bytes.unwrap_or_default())));
            } else if !is_empty {
                view.unmatched.push(at);
            }
            continue;
        };
        view.matched += 1;
        let figure = figures.entry((*name).to_owned()).or_default();
        figure.bytes = measurement.bytes.or(figure.bytes);
        figure.ms = measurement.ms.or(figure.ms);
    }
    (figures, view)
}

fn of(measurements: &[Measurement], source: MeasuredBy) -> Vec<usize> {
    let of = |(at, measurement): (usize, &Measurement)| (measurement.source == source).then_some(at);
    measurements.iter().enumerate().filter_map(of).collect()
}

fn same(measurement: &Measurement, measured: &str, text: &str) -> bool {
    let (mut a, mut b) = (measured.split_whitespace(), text.split_whitespace());
    loop {
        return match (a.next(), b.next()) {
            (None, None) => true,
            (None, Some(_)) => measurement.cut,
            (Some(x), Some(y)) if x == y => continue,
            (Some(x), Some(y)) => measurement.cut && a.next().is_none() && y.starts_with(x),
            (Some(_), None) => false,
        };
    }
}

/// The text of a history row without the mark that its builder leaves.
fn history_text(text: &str) -> String {
    let text = text.trim_end();
    text.strip_suffix("# buildkit").unwrap_or(text).trim_end().to_owned()
}

/// What stands behind the brackets of a step's name.
fn instruction_of(name: &str) -> &str {
    name.strip_prefix('[').and_then(|rest| rest.split_once("] ")).map_or(name, |(_, text)| text)
}

/// The rows of history that the target's steps leave, the oldest first: their texts and the names of the steps.
fn history_rows(plan: &Plan) -> Vec<(&str, &str)> {
    let mut chain: Vec<&Stage> = Vec::new();
    let mut at = plan.target.and_then(|target| plan.stages.get(target));
    while let Some(stage) = at {
        chain.push(stage);
        at = match stage.base {
            Base::Stage(base) => plan.stages.get(base).filter(|below| below.index < stage.index),
            _ => None,
        };
    }
    let rows = chain.into_iter().rev().flat_map(|stage| stage.history.iter().map(move |row| (stage, row)));
    rows.filter_map(|(stage, row)| Some((row.created_by.as_str(), stage.steps.get(row.step?)?.name.as_str()))).collect()
}

/// Pairs of items and rows that fit, as many as can be with both in their order.
fn in_order(items: &[usize], rows: usize, fits: &dyn Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    // longest[i][j]: of the items from i on and the rows from j on
    let width = rows + 1;
    let mut longest = vec![0_usize; (items.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let get = |longest: &[usize], i: usize, j: usize| longest.get(at(i, j)).copied().unwrap_or_default();
    for (i, item) in items.iter().enumerate().rev() {
        for j in (0..rows).rev() {
            let without = get(&longest, i + 1, j).max(get(&longest, i, j + 1));
            let with = if fits(*item, j) { get(&longest, i + 1, j + 1) + 1 } else { 0 };
            if let Some(cell) = longest.get_mut(at(i, j)) {
                *cell = without.max(with);
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let Some(item) = items.get(i).filter(|_| j < rows) {
        if fits(*item, j) && get(&longest, i, j) == get(&longest, i + 1, j + 1) + 1 {
            pairs.push((*item, j));
            (i, j) = (i + 1, j + 1);
        } else if get(&longest, i + 1, j) >= get(&longest, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
