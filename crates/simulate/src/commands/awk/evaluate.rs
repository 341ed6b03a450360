//! The values of expressions.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::regex::Regex;
use super::ast::Expr;
use super::state::{Awk, CALL_LIMIT, Flow, Local, Ran, STEP_LIMIT, TEXT_SIZE_LIMIT, fatal};
use super::value::Value;

impl Awk<'_, '_> {
    /// Counts work on a text of that length.
    pub fn charge(&mut self, length: usize) {
        self.steps += length as u64 / 64;
    }

    /// Whether it can take roots and powers: Debian's static busybox is built without.
    pub fn check_math(&self) -> Ran<()> {
        let without = super::super::find::is_small_busybox(self.machine);
        if without { fatal("Math support is not compiled in") } else { Ok(()) }
    }

    fn calculated(&self, operator: &str, left: f64, right: f64) -> Ran<f64> {
        if operator.starts_with('^') {
            self.check_math()?;
        }
        if self.mawk && right == 0.0 && operator.starts_with(['/', '%']) {
            return Ok(if operator.starts_with('/') { left / right } else { f64::NAN });
        }
        arithmetic(operator, left, right)
    }

    /// What printf or sprintf makes of its values; mawk minds where there are too few.
    pub fn formatted(&mut self, name: &str, values: &[Value]) -> Ran<Vec<u8>> {
        let Some((format, rest)) = values.split_first() else { return Ok(Vec::new()) };
        let format = self.text(format, "CONVFMT");
        let mut values = vec![Value::Text(format.clone())];
        values.extend(rest.iter().cloned());
        let (text, ended) = super::builtin::sprintf(&values, self.mawk);
        let Some(ended) = ended.filter(|_| self.mawk) else { return Ok(text) };
        if name == "printf" {
            self.output.extend(text.iter().take(ended));
        }
        let format = String::from_utf8_lossy(&format).into_owned();
        self.run_time_error(&format!("not enough arguments passed to {name}(\"{format}\")"))
    }

    pub fn step(&mut self) -> Ran<()> {
        self.steps += 1;
        if self.steps > STEP_LIMIT {
            self.machine.limit("awk-steps");
            return Err(Flow::Exit);
        }
        Ok(())
    }

    /// Whether the operand matches: a pattern against the record, anything else as it is.
    pub fn holds(&mut self, condition: &Expr) -> Ran<bool> {
        Ok(self.evaluate(condition)?.truth())
    }

    pub fn evaluate(&mut self, expr: &Expr) -> Ran<Value> {
        self.step()?;
        let truth = |value: bool| Value::Number(f64::from(u8::from(value)));
        match expr {
            Expr::Number(value) => Ok(Value::Number(*value)),
            Expr::Text(text) => Ok(Value::text(text)),
            Expr::Pattern(regex) => Ok(truth(regex.is_match(&self.record.clone()))),
            Expr::Variable(name) => Ok(self.variable(name)),
            Expr::Field(index) => {
                let at = self.evaluate(index)?.number();
                if at < 0.0 { self.negative_field(at) } else { Ok(self.field(at as usize)) }
            }
            Expr::Element(name, index) => {
                let key = self.key(index)?;
                let array = self.array(name);
                Ok(self.arrays.get_mut(array).map(|array| array.entry(key).or_default().clone()).unwrap_or_default())
            }
            Expr::Assign(operator, place, value) => {
                let mut value = self.evaluate(value)?;
                if *operator != "=" {
                    let old = self.evaluate(place)?.number();
                    value = Value::Number(self.calculated(operator, old, value.number())?);
                }
                self.assign(place, value.clone())?;
                Ok(value)
            }
            Expr::Choose(condition, yes, no) => {
                if self.holds(condition)? {
                    self.evaluate(yes)
                } else {
                    self.evaluate(no)
                }
            }
            Expr::Unary(operator, inner) => {
                let value = self.evaluate(inner)?;
                Ok(match *operator {
                    "!" => truth(!value.truth()),
                    "-" => Value::Number(-value.number()),
                    _ => Value::Number(value.number()),
                })
            }
            Expr::Step { before, by, place } => {
                let old = self.evaluate(place)?.number();
                self.assign(place, Value::Number(old + by))?;
                Ok(Value::Number(if *before { old + by } else { old }))
            }
            Expr::In(index, array) => {
                let key = self.key(index)?;
                let array = self.array(array);
                Ok(truth(self.arrays.get(array).is_some_and(|array| array.contains_key(&key))))
            }
            Expr::Group(values) => match values.as_slice() {
                [value] => self.evaluate(value),
                _ => self.key(values).map(|key| Value::text(&key)),
            },
            Expr::Binary(operator, left, right) => self.binary(operator, left, right),
            Expr::Call(name, values) => self.call(name, values),
            Expr::Builtin(name, values) => super::builtin::call(self, name, values),
            Expr::Getline { from, into } => self.getline(from.as_ref(), into.as_deref()),
        }
    }

