//! Dates in words, as GNU's date and touch read them.

use super::calendar::{MONTHS, days_from_date, moment};
use super::zone::Zone;

const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// The units of relative parts: in months, or in seconds.
const UNITS: [(&str, i64, i64); 9] = [
    ("year", 12, 0),
    ("month", 1, 0),
    ("fortnight", 0, 14 * 86_400),
    ("week", 0, 7 * 86_400),
    ("day", 0, 86_400),
    ("hour", 0, 3600),
    ("minute", 0, 60),
    ("min", 0, 60),
    ("second", 0, 1),
];

/// The most years away that a relative part may be.
const YEAR_LIMIT: i64 = 100_000;

/// What was read of a date so far.
#[derive(Default)]
struct Parts {
    date: Option<(i64, i64, i64)>,
    /// Seconds since midnight.
    time: Option<i64>,
    /// Seconds east of Greenwich.
    offset: Option<i64>,
    /// The day of the week and how many of them ahead.
    weekday: Option<(i64, i64)>,
    months: i64,
    days: i64,
    seconds: i64,
    /// A number that nothing is known of yet: its sign and itself.
    number: Option<i64>,
}

/// The time that a text names, in seconds since 1970 and thousand-millionths; `now` is the time that relative parts count
/// from.
pub fn read(text: &str, now: i64, zone: &Zone) -> Option<(i64, u32)> {
    if let Some(seconds) = text.trim().strip_prefix('@') {
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
        let nanos = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
        return Some((whole.parse().ok()?, nanos));
    }
    let mut parts = Parts::default();
    let lower = text.to_lowercase();
    for word in words(&lower) {
        parts.take(word)?;
    }
    parts.settle_number()?;
    let local_now = moment(now.checked_add(zone.offset(now))?);
    let (year, month, day) = parts.date.unwrap_or((local_now.year, local_now.month, local_now.day));
    let (year, day) = (if year == 0 { local_now.year } else { year }, day.max(1));
    let since_midnight = local_now.hour * 3600 + local_now.minute * 60 + local_now.second;
    let dated = parts.date.is_some() || parts.weekday.is_some();
    let time = parts.time.unwrap_or(if dated { 0 } else { since_midnight });
    if parts.months.abs() > YEAR_LIMIT * 12 {
        return None;
    }
    let months = year * 12 + month - 1 + parts.months;
    let mut days = days_from_date(months.div_euclid(12), months.rem_euclid(12) + 1, 1) + day - 1 + parts.days;
    if let Some((weekday, ahead)) = parts.weekday.filter(|_| parts.date.is_none()) {
        let today = (days + 4).rem_euclid(7);
        let weeks = ahead - i64::from(ahead > 0 && today != weekday);
        days += (weekday - today).rem_euclid(7) + 7 * weeks;
    }
    let local = days.checked_mul(86_400)?.checked_add(time)?;
    let absolute = match parts.offset {
        Some(offset) => local - offset,
        None => zone.time_of(local),
    };
    Some((absolute.checked_add(parts.seconds)?, 0))
}

/// The words of a date.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect()
}

impl Parts {
    fn take(&mut self, word: &str) -> Option<()> {
        let plain = word.trim_end_matches('.');
        if let Some(month) = month_of(plain) {
            // `1 Jan`, or `Jan 1`, whose day comes behind.
            let day = self.number.take().unwrap_or(0);
            let year = self.date.map_or(0, |(year, ..)| year);
            self.date = Some((year, month, day));
            return Some(());
        }
        if let Some(day) = day_of(plain) {
            self.weekday = Some((day, self.number.take().unwrap_or(0)));
            return Some(());
        }
        match plain {
            "now" | "today" => return Some(()),
            "yesterday" => {
                self.days -= 1;
                return Some(());
            }
            "tomorrow" => {
                self.days += 1;
                return Some(());
            }
            "next" | "last" | "this" => {
                self.settle_number()?;
                self.number = Some(match plain {
                    "next" => 1,
                    "last" => -1,
                    _ => 0,
                });
                return Some(());
            }
            "ago" => {
                (self.months, self.days, self.seconds) = (-self.months, -self.days, -self.seconds);
                return Some(());
            }
            "utc" | "gmt" | "z" | "ut" => {
                self.offset = Some(0);
                return Some(());
            }
            "am" | "pm" => {
                let hours = self.number.take().map(|hours| hours * 3600).or(self.time)?;
                self.time = Some(half_day(hours, plain == "pm")?);
                return Some(());
            }
            _ => {}
        }
        if let Some((_, months, seconds)) =
            UNITS.iter().find(|(unit, ..)| plain == *unit || plain.strip_suffix('s') == Some(unit))
        {
            let count = self.number.take().unwrap_or(1);
            self.months = self.months.checked_add(count.checked_mul(*months)?)?;
            let seconds = count.checked_mul(*seconds)?;
            if seconds % 86_400 == 0 {
                self.days = self.days.checked_add(seconds / 86_400)?;
            } else {
                self.seconds = self.seconds.checked_add(seconds)?;
            }
            return Some(());
        }
        self.numeric(plain)
    }

