//! bash's `time`: what it prints behind a pipeline. execute_cmd.c has the formats.

use shell::Timed;

use super::Machine;
use super::shell::Shell;

/// Without TIMEFORMAT.
const PLAIN: &str = "\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS";
/// `time -p`.
const POSIX: &str = "real %2R\nuser %2U\nsys %2S";

impl Shell {
    /// Prints what a pipeline took. The time of the processor is not modelled: what passes is.
    pub(super) fn tell_time(&self, machine: &mut Machine<'_>, timed: Timed, ms: u64) {
        let format = match timed {
            Timed::Posix => POSIX,
            Timed::Plain => self.get("TIMEFORMAT").unwrap_or(PLAIN),
        };
        if format.is_empty() {
            return;
        }
        match formatted(format, ms) {
            Ok(text) => self.process.err(machine, &format!("{text}\n")),
            Err(letter) => {
                self.complain(machine, &format!("TIMEFORMAT: `{letter}': invalid format character"));
            }
        }
    }
}

/// A format with its `%[precision][l]R`, `U` and `S`, `%P` and `%%` replaced; the letter that is none of them.
fn formatted(format: &str, ms: u64) -> Result<String, char> {
    let mut out = String::new();
    let mut characters = format.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '%' {
            out.push(character);
            continue;
        }
        let digits = characters.next_if(char::is_ascii_digit).and_then(|digit| digit.to_digit(10)).unwrap_or(3).min(3);
        let long = characters.next_if_eq(&'l').is_some();
        match characters.next() {
            None | Some('%') => out.push('%'),
            Some('R') => out.push_str(&seconds(ms, digits, long)),
            Some('U' | 'S') => out.push_str(&seconds(0, digits, long)),
            Some('P') => out.push_str("0.00"),
            Some(other) => return Err(other),
        }
    }
    Ok(out)
}

fn seconds(ms: u64, digits: u32, long: bool) -> String {
    let fraction = ms % 1000 / 10_u64.pow(3 - digits);
    let fraction = if digits == 0 { String::new() } else { format!(".{fraction:0width$}", width = digits as usize) };
    let whole = ms / 1000;
    if long { format!("{}m{}{fraction}s", whole / 60, whole % 60) } else { format!("{whole}{fraction}") }
}
