//! printf, the same for the program and the shell's builtin.

use crate::process::{Machine, Process};

use super::escapes::{escape, unescape_bytes};
use super::format::conversion;

/// The most that one printf prints.
const OUTPUT_LIMIT: usize = 1 << 24;

/// Whose printf it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// busybox's.
    Busybox,
    /// The program of GNU.
    Gnu,
    /// dash's builtin.
    Dash,
    /// bash's builtin.
    Bash,
}

/// What `printf FORMAT [ARGUMENT]...` prints, what it complains about (without the name, and behind how much of the output)
/// and its exit status.
pub fn printf_bytes(operands: &[String], kind: Kind, now: i64) -> (Vec<u8>, Vec<(usize, String)>, i32) {
    let operands = match operands.split_first() {
        Some((first, rest)) if first == "--" => rest,
        _ => operands,
    };
    let Some((format, arguments)) = operands.split_first() else {
        if kind == Kind::Gnu {
            return (Vec::new(), vec![(0, "missing operand".to_string())], 1);
        }
        let usage = match kind {
            Kind::Busybox | Kind::Gnu => "usage: printf FORMAT [ARGUMENT...]",
            Kind::Dash => "usage: printf format [arg ...]",
            Kind::Bash => "usage: printf [-v var] format [arguments]",
        };
        return (Vec::new(), vec![(0, usage.to_string())], 2);
    };
    let mut state =
        State { output: Vec::new(), complaints: Vec::new(), arguments, used: 0, status: 0, stopped: false, kind, now };
    loop {
        let before = state.used;
        if !state.once(format) || state.used >= arguments.len() || state.used == before {
            break;
        }
        if state.output.len() > OUTPUT_LIMIT {
            break;
        }
    }
    if kind == Kind::Gnu
        && state.used == 0
        && !state.stopped
        && let Some(first) = arguments.first()
    {
        state.complain(format!("warning: ignoring excess arguments, starting with '{first}'"));
    }
    (state.output, state.complaints, state.status)
}

struct State<'a> {
    output: Vec<u8>,
    complaints: Vec<(usize, String)>,
    arguments: &'a [String],
    used: usize,
    status: i32,
    /// Whether it ended with a complaint.
    stopped: bool,
    kind: Kind,
    now: i64,
}

