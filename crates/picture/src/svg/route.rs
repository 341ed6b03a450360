/// The radius of a bend.
const BEND: i32 = 6;

/// The path of a line through the points, straight along the axes, with rounded bends.
pub fn rounded(points: &[(i32, i32)]) -> String {
    let mut path = String::new();
    let mut previous: Option<(i32, i32)> = None;
    for (index, &(x, y)) in points.iter().enumerate() {
        match (previous, points.get(index + 1)) {
            (None, _) => path.push_str(&format!("M{x} {y}")),
            (Some(_), None) => path.push_str(&format!("L{x} {y}")),
            (Some(before), Some(&after)) => {
                let (ax, ay) = toward((x, y), before);
                let (bx, by) = toward((x, y), after);
                path.push_str(&format!("L{ax} {ay}Q{x} {y} {bx} {by}"));
            }
        }
        previous = Some((x, y));
    }
    path
}

/// The point a bend away from `from` in the direction of `to`, at most half way.
fn toward(from: (i32, i32), to: (i32, i32)) -> (i32, i32) {
    let step = |from: i32, to: i32| {
        let half = (to - from).abs() / 2;
        from + (to - from).signum() * half.min(BEND)
    };
    (step(from.0, to.0), step(from.1, to.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bends_are_rounded_and_ends_are_exact() {
        assert_eq!(rounded(&[(0, 0), (20, 0), (20, 40)]), "M0 0L14 0Q20 0 20 6L20 40");
        assert_eq!(rounded(&[(0, 0), (4, 0), (4, 4)]), "M0 0L2 0Q4 0 4 2L4 4");
        assert_eq!(rounded(&[]), "");
    }
}
