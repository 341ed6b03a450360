//! `$((…))`: 64-bit integers with the operators of C; dash has no `++`, `--`, `**` and comma.

use shell::Dialect;

use super::wrong::{What, Wrong};

/// The most parentheses, unary operators and variables inside each other.
const MAX_DEPTH: u32 = 32;

/// Reads and sets variables for an expression.
pub(super) trait Variables {
    /// The text of a variable, if it is set.
    fn get(&mut self, name: &str) -> Option<String>;
    /// Sets a variable.
    fn set(&mut self, name: &str, value: i64);
}

/// The value of an expression; an empty one is 0.
///
/// # Errors
/// What is wrong with it.
pub(super) fn evaluate(text: &str, dialect: Dialect, variables: &mut dyn Variables) -> Result<i64, Wrong> {
    evaluate_at(text, dialect, variables, 0).map_err(|wrong| match (wrong.what, dialect) {
        (What::Recursion, Dialect::Bash) => deepest(text, variables).unwrap_or(wrong),
        _ => wrong,
    })
}

/// What bash complains of where names stand for each other: the one at its limit (MAX_EXPR_RECURSION_LEVEL in expr.c).
fn deepest(text: &str, variables: &mut dyn Variables) -> Option<Wrong> {
    let mut name = text.trim().to_owned();
    for _ in 1..1024 {
        name = variables.get(&name)?.trim().to_owned();
    }
    variables.get(&name)?;
    Some(Wrong { what: What::Recursion, text: name.clone(), token: name })
}

fn evaluate_at(text: &str, dialect: Dialect, variables: &mut dyn Variables, depth: u32) -> Result<i64, Wrong> {
    let mut evaluator =
        Evaluator { text: text.as_bytes(), at: 0, variables, depth, idle: 0, dialect, last: 0, inner: None };
    evaluator.blanks();
    if evaluator.at == evaluator.text.len() {
        return Ok(0);
    }
    let result = evaluator.comma().and_then(|value| {
        evaluator.blanks();
        let next = evaluator.text.get(evaluator.at).copied();
        match next {
            None => Ok(value),
            Some(next) => {
                evaluator.last = evaluator.at;
                let known = next.is_ascii_alphanumeric() || b"_()+-*/%<>=!&|^~?:,".contains(&next);
                let assigns = next == b'=';
                Err(match (assigns, known) {
                    (true, _) => What::Assignment,
                    (_, true) => What::Rest,
                    (_, false) => What::Operator,
                })
            }
        }
    });
    result.map_err(|what| match evaluator.inner.take() {
        Some(inner) => inner,
        None => {
            // bash cuts its text off behind a number that is none.
            let end = if what == What::Digit { evaluator.at } else { text.len() };
            let piece = |from: usize| text.get(from..end).unwrap_or_default().trim_start().to_owned();
            Wrong { what, text: piece(0), token: piece(evaluator.last) }
        }
    })
}

pub(super) struct Evaluator<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
    variables: &'a mut dyn Variables,
    depth: u32,
    pub(super) dialect: Dialect,
    /// Where the last token begins.
    pub(super) last: usize,
    /// What is wrong with a variable's value.
    pub(super) inner: Option<Wrong>,
    /// Above 0 in what is read but not computed: the other branch of `?:`, the right of a decided `&&`.
    idle: u32,
}

/// Binary operators by precedence, the longest first where one begins another.
const BINARY: &[(&str, u8)] = &[
    ("||", 1),
    ("&&", 2),
    ("==", 6),
    ("!=", 6),
    ("<=", 7),
    (">=", 7),
    ("<<", 8),
    (">>", 8),
    ("**", 11),
    ("|", 3),
    ("^", 4),
    ("&", 5),
    ("<", 7),
    (">", 7),
    ("+", 9),
    ("-", 9),
    ("*", 10),
    ("/", 10),
    ("%", 10),
];

