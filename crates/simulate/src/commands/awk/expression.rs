//! Expressions, from the loosest operator to the closest.

use super::super::regex::{Regex, Rules, Syntax};
use super::ast::Expr;
use super::lex::Token;
use super::parse::{CHAIN_LIMIT, Parsed, Parser, Wrong, says, unexpected};

impl Parser {
    /// An expression inside parentheses, where `>` compares again.
    pub fn whole(&mut self) -> Parsed<Expr> {
        let (greater, no_in) = (std::mem::take(&mut self.no_greater), std::mem::take(&mut self.no_in));
        let result = self.expression();
        (self.no_greater, self.no_in) = (greater, no_in);
        result
    }

    pub fn list(&mut self, end: &str) -> Parsed<Vec<Expr>> {
        let mut values = Vec::new();
        self.skip_newlines();
        while !self.take(end) {
            values.push(self.whole()?);
            if !self.mawk {
                self.skip_newlines();
            }
            if !self.take(",") {
                self.expect(end)?;
                break;
            }
            self.skip_newlines();
            if self.mawk && *self.peek() == Token::Operator(")") {
                return Err(unexpected());
            }
        }
        Ok(values)
    }

    pub fn expression(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let left = parser.choice()?;
            let is_place = matches!(left, Expr::Variable(_) | Expr::Field(_) | Expr::Element(..));
            for operator in ["=", "+=", "-=", "*=", "/=", "%=", "^="] {
                if is_place && parser.take(operator) {
                    parser.skip_newlines();
                    let right = parser.expression()?;
                    return Ok(Expr::Assign(operator, Box::new(left), Box::new(right)));
                }
            }
            Ok(left)
        })
    }

    pub fn choice(&mut self) -> Parsed<Expr> {
        let condition = self.level(0)?;
        if !self.take("?") {
            return Ok(condition);
        }
        self.skip_newlines();
        let yes = self.expression()?;
        self.skip_newlines();
        self.expect(":")?;
        self.skip_newlines();
        let no = self.expression()?;
        Ok(Expr::Choose(Box::new(condition), Box::new(yes), Box::new(no)))
    }

    /// The binary operators: 0 `||`, 1 `&&`, 2 `in`, 3 `~`, 4 comparisons and `| getline`, 5 concatenation, 6 sums, 7 products.
    pub fn level(&mut self, level: u32) -> Parsed<Expr> {
        if level > 7 {
            return self.deeper(Parser::unary);
        }
        let mut left = self.level(level + 1)?;
        let mut chain = 0;
        loop {
            chain += 1;
            if chain > CHAIN_LIMIT {
                return says("program too deep");
            }
            let operator = match (level, self.peek()) {
                (0, Token::Operator(operator @ "||"))
                | (1, Token::Operator(operator @ "&&"))
                | (3, Token::Operator(operator @ ("~" | "!~")))
                | (4, Token::Operator(operator @ ("<" | "<=" | "==" | "!=" | ">=")))
                | (6, Token::Operator(operator @ ("+" | "-")))
                | (7, Token::Operator(operator @ ("*" | "/" | "%"))) => *operator,
                (4, Token::Operator(">")) if !self.no_greater => ">",
                (4, Token::Operator("|")) if self.tokens.get(self.at + 1) == Some(&Token::Builtin("getline")) => {
                    self.at += 2;
                    let into = self.optional_place()?;
                    left = Expr::Getline { from: Some((true, Box::new(left))), into };
                    continue;
                }
                (2, Token::Keyword("in")) if !self.no_in => {
                    self.at += 1;
                    let Token::Name(array) = self.peek().clone() else { return Err(unexpected()) };
                    self.at += 1;
                    let index = match left {
                        Expr::Group(values) => values,
                        other => vec![other],
                    };
                    left = Expr::In(index, array);
                    continue;
                }
                (5, token) if starts_operand(token) => {
                    let right = self.level(6)?;
                    left = Expr::Binary(" ", Box::new(left), Box::new(right));
                    continue;
                }
                _ => return Ok(left),
            };
            self.at += 1;
            if level < 2 {
                self.skip_newlines();
            }
            let right = self.level(level + 1)?;
            left = Expr::Binary(operator, Box::new(left), Box::new(right));
        }
    }

    pub fn unary(&mut self) -> Parsed<Expr> {
        for operator in ["!", "-", "+"] {
            if self.take(operator) {
                let inner = self.deeper(Parser::unary)?;
                return Ok(Expr::Unary(operator, Box::new(inner)));
            }
        }
        let base = self.postfix()?;
        if self.take("^") {
            // Powers group to the right and bind closer than a sign before them.
            let power = self.deeper(Parser::unary)?;
            return Ok(Expr::Binary("^", Box::new(base), Box::new(power)));
        }
        Ok(base)
    }

    pub fn postfix(&mut self) -> Parsed<Expr> {
        for (operator, by) in [("++", 1.0), ("--", -1.0)] {
            if self.take(operator) {
                let place = self.primary()?;
                return Ok(Expr::Step { before: true, by, place: Box::new(place) });
            }
        }
        let place = self.primary()?;
        if matches!(place, Expr::Variable(_) | Expr::Field(_) | Expr::Element(..)) {
            for (operator, by) in [("++", 1.0), ("--", -1.0)] {
                if self.take(operator) {
                    return Ok(Expr::Step { before: false, by, place: Box::new(place) });
                }
            }
        }
        Ok(place)
    }

    pub fn optional_place(&mut self) -> Parsed<Option<Box<Expr>>> {
        match self.peek() {
            Token::Name(_) | Token::Operator("$") => Ok(Some(Box::new(self.primary()?))),
            _ => Ok(None),
        }
    }

    pub fn primary(&mut self) -> Parsed<Expr> {
        match self.next() {
            Token::Number(value) => Ok(Expr::Number(value)),
            Token::Text(text) => Ok(Expr::Text(text)),
            Token::Pattern(pattern) => {
                let rules = if self.mawk { Rules::Mawk } else { Rules::Plain };
                let regex = Regex::new(&pattern, Syntax { extended: true, rules, ..Syntax::default() });
                Ok(Expr::Pattern(Box::new(regex.map_err(|error| {
                    Wrong::Says(if self.mawk { not_compiled(error, &pattern) } else { format!("bad regex: {error}") })
                })?)))
            }
            Token::Name(name) => {
                if self.take("[") {
                    Ok(Expr::Element(name, self.list("]")?))
                } else {
                    Ok(Expr::Variable(name))
                }
            }
            Token::Call(name) => {
                self.expect("(")?;
                let values = self.list(")")?;
                self.calls.push((name.clone(), values.len()));
                Ok(Expr::Call(name, values))
            }
            Token::Builtin("getline") => {
                let into = self.optional_place()?;
                let from = if self.take("<") { Some((false, Box::new(self.deeper(Parser::postfix)?))) } else { None };
                Ok(Expr::Getline { from, into })
            }
            Token::Builtin(name) => {
                let values = if self.take("(") { self.list(")")? } else { Vec::new() };
                if self.mawk && !arguments_of(name).contains(&values.len()) {
                    if matches!(name, "split" | "match" | "sub" | "gsub") {
                        self.at -= 1;
                        return Err(unexpected());
                    }
                    return says(&format!("wrong number of arguments in call to {name}"));
                }
                Ok(Expr::Builtin(name, values))
            }
            Token::Operator("$") => {
                let inner = self.deeper(|parser| match parser.peek() {
                    Token::Operator("++" | "--") => parser.postfix(),
                    Token::Operator("-") => parser.unary(),
                    _ => parser.primary(),
                })?;
                Ok(Expr::Field(Box::new(inner)))
            }
            Token::Operator("(") => Ok(Expr::Group(self.list(")")?)),
            _ => {
                self.at -= 1;
                Err(unexpected())
            }
        }
    }
}

/// How many arguments a built-in function takes.
fn arguments_of(name: &str) -> std::ops::RangeInclusive<usize> {
    match name {
        "length" | "srand" | "fflush" => 0..=1,
        "rand" | "systime" => 0..=0,
        "strftime" => 0..=3,
        "split" | "sub" | "gsub" | "substr" => 2..=3,
        "index" | "match" | "atan2" => 2..=2,
        "sprintf" => 1..=255,
        _ => 1..=1,
    }
}

/// mawk's complaint about a pattern.
pub fn not_compiled(error: &str, pattern: &[u8]) -> String {
    let reason = match error {
        "Unmatched ( or \\(" => "missing ')'",
        "Invalid preceding regular expression" => "missing operand",
        "Trailing backslash" => error,
        _ => "class -- [], [^] or [",
    };
    format!("regular expression compile failed ({reason})\n{}", String::from_utf8_lossy(pattern))
}

fn starts_operand(token: &Token) -> bool {
    match token {
        Token::Number(_) | Token::Text(_) | Token::Name(_) | Token::Call(_) | Token::Pattern(_) => true,
        Token::Builtin(name) => *name != "getline",
        Token::Operator(operator) => matches!(*operator, "$" | "(" | "++" | "--"),
        _ => false,
    }
}
