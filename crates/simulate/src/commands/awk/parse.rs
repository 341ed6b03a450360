//! Tokens to a program.

use std::collections::BTreeMap;

use super::super::regex::{Regex, Syntax};
use super::lex::{Token, tokens};

/// How deep expressions and statements may be inside each other, and how many operands may stand in a row.
const NEST_LIMIT: u32 = 80;
const CHAIN_LIMIT: usize = 300;

#[derive(Clone, Debug)]
pub enum Expr {
    Number(f64),
    Text(Vec<u8>),
    Pattern(Box<Regex>),
    Variable(String),
    Field(Box<Expr>),
    Element(String, Vec<Expr>),
    Assign(&'static str, Box<Expr>, Box<Expr>),
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    Binary(&'static str, Box<Expr>, Box<Expr>),
    Unary(&'static str, Box<Expr>),
    /// `++x`, `x++`, `--x`, `x--`
    Step { before: bool, by: f64, place: Box<Expr> },
    In(Vec<Expr>, String),
    Group(Vec<Expr>),
    Call(String, Vec<Expr>),
    Builtin(&'static str, Vec<Expr>),
    Getline { from: Option<(bool, Box<Expr>)>, into: Option<Box<Expr>> },
}

#[derive(Clone, Debug)]
pub enum Statement {
    Expression(Expr),
    Print { formatted: bool, values: Vec<Expr>, to: Option<(&'static str, Expr)> },
    If(Expr, Box<Statement>, Option<Box<Statement>>),
    While(Expr, Box<Statement>),
    Do(Box<Statement>, Expr),
    For(Option<Box<Statement>>, Option<Expr>, Option<Box<Statement>>, Box<Statement>),
    ForIn(String, String, Box<Statement>),
    Block(Vec<Statement>),
    Delete(String, Option<Vec<Expr>>),
    Next,
    NextFile,
    Break,
    Continue,
    Exit(Option<Expr>),
    Return(Option<Expr>),
}

#[derive(Clone, Debug)]
pub enum When {
    Begin,
    End,
    Always,
    If(Expr),
    Range(Expr, Expr),
}

#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The statement `None` prints the record.
    pub rules: Vec<(When, Option<Statement>)>,
    pub functions: BTreeMap<String, (Vec<String>, Statement)>,
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    nest: u32,
    /// `>` ends an expression: in the operands of print.
    no_greater: bool,
    /// `in` ends an expression: at the start of for.
    no_in: bool,
}

type Parsed<T> = Result<T, String>;

pub fn parse(text: &str) -> Parsed<Program> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, nest: 0, no_greater: false, no_in: false };
    let mut program = Program::default();
    loop {
        parser.skip_separators();
        match parser.peek().clone() {
            Token::End => return Ok(program),
            Token::Keyword("function") => {
                parser.at += 1;
                let (Token::Call(name) | Token::Name(name)) = parser.next() else { return Err(unexpected()) };
                parser.expect("(")?;
                let mut parameters = Vec::new();
                while let Token::Name(name) = parser.peek().clone() {
                    parser.at += 1;
                    parameters.push(name);
                    if !parser.take(",") {
                        break;
                    }
                    parser.skip_newlines();
                }
                parser.expect(")")?;
                parser.skip_newlines();
                let body = parser.block()?;
                program.functions.insert(name, (parameters, body));
            }
            Token::Keyword("BEGIN") => {
                parser.at += 1;
                let body = parser.block()?;
                program.rules.push((When::Begin, Some(body)));
            }
            Token::Keyword("END") => {
                parser.at += 1;
                let body = parser.block()?;
                program.rules.push((When::End, Some(body)));
            }
            Token::Operator("{") => {
                let body = parser.block()?;
                program.rules.push((When::Always, Some(body)));
            }
            _ => {
                let first = parser.expression()?;
                let when = if parser.take(",") {
                    parser.skip_newlines();
                    When::Range(first, parser.expression()?)
                } else {
                    When::If(first)
                };
                let body = if *parser.peek() == Token::Operator("{") { Some(parser.block()?) } else { None };
                program.rules.push((when, body));
            }
        }
    }
}

fn unexpected() -> String {
    "Unexpected token".to_string()
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).unwrap_or(&Token::End)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn take(&mut self, operator: &str) -> bool {
        let found = matches!(self.peek(), Token::Operator(other) if *other == operator);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, operator: &str) -> Parsed<()> {
        if self.take(operator) { Ok(()) } else { Err(unexpected()) }
    }

    fn skip_newlines(&mut self) {
        while *self.peek() == Token::Newline {
            self.at += 1;
        }
    }

    fn skip_separators(&mut self) {
        while matches!(self.peek(), Token::Newline | Token::Operator(";")) {
            self.at += 1;
        }
    }

    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Parser) -> Parsed<T>) -> Parsed<T> {
        self.nest += 1;
        if self.nest > NEST_LIMIT {
            return Err("program too deep".to_string());
        }
        let result = inner(self);
        self.nest -= 1;
        result
    }

