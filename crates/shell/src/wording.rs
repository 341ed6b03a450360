use crate::lexer::{Parsed, Parser, Token};
use crate::syntax::Dialect;

impl Parser<'_> {
    /// Stops at a token that does not belong there.
    pub(crate) fn unexpected<T>(&mut self, expected: Option<Token>) -> Parsed<T> {
        let expecting = expected.map(|token| format!(" (expecting {})", token.name())).unwrap_or_default();
        let message = match self.dialect {
            Dialect::Ash => format!("syntax error: unexpected {}{expecting}", self.token.name()),
            Dialect::Dash => format!("Syntax error: {} unexpected{expecting}", self.token.name()),
            Dialect::Bash if self.token == Token::End => "syntax error: unexpected end of file".to_owned(),
            Dialect::Bash => {
                let source = self.text.get(self.token_start..self.at).unwrap_or_default().trim();
                let token = if source.is_empty() { "newline" } else { source };
                format!("syntax error near unexpected token `{token}'")
            }
        };
        self.stop_with(message, "shell-syntax")
    }

    /// Stops with one of ash's messages, in the words of the shell that reads.
    pub(crate) fn stop<T>(&mut self, message: &str) -> Parsed<T> {
        let message = match self.dialect {
            Dialect::Ash => format!("syntax error: {message}"),
            Dialect::Dash => {
                let mut letters = message.chars();
                let first = letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter();
                format!("Syntax error: {}", first.chain(letters).collect::<String>())
            }
            Dialect::Bash => match message {
                "unterminated quoted string" => {
                    let quotes = self.text.bytes().filter(|byte| *byte == b'"').count();
                    let quote = if quotes % 2 == 1 { '"' } else { '\'' };
                    format!("unexpected EOF while looking for matching `{quote}'")
                }
                "missing ']'" => "unexpected EOF while looking for matching `]'".to_owned(),
                "missing '}'" => "unexpected EOF while looking for matching `}'".to_owned(),
                "missing '))'" | "missing ')'" => "unexpected EOF while looking for matching `)'".to_owned(),
                "EOF in backquote substitution" => "unexpected EOF while looking for matching ``'".to_owned(),
                _ => format!("syntax error: {message}"),
            },
        };
        self.stop_with(message, "shell-syntax")
    }
}
