//! Sizes as Docker prints them.

const UNITS: [&str; 9] = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];

/// A size as `docker history` and `docker image ls` print it: decimal units, three significant digits (`2.07MB`).
///
/// From go-units' `HumanSizeWithPrecision`, whose float division and `%.3g` are kept, odd `1e+03kB` included.
#[must_use]
pub fn human_size(bytes: u64) -> String {
    // Only the printed form is rounded: sums are made of whole bytes.
    #[expect(clippy::cast_precision_loss, reason = "three digits are printed")]
    let mut size = bytes as f64;
    let mut units = UNITS.iter();
    let mut unit = units.next().copied().unwrap_or_default();
    while size >= 1000.0 {
        let Some(next) = units.next() else { break };
        size /= 1000.0;
        unit = next;
    }
    let decimals = match size {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    let mut number = format!("{size:.decimals$}");
    if number.contains('.') {
        number.truncate(number.trim_end_matches('0').trim_end_matches('.').len());
    }
    if number == "1000" {
        "1e+03".clone_into(&mut number);
    }
    number + unit
}

/// A size as the progress display prints what it transfers: whole bytes, or two decimals (`100.25kB`).
///
/// From the `%.2f` of tonistiigi/units in BuildKit's `util/progress/progressui`.
pub(crate) fn transfer_size(bytes: u64) -> String {
    let mut scale = 1_u64;
    let mut units = UNITS.iter();
    let mut unit = units.next().copied().unwrap_or_default();
    while let Some(larger) = scale.checked_mul(1000).filter(|larger| bytes >= *larger) {
        scale = larger;
        unit = units.next().copied().unwrap_or_default();
    }
    if scale == 1 {
        return format!("{bytes}{unit}");
    }
    let hundredths = (u128::from(bytes) * 100 + u128::from(scale) / 2) / u128::from(scale);
    format!("{}.{:02}{unit}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfers_have_two_decimals() {
        for (bytes, text) in [(0, "0B"), (999, "999B"), (1000, "1.00kB"), (100_245, "100.25kB"), (500_440, "500.44kB")]
        {
            assert_eq!(transfer_size(bytes), text);
        }
        assert_eq!(transfer_size(u64::MAX), "18.45EB");
    }

    #[test]
    fn sizes_have_three_digits_and_decimal_units() {
        for (bytes, text) in [
            (0, "0B"),
            (6, "6B"),
            (999, "999B"),
            (1000, "1kB"),
            (1024, "1.02kB"),
            (10_240, "10.2kB"),
            (9_999, "10kB"),
            (99_950, "100kB"),
            (999_999, "1e+03kB"),
            (2_065_340, "2.07MB"),
            (2_015_000, "2.02MB"),
            (1_100_000_000, "1.1GB"),
        ] {
            assert_eq!(human_size(bytes), text, "{bytes}");
        }
        assert_eq!(human_size(u64::MAX), "18.4EB");
    }
}