    fn numeric(&mut self, word: &str) -> Option<()> {
        // Date and time in one word.
        if let Some((date, time)) =
            word.split_once('t').filter(|(date, _)| date.ends_with(|c: char| c.is_ascii_digit()))
        {
            self.numeric(date)?;
            return self.numeric(time);
        }
        if let Some(rest) = word.strip_suffix('z').filter(|rest| rest.contains(':')) {
            self.offset = Some(0);
            return self.numeric(rest);
        }
        if word.contains(':') {
            return self.clock(word);
        }
        let digits = word.trim_start_matches(['+', '-']);
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let (digits_only, rest) = digits.split_at_checked(length)?;
        if length == 0 {
            return None;
        }
        let signed = word.len() > digits.len();
        let value: i64 = digits_only.parse().ok()?;
        let value = if word.starts_with('-') { -value } else { value };
        if !rest.is_empty() && !rest.starts_with(['-', '/']) {
            // `10pm`, `2days`
            self.settle_number()?;
            self.number = Some(value);
            return if rest.starts_with(|c: char| c.is_ascii_alphabetic()) { self.take(rest) } else { None };
        }
        if rest.is_empty() {
            match length {
                _ if signed && length == 4 && self.time.is_some() && self.offset.is_none() => {
                    self.offset = Some((value / 100) * 3600 + (value % 100) * 60);
                }
                _ if signed => {
                    self.settle_number()?;
                    self.number = Some(value);
                }
                8 => self.date = Some((value / 10_000, value / 100 % 100, value % 100)),
                _ => {
                    self.settle_number()?;
                    self.number = Some(value);
                }
            }
            return self.checked();
        }
        if signed {
            return None;
        }
        let separator = if word.contains('/') { '/' } else { '-' };
        let fields: Vec<&str> = word.split(separator).collect();
        self.date = Some(match fields.as_slice() {
            [day, month, year] if month_of(month).is_some() => (full_year(year)?, month_of(month)?, day.parse().ok()?),
            [year, month, day] if separator == '-' || year.len() == 4 => {
                (full_year(year)?, month.parse().ok()?, day.parse().ok()?)
            }
            [month, day, year] => (full_year(year)?, month.parse().ok()?, day.parse().ok()?),
            [month, day] if separator == '/' => (0, month.parse().ok()?, day.parse().ok()?),
            _ => return None,
        });
        self.checked()
    }

    /// `HH:MM[:SS[.fraction]]`, with a half of the day or a zone behind.
    fn clock(&mut self, word: &str) -> Option<()> {
        let end = word.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(word.len());
        let (clock, rest) = word.split_at_checked(end)?;
        let mut fields = clock.split(':');
        let hour: i64 = fields.next()?.parse().ok()?;
        let minute: i64 = fields.next()?.parse().ok()?;
        let second = fields.next().map_or(Some(0), |text| text.split('.').next()?.parse().ok())?;
        if !(0..=24).contains(&hour) || !(0..60).contains(&minute) || !(0..=60).contains(&second) || self.time.is_some()
        {
            return None;
        }
        self.time = Some(hour * 3600 + minute * 60 + second);
        match rest {
            "" => Some(()),
            "am" | "pm" => {
                self.time = Some(half_day(hour * 3600 + minute * 60 + second, rest == "pm")?);
                Some(())
            }
            zone => {
                let (sign, digits) = match zone.strip_prefix('-') {
                    Some(digits) => (-1, digits),
                    None => (1, zone.strip_prefix('+')?),
                };
                let digits = digits.replace(':', "");
                let number: i64 = digits.parse().ok()?;
                let (hours, minutes) = if digits.len() > 2 { (number / 100, number % 100) } else { (number, 0) };
                self.offset = Some(sign * (hours * 3600 + minutes * 60));
                Some(())
            }
        }
    }

