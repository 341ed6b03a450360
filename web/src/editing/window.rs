use std::ops::Range;

/// Lines are drawn in chunks of this many, so that most scrolling draws nothing again.
pub const CHUNK: usize = 60;

/// The lines to draw, from 0, when the first visible one lies in `chunk`: that chunk, the one before and two after.
pub fn drawn_lines(chunk: usize, line_count: usize) -> Range<usize> {
    let start = chunk.saturating_sub(1).saturating_mul(CHUNK).min(line_count);
    let end = chunk.saturating_add(3).saturating_mul(CHUNK).min(line_count);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawn_lines_hold_the_visible_ones_and_never_pass_the_end() {
        assert_eq!(drawn_lines(0, 10), 0..10);
        assert_eq!(drawn_lines(4, 10_000), 180..420);
        assert_eq!(drawn_lines(99, 130), 130..130);
    }
}