    fn block(&mut self) -> Parsed<Statement> {
        self.expect("{")?;
        let (greater, no_in) = (std::mem::take(&mut self.no_greater), std::mem::take(&mut self.no_in));
        let mut statements = Vec::new();
        loop {
            self.skip_separators();
            if self.take("}") {
                break;
            }
            if *self.peek() == Token::End {
                return Err(unexpected());
            }
            statements.push(self.deeper(Parser::statement)?);
        }
        (self.no_greater, self.no_in) = (greater, no_in);
        Ok(Statement::Block(statements))
    }

    /// The statement that a condition or a loop governs.
    fn body(&mut self) -> Parsed<Box<Statement>> {
        self.skip_newlines();
        if self.take(";") {
            return Ok(Box::new(Statement::Block(Vec::new())));
        }
        self.deeper(Parser::statement).map(Box::new)
    }

    fn end(&mut self) -> Parsed<()> {
        match self.peek() {
            Token::Newline | Token::Operator(";") => {
                self.at += 1;
                Ok(())
            }
            Token::Operator("}") | Token::End => Ok(()),
            _ => Err(unexpected()),
        }
    }

    fn statement(&mut self) -> Parsed<Statement> {
        let Token::Keyword(keyword) = self.peek().clone() else {
            if *self.peek() == Token::Operator("{") {
                return self.block();
            }
            let statement = self.simple()?;
            self.end()?;
            return Ok(statement);
        };
        match keyword {
            "if" => {
                self.at += 1;
                self.expect("(")?;
                let condition = self.whole()?;
                self.expect(")")?;
                let then = self.body()?;
                let before = self.at;
                self.skip_separators();
                let otherwise = if *self.peek() == Token::Keyword("else") {
                    self.at += 1;
                    Some(self.body()?)
                } else {
                    self.at = before;
                    None
                };
                return Ok(Statement::If(condition, then, otherwise));
            }
            "while" => {
                self.at += 1;
                self.expect("(")?;
                let condition = self.whole()?;
                self.expect(")")?;
                return Ok(Statement::While(condition, self.body()?));
            }
            "do" => {
                self.at += 1;
                let body = self.body()?;
                self.skip_separators();
                if self.next() != Token::Keyword("while") {
                    return Err(unexpected());
                }
                self.expect("(")?;
                let condition = self.whole()?;
                self.expect(")")?;
                self.end()?;
                return Ok(Statement::Do(body, condition));
            }
            "for" => return self.for_loop(),
            _ => {}
        }
        let statement = match keyword {
            "print" | "printf" | "delete" => self.simple()?,
            _ => {
                self.at += 1;
                let value = |parser: &mut Parser| match parser.peek() {
                    Token::Newline | Token::Operator(";" | "}") | Token::End => Ok(None),
                    _ => parser.expression().map(Some),
                };
                match keyword {
                    "next" => Statement::Next,
                    "nextfile" => Statement::NextFile,
                    "break" => Statement::Break,
                    "continue" => Statement::Continue,
                    "exit" => Statement::Exit(value(self)?),
                    "return" => Statement::Return(value(self)?),
                    _ => return Err(unexpected()),
                }
            }
        };
        self.end()?;
        Ok(statement)
    }

    fn for_loop(&mut self) -> Parsed<Statement> {
        self.at += 1;
        self.expect("(")?;
        let ahead = (self.tokens.get(self.at).cloned(), self.tokens.get(self.at + 1).cloned(), self.tokens.get(self.at + 2).cloned());
        if let (Some(Token::Name(variable)), Some(Token::Keyword("in")), Some(Token::Name(array))) = ahead
            && self.tokens.get(self.at + 3) == Some(&Token::Operator(")"))
        {
            self.at += 4;
            return Ok(Statement::ForIn(variable, array, self.body()?));
        }
        let first = if *self.peek() == Token::Operator(";") { None } else { Some(Box::new(self.simple()?)) };
        self.expect(";")?;
        self.skip_newlines();
        let condition = if *self.peek() == Token::Operator(";") { None } else { Some(self.expression()?) };
        self.expect(";")?;
        self.skip_newlines();
        let step = if *self.peek() == Token::Operator(")") { None } else { Some(Box::new(self.simple()?)) };
        self.expect(")")?;
        Ok(Statement::For(first, condition, step, self.body()?))
    }

