use std::rc::Rc;

use source::{Diagnostic, Severity};

use crate::lexer::{Check, Parsed, Parser, Token};
use crate::syntax::{
    AndOr, Command, CommandKind, Connector, Dialect, Item, List, Part, Pipeline, Redirection, RedirectionKind, Script,
    Timed, Word,
};
use crate::word::split_assignment;

/// Newlines are skipped and reserved words count.
pub(crate) const ANYTHING: Check = Check { newlines: true, keywords: true };
/// Reserved words count.
pub(crate) const KEYWORDS: Check = Check { newlines: false, keywords: true };

/// How far a list goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// One line, or the lines that belong together.
    Line,
    /// Up to the word that ends it; at least one command.
    Block,
    /// As a block, but it may be empty.
    Arm,
}

/// Reads a script as ash does.
#[must_use]
pub fn parse(text: &str) -> Script {
    parse_dialect(text, Dialect::Ash)
}

/// Reads a script as the given shell does.
#[must_use]
pub fn parse_dialect(text: &str, dialect: Dialect) -> Script {
    let mut parser = Parser::new(text, dialect);
    let (mut lines, mut ends) = (Vec::new(), Vec::new());
    let result = parser.script(&mut lines, &mut ends);
    Script { ends, ..script_of(result, parser, lines) }
}

/// What has been read, with the error that ended it.
pub(crate) fn script_of(result: Parsed<()>, parser: Parser<'_>, lines: Vec<List>) -> Script {
    let mut script =
        Script { lines, error_line: parser.error_line, warning: parser.warning.clone(), ..Script::default() };
    if let (Err(_), Some((message, code, range))) = (result, parser.error) {
        script.errors.push(Diagnostic {
            code,
            severity: Severity::Error,
            docker: Some(message),
            args: Vec::new(),
            range,
        });
    }
    script
}

