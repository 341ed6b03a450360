//! The graph that is to be come to, held against the present one: which stages and steps answer each other, and what of its
//! shape is not there yet.

use report::{Report, StageView};

/// A step of the present build, the step of the goal that it answers, or both beside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// The present build's: an index into its steps.
    pub own: Option<usize>,
    /// The goal's.
    pub goal: Option<usize>,
}

/// A stage of the present build, the stage of the goal that it answers, or both, with what stands in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The present build's: an index into its stages.
    pub own: Option<usize>,
    /// The goal's.
    pub goal: Option<usize>,
    /// Its steps, from above.
    pub slots: Vec<Slot>,
}

/// The present build's stages and steps alone.
pub(super) fn alone(report: &Report) -> Vec<Column> {
    report.stages.iter().map(|stage| column(Some((report, stage)), None)).collect()
}

/// The stages of both: those of the goal that nothing answers before those that come after them there.
#[must_use]
pub fn beside(report: &Report, goal: &Report) -> Vec<Column> {
    let answers = answers(report, goal);
    let mut columns = Vec::new();
    let mut waiting: Vec<&StageView> = goal.stages.iter().filter(|stage| stage.needed).collect();
    for stage in &report.stages {
        let answered = answers.iter().find(|(own, _)| *own == stage.index).and_then(|(_, at)| goal.stages.get(*at));
        if let Some(answered) = answered {
            let is_before =
                |other: &&StageView| other.index < answered.index && !answers.iter().any(|(_, at)| *at == other.index);
            let (before, rest) = waiting.into_iter().partition::<Vec<&StageView>, _>(is_before);
            columns.extend(before.into_iter().map(|missing| column(None, Some((goal, missing)))));
            waiting = rest;
        }
        columns.push(column(Some((report, stage)), answered.map(|answered| (goal, answered))));
    }
    let left = waiting.into_iter().filter(|stage| !answers.iter().any(|(_, at)| *at == stage.index));
    columns.extend(left.map(|missing| column(None, Some((goal, missing)))));
    columns
}

/// Which stage answers which of the goal's: the one of its name, the target the target, the others in their order.
fn answers(report: &Report, goal: &Report) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut pair = |fits: &dyn Fn(&StageView, &StageView) -> bool| {
        for wanted in goal.stages.iter().filter(|stage| stage.needed) {
            if pairs.iter().any(|(_, at)| *at == wanted.index) {
                continue;
            }
            let free = |own: &&StageView| !pairs.iter().any(|(taken, _)| *taken == own.index);
            if let Some(own) = report.stages.iter().filter(free).find(|own| fits(own, wanted)) {
                pairs.push((own.index, wanted.index));
            }
        }
    };
    pair(&|own, wanted| own.name.is_some() && own.name == wanted.name);
    pair(&|own, wanted| own.target && wanted.target);
    pair(&|_, _| true);
    pairs
}

fn column(own: Option<(&Report, &StageView)>, goal: Option<(&Report, &StageView)>) -> Column {
    let steps = |side: Option<(&Report, &StageView)>| side.map(|(_, stage)| stage.steps.clone()).unwrap_or_default();
    let text = |side: Option<(&Report, &StageView)>, step: usize| {
        side.and_then(|(report, _)| report.steps.get(step)).map(|step| step.text.clone()).unwrap_or_default()
    };
    let (mine, theirs) = (steps(own), steps(goal));
    let slots = match (own, goal) {
        (Some(_), Some(_)) => {
            let texts = |side, steps: &[usize]| steps.iter().map(|step| text(side, *step)).collect::<Vec<String>>();
            align(&texts(own, &mine), &texts(goal, &theirs))
                .into_iter()
                .map(|(a, b)| Slot {
                    own: a.and_then(|a| mine.get(a).copied()),
                    goal: b.and_then(|b| theirs.get(b).copied()),
                })
                .collect()
        }
        (Some(_), None) => mine.into_iter().map(|step| Slot { own: Some(step), goal: None }).collect(),
        (None, _) => theirs.into_iter().map(|step| Slot { own: None, goal: Some(step) }).collect(),
    };
    Column { own: own.map(|(_, stage)| stage.index), goal: goal.map(|(_, stage)| stage.index), slots }
}

/// More steps than these are not held against each other one by one.
const MOST: usize = 400;

/// Two lists of instructions beside each other, in the order of both, so that as many as can be answer each other: the same
/// instruction counts more than one of the same kind.
fn align(mine: &[String], theirs: &[String]) -> Vec<(Option<usize>, Option<usize>)> {
    let (rows, columns) = (mine.len().min(MOST), theirs.len().min(MOST));
    let likeness = |row: usize, column: usize| match (mine.get(row), theirs.get(column)) {
        (Some(a), Some(b)) if a == b => 3_u32,
        (Some(a), Some(b)) if keyword(a) == keyword(b) => 1,
        _ => 0,
    };
    // of the rows from one on and the columns from one on, how well they can answer each other
    let width = columns + 1;
    let mut best = vec![0_u32; (rows + 1) * width];
    let at = |best: &[u32], row: usize, column: usize| best.get(row * width + column).copied().unwrap_or(0);
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let like = likeness(row, column);
            let both = if like > 0 { like + at(&best, row + 1, column + 1) } else { 0 };
            let one = at(&best, row + 1, column).max(at(&best, row, column + 1));
            if let Some(cell) = best.get_mut(row * width + column) {
                *cell = both.max(one);
            }
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let like = likeness(row, column);
        let here = at(&best, row, column);
        if like > 0 && here == like + at(&best, row + 1, column + 1) {
            pairs.push((Some(row), Some(column)));
            (row, column) = (row + 1, column + 1);
        } else if here == at(&best, row + 1, column) {
            pairs.push((Some(row), None));
            row += 1;
        } else {
            pairs.push((None, Some(column)));
            column += 1;
        }
    }
    pairs.extend((row..mine.len()).map(|row| (Some(row), None)));
    pairs.extend((column..theirs.len()).map(|column| (None, Some(column))));
    pairs
}

/// What kind of instruction it is: its first word.
#[must_use]
pub fn keyword(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::align;

    fn beside(mine: &[&str], theirs: &[&str]) -> String {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_string()).collect::<Vec<_>>();
        let pairs = align(&texts(mine), &texts(theirs)).into_iter();
        let mark = |pair| match pair {
            (Some(_), Some(_)) => '=',
            (Some(_), None) => '+',
            _ => '-',
        };
        pairs.map(mark).collect()
    }

    #[test]
    fn instructions_answer_those_of_their_kind_in_order() {
        let naive = ["FROM a", "COPY . .", "RUN npm ci"];
        assert_eq!(beside(&naive, &naive), "===");
        assert_eq!(beside(&naive, &["FROM a", "COPY p ./", "RUN npm ci", "COPY . ."]), "===-");
        assert_eq!(beside(&["FROM a", "RUN x", "RUN y"], &["FROM a", "RUN x && y"]).matches('+').count(), 1);
        assert_eq!(beside(&[], &["FROM a", "RUN x"]), "--");
        assert_eq!(beside(&["FROM a", "RUN x"], &[]), "++");
    }
}
