//! Texts in pictures: they neither wrap nor end by themselves.

/// The beginning of a text that fits into so many columns. Characters that are not ASCII count for two.
pub fn fitted(text: &str, columns: usize) -> String {
    let mut left = columns;
    let mut kept = String::new();
    for c in text.chars() {
        let width = width_of(c);
        if width > left {
            kept.pop();
            kept.push('…');
            break;
        }
        left -= width;
        kept.push(if c.is_control() { ' ' } else { c });
    }
    kept
}

/// The beginning and the end of a text that together fit into so many columns: an instruction says what it is at its
/// beginning, and where to at its end.
pub fn fitted_in_the_middle(text: &str, columns: usize) -> String {
    if text.chars().map(width_of).sum::<usize>() <= columns {
        return fitted(text, columns);
    }
    let end_columns = columns * 2 / 5;
    let mut left = end_columns;
    let mut end: Vec<char> = Vec::new();
    for c in text.chars().rev() {
        let width = width_of(c);
        if width > left {
            break;
        }
        left -= width;
        end.push(if c.is_control() { ' ' } else { c });
    }
    let mut kept = fitted(text, columns - end_columns);
    kept.extend(end.into_iter().rev());
    kept
}

fn width_of(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_the_columns_that_there_are() {
        assert_eq!(fitted("RUN npm ci", 10), "RUN npm ci");
        assert_eq!(fitted("RUN npm ci ", 10), "RUN npm c…");
        assert_eq!(fitted("あいう", 4), "あ…");
        assert_eq!(fitted("あ", 0), "…");
    }

    #[test]
    fn the_end_of_a_long_text_stays() {
        assert_eq!(fitted_in_the_middle("RUN npm ci", 10), "RUN npm ci");
        let cut = fitted_in_the_middle("FROM docker.io/library/node:22-alpine", 30);
        assert_eq!((cut.as_str(), cut.chars().count()), ("FROM docker.io/li…de:22-alpine", 30));
        assert_eq!(fitted_in_the_middle("あいうえお", 6), "あ…お");
    }
}
