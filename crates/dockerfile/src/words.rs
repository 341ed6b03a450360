//! Arguments as words.

use std::ops::Range;

/// Blanks that separate words: all that BuildKit's `reWhitespace` knows, which is not all of Unicode's.
pub(crate) fn is_blank(c: char) -> bool {
    matches!(c, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ')
}

/// The words of `text`, blanks between them, whatever quotes it holds. Ranges begin at `base`.
pub(crate) fn plain(text: &str, base: usize) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (is_blank(c), start) {
            (true, Some(from)) => {
                words.push(base + from..base + at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.extend(start.map(|from| base + from..base + text.len()));
    words
}

/// The text cut in two at its first blanks; None without any.
pub(crate) fn cut(text: &str, base: usize) -> Option<(Range<usize>, Range<usize>)> {
    let first = text.find(is_blank)?;
    let rest = text.get(first..).unwrap_or_default();
    let second = first + rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
    Some((base..base + first, base + second..base + text.len()))
}

/// The words of `text`, where quotes and the escape character keep blanks inside a word. Quotes stay in the word; an
/// escape character at the very end is dropped. BuildKit's `parseWords`.
pub(crate) fn quoted(text: &str, base: usize, escape: char) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start: Option<usize> = None;
    let mut quote: Option<char> = None;
    let mut had_quote = false;
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if quote.is_none() && c.is_whitespace() {
            if let Some(from) = start.take() {
                words.push(base + from..base + at);
            }
            had_quote = false;
            continue;
        }
        let from = *start.get_or_insert(at);
        let escapes = c == escape && quote != Some('\'');
        match quote {
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                had_quote = true;
            }
            Some(open) if c == open => quote = None,
            _ => {}
        }
        end = at + c.len_utf8();
        if escapes {
            match chars.next() {
                Some((after, escaped)) => end = after + escaped.len_utf8(),
                None => {
                    end = at;
                    if end == from && !had_quote {
                        start = None;
                    }
                }
            }
        }
    }
    words.extend(start.map(|from| base + from..base + end));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, ranges: &[Range<usize>]) -> Vec<String> {
        ranges.iter().map(|range| text[range.clone()].to_owned()).collect()
    }

    #[test]
    fn plain_words_ignore_quotes() {
        let text = "a  \"b\tc\" d";
        assert_eq!(texts(text, &plain(text, 0)), ["a", "\"b", "c\"", "d"]);
    }

    #[test]
    fn quoted_words_keep_blanks() {
        for (text, expected) in [
            ("a=1 b=2", vec!["a=1", "b=2"]),
            (r#"a="x y" b='p q'r"#, vec![r#"a="x y""#, "b='p q'r"]),
            (r"a=x\ y b=\", vec![r"a=x\ y", "b="]),
            (r#"a="x\" y" b='\' c"#, vec![r#"a="x\" y""#, r"b='\'", "c"]),
            (r#"a="open b"#, vec![r#"a="open b"#]),
            (r"\", vec![]),
            (r#"a="b\"#, vec![r#"a="b"#]),
            ("é=\u{a0}x", vec!["é=", "x"]),
        ] {
            assert_eq!(texts(text, &quoted(text, 0, '\\')), expected, "{text}");
        }
    }
}
