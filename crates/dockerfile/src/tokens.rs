//! The source as classified pieces. Every byte is painted with a kind, later coats over earlier ones, so that nothing
//! can be left out or be there twice.

use std::ops::Range;

use source::TextRange;

use crate::joined::Joined;
use crate::node::{Arguments, Command};
use crate::reader::{Placed, Reading};
use crate::{Token, TokenKind};

/// The pieces of a text that was read.
pub(crate) fn tokens(text: &str, reading: &Reading) -> Vec<Token> {
    let mut canvas = Canvas::new(text);
    for placed in &reading.nodes {
        node(&mut canvas, placed, reading.escape);
    }
    for (ranges, kind) in [
        (&reading.comments, TokenKind::Comment),
        (&reading.directives, TokenKind::Directive),
        (&reading.continuations, TokenKind::Operator),
    ] {
        ranges.iter().for_each(|&range| canvas.paint(range, kind));
    }
    canvas.tokens(text)
}

struct Canvas {
    kinds: Vec<TokenKind>,
}

impl Canvas {
    fn new(text: &str) -> Canvas {
        let mut kinds = Vec::with_capacity(text.len());
        for c in text.chars() {
            let space = c.is_whitespace() || c == '\u{feff}';
            let kind = if space { TokenKind::Space } else { TokenKind::Text };
            kinds.extend(std::iter::repeat_n(kind, c.len_utf8()));
        }
        Canvas { kinds }
    }

    fn paint(&mut self, range: TextRange, kind: TokenKind) {
        if let Some(bytes) = self.kinds.get_mut(range.start..range.end) {
            bytes.fill(kind);
        }
    }

    fn paint_joined(&mut self, line: &Joined, range: &Range<usize>, kind: TokenKind) {
        line.pieces(range).into_iter().for_each(|piece| self.paint(piece, kind));
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        for (at, c) in text.char_indices() {
            let kind = self.kinds.get(at).copied().unwrap_or(TokenKind::Text);
            let end = at + c.len_utf8();
            match tokens.last_mut() {
                Some(last) if last.kind == kind => last.range.end = end,
                _ => tokens.push(Token { kind, range: TextRange::new(at, end) }),
            }
        }
        tokens
    }
}

fn node(canvas: &mut Canvas, placed: &Placed, escape: char) {
    let line = &placed.node.line;
    for command in std::iter::once(&placed.node.command).chain(&placed.node.triggers) {
        paint_command(canvas, line, command, escape);
    }
    if !placed.heredocs.is_empty() {
        marks(canvas, line);
    }
    for heredoc in &placed.heredocs {
        canvas.paint(heredoc.range, TokenKind::HeredocBody);
        canvas.paint(heredoc.end, TokenKind::HeredocMark);
    }
}

fn paint_command(canvas: &mut Canvas, line: &Joined, command: &Command, escape: char) {
    canvas.paint_joined(line, &command.keyword, TokenKind::Keyword);
    for flag in &command.flags {
        canvas.paint_joined(line, &flag.range, TokenKind::Flag);
        variables(canvas, line, &flag.range, escape);
    }
    let keyword = command.keyword(line);
    match &command.arguments {
        Arguments::Json(strings) => json(canvas, line, &command.rest, strings),
        Arguments::Text(range) => text(canvas, line, range, escape, is_shell(&keyword)),
        Arguments::Pairs(pairs) => {
            for (key, value, _) in pairs {
                canvas.paint_joined(line, key, TokenKind::Name);
                text(canvas, line, value, escape, false);
            }
        }
        Arguments::Health(kind, inner) => {
            canvas.paint_joined(line, kind, TokenKind::Keyword);
            match &**inner {
                Arguments::Json(strings) => json(canvas, line, &(kind.end..command.rest.end), strings),
                Arguments::Text(range) => text(canvas, line, range, escape, true),
                _ => {}
            }
        }
        Arguments::Words(words) if keyword == "from" => from(canvas, line, words, escape),
        Arguments::Words(words) => words.iter().for_each(|word| text(canvas, line, word, escape, false)),
        Arguments::None => {}
    }
}

fn is_shell(keyword: &str) -> bool {
    matches!(keyword, "run" | "cmd" | "entrypoint")
}

fn from(canvas: &mut Canvas, line: &Joined, words: &[Range<usize>], escape: char) {
    for (index, word) in words.iter().enumerate() {
        let keyword = index == 1 && line.of(word).eq_ignore_ascii_case("as");
        canvas.paint_joined(line, word, if keyword { TokenKind::Keyword } else { TokenKind::Name });
        variables(canvas, line, word, escape);
    }
}

/// A JSON array: what is not one of its strings is an operator.
fn json(canvas: &mut Canvas, line: &Joined, range: &Range<usize>, strings: &[(String, Range<usize>)]) {
    for (at, c) in line.of(range).char_indices() {
        if matches!(c, '[' | ']' | ',') {
            let at = range.start + at;
            canvas.paint_joined(line, &(at..at + 1), TokenKind::Operator);
        }
    }
    for (_, string) in strings {
        canvas.paint_joined(line, string, TokenKind::String);
    }
}

/// Quotes, variables and, in a text for the shell, operators.
fn text(canvas: &mut Canvas, line: &Joined, range: &Range<usize>, escape: char, shell: bool) {
    let mut quote: Option<(char, usize)> = None;
    let mut chars = line.of(range).char_indices();
    while let Some((at, c)) = chars.next() {
        let at = range.start + at;
        match quote {
            Some((open, start)) if c == open => {
                canvas.paint_joined(line, &(start..at + 1), TokenKind::String);
                quote = None;
            }
            Some((open, _)) if c == escape && open == '"' => drop(chars.next()),
            Some(_) => {}
            None if c == escape => drop(chars.next()),
            None if c == '"' || c == '\'' => quote = Some((c, at)),
            None if shell && matches!(c, '&' | '|' | ';') => {
                canvas.paint_joined(line, &(at..at + 1), TokenKind::Operator);
            }
            None => {}
        }
    }
    variables(canvas, line, range, escape);
}

/// `$name` and `${…}`, but for those in single quotes.
fn variables(canvas: &mut Canvas, line: &Joined, range: &Range<usize>, escape: char) {
    let mut single = false;
    let mut double = false;
    let mut chars = line.of(range).char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' if !double => single = !single,
            '"' if !single => double = !double,
            c if c == escape && !single => drop(chars.next()),
            '$' if !single => {
                let start = range.start + at;
                let end = range.start + at + variable_length(line.of(&(start..range.end)));
                while chars.next_if(|&(next, _)| range.start + next < end).is_some() {}
                if end > start + 1 {
                    canvas.paint_joined(line, &(start..end), TokenKind::Variable);
                }
            }
            _ => {}
        }
    }
}

/// The length of the variable that `text` begins with, `$` included; 1 where none follows.
fn variable_length(text: &str) -> usize {
    let after = text.get(1..).unwrap_or_default();
    if after.starts_with('{') {
        return after.find('}').map_or(1, |close| close + 2);
    }
    let name = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
    1 + name
}

/// The marks of heredocs: words that contain `<<` outside of quotes, from there on.
fn marks(canvas: &mut Canvas, line: &Joined) {
    let whole = 0..line.text.len();
    for word in crate::words::quoted(line.of(&whole), 0, '\\') {
        let text = line.of(&word).trim_start_matches(|c: char| c.is_ascii_digit());
        if text.starts_with("<<") && !text.starts_with("<<<") {
            canvas.paint_joined(line, &word, TokenKind::HeredocMark);
        }
    }
}
