use std::collections::BTreeMap;

use source::TextRange;

use crate::aliases::Expansions;
use crate::here_document::Pending;
use crate::syntax::{Dialect, HereDocument, Part, RedirectionKind, Word};

/// The tokens of the language, named as ash's messages name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    End,
    Newline,
    Redirection,
    Word,
    Semicolon,
    Ampersand,
    And,
    Or,
    Pipe,
    Open,
    Close,
    EndArm,
    FallThrough,
    TestNext,
    Not,
    Case,
    Do,
    Done,
    Elif,
    Else,
    Esac,
    Fi,
    For,
    Function,
    If,
    In,
    Select,
    Coprocess,
    Conditional,
    Then,
    Until,
    While,
    OpenBrace,
    CloseBrace,
}

/// The reserved words.
const KEYWORDS: &[(&str, Token)] = &[
    ("!", Token::Not),
    ("case", Token::Case),
    ("do", Token::Do),
    ("done", Token::Done),
    ("elif", Token::Elif),
    ("else", Token::Else),
    ("esac", Token::Esac),
    ("fi", Token::Fi),
    ("for", Token::For),
    ("function", Token::Function),
    ("if", Token::If),
    ("in", Token::In),
    ("select", Token::Select),
    ("coproc", Token::Coprocess),
    ("[[", Token::Conditional),
    ("then", Token::Then),
    ("until", Token::Until),
    ("while", Token::While),
    ("{", Token::OpenBrace),
    ("}", Token::CloseBrace),
];

impl Token {
    /// How a message names it.
    pub(crate) fn name(self) -> String {
        let plain = match self {
            Token::End => "end of file",
            Token::Newline => "newline",
            Token::Redirection => "redirection",
            Token::Word => "word",
            Token::Semicolon => "\";\"",
            Token::Ampersand => "\"&\"",
            Token::And => "\"&&\"",
            Token::Or => "\"||\"",
            Token::Pipe => "\"|\"",
            Token::Open => "\"(\"",
            Token::Close => "\")\"",
            Token::EndArm => "\";;\"",
            Token::FallThrough => "\";&\"",
            Token::TestNext => "\";;&\"",
            _ => {
                let keyword = KEYWORDS.iter().find(|(_, token)| *token == self);
                return format!("\"{}\"", keyword.map_or("", |(name, _)| name));
            }
        };
        plain.to_owned()
    }

    /// Whether a list ends before it.
    pub(crate) fn ends_list(self) -> bool {
        matches!(
            self,
            Token::End
                | Token::Close
                | Token::EndArm
                | Token::FallThrough
                | Token::TestNext
                | Token::Do
                | Token::Done
                | Token::Elif
                | Token::Else
                | Token::Esac
                | Token::Fi
                | Token::Then
                | Token::CloseBrace
        )
    }
}

/// Why the reading stops: the message is in the parser.
#[derive(Debug)]
pub(crate) struct Stop;

/// The outcome of reading something.
pub(crate) type Parsed<T> = Result<T, Stop>;

/// A redirection operator that was read, before its target.
#[derive(Clone, Debug)]
pub(crate) struct Operator {
    pub(crate) fd: Option<u32>,
    pub(crate) variable: Option<String>,
    pub(crate) kind: RedirectionKind,
    pub(crate) strip_tabs: bool,
}

/// What the next token may be besides a plain word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Check {
    /// Newlines are skipped.
    pub(crate) newlines: bool,
    /// Reserved words count.
    pub(crate) keywords: bool,
}