impl Parser<'_> {
    /// Reads lines to the end of the text.
    pub(crate) fn script(&mut self, lines: &mut Vec<List>, ends: &mut Vec<usize>) -> Parsed<()> {
        loop {
            match self.next_token()? {
                Token::End => return self.here_documents(),
                Token::Newline => self.here_documents()?,
                _ => {
                    self.push_back();
                    let list = self.list(Extent::Line)?;
                    lines.push(list);
                    ends.push(self.at);
                }
            }
        }
    }

    /// Reads the script of a backquote substitution.
    pub(crate) fn whole(&mut self) -> Parsed<Script> {
        let mut script = Script::default();
        self.script(&mut script.lines, &mut Vec::new())?;
        Ok(script)
    }

    /// Reads the script of `$(…)` up to its parenthesis.
    pub(crate) fn substitution(&mut self) -> Parsed<Script> {
        let list = self.list(Extent::Arm)?;
        if self.next_token()? != Token::Close {
            if self.dialect == Dialect::Bash && self.token == Token::End {
                return self.stop("missing ')'");
            }
            return self.unexpected(Some(Token::Close));
        }
        let lines = if list.items.is_empty() { Vec::new() } else { vec![list] };
        Ok(Script { lines, ..Script::default() })
    }

    pub(crate) fn list(&mut self, extent: Extent) -> Parsed<List> {
        let mut list = List::default();
        let line = extent == Extent::Line;
        loop {
            self.check = Check { newlines: !line, keywords: true };
            match self.next_token()? {
                Token::Newline => {
                    self.here_documents()?;
                    return Ok(list);
                }
                Token::End => {
                    self.here_documents()?;
                    self.push_back();
                    return Ok(list);
                }
                token => {
                    self.push_back();
                    let may_end = extent == Extent::Arm || (!line && !list.items.is_empty());
                    if may_end && token.ends_list() {
                        return Ok(list);
                    }
                }
            }
            let and_or = self.and_or()?;
            let token = self.next_token()?;
            list.items.push(Item { and_or, background: token == Token::Ampersand });
            match token {
                Token::Ampersand | Token::Semicolon => {}
                Token::Newline | Token::End => self.push_back(),
                _ if line => return self.unexpected(None),
                _ => {
                    self.push_back();
                    return Ok(list);
                }
            }
        }
    }

    fn and_or(&mut self) -> Parsed<AndOr> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            let connector = match self.next_token()? {
                Token::And => Connector::And,
                Token::Or => Connector::Or,
                _ => {
                    self.push_back();
                    return Ok(AndOr { first, rest });
                }
            };
            self.check = ANYTHING;
            rest.push((connector, self.pipeline()?));
        }
    }

    fn pipeline(&mut self) -> Parsed<Pipeline> {
        let (mut negated, mut timed) = (false, None);
        loop {
            let check = self.check;
            match self.next_token()? {
                Token::Not if !negated || self.dialect == Dialect::Bash => negated = !negated,
                Token::Word if self.dialect == Dialect::Bash && literal(&self.word) == Some("time") => {
                    timed = Some(self.time_options());
                    self.check = KEYWORDS;
                    let next = self.next_token()?;
                    self.push_back();
                    if matches!(next, Token::Semicolon | Token::Newline | Token::End | Token::And | Token::Or) {
                        return Ok(Pipeline { negated, timed, commands: vec![self.nothing()] });
                    }
                }
                _ => {
                    self.push_back();
                    self.check = check;
                    break;
                }
            }
            self.check = KEYWORDS;
        }
        let mut commands = vec![self.command()?];
        while self.next_token()? == Token::Pipe {
            if self.dialect == Dialect::Bash && self.peek() == Some(b'&') {
                self.at += 1;
                if let Some(command) = commands.last_mut() {
                    command.redirections.push(crate::word::errors_to_output(self.range_from(self.at)));
                }
            }
            self.check = ANYTHING;
            commands.push(self.command()?);
        }
        self.push_back();
        Ok(Pipeline { negated, timed, commands })
    }

    /// Reads `-p` and `--` behind bash's `time`.
    fn time_options(&mut self) -> Timed {
        let mut timed = Timed::Plain;
        for option in ["-p", "--"] {
            self.skip_blanks();
            let rest = self.text.get(self.at..).and_then(|rest| rest.strip_prefix(option));
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', ';', '|', '&', ')'])) {
                self.at += option.len();
                timed = Timed::Posix;
            }
        }
        timed
    }

    /// A command without words.
    fn nothing(&mut self) -> Command {
        let at = self.token_start;
        Command {
            kind: CommandKind::Simple { assignments: Vec::new(), words: Vec::new(), arrays: Vec::new() },
            redirections: Vec::new(),
            range: self.fixed.unwrap_or(source::TextRange::new(at, at)),
            line: self.line_of(at),
            source: String::new(),
        }
    }

    pub(crate) fn command(&mut self) -> Parsed<Command> {
        self.enter()?;
        let token = self.next_token()?;
        let start = self.token_start;
        let line = self.line_of(start);
        let (kind, end) = match token {
            Token::If => (self.condition()?, Some(Token::Fi)),
            Token::While | Token::Until => {
                let condition = self.list(Extent::Block)?;
                self.expect(Token::Do)?;
                let body = self.list(Extent::Block)?;
                (CommandKind::While { until: token == Token::Until, condition, body }, Some(Token::Done))
            }
            Token::For => (self.for_loop()?, Some(Token::Done)),
            Token::Select => (self.select()?, Some(Token::Done)),
            Token::Coprocess => (self.coprocess()?, None),
            Token::Conditional => (self.conditional()?, None),
            Token::Case => (self.case()?, None),
            Token::Open if self.dialect == Dialect::Bash && self.peek() == Some(b'(') => {
                self.at += 1;
                let parts = self.arithmetic_parts(None)?;
                (CommandKind::Arithmetic(Word { parts, range: self.range_from(start) }), None)
            }
            Token::Open => (CommandKind::Subshell(self.list(Extent::Block)?), Some(Token::Close)),
            Token::OpenBrace => (CommandKind::Group(self.list(Extent::Block)?), Some(Token::CloseBrace)),
            Token::Function if self.dialect != Dialect::Dash => {
                if self.next_token()? != Token::Word {
                    return self.unexpected(Some(Token::Word));
                }
                let name = self.word.clone();
                if self.next_token()? == Token::Open {
                    self.expect(Token::Close)?;
                } else {
                    self.push_back();
                }
                (self.function(&name)?, None)
            }
            Token::Word | Token::Redirection => {
                self.push_back();
                let command = self.simple(start, line)?;
                self.leave();
                return Ok(command);
            }
            _ => return self.unexpected(None),
        };
        let source_end = match &kind {
            CommandKind::For { .. } | CommandKind::Select { .. } | CommandKind::Case { .. } => self.header_end,
            CommandKind::Arithmetic(_) | CommandKind::Conditional(_) => self.at,
            _ => start,
        };
        let source = self.text.get(start..source_end).unwrap_or_default().to_owned();
        if let Some(end) = end {
            self.expect(end)?;
        }
        let mut redirections = Vec::new();
        let is_function = matches!(kind, CommandKind::Function { .. });
        loop {
            let range = self.range_from(start);
            self.check = KEYWORDS;
            if is_function || self.next_token()? != Token::Redirection {
                if !is_function {
                    self.push_back();
                }
                self.leave();
                return Ok(Command { kind, redirections, range, line, source });
            }
            redirections.push(self.redirection_target()?);
        }
    }

    pub(crate) fn expect(&mut self, token: Token) -> Parsed<()> {
        self.check = if token == Token::Close { Check::default() } else { KEYWORDS };
        if self.next_token()? == token { Ok(()) } else { self.unexpected(Some(token)) }
    }

    fn function(&mut self, name: &Word) -> Parsed<CommandKind> {
        let [Part::Literal(name)] = name.parts.as_slice() else {
            return self.stop("bad function name");
        };
        if self.dialect == Dialect::Dash && !crate::word::is_name(name) {
            return self.stop("bad function name");
        }
        self.check = ANYTHING;
        // POSIX and bash want a compound command; ash and dash take any.
        if self.dialect == Dialect::Bash {
            if matches!(self.next_token()?, Token::Word | Token::Redirection) {
                return self.unexpected(None);
            }
            self.push_back();
        }
        let body = Rc::new(self.command()?);
        Ok(CommandKind::Function { name: name.clone(), body })
    }

    fn simple(&mut self, start: usize, line: u32) -> Parsed<Command> {
        let mut assignments = Vec::new();
        let mut words: Vec<Word> = Vec::new();
        let mut arrays = Vec::new();
        let mut redirections = Vec::new();
        let mut end = self.at;
        let mut brackets = false;
        loop {
            let token = self.next_token()?;
            let closed = words.last().is_some_and(|word| literal(word) == Some("]]"));
            match token {
                Token::Word => {
                    let word = std::mem::take(&mut self.word);
                    if let Some(array) = self.array(&word, words.first())? {
                        if words.is_empty() {
                            assignments.push(array);
                        } else {
                            let parts = vec![Part::Literal(array.name.clone())];
                            words.push(Word { parts, range: word.range });
                            arrays.push(array);
                        }
                        end = self.at;
                        continue;
                    }
                    self.look_for_alias(&word, words.is_empty())?;
                    let assignment = if words.is_empty() { split_assignment(&word, self.dialect) } else { None };
                    brackets |= words.is_empty() && literal(&word) == Some("[[");
                    let declares = words.first().and_then(literal).is_some_and(|name| {
                        self.dialect == Dialect::Bash || matches!(name, "export" | "local" | "readonly")
                    });
                    let word = if declares { crate::word::with_home(word, self.dialect) } else { word };
                    match assignment {
                        Some(assignment) => assignments.push(assignment),
                        None => words.push(word),
                    }
                }
                // Inside ash's [[ ]] these are operators of the test.
                Token::And | Token::Or if brackets && !closed => {
                    let operator = self.text.get(self.token_start..self.at).unwrap_or_default().trim().to_owned();
                    if !operator.is_empty() {
                        let range = self.range_from(self.token_start);
                        words.push(Word { parts: vec![Part::Literal(operator)], range });
                    }
                }
                Token::Redirection => redirections.push(self.redirection_target()?),
                Token::Open if words.len() == 1 && assignments.is_empty() && redirections.is_empty() => {
                    if self.next_token()? != Token::Close {
                        return self.unexpected(Some(Token::Close));
                    }
                    let name = words.pop().unwrap_or_default();
                    let kind = self.function(&name)?;
                    let range = self.range_from(start);
                    return Ok(Command { kind, redirections, range, line, source: String::new() });
                }
                _ => {
                    self.push_back();
                    let range = self.fixed.unwrap_or(source::TextRange::new(start, end));
                    return Ok(Command {
                        kind: CommandKind::Simple { assignments, words, arrays },
                        redirections,
                        range,
                        line,
                        source: self.text.get(start..end).unwrap_or_default().to_owned(),
                    });
                }
            }
            end = self.at;
        }
    }

    fn redirection_target(&mut self) -> Parsed<Redirection> {
        let start = self.token_start;
        let Some(operator) = self.operator.take() else {
            return self.unexpected(None);
        };
        if self.next_token()? != Token::Word {
            return self.unexpected(None);
        }
        let target = std::mem::take(&mut self.word);
        let source = self.text.get(self.token_start..self.at).unwrap_or_default().to_owned();
        if let RedirectionKind::HereDocument(document) = &operator.kind {
            self.await_here_document(document, &target, operator.strip_tabs);
        }
        Ok(Redirection {
            fd: operator.fd,
            variable: operator.variable,
            kind: operator.kind,
            target,
            source,
            range: self.range_from(start),
        })
    }
}

fn literal(word: &Word) -> Option<&str> {
    match word.parts.as_slice() {
        [Part::Literal(text)] => Some(text),
        _ => None,
    }
}
