//! Reading a date by a format, as strptime(3) does.

use super::calendar::{MONTHS, days_from_date, moment};

/// The seconds (as if in UTC) that a text stands for; what the format leaves open is that of `start`.
pub fn read_by_format(text: &str, format: &str, start: i64) -> Option<i64> {
    let from = moment(start);
    let mut fields = Fields {
        year: from.year,
        month: from.month,
        day: from.day,
        hour: from.hour,
        minute: from.minute,
        second: from.second,
        afternoon: None,
        time: None,
    };
    let rest = fields.read(text, format, 0)?;
    if !rest.is_empty() {
        return None;
    }
    if let Some(time) = fields.time {
        return Some(time);
    }
    let hour = match fields.afternoon {
        Some(afternoon) => fields.hour % 12 + if afternoon { 12 } else { 0 },
        None => fields.hour,
    };
    let days = days_from_date(fields.year, fields.month, fields.day);
    Some(days * 86_400 + hour * 3600 + fields.minute * 60 + fields.second)
}

struct Fields {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    afternoon: Option<bool>,
    time: Option<i64>,
}

/// A number of at most so many digits, and what follows.
fn number(text: &str, digits: usize) -> Option<(i64, &str)> {
    let text = text.trim_start();
    let end = text.bytes().take(digits).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}

impl Fields {
    fn read<'t>(&mut self, text: &'t str, format: &str, depth: usize) -> Option<&'t str> {
        let mut rest = text;
        let mut letters = format.chars();
        while let Some(letter) = letters.next() {
            if letter.is_whitespace() {
                rest = rest.trim_start();
                continue;
            }
            if letter != '%' {
                rest = rest.strip_prefix(letter)?;
                continue;
            }
            let letter = letters.next()?;
            let mut two = |place: &mut i64, least: i64, most: i64| -> Option<()> {
                let (value, after) = number(rest, 2)?;
                if !(least..=most).contains(&value) {
                    return None;
                }
                (*place, rest) = (value, after);
                Some(())
            };
            match letter {
                'm' => two(&mut self.month, 1, 12)?,
                'd' | 'e' => two(&mut self.day, 1, 31)?,
                'H' | 'k' => two(&mut self.hour, 0, 23)?,
                'I' | 'l' => two(&mut self.hour, 1, 12)?,
                'M' => two(&mut self.minute, 0, 59)?,
                'S' => two(&mut self.second, 0, 60)?,
                'y' => {
                    two(&mut self.year, 0, 99)?;
                    self.year += if self.year < 69 { 2000 } else { 1900 };
                }
                'Y' => (self.year, rest) = number(rest, 4)?,
                'j' => {
                    let (day, after) = number(rest, 3).filter(|(day, _)| (1..=366).contains(day))?;
                    (self.month, self.day, rest) = (1, day, after);
                }
                's' => {
                    let (time, after) = number(rest, 18)?;
                    (self.time, rest) = (Some(time), after);
                }
                'b' | 'B' | 'h' => {
                    let lower = rest.to_ascii_lowercase();
                    let at = MONTHS.iter().position(|name| {
                        name.get(..3).is_some_and(|short| lower.starts_with(&short.to_ascii_lowercase()))
                    })?;
                    self.month = at as i64 + 1;
                    let whole = MONTHS.get(at).copied().unwrap_or_default();
                    let length = if lower.starts_with(&whole.to_ascii_lowercase()) { whole.len() } else { 3 };
                    rest = rest.get(length..)?;
                }
                'a' | 'A' => {
                    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                    rest = rest.get(end..)?;
                }
                'p' => {
                    self.afternoon = Some(match rest.get(..2)?.to_ascii_lowercase().as_str() {
                        "am" => false,
                        "pm" => true,
                        _ => return None,
                    });
                    rest = rest.get(2..)?;
                }
                'n' | 't' => rest = rest.trim_start(),
                '%' => rest = rest.strip_prefix('%')?,
                'T' | 'F' | 'R' | 'D' if depth == 0 => {
                    let format = match letter {
                        'T' => "%H:%M:%S",
                        'F' => "%Y-%m-%d",
                        'R' => "%H:%M",
                        _ => "%m/%d/%y",
                    };
                    rest = self.read(rest, format, 1)?;
                }
                _ => return None,
            }
        }
        Some(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_by_their_format() {
        assert_eq!(read_by_format("05.03.2024 06:07", "%d.%m.%Y %H:%M", 0), Some(1_709_618_820));
        assert_eq!(read_by_format("Mar 5 2024", "%b %e %Y", 0), Some(1_709_596_800));
        assert_eq!(read_by_format("1700000000", "%s", 0), Some(1_700_000_000));
        assert_eq!(read_by_format("2024-03-05x", "%F", 0), None);
    }
}
