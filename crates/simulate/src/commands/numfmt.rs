//! numfmt: numbers get and lose their units.

use crate::process::{Machine, Process};

use super::input::{filter_text, lines};
use super::misuse::{choice, refuse};
use super::numfmt_number::{Number, Rounding, Scale, human, parse_number, plain};
use super::options::{Options, parse};

/// How numbers are read and written.
struct Settings {
    from: Scale,
    to: Scale,
    from_unit: i128,
    to_unit: i128,
    rounding: Rounding,
    suffix: String,
    padding: i64,
    zeros: bool,
    precision: Option<u32>,
    before: String,
    after: String,
    delimiter: Option<u8>,
    fields: Vec<(usize, usize)>,
    invalid: String,
}

pub fn numfmt(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("from=", 'f'),
        ("to=", 't'),
        ("from-unit=", 'F'),
        ("to-unit=", 'T'),
        ("round=", 'r'),
        ("padding=", 'p'),
        ("suffix=", 's'),
        ("grouping", 'g'),
        ("delimiter=", 'd'),
        ("field=", 'n'),
        ("debug", 'D'),
        ("header=", 'H'),
        ("format=", 'm'),
        ("invalid=", 'i'),
        ("zero-terminated", 'z'),
    ];
    let mut options = match parse(machine, process, "d:zH::", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let settings = match settings(machine, process, &options) {
        Ok(settings) => settings,
        Err(status) => return status,
    };
    let mut status = 0;
    let header = match options.given.iter().find(|(letter, _)| *letter == 'H') {
        Some((_, count)) => count.as_deref().unwrap_or("1").parse::<usize>().unwrap_or(1),
        None => 0,
    };
    let operands = std::mem::take(&mut options.operands);
    let end = if options.has('z') { b'\0' } else { b'\n' };
    if operands.is_empty() {
        let (bytes, _) = filter_text(machine, process, &[]);
        let texts: Vec<Vec<u8>> = match end {
            b'\n' => lines(&bytes).into_iter().map(<[u8]>::to_vec).collect(),
            _ => bytes
                .split_inclusive(|byte| *byte == end)
                .map(|line| line.strip_suffix(&[0]).unwrap_or(line).to_vec())
                .collect(),
        };
        for (at, line) in texts.iter().enumerate() {
            let shown =
                if at < header { Ok(line.clone()) } else { convert(machine, process, &settings, line, &mut status) };
            if !put(machine, process, shown, end) {
                return 2;
            }
        }
    }
    for operand in operands {
        let shown = convert(machine, process, &settings, operand.as_bytes(), &mut status);
        if !put(machine, process, shown, end) {
            return 2;
        }
    }
    status
}

/// Prints a line; `false` if there is none, and no more to come.
fn put(machine: &mut Machine, process: &Process, shown: Result<Vec<u8>, Vec<u8>>, end: u8) -> bool {
    let (mut line, more) = match shown {
        Ok(line) => (line, true),
        Err(begun) => (begun, false),
    };
    if more {
        line.push(end);
    }
    process.out_bytes(machine, &line);
    more
}

