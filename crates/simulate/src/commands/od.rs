//! od.

use crate::process::{Machine, Process};

use super::input::{filter_text, is_busybox, not_modelled, number};
use super::options::{Options, parse};

/// One way of showing a block: how its bytes are grouped and written.
#[derive(Clone, Copy)]
struct Format {
    /// `a`, `c`, or the radix: `d`, `u`, `o`, `x`.
    kind: char,
    size: usize,
    /// Whether the row ends in the bytes as text.
    text: bool,
}

impl Format {
    /// The characters of one value, without the space before it.
    fn width(self) -> usize {
        match self.kind {
            'd' => [4, 6, 11, 20],
            'u' => [3, 5, 10, 20],
            'o' => [3, 6, 11, 22],
            'x' => [2, 4, 8, 16],
            _ => [3; 4],
        }
        .get(self.size.trailing_zeros() as usize)
        .copied()
        .unwrap_or(3)
    }

    fn value(self, unit: &[u8]) -> String {
        let bits = self.size as u32 * 8;
        let value = unit.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
        let digits = self.width();
        match self.kind {
            'a' => NAMED.get(usize::from(unit.first().copied().unwrap_or(0) & 0x7f)).map_or_else(
                || {
                    let byte = unit.first().copied().unwrap_or(0) & 0x7f;
                    if byte == 127 { "del".to_string() } else { char::from(byte).to_string() }
                },
                |name| (*name).to_string(),
            ),
            'c' => character(unit.first().copied().unwrap_or(0)),
            'd' => (((value << (64 - bits)) as i64) >> (64 - bits)).to_string(),
            'u' => value.to_string(),
            'o' => format!("{value:0digits$o}"),
            _ => format!("{value:0digits$x}"),
        }
    }
}

const NAMED: [&str; 33] = [
    "nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "nl", "vt", "ff", "cr", "so", "si", "dle",
    "dc1", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em", "sub", "esc", "fs", "gs", "rs", "us", "sp",
];

pub fn od(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("address-radix=", 'A'),
        ("skip-bytes=", 'j'),
        ("read-bytes=", 'N'),
        ("strings=", 'S'),
        ("format=", 't'),
        ("output-duplicates", 'v'),
        ("width=", 'w'),
    ];
    let options = match parse(machine, process, "A:j:N:S:t:abcdDfFhHiIlLoOBsvw::xX", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let busybox = is_busybox(machine);
    let formats = match formats(machine, process, &options) {
        Ok(formats) => formats,
        Err(message) => {
            process.complain(machine, &message);
            return 1;
        }
    };
    let (bytes, status) = filter_text(machine, process, &options.operands);
    if status != 0 && bytes.is_empty() {
        return status;
    }
    let count =
        |letter| options.value(letter).and_then(number).map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    let skip = count('j').unwrap_or(0);
    let Some(rest) = bytes.get(skip..) else {
        let cannot = if busybox { "can't" } else { "cannot" };
        process.complain(machine, &format!("{cannot} skip past end of combined input"));
        return 1;
    };
    let rest = rest.get(..count('N').unwrap_or(usize::MAX).min(rest.len())).unwrap_or(rest);
    let radix = options.value('A').and_then(|radix| radix.chars().next()).unwrap_or('o');
    let address = |at: usize| match radix {
        'n' => String::new(),
        'x' => format!("{at:06x}"),
        'd' => format!("{at:07}"),
        _ => format!("{at:07o}"),
    };
    let mut output = String::new();
    if let Some(shortest) = options.value('S').and_then(number) {
        let mut start = 0;
        for (at, byte) in rest.iter().enumerate().filter(|(_, byte)| !(32..127).contains(*byte)) {
            if *byte == 0 && at - start >= usize::try_from(shortest).unwrap_or(usize::MAX) {
                let text = String::from_utf8_lossy(rest.get(start..at).unwrap_or_default());
                output.push_str(format!("{} {text}\n", address(skip + start)).trim_start_matches(' '));
            }
            start = at + 1;
        }
        process.out(machine, &output);
        return status;
    }
    let largest = formats.iter().map(|format| format.size).max().unwrap_or(1);
    let width = match options.value('w') {
        Some(text) => text.parse::<usize>().ok().filter(|width| *width > 0 && width % largest == 0).unwrap_or(largest),
        None if options.has('w') => 32,
        None => 16,
    };
    let mut before: Option<&[u8]> = None;
    let mut starred = false;
    for (row, line) in rest.chunks(width).enumerate() {
        if before == Some(line) && !options.has('v') {
            if !starred {
                output.push_str("*\n");
            }
            starred = true;
            continue;
        }
        starred = false;
        before = Some(line);
        let start = address(skip + row * width);
        for (at, format) in formats.iter().enumerate() {
            output.push_str(&if at == 0 { start.clone() } else { " ".repeat(start.len()) });
            let fill = if busybox { largest } else { format.size };
            let alike = if busybox { std::slice::from_ref(format) } else { &formats };
            write_row(&mut output, *format, line, width, fill, alike);
        }
    }
    let end = address(skip + rest.len());
    if !end.is_empty() {
        output.push_str(&format!("{end}\n"));
    }
    process.out(machine, &output);
    status
}

