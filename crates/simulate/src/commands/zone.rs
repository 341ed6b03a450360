//! Time zones as POSIX writes them in TZ (`EST5EDT`, `CET-1CEST,M3.5.0,M10.5.0/3`); names of a zone database are UTC, as
//! they are where no database is installed.

use crate::process::Process;

use super::calendar::{days_from_date, moment};

/// The hours of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    standard: Side,
    summer: Option<(Side, Change, Change)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Side {
    name: String,
    /// Seconds east of Greenwich.
    offset: i64,
}

/// When the clocks change: in a month's week (5 is the last) on a weekday, or on a day of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Month(i64, i64, i64),
    /// `Jn`: 1 to 365, the 29th of February never counted.
    Julian(i64),
    /// `n`: 0 to 365.
    Plain(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    day: Day,
    seconds: i64,
}

impl Zone {
    /// Greenwich's.
    pub fn utc() -> Zone {
        Zone { standard: Side { name: "UTC".to_string(), offset: 0 }, summer: None }
    }

    /// The zone that TZ names to a process.
    pub fn of(process: &Process) -> Zone {
        process.env.get("TZ").and_then(|text| parse(text)).unwrap_or_else(Zone::utc)
    }

    fn side(&self, time: i64) -> &Side {
        let Some((summer, begin, end)) = &self.summer else { return &self.standard };
        let year = moment(time.saturating_add(self.standard.offset)).year;
        let begins = begin.in_year(year).saturating_sub(self.standard.offset);
        let ends = end.in_year(year).saturating_sub(summer.offset);
        let is_summer = if begins < ends { time >= begins && time < ends } else { time >= begins || time < ends };
        if is_summer { summer } else { &self.standard }
    }

    /// Seconds east of Greenwich at a time.
    pub fn offset(&self, time: i64) -> i64 {
        self.side(time).offset
    }

    /// What the zone is called at a time.
    pub fn name(&self, time: i64) -> &str {
        &self.side(time).name
    }

    /// The time at which the clocks of the zone show `local` (seconds as if it were UTC).
    pub fn time_of(&self, local: i64) -> i64 {
        let guess = local.saturating_sub(self.standard.offset);
        local.saturating_sub(self.offset(guess))
    }
}

impl Change {
    /// The local second of the change.
    fn in_year(self, year: i64) -> i64 {
        let first = days_from_date(year, 1, 1);
        let day = match self.day {
            Day::Plain(day) => first + day,
            Day::Julian(day) => {
                let leap = days_from_date(year + 1, 1, 1) - first == 366;
                first + day - 1 + i64::from(leap && day > 59)
            }
            Day::Month(month, week, weekday) => {
                let start = days_from_date(year, month, 1);
                let next =
                    if month == 12 { days_from_date(year + 1, 1, 1) } else { days_from_date(year, month + 1, 1) };
                // 1970-01-01 was a Thursday.
                let day = start + (weekday - (start + 4)).rem_euclid(7) + (week - 1) * 7;
                if day >= next { day - 7 } else { day }
            }
        };
        day * 86_400 + self.seconds
    }
}

fn parse(text: &str) -> Option<Zone> {
    let mut rest = text.strip_prefix(':').unwrap_or(text);
    let standard = Side { name: name(&mut rest)?, offset: -seconds(&mut rest)? };
    if rest.is_empty() {
        return Some(Zone { standard, summer: None });
    }
    let summer_name = name(&mut rest)?;
    let offset = match rest.starts_with(',') || rest.is_empty() {
        true => standard.offset + 3600,
        false => -seconds(&mut rest)?,
    };
    // Without rules those of the United States are taken.
    let rules = if rest.is_empty() { ",M3.2.0,M11.1.0" } else { rest };
    let (begin, end) = rules.strip_prefix(',')?.split_once(',')?;
    Some(Zone { standard, summer: Some((Side { name: summer_name, offset }, change(begin)?, change(end)?)) })
}

fn name(rest: &mut &str) -> Option<String> {
    let (name, after) = match rest.strip_prefix('<') {
        Some(quoted) => quoted.split_once('>')?,
        None => rest.split_at_checked(rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()))?,
    };
    *rest = after;
    (name.len() >= 3).then(|| name.to_string())
}

/// `[+-]hh[:mm[:ss]]`
fn seconds(rest: &mut &str) -> Option<i64> {
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '+' | '-')).unwrap_or(rest.len());
    let (text, after) = rest.split_at_checked(end)?;
    *rest = after;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut total = 0_i64;
    for (part, unit) in digits.splitn(3, ':').zip([3600, 60, 1]) {
        let number = part.parse::<i64>().ok().filter(|number| *number <= 167)?;
        total += number * unit;
    }
    Some(sign * total)
}

fn change(text: &str) -> Option<Change> {
    let (day, time) = text.split_once('/').map_or((text, None), |(day, time)| (day, Some(time)));
    let within =
        |text: &str, least: i64, most: i64| text.parse::<i64>().ok().filter(|number| (least..=most).contains(number));
    let day = if let Some(parts) = day.strip_prefix('M') {
        let mut parts = parts.splitn(3, '.');
        Day::Month(within(parts.next()?, 1, 12)?, within(parts.next()?, 1, 5)?, within(parts.next()?, 0, 6)?)
    } else if let Some(day) = day.strip_prefix('J') {
        Day::Julian(within(day, 1, 365)?)
    } else {
        Day::Plain(within(day, 0, 365)?)
    };
    let seconds = match time {
        Some(mut time) => seconds(&mut time)?,
        None => 7200,
    };
    Some(Change { day, seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_change_when_the_rules_say_so() {
        let berlin = parse("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        // 2024-03-31 01:00 UTC and 2024-10-27 01:00 UTC
        assert_eq!(
            [1_711_846_799, 1_711_846_800, 1_729_990_799, 1_729_990_800].map(|t| berlin.offset(t)),
            [3600, 7200, 7200, 3600]
        );
        assert_eq!(berlin.time_of(1_720_000_000), 1_720_000_000 - 7200);
        let sydney = parse("AEST-10AEDT,M10.1.0,M4.1.0/3").unwrap();
        assert_eq!((sydney.name(1_704_067_200), sydney.name(1_720_000_000)), ("AEDT", "AEST"));
        assert_eq!(parse("<+03>-3:30").unwrap().offset(0), 12_600);
        assert_eq!(parse("Europe/Berlin"), None);
    }
}
