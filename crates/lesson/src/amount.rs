//! Sizes and times as a lesson writes them: `120MB`, `5s`.

use serde::{Deserialize, Deserializer};

/// A size in bytes: `120MB`, `3.5kB`, `0`; units of a thousand, as Docker prints sizes, and `KiB`, `MiB`, `GiB`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub u64);

/// A time in milliseconds: `5s`, `1.5s`, `300ms`, `2min`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub u64);

const SIZES: [(&str, u64); 8] = [
    ("", 1),
    ("B", 1),
    ("kB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];
const TIMES: [(&str, u64); 3] = [("ms", 1), ("s", 1000), ("min", 60_000)];

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = amount(&text, &SIZES).map(Bytes);
        bytes.ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a size: write `120MB` or `3.5kB`")))
    }
}

impl<'de> Deserialize<'de> for Millis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Millis, D::Error> {
        let text = String::deserialize(deserializer)?;
        let ms = amount(&text, &TIMES).map(Millis);
        ms.ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a time: write `5s`, `300ms` or `2min`")))
    }
}

/// A number with at most three decimals, and a unit.
fn amount(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let (_, factor) = units.iter().find(|(name, _)| *name == unit.trim())?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || decimals.len() > 3 || (number.contains('.') && decimals.is_empty()) {
        return None;
    }
    let thousandths: u64 = format!("{decimals:0<3}").parse().ok()?;
    let whole: u64 = whole.parse().ok()?;
    let thousandths = whole.checked_mul(1000)?.checked_add(thousandths)?;
    let product = thousandths.checked_mul(*factor)?;
    (product % 1000 == 0).then_some(product / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_read_and_nothing_else_is() {
        let size = |text| amount(text, &SIZES);
        assert_eq!(size("120MB"), Some(120_000_000));
        assert_eq!(size("3.5 kB"), Some(3500));
        assert_eq!(size("1.25GiB"), Some(1_342_177_280));
        assert_eq!(size("0"), Some(0));
        let time = |text| amount(text, &TIMES);
        assert_eq!(time("1.5s"), Some(1500));
        assert_eq!(time("2min"), Some(120_000));
        for bad in ["", "MB", "1.", ".5MB", "-1MB", "1.2345MB", "1TB", "1.5B", "99999999999999999999MB"] {
            assert_eq!(size(bad), None, "{bad}");
        }
        for bad in ["5", "5h", "s"] {
            assert_eq!(time(bad), None, "{bad}");
        }
    }
}
