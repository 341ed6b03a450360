//! sort.

use filesystem::Content;
use std::cmp::Ordering;

use crate::process::{Machine, Process};

use super::input::{filter_text, lines};
use super::options::parse;

/// How values are compared.
#[derive(Clone, Copy, Debug, Default)]
struct Order {
    numeric: bool,
    /// Numbers with an exponent.
    general: bool,
    random: bool,
    human: bool,
    version: bool,
    month: bool,
    reverse: bool,
    fold: bool,
    dictionary: bool,
    skip_blanks: bool,
}

impl Order {
    fn read(letters: &str) -> Order {
        Order {
            numeric: letters.contains('n'),
            general: letters.contains('g'),
            random: letters.contains('R'),
            human: letters.contains('h'),
            version: letters.contains('V'),
            month: letters.contains('M'),
            reverse: letters.contains('r'),
            fold: letters.contains('f'),
            dictionary: letters.contains('d'),
            skip_blanks: letters.contains('b'),
        }
    }
}

/// `-k F[.C][opts][,F[.C][opts]]`, counted from 1; 0 is "not given".
#[derive(Clone, Copy, Debug)]
struct Key {
    start: (usize, usize),
    end: (usize, usize),
    order: Order,
}

fn read_key(text: &str, general: Order) -> Option<Key> {
    let (start, end) = text.split_once(',').map_or((text, None), |(start, end)| (start, Some(end)));
    let mut letters = String::new();
    let mut place = |text: &str| -> Option<(usize, usize)> {
        let digits = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (numbers, options) = text.split_at_checked(digits)?;
        letters.push_str(options);
        let (field, character) = numbers.split_once('.').unwrap_or((numbers, "0"));
        Some((field.parse().ok()?, character.parse().ok()?))
    };
    let start = place(start).filter(|(field, _)| *field > 0)?;
    let end = end.map_or(Some((0, 0)), &mut place)?;
    let order = if letters.is_empty() { general } else { Order::read(&letters) };
    Some(Key { start, end, order })
}

/// Where each field of a line is.
fn fields(line: &[u8], separator: Option<u8>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    match separator {
        Some(separator) => {
            for field in line.split(|byte| *byte == separator) {
                found.push((start, start + field.len()));
                start += field.len() + 1;
            }
        }
        None => {
            // The blanks before a field belong to it.
            while start < line.len() {
                let rest = line.get(start..).unwrap_or_default();
                let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                let word = rest.iter().skip(blanks).take_while(|byte| !byte.is_ascii_whitespace()).count();
                found.push((start, start + blanks + word));
                start += blanks + word;
            }
        }
    }
    found
}

fn part<'l>(line: &'l [u8], key: &Key, separator: Option<u8>) -> &'l [u8] {
    let fields = fields(line, separator);
    let at = |field: usize| fields.get(field.wrapping_sub(1)).copied();
    let Some((mut start, first_end)) = at(key.start.0) else { return &[] };
    if key.order.skip_blanks {
        start += line.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }
    start = (start + key.start.1.saturating_sub(1)).min(first_end.max(start));
    let end = match key.end {
        (0, _) => line.len(),
        (field, 0) => at(field).map_or(line.len(), |(_, end)| end),
        (field, character) => at(field).map_or(line.len(), |(from, end)| (from + character).min(end)),
    };
    line.get(start..end.max(start)).unwrap_or_default()
}