    /// A number alone is a day of the month that was named, a year, or a time.
    fn settle_number(&mut self) -> Option<()> {
        let Some(number) = self.number.take() else { return Some(()) };
        match &mut self.date {
            Some((_, _, day)) if *day == 0 => *day = number,
            Some((year, ..)) if *year == 0 => *year = number,
            _ if self.time.is_none() && number < 24 => self.time = Some(number * 3600),
            _ if self.time.is_none() && number < 2400 => self.time = Some(number / 100 * 3600 + number % 100 * 60),
            _ => return None,
        }
        Some(())
    }

    fn checked(&self) -> Option<()> {
        let Some((_, month, day)) = self.date else { return Some(()) };
        ((1..=12).contains(&month) && (0..=31).contains(&day)).then_some(())
    }
}

fn half_day(seconds: i64, afternoon: bool) -> Option<i64> {
    if !(3600..13 * 3600).contains(&seconds) {
        return None;
    }
    Some(seconds % (12 * 3600) + if afternoon { 12 * 3600 } else { 0 })
}

fn full_year(text: &str) -> Option<i64> {
    let year: i64 = text.parse().ok()?;
    Some(match text.len() {
        1 | 2 if year < 69 => year + 2000,
        1 | 2 => year + 1900,
        _ => year,
    })
}

fn month_of(word: &str) -> Option<i64> {
    let fits = |name: &&str| {
        let name = name.to_lowercase();
        word == name || word.len() == 3 && name.starts_with(word) || word == "sept" && name == "september"
    };
    MONTHS.iter().position(fits).and_then(|at| i64::try_from(at + 1).ok())
}

fn day_of(word: &str) -> Option<i64> {
    let fits = |name: &&str| word == *name || word.len() >= 3 && word.len() <= 5 && name.starts_with(word);
    DAYS.iter().position(fits).and_then(|at| i64::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::super::calendar::format_time;
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_said() {
        let now = 1_577_934_245; // Thu 2020-01-02 03:04:05
        for (text, expected) in [
            ("now", "2020-01-02 03:04:05"),
            ("2020-02-28 +2 days", "2020-03-01 00:00:00"),
            ("2020-01-31 1 month ago", "2019-12-31 00:00:00"),
            ("yesterday", "2020-01-01 03:04:05"),
            ("-1 day", "2020-01-01 03:04:05"),
            ("2 hours ago", "2020-01-02 01:04:05"),
            ("next monday", "2020-01-06 00:00:00"),
            ("thursday", "2020-01-02 00:00:00"),
            ("last week", "2019-12-26 03:04:05"),
            ("1 Jan 2019", "2019-01-01 00:00:00"),
            ("Jan 1 2019 10:00 UTC", "2019-01-01 10:00:00"),
            ("Thu Jan  1 00:00:00 UTC 1970", "1970-01-01 00:00:00"),
            ("2020-01-01T01:02:03+02:00", "2019-12-31 23:02:03"),
            ("2020-01-01T01:02:03Z", "2020-01-01 01:02:03"),
            ("2020-01-01 10pm", "2020-01-01 22:00:00"),
            ("20200105", "2020-01-05 00:00:00"),
            ("01/02/2020", "2020-01-02 00:00:00"),
            ("12:30", "2020-01-02 12:30:00"),
            ("Wed, 01 Jan 2020 10:00:00 +0200", "2020-01-01 08:00:00"),
            ("@5", "1970-01-01 00:00:05"),
            ("nonsense", ""),
            ("2020-13-01", ""),
        ] {
            let found = read(text, now, &Zone::utc()).map_or(String::new(), |(time, _)| format_time("%F %T", time));
            assert_eq!(found, expected, "{text}");
        }
    }
}