/// The state of reading one text.
#[derive(Debug)]
pub(crate) struct Parser<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: usize,
    pub(crate) dialect: Dialect,
    pub(crate) depth: usize,
    /// The range that everything gets, for text that was unescaped first (backquotes).
    pub(crate) fixed: Option<TextRange>,
    pub(crate) first_line: u32,
    line: (usize, u32),
    pub(crate) error: Option<(String, &'static str, TextRange)>,
    pub(crate) error_line: u32,
    // The token that was read last.
    pub(crate) token: Token,
    pub(crate) token_start: usize,
    pub(crate) word: Word,
    pub(crate) operator: Option<Operator>,
    pushed_back: bool,
    pub(crate) check: Check,
    pub(crate) pending: Vec<Pending>,
    /// Whether bash's extended patterns are words here.
    pub(crate) extended_patterns: bool,
    pub(crate) aliases: Option<&'a BTreeMap<String, String>>,
    pub(crate) expansions: Expansions,
    /// Where what stands before the body of the last `for`, `select` or `case` ends.
    pub(crate) header_end: usize,
    pub(crate) warning: Option<(u32, String)>,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str, dialect: Dialect) -> Parser<'a> {
        Parser {
            text,
            at: 0,
            dialect,
            depth: 0,
            fixed: None,
            first_line: 1,
            line: (0, 0),
            error: None,
            error_line: 0,
            token: Token::Newline,
            token_start: 0,
            word: Word::default(),
            operator: None,
            pushed_back: false,
            check: Check::default(),
            pending: Vec::new(),
            extended_patterns: false,
            aliases: None,
            expansions: Expansions::default(),
            header_end: 0,
            warning: None,
        }
    }

    /// The byte at the position.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte `ahead` bytes behind the position.
    pub(crate) fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// Takes `text` if it comes next.
    pub(crate) fn take(&mut self, text: &str) -> bool {
        let found = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(text));
        if found {
            self.at += text.len();
        }
        found
    }

    /// Takes one character.
    pub(crate) fn next_char(&mut self) -> Option<char> {
        let next = self.text.get(self.at..)?.chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// The range from `start` to the position.
    pub(crate) fn range_from(&self, start: usize) -> TextRange {
        self.fixed.unwrap_or(TextRange::new(start, self.at))
    }

    /// The line of the position, from 1. Positions mostly grow, so the count goes on from the last one.
    pub(crate) fn line_of(&mut self, at: usize) -> u32 {
        let (from, count) = if at >= self.line.0 { self.line } else { (0, 0) };
        let newlines = self.text.as_bytes().get(from..at).map_or(0, |b| b.iter().filter(|&&b| b == b'\n').count());
        let count = count + u32::try_from(newlines).unwrap_or(u32::MAX);
        self.line = (at, count);
        self.first_line.saturating_add(count)
    }

    /// Stops with a message.
    pub(crate) fn stop_with<T>(&mut self, message: String, code: &'static str) -> Parsed<T> {
        if self.error.is_none() {
            let start = self.token_start.min(self.at);
            let range = self.range_from(start);
            let brace = message.to_lowercase().ends_with("missing '}'");
            // bash counts where the token begins, and of what has no end where that does.
            let at = if self.dialect == Dialect::Bash || brace { start } else { self.at };
            self.error_line = self.line_of(at);
            self.error = Some((message, code, range));
        }
        Err(Stop)
    }

    /// Goes one level deeper, or stops at the limit.
    pub(crate) fn enter(&mut self) -> Parsed<()> {
        if self.depth >= crate::MAX_NESTING {
            return self.stop_with("nesting too deep".to_owned(), "shell-nesting");
        }
        self.depth += 1;
        Ok(())
    }

    /// Comes back up from [`Parser::enter`].
    pub(crate) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// The next [`Parser::next_token`] gives the last token again.
    pub(crate) fn push_back(&mut self) {
        self.pushed_back = true;
    }

    /// Reads a token; what counts besides words is in `check`, which holds for one token.
    pub(crate) fn next_token(&mut self) -> Parsed<Token> {
        let check = std::mem::take(&mut self.check);
        let mut token = self.raw_token()?;
        if check.newlines {
            while token == Token::Newline {
                self.here_documents()?;
                token = self.raw_token()?;
            }
        }
        if token == Token::Word
            && check.keywords
            && let [Part::Literal(text)] = self.word.parts.as_slice()
            && let Some(&(_, keyword)) = KEYWORDS.iter().find(|(name, _)| name == text)
            && !(keyword == Token::Function && self.dialect == Dialect::Dash)
            && (self.dialect == Dialect::Bash
                || !matches!(keyword, Token::Select | Token::Coprocess | Token::Conditional))
        {
            token = keyword;
        }
        self.token = token;
        Ok(token)
    }

    fn raw_token(&mut self) -> Parsed<Token> {
        if self.pushed_back {
            self.pushed_back = false;
            return Ok(self.token);
        }
        self.skip_blanks();
        self.token_start = self.at;
        let Some(byte) = self.peek() else {
            return Ok(Token::End);
        };
        if let Some(token) = self.redirection() {
            return Ok(token);
        }
        let two = |next: u8| self.peek_at(1) == Some(next);
        let (token, length) = match byte {
            b'\n' => (Token::Newline, 1),
            b'&' if two(b'&') => (Token::And, 2),
            b'&' => (Token::Ampersand, 1),
            b'|' if two(b'|') => (Token::Or, 2),
            b'|' => (Token::Pipe, 1),
            b';' if two(b';') && self.peek_at(2) == Some(b'&') && self.dialect == Dialect::Bash => (Token::TestNext, 3),
            b';' if two(b';') => (Token::EndArm, 2),
            b';' if two(b'&') && self.peek_at(2) != Some(b'&') && self.dialect == Dialect::Bash => {
                (Token::FallThrough, 2)
            }
            b';' => (Token::Semicolon, 1),
            b'(' => (Token::Open, 1),
            b')' => (Token::Close, 1),
            _ => {
                self.word = self.read_word()?;
                return Ok(Token::Word);
            }
        };
        self.at += length;
        Ok(token)
    }

    /// Skips blanks, comments and line continuations.
    pub(crate) fn skip_blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'\\') if self.peek_at(1) == Some(b'\n') => self.at += 2,
                Some(b'#') => {
                    let rest = self.text.get(self.at..).unwrap_or_default();
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    /// Reads a redirection operator with the number before it.
    fn redirection(&mut self) -> Option<Token> {
        let start = self.at;
        let variable = self.descriptor_variable();
        if let Some(name) = &variable {
            self.at += name.len() + 2;
        }
        let found = self.redirection_operator(variable);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    /// bash's `{NAME}` right before a redirection.
    fn descriptor_variable(&self) -> Option<String> {
        let rest = self.text.get(self.at..)?.strip_prefix('{').filter(|_| self.dialect == Dialect::Bash)?;
        let (name, behind) = rest.split_once('}')?;
        let plain = name.split_once('[').map_or(name, |(name, _)| name);
        (crate::word::is_name(plain) && !name.contains(char::is_whitespace) && behind.starts_with(['<', '>']))
            .then(|| name.to_owned())
    }

    fn redirection_operator(&mut self, variable: Option<String>) -> Option<Token> {
        let start = self.at;
        let digits = self.text.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
        let rest = self.text.get(start..)?;
        let dash = self.dialect == Dialect::Dash;
        if !dash && (rest.starts_with("<(") || rest.starts_with(">(")) {
            return None;
        }
        let both = !dash && rest.starts_with("&>");
        if !both && !matches!(self.peek_at(digits), Some(b'<' | b'>')) {
            return None;
        }
        let fd = if digits == 0 { None } else { self.text.get(start..start + digits)?.parse().ok() };
        if digits > 0 && fd.is_none() {
            return None;
        }
        self.at += digits;
        let here = RedirectionKind::HereDocument(HereDocument::default());
        let operators = [
            ("&>>", RedirectionKind::AppendBoth),
            ("&>", RedirectionKind::WriteBoth),
            ("<<<", RedirectionKind::HereString),
            ("<<-", here.clone()),
            ("<<", here),
            ("<&", RedirectionKind::DuplicateInput),
            ("<>", RedirectionKind::ReadWrite),
            ("<", RedirectionKind::Read),
            (">>", RedirectionKind::Append),
            (">&", RedirectionKind::DuplicateOutput),
            (">|", RedirectionKind::Clobber),
            (">", RedirectionKind::Write),
        ];
        for (text, kind) in operators {
            let foreign = dash && kind == RedirectionKind::HereString;
            if !foreign && self.take(text) {
                self.operator = Some(Operator { fd, variable, kind, strip_tabs: text == "<<-" });
                return Some(Token::Redirection);
            }
        }
        self.at = start;
        None
    }
}
