//! cal.

use crate::process::{Machine, Process};

use super::calendar::{MONTHS, days_from_date, moment};
use super::input::{is_busybox, not_modelled};
use super::options::parse;

/// The width of a month's seven days.
const WIDTH: usize = 20;
const BLANKS: &str = "                     ";

pub fn cal(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "jmy", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.has('j') || !is_busybox(machine) {
        not_modelled(machine, process, "");
    }
    let today = moment(machine.fs.now());
    let (month, year) = match options.operands.as_slice() {
        [] => (Some(today.month), today.year),
        [year] => (None, year.parse().unwrap_or(0)),
        [month, year] => (Some(month.parse().unwrap_or(0)), year.parse().unwrap_or(0)),
        _ => return super::input::missing_operand(machine, process),
    };
    for (name, number, most) in [("month", month.unwrap_or(1), 12), ("year", year, 9999)] {
        if !(1..=most).contains(&number) {
            let given = if name == "year" { options.operands.last() } else { options.operands.first() };
            let given = given.cloned().unwrap_or_default();
            let text = match given.parse::<i64>() {
                Ok(number) if number >= 0 => format!("number {given} is not in 1..{most} range"),
                _ => format!("invalid number '{given}'"),
            };
            process.complain(machine, &text);
            return 1;
        }
    }
    let monday = options.has('m');
    let mut output = String::new();
    match month.filter(|_| !options.has('y')) {
        Some(month) => {
            let title = format!("{} {year}", name_of(month));
            output.push_str(&centred(&title, WIDTH));
            output.push('\n');
            for line in weeks(year, month, monday) {
                // A week without days is a row of blanks.
                output.push_str(if line.is_empty() { BLANKS } else { line.trim_end() });
                output.push('\n');
            }
        }
        None => {
            let whole = WIDTH * 3 + 4;
            output.push_str(&format!("{:<whole$}\n\n", centred(&year.to_string(), whole)));
            for first in [1, 4, 7, 10] {
                let columns: Vec<Vec<String>> = (first..first + 3).map(|month| weeks(year, month, monday)).collect();
                let titles: Vec<String> =
                    (first..first + 3).map(|month| format!("{:<WIDTH$}", centred(name_of(month), WIDTH))).collect();
                output.push_str(&titles.join("  "));
                output.push('\n');
                for row in 0..7 {
                    let parts: Vec<String> = columns
                        .iter()
                        .map(|column| format!("{:<WIDTH$}", column.get(row).map_or("", String::as_str)))
                        .collect();
                    output.push_str(parts.join("  ").trim_end());
                    output.push('\n');
                }
            }
        }
    }
    process.out(machine, &output);
    0
}

fn name_of(month: i64) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

fn centred(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.len()) / 2))
}

/// The line of weekdays and six weeks. Until 1752 the calendar is the Julian one, and September of that year is short.
fn weeks(year: i64, month: i64, monday: bool) -> Vec<String> {
    let names = if monday { "Mo Tu We Th Fr Sa Su" } else { "Su Mo Tu We Th Fr Sa" };
    let julian = year < 1752 || year == 1752 && month < 9;
    let leap = if julian { year % 4 == 0 } else { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) };
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    let first = match julian || year == 1752 && month == 9 {
        true => {
            let (y, m) = if month <= 2 { (year - 1, month + 12) } else { (year, month) };
            // Zeller's rule for the Julian calendar; 0 is Saturday.
            (1 + 13 * (m + 1) / 5 + y + y / 4 + 5).rem_euclid(7) - 1
        }
        false => (days_from_date(year, month, 1) + 4).rem_euclid(7),
    };
    let start = (first - i64::from(monday)).rem_euclid(7);
    let shown = (1..=days).filter(|day| !(year == 1752 && month == 9 && (3..=13).contains(day)));
    let cells: Vec<String> = (0..start).map(|_| "  ".to_string()).chain(shown.map(|day| format!("{day:2}"))).collect();
    let mut lines = vec![names.to_string()];
    lines.extend(cells.chunks(7).map(|week| week.join(" ")));
    lines.resize(7, String::new());
    lines
}
