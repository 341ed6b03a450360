//! The tab stops of expand and unexpand: `8`, `2,6`, `2,/8`, `2,+4`.

use crate::process::{Machine, Process};

use super::options::Options;

/// Where tabs lead to.
pub struct TabStops {
    stops: Vec<usize>,
    /// The width between the stops behind those.
    every: Option<usize>,
    /// Where these begin.
    from: usize,
}

impl TabStops {
    /// The stops that a list names; the error is GNU's sentence.
    pub fn read(list: &str) -> Result<TabStops, String> {
        let mut stops: Vec<usize> = Vec::new();
        let (mut every, mut from) = (None, 0);
        for part in list.split([',', ' ', '\t']).filter(|part| !part.is_empty()) {
            let digits = part.trim_start_matches(['/', '+']);
            let Ok(number) = digits.parse::<usize>() else {
                let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
                return Err(match rest {
                    "" => format!("tab stop is too large '{digits}'"),
                    _ => format!("tab size contains invalid character(s): '{rest}'"),
                });
            };
            if number == 0 && digits == part {
                return Err("tab size cannot be 0".to_string());
            }
            if digits != part {
                every = Some(number.clamp(1, 10_000));
                from = if part.starts_with('+') { stops.last().copied().unwrap_or(0) } else { 0 };
                continue;
            }
            if stops.last().is_some_and(|last| *last >= number) {
                return Err("tab sizes must be ascending".to_string());
            }
            stops.push(number.min(10_000));
        }
        match (stops.as_slice(), every) {
            ([], None) => Ok(TabStops { stops: Vec::new(), every: Some(8), from: 0 }),
            ([one], None) => Ok(TabStops { every: Some(*one), stops: Vec::new(), from: 0 }),
            _ => Ok(TabStops { stops, every, from }),
        }
    }

    /// The next stop behind a column; none where a tab is but a blank.
    pub fn after(&self, column: usize) -> Option<usize> {
        let listed = self.stops.iter().find(|stop| **stop > column).copied();
        let behind = |every: usize| self.from + (column.saturating_sub(self.from) / every + 1) * every;
        listed.or_else(|| self.every.map(behind))
    }
}

/// The stops of `-t`, or the complaint about them.
pub fn tab_stops(machine: &mut Machine, process: &Process, options: &Options) -> Result<TabStops, i32> {
    let list: Vec<&str> = options.values('t').collect();
    TabStops::read(&list.join(",")).map_err(|message| {
        process.complain(machine, &message);
        1
    })
}

/// Makes `-t4` of an argument `-4`, which both programs take.
pub fn digits_are_tabs(process: &mut Process) {
    for argument in &mut process.args {
        if let Some(list) = argument.strip_prefix('-').filter(|list| list.starts_with(|c: char| c.is_ascii_digit())) {
            *argument = format!("-t{list}");
        }
    }
}
