use crate::lexer::{Parsed, Parser, Token};
use crate::parser::{ANYTHING, Extent, KEYWORDS};
use crate::syntax::{Arm, ArmEnd, CommandKind, Dialect, List, Part, Word};
use crate::word::is_name;

impl Parser<'_> {
    pub(crate) fn condition(&mut self) -> Parsed<CommandKind> {
        let mut branches = Vec::new();
        loop {
            let condition = self.list(Extent::Block)?;
            self.expect(Token::Then)?;
            branches.push((condition, self.list(Extent::Block)?));
            self.check = KEYWORDS;
            match self.next_token()? {
                Token::Elif => {}
                Token::Else => {
                    let otherwise = Some(self.list(Extent::Block)?);
                    return Ok(CommandKind::If { branches, otherwise });
                }
                _ => {
                    self.push_back();
                    return Ok(CommandKind::If { branches, otherwise: None });
                }
            }
        }
    }

    pub(crate) fn for_loop(&mut self) -> Parsed<CommandKind> {
        if self.dialect == Dialect::Bash && self.take_after_blanks("((") {
            return self.for_arithmetic();
        }
        let name = match (self.next_token()?, self.word.parts.as_slice()) {
            (Token::Word, [Part::Literal(name)]) if is_name(name) => name.clone(),
            _ => return self.stop("bad for loop variable"),
        };
        let words = self.listed_words()?;
        let header_end = self.header_end;
        let body = self.do_list()?;
        self.header_end = header_end;
        Ok(CommandKind::For { name, words, body })
    }

    /// bash's `select`, up to its body's end.
    pub(crate) fn select(&mut self) -> Parsed<CommandKind> {
        let name = match (self.next_token()?, self.word.parts.as_slice()) {
            (Token::Word, [Part::Literal(name)]) => name.clone(),
            _ => return self.unexpected(None),
        };
        let words = self.listed_words()?;
        let header_end = self.header_end;
        let body = self.do_list()?;
        self.header_end = header_end;
        Ok(CommandKind::Select { name, words, body })
    }

    /// bash's `coproc`: a name only before a compound command.
    pub(crate) fn coprocess(&mut self) -> Parsed<CommandKind> {
        self.skip_blanks();
        let rest = self.text.get(self.at..).unwrap_or_default();
        let (first, behind) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let named = is_name(first) && behind.trim_start().starts_with(['{', '(']);
        let mut name = "COPROC".to_owned();
        if named {
            self.at += first.len();
            first.clone_into(&mut name);
        }
        self.check = KEYWORDS;
        let body = std::rc::Rc::new(self.command()?);
        Ok(CommandKind::Coprocess { name, body })
    }

    /// The words of `for` and `select`; `None` without `in`.
    fn listed_words(&mut self) -> Parsed<Option<Vec<Word>>> {
        self.header_end = self.at;
        self.check = ANYTHING;
        Ok(if self.next_token()? == Token::In {
            let mut words = Vec::new();
            self.header_end = self.at;
            while self.next_token()? == Token::Word {
                words.push(std::mem::take(&mut self.word));
                self.header_end = self.at;
            }
            if !matches!(self.token, Token::Newline | Token::Semicolon) {
                return self.unexpected(None);
            }
            if self.token == Token::Newline {
                self.here_documents()?;
            }
            Some(words)
        } else {
            if self.token != Token::Semicolon {
                self.push_back();
            }
            None
        })
    }

    fn take_after_blanks(&mut self, text: &str) -> bool {
        let before = self.at;
        self.skip_blanks();
        let taken = self.take(text);
        if !taken {
            self.at = before;
        }
        taken
    }

    fn for_arithmetic(&mut self) -> Parsed<CommandKind> {
        let mut expressions: [Word; 3] = Default::default();
        for (index, expression) in expressions.iter_mut().enumerate() {
            let start = self.at;
            let parts = self.arithmetic_parts((index < 2).then_some(b';'))?;
            *expression = Word { parts, range: self.range_from(start) };
        }
        self.check = ANYTHING;
        if self.next_token()? != Token::Semicolon {
            self.push_back();
        }
        let body = self.do_list()?;
        Ok(CommandKind::ForArithmetic { expressions, body })
    }

    fn do_list(&mut self) -> Parsed<List> {
        self.check = ANYTHING;
        if self.next_token()? != Token::Do {
            return self.unexpected(Some(Token::Do));
        }
        self.list(Extent::Block)
    }

    pub(crate) fn case(&mut self) -> Parsed<CommandKind> {
        if self.next_token()? != Token::Word {
            return self.unexpected(Some(Token::Word));
        }
        let word = std::mem::take(&mut self.word);
        self.check = ANYTHING;
        if self.next_token()? != Token::In {
            return self.unexpected(Some(Token::In));
        }
        let header_end = self.at;
        let arms = self.arms()?;
        self.header_end = header_end;
        Ok(CommandKind::Case { word, arms })
    }

    fn arms(&mut self) -> Parsed<Vec<Arm>> {
        let mut arms = Vec::new();
        loop {
            self.check = ANYTHING;
            match self.next_token()? {
                Token::Esac => return Ok(arms),
                Token::Open => {
                    self.next_token()?;
                }
                _ => {}
            }
            let mut patterns = Vec::new();
            loop {
                // Reserved words are plain words here; anything else that is no word fails at the parenthesis.
                if matches!(self.token, Token::End | Token::Newline | Token::Redirection) {
                    return self.unexpected(Some(Token::Close));
                }
                patterns.push(std::mem::take(&mut self.word));
                if self.next_token()? != Token::Pipe {
                    break;
                }
                self.next_token()?;
            }
            if self.token != Token::Close {
                return self.unexpected(Some(Token::Close));
            }
            let body = self.list(Extent::Arm)?;
            self.check = ANYTHING;
            let token = self.next_token()?;
            let end = match token {
                Token::FallThrough => ArmEnd::FallThrough,
                Token::TestNext => ArmEnd::TestNext,
                _ => ArmEnd::Break,
            };
            arms.push(Arm { patterns, body, end });
            match token {
                Token::Esac => return Ok(arms),
                Token::EndArm | Token::FallThrough | Token::TestNext => {}
                _ => return self.unexpected(Some(Token::EndArm)),
            }
        }
    }
}
