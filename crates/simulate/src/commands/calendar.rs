//! The calendar: times as dates, and dates as commands read and write them.

use super::zone::Zone;

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The widest number that a format may ask for.
const WIDTH_LIMIT: usize = 1000;

/// A moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// 0 is Sunday.
    pub weekday: i64,
    /// 1 is the first of January.
    pub day_of_year: i64,
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
pub fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March put the leap day at the end; 400 of them are 146,097 days.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The moment of a time in seconds since 1970.
pub fn moment(time: i64) -> Moment {
    let days = time.div_euclid(86_400);
    let seconds = time.rem_euclid(86_400);
    let shifted = days.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Moment {
        year,
        month,
        day,
        hour: seconds / 3600,
        minute: seconds / 60 % 60,
        second: seconds % 60,
        weekday: (days + 4).rem_euclid(7),
        day_of_year: days - days_from_date(year, 1, 1) + 1,
    }
}

fn name(names: &[&'static str], index: i64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

fn short(text: &str) -> &str {
    text.get(..3).unwrap_or(text)
}

/// What strftime makes of a format, in UTC and the C locale.
pub fn format_time(format: &str, time: i64) -> String {
    format_in(&Zone::utc(), format, time)
}

/// As [`format_time`], on the clocks of a zone.
pub fn format_in(zone: &Zone, format: &str, time: i64) -> String {
    let offset = zone.offset(time);
    let m = moment(time.saturating_add(offset));
    let mut text = String::new();
    let mut letters = format.chars();
    let twelve = if m.hour % 12 == 0 { 12 } else { m.hour % 12 };
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        // Flags, a width, and colons for %z.
        let rest = letters.as_str();
        let flags: &str =
            rest.get(..rest.len() - rest.trim_start_matches(['-', '_', '0', '^', '#']).len()).unwrap_or("");
        let rest = rest.get(flags.len()..).unwrap_or("");
        let digits = rest.get(..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()).unwrap_or("");
        let rest = rest.get(digits.len()..).unwrap_or("");
        let colons = rest.len() - rest.trim_start_matches(':').len();
        letters = rest.get(colons..).unwrap_or("").chars();
        let letter = letters.next();
        let width = digits.parse::<usize>().ok().map(|width| width.min(WIDTH_LIMIT));
        let pad = flags.chars().rev().find(|flag| "-_0".contains(*flag));
        let padded = |number: i64, least: usize, usual: char| match pad.unwrap_or(usual) {
            '-' => number.to_string(),
            '_' => format!("{number:>0$}", width.unwrap_or(least)),
            _ => format!("{number:0>0$}", width.unwrap_or(least)),
        };
        let two = |number: i64| padded(number, 2, '0');
        let part = match letter {
            Some('Y') => padded(m.year, 1, '0'),
            Some('C') => two(m.year / 100),
            Some('y') => two(m.year.rem_euclid(100)),
            Some('m') => two(m.month),
            Some('d') => two(m.day),
            Some('e') => padded(m.day, 2, '_'),
            Some('H') => two(m.hour),
            Some('k') => padded(m.hour, 2, '_'),
            Some('I') => two(twelve),
            Some('l') => padded(twelve, 2, '_'),
            Some('M') => two(m.minute),
            Some('S') => two(m.second),
            Some('N') => "0".repeat(width.unwrap_or(9)),
            Some('s') => time.to_string(),
            Some('j') => padded(m.day_of_year, 3, '0'),
            Some('q') => ((m.month + 2) / 3).to_string(),
            Some('a') => short(name(&DAYS, m.weekday)).to_string(),
            Some('A') => name(&DAYS, m.weekday).to_string(),
            Some('b' | 'h') => short(name(&MONTHS, m.month - 1)).to_string(),
            Some('B') => name(&MONTHS, m.month - 1).to_string(),
            Some('u') => if m.weekday == 0 { 7 } else { m.weekday }.to_string(),
            Some('w') => m.weekday.to_string(),
            Some('U') => two((m.day_of_year + 6 - m.weekday) / 7),
            Some('W') => two((m.day_of_year + 6 - (m.weekday + 6) % 7) / 7),
            Some('V') => two(iso_week(m).1),
            Some('G') => iso_week(m).0.to_string(),
            Some('g') => two(iso_week(m).0.rem_euclid(100)),
            Some('p') => if m.hour < 12 { "AM" } else { "PM" }.to_string(),
            Some('P') => if m.hour < 12 { "am" } else { "pm" }.to_string(),
            Some('Z') => zone.name(time).to_string(),
            Some('z') => {
                let colon = if colons > 0 { ":" } else { "" };
                let sign = if offset < 0 { '-' } else { '+' };
                let seconds = if colons > 1 { format!(":{:02}", offset.abs() % 60) } else { String::new() };
                format!("{sign}{:02}{colon}{:02}{seconds}", offset.abs() / 3600, offset.abs() / 60 % 60)
            }
            Some('F') => format_in(zone, "%Y-%m-%d", time),
            Some('T' | 'X') => format_in(zone, "%H:%M:%S", time),
            Some('R') => format_in(zone, "%H:%M", time),
            Some('r') => format_in(zone, "%I:%M:%S %p", time),
            Some('D' | 'x') => format_in(zone, "%m/%d/%y", time),
            Some('c') => format_in(zone, "%a %b %e %H:%M:%S %Y", time),
            Some('n') => "\n".to_string(),
            Some('t') => "\t".to_string(),
            Some('%') | None => "%".to_string(),
            Some(other) => format!("%{other}"),
        };
        let letters_changed = match letter {
            _ if flags.contains('^') => part.to_uppercase(),
            Some('Z' | 'p') if flags.contains('#') => part.to_lowercase(),
            _ if flags.contains('#') => part.to_uppercase(),
            _ => part,
        };
        text.push_str(&letters_changed);
    }
    text
}

fn iso_week(m: Moment) -> (i64, i64) {
    let weekday = (m.weekday + 6) % 7;
    let week = (m.day_of_year - 1 - weekday + 10) / 7;
    let weeks_in = |year: i64| {
        let first = (days_from_date(year, 1, 1) + 3).rem_euclid(7);
        let leap = days_from_date(year + 1, 1, 1) - days_from_date(year, 1, 1) == 366;
        if first == 3 || leap && first == 2 { 53 } else { 52 }
    };
    if week < 1 {
        (m.year - 1, weeks_in(m.year - 1))
    } else if week > weeks_in(m.year) {
        (m.year + 1, 1)
    } else {
        (m.year, week)
    }
}

/// Reads a date as `touch -d` and `date -d` take it; `stamp` is the `[[CC]YY]MMDDhhmm[.ss]` of `touch -t`.
/// A date without a time keeps the time of day of `now`.
pub fn read_date(text: &str, stamp: bool, now: i64) -> Option<i64> {
    if let Some(seconds) = text.strip_prefix('@') {
        return seconds.parse().ok();
    }
    let today = moment(now);
    if stamp {
        let (digits, seconds) = text.split_once('.').unwrap_or((text, "0"));
        let numbers: Vec<i64> = (0..digits.len() / 2)
            .map(|at| digits.get(at * 2..at * 2 + 2).and_then(|two| two.parse().ok()))
            .collect::<Option<_>>()?;
        let (year, rest) = match (numbers.as_slice(), digits.len()) {
            ([century, year, rest @ ..], 12) => (century * 100 + year, rest),
            ([year, rest @ ..], 10) => (if *year < 69 { 2000 } else { 1900 } + year, rest),
            (rest, 8) => (today.year, rest),
            _ => return None,
        };
        let [month, day, hour, minute] = rest else { return None };
        return time_of(year, *month, *day, *hour, *minute, seconds.parse().ok()?);
    }
    if text == "now" {
        return Some(now);
    }
    let is_stamp = |text: &str| text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_stamp(text) && text.split('.').next().is_some_and(|digits| digits.len() != 8) {
        return read_date(text, true, now);
    }
    let text = text.trim_end_matches('Z').trim_end_matches(" UTC");
    // busybox's own forms: `[YYYY.]MM.DD-hh:mm[:ss]`
    if let Some((date, clock)) = text.split_once('-').filter(|(date, clock)| date.contains('.') && clock.contains(':'))
    {
        let date = if date.matches('.').count() == 1 { format!("{}.{date}", today.year) } else { date.to_string() };
        return read_date(&format!("{} {clock}", date.replace('.', "-")), false, now);
    }
    if text.contains(':') && !text.contains(['-', ' ', 'T']) {
        let today = format!("{:04}-{:02}-{:02} {text}", today.year, today.month, today.day);
        return read_date(&today, false, now);
    }
    let (date, time) = match text.split_once([' ', 'T']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (hour, minute, second) = match time {
        None => (today.hour, today.minute, today.second),
        Some(time) => {
            let mut parts = time.splitn(3, ':');
            let hour = parts.next()?.parse().ok()?;
            let minute = parts.next()?.parse().ok()?;
            let second =
                parts.next().map_or(Some(0), |text| text.split('.').next().and_then(|text| text.parse().ok()))?;
            (hour, minute, second)
        }
    };
    time_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, hour, minute, second)
}

fn time_of(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<i64> {
    let plausible = (0..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    plausible.then(|| days_from_date(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written() {
        for (time, expected) in [
            (0, "1970-01-01 00:00:00 Thu 001 4 01"),
            (951_782_400, "2000-02-29 00:00:00 Tue 060 2 09"),
            (1_795_333_529, "2026-11-22 07:45:29 Sun 326 0 47"),
            (-1, "1969-12-31 23:59:59 Wed 365 3 01"),
        ] {
            assert_eq!(format_time("%F %T %a %j %w %V", time), expected);
        }
        assert_eq!(read_date("2020-01-02 03:04", false, 0), Some(1_577_934_240));
        assert_eq!(read_date("202101020304.05", true, 0), Some(1_609_556_645));
        assert_eq!(read_date("yesterday", false, 0), None);
    }
}
