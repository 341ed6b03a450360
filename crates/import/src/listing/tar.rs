//! `tar tv` of GNU tar, BusyBox and bsdtar.

use super::Format;
use super::quoted::unescape;
use crate::{Found, FoundKind};

/// `-rw-r--r-- user/group SIZE 2025-01-01 12:34 NAME`, or `-rw-r--r--  0 user group SIZE Jan  1  2025 NAME`.
pub(super) fn read(line: &str) -> Option<(Format, Found)> {
    let (permissions, rest) = line.split_once(' ')?;
    let (kind, bits) = (permissions.bytes().next()?, bits(permissions)?);
    let (second, after) = field(rest)?;
    let (format, size, mtime, name) = if second.contains('/') {
        let (size, after) = field(after)?;
        let (date, after) = field(after)?;
        let (clock, name) = last_field(after)?;
        (Format::Tar, size, time(date, clock), name)
    } else {
        number(second)?;
        let (_user, after) = field(after)?;
        let (_group, after) = field(after)?;
        let (size, after) = field(after)?;
        let (_month, after) = field(after)?;
        let (_day, after) = field(after)?;
        // of a file of this year an hour, else a year: neither is a time
        let (_, name) = last_field(after)?;
        (Format::BsdTar, size, None, name)
    };
    let (name, kind) = match kind {
        b'd' => (name, FoundKind::Dir),
        b'l' => {
            let (name, target) = name.split_once(" -> ")?;
            (name, FoundKind::Symlink(Some(unescape(target))))
        }
        b'h' => {
            let (name, other) = name.split_once(" link to ")?;
            (name, FoundKind::HardLink(unescape(other)))
        }
        b'-' => (name, FoundKind::File { bytes: Some(number(size)?), id: String::new() }),
        // devices, pipes and sockets are not sent
        _ => return None,
    };
    let path = unescape(name);
    let path = path.strip_suffix('/').map_or(path.clone(), str::to_owned);
    (!path.is_empty()).then_some((format, Found { path, kind, mode: Some(bits), mtime }))
}

/// A word, and what comes behind it.
fn field(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(' ');
    text.split_once(' ').filter(|(word, _)| !word.is_empty())
}

/// The last word before the name, which may begin with a blank itself.
fn last_field(text: &str) -> Option<(&str, &str)> {
    field(text).filter(|(_, name)| !name.is_empty())
}

/// A number of digits alone.
pub(super) fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// The bits of `drwxr-xr-x`, with or without a mark of further access rules behind it.
fn bits(text: &str) -> Option<u32> {
    let mut bits = 0;
    let letters = text.get(1..10)?.bytes();
    if !matches!(text.get(10..)?, "" | "+" | "." | "@") {
        return None;
    }
    for (at, letter) in letters.enumerate() {
        let bit = 0o400 >> at;
        let special = [0o4000, 0o2000, 0o1000].get(at / 3).copied().unwrap_or_default();
        bits |= match (at % 3, letter) {
            (_, b'-') => 0,
            (0, b'r') | (1, b'w') | (2, b'x') => bit,
            (2, b's' | b't') => bit | special,
            (2, b'S' | b'T') => special,
            _ => return None,
        };
    }
    Some(bits)
}

/// Seconds since 1970 of `2025-01-01` and `12:34` or `12:34:56`, taken as UTC.
pub(crate) fn time(date: &str, clock: &str) -> Option<i64> {
    let mut date = date.splitn(3, '-').map(|part| number(part).and_then(|n| i64::try_from(n).ok()));
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut clock = clock.splitn(3, ':').map(|part| part.get(..2).unwrap_or(part).parse::<i64>().ok());
    let (hour, minute) = (clock.next()??, clock.next()??);
    let second = clock.next().flatten().unwrap_or_default();
    let sane = (1900..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    sane.then(|| days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

/// The days from 1970-01-01 to a day of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // years begin in March, so that the day that comes every four years is a year's last
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
