//! How large a picture is drawn, in percent.

/// Below this the text of a picture cannot be read.
const LEGIBLE: u32 = 75;
/// What the buttons go through.
const LEVELS: [u32; 15] = [10, 15, 20, 25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 200, 300];

/// A width and a height.
pub type Size = (i32, i32);

/// The scale at which all of a picture is in its window: never more than 100 %.
#[must_use]
pub fn fit(picture: Size, window: Size) -> u32 {
    ratio(window.0, picture.0).min(ratio(window.1, picture.1)).clamp(least(), 100)
}

/// The scale that a picture is opened with: its width fits where it can still be read then.
#[must_use]
pub fn opening(picture: Size, window: Size) -> u32 {
    ratio(window.0, picture.0).clamp(LEGIBLE, 100)
}

/// The next larger level.
#[must_use]
pub fn closer(percent: u32) -> u32 {
    LEVELS.into_iter().find(|level| *level > percent).unwrap_or(percent)
}

/// The next smaller level.
#[must_use]
pub fn further(percent: u32) -> u32 {
    LEVELS.into_iter().rev().find(|level| *level < percent).unwrap_or(percent)
}

/// A length at a scale.
#[must_use]
pub fn scaled(length: i32, percent: u32) -> i32 {
    let length = i64::from(length).saturating_mul(i64::from(percent)) / 100;
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// How far a window has to be scrolled so that what was at `at` in it stays there at another scale.
#[must_use]
pub fn scroll_after(scroll: i32, at: i32, before: u32, after: u32) -> i32 {
    let place = i64::from(scroll) + i64::from(at);
    let place = place.saturating_mul(i64::from(after)) / i64::from(before.max(1));
    i32::try_from(place - i64::from(at)).unwrap_or(0).max(0)
}

/// How far a window that is `long` has to be scrolled so that it shows a stretch of its content, with some air around it;
/// `None` where it does already.
#[must_use]
pub fn scroll_to(scroll: i32, long: i32, from: i32, to: i32) -> Option<i32> {
    const AIR: i32 = 16;
    if from >= scroll && to <= scroll + long {
        return None;
    }
    let wanted = if from < scroll || to - from + 2 * AIR > long { from - AIR } else { to + AIR - long };
    Some(wanted.max(0))
}

fn least() -> u32 {
    LEVELS.first().copied().unwrap_or(100)
}

fn ratio(window: i32, picture: i32) -> u32 {
    let percent = i64::from(window.max(0)) * 100 / i64::from(picture.max(1));
    u32::try_from(percent).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_pictures_open_whole_and_large_ones_legible() {
        assert_eq!(opening((400, 2_000), (800, 600)), 100);
        assert_eq!(opening((900, 300), (800, 600)), 88);
        assert_eq!(opening((2_500, 3_000), (800, 600)), LEGIBLE);
        assert_eq!(opening((400, 300), (0, 0)), LEGIBLE);
    }

    #[test]
    fn all_of_a_picture_fits_but_is_never_enlarged() {
        assert_eq!(fit((400, 300), (800, 600)), 100);
        assert_eq!(fit((400, 1_200), (800, 600)), 50);
        assert_eq!(fit((400_000, 300), (800, 600)), 10);
        assert_eq!(fit((0, 0), (800, 600)), 100);
    }

    #[test]
    fn the_buttons_go_from_any_scale_to_the_next_level() {
        assert_eq!((closer(75), closer(88), closer(300)), (90, 90, 300));
        assert_eq!((further(75), further(88), further(10)), (67, 75, 10));
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        assert_eq!(scroll_after(100, 50, 100, 200), 250);
        assert_eq!(scroll_after(250, 50, 200, 100), 100);
        assert_eq!(scroll_after(0, 400, 100, 50), 0);
        assert_eq!(scaled(i32::MAX, 300), i32::MAX);
    }

    #[test]
    fn a_window_is_scrolled_no_further_than_it_has_to_be() {
        assert_eq!(scroll_to(100, 300, 150, 200), None);
        assert_eq!(scroll_to(100, 300, 50, 90), Some(34));
        assert_eq!(scroll_to(100, 300, 380, 420), Some(136));
        assert_eq!(scroll_to(100, 300, 0, 900), Some(0));
    }
}
