//! Sizes as GNU's ls, du and df write them.

/// How sizes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// With the letter that fits: in powers of that number.
    Human(u64),
    /// In blocks of so many bytes, with a letter behind if one stands for them.
    Blocks(u64, &'static str),
}

const LETTERS: [&str; 7] = ["K", "M", "G", "T", "P", "E", "Z"];

impl Unit {
    /// The unit of --block-size; `None` if it is none.
    pub fn read(text: &str) -> Option<Unit> {
        match text {
            "human-readable" => return Some(Unit::Human(1024)),
            "si" => return Some(Unit::Human(1000)),
            _ => {}
        }
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (count, letter) = text.split_at_checked(digits)?;
        let counted: u64 = if count.is_empty() { 1 } else { count.parse().ok()? };
        if letter.is_empty() {
            return (counted > 0).then_some(Unit::Blocks(counted, ""));
        }
        let base: u64 = if letter.ends_with('B') && !letter.ends_with("iB") { 1000 } else { 1024 };
        let plain = letter.trim_end_matches("iB").trim_end_matches('B');
        let power = LETTERS.iter().take(6).position(|known| known.eq_ignore_ascii_case(plain))?;
        let size = base.checked_pow(u32::try_from(power).ok()? + 1)?.checked_mul(counted)?;
        let shown = match (count.is_empty(), base, power) {
            (false, ..) => "",
            (true, 1000, 0) => "kB",
            (true, 1000, _) => ["KB", "MB", "GB", "TB", "PB", "EB"].get(power)?,
            (true, ..) => LETTERS.get(power)?,
        };
        (size > 0).then_some(Unit::Blocks(size, shown))
    }

    /// A number of bytes in it, rounded up.
    pub fn shown(self, bytes: u64) -> String {
        match self {
            Unit::Blocks(size, letter) => format!("{}{letter}", bytes.div_ceil(size)),
            Unit::Human(base) => human(bytes, base),
        }
    }
}

/// A size with its letter: up to 10 with one decimal, always rounded up.
fn human(bytes: u64, base: u64) -> String {
    let (mut unit, mut power) = (1u64, 0usize);
    while bytes.div_ceil(unit) >= base && power < LETTERS.len() {
        unit = unit.saturating_mul(base);
        power += 1;
    }
    if power == 0 {
        return bytes.to_string();
    }
    let letter = LETTERS.get(power - 1).copied().unwrap_or_default();
    let letter = if base == 1000 && power == 1 { "k" } else { letter };
    let tenths = u128::from(bytes) * 10;
    let tenths = tenths.div_ceil(u128::from(unit));
    if tenths < 100 {
        format!("{}.{}{letter}", tenths / 10, tenths % 10)
    } else {
        format!("{}{letter}", bytes.div_ceil(unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        let human = Unit::Human(1024);
        for (bytes, expected) in [
            (0, "0"),
            (1023, "1023"),
            (1024, "1.0K"),
            (9999, "9.8K"),
            (10_240, "10K"),
            (1_048_575, "1.0M"),
            (1_500_000, "1.5M"),
        ] {
            assert_eq!(human.shown(bytes), expected);
        }
        assert_eq!(Unit::Human(1000).shown(12_288), "13k");
        assert_eq!(Unit::read("K").map(|unit| unit.shown(5000)), Some("5K".to_string()));
        assert_eq!(Unit::read("1M").map(|unit| unit.shown(5000)), Some("1".to_string()));
        assert_eq!(Unit::read("x"), None);
    }
}
