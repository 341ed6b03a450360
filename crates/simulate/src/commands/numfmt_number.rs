//! The numbers of numfmt: fractions of whole numbers, as the units are too large for machine words and exact.

/// Which units numbers have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    None,
    Auto,
    Si,
    Iec,
    IecI,
}

impl Scale {
    /// The scale of that name.
    pub fn named(name: &str) -> Scale {
        match name {
            "auto" => Scale::Auto,
            "si" => Scale::Si,
            "iec" => Scale::Iec,
            "iec-i" => Scale::IecI,
            _ => Scale::None,
        }
    }
}

/// Where numbers are rounded to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    Up,
    Down,
    FromZero,
    TowardsZero,
    Nearest,
}

impl Rounding {
    /// The rounding of that name.
    pub fn named(name: &str) -> Rounding {
        match name {
            "up" => Rounding::Up,
            "down" => Rounding::Down,
            "towards-zero" => Rounding::TowardsZero,
            "nearest" => Rounding::Nearest,
            _ => Rounding::FromZero,
        }
    }

    fn of(self, value: i128, divisor: i128) -> Option<i128> {
        let (whole, rest) = (value.checked_div_euclid(divisor)?, value.checked_rem_euclid(divisor)?);
        let up = rest != 0
            && match self {
                Rounding::Up => true,
                Rounding::Down => false,
                Rounding::FromZero => value > 0,
                Rounding::TowardsZero => value < 0,
                Rounding::Nearest => {
                    let twice = rest.checked_mul(2)?;
                    twice > divisor || twice == divisor && value > 0
                }
            };
        Some(whole + i128::from(up))
    }
}

/// A number with so many decimals.
pub struct Number {
    /// In units of the last decimal.
    pub value: i128,
    /// How many of its digits are behind the point.
    pub decimals: u32,
    /// How many decimals it is shown with.
    pub precision: u32,
}

const POWERS: &str = "KMGTPEZY";

/// Reads a number with what the scale allows behind it; the error is numfmt's sentence.
pub fn parse_number(text: &str, scale: Scale) -> Result<Number, String> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let invalid = || format!("invalid number: '{text}'");
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, mut rest) = digits.split_at_checked(end).unwrap_or((digits, ""));
    let mut fraction = "";
    if let Some(after) = rest.strip_prefix('.') {
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        (fraction, rest) = after.split_at_checked(end).unwrap_or((after, ""));
        if fraction.is_empty() {
            return Err(invalid());
        }
    }
    if whole.is_empty() && fraction.is_empty() {
        return Err(invalid());
    }
    let large = || format!("value too large to be converted: '{text}'");
    let decimals = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    if whole.len() + fraction.len() > 27 {
        return Err(large());
    }
    let mut value: i128 = format!("{whole}{fraction}").parse().map_err(|_| large())?;
    let mut precision = decimals;
    let rest = rest.trim_start_matches([' ', '\t']);
    if let Some(letter) = rest.chars().next() {
        let power = POWERS.find(if letter == 'k' { 'K' } else { letter });
        let Some(power) = power.and_then(|power| u32::try_from(power + 1).ok()) else {
            return Err(format!("invalid suffix in input: '{text}'"));
        };
        let after = rest.get(1..).unwrap_or_default();
        let (base, after): (i128, &str) = match (scale, after.strip_prefix('i')) {
            (Scale::None, _) => {
                return Err(format!("rejecting suffix in input: '{text}' (consider using --from)"));
            }
            (Scale::IecI | Scale::Auto, Some(after)) => (1024, after),
            (Scale::IecI, None) => {
                return Err(format!("missing 'i' suffix in input: '{text}' (e.g Ki/Mi/Gi)"));
            }
            (Scale::Iec, _) => (1024, after),
            _ => (1000, after),
        };
        if !after.is_empty() {
            return Err(format!("invalid suffix in input '{text}': '{after}'"));
        }
        value = base.checked_pow(power).and_then(|unit| value.checked_mul(unit)).ok_or_else(large)?;
        precision = 0;
    }
    Ok(Number { value: if negative { -value } else { value }, decimals, precision })
}

/// A fraction with so many decimals.
pub fn plain(value: i128, divisor: i128, decimals: u32, rounding: Rounding) -> Option<String> {
    let unit = 10i128.checked_pow(decimals)?;
    Some(with_point(rounding.of(value.checked_mul(unit)?, divisor)?, decimals))
}

fn with_point(value: i128, decimals: u32) -> String {
    let unit = 10i128.checked_pow(decimals).unwrap_or(1);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.abs() / unit, value.abs() % unit);
    match decimals {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:0>width$}", width = decimals as usize),
    }
}

/// A fraction in the largest unit that it has one of: with a decimal below ten.
pub fn human(value: i128, divisor: i128, scale: Scale, precision: Option<u32>, rounding: Rounding) -> Option<String> {
    let base: i128 = if scale == Scale::Si { 1000 } else { 1024 };
    let (mut divisor, mut power) = (divisor, 0u32);
    while value.abs() >= divisor.checked_mul(base)? && power < 8 {
        divisor = divisor.checked_mul(base)?;
        power += 1;
    }
    let below_ten = value.abs() < divisor.checked_mul(10)?;
    let adjust = precision.map_or(u32::from(below_ten), |precision| precision.min(power * 3));
    let mut unit = 10i128.checked_pow(adjust)?;
    let mut rounded = rounding.of(value.checked_mul(unit)?, divisor)?;
    if rounded.abs() >= base.checked_mul(unit)? {
        unit = unit.checked_mul(base)?;
        power += 1;
    }
    let decimals = match precision {
        Some(precision) => precision,
        None => u32::from(rounded != 0 && rounded.abs() < unit.checked_mul(10)? && power > 0),
    };
    // What is printed is rounded once more, to the even neighbour from the middle.
    rounded = rounded.checked_mul(10i128.checked_pow(decimals)?)?;
    let (whole, rest) = (rounded.checked_div_euclid(unit)?, rounded.checked_rem_euclid(unit)?);
    let up = rest * 2 > unit || rest * 2 == unit && whole % 2 != 0;
    let letter = usize::try_from(power).ok()?.checked_sub(1).and_then(|at| POWERS.chars().nth(at));
    let letter = letter.map(String::from).unwrap_or_default();
    let i = if scale == Scale::IecI && power > 0 { "i" } else { "" };
    Some(format!("{}{letter}{i}", with_point(whole + i128::from(up), decimals)))
}
