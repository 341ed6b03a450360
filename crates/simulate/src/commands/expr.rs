//! expr.

use crate::process::{Machine, Process};

use super::input::missing_operand;
use super::regex::{Regex, Syntax};

/// How deep parentheses may be.
const NEST_LIMIT: u32 = 50;
const NOT_A_NUMBER: &str = "non-integer argument";

struct Parser<'a> {
    words: &'a [String],
    at: usize,
    nest: u32,
}

type Value = Result<String, &'static str>;

fn number(text: &str) -> Result<i64, &'static str> {
    text.parse().map_err(|_| NOT_A_NUMBER)
}

fn truthy(text: &str) -> bool {
    !text.is_empty() && text.parse::<i64>() != Ok(0)
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
        let word = self.words.get(self.at).cloned().ok_or("syntax error")?;
        self.at += 1;
        match word.as_str() {
            "(" => {
                self.nest += 1;
                if self.nest > NEST_LIMIT {
                    return Err("syntax error");
                }
                let value = self.level(0)?;
                if self.words.get(self.at).map(String::as_str) != Some(")") {
                    return Err("syntax error");
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
    let order = match (left.parse::<i64>(), right.parse::<i64>()) {
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
            let regex = Regex::new(format!("^{right}").as_bytes(), Syntax::default())?;
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
                _ if right == 0 => return Err("division by zero"),
                "/" => left.checked_div(right),
                _ => left.checked_rem(right),
            };
            value.map(|value| value.to_string()).ok_or("integer overflow")
        }
    }
}

pub fn expr(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    if words.is_empty() {
        missing_operand(machine, process);
        return 2;
    }
    let mut parser = Parser { words: &words, at: 0, nest: 0 };
    let value =
        parser.level(0).and_then(|value| if parser.at == words.len() { Ok(value) } else { Err("syntax error") });
    match value {
        Ok(value) => {
            process.out(machine, &format!("{value}\n"));
            i32::from(!truthy(&value))
        }
        Err(message) => {
            let message = if message == NOT_A_NUMBER && super::input::is_busybox(machine) {
                "non-numeric argument"
            } else {
                message
            };
            process.complain(machine, message);
            2
        }
    }
}
