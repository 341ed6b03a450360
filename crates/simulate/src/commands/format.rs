//! One conversion of printf, for the commands and the shell's builtin as well as for awk.

/// The widest field that is filled.
const WIDTH_LIMIT: usize = 100_000;

/// `%-08.3d` without its letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversion {
    pub left: bool,
    pub zero: bool,
    pub plus: bool,
    pub space: bool,
    pub alternate: bool,
    pub width: usize,
    pub precision: Option<usize>,
}

impl Conversion {
    fn pad(&self, text: Vec<u8>, zeros_after: usize, zeros: bool) -> Vec<u8> {
        let width = self.width.min(WIDTH_LIMIT);
        let missing = width.saturating_sub(text.len());
        if missing == 0 {
            return text;
        }
        let mut padded = Vec::with_capacity(width);
        if self.left {
            padded.extend(text);
            padded.extend(std::iter::repeat_n(b' ', missing));
        } else if zeros {
            let (sign, digits) = text.split_at_checked(zeros_after).unwrap_or((&[], &text));
            padded.extend(sign);
            padded.extend(std::iter::repeat_n(b'0', missing));
            padded.extend(digits);
        } else {
            padded.extend(std::iter::repeat_n(b' ', missing));
            padded.extend(text);
        }
        padded
    }

    /// `%s`, `%c`, `%b`.
    pub fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        let most = self.precision.unwrap_or(bytes.len()).min(bytes.len());
        self.pad(bytes.get(..most).unwrap_or_default().to_vec(), 0, false)
    }

    fn sign(&self, negative: bool) -> &'static str {
        match (negative, self.plus, self.space) {
            (true, ..) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            _ => "",
        }
    }

    /// `%d`, `%i`, `%u`, `%x`, `%X`, `%o`.
    pub fn integer(&self, value: i128, letter: char) -> Vec<u8> {
        let signed = matches!(letter, 'd' | 'i');
        // Unsigned conversions show negative numbers modulo 2^64.
        let magnitude = if signed { value.unsigned_abs() } else { (value as u64).into() };
        let digits = match letter {
            'x' => format!("{magnitude:x}"),
            'X' => format!("{magnitude:X}"),
            'o' => format!("{magnitude:o}"),
            _ => magnitude.to_string(),
        };
        let digits = if self.precision == Some(0) && magnitude == 0 { String::new() } else { digits };
        let least = self.precision.unwrap_or(1).min(WIDTH_LIMIT);
        let prefix = match letter {
            'x' if self.alternate && magnitude != 0 => "0x",
            'X' if self.alternate && magnitude != 0 => "0X",
            'o' if self.alternate => "0",
            _ if signed => self.sign(value < 0),
            _ => "",
        };
        let text = format!("{prefix}{digits:0>least$}").into_bytes();
        self.pad(text, prefix.len(), self.zero && self.precision.is_none())
    }

    /// `%f`, `%e`, `%g` and their capitals.
    pub fn float(&self, value: f64, letter: char) -> Vec<u8> {
        let sign = self.sign(value.is_sign_negative() && !value.is_nan());
        let size = value.abs();
        let precision = self.precision.unwrap_or(6).min(300);
        let text = if value.is_nan() {
            "nan".to_string()
        } else if value.is_infinite() {
            "inf".to_string()
        } else {
            match letter.to_ascii_lowercase() {
                'e' => exponent(size, precision),
                'g' => general(size, precision.max(1), self.alternate),
                _ => format!("{size:.precision$}"),
            }
        };
        let text = if letter.is_ascii_uppercase() { text.to_uppercase() } else { text };
        let finite = value.is_finite();
        self.pad(format!("{sign}{text}").into_bytes(), sign.len(), self.zero && finite)
    }
}

fn exponent(value: f64, precision: usize) -> String {
    let text = format!("{value:.precision$e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
    format!("{digits}e{sign}{power:0>2}")
}

fn general(value: f64, precision: usize, keep_zeros: bool) -> String {
    let scientific = exponent(value, precision - 1);
    let power: i32 = scientific.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
    let trim = |text: &str| {
        if keep_zeros || !text.contains('.') {
            text.to_string()
        } else {
            text.trim_end_matches('0').trim_end_matches('.').to_string()
        }
    };
    if power < -4 || power >= i32::try_from(precision).unwrap_or(i32::MAX) {
        let (digits, power) = scientific.split_once('e').unwrap_or((&scientific, "+00"));
        return format!("{}e{power}", trim(digits));
    }
    let decimals = usize::try_from(i32::try_from(precision).unwrap_or(6) - 1 - power).unwrap_or(0);
    trim(&format!("{value:.decimals$}"))
}

/// A number as awk and `%g` write it: six significant digits, whole numbers in full.
pub fn number_text(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e16 {
        return format!("{}", value as i64);
    }
    general_text(value)
}

/// A number as `%.6g` writes it.
pub fn general_text(value: f64) -> String {
    String::from_utf8_lossy(&Conversion::default().float(value, 'g')).into_owned()
}

/// Reads flags, width and precision at the start of `text` (behind the `%`). `star` gives the value of a `*`.
/// Returns the conversion and what is left, which begins with the letter.
pub fn conversion<'t>(text: &'t str, mut star: impl FnMut() -> i64) -> (Conversion, &'t str) {
    let mut conversion = Conversion::default();
    let mut rest = text;
    while let Some(flag) = rest.chars().next().filter(|c| "-0+ #".contains(*c)) {
        match flag {
            '-' => conversion.left = true,
            '0' => conversion.zero = true,
            '+' => conversion.plus = true,
            ' ' => conversion.space = true,
            _ => conversion.alternate = true,
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    let mut count = |rest: &mut &'t str| -> i64 {
        if let Some(after) = rest.strip_prefix('*') {
            *rest = after;
            return star();
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let value = rest.get(..digits).and_then(|text| text.parse().ok()).unwrap_or(0);
        *rest = rest.get(digits..).unwrap_or_default();
        value
    };
    let width = count(&mut rest);
    conversion.left |= width < 0;
    conversion.width = usize::try_from(width.unsigned_abs()).unwrap_or(WIDTH_LIMIT);
    if let Some(after) = rest.strip_prefix('.') {
        rest = after;
        conversion.precision = usize::try_from(count(&mut rest)).ok();
    }
    (conversion, rest.trim_start_matches(['l', 'h', 'j', 'z', 'L']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_c_does() {
        let float = |text: &str, value: f64| {
            let (conversion, rest) = conversion(text, || 0);
            String::from_utf8(conversion.float(value, rest.chars().next().unwrap_or('f'))).unwrap()
        };
        assert_eq!(float("5.2f", 1.23456), " 1.23");
        assert_eq!(float("e", 1000.0), "1.000000e+03");
        assert_eq!(float("g", 0.0001), "0.0001");
        assert_eq!(float("g", 0.00001), "1e-05");
        assert_eq!(float("g", 1_234_567.0), "1.23457e+06");
        assert_eq!(float("08.3f", -1.5), "-001.500");
        assert_eq!(number_text(3.0), "3");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
    }
}
