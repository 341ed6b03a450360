//! test and `[` of dash and bash. Both decide the short forms by the number of arguments, and differ in their errors:
//! dash's test.c reads words by a table, bash's test.c is posixtest().

use shell::Dialect;

use super::super::Machine;
use super::super::shell::{Flow, Shell};
use super::primary::{BINARY, UNARY, compares, files, unary, whole};

/// The most `!` and parentheses inside each other.
const MAX_DEPTH: u32 = 40;

/// A truth, or what is wrong.
type Truth = Result<bool, String>;

/// `test expression`, `[ expression ]`: 0 true, 1 false, 2 not an expression.
pub(super) fn test(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    if shell.dialect == Dialect::Ash {
        let mut process = shell.process.clone();
        process.args = args.to_vec();
        return Ok(super::test::run(machine, &mut process));
    }
    let bash = shell.dialect == Dialect::Bash;
    let name = args.first().map_or("", String::as_str);
    let mut rest = args.get(1..).unwrap_or_default();
    if name == "[" {
        if rest.last().is_none_or(|last| last != "]") {
            shell.complain_as(machine, name, if bash { "missing `]'" } else { "missing ]" });
            return Ok(2);
        }
        rest = rest.get(..rest.len() - 1).unwrap_or_default();
    }
    let mut test = Test { shell, machine, args: rest, at: 0, depth: 0 };
    let truth = if bash { test.posix() } else { test.whole_of_dash() };
    match truth {
        Ok(truth) => Ok(i32::from(!truth)),
        Err(message) => {
            shell.complain_as(machine, name, &message);
            Ok(2)
        }
    }
}

struct Test<'a, 'm> {
    shell: &'a Shell,
    machine: &'a Machine<'m>,
    args: &'a [String],
    at: usize,
    depth: u32,
}

fn is_binary(arg: Option<&str>) -> bool {
    arg.is_some_and(|arg| BINARY.contains(&arg))
}

fn unary_operator(arg: Option<&str>, bash: bool) -> Option<&str> {
    let letter = arg?.strip_prefix('-').filter(|letter| letter.len() == 1)?;
    (UNARY.contains(letter) || bash && "avoR".contains(letter)).then_some(letter)
}