impl<'a> State<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let argument = self.arguments.get(self.used).map(String::as_str);
        self.used += 1;
        argument
    }

    /// Goes through the format once; `false` if printing ends there.
    fn once(&mut self, format: &str) -> bool {
        let mut rest = format;
        while let Some(at) = rest.find(['%', '\\']) {
            self.output.extend(rest.get(..at).unwrap_or_default().bytes());
            let is_escape = rest.get(at..).is_some_and(|rest| rest.starts_with('\\'));
            rest = rest.get(at + 1..).unwrap_or_default();
            if is_escape {
                if self.kind == Kind::Bash && rest.starts_with(['"', '?']) {
                    continue;
                }
                match (self.kind, rest.chars().next()) {
                    // dash has no hexadecimal numbers.
                    (Kind::Dash, Some('x')) => {
                        self.output.push(b'\\');
                        continue;
                    }
                    (Kind::Bash, Some('E')) => {
                        self.output.push(27);
                        rest = rest.get(1..).unwrap_or_default();
                        continue;
                    }
                    _ => {}
                }
                if let Some((bytes, used)) = unicode(rest).filter(|_| self.kind == Kind::Gnu) {
                    self.output.extend(bytes);
                    rest = rest.get(used..).unwrap_or_default();
                    continue;
                }
                let Some((bytes, used)) = escape(rest, false) else { return false };
                self.output.extend(bytes);
                rest = rest.get(used..).unwrap_or_default();
                continue;
            }
            if let Some(after) = rest.strip_prefix('%') {
                self.output.push(b'%');
                rest = after;
                continue;
            }
            let spec = rest;
            let mut stars = Vec::new();
            let (conversion, after) = conversion(rest, || {
                let value = self.next().and_then(|text| text.parse().ok()).unwrap_or(0);
                stars.push(value);
                value
            });
            let time =
                after.strip_prefix('(').and_then(|after| after.split_once(')')).filter(|_| self.kind == Kind::Bash);
            if let Some((format, behind)) = time
                && let Some(behind) = behind.strip_prefix('T')
            {
                let when = self.next().and_then(|text| text.parse().ok()).filter(|when| *when >= 0).unwrap_or(self.now);
                let format = if format.is_empty() { "%X" } else { format };
                self.output.extend(conversion.bytes(super::calendar::format_time(format, when).as_bytes()));
                rest = behind;
                continue;
            }
            // dash knows no lengths.
            let modifiers = spec.strip_suffix(after).unwrap_or_default();
            let plain = modifiers.trim_end_matches(['l', 'h', 'j', 'z', 'L']).len();
            let after = if self.kind == Kind::Dash { spec.get(plain..).unwrap_or_default() } else { after };
            let Some(letter) = after.chars().next() else {
                let complaint = match self.kind {
                    Kind::Gnu => format!("%{spec}: invalid conversion specification"),
                    Kind::Busybox => {
                        format!("%{}: invalid format", spec.trim_start_matches(['l', 'L', 'h', 'z']))
                    }
                    Kind::Dash => "missing format character".to_string(),
                    Kind::Bash => format!("`%{spec}': missing format character"),
                };
                return self.stop(complaint);
            };
            rest = after.get(letter.len_utf8()..).unwrap_or_default();
            let bytes = match letter {
                's' => conversion.bytes(self.next().unwrap_or_default().as_bytes()),
                'c' => {
                    let text = self.next().unwrap_or_default();
                    conversion.bytes(text.as_bytes().get(..1).unwrap_or_default())
                }
                'b' => {
                    let (bytes, cut) = unescape_bytes(self.next().unwrap_or_default(), true);
                    self.output.extend(conversion.bytes(&bytes));
                    if cut {
                        return false;
                    }
                    continue;
                }
                'q' if self.kind == Kind::Bash => {
                    let text = self.next().unwrap_or_default();
                    conversion.bytes(backslashed(text).as_bytes())
                }
                'q' if self.kind == Kind::Gnu => {
                    let text = self.next().unwrap_or_default();
                    conversion.bytes(quoted(text).as_bytes())
                }
                'd' | 'i' | 'u' | 'x' | 'X' | 'o' => {
                    let value = self.integer();
                    conversion.integer(value, letter)
                }
                'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                    let text = self.next().unwrap_or("0");
                    let value = text.trim().parse::<f64>().unwrap_or_else(|_| {
                        self.invalid(text, false);
                        0.0
                    });
                    conversion.float(value, letter)
                }
                _ => {
                    let shown = spec.split_at_checked(spec.len() - rest.len()).map_or(spec, |(shown, _)| shown);
                    return self.stop(match self.kind {
                        Kind::Gnu => format!("%{shown}: invalid format"),
                        Kind::Busybox => format!("%{after}: invalid format"),
                        Kind::Dash => format!("%{shown}: invalid directive"),
                        Kind::Bash => format!("`{letter}': invalid format character"),
                    });
                }
            };
            self.output.extend(bytes);
        }
        self.output.extend(rest.bytes());
        true
    }

    /// Complains: busybox and GNU write out what is printed first (bb_verror_msg(), error()), the shells at the end.
    fn complain(&mut self, complaint: String) {
        let at = if matches!(self.kind, Kind::Busybox | Kind::Gnu) { self.output.len() } else { 0 };
        self.complaints.push((at, complaint));
    }

    /// Ends with a complaint about the format.
    fn stop(&mut self, complaint: String) -> bool {
        self.complain(complaint);
        self.stopped = true;
        self.status = if self.kind == Kind::Dash { 2 } else { 1 };
        false
    }

    /// Complains of a number; `begun` where it begins as one.
    fn invalid(&mut self, text: &str, begun: bool) {
        let octal = text.trim_start().starts_with('0') && !text.trim_start().starts_with("0x") && begun;
        self.complain(match self.kind {
            Kind::Gnu if begun => format!("'{text}': value not completely converted"),
            Kind::Gnu => format!("'{text}': expected a numeric value"),
            Kind::Busybox => format!("invalid number '{text}'"),
            Kind::Dash if begun => format!("{text}: not completely converted"),
            Kind::Dash => format!("{text}: expected numeric value"),
            Kind::Bash if octal => format!("{text}: invalid octal number"),
            Kind::Bash => format!("{text}: invalid number"),
        });
        self.status = 1;
    }

    fn integer(&mut self) -> i128 {
        let Some(text) = self.next() else {
            if self.kind == Kind::Busybox {
                self.invalid("", false);
            }
            return 0;
        };
        if let Some(quoted) = text.strip_prefix(['\'', '"']) {
            return quoted.bytes().next().unwrap_or(0).into();
        }
        let trimmed = text.trim_start();
        let (negative, digits) = match trimmed.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
        };
        let (digits, radix) = if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
            (hex, 16)
        } else if digits.len() > 1 && digits.starts_with('0') {
            (digits, 8)
        } else {
            (digits, 10)
        };
        let sign = if negative { -1 } else { 1 };
        match u64::from_str_radix(digits, radix) {
            Ok(value) if matches!(self.kind, Kind::Busybox | Kind::Gnu) || value <= i64::MAX as u64 => {
                i128::from(value) * sign
            }
            _ if self.kind == Kind::Busybox || text.is_empty() => {
                if self.kind == Kind::Busybox {
                    self.invalid(text, false);
                }
                0
            }
            // The shells and GNU's program take as much as is a number.
            _ => {
                let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
                let value = digits.get(..length).and_then(|digits| u64::from_str_radix(digits, radix).ok());
                if length == digits.len() && length > 0 {
                    let (warning, quote) = match self.kind {
                        Kind::Bash => ("warning: ", ""),
                        Kind::Gnu => ("", "'"),
                        _ => ("", ""),
                    };
                    self.complain(format!("{warning}{quote}{text}{quote}: Numerical result out of range"));
                    self.status = i32::from(self.kind != Kind::Bash);
                    return i128::from(i64::MAX) * sign;
                }
                self.invalid(text, length > 0);
                i128::from(value.unwrap_or_default()) * sign
            }
        }
    }
}

