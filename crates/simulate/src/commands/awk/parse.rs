//! Tokens to a program.

use super::ast::{Expr, Program, Statement, When};
use super::lex::{Token, Tokens, line_of, tokens};

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
    pub mawk: bool,
    /// How many loops are around, and whether a function is.
    loops: u32,
    function: bool,
    /// Whether BEGIN or END is around.
    aside: bool,
    /// The functions that are called, with the number of arguments.
    pub calls: Vec<(String, usize)>,
}

/// What is wrong with a program.
pub enum Wrong {
    /// The token at the parser's place cannot stand there.
    Token,
    Says(String),
}

pub type Parsed<T> = Result<T, Wrong>;

/// Reads a program; the error is what busybox or mawk says.
pub fn parse(text: &str, mawk: bool) -> Result<Program, String> {
    // mawk puts a newline at the end.
    let text = if mawk { format!("{text}\n") } else { text.to_string() };
    let Tokens { tokens, starts, extra } = tokens(&text, mawk)?;
    if let Some(extra) = extra {
        return Err(extra);
    }
    let mut parser = Parser {
        tokens,
        at: 0,
        nest: 0,
        no_greater: false,
        no_in: false,
        mawk,
        loops: 0,
        function: false,
        aside: false,
        calls: Vec::new(),
    };
    let start = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    let program = parser.program().map_err(|wrong| {
        let line = line_of(&text, start(parser.at));
        match wrong {
            Wrong::Says(message) if mawk => format!("line {line}: {message}"),
            Wrong::Says(message) => message,
            Wrong::Token if mawk => {
                format!("line {line}: {}", parser.mistaken(&text, start(parser.at), start(parser.at + 1)))
            }
            Wrong::Token => "Unexpected token".to_string(),
        }
    })?;
    if mawk {
        let line = line_of(&text, text.len());
        for (name, given) in &parser.calls {
            match program.functions.get(name) {
                None => return Err(format!("line {line}: function {name} never defined")),
                Some((parameters, _)) if *given > parameters.len() => {
                    return Err(format!("line {}: too many arguments in call to {name}", line - 1));
                }
                Some(_) => {}
            }
        }
    }
    Ok(program)
}

pub fn unexpected() -> Wrong {
    Wrong::Token
}

pub fn says<T>(message: &str) -> Parsed<T> {
    Err(Wrong::Says(message.to_string()))
}

impl Parser {
    /// What mawk says of the token at the parser's place, which `text` holds from `start` to `end`.
    fn mistaken(&self, text: &str, start: usize, end: usize) -> String {
        let shown = match self.peek() {
            Token::End => "end of file",
            Token::Newline => "end of line",
            Token::Text(_) => text.get(start..end).unwrap_or_default().trim().trim_matches('"'),
            _ => text.get(start..end).unwrap_or_default().trim(),
        };
        let open = |open: &str, close: &str| {
            let seen = self.tokens.iter().take(self.at + 1);
            seen.fold(0i64, |count, token| match token {
                Token::Operator(operator) if *operator == open => count + 1,
                Token::Operator(operator) if *operator == close => count - 1,
                _ => count,
            }) > 0
        };
        let ends = matches!(self.peek(), Token::End | Token::Newline | Token::Operator(";" | "}"));
        if ends && open("(", ")") {
            format!("missing ) near {shown}")
        } else if matches!(self.peek(), Token::End | Token::Keyword("BEGIN" | "END")) && open("{", "}") {
            format!("missing }} near {shown}")
        } else {
            format!("syntax error at or near {shown}")
        }
    }

