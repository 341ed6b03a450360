//! Names and values of a question or a fragment, as browsers write and read them.

/// The pairs of `a=b&c=d`, with or without a mark before it. A plus is a space; what is no UTF-8 is replaced.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    let text = text.strip_prefix(['?', '#']).unwrap_or(text);
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                match (digit(ahead.next()), digit(ahead.next())) {
                    (Some(high), Some(low)) => {
                        bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                        rest = ahead;
                    }
                    _ => bytes.push(byte),
                }
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A value as it is written: all but letters, digits and what needs no escape there.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~:/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["", "FROM a\nRUN b && c # 100%\n", "日本 + &=?#\u{1F40B}", "a/b:c"] {
            assert_eq!(pairs(&format!("?d={}", encoded(text))), [("d".to_owned(), text.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_browsers_write_is_read_and_what_is_wrong_stays() {
        let read =
            |text: &str| pairs(text).into_iter().map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>();
        assert_eq!(read("#a=1+2&b&&c=%E6%97%A5&d=%zz%4"), ["a:1 2", "b:", "c:日", "d:%zz%4"]);
        assert_eq!(read(""), Vec::<String>::new());
        assert_eq!(read("?x=%FF"), ["x:\u{FFFD}"]);
    }
}
