//! One line of comma-separated values, as BuildKit's `go-csvvalue` reads the value of a `--mount`.

/// The fields. The error is that package's message.
pub(crate) fn fields(text: &str) -> Result<Vec<String>, String> {
    let text = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text);
    if text.is_empty() {
        return Err("EOF".to_owned());
    }
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let (field, length) = match rest.strip_prefix('"') {
            Some(inside) => {
                let (field, length) = quoted(inside, at + 1)?;
                (field, length + 1)
            }
            None => {
                let field = rest.split(',').next().unwrap_or_default();
                if let Some(quote) = field.find('"') {
                    return Err(wrong(at + quote, "bare \" in non-quoted-field"));
                }
                (field.to_owned(), field.len())
            }
        };
        fields.push(field);
        at += length;
        if text.get(at..).is_none_or(str::is_empty) {
            return Ok(fields);
        }
        at += 1;
        // A comma behind a quoted field may be the end; behind another it begins one more, empty field.
        let after_quote = rest.starts_with('"');
        if after_quote && text.len() == at {
            fields.push(String::new());
            return Ok(fields);
        }
    }
}

/// A field whose opening quote is read, and its length with the closing one.
fn quoted(inside: &str, at: usize) -> Result<(String, usize), String> {
    let mut field = String::new();
    let mut length = 0;
    loop {
        let rest = inside.get(length..).unwrap_or_default();
        let unclosed = || wrong(at + length, "extraneous or missing \" in quoted-field");
        let (piece, after) = rest.split_once('"').ok_or_else(unclosed)?;
        field.push_str(piece);
        length += piece.len() + 1;
        match after.chars().next() {
            Some('"') => {
                field.push('"');
                length += 1;
            }
            None | Some(',') => return Ok((field, length)),
            Some(_) => {
                return Err(wrong(at + length - 1, "extraneous or missing \" in quoted-field"));
            }
        }
    }
}

fn wrong(at: usize, what: &str) -> String {
    format!("parse error on line 1, column {}: {what}", at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_may_be_quoted() {
        for (text, expected) in [
            ("a", vec!["a"]),
            ("type=cache,target=/x", vec!["type=cache", "target=/x"]),
            (r#""a,b","c""d",e"#, vec!["a,b", "c\"d", "e"]),
            ("a,,", vec!["a", "", ""]),
            (" a ,b", vec![" a ", "b"]),
        ] {
            assert_eq!(fields(text), Ok(expected.iter().map(|s| (*s).to_owned()).collect()), "{text}");
        }
    }

    #[test]
    fn quotes_out_of_place_are_refused() {
        for (text, expected) in [
            ("", "EOF"),
            ("ab\"c", "parse error on line 1, column 3: bare \" in non-quoted-field"),
            ("\"a", "parse error on line 1, column 2: extraneous or missing \" in quoted-field"),
            ("\"a\"b", "parse error on line 1, column 3: extraneous or missing \" in quoted-field"),
        ] {
            assert_eq!(fields(text), Err(expected.to_owned()), "{text}");
        }
    }
}
