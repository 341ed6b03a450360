//! bash's `[[ … ]]`: its words are neither split nor taken for file names, and only what is needed is computed.

use shell::{Condition, Word};

use super::Machine;
use super::builtins::primary::{compares, files, unary};
use super::pattern::{Glyph, matches_in, text};
use super::shell::{Flow, Shell};
use super::trace::quoted_by_bash;

/// The status of a condition that is none.
const NOT_AN_EXPRESSION: i32 = 2;

impl Shell {
    /// The status of a condition.
    pub(super) fn conditional(&mut self, machine: &mut Machine<'_>, condition: &Condition) -> Result<i32, Flow> {
        Ok(match self.holds(machine, condition, "")? {
            Some(truth) => i32::from(!truth),
            None => NOT_AN_EXPRESSION,
        })
    }

    fn holds(
        &mut self,
        machine: &mut Machine<'_>,
        condition: &Condition,
        negation: &str,
    ) -> Result<Option<bool>, Flow> {
        if !machine.deeper() {
            return Err(self.stopped());
        }
        let result = self.holds_inside(machine, condition, negation);
        machine.depth = machine.depth.saturating_sub(1);
        result
    }

    fn holds_inside(
        &mut self,
        machine: &mut Machine<'_>,
        condition: &Condition,
        negation: &str,
    ) -> Result<Option<bool>, Flow> {
        match condition {
            Condition::Or(both) => match self.holds(machine, &both.0, negation)? {
                Some(false) => self.holds(machine, &both.1, negation),
                truth => Ok(truth),
            },
            Condition::And(both) => match self.holds(machine, &both.0, negation)? {
                Some(true) => self.holds(machine, &both.1, negation),
                truth => Ok(truth),
            },
            Condition::Not(inner) => {
                let negation = if negation.is_empty() { "! " } else { "" };
                Ok(self.holds(machine, inner, negation)?.map(|truth| !truth))
            }
            Condition::Text(word) => {
                let value = self.expand_text(machine, word)?;
                self.trace_line(machine, &format!("[[ {negation}-n {} ]]", shown(&value)));
                Ok(Some(!value.is_empty()))
            }
            Condition::Unary { operator, operand } => {
                let value = self.expand_text(machine, operand)?;
                self.trace_line(machine, &format!("[[ {negation}-{operator} {} ]]", shown(&value)));
                Ok(Some(match operator.as_str() {
                    "v" => self.is_set(&value),
                    "o" => self.named_option(&value).unwrap_or_default(),
                    "R" => self.variables.get(&value).is_some_and(|variable| variable.reference),
                    operator => unary(machine, &self.process, operator, &value),
                }))
            }
            Condition::Binary { left, operator, right } => self.binary(machine, left, operator, right, negation),
        }
    }

    fn binary(
        &mut self,
        machine: &mut Machine<'_>,
        left: &Word,
        operator: &str,
        right: &Word,
        negation: &str,
    ) -> Result<Option<bool>, Flow> {
        let left = self.expand_text(machine, left)?;
        let glyphs = self.expand_pattern(machine, right)?;
        let plain = text(&glyphs);
        let pattern = matches!(operator, "=" | "==" | "!=");
        let printed = match operator {
            "=~" => plain.clone(),
            _ if pattern => escaped(&glyphs),
            _ => shown(&plain),
        };
        self.trace_line(machine, &format!("[[ {negation}{} {operator} {printed} ]]", shown_left(&left)));
        Ok(Some(match operator {
            "=~" => return Ok(self.regular(machine, &glyphs, &left)),
            "<" => left < plain,
            ">" => left > plain,
            "-nt" | "-ot" | "-ef" => files(machine, &self.process, &left, operator, &plain, true),
            _ if pattern => {
                let fold = self.shopt("nocasematch");
                let value: Vec<char> =
                    if fold { left.to_lowercase().chars().collect() } else { left.chars().collect() };
                let lower = |glyph: &Glyph| {
                    let character = glyph.character.to_lowercase().next().unwrap_or(glyph.character);
                    Glyph { character, quoted: glyph.quoted }
                };
                let glyphs = if fold { glyphs.iter().map(lower).collect() } else { glyphs };
                matches_in(&glyphs, &value, true) == (operator != "!=")
            }
            _ => {
                let (left, right) =
                    (self.number_in_condition(machine, &left)?, self.number_in_condition(machine, &plain)?);
                match (left, right) {
                    (Some(left), Some(right)) => compares(left, operator, right),
                    _ => return Ok(Some(false)),
                }
            }
        }))
    }

    /// The operands of `-eq` and the like are arithmetic.
    fn number_in_condition(&mut self, machine: &mut Machine<'_>, text: &str) -> Result<Option<i64>, Flow> {
        match self.calculated(machine, text)? {
            Ok(number) => Ok(Some(number)),
            Err(wrong) => {
                self.complain_as(machine, "[[", super::wording::Trouble::Arithmetic(&wrong));
                Ok(None)
            }
        }
    }

    /// `=~`: what is quoted stands for itself. Sets BASH_REMATCH; `None` where the expression is none.
    fn regular(&mut self, machine: &mut Machine<'_>, glyphs: &[Glyph], value: &str) -> Option<bool> {
        let mut expression = String::new();
        for glyph in glyphs {
            if glyph.quoted && !glyph.character.is_alphanumeric() && glyph.character.is_ascii() {
                expression.push('\\');
            }
            expression.push(glyph.character);
        }
        let folded = self.shopt("nocasematch");
        let (expression, value) =
            if folded { (expression.to_lowercase(), value.to_lowercase()) } else { (expression, value.to_owned()) };
        let matched = self.grep(machine, &expression, &value)?;
        let found = if matched { crate::commands::regex::captures(&expression, &value) } else { Vec::new() };
        self.set_array("BASH_REMATCH", found);
        Some(matched)
    }

    /// Matches by grep, which has the regular expressions.
    fn grep(&mut self, machine: &mut Machine<'_>, expression: &str, value: &str) -> Option<bool> {
        let grep = crate::commands::lookup("grep")?;
        let mut process = self.process.clone();
        process.args = ["grep", "-qE", "-e", expression].map(str::to_owned).to_vec();
        process.fds.insert(0, super::Descriptor::reader(filesystem::Content::text(value)));
        process.fds.insert(2, super::Descriptor::null());
        match grep(machine, &mut process) {
            0 => Some(true),
            1 => Some(false),
            _ => None,
        }
    }
}

fn shown(value: &str) -> String {
    quoted_by_bash(value)
}

/// The left word is shown as it is.
fn shown_left(value: &str) -> String {
    if value.is_empty() { "''".to_owned() } else { value.to_owned() }
}

/// A pattern as a trace shows it: backslashes before all that was quoted.
fn escaped(glyphs: &[Glyph]) -> String {
    let mut text = String::new();
    for glyph in glyphs {
        if glyph.quoted {
            text.push('\\');
        }
        text.push(glyph.character);
    }
    if text.is_empty() { "''".to_owned() } else { text }
}
