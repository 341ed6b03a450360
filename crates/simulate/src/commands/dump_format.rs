//! The formats of hexdump's `-e`: `[REPETITIONS][/BYTES] "TEXT WITH %x"` one after another, as BSD's hexdump(1) has them.

/// The most bytes that one row may take.
const BLOCK_LIMIT: usize = 4096;

/// One format: what is written for each block.
#[derive(Clone, Debug)]
pub struct Row {
    units: Vec<Unit>,
}

#[derive(Clone, Debug)]
struct Unit {
    repetitions: usize,
    /// Whether the repetitions were written down; else the last unit fills the block.
    fixed: bool,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    before: String,
    what: What,
    width: usize,
    left: bool,
    zeros: bool,
    precision: Option<usize>,
    bytes: usize,
    after: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Nothing,
    /// `%_a`: the offset, in that radix.
    Offset(char),
    /// `%_A`: the offset at the end of all.
    End(char),
    Number(char),
    Char,
    Text,
    /// `%_c`, `%_p`, `%_u`.
    Shown(char),
}

impl Unit {
    fn size(&self) -> usize {
        self.parts.iter().map(|part| part.bytes).sum()
    }
}

impl Row {
    fn size(&self) -> usize {
        self.units.iter().map(|unit| unit.size() * unit.repetitions).sum()
    }
}

/// Reads one format; the error is hexdump's.
pub fn parse_format(text: &str) -> Result<Row, String> {
    let bad = || format!("bad format {{{text}}}");
    let mut units = Vec::new();
    let mut rest = text.trim_start();
    let number = |rest: &mut &str| -> Option<usize> {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at_checked(end)?;
        *rest = after;
        digits.parse().ok()
    };
    while !rest.is_empty() {
        let repetitions = number(&mut rest);
        rest = rest.trim_start();
        let mut bytes = None;
        if let Some(after) = rest.strip_prefix('/') {
            rest = after.trim_start();
            bytes = Some(number(&mut rest).ok_or_else(bad)?);
            rest = rest.trim_start();
        }
        rest = rest.strip_prefix('"').ok_or_else(bad)?;
        let end = rest.find('"').ok_or_else(bad)?;
        let (quoted, after) = rest.split_at_checked(end).ok_or_else(bad)?;
        rest = after.get(1..).unwrap_or_default().trim_start();
        units.push(Unit {
            repetitions: repetitions.unwrap_or(1).min(BLOCK_LIMIT),
            fixed: repetitions.is_some(),
            parts: parts(&unescaped(quoted), bytes)?,
        });
    }
    Ok(Row { units })
}

fn unescaped(text: &str) -> String {
    let mut output = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            output.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => output.push('\n'),
            Some('t') => output.push('\t'),
            Some('r') => output.push('\r'),
            Some('0') => output.push('\0'),
            Some('a') => output.push('\x07'),
            Some('b') => output.push('\x08'),
            Some('f') => output.push('\x0c'),
            Some('v') => output.push('\x0b'),
            Some(other) => output.push(other),
            None => output.push('\\'),
        }
    }
    output
}

/// The conversions of a unit, with the text around them.
fn parts(text: &str, bytes: Option<usize>) -> Result<Vec<Part>, String> {
    let mut parts: Vec<Part> = Vec::new();
    let mut before = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            before.push(letter);
            continue;
        }
        if letters.next_if_eq(&'%').is_some() {
            before.push('%');
            continue;
        }
        let (mut left, mut zeros, mut width, mut precision) = (false, false, 0_usize, None);
        while let Some(flag) = letters.next_if(|flag| "-0+ #".contains(*flag)) {
            left |= flag == '-';
            zeros |= flag == '0';
        }
        while let Some(digit) = letters.next_if(char::is_ascii_digit) {
            width = (width * 10 + digit.to_digit(10).unwrap_or(0) as usize).min(BLOCK_LIMIT);
        }
        if letters.next_if_eq(&'.').is_some() {
            let mut value = 0_usize;
            while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                value = (value * 10 + digit.to_digit(10).unwrap_or(0) as usize).min(BLOCK_LIMIT);
            }
            precision = Some(value);
        }
        let bad = |letters: &str| format!("bad conversion character %{letters}");
        let (what, size) = match letters.next() {
            Some(kind @ ('d' | 'i' | 'o' | 'u' | 'x' | 'X')) => {
                let size = bytes.unwrap_or(4);
                if ![1, 2, 4, 8].contains(&size) {
                    return Err(format!("bad byte count for conversion character {kind}"));
                }
                (What::Number(kind), size)
            }
            Some('c') => (What::Char, 1),
            Some('s') => match bytes.or(precision) {
                Some(size) => (What::Text, size.min(BLOCK_LIMIT)),
                None => return Err("%s needs precision or byte count".to_string()),
            },
            Some('_') => match letters.next() {
                Some(shown @ ('c' | 'p' | 'u')) => (What::Shown(shown), 1),
                Some(kind @ ('a' | 'A')) => match letters.next() {
                    Some(radix @ ('d' | 'o' | 'x')) if kind == 'a' => (What::Offset(radix), 0),
                    Some(radix @ ('d' | 'o' | 'x')) => (What::End(radix), 0),
                    _ => return Err(bad(&format!("_{kind}"))),
                },
                other => return Err(bad(&format!("_{}", other.map(String::from).unwrap_or_default()))),
            },
            other => return Err(bad(&other.map(String::from).unwrap_or_default())),
        };
        let before = std::mem::take(&mut before);
        parts.push(Part { before, what, width, left, zeros, precision, bytes: size, after: String::new() });
    }
    match parts.last_mut() {
        Some(last) => last.after = before,
        None => parts.push(Part {
            before,
            what: What::Nothing,
            width: 0,
            left: false,
            zeros: false,
            precision: None,
            bytes: 0,
            after: String::new(),
        }),
    }
    Ok(parts)
}

