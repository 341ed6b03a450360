use crate::lexer::{Parsed, Parser};
use crate::syntax::Part;

impl Parser<'_> {
    pub(crate) fn single_quoted(&mut self) -> Parsed<Part> {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        match rest.find('\'') {
            Some(end) => {
                self.at += end + 2;
                Ok(Part::SingleQuoted(rest.get(..end).unwrap_or_default().to_owned()))
            }
            None => {
                self.at = self.text.len();
                self.stop("unterminated quoted string")
            }
        }
    }

    /// `$'…'` with the escapes of C.
    pub(crate) fn dollar_quoted(&mut self) -> Parsed<Part> {
        self.at += 2;
        let mut bytes = Vec::new();
        while let Some(character) = self.next_char() {
            match character {
                '\'' => {
                    return Ok(Part::SingleQuoted(String::from_utf8_lossy(&bytes).into_owned()));
                }
                '\\' => self.escape(&mut bytes),
                _ => bytes.extend(character.encode_utf8(&mut [0; 4]).bytes()),
            }
        }
        self.stop("unterminated quoted string")
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) {
        let Some(character) = self.next_char() else {
            bytes.push(b'\\');
            return;
        };
        let simple = match character {
            'a' => 7,
            'b' => 8,
            'e' | 'E' => 27,
            'f' => 12,
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            'v' => 11,
            '\\' => b'\\',
            '\'' => b'\'',
            '"' => b'"',
            'x' => return self.number(16, 2, bytes, "\\x"),
            '0'..='7' => {
                self.at -= 1;
                return self.number(8, 3, bytes, "\\");
            }
            _ => {
                bytes.push(b'\\');
                bytes.extend(character.encode_utf8(&mut [0; 4]).bytes());
                return;
            }
        };
        bytes.push(simple);
    }

    fn number(&mut self, radix: u32, digits: usize, bytes: &mut Vec<u8>, otherwise: &str) {
        let mut value = 0;
        let mut count = 0;
        while count < digits
            && let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(radix))
        {
            value = value * radix + digit;
            count += 1;
            self.at += 1;
        }
        if count == 0 {
            bytes.extend(otherwise.bytes());
        } else {
            bytes.push(value.to_le_bytes()[0]);
        }
    }

    /// Reads what stands in double quotes, whose first quote has been read, and the last quote.
    pub(crate) fn double_quoted(&mut self) -> Parsed<Vec<Part>> {
        self.enter()?;
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                None => return self.stop("unterminated quoted string"),
                Some(b'"') => {
                    self.at += 1;
                    self.leave();
                    return Ok(parts);
                }
                Some(_) => self.quoted_piece(&mut parts, "$`\"\\")?,
            }
        }
    }
}