fn settings(machine: &mut Machine, process: &Process, options: &Options) -> Result<Settings, i32> {
    let unit = |machine: &mut Machine, letter: char| match options.value(letter) {
        None => Ok(1),
        Some(text) => match parse_number(text, Scale::Auto) {
            Ok(number) if number.decimals == 0 && number.value > 0 => Ok(number.value),
            _ => {
                process.complain(machine, &format!("invalid unit size: '{text}'"));
                Err(1)
            }
        },
    };
    let from_unit = unit(machine, 'F')?;
    let to_unit = unit(machine, 'T')?;
    let scales: &[&[&str]] = &[&["none"], &["auto"], &["si"], &["iec"], &["iec-i"]];
    let to = choice(
        machine,
        process,
        "--to",
        options.value('t').unwrap_or("none"),
        &[&["none"], &["si"], &["iec"], &["iec-i"]],
    )?;
    let from = choice(machine, process, "--from", options.value('f').unwrap_or("none"), scales)?;
    let roundings: &[&[&str]] = &[&["up"], &["down"], &["from-zero"], &["towards-zero"], &["nearest"]];
    let rounding = choice(machine, process, "--round", options.value('r').unwrap_or("from-zero"), roundings)?;
    let policies: &[&[&str]] = &[&["abort"], &["fail"], &["warn"], &["ignore"]];
    let invalid = choice(machine, process, "--invalid", options.value('i').unwrap_or("abort"), policies)?;
    let padding = match options.value('p').map(|text| (text, text.parse::<i64>())) {
        None => 0,
        Some((_, Ok(padding))) if padding != 0 && padding.abs() <= 10_000 => padding,
        Some((text, _)) => {
            process.complain(machine, &format!("invalid padding value '{text}'"));
            return Err(1);
        }
    };
    let delimiter = match options.value('d') {
        Some(text) if text.len() > 1 => {
            return Err(refuse(machine, process, "the delimiter must be a single character"));
        }
        Some(text) => Some(text.bytes().next().unwrap_or(0)),
        None => None,
    };
    let fields = match options.value('n').map(fields) {
        None => vec![(1, 1)],
        Some(Ok(fields)) => fields,
        Some(Err(message)) => return Err(refuse(machine, process, &message)),
    };
    let mut settings = Settings {
        from: Scale::named(from),
        to: Scale::named(to),
        from_unit,
        to_unit,
        rounding: Rounding::named(rounding),
        suffix: options.value('s').unwrap_or_default().to_string(),
        padding,
        zeros: false,
        precision: None,
        before: String::new(),
        after: String::new(),
        delimiter,
        fields,
        invalid: invalid.to_string(),
    };
    if let Some(format) = options.value('m')
        && let Err(message) = read_format(format, &mut settings)
    {
        process.complain(machine, &message);
        return Err(1);
    }
    Ok(settings)
}

/// Field numbers as cut takes them: `1,3-5,7-`.
fn fields(list: &str) -> Result<Vec<(usize, usize)>, String> {
    let number = |text: &str| match text.parse::<usize>() {
        Ok(0) => Err("fields are numbered from 1".to_string()),
        Ok(number) => Ok(number),
        Err(_) => Err(format!("invalid field value '{text}'")),
    };
    let mut ranges = Vec::new();
    for part in list.split([',', ' ']) {
        let range = match part.split_once('-') {
            None => {
                let at = number(part)?;
                (at, at)
            }
            Some(("", "")) => (1, usize::MAX),
            Some(("", to)) => (1, number(to)?),
            Some((from, "")) => (number(from)?, usize::MAX),
            Some((from, to)) => (number(from)?, number(to)?),
        };
        if range.0 > range.1 {
            return Err("invalid decreasing range".to_string());
        }
        ranges.push(range);
    }
    Ok(ranges)
}

/// Takes apart `--format`: text, `%`, flags `'`, `-` and `0`, a width, a precision, `f`, text.
fn read_format(format: &str, settings: &mut Settings) -> Result<(), String> {
    let mut rest = format;
    let mut before = String::new();
    loop {
        let Some((text, after)) = rest.split_once('%') else {
            return Err(format!("format '{format}' has no % directive"));
        };
        before.push_str(text);
        match after.strip_prefix('%') {
            Some(after) => {
                before.push('%');
                rest = after;
            }
            None => {
                rest = after;
                break;
            }
        }
    }
    let flags = rest.find(|c| !matches!(c, '\'' | '-' | '0' | ' ')).unwrap_or(rest.len());
    let (flags, after) = rest.split_at_checked(flags).unwrap_or((rest, ""));
    let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    let (width, mut after) = after.split_at_checked(digits).unwrap_or((after, ""));
    if let Some(fraction) = after.strip_prefix('.') {
        let digits = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
        let (precision, rest) = fraction.split_at_checked(digits).unwrap_or((fraction, ""));
        settings.precision = Some(precision.parse::<u32>().unwrap_or(0).min(18));
        after = rest;
    }
    let Some(after) = after.strip_prefix('f') else {
        return Err(format!("invalid format '{format}', directive must be %[0]['][-][N][.][N]f"));
    };
    if after.replace("%%", "").contains('%') {
        return Err(format!("format '{format}' has too many % directives"));
    }
    let width = width.parse::<i64>().unwrap_or(0).min(10_000);
    if width != 0 {
        settings.padding = if flags.contains('-') { -width } else { width };
        settings.zeros = flags.contains('0');
    }
    settings.before = before;
    settings.after = after.replace("%%", "%");
    Ok(())
}