/// Writes all bytes in the formats, a block after another; equal blocks are one `*` unless `all` are wanted.
pub fn render(rows: &mut [Row], bytes: &[u8], start: usize, all: bool) -> Vec<u8> {
    let block = rows.iter().map(Row::size).max().unwrap_or(0);
    let mut output = Vec::new();
    if block == 0 || block > BLOCK_LIMIT {
        return output;
    }
    for row in rows.iter_mut() {
        let missing = block - row.size();
        if let Some(last) = row.units.iter_mut().rev().find(|unit| unit.size() > 0)
            && !last.fixed
        {
            last.repetitions += missing / last.size();
        }
    }
    let mut before: Option<&[u8]> = None;
    let mut starred = false;
    for (at, chunk) in bytes.chunks(block).enumerate() {
        if !all && before == Some(chunk) {
            if !starred {
                output.extend(b"*\n");
            }
            starred = true;
            continue;
        }
        starred = false;
        before = Some(chunk);
        for row in rows.iter() {
            write_block(&mut output, row, chunk, start + at * block);
        }
    }
    let end = start + bytes.len();
    let is_end = |part: &&Part| matches!(part.what, What::End(_));
    let mut ends = rows.iter().flat_map(|row| &row.units).flat_map(|unit| &unit.parts).filter(is_end);
    if let Some(part) = ends.next_back()
        && end > 0
        && let What::End(radix) = part.what
    {
        output.extend(format!("{}{}{}", part.before, padded(part, &in_radix(end as u64, radix)), part.after).bytes());
    }
    output
}

fn write_block(output: &mut Vec<u8>, row: &Row, chunk: &[u8], start: usize) {
    let mut at = 0;
    for unit in row.units.iter().filter(|unit| !unit.parts.iter().any(|part| matches!(part.what, What::End(_)))) {
        for repetition in 0..unit.repetitions {
            let last_time = repetition + 1 == unit.repetitions;
            for (number, part) in unit.parts.iter().enumerate() {
                output.extend(part.before.bytes());
                let data = chunk.get(at..(at + part.bytes).min(chunk.len())).unwrap_or_default();
                if part.bytes > 0 && data.is_empty() {
                    output.extend(std::iter::repeat_n(b' ', part.width));
                } else {
                    write_value(output, part, data, start + at);
                }
                at += part.bytes;
                // Of a unit that is repeated, the last time leaves the blank at its end out.
                let trims = last_time && unit.repetitions > 1 && number + 1 == unit.parts.len();
                let after = part.after.as_str();
                output.extend(if trims { after.strip_suffix([' ', '\t']).unwrap_or(after) } else { after }.bytes());
            }
        }
    }
}

fn write_value(output: &mut Vec<u8>, part: &Part, data: &[u8], address: usize) {
    let byte = data.first().copied().unwrap_or(0);
    let text = match part.what {
        What::Nothing | What::End(_) => return,
        What::Offset(radix) => in_radix(address as u64, radix),
        What::Char => {
            output.push(byte);
            return;
        }
        What::Text => {
            let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
            output.extend(data.get(..end).unwrap_or_default());
            return;
        }
        What::Number(kind) => {
            let bits = (part.bytes as u32 * 8).clamp(8, 64);
            let value = data.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
            match kind {
                'd' | 'i' => (((value << (64 - bits)) as i64) >> (64 - bits)).to_string(),
                'X' => format!("{value:X}"),
                kind => in_radix(value, kind),
            }
        }
        What::Shown(kind) => shown(kind, byte),
    };
    output.extend(padded(part, &text).bytes());
}

fn in_radix(value: u64, radix: char) -> String {
    match radix {
        'o' => format!("{value:o}"),
        'x' => format!("{value:x}"),
        _ => value.to_string(),
    }
}

fn padded(part: &Part, text: &str) -> String {
    let number = matches!(part.what, What::Number(_) | What::Offset(_) | What::End(_));
    let digits = match part.precision {
        Some(precision) if number => format!("{text:0>precision$}"),
        _ => text.to_string(),
    };
    let width = part.width;
    match (part.left, part.zeros && number, digits.strip_prefix('-')) {
        (true, ..) => format!("{digits:<width$}"),
        (false, true, Some(positive)) => format!("-{positive:0>0$}", width.saturating_sub(1)),
        (false, true, None) => format!("{digits:0>width$}"),
        (false, false, _) => format!("{digits:>width$}"),
    }
}

const CONTROL: [&str; 32] = [
    "nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "lf", "vt", "ff", "cr", "so", "si", "dle",
    "dcl", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em", "sub", "esc", "fs", "gs", "rs", "us",
];

fn shown(kind: char, byte: u8) -> String {
    let printable = (32..127).contains(&byte);
    match (kind, byte) {
        _ if printable => char::from(byte).to_string(),
        ('p', _) => ".".to_string(),
        ('u', 127) => "del".to_string(),
        ('u', _) => CONTROL.get(usize::from(byte)).map_or_else(|| format!("{byte:02x}"), |name| (*name).to_string()),
        (_, 0) => "\\0".to_string(),
        (_, 7) => "\\a".to_string(),
        (_, 8) => "\\b".to_string(),
        (_, 9) => "\\t".to_string(),
        (_, 10) => "\\n".to_string(),
        (_, 11) => "\\v".to_string(),
        (_, 12) => "\\f".to_string(),
        (_, 13) => "\\r".to_string(),
        _ => format!("{byte:03o}"),
    }
}
