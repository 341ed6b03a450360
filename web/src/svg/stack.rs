/// The heights of a stack's parts: in proportion to their weights, none lower than `least`, together about `total`.
///
/// Where the least heights alone take more than `total`, the stack grows.
#[must_use]
pub fn heights(weights: &[u64], total: u32, least: u32) -> Vec<u32> {
    let reserved = u64::from(least) * weights.len() as u64;
    let free = u128::from(u64::from(total).saturating_sub(reserved));
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    weights
        .iter()
        .map(|&weight| {
            let share = (u128::from(weight) * free).checked_div(sum).unwrap_or(0);
            least.saturating_add(u32::try_from(share).unwrap_or(u32::MAX))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_share_the_height_by_weight_above_the_least() {
        assert_eq!(heights(&[300, 100, 0], 460, 20), [320, 120, 20]);
        assert_eq!(heights(&[0, 0], 100, 30), [30, 30]);
        assert_eq!(heights(&[u64::MAX, u64::MAX], 100, 0), [50, 50]);
        assert_eq!(heights(&[1; 10], 50, 22), [22; 10]);
        assert!(heights(&[], 100, 20).is_empty());
    }
}
