use super::Locale;

/// A size as Docker prints it: `2.07MB`.
#[must_use]
pub fn bytes(bytes: u64) -> String {
    report::human_size(bytes)
}

/// A difference of sizes: `+2.07MB`, `−932MB`, `±0B`.
#[must_use]
pub fn signed_bytes(difference: i64) -> String {
    format!("{}{}", sign(difference), bytes(difference.unsigned_abs()))
}

/// A time: `40 ms`, `0.3 s`, `2 min 5 s`.
#[must_use]
pub fn duration(locale: &Locale, ms: u64) -> String {
    let seconds = ms / 1000;
    let text = if ms > 0 && ms < 100 {
        locale.f("time-milliseconds", &[("ms", ms.into())])
    } else if seconds >= 60 {
        locale.f("time-minutes", &[("minutes", (seconds / 60).into()), ("seconds", (seconds % 60).into())])
    } else {
        let tenths = (ms + 50) / 100;
        locale.f("time-seconds", &[("seconds", format!("{}.{}", tenths / 10, tenths % 10).into())])
    };
    text.to_string()
}

/// A difference of times: `−3.2 s`.
#[must_use]
pub fn signed_duration(locale: &Locale, ms: i64) -> String {
    format!("{}{}", sign(ms), duration(locale, ms.unsigned_abs()))
}

/// A difference of numbers: `−2`.
#[must_use]
pub fn signed_count(difference: i64) -> String {
    format!("{}{}", sign(difference), difference.unsigned_abs())
}

fn sign(number: i64) -> &'static str {
    match number {
        0 => "±",
        1.. => "+",
        _ => "−",
    }
}
