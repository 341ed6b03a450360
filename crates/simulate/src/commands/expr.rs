//! expr.

use crate::process::{Machine, Process};

use super::input::{is_busybox, missing_operand};
use super::regex::{Regex, Syntax};

/// How deep parentheses may be.
const NEST_LIMIT: u32 = 50;
const NOT_A_NUMBER: &str = "non-integer argument";

struct Parser<'a> {
    words: &'a [String],
    at: usize,
    nest: u32,
    busybox: bool,
}

type Value = Result<String, String>;

/// GNU's numbers have any length; those of busybox have 64 bits.
fn number(text: &str) -> Result<i128, String> {
    text.parse().map_err(|_| NOT_A_NUMBER.to_string())
}

fn truthy(text: &str) -> bool {
    !text.is_empty() && text.parse::<i128>() != Ok(0)
}

/// The operators, loosest first.
const LEVELS: [&[&str]; 6] =
    [&["|"], &["&"], &["=", "==", "!=", "<", "<=", ">", ">="], &["+", "-"], &["*", "/", "%"], &[":"]];

impl Parser<'_> {
    fn level(&mut self, level: usize) -> Value {
        let Some(operators) = LEVELS.get(level) else { return self.primary() };
        let mut left = self.level(level + 1)?;
        while let Some(operator) = self.words.get(self.at).filter(|word| operators.contains(&word.as_str())).cloned() {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = apply(&operator, left, &right)?;
        }
        Ok(left)
    }

    fn primary(&mut self) -> Value {
        let Some(word) = self.words.get(self.at).cloned() else {
            let last = self.words.last().filter(|_| !self.busybox);
            let missing = last.map(|last| format!(": missing argument after '{last}'"));
            return Err(format!("syntax error{}", missing.unwrap_or_default()));
        };
        self.at += 1;
        match word.as_str() {
            "(" => {
                self.nest += 1;
                if self.nest > NEST_LIMIT {
                    return Err("syntax error".to_string());
                }
                let value = self.level(0)?;
                let found = self.words.get(self.at).map(String::as_str);
                if found != Some(")") {
                    let last = self.words.get(self.at - 1).map_or("", String::as_str);
                    return Err(match found {
                        _ if self.busybox => "syntax error".to_string(),
                        None => format!("syntax error: expecting ')' after '{last}'"),
                        Some(other) => format!("syntax error: expecting ')' instead of '{other}'"),
                    });
                }
                self.nest -= 1;
                self.at += 1;
                Ok(value)
            }
            "length" if self.at < self.words.len() => Ok(self.level(5)?.len().to_string()),
            "match" if self.at + 1 < self.words.len() => {
                let text = self.level(6)?;
                let pattern = self.level(6)?;
                apply(":", text, &pattern)
            }
            "index" if self.at + 1 < self.words.len() => {
                let text = self.level(6)?;
                let letters = self.level(6)?;
                Ok(text.find(|c| letters.contains(c)).map_or(0, |at| at + 1).to_string())
            }
            "substr" if self.at + 2 < self.words.len() => {
                let text = self.level(6)?;
                let start = number(&self.level(6)?)?;
                let length = number(&self.level(6)?)?;
                let skip = usize::try_from(start - 1).unwrap_or(usize::MAX);
                Ok(text.chars().skip(skip).take(usize::try_from(length).unwrap_or(0)).collect())
            }
            _ => Ok(word),
        }
    }
}

fn apply(operator: &str, left: String, right: &str) -> Value {
    let order = match (left.parse::<i128>(), right.parse::<i128>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.as_str().cmp(right),
    };
    let truth = |value: bool| Ok(u8::from(value).to_string());
    match operator {
        "|" => Ok(if truthy(&left) {
            left
        } else if truthy(right) {
            right.to_string()
        } else {
            "0".to_string()
        }),
        "&" => Ok(if truthy(&left) && truthy(right) { left } else { "0".to_string() }),
        "=" | "==" => truth(order.is_eq()),
        "!=" => truth(order.is_ne()),
        "<" => truth(order.is_lt()),
        "<=" => truth(order.is_le()),
        ">" => truth(order.is_gt()),
        ">=" => truth(order.is_ge()),
        ":" => {
            let regex = Regex::new(format!("^{right}").as_bytes(), Syntax::default()).map_err(str::to_string)?;
            Ok(match regex.find(left.as_bytes(), 0) {
                Some(found) if regex.groups() > 0 => {
                    String::from_utf8_lossy(found.get(left.as_bytes(), 1)).into_owned()
                }
                Some(found) => (found.whole().1 - found.whole().0).to_string(),
                None if regex.groups() > 0 => String::new(),
                None => "0".to_string(),
            })
        }
        _ => {
            let (left, right) = (number(&left)?, number(right)?);
            let value = match operator {
                "+" => left.checked_add(right),
                "-" => left.checked_sub(right),
                "*" => left.checked_mul(right),
                _ if right == 0 => return Err("division by zero".to_string()),
                "/" => left.checked_div(right),
                _ => left.checked_rem(right),
            };
            value.map(|value| value.to_string()).ok_or_else(|| "integer overflow".to_string())
        }
    }
}

pub fn expr(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    let mut words = process.operands().to_vec();
    if let [only] = words.as_slice()
        && !busybox
        && let Some(status) = super::about::about(machine, process, only)
    {
        return status;
    }
    if !busybox && words.first().is_some_and(|word| word == "--") {
        words.remove(0);
    }
    if words.is_empty() {
        missing_operand(machine, process);
        return 2;
    }
    let mut parser = Parser { words: &words, at: 0, nest: 0, busybox };
    let value = parser.level(0).and_then(|value| match words.get(parser.at) {
        None => Ok(value),
        Some(_) if busybox => Err("syntax error".to_string()),
        Some(extra) => Err(format!("syntax error: unexpected argument '{extra}'")),
    });
    // busybox counts in 64 bits.
    let value = value.and_then(|value| match value.parse::<i128>() {
        Ok(number) if busybox && i64::try_from(number).is_err() => Err("integer overflow".to_string()),
        _ => Ok(value),
    });
    match value {
        Ok(value) => {
            process.out(machine, &format!("{value}\n"));
            i32::from(!truthy(&value))
        }
        Err(message) => {
            let message = if message == NOT_A_NUMBER && busybox { "non-numeric argument" } else { &message };
            process.complain(machine, message);
            2
        }
    }
}
