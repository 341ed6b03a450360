/// Between the byte offsets of a text and the offsets of editors: UTF-16 units, where every line end is one, whichever
/// way it is written.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    text: &'a str,
    /// Where each line begins: in bytes, and in units.
    lines: Vec<(usize, usize)>,
}

impl<'a> Places<'a> {
    /// The places of a text.
    pub fn new(text: &'a str) -> Places<'a> {
        let mut lines = vec![(0, 0)];
        let mut units = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c == '\r' && chars.next_if(|&(_, next)| next == '\n').is_some() {
                units += 1;
                lines.push((at + 2, units));
            } else if c == '\n' || c == '\r' {
                units += 1;
                lines.push((at + 1, units));
            } else {
                units += c.len_utf16();
            }
        }
        Places { text, lines }
    }

    /// The editor's offset of a byte.
    pub fn unit(&self, byte: usize) -> u32 {
        let line = self.lines.partition_point(|&(start, _)| start <= byte).saturating_sub(1);
        let (start, units) = self.lines.get(line).copied().unwrap_or_default();
        let before = self.line(line).char_indices().take_while(|&(at, _)| start + at < byte);
        u32::try_from(units + before.map(|(_, c)| c.len_utf16()).sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// The byte at an editor's offset; that of the character which holds it, where it lies within one.
    pub fn byte(&self, unit: usize) -> usize {
        let line = self.lines.partition_point(|&(_, units)| units <= unit).saturating_sub(1);
        let (start, mut units) = self.lines.get(line).copied().unwrap_or_default();
        let line = self.line(line);
        for (at, c) in line.char_indices() {
            units += c.len_utf16();
            if units > unit {
                return start + at;
            }
        }
        start + line.len()
    }

    /// A line's text, without its end.
    fn line(&self, line: usize) -> &'a str {
        let start = self.lines.get(line).map_or(self.text.len(), |&(start, _)| start);
        let end = self.lines.get(line + 1).map_or(self.text.len(), |&(start, _)| start);
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_is_one_unit_and_a_character_may_be_two() {
        let text = "a𝄞\r\nあ\rb\n";
        let places = Places::new(text);
        for (found, unit) in [("a", 0), ("𝄞", 1), ("あ", 4), ("b", 6)] {
            let byte = text.find(found).unwrap();
            assert_eq!((places.unit(byte), places.byte(unit)), (u32::try_from(unit).unwrap(), byte), "{found}");
        }
        assert_eq!((places.unit(text.len()), places.unit(999)), (8, 8));
        assert_eq!((places.byte(8), places.byte(999), places.byte(2)), (text.len(), text.len(), 1));
        // within the line end
        assert_eq!(places.unit(text.find('\n').unwrap()), 3);
    }
}
