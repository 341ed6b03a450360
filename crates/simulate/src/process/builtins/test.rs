//! test, `[` and `[[`.

use shell::Dialect;

use super::super::shell::{Flow, Shell};
use super::super::{Flavour, Machine, Process, flavour};
use super::primary::{BINARY, UNARY, compares, files, unary, whole};

/// The most `!` and parentheses inside each other.
const MAX_DEPTH: u32 = 40;

/// `test expression`, `[ expression ]`: 0 true, 1 false, 2 not an expression.
pub(super) fn run(machine: &mut Machine<'_>, process: &mut Process) -> i32 {
    let name = process.name().to_owned();
    let mut args = process.operands().to_vec();
    if name.starts_with('[') {
        let end = if name == "[" { "]" } else { "]]" };
        if args.pop().as_deref() != Some(end) {
            let gnu = flavour(machine) == Flavour::Gnu;
            let called = process.args.first().cloned().unwrap_or_default();
            let text = if gnu { format!("{called}: missing '{end}'\n") } else { format!("sh: missing {end}\n") };
            process.err(machine, &text);
            return 2;
        }
    }
    let args: Vec<String> = args
        .into_iter()
        .map(|arg| match (name.as_str(), arg.as_str()) {
            ("[[", "&&") => "-a".to_owned(),
            ("[[", "||") => "-o".to_owned(),
            _ => arg,
        })
        .collect();
    let mut test = Test { machine, process, args: &args, at: 0, depth: 0, brackets: name == "[[" };
    match test.all() {
        Ok(truth) => i32::from(!truth),
        Err(message) if name != "[[" && flavour(test.machine) == Flavour::Gnu => {
            // GNU's program says the same in other words.
            let message = match message.split_once(": ") {
                Some((word, "unknown operand")) if args.len() == 2 => format!("missing argument after '{word}'"),
                Some((word, "unknown operand")) => format!("extra argument '{word}'"),
                Some((word, "bad number")) => format!("invalid integer '{word}'"),
                _ => message,
            };
            let called = process.args.first().cloned().unwrap_or_default();
            process.err(machine, &format!("{called}: {message}\n"));
            2
        }
        Err(message) => {
            process.err(machine, &format!("sh: {message}\n"));
            2
        }
    }
}

/// `[[ … ]]`: as `[`, and in bash with `-v` and the texts that `=~` found.
pub(super) fn brackets(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut process = shell.process.clone();
    process.args = args.to_vec();
    if shell.dialect == Dialect::Bash {
        // `-v NAME` is decided here: the test knows no variables.
        for index in 1..process.args.len() {
            if process.args.get(index).is_some_and(|arg| arg == "-v")
                && let Some(name) = process.args.get(index + 1).cloned()
                && name != "]]"
            {
                let set = !shell.elements(&name).is_empty();
                let test = [if set { "-n" } else { "-z" }, "x"];
                for (offset, text) in test.into_iter().enumerate() {
                    if let Some(arg) = process.args.get_mut(index + offset) {
                        text.clone_into(arg);
                    }
                }
            }
        }
    }
    let status = run(machine, &mut process);
    if status == 0
        && shell.dialect == Dialect::Bash
        && let Some(at) = args.iter().position(|arg| arg == "=~")
        && let (Some(text), Some(pattern)) = (args.get(at.wrapping_sub(1)), args.get(at + 1))
    {
        let found = crate::commands::regex::captures(pattern, text);
        shell.set_array("BASH_REMATCH", found);
    }
    Ok(status)
}

struct Test<'a, 'm> {
    machine: &'a mut Machine<'m>,
    process: &'a Process,
    args: &'a [String],
    at: usize,
    depth: u32,
    brackets: bool,
}

type Truth = Result<bool, String>;

impl Test<'_, '_> {
    fn arg(&self, at: usize) -> Option<&str> {
        self.args.get(at).map(String::as_str)
    }

    fn is_binary(&self, at: usize) -> bool {
        self.arg(at).is_some_and(|arg| BINARY.contains(&arg) || arg == "=~")
    }

    /// The whole expression; the short forms are decided by the number of arguments, as POSIX has it.
    fn all(&mut self) -> Truth {
        match self.args {
            [] => return Ok(false),
            [one] => return Ok(!one.is_empty()),
            [not, one] if not == "!" => return Ok(one.is_empty()),
            [_, _, _] if self.is_binary(1) => return self.binary(0),
            [not, _, _, _] if not == "!" && self.is_binary(2) => return Ok(!self.binary(1)?),
            _ => {}
        }
        let truth = self.or()?;
        match self.arg(self.at) {
            None => Ok(truth),
            Some(rest) => Err(format!("{rest}: unknown operand")),
        }
    }

