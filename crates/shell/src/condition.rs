//! bash's `[[ … ]]`.

use crate::lexer::{Check, Parsed, Parser, Token};
use crate::syntax::{CommandKind, Condition, Part, RedirectionKind, Word};

/// The operators before one word.
const UNARY: &str = "abcdefghknoprstuvwxzGLNORS";
/// The operators between two words, besides `<` and `>`.
const BINARY: [&str; 14] = ["=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "-="];

fn plain(word: &Word) -> Option<&str> {
    match word.parts.as_slice() {
        [Part::Literal(text)] => Some(text),
        _ => None,
    }
}

impl Parser<'_> {
    /// What stands between the brackets, of which the first has been read.
    pub(crate) fn conditional(&mut self) -> Parsed<CommandKind> {
        let outer = std::mem::replace(&mut self.extended_patterns, true);
        let condition = self.any_of();
        self.extended_patterns = outer;
        let condition = condition?;
        if self.condition_token()? == Token::Word && plain(&self.word) == Some("]]") {
            return Ok(CommandKind::Conditional(condition));
        }
        let token = self.source_of_token();
        self.stop_in_condition(format!("syntax error in conditional expression: unexpected token `{token}'"))
    }

    fn condition_token(&mut self) -> Parsed<Token> {
        self.check = Check { newlines: true, keywords: false };
        self.next_token()
    }

    fn source_of_token(&self) -> String {
        let source = self.text.get(self.token_start..self.at).unwrap_or_default().trim();
        if source.is_empty() { "newline".to_owned() } else { source.to_owned() }
    }

    fn stop_in_condition<T>(&mut self, message: String) -> Parsed<T> {
        self.stop_with(message, "shell-condition")
    }

    fn any_of(&mut self) -> Parsed<Condition> {
        let mut left = self.all_of()?;
        while self.condition_token()? == Token::Or {
            left = Condition::Or(Box::new((left, self.all_of()?)));
        }
        self.push_back();
        Ok(left)
    }

    fn all_of(&mut self) -> Parsed<Condition> {
        let mut left = self.term()?;
        while self.condition_token()? == Token::And {
            left = Condition::And(Box::new((left, self.term()?)));
        }
        self.push_back();
        Ok(left)
    }

    fn term(&mut self) -> Parsed<Condition> {
        self.enter()?;
        let term = self.term_inside()?;
        self.leave();
        Ok(term)
    }

    fn term_inside(&mut self) -> Parsed<Condition> {
        match self.condition_token()? {
            Token::Open => {
                let inner = self.any_of()?;
                if self.condition_token()? == Token::Close {
                    return Ok(inner);
                }
                let token = self.source_of_token();
                return self.stop_in_condition(format!("unexpected token `{token}', expected `)'"));
            }
            Token::Word => {}
            _ => return self.unexpected(None),
        }
        let left = std::mem::take(&mut self.word);
        match plain(&left) {
            Some("!") => return Ok(Condition::Not(Box::new(self.term()?))),
            // What follows nothing has no words of its own.
            Some("]]") => return self.stop_in_condition(String::new()),
            _ => {}
        }
        let letter = plain(&left).and_then(|text| text.strip_prefix('-')).filter(|letter| letter.len() == 1);
        if let Some(letter) = letter.filter(|letter| UNARY.contains(letter)) {
            let operator = letter.to_owned();
            let token = self.condition_token()?;
            let ends = plain(&self.word) == Some("]]");
            if token != Token::Word || ends {
                let token = self.source_of_token();
                let message = format!("unexpected argument `{token}' to conditional unary operator");
                return self.stop_in_condition(message);
            }
            return Ok(Condition::Unary { operator, operand: std::mem::take(&mut self.word) });
        }
        let token = self.condition_token()?;
        let operator = match token {
            Token::Word => plain(&self.word).filter(|text| BINARY.contains(text)).map(str::to_owned),
            Token::Redirection => match self.operator.as_ref().map(|operator| (operator.fd, &operator.kind)) {
                Some((None, RedirectionKind::Read)) => Some("<".to_owned()),
                Some((None, RedirectionKind::Write)) => Some(">".to_owned()),
                _ => None,
            },
            _ => None,
        };
        let Some(operator) = operator else {
            let ends = matches!(token, Token::And | Token::Or | Token::Close)
                || (token == Token::Word && plain(&self.word) == Some("]]"));
            if ends {
                self.push_back();
                return Ok(Condition::Text(left));
            }
            if token == Token::Word {
                return self.stop_in_condition("conditional binary operator expected".to_owned());
            }
            let token = self.source_of_token();
            let message = format!("unexpected token `{token}', conditional binary operator expected");
            return self.stop_with(message, "shell-syntax");
        };
        let right = if operator == "=~" {
            self.regular_expression()?
        } else {
            let token = self.condition_token()?;
            if token != Token::Word || plain(&self.word) == Some("]]") {
                let token = self.source_of_token();
                let message = format!("unexpected argument `{token}' to conditional binary operator");
                return self.stop_in_condition(message);
            }
            std::mem::take(&mut self.word)
        };
        Ok(Condition::Binary { left, operator, right })
    }

    /// The word behind `=~`, in which only blanks are special.
    fn regular_expression(&mut self) -> Parsed<Word> {
        self.skip_blanks();
        let start = self.at;
        let mut parts = Vec::new();
        self.word_parts(crate::word::Until::Regex, &mut parts)?;
        Ok(Word { parts, range: self.range_from(start) })
    }
}