/// One row in one format. Its values get the same places as those of the formats `alike`; busybox fills the last
/// block up for all formats, GNU's od for each.
fn write_row(output: &mut String, format: Format, line: &[u8], width: usize, fill: usize, alike: &[Format]) {
    let fields = width / format.size;
    let needed = |format: &Format| (format.width() + 1) * (width / format.size);
    let total = alike.iter().map(needed).max().unwrap_or_default();
    let padding = total - format.width() * fields;
    let mut filled = line.to_vec();
    filled.resize(line.len().div_ceil(fill) * fill, 0);
    let mut left = padding;
    for (at, unit) in filled.chunks(format.size).enumerate() {
        let next = padding * (fields - at - 1) / fields.max(1);
        output.push_str(&format!("{:>1$}", format.value(unit), left - next + format.width()));
        left = next;
    }
    if format.text {
        let missing = fields - filled.len().div_ceil(format.size);
        output.push_str(&" ".repeat(left + format.width() * missing));
        let text: String =
            line.iter().map(|byte| if (32..127).contains(byte) { char::from(*byte) } else { '.' }).collect();
        output.push_str(&format!("  >{text}<"));
    }
    output.push('\n');
}

/// The formats that the options ask for, in their order.
fn formats(machine: &mut Machine, process: &Process, options: &Options) -> Result<Vec<Format>, String> {
    let mut formats = Vec::new();
    for (letter, value) in &options.given {
        let short = |kind, size| Format { kind, size, text: false };
        match letter {
            'a' => formats.push(short('a', 1)),
            'b' => formats.push(short('o', 1)),
            'c' => formats.push(short('c', 1)),
            'd' => formats.push(short('u', 2)),
            'D' => formats.push(short('u', 4)),
            'h' | 'x' => formats.push(short('x', 2)),
            'H' | 'X' => formats.push(short('x', 4)),
            'i' => formats.push(short('d', 4)),
            'I' | 'l' | 'L' => formats.push(short('d', 8)),
            'o' | 'B' => formats.push(short('o', 2)),
            'O' => formats.push(short('o', 4)),
            's' => formats.push(short('d', 2)),
            'f' | 'F' => not_modelled(machine, process, "-f"),
            't' => named(machine, process, value.as_deref().unwrap_or_default(), &mut formats)?,
            _ => {}
        }
    }
    if formats.is_empty() {
        formats.push(Format { kind: 'o', size: 2, text: false });
    }
    Ok(formats)
}

/// The formats of a `-t`.
fn named(machine: &mut Machine, process: &Process, types: &str, formats: &mut Vec<Format>) -> Result<(), String> {
    let busybox = is_busybox(machine);
    let mut letters = types.chars().peekable();
    while let Some(kind) = letters.next() {
        let size =
            match kind {
                'a' | 'c' => 1,
                'd' | 'u' | 'o' | 'x' => {
                    let mut digits = String::new();
                    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                        digits.push(digit);
                    }
                    let named = match letters.peek() {
                        Some('C') if digits.is_empty() => Some(1),
                        Some('S') if digits.is_empty() => Some(2),
                        Some('I') if digits.is_empty() => Some(4),
                        Some('L') if digits.is_empty() => Some(8),
                        _ => None,
                    };
                    match named {
                        Some(size) => {
                            letters.next();
                            size
                        }
                        None if digits.is_empty() => 4,
                        None => digits.parse::<usize>().ok().filter(|size| [1, 2, 4, 8].contains(size)).ok_or_else(
                            || format!("invalid type string '{types}'; {digits}-byte integral type is not supported"),
                        )?,
                    }
                }
                'f' => {
                    not_modelled(machine, process, "-t f");
                    while letters.next_if(|letter| letter.is_ascii_digit() || "FDL".contains(*letter)).is_some() {}
                    continue;
                }
                _ => return Err(format!("invalid character '{kind}' in type string '{types}'")),
            };
        let text = !busybox && letters.next_if_eq(&'z').is_some();
        formats.push(Format { kind, size, text });
    }
    Ok(())
}

fn character(byte: u8) -> String {
    match byte {
        0 => "\\0".to_string(),
        7 => "\\a".to_string(),
        8 => "\\b".to_string(),
        9 => "\\t".to_string(),
        10 => "\\n".to_string(),
        11 => "\\v".to_string(),
        12 => "\\f".to_string(),
        13 => "\\r".to_string(),
        32..127 => char::from(byte).to_string(),
        _ => format!("{byte:03o}"),
    }
}
