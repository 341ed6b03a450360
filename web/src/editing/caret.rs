//! Between lines and the browser's UTF-16 offsets.

/// The line, from 1, of an offset in UTF-16 code units.
pub fn line_of_utf16(text: &str, offset: usize) -> usize {
    let mut units = 0;
    let mut line = 1;
    for c in text.chars() {
        if units >= offset {
            break;
        }
        units += c.len_utf16();
        line += usize::from(c == '\n');
    }
    line
}

/// Where a line, from 1, begins and ends (without its line end), in UTF-16 code units.
pub fn utf16_range_of_line(text: &str, line: usize) -> (u32, u32) {
    let mut start: usize = 0;
    for (number, content) in (1..).zip(text.split('\n')) {
        let length = content.encode_utf16().count();
        if number >= line {
            return (to_u32(start), to_u32(start + length));
        }
        start += length + 1;
    }
    let end = to_u32(start.saturating_sub(1));
    (end, end)
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_offsets_agree_beyond_the_basic_plane() {
        let text = "a𝄞\nあい\n\nz";
        assert_eq!(utf16_range_of_line(text, 2), (4, 6));
        assert_eq!(line_of_utf16(text, 4), 2);
        assert_eq!(line_of_utf16(text, 3), 1);
        assert_eq!(utf16_range_of_line(text, 3), (7, 7));
        assert_eq!(utf16_range_of_line(text, 99), (9, 9));
    }
}