    fn simple(&mut self) -> Parsed<Statement> {
        match self.peek().clone() {
            Token::Keyword("delete") => {
                self.at += 1;
                let Token::Name(name) = self.next() else { return Err(unexpected()) };
                let index = if self.take("[") { Some(self.list("]")?) } else { None };
                Ok(Statement::Delete(name, index))
            }
            Token::Keyword(keyword @ ("print" | "printf")) => {
                self.at += 1;
                let before = std::mem::replace(&mut self.no_greater, true);
                let mut values = Vec::new();
                while !matches!(self.peek(), Token::Newline | Token::End | Token::Operator(";" | "}" | ">" | ">>" | "|")) {
                    values.push(self.expression()?);
                    if !self.take(",") {
                        break;
                    }
                    self.skip_newlines();
                }
                // `print (a, b) > "f"`: one group is the list of values.
                if let [Expr::Group(inner)] = values.as_slice()
                    && inner.len() > 1
                {
                    values = inner.clone();
                }
                let mut to = None;
                for operator in [">>", ">", "|"] {
                    if self.take(operator) {
                        to = Some((operator, self.level(5)?));
                        break;
                    }
                }
                self.no_greater = before;
                Ok(Statement::Print { formatted: keyword == "printf", values, to })
            }
            _ => Ok(Statement::Expression(self.expression()?)),
        }
    }

    /// An expression inside parentheses, where `>` compares again.
    fn whole(&mut self) -> Parsed<Expr> {
        let (greater, no_in) = (std::mem::take(&mut self.no_greater), std::mem::take(&mut self.no_in));
        let result = self.expression();
        (self.no_greater, self.no_in) = (greater, no_in);
        result
    }

    fn list(&mut self, end: &str) -> Parsed<Vec<Expr>> {
        let mut values = Vec::new();
        self.skip_newlines();
        while !self.take(end) {
            values.push(self.whole()?);
            self.skip_newlines();
            if !self.take(",") {
                self.expect(end)?;
                break;
            }
            self.skip_newlines();
        }
        Ok(values)
    }

    fn expression(&mut self) -> Parsed<Expr> {
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

    fn choice(&mut self) -> Parsed<Expr> {
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
    fn level(&mut self, level: u32) -> Parsed<Expr> {
        if level > 7 {
            return self.deeper(Parser::unary);
        }
        let mut left = self.level(level + 1)?;
        let mut chain = 0;
        loop {
            chain += 1;
            if chain > CHAIN_LIMIT {
                return Err("program too deep".to_string());
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
                    let Token::Name(array) = self.next() else { return Err(unexpected()) };
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

    fn unary(&mut self) -> Parsed<Expr> {
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

    fn postfix(&mut self) -> Parsed<Expr> {
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

    fn optional_place(&mut self) -> Parsed<Option<Box<Expr>>> {
        match self.peek() {
            Token::Name(_) | Token::Operator("$") => Ok(Some(Box::new(self.primary()?))),
            _ => Ok(None),
        }
    }

    fn primary(&mut self) -> Parsed<Expr> {
        match self.next() {
            Token::Number(value) => Ok(Expr::Number(value)),
            Token::Text(text) => Ok(Expr::Text(text)),
            Token::Pattern(pattern) => {
                let regex = Regex::new(&pattern, Syntax { extended: true, ignore_case: false });
                Ok(Expr::Pattern(Box::new(regex.map_err(|error| format!("bad regex: {error}"))?)))
            }
            Token::Name(name) => {
                if self.take("[") { Ok(Expr::Element(name, self.list("]")?)) } else { Ok(Expr::Variable(name)) }
            }
            Token::Call(name) => {
                self.expect("(")?;
                Ok(Expr::Call(name, self.list(")")?))
            }
            Token::Builtin("getline") => {
                let into = self.optional_place()?;
                let from = if self.take("<") { Some((false, Box::new(self.deeper(Parser::postfix)?))) } else { None };
                Ok(Expr::Getline { from, into })
            }
            Token::Builtin(name) => {
                let values = if self.take("(") { self.list(")")? } else { Vec::new() };
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
            _ => Err(unexpected()),
        }
    }
}

fn starts_operand(token: &Token) -> bool {
    match token {
        Token::Number(_) | Token::Text(_) | Token::Name(_) | Token::Call(_) | Token::Pattern(_) => true,
        Token::Builtin(name) => *name != "getline",
        Token::Operator(operator) => matches!(*operator, "$" | "(" | "++" | "--"),
        _ => false,
    }
}