    pub fn binary(&mut self, operator: &'static str, left: &Expr, right: &Expr) -> Ran<Value> {
        let truth = |value: bool| Ok(Value::Number(f64::from(u8::from(value))));
        match operator {
            "||" => return truth(self.holds(left)? || self.holds(right)?),
            "&&" => return truth(self.holds(left)? && self.holds(right)?),
            "~" | "!~" => {
                let text = self.text_of(left)?;
                let found = self.matcher(right)?.is_match(&text);
                return truth(found == (operator == "~"));
            }
            _ => {}
        }
        let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
        match operator {
            " " => {
                let mut text = self.text(&left, "CONVFMT").to_vec();
                text.extend(self.text(&right, "CONVFMT").iter());
                self.charge(text.len());
                if text.len() > TEXT_SIZE_LIMIT {
                    self.machine.limit("awk-text");
                    return Err(Flow::Exit);
                }
                Ok(Value::text(&text))
            }
            "<" | "<=" | "==" | "!=" | ">" | ">=" => {
                let order = if left.looks_numeric() && right.looks_numeric() {
                    left.number().partial_cmp(&right.number())
                } else {
                    Some(self.text(&left, "CONVFMT").cmp(&self.text(&right, "CONVFMT")))
                };
                truth(match (operator, order) {
                    (_, None) => operator == "!=",
                    ("<", Some(order)) => order.is_lt(),
                    ("<=", Some(order)) => order.is_le(),
                    ("==", Some(order)) => order.is_eq(),
                    ("!=", Some(order)) => order.is_ne(),
                    (">", Some(order)) => order.is_gt(),
                    (_, Some(order)) => order.is_ge(),
                })
            }
            _ => self.calculated(operator, left.number(), right.number()).map(Value::Number),
        }
    }

    /// The regular expression of an operand: a literal one, or what its text says.
    pub fn matcher(&mut self, expr: &Expr) -> Ran<Rc<Regex>> {
        match expr {
            Expr::Pattern(regex) => Ok(Rc::new((**regex).clone())),
            other => {
                let text = self.text_of(other)?;
                self.regex(&text)
            }
        }
    }

    pub fn call(&mut self, name: &str, values: &[Expr]) -> Ran<Value> {
        let program = self.program.clone();
        let Some((parameters, body)) = program.functions.get(name) else { return fatal("Call to undefined function") };
        if self.locals.len() >= CALL_LIMIT {
            self.machine.limit("awk-calls");
            return Err(Flow::Exit);
        }
        let mut frame = BTreeMap::new();
        for (at, parameter) in parameters.iter().enumerate() {
            let local = match values.get(at) {
                None => Local::Untyped,
                Some(Expr::Variable(name)) => {
                    let known = match self.locals.last().and_then(|frame| frame.get(name)) {
                        Some(Local::Array(array)) => Some(*array),
                        Some(_) => None,
                        None => self.names.get(name).copied(),
                    };
                    match known {
                        Some(array) => Local::Array(array),
                        None => match self.variable(name) {
                            // It may become an array in the function: then it is the caller's.
                            Value::Nothing if !self.globals.contains_key(name) => Local::Array(self.array(name)),
                            value => Local::Scalar(value),
                        },
                    }
                }
                Some(value) => Local::Scalar(self.evaluate(value)?),
            };
            frame.insert(parameter.clone(), local);
        }
        self.locals.push(frame);
        let ran = self.execute(body);
        self.locals.pop();
        match ran {
            Ok(()) => Ok(Value::Nothing),
            Err(Flow::Return(value)) => Ok(value),
            Err(other) => Err(other),
        }
    }
}

fn arithmetic(operator: &str, left: f64, right: f64) -> Ran<f64> {
    Ok(match operator.trim_end_matches('=') {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" | "%" if right == 0.0 => return fatal("Division by zero"),
        "/" => left / right,
        "%" => left % right,
        _ => left.powf(right),
    })
}
