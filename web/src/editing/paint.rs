//! A text's colours and marks as numbers, as the editor of `web/js` takes them.

use report::{Report, TextRange};

use super::{Places, is_marked, mark_class, token_class};

/// The classes that colours and marks are counted through. What has none of them is plain.
pub const CLASSES: [&str; 12] = [
    "tok-comment",
    "tok-directive",
    "tok-keyword",
    "tok-flag",
    "tok-name",
    "tok-string",
    "tok-variable",
    "tok-operator",
    "tok-heredoc",
    "mark-error",
    "mark-warning",
    "mark-note",
];

/// The colours: for each piece of the text, where it begins and ends and the index of its class.
pub fn colours(places: &Places<'_>, report: &Report) -> Vec<u32> {
    triples(places, report.tokens.iter().map(|token| (token.range, token_class(token.kind))))
}

/// The same of what there is something to say about.
pub fn marks(places: &Places<'_>, report: &Report) -> Vec<u32> {
    let problems = report.problems.iter().map(|problem| &problem.diagnostic).filter(|diagnostic| is_marked(diagnostic));
    triples(places, problems.map(|diagnostic| (diagnostic.range, mark_class(diagnostic.severity))))
}

fn triples<'a>(places: &Places<'_>, ranges: impl Iterator<Item = (TextRange, &'a str)>) -> Vec<u32> {
    ranges
        .filter_map(|(range, class)| {
            let class = CLASSES.iter().position(|known| *known == class)?;
            Some([places.unit(range.start), places.unit(range.end), u32::try_from(class).ok()?])
        })
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use report::{Token, TokenKind};

    use super::*;

    #[test]
    fn plain_pieces_are_left_out_and_offsets_are_the_editors() {
        let text = "# あ\r\nRUN b";
        let token = |kind, start, end| Token { kind, range: TextRange::new(start, end) };
        let tokens = vec![
            token(TokenKind::Comment, 0, 5),
            token(TokenKind::Space, 5, 7),
            token(TokenKind::Keyword, 7, 10),
            token(TokenKind::Text, 10, 12),
        ];
        let report = Report { tokens, ..Report::default() };
        assert_eq!(colours(&Places::new(text), &report), [0, 3, 0, 4, 7, 2]);
    }
}
