//! What stands beside the lines of a Dockerfile: a sign for each that something is said of.

use std::collections::BTreeMap;

use report::{Report, Severity};
use yew::AttrValue;

use crate::components::{Shape, state_class, state_shape, state_word};
use crate::text::{Locale, bytes};

/// The shortest bar of a layer that weighs something, in thousandths.
const SHORTEST: u64 = 30;

/// A sign beside a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The class that carries its colour.
    pub class: &'static str,
    /// Its icon.
    pub shape: Shape,
    /// What it says in words.
    pub words: AttrValue,
    /// The weight of the layer, in thousandths of the heaviest one of the build.
    pub share: u32,
}

/// The signs by line, from 1: errors before steps, steps before warnings.
pub fn signs(report: &Report, locale: &Locale) -> BTreeMap<usize, Sign> {
    let heaviest = report.steps.iter().map(|step| step.bytes).max().unwrap_or_default();
    let mut signs = BTreeMap::new();
    let problem = |severity| {
        let (class, shape, word) = match severity {
            Severity::Error => ("is-error", Shape::Cross, "severity-error"),
            Severity::Warning => ("is-run", Shape::Warning, "severity-warning"),
            Severity::Note => ("is-idle", Shape::Info, "severity-note"),
        };
        Sign { class, shape, words: locale.t(word), share: 0 }
    };
    let problems = || report.problems.iter().map(|problem| (problem.line, problem.diagnostic.severity));
    // In the order of their weight, the heaviest first: what stands there already stays.
    for (line, severity) in problems() {
        signs.entry(line).or_insert_with(|| problem(severity));
    }
    for step in &report.steps {
        let state = locale.t(state_word(step.state));
        let words = if step.bytes > 0 { AttrValue::from(format!("{state} · {}", bytes(step.bytes))) } else { state };
        let share = thousandths(step.bytes, heaviest);
        let sign = Sign { class: state_class(step.state), shape: state_shape(step.state), words, share };
        signs.insert(step.line, sign);
    }
    for (line, severity) in problems().filter(|(_, severity)| *severity == Severity::Error) {
        signs.insert(line, problem(severity));
    }
    // What concerns the whole file stands beside no line.
    signs.remove(&0);
    signs
}

fn thousandths(bytes: u64, heaviest: u64) -> u32 {
    if bytes == 0 || heaviest == 0 {
        return 0;
    }
    let share = u128::from(bytes) * 1000 / u128::from(heaviest);
    u32::try_from(share.max(u128::from(SHORTEST))).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_relative_to_the_heaviest_layer_and_never_vanish() {
        assert_eq!((thousandths(0, 10), thousandths(1, u64::MAX), thousandths(5, 10)), (0, 30, 500));
        assert_eq!((thousandths(u64::MAX, u64::MAX), thousandths(0, 0)), (1000, 0));
    }
}