/// `\uHHHH` and `\UHHHHHHHH` as GNU's printf writes them where only ASCII can be, and their length.
fn unicode(rest: &str) -> Option<(Vec<u8>, usize)> {
    let length = match rest.chars().next()? {
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let digits = rest.get(1..=length)?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    let shown = match u8::try_from(code).ok().filter(u8::is_ascii) {
        Some(byte) => vec![byte],
        None if code > 0xffff => format!("\\U{code:08X}").into_bytes(),
        None => format!("\\u{code:04X}").into_bytes(),
    };
    Some((shown, length + 1))
}

/// A word as bash's `%q` writes it.
fn backslashed(text: &str) -> String {
    if text.is_empty() {
        return "''".to_string();
    }
    if text.chars().any(char::is_control) {
        return crate::process::dollar_quoted(text);
    }
    let mut out = String::new();
    for (index, character) in text.chars().enumerate() {
        let special = " '\"\\|&;()<>!{}*[]?^$`,".contains(character) || (index == 0 && matches!(character, '#' | '~'));
        if special {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// A word as `%q` writes it.
fn quoted(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-./:=@%+,".contains(c));
    if plain { text.to_string() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

pub fn printf(machine: &mut Machine, process: &mut Process) -> i32 {
    let gnu = crate::process::flavour(machine) == crate::process::Flavour::Gnu;
    let kind = if gnu { Kind::Gnu } else { Kind::Busybox };
    let (bytes, complaints, status) = printf_bytes(process.operands(), kind, machine.fs.now());
    let mut shown = 0;
    for (at, complaint) in complaints {
        process.out_bytes(machine, bytes.get(shown..at).unwrap_or_default());
        shown = shown.max(at);
        if gnu {
            let called = process.args.first().cloned().unwrap_or_default();
            process.err(machine, &format!("{called}: {complaint}\n"));
        } else {
            process.complain(machine, &complaint);
        }
    }
    process.out_bytes(machine, bytes.get(shown..).unwrap_or_default());
    if gnu && process.operands().is_empty() {
        return super::misuse::misuse(machine, process);
    }
    status
}
