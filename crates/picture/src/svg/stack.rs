/// A part of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How high it is drawn.
    pub height: u32,
    /// Whether it is drawn lower than its weight asks for.
    pub broken: bool,
}

/// A part that is heavier than so many times all others together is drawn as only so many times them.
const OVERSIZED: u128 = 8;
const DRAWN: u128 = 3;
/// What weighs anything is to be seen.
const LEAST: u32 = 2;

/// The heights of a stack's parts: in proportion to their weights, together about `total`. One part that would squash all
/// others is broken off.
#[must_use]
pub fn heights(weights: &[u64], total: u32) -> Vec<Part> {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let largest = weights.iter().copied().max().unwrap_or(0);
    let others = sum - u128::from(largest);
    let oversized = others > 0 && u128::from(largest) > OVERSIZED * others;
    let shown = |weight: u64| if oversized && weight == largest { others * DRAWN } else { u128::from(weight) };
    let sum: u128 = weights.iter().map(|&weight| shown(weight)).sum();
    let part = |&weight: &u64| {
        let share = (shown(weight) * u128::from(total)).checked_div(sum).unwrap_or(0);
        let height = u32::try_from(share).unwrap_or(total).max(if weight > 0 { LEAST } else { 0 });
        Part { height, broken: oversized && weight == largest }
    };
    weights.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(weights: &[u64], total: u32) -> Vec<(u32, bool)> {
        heights(weights, total).into_iter().map(|part| (part.height, part.broken)).collect()
    }

    fn whole(heights: &[u32]) -> Vec<(u32, bool)> {
        heights.iter().map(|height| (*height, false)).collect()
    }

    #[test]
    fn parts_share_the_height_by_weight() {
        assert_eq!(drawn(&[300, 100, 0], 400), whole(&[300, 100, 0]));
        assert_eq!(drawn(&[0, 0], 100), whole(&[0, 0]));
        assert_eq!(drawn(&[u64::MAX, u64::MAX], 100), whole(&[50, 50]));
        assert_eq!(drawn(&[1_000, 1_000, 1], 400), whole(&[199, 199, 2]), "what weighs anything is to be seen");
        assert_eq!(drawn(&[u64::MAX, 0], 100), whole(&[100, 0]), "nothing else has a weight");
        assert!(heights(&[], 100).is_empty());
    }

    #[test]
    fn a_part_that_would_squash_the_others_is_broken() {
        assert_eq!(drawn(&[20, 60, 1_000_000], 320), [(20, false), (60, false), (240, true)]);
        assert_eq!(drawn(&[800, 100], 450), whole(&[400, 50]), "eight times as heavy is not too much");
        assert_eq!(drawn(&[801, 100], 400), [(300, true), (100, false)]);
    }
}