impl<'a> Test<'a, '_> {
    fn arg(&self, at: usize) -> Option<&'a str> {
        self.args.get(at).map(String::as_str)
    }

    fn deeper(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err("expression too deep".to_owned()) } else { Ok(()) }
    }

    fn number(&self, text: &str) -> Result<i64, String> {
        let bash = self.shell.dialect == Dialect::Bash;
        let wrong =
            || if bash { format!("{text}: integer expression expected") } else { format!("Illegal number: {text}") };
        whole(text).ok_or_else(wrong)
    }

    fn binary(&self, left: &str, operator: &str, right: &str) -> Truth {
        Ok(match operator {
            "=" | "==" => left == right,
            "!=" => left != right,
            "<" => left < right,
            ">" => left > right,
            "-nt" | "-ot" | "-ef" => {
                let bash = self.shell.dialect == Dialect::Bash;
                files(self.machine, &self.shell.process, left, operator, right, bash)
            }
            _ => compares(self.number(left)?, operator, self.number(right)?),
        })
    }

    fn unary(&self, operator: &str, operand: &str) -> bool {
        match operator {
            "v" => self.shell.is_set(operand),
            "o" => self.shell.named_option(operand).unwrap_or_default(),
            _ => unary(self.machine, &self.shell.process, operator, operand),
        }
    }

    // dash

    fn whole_of_dash(&mut self) -> Truth {
        let mut negated = false;
        loop {
            let rest = self.args.get(self.at..).unwrap_or_default();
            let count = rest.len();
            let (first, last) = (self.arg(self.at), rest.last().map(String::as_str));
            match count {
                0 => return Ok(negated),
                3 if is_binary(self.arg(self.at + 1)) => break,
                3 | 4 if first == Some("(") && last == Some(")") => {
                    self.args = self.args.get(..self.args.len() - 1).unwrap_or_default();
                    self.at += 1;
                    break;
                }
                3 | 4 if first == Some("!") => {
                    negated = !negated;
                    self.at += 1;
                }
                _ => break,
            }
        }
        let truth = self.dash_or()?;
        match self.arg(self.at + 1) {
            Some(_) => Err(format!("{}: unexpected operator", self.arg(self.at).unwrap_or_default())),
            None => Ok(truth != negated),
        }
    }

    /// What the word at a place is to dash: an operator only where an operand can follow.
    fn token(&self, at: usize) -> Option<&'a str> {
        let arg = self.arg(at)?;
        let operand = match (self.arg(at + 1), self.arg(at + 2)) {
            (None, _) => true,
            (_, None) => false,
            (Some(next), Some(after)) => is_binary(Some(next)) && after != ")",
        };
        if (unary_operator(Some(arg), false).is_some() && operand) || (arg == "(" && self.arg(at + 1).is_none()) {
            return Some("");
        }
        Some(arg)
    }

    fn dash_or(&mut self) -> Truth {
        let mut truth = self.dash_and()?;
        while self.token(self.at + 1) == Some("-o") {
            self.at += 2;
            truth |= self.dash_and()?;
        }
        Ok(truth)
    }

    fn dash_and(&mut self) -> Truth {
        let mut truth = self.dash_not()?;
        while self.token(self.at + 1) == Some("-a") {
            self.at += 2;
            truth &= self.dash_not()?;
        }
        Ok(truth)
    }

    fn dash_not(&mut self) -> Truth {
        if self.token(self.at) != Some("!") {
            return self.dash_primary();
        }
        self.deeper()?;
        if self.arg(self.at + 1).is_none() {
            return Ok(true);
        }
        self.at += 1;
        Ok(!self.dash_not()?)
    }

    fn dash_primary(&mut self) -> Truth {
        let Some(token) = self.token(self.at) else { return Ok(false) };
        if token == "(" {
            self.deeper()?;
            self.at += 1;
            if self.token(self.at) == Some(")") {
                return Ok(false);
            }
            let truth = self.dash_or()?;
            self.at += 1;
            return if self.token(self.at) == Some(")") { Ok(truth) } else { Err("closing paren expected".to_owned()) };
        }
        if let Some(operator) = unary_operator(Some(token), false) {
            self.at += 1;
            return match self.arg(self.at) {
                Some(operand) => Ok(self.unary(operator, operand)),
                None => Err(format!("{token}: argument expected")),
            };
        }
        let left = self.arg(self.at).unwrap_or_default();
        let operator = self.token(self.at + 1);
        if is_binary(operator) {
            let operator = operator.unwrap_or_default();
            self.at += 2;
            return match self.arg(self.at) {
                Some(right) => self.binary(left, operator, right),
                None => Err(format!("{operator}: argument expected")),
            };
        }
        Ok(!left.is_empty())
    }

    // bash

    fn posix(&mut self) -> Truth {
        let truth = self.by_count()?;
        if self.at < self.args.len() { Err("too many arguments".to_owned()) } else { Ok(truth) }
    }

    fn by_count(&mut self) -> Truth {
        let rest: Vec<&str> = self.args.iter().skip(self.at).map(String::as_str).collect();
        match rest.as_slice() {
            [] => Ok(false),
            [one] => {
                self.at += 1;
                Ok(!one.is_empty())
            }
            ["!", one] => {
                self.at += 2;
                Ok(one.is_empty())
            }
            [operator, operand] => match unary_operator(Some(operator), true) {
                Some(letter) => {
                    self.at += 2;
                    Ok(self.unary(letter, operand))
                }
                None => Err(format!("{operator}: unary operator expected")),
            },
            [left, operator, right] if is_binary(Some(operator)) => {
                self.at += 3;
                self.binary(left, operator, right)
            }
            [left, operator @ ("-a" | "-o"), right] => {
                self.at += 3;
                let (left, right) = (!left.is_empty(), !right.is_empty());
                Ok(if *operator == "-a" { left && right } else { left || right })
            }
            ["!", ..] if rest.len() <= 4 => {
                self.at += 1;
                Ok(!self.by_count()?)
            }
            ["(", one, ")"] => {
                self.at += 3;
                Ok(!one.is_empty())
            }
            [_, operator, _] => Err(format!("{operator}: binary operator expected")),
            _ => self.bash_or(),
        }
    }

    fn bash_or(&mut self) -> Truth {
        let mut truth = self.bash_and()?;
        while self.arg(self.at) == Some("-o") {
            self.at += 1;
            truth |= self.bash_and()?;
        }
        Ok(truth)
    }

    fn bash_and(&mut self) -> Truth {
        let mut truth = self.bash_term()?;
        while self.arg(self.at) == Some("-a") {
            self.at += 1;
            truth &= self.bash_term()?;
        }
        Ok(truth)
    }

    fn bash_term(&mut self) -> Truth {
        let Some(first) = self.arg(self.at) else { return Err("argument expected".to_owned()) };
        if first == "!" {
            self.deeper()?;
            self.at += 1;
            return Ok(!self.bash_term()?);
        }
        if first == "(" {
            self.deeper()?;
            self.at += 1;
            let truth = self.bash_or()?;
            return match self.arg(self.at) {
                Some(")") => {
                    self.at += 1;
                    Ok(truth)
                }
                Some(found) => Err(format!("`)' expected, found {found}")),
                None => Err("`)' expected".to_owned()),
            };
        }
        if let (Some(operator), Some(right)) = (self.arg(self.at + 1), self.arg(self.at + 2))
            && is_binary(Some(operator))
        {
            self.at += 3;
            return self.binary(first, operator, right);
        }
        if first.len() == 2 && first.starts_with('-') {
            let Some(letter) = unary_operator(Some(first), true) else {
                return Err(format!("{first}: unary operator expected"));
            };
            let Some(operand) = self.arg(self.at + 1) else { return Err("argument expected".to_owned()) };
            self.at += 2;
            return Ok(self.unary(letter, operand));
        }
        self.at += 1;
        Ok(!first.is_empty())
    }
}
