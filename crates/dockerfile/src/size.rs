/// Digits behind the point that count.
const FRACTION_DIGITS: usize = 15;

/// A size with a binary unit: `64m`, `1.5 GiB`, `100`. `go-units`' `RAMInBytes`, without its exponents.
pub(crate) fn bytes(text: &str) -> Option<u64> {
    let last = text.rfind(|c: char| c.is_ascii_digit() || c == '.' || c == ' ')?;
    let (number, unit) = text.split_at(last + 1);
    let number = number.strip_suffix(' ').unwrap_or(number);
    let unit = unit.to_lowercase();
    let shift = match unit.as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        "p" | "pb" | "pib" => 50,
        _ => return None,
    };
    let number = number.strip_prefix('+').unwrap_or(number);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole: u128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let fraction: String = fraction.chars().take(FRACTION_DIGITS).collect();
    let scale = 10u128.pow(u32::try_from(fraction.len()).ok()?);
    let part = (fraction.parse::<u128>().unwrap_or_default() << shift) / scale;
    let size = whole.checked_mul(1 << shift)?.checked_add(part)?;
    i64::try_from(size).ok().and_then(|size| u64::try_from(size).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_powers_of_1024() {
        for (text, expected) in [
            ("100", Some(100)),
            ("64m", Some(64 << 20)),
            ("1.5 GiB", Some(3 << 29)),
            (".5kb", Some(512)),
            ("7b", Some(7)),
            ("", None),
            ("many", None),
            ("-1", None),
            ("1x", None),
            ("1.2.3", None),
            ("99999999p", None),
        ] {
            assert_eq!(bytes(text), expected, "{text}");
        }
    }
}