/// The number at the start of a text, as sign, whole digits and fraction, so that any length compares exactly.
fn number_order(one: &[u8], two: &[u8]) -> Ordering {
    fn split(text: &[u8]) -> (bool, &[u8], &[u8]) {
        let text = text.trim_ascii_start();
        let (negative, rest) = text.strip_prefix(b"-").map_or((false, text), |rest| (true, rest));
        let zeros = rest.iter().take_while(|byte| **byte == b'0').count();
        let rest = rest.get(zeros..).unwrap_or_default();
        let whole = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (whole, rest) = rest.split_at_checked(whole).unwrap_or((rest, &[]));
        let rest = rest.strip_prefix(b".").unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut fraction = rest.get(..digits).unwrap_or_default();
        while let Some(shorter) = fraction.strip_suffix(b"0") {
            fraction = shorter;
        }
        (negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction)
    }
    let (one_negative, one_whole, one_fraction) = split(one);
    let (two_negative, two_whole, two_fraction) = split(two);
    let size =
        one_whole.len().cmp(&two_whole.len()).then(one_whole.cmp(two_whole)).then(one_fraction.cmp(two_fraction));
    match (one_negative, two_negative) {
        (false, false) => size,
        (true, true) => size.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

fn unit(text: &[u8]) -> usize {
    let suffix = text.trim_ascii().iter().find(|byte| byte.is_ascii_alphabetic());
    suffix
        .and_then(|suffix| b"kmgtpe".iter().position(|unit| *unit == suffix.to_ascii_lowercase()))
        .map_or(0, |at| at + 1)
}

fn month(text: &[u8]) -> usize {
    const NAMES: [&[u8]; 12] =
        [b"JAN", b"FEB", b"MAR", b"APR", b"MAY", b"JUN", b"JUL", b"AUG", b"SEP", b"OCT", b"NOV", b"DEC"];
    let start = text.trim_ascii().get(..3).unwrap_or_default().to_ascii_uppercase();
    NAMES.iter().position(|name| *name == start.as_slice()).map_or(0, |at| at + 1)
}

/// Runs of digits compare as numbers, the rest as text.
pub fn version_order(one: &[u8], two: &[u8]) -> Ordering {
    let (mut one, mut two) = (one, two);
    loop {
        let (Some(a), Some(b)) = (one.first(), two.first()) else { return one.len().cmp(&two.len()) };
        if a.is_ascii_digit() && b.is_ascii_digit() {
            let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (a, rest_one) = one.split_at_checked(digits(one)).unwrap_or((one, &[]));
            let (b, rest_two) = two.split_at_checked(digits(two)).unwrap_or((two, &[]));
            match number_order(a, b) {
                Ordering::Equal => (one, two) = (rest_one, rest_two),
                other => return other,
            }
        } else if a != b {
            return a.cmp(b);
        } else {
            one = one.get(1..).unwrap_or_default();
            two = two.get(1..).unwrap_or_default();
        }
    }
}

fn compare(one: &[u8], two: &[u8], order: Order) -> Ordering {
    let result = if order.human {
        unit(one).cmp(&unit(two)).then_with(|| number_order(one, two))
    } else if order.numeric {
        number_order(one, two)
    } else if order.general {
        let value = |text: &[u8]| {
            let text = String::from_utf8_lossy(text.trim_ascii_start()).into_owned();
            let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |digits| (true, digits));
            let length = super::awk::number_length(digits.as_bytes());
            let value = digits.get(..length).and_then(|digits| digits.parse::<f64>().ok());
            value.map_or(f64::NEG_INFINITY, |value| if negative { -value } else { value })
        };
        value(one).total_cmp(&value(two))
    } else if order.random {
        // Equal lines stay together; of the others nobody knows the order.
        Content::from_bytes(one).digest().cmp(&Content::from_bytes(two).digest())
    } else if order.version {
        version_order(one, two)
    } else if order.month {
        month(one).cmp(&month(two))
    } else {
        let prepare = |text: &[u8]| -> Vec<u8> {
            let text = if order.skip_blanks { text.trim_ascii_start() } else { text };
            text.iter()
                .filter(|byte| !order.dictionary || byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace())
                .map(|byte| if order.fold { byte.to_ascii_uppercase() } else { *byte })
                .collect()
        };
        if order.fold || order.dictionary || order.skip_blanks { prepare(one).cmp(&prepare(two)) } else { one.cmp(two) }
    };
    if order.reverse { result.reverse() } else { result }
}

pub fn sort(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("numeric-sort", 'n'),
        ("reverse", 'r'),
        ("unique", 'u'),
        ("key=", 'k'),
        ("field-separator=", 't'),
        ("output=", 'o'),
        ("ignore-case", 'f'),
        ("human-numeric-sort", 'h'),
        ("version-sort", 'V'),
        ("general-numeric-sort", 'g'),
        ("month-sort", 'M'),
        ("stable", 's'),
        ("check", 'c'),
        ("zero-terminated", 'z'),
        ("ignore-leading-blanks", 'b'),
        ("dictionary-order", 'd'),
        ("parallel=", 'P'),
        ("buffer-size=", 'S'),
        ("temporary-directory=", 'T'),
        ("random-sort", 'R'),
        ("merge", 'm'),
        ("ignore-nonprinting", 'i'),
    ];
    let busybox = super::input::is_busybox(machine);
    let letters = if busybox { "nrufhVgMscCzbdik:t:o:P:S:T:m" } else { "nrufhVgMscCzbdik:t:o:P:S:T:mR" };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let letters: String =
        options.given.iter().map(|(letter, _)| *letter).filter(|c| "nrfhVgMbdR".contains(*c)).collect();
    let general = Order::read(&letters);
    let mut keys = Vec::new();
    for text in options.values('k') {
        match read_key(text, general) {
            Some(key) => keys.push(key),
            None => {
                let message = if busybox { format!("unknown key option in '{text}'") } else { wrong_key(text) };
                process.complain(machine, &message);
                return 2;
            }
        }
    }
    if let Some(tab) = options.value('t').filter(|tab| !busybox && tab.chars().count() != 1 && *tab != "\\0") {
        let text = if tab.is_empty() { "empty tab".to_string() } else { format!("multi-character tab '{tab}'") };
        process.complain(machine, &text);
        return 2;
    }
    let separator = options.value('t').and_then(|text| if text == "\\0" { Some(0) } else { text.bytes().next() });
    let (bytes, status) = filter_text(machine, process, &options.operands);
    if status != 0 {
        return 2;
    }
    let by_keys = |one: &&[u8], two: &&[u8]| {
        if keys.is_empty() {
            return compare(one, two, general);
        }
        let orders = keys.iter().map(|key| compare(part(one, key, separator), part(two, key, separator), key.order));
        orders.fold(Ordering::Equal, Ordering::then)
    };
    let end = if options.has('z') { 0 } else { b'\n' };
    let mut all: Vec<&[u8]> = if options.has('z') {
        let mut all: Vec<&[u8]> = bytes.split(|byte| *byte == 0).collect();
        all.pop_if(|last| last.is_empty());
        all
    } else {
        lines(&bytes)
    };
    if options.any("cC") {
        let wrong = all.windows(2).position(|pair| match pair {
            [one, two] => by_keys(one, two) == Ordering::Greater,
            _ => false,
        });
        return match wrong {
            Some(_) if !busybox && options.has('C') => 1,
            Some(at) if !busybox => {
                let line = String::from_utf8_lossy(all.get(at + 1).copied().unwrap_or_default()).into_owned();
                let name = options.operands.first().map_or("-", String::as_str);
                process.complain(machine, &format!("{name}:{}: disorder: {line}", at + 2));
                1
            }
            Some(at) => {
                process.err(machine, &format!("Check line {}\n", at + 1));
                1
            }
            None => 0,
        };
    }
    all.sort_by(|one, two| {
        let order = by_keys(one, two);
        if order == Ordering::Equal && !options.has('s') && (busybox || !options.has('u')) {
            let whole = one.cmp(two);
            if general.reverse { whole.reverse() } else { whole }
        } else {
            order
        }
    });
    if options.has('u') {
        all.dedup_by(|two, one| by_keys(one, two) == Ordering::Equal);
    }
    let mut output = Vec::with_capacity(bytes.len());
    for line in all {
        output.extend(line);
        output.push(end);
    }
    if let Some(file) = options.value('o') {
        if let Err(errno) = process.write_file(machine, file, &Content::from_bytes(&output)) {
            let text =
                if busybox { format!("can't open '{file}': {errno}") } else { format!("open failed: {file}: {errno}") };
            process.complain(machine, &text);
            return if busybox { 1 } else { 2 };
        }
    } else {
        process.out_bytes(machine, &output);
    }
    0
}

/// What GNU's sort says of a key that it cannot read.
fn wrong_key(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let field = text.get(..digits).unwrap_or_default();
    if field.is_empty() {
        return format!("invalid number at field start: invalid count at start of '{text}'");
    }
    if field.bytes().all(|byte| byte == b'0') {
        return format!("field number is zero: invalid field specification '{text}'");
    }
    format!("stray character in field spec: invalid field specification '{text}'")
}
