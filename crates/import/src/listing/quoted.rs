//! Names as C writes strings: `"docs/\346\227\245.md"`.

/// The name that stands for: without the quotes around it, where there are any.
pub(super) fn unquote(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or_else(|| text.to_owned(), unescape)
}

/// The name that stands for, where backslashes are written as such.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let (byte, length) = escape(behind);
        bytes.push(byte);
        rest = behind.get(length..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The byte that an escape stands for, and its length behind the backslash; a backslash by itself where it is none.
fn escape(behind: &[u8]) -> (u8, usize) {
    let octal = behind.get(..3).and_then(|digits| {
        let digits = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|b| matches!(b, b'0'..=b'7')))?;
        u8::from_str_radix(digits, 8).ok()
    });
    match (octal, behind.first()) {
        (Some(byte), _) => (byte, 3),
        (None, Some(b'a')) => (7, 1),
        (None, Some(b'b')) => (8, 1),
        (None, Some(b't')) => (b'\t', 1),
        (None, Some(b'n')) => (b'\n', 1),
        (None, Some(b'v')) => (11, 1),
        (None, Some(b'f')) => (12, 1),
        (None, Some(b'r')) => (b'\r', 1),
        (None, Some(byte @ (b'"' | b'\\'))) => (*byte, 1),
        _ => (b'\\', 0),
    }
}