impl Evaluator<'_> {
    pub(super) fn blanks(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn starts(&self, text: &str) -> bool {
        self.text.get(self.at..).is_some_and(|rest| rest.starts_with(text.as_bytes()))
    }

    fn take(&mut self, text: &str) -> bool {
        self.blanks();
        let found = self.starts(text);
        if found {
            self.last = self.at;
            self.at += text.len();
        }
        found
    }

    pub(super) fn dash(&self) -> bool {
        self.dialect == Dialect::Dash
    }

    fn enter(&mut self) -> Result<(), What> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(What::Recursion) } else { Ok(()) }
    }

    fn comma(&mut self) -> Result<i64, What> {
        let mut value = self.assignment()?;
        while !self.dash() && self.take(",") {
            value = self.assignment()?;
        }
        Ok(value)
    }

    fn name(&mut self) -> Option<String> {
        self.blanks();
        let rest = self.text.get(self.at..)?;
        if rest.first()?.is_ascii_digit() {
            return None;
        }
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let name = rest.get(..length).filter(|name| !name.is_empty())?;
        self.last = self.at;
        self.at += length;
        Some(String::from_utf8_lossy(name).into_owned())
    }

    fn assignment(&mut self) -> Result<i64, What> {
        let start = self.at;
        if let Some(name) = self.name() {
            self.blanks();
            let operators = ["=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^="];
            for operator in operators {
                if self.starts(operator) && !self.starts("==") {
                    self.last = self.at;
                    self.at += operator.len();
                    self.enter()?;
                    let right = self.assignment()?;
                    self.depth -= 1;
                    let value = match operator.strip_suffix('=').unwrap_or_default() {
                        "" => right,
                        binary => {
                            let left = self.variable(&name)?;
                            self.apply(binary, left, right)?
                        }
                    };
                    self.store(&name, value);
                    return Ok(value);
                }
            }
            self.at = start;
        }
        self.conditional()
    }

    fn store(&mut self, name: &str, value: i64) {
        if self.idle == 0 {
            self.variables.set(name, value);
        }
    }

    fn conditional(&mut self) -> Result<i64, What> {
        let condition = self.binary(1)?;
        if !self.take("?") {
            return Ok(condition);
        }
        self.enter()?;
        let idle = |evaluator: &mut Self, off: bool| evaluator.idle += u32::from(off);
        idle(self, condition == 0);
        let yes = self.assignment()?;
        self.idle -= u32::from(condition == 0);
        if !self.take(":") {
            return Err(What::Colon);
        }
        idle(self, condition != 0);
        let no = self.assignment()?;
        self.idle -= u32::from(condition != 0);
        self.depth -= 1;
        Ok(if condition != 0 { yes } else { no })
    }

    fn binary(&mut self, lowest: u8) -> Result<i64, What> {
        let mut left = self.unary()?;
        loop {
            self.blanks();
            let dash = self.dash();
            let found = BINARY.iter().find(|(operator, _)| self.starts(operator) && !(dash && *operator == "**"));
            let Some(&(operator, precedence)) = found else { return Ok(left) };
            // `a += b` is no addition.
            let compound = self.text.get(self.at + operator.len()) == Some(&b'=') && !matches!(precedence, 6 | 7);
            if precedence < lowest || compound {
                return Ok(left);
            }
            self.last = self.at;
            self.at += operator.len();
            self.blanks();
            let operand = self.at;
            let decided = (operator == "&&" && left == 0) || (operator == "||" && left != 0);
            self.idle += u32::from(decided);
            self.enter()?;
            let right = self.binary(if operator == "**" { precedence } else { precedence + 1 })?;
            self.depth -= 1;
            self.idle -= u32::from(decided);
            if matches!(operator, "/" | "%") && right == 0 && self.idle == 0 {
                self.last = operand;
            }
            left = self.apply(operator, left, right)?;
        }
    }

    fn apply(&self, operator: &str, left: i64, right: i64) -> Result<i64, What> {
        let shift = u32::try_from(right & 63).unwrap_or_default();
        Ok(match operator {
            "||" => i64::from(left != 0 || right != 0),
            "&&" => i64::from(left != 0 && right != 0),
            "==" => i64::from(left == right),
            "!=" => i64::from(left != right),
            "<=" => i64::from(left <= right),
            ">=" => i64::from(left >= right),
            "<" => i64::from(left < right),
            ">" => i64::from(left > right),
            "<<" => left.wrapping_shl(shift),
            ">>" => left.wrapping_shr(shift),
            "|" => left | right,
            "^" => left ^ right,
            "&" => left & right,
            "+" => left.wrapping_add(right),
            "-" => left.wrapping_sub(right),
            "*" => left.wrapping_mul(right),
            "/" | "%" if right == 0 => {
                if self.idle > 0 {
                    0
                } else {
                    return Err(What::Division);
                }
            }
            "/" => left.wrapping_div(right),
            "%" => left.wrapping_rem(right),
            "**" if right < 0 => return Err(What::Exponent),
            "**" => {
                let (mut value, mut base, mut exponent) = (1_i64, left, right);
                while exponent > 0 {
                    if exponent & 1 == 1 {
                        value = value.wrapping_mul(base);
                    }
                    base = base.wrapping_mul(base);
                    exponent >>= 1;
                }
                value
            }
            _ => return Err(What::Operand),
        })
    }

    fn unary(&mut self) -> Result<i64, What> {
        self.enter()?;
        let value = self.unary_inside()?;
        self.depth -= 1;
        Ok(value)
    }

    fn unary_inside(&mut self) -> Result<i64, What> {
        for (operator, by) in [("++", 1), ("--", -1)] {
            self.blanks();
            if !self.dash() && self.starts(operator) {
                let before = self.at;
                self.at += 2;
                if let Some(name) = self.name() {
                    let value = self.variable(&name)?.wrapping_add(by);
                    self.store(&name, value);
                    return Ok(value);
                }
                self.at = before;
            }
        }
        if self.take("-") {
            return Ok(self.unary()?.wrapping_neg());
        }
        if self.take("+") {
            return self.unary();
        }
        if self.take("!") {
            return Ok(i64::from(self.unary()? == 0));
        }
        if self.take("~") {
            return Ok(!self.unary()?);
        }
        if self.take("(") {
            let value = self.comma()?;
            return if self.take(")") { Ok(value) } else { Err(What::Parenthesis) };
        }
        if let Some(name) = self.name() {
            let value = self.variable(&name)?;
            for (operator, by) in [("++", 1), ("--", -1)] {
                if !self.dash() && self.take(operator) {
                    self.store(&name, value.wrapping_add(by));
                }
            }
            return Ok(value);
        }
        self.number()
    }

    fn variable(&mut self, name: &str) -> Result<i64, What> {
        if self.idle > 0 {
            return Ok(0);
        }
        match self.variables.get(name) {
            None => Ok(0),
            Some(text) => {
                if self.dash() {
                    // dash takes a variable's value for a number or for nothing.
                    let trimmed = text.trim_ascii();
                    return match trimmed.parse() {
                        _ if trimmed.is_empty() => Ok(0),
                        Ok(number) if !trimmed.trim_start_matches(['-', '+']).starts_with('0') => Ok(number),
                        _ => self.other_base(trimmed, &text),
                    };
                }
                if self.depth >= MAX_DEPTH {
                    return Err(What::Recursion);
                }
                evaluate_at(&text, self.dialect, self.variables, self.depth + 1).map_err(|wrong| {
                    let what = wrong.what;
                    self.inner = Some(wrong);
                    what
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    impl Variables for BTreeMap<String, String> {
        fn get(&mut self, name: &str) -> Option<String> {
            BTreeMap::get(self, name).cloned()
        }

        fn set(&mut self, name: &str, value: i64) {
            self.insert(name.to_owned(), value.to_string());
        }
    }

    #[test]
    fn expressions_have_the_values_that_ash_gives() {
        let mut variables = BTreeMap::from([("y".to_owned(), "x".to_owned()), ("x".to_owned(), "5".to_owned())]);
        let cases: &[(&str, Result<i64, What>)] = &[
            ("", Ok(0)),
            ("1+2*3", Ok(7)),
            ("-7/2", Ok(-3)),
            ("-7%3", Ok(-1)),
            ("2**10", Ok(1024)),
            ("y+1", Ok(6)),
            ("nope", Ok(0)),
            ("0x1f + 010 + 2#101", Ok(44)),
            ("a=3, a*2", Ok(6)),
            ("5 > 3 ? 10 : 20", Ok(10)),
            ("i = 5", Ok(5)),
            ("i++ + ++i", Ok(12)),
            ("i <<= 2", Ok(28)),
            ("0 && 1/0", Ok(0)),
            ("9223372036854775807+1", Ok(i64::MIN)),
            ("1/0", Err(What::Division)),
            ("1+", Err(What::Operand)),
            ("08", Err(What::Digit)),
            ("a b", Err(What::Rest)),
            ("64#@", Ok(62)),
        ];
        for (text, expected) in cases {
            assert_eq!(evaluate(text, Dialect::Ash, &mut variables).map_err(|wrong| wrong.what), *expected, "{text}");
        }
    }

    #[test]
    fn nesting_without_end_is_an_error() {
        let mut variables = BTreeMap::from([("x".to_owned(), "x".to_owned())]);
        for text in ["x".to_owned(), "(".repeat(10_000), "-".repeat(10_000), "1?".repeat(10_000)] {
            assert!(evaluate(&text, Dialect::Bash, &mut variables).is_err());
        }
    }
}