/// A line with its numbers converted; an error, with what is printed already, ends the run.
fn convert(
    machine: &mut Machine,
    process: &Process,
    settings: &Settings,
    line: &[u8],
    status: &mut i32,
) -> Result<Vec<u8>, Vec<u8>> {
    let (mut output, mut rest, mut field) = (Vec::new(), line, 1);
    loop {
        let end = match settings.delimiter {
            Some(delimiter) => rest.iter().position(|byte| *byte == delimiter),
            None => {
                let start = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(rest.len());
                let text = rest.get(start..).unwrap_or_default();
                text.iter().position(|byte| matches!(byte, b' ' | b'\t')).map(|length| start + length)
            }
        };
        let (text, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, &[]));
        let text = String::from_utf8_lossy(text);
        let included = settings.fields.iter().any(|(from, to)| (*from..=*to).contains(&field));
        let shown = if included { one(settings, &text, field) } else { Ok(text.to_string()) };
        match shown {
            Ok(shown) => output.extend(shown.bytes()),
            Err(message) => {
                if settings.invalid != "ignore" {
                    process.complain(machine, &message);
                }
                match settings.invalid.as_str() {
                    "abort" => return Err(output),
                    "fail" => *status = 2,
                    _ => {}
                }
                output.extend(text.bytes());
            }
        }
        let Some((_, after)) = after.split_first() else { return Ok(output) };
        output.push(settings.delimiter.unwrap_or(b' '));
        rest = after;
        field += 1;
    }
}

/// One number in its new form.
fn one(settings: &Settings, text: &str, field: usize) -> Result<String, String> {
    let number = text.trim_start_matches([' ', '\t']);
    let padding = if settings.padding == 0 && settings.delimiter.is_none() && (number.len() < text.len() || field > 1) {
        text.chars().count().try_into().unwrap_or(0)
    } else {
        settings.padding
    };
    let bare = match number.strip_suffix(settings.suffix.as_str()) {
        Some(bare) if !bare.is_empty() => bare,
        _ => number,
    };
    let Number { value, decimals, precision } = parse_number(bare, settings.from)?;
    let too_large = || format!("value too large to be printed: '{number}' (consider using --to)");
    let value = value.checked_mul(settings.from_unit).ok_or_else(too_large)?;
    let divisor = 10i128.pow(decimals).checked_mul(settings.to_unit).ok_or_else(too_large)?;
    let mut shown = match settings.to {
        Scale::None => plain(value, divisor, settings.precision.unwrap_or(precision), settings.rounding),
        to => human(value, divisor, to, settings.precision, settings.rounding),
    }
    .ok_or_else(too_large)?;
    shown.push_str(&settings.suffix);
    let width = usize::try_from(padding.unsigned_abs()).unwrap_or(0);
    let padded = match padding {
        0 => shown,
        _ if padding < 0 => format!("{shown:<width$}"),
        _ if settings.zeros => format!("{shown:0>width$}"),
        _ => format!("{shown:>width$}"),
    };
    Ok(format!("{}{padded}{}", settings.before, settings.after))
}
