//! Backslash escapes of echo -e, printf, tr and others.

/// One escape: `rest` begins behind the backslash. Returns the bytes and how many characters it took; `None` for `\c`.
///
/// `leading_zero`: octal numbers are written `\0nnn`, as `echo -e` and `%b` take them.
pub fn escape(rest: &str, leading_zero: bool) -> Option<(Vec<u8>, usize)> {
    let simple = |byte: u8| Some((vec![byte], 1));
    match rest.bytes().next() {
        Some(b'a') => simple(7),
        Some(b'b') => simple(8),
        Some(b'e') => simple(27),
        Some(b'f') => simple(12),
        Some(b'n') => simple(b'\n'),
        Some(b'r') => simple(b'\r'),
        Some(b't') => simple(b'\t'),
        Some(b'v') => simple(11),
        Some(b'\\') => simple(b'\\'),
        Some(b'c') => None,
        Some(b'x') => {
            let digits = rest.bytes().skip(1).take(2).take_while(u8::is_ascii_hexdigit).count();
            let value = rest.get(1..=digits).and_then(|text| u8::from_str_radix(text, 16).ok());
            Some(value.map_or((b"\\x".to_vec(), 1), |value| (vec![value], digits + 1)))
        }
        Some(b'0'..=b'7') => {
            let most = if leading_zero && rest.starts_with('0') { 4 } else { 3 };
            let digits = rest.bytes().take(most).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            let value = rest.get(..digits).and_then(|text| u32::from_str_radix(text, 8).ok()).unwrap_or(0);
            Some((vec![(value & 0xff) as u8], digits))
        }
        _ => Some((vec![b'\\'], 0)),
    }
}

/// All escapes of a text, as bytes; `true` if a `\c` ended it.
pub fn unescape_bytes(text: &str, leading_zero: bool) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend(rest.get(..at).unwrap_or_default().bytes());
        rest = rest.get(at + 1..).unwrap_or_default();
        match escape(rest, leading_zero) {
            Some((part, used)) => {
                bytes.extend(part);
                rest = rest.get(used..).unwrap_or_default();
            }
            None => return (bytes, true),
        }
    }
    bytes.extend(rest.bytes());
    (bytes, false)
}

/// All escapes of a text.
pub fn unescape(text: &str) -> String {
    String::from_utf8_lossy(&unescape_bytes(text, false).0).into_owned()
}
