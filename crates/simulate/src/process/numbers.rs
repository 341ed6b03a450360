//! The numbers of arithmetic expressions.

use super::arithmetic::Evaluator;
use super::wrong::{What, Wrong};

impl Evaluator<'_> {
    /// A number at the position.
    pub(super) fn number(&mut self) -> Result<i64, What> {
        self.blanks();
        let rest = self.text.get(self.at..).unwrap_or_default();
        if self.dash() {
            return self.number_of_dash();
        }
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'#' | b'_' | b'@')).count();
        let text = String::from_utf8_lossy(rest.get(..length).unwrap_or_default()).into_owned();
        if !text.starts_with(|first: char| first.is_ascii_digit()) {
            if self.at < self.text.len() {
                self.last = self.at;
            }
            return Err(What::Operand);
        }
        self.last = self.at;
        self.at += length;
        let (digits, radix) = match text.split_once('#') {
            Some((base, digits)) => {
                (digits, base.parse().ok().filter(|base| (2..=64).contains(base)).ok_or(What::Digit)?)
            }
            None => match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
                Some(digits) => (digits, 16),
                None if text.len() > 1 && text.starts_with('0') => (text.as_str(), 8),
                None => (text.as_str(), 10),
            },
        };
        let mut value = 0_i64;
        for digit in digits.bytes() {
            let digit = digit_of(digit, radix).filter(|digit| *digit < radix).ok_or(What::Digit)?;
            value = value.wrapping_mul(i64::from(radix)).wrapping_add(i64::from(digit));
        }
        Ok(value)
    }

    /// strtoimax reads as far as it can; what follows is not its business, and what is too large stays the largest.
    fn number_of_dash(&mut self) -> Result<i64, What> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let hexadecimal = matches!(rest, [b'0', b'x' | b'X', digit, ..] if digit.is_ascii_hexdigit());
        let (skipped, radix) = match rest {
            _ if hexadecimal => (2, 16),
            [b'0', ..] => (0, 8),
            _ => (0, 10),
        };
        let digits = rest.get(skipped..).unwrap_or_default().iter().map(|byte| char::from(*byte).to_digit(radix));
        let digits: Vec<u32> = digits.map_while(|digit| digit).collect();
        if digits.is_empty() {
            return Err(What::Operand);
        }
        self.at += skipped + digits.len();
        let wide = |value: i64, digit: &u32| value.saturating_mul(i64::from(radix)).saturating_add(i64::from(*digit));
        Ok(digits.iter().fold(0, wide))
    }

    /// A variable's value in dash that is no plain decimal number.
    pub(super) fn other_base(&mut self, trimmed: &str, text: &str) -> Result<i64, What> {
        let (negative, digits) = trimmed.strip_prefix('-').map_or((false, trimmed), |digits| (true, digits));
        let parsed = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
            Some(digits) => i64::from_str_radix(digits, 16),
            None if digits.starts_with('0') => i64::from_str_radix(digits, 8),
            None => digits.parse(),
        };
        match parsed {
            Ok(number) => Ok(if negative { number.wrapping_neg() } else { number }),
            Err(_) => {
                self.inner = Some(Wrong { what: What::Number, text: text.to_owned(), token: text.to_owned() });
                Err(What::Number)
            }
        }
    }
}

/// The value of a digit: behind 9 the small letters, the large ones, `@` and `_`; up to base 36 both are the same.
fn digit_of(digit: u8, radix: u32) -> Option<u32> {
    Some(match digit {
        b'0'..=b'9' => u32::from(digit - b'0'),
        b'a'..=b'z' => u32::from(digit - b'a') + 10,
        b'A'..=b'Z' if radix <= 36 => u32::from(digit - b'A') + 10,
        b'A'..=b'Z' => u32::from(digit - b'A') + 36,
        b'@' => 62,
        b'_' => 63,
        _ => return None,
    })
}
