use report::{Diagnostic, Severity, TextRange, Token, TokenKind};

/// The longest line that is drawn in colours, in bytes: browsers take long to lay out longer ones.
pub const LONGEST_LINE: usize = 4_000;

/// A range that something is said about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub range: TextRange,
    /// How much it weighs.
    pub severity: Severity,
}

/// A piece of a line in one colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// The heaviest thing that is said about it.
    pub severity: Option<Severity>,
    /// Its text.
    pub text: &'a str,
}

/// Whether a line is too long to be drawn in colours.
pub fn has_long_line(text: &str) -> bool {
    text.len() > LONGEST_LINE && text.split('\n').any(|line| line.len() > LONGEST_LINE)
}

/// The pieces of one line: `line` is its range without the line end. `tokens` cover the text in order; where they do
/// not (they are of another text), the rest is plain. Ranges that cut a character in two are left out.
pub fn line_pieces<'a>(text: &'a str, tokens: &[Token], marks: &[Mark], line: TextRange) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut at = line.start;
    let first = tokens.partition_point(|token| token.range.end <= line.start);
    let here: Vec<Mark> = marks.iter().filter(|mark| touches(mark.range, line)).copied().collect();
    for token in tokens.iter().skip(first).take_while(|token| token.range.start < line.end) {
        let end = token.range.end.min(line.end);
        cut(text, token.kind, &here, TextRange::new(at, end), &mut pieces);
        at = at.max(end);
    }
    cut(text, TokenKind::Text, &here, TextRange::new(at, line.end), &mut pieces);
    pieces
}

/// Cuts a range where marks begin and end.
fn cut<'a>(text: &'a str, kind: TokenKind, marks: &[Mark], range: TextRange, pieces: &mut Vec<Piece<'a>>) {
    let mut at = range.start;
    while at < range.end {
        let bounds = marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]);
        let next = bounds.filter(|&bound| bound > at).min().unwrap_or(range.end).min(range.end);
        let severity = marks.iter().filter(|mark| mark.range.contains(at)).map(|mark| mark.severity).min();
        if let Some(text) = text.get(at..next) {
            pieces.push(Piece { kind, severity, text });
        }
        at = next;
    }
}

fn touches(mark: TextRange, line: TextRange) -> bool {
    mark.start < line.end && mark.end > line.start
}

/// The class that carries the colour of a kind of token.
pub fn token_class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Comment => "tok-comment",
        TokenKind::Directive => "tok-directive",
        TokenKind::Keyword => "tok-keyword",
        TokenKind::Flag => "tok-flag",
        TokenKind::Name => "tok-name",
        TokenKind::String => "tok-string",
        TokenKind::Variable => "tok-variable",
        TokenKind::Operator => "tok-operator",
        TokenKind::HeredocMark => "tok-heredoc",
        TokenKind::Space | TokenKind::HeredocBody | TokenKind::Text => "tok-text",
    }
}

/// Whether the text is marked for what is said: tips are about whole instructions, and wrong is nothing in them.
pub fn is_marked(diagnostic: &Diagnostic) -> bool {
    !diagnostic.code.starts_with("tip-")
}

/// The class of what is said about a range.
pub fn mark_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "mark-error",
        Severity::Warning => "mark-warning",
        Severity::Note => "mark-note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(kind: TokenKind, start: usize, end: usize) -> Token {
        Token { kind, range: TextRange::new(start, end) }
    }

    fn pieces(text: &str, tokens: &[Token], marks: &[Mark], line: (usize, usize)) -> Vec<String> {
        let pieces = line_pieces(text, tokens, marks, TextRange::new(line.0, line.1));
        pieces
            .iter()
            .map(|p| format!("{:?}{} {}", p.kind, if p.severity.is_some() { "!" } else { "" }, p.text))
            .collect()
    }

    #[test]
    fn a_line_is_cut_at_tokens_and_marks() {
        let text = "FROM a\nRUN b c\n";
        let tokens = [
            token(TokenKind::Keyword, 0, 4),
            token(TokenKind::Name, 4, 7),
            token(TokenKind::Keyword, 7, 10),
            token(TokenKind::Text, 10, 15),
        ];
        let mark = Mark { range: TextRange::new(11, 12), severity: Severity::Error };
        assert_eq!(pieces(text, &tokens, &[mark], (7, 14)), ["Keyword RUN", "Text  ", "Text! b", "Text  c"]);
        assert_eq!(pieces(text, &tokens, &[mark], (0, 6)), ["Keyword FROM", "Name  a"]);
    }

    #[test]
    fn tokens_of_another_text_lose_nothing_and_do_not_panic() {
        let text = "あい\nう";
        let tokens = [token(TokenKind::Keyword, 0, 3), token(TokenKind::Text, 900, 901)];
        assert_eq!(pieces(text, &tokens, &[], (0, 6)), ["Keyword あ", "Text い"]);
        assert_eq!(pieces(text, &[], &[], (7, 10)), ["Text う"]);
        assert_eq!(pieces(text, &[], &[], (10, 10)), Vec::<String>::new());
    }

    #[test]
    fn very_long_lines_are_noticed() {
        assert!(!has_long_line(&"a\n".repeat(10_000)));
        assert!(has_long_line(&"a".repeat(LONGEST_LINE + 1)));
    }
}