    fn or(&mut self) -> Truth {
        let mut truth = self.and()?;
        while self.arg(self.at) == Some("-o") {
            self.at += 1;
            truth |= self.and()?;
        }
        Ok(truth)
    }

    fn and(&mut self) -> Truth {
        let mut truth = self.not()?;
        while self.arg(self.at) == Some("-a") {
            self.at += 1;
            truth &= self.not()?;
        }
        Ok(truth)
    }

    fn not(&mut self) -> Truth {
        let mut negated = false;
        while self.arg(self.at) == Some("!") && !self.is_binary(self.at + 1) {
            negated = !negated;
            self.at += 1;
        }
        Ok(self.primary()? != negated)
    }

    fn primary(&mut self) -> Truth {
        let Some(arg) = self.arg(self.at).map(str::to_owned) else { return Err("argument expected".to_owned()) };
        if arg == "(" && !self.is_binary(self.at + 1) {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                self.machine.limit("test-depth");
                return Err("expression too deep".to_owned());
            }
            self.at += 1;
            if self.arg(self.at) == Some(")") {
                return Ok(false);
            }
            let truth = self.or()?;
            if self.arg(self.at) != Some(")") {
                return Err("closing paren expected".to_owned());
            }
            self.at += 1;
            self.depth -= 1;
            return Ok(truth);
        }
        if self.is_binary(self.at + 1) {
            if self.at + 2 >= self.args.len() {
                return Err(format!("{}: argument expected", self.arg(self.at + 1).unwrap_or_default()));
            }
            let truth = self.binary(self.at)?;
            self.at += 3;
            return Ok(truth);
        }
        let operator = arg.strip_prefix('-').filter(|letter| letter.len() == 1 && UNARY.contains(letter));
        if let (Some(operator), Some(operand)) = (operator, self.arg(self.at + 1).map(str::to_owned)) {
            // `-n` before an operator or a parenthesis is a text of its own.
            if !(self.args.len() > self.at + 2
                && matches!(operand.as_str(), "-a" | "-o" | ")")
                && self.args.len() == self.at + 2)
            {
                self.at += 2;
                return Ok(unary(self.machine, self.process, operator, &operand));
            }
        }
        self.at += 1;
        Ok(!arg.is_empty())
    }

    fn binary(&mut self, at: usize) -> Truth {
        let (left, operator, right) = match (self.arg(at), self.arg(at + 1), self.arg(at + 2)) {
            (Some(left), Some(operator), Some(right)) => (left, operator, right),
            _ => return Err("argument expected".to_owned()),
        };
        Ok(match operator {
            "=" | "==" if self.brackets => fits(right, left),
            "!=" if self.brackets => !fits(right, left),
            "=" | "==" => left == right,
            "!=" => left != right,
            "<" => left < right,
            ">" => left > right,
            "=~" => {
                let (left, right) = (left.to_owned(), right.to_owned());
                return self.regex(&left, &right);
            }
            "-nt" | "-ot" | "-ef" => {
                let gnu = super::super::flavour(self.machine) == super::super::Flavour::Gnu;
                files(self.machine, self.process, left, operator, right, gnu)
            }
            _ => compares(number(left)?, operator, number(right)?),
        })
    }

    /// Matches by grep, which has the regular expressions.
    fn regex(&mut self, text: &str, pattern: &str) -> Truth {
        let Some(grep) = crate::commands::lookup("grep") else {
            self.machine.not_modelled("test =~");
            return Ok(false);
        };
        let mut process = self.process.clone();
        process.args = ["grep", "-qE", "-e", pattern].map(str::to_owned).to_vec();
        process.fds.insert(0, super::super::Descriptor::reader(filesystem::Content::text(text)));
        Ok(grep(self.machine, &mut process) == 0)
    }
}

fn fits(pattern: &str, text: &str) -> bool {
    let pattern = super::super::pattern::glyphs(pattern, false);
    super::super::pattern::matches(&pattern, &text.chars().collect::<Vec<_>>())
}

fn number(text: &str) -> Result<i64, String> {
    whole(text).ok_or_else(|| format!("{text}: bad number"))
}