    fn program(&mut self) -> Parsed<Program> {
        let mut program = Program::default();
        loop {
            self.skip_separators();
            match self.peek().clone() {
                Token::End => return Ok(program),
                Token::Keyword("function") => {
                    self.at += 1;
                    let (Token::Call(name) | Token::Name(name)) = self.peek().clone() else {
                        return Err(unexpected());
                    };
                    self.at += 1;
                    self.expect("(")?;
                    let mut parameters = Vec::new();
                    while let Token::Name(name) = self.peek().clone() {
                        self.at += 1;
                        parameters.push(name);
                        if !self.take(",") {
                            break;
                        }
                        self.skip_newlines();
                    }
                    self.expect(")")?;
                    self.skip_newlines();
                    self.function = true;
                    let body = self.block()?;
                    self.function = false;
                    program.functions.insert(name, (parameters, body));
                }
                Token::Keyword("BEGIN") => {
                    self.at += 1;
                    self.aside = true;
                    let body = self.block()?;
                    self.aside = false;
                    program.rules.push((When::Begin, Some(body)));
                }
                Token::Keyword("END") => {
                    self.at += 1;
                    self.aside = true;
                    let body = self.block()?;
                    self.aside = false;
                    program.rules.push((When::End, Some(body)));
                }
                Token::Operator("{") => {
                    let body = self.block()?;
                    program.rules.push((When::Always, Some(body)));
                }
                _ => {
                    let first = self.expression()?;
                    let when = if self.take(",") {
                        self.skip_newlines();
                        When::Range(first, self.expression()?)
                    } else {
                        When::If(first)
                    };
                    let body = if *self.peek() == Token::Operator("{") { Some(self.block()?) } else { None };
                    program.rules.push((when, body));
                }
            }
        }
    }

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
            return says("program too deep");
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
        // mawk puts a semicolon before the end of a block.
        if self.take(";") || self.mawk && matches!(self.peek(), Token::Operator("}")) {
            return Ok(Box::new(Statement::Block(Vec::new())));
        }
        self.deeper(Parser::statement).map(Box::new)
    }

    /// The body of a loop.
    fn round(&mut self) -> Parsed<Box<Statement>> {
        self.loops += 1;
        let body = self.body();
        self.loops -= 1;
        body
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
                return Ok(Statement::While(condition, self.round()?));
            }
            "do" => {
                self.at += 1;
                let body = self.round()?;
                self.skip_separators();
                if *self.peek() != Token::Keyword("while") {
                    return Err(unexpected());
                }
                self.at += 1;
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
                if self.mawk {
                    let outside = match keyword {
                        "next" | "nextfile" if self.aside => format!("improper use of {keyword}"),
                        "return" if !self.function => "return outside function body".to_string(),
                        "break" | "continue" if self.loops == 0 => {
                            format!("{keyword} statement outside of loop")
                        }
                        _ => String::new(),
                    };
                    if !outside.is_empty() {
                        return Err(Wrong::Says(outside));
                    }
                }
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
                    _ => {
                        self.at -= 1;
                        return Err(unexpected());
                    }
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
            return Ok(Statement::ForIn(variable, array, self.round()?));
        }
        let first = if *self.peek() == Token::Operator(";") { None } else { Some(Box::new(self.simple()?)) };
        self.expect(";")?;
        self.skip_newlines();
        let condition = if *self.peek() == Token::Operator(";") { None } else { Some(self.expression()?) };
        self.expect(";")?;
        self.skip_newlines();
        let step = if *self.peek() == Token::Operator(")") { None } else { Some(Box::new(self.simple()?)) };
        self.expect(")")?;
        Ok(Statement::For(first, condition, step, self.round()?))
    }

    pub fn simple(&mut self) -> Parsed<Statement> {
        match self.peek().clone() {
            Token::Keyword("delete") => {
                self.at += 1;
                let Token::Name(name) = self.peek().clone() else { return Err(unexpected()) };
                self.at += 1;
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
                    if self.mawk && matches!(self.peek(), Token::Operator(";" | "}" | ">" | ">>" | "|") | Token::End) {
                        return Err(unexpected());
                    }
                }
                if self.mawk && keyword == "printf" && values.is_empty() {
                    return says("no arguments in call to printf");
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
                        let target = if self.mawk { self.expression()? } else { self.level(5)? };
                        to = Some((operator, target));
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
