//! printf, the same for the program and the shell's builtin.

use crate::process::{Machine, Process};

use super::escapes::{escape, unescape_bytes};
use super::format::conversion;

/// The most that one printf prints.
const OUTPUT_LIMIT: usize = 1 << 24;

/// What `printf FORMAT [ARGUMENT]...` prints, what it complains about (without the name) and its exit status.
pub fn printf_bytes(operands: &[String]) -> (Vec<u8>, Vec<String>, i32) {
    let operands = match operands.split_first() {
        Some((first, rest)) if first == "--" => rest,
        _ => operands,
    };
    let Some((format, arguments)) = operands.split_first() else {
        return (Vec::new(), vec!["usage: printf FORMAT [ARGUMENT...]".to_string()], 2);
    };
    let mut state = State { output: Vec::new(), complaints: Vec::new(), arguments, used: 0, status: 0 };
    loop {
        let before = state.used;
        if !state.once(format) || state.used >= arguments.len() || state.used == before {
            break;
        }
        if state.output.len() > OUTPUT_LIMIT {
            break;
        }
    }
    (state.output, state.complaints, state.status)
}

struct State<'a> {
    output: Vec<u8>,
    complaints: Vec<String>,
    arguments: &'a [String],
    used: usize,
    status: i32,
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
            let Some(letter) = after.chars().next() else {
                self.complaints.push("%: invalid format".to_string());
                self.status = 1;
                return false;
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
                'q' => {
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
                        self.invalid(text);
                        0.0
                    });
                    conversion.float(value, letter)
                }
                _ => {
                    let shown = spec.split_at_checked(spec.len() - rest.len()).map_or(spec, |(shown, _)| shown);
                    self.complaints.push(format!("%{shown}: invalid format"));
                    self.status = 1;
                    return false;
                }
            };
            self.output.extend(bytes);
        }
        self.output.extend(rest.bytes());
        true
    }

    fn invalid(&mut self, text: &str) {
        self.complaints.push(format!("invalid number '{text}'"));
        self.status = 1;
    }

    fn integer(&mut self) -> i128 {
        let Some(text) = self.next() else { return 0 };
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
        match u64::from_str_radix(digits, radix) {
            Ok(value) => i128::from(value) * if negative { -1 } else { 1 },
            Err(_) => {
                if !text.is_empty() {
                    self.invalid(text);
                }
                0
            }
        }
    }
}

/// A word as `%q` writes it.
fn quoted(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-./:=@%+,".contains(c));
    if plain { text.to_string() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

pub fn printf(machine: &mut Machine, process: &mut Process) -> i32 {
    let (bytes, complaints, status) = printf_bytes(process.operands());
    // What it prints waits in a buffer until the end.
    for complaint in complaints {
        process.complain(machine, &complaint);
    }
    process.out_bytes(machine, &bytes);
    status
}
