//! Tokens to a program.

use super::ast::{Expr, Program, Statement, When};
use super::lex::{Token, tokens};

/// How deep expressions and statements may be inside each other, and how many operands may stand in a row.
pub const NEST_LIMIT: u32 = 80;
pub const CHAIN_LIMIT: usize = 300;

pub struct Parser {
    pub tokens: Vec<Token>,
    pub at: usize,
    pub nest: u32,
    /// `>` ends an expression: in the operands of print.
    pub no_greater: bool,
    /// `in` ends an expression: at the start of for.
    pub no_in: bool,
}

pub type Parsed<T> = Result<T, String>;

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

pub fn unexpected() -> String {
    "Unexpected token".to_string()
}

impl Parser {
    pub fn peek(&self) -> &Token {
        self.tokens.get(self.at).unwrap_or(&Token::End)
    }

    pub fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    pub fn take(&mut self, operator: &str) -> bool {
        let found = matches!(self.peek(), Token::Operator(other) if *other == operator);
        self.at += usize::from(found);
        found
    }

    pub fn expect(&mut self, operator: &str) -> Parsed<()> {
        if self.take(operator) { Ok(()) } else { Err(unexpected()) }
    }

    pub fn skip_newlines(&mut self) {
        while *self.peek() == Token::Newline {
            self.at += 1;
        }
    }

    pub fn skip_separators(&mut self) {
        while matches!(self.peek(), Token::Newline | Token::Operator(";")) {
            self.at += 1;
        }
    }

    pub fn deeper<T>(&mut self, inner: impl FnOnce(&mut Parser) -> Parsed<T>) -> Parsed<T> {
        self.nest += 1;
        if self.nest > NEST_LIMIT {
            return Err("program too deep".to_string());
        }
        let result = inner(self);
        self.nest -= 1;
        result
    }

    pub fn block(&mut self) -> Parsed<Statement> {
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
    pub fn body(&mut self) -> Parsed<Box<Statement>> {
        self.skip_newlines();
        if self.take(";") {
            return Ok(Box::new(Statement::Block(Vec::new())));
        }
        self.deeper(Parser::statement).map(Box::new)
    }

    pub fn end(&mut self) -> Parsed<()> {
        match self.peek() {
            Token::Newline | Token::Operator(";") => {
                self.at += 1;
                Ok(())
            }
            Token::Operator("}") | Token::End => Ok(()),
            _ => Err(unexpected()),
        }
    }

    pub fn statement(&mut self) -> Parsed<Statement> {
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

    pub fn for_loop(&mut self) -> Parsed<Statement> {
        self.at += 1;
        self.expect("(")?;
        let ahead = (
            self.tokens.get(self.at).cloned(),
            self.tokens.get(self.at + 1).cloned(),
            self.tokens.get(self.at + 2).cloned(),
        );
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

    pub fn simple(&mut self) -> Parsed<Statement> {
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
                while !matches!(
                    self.peek(),
                    Token::Newline | Token::End | Token::Operator(";" | "}" | ">" | ">>" | "|")
                ) {
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
}
