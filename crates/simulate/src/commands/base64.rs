//! base64, od, hexdump, xxd, strings.

use crate::process::{Machine, Process};

use super::input::{cannot_open, filter_text, lines, number, open, text};
use super::options::parse;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::new();
    for three in bytes.chunks(3) {
        let group = three.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let index = (group >> (18 - 6 * at) & 63) as usize;
            let letter = if at <= three.len() { ALPHABET.get(index).copied() } else { None };
            encoded.push(letter.unwrap_or(b'='));
        }
    }
    encoded
}

/// What is written in base64; `None` for bytes that do not belong there, unless they are skipped.
fn decode(bytes: &[u8], skip: bool) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    let (mut group, mut bits) = (0u32, 0);
    for byte in bytes.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        if *byte == b'=' {
            break;
        }
        let value = match ALPHABET.iter().position(|letter| letter == byte) {
            None if skip => continue,
            value => value?,
        };
        group = group << 6 | u32::try_from(value).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            decoded.push((group >> bits & 0xff) as u8);
        }
    }
    Some(decoded)
}

pub fn base64(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "dw:i", &[("decode", 'd'), ("wrap=", 'w'), ("ignore-garbage", 'i')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let operand = options.operands.first().map_or("-", String::as_str);
    let content = match open(machine, process, operand) {
        Ok(content) => content,
        Err(errno) => {
            cannot_open(machine, process, operand, errno);
            return 1;
        }
    };
    let Some(bytes) = text(machine, process, &content) else { return 0 };
    if options.has('d') {
        let skip = options.has('i') || super::input::is_busybox(machine);
        return match decode(&bytes, skip) {
            Some(decoded) => {
                process.out_bytes(machine, &decoded);
                0
            }
            None => {
                process.complain(machine, "invalid input");
                1
            }
        };
    }
    let width = options.value('w').and_then(|text| text.parse::<usize>().ok()).unwrap_or(76);
    let encoded = encode(&bytes);
    let mut output = Vec::new();
    if width == 0 {
        output = encoded;
    } else {
        for line in encoded.chunks(width) {
            output.extend(line);
            output.push(b'\n');
        }
    }
    process.out_bytes(machine, &output);
    0
}

pub fn od(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(
        machine,
        process,
        "A:t:N:j:cxbdovw:X",
        &[("address-radix=", 'A'), ("format=", 't'), ("read-bytes=", 'N')],
    ) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (mut bytes, status) = filter_text(machine, process, &options.operands);
    if let Some(skip) = options.value('j').and_then(number) {
        bytes = bytes.split_off(usize::try_from(skip).unwrap_or(usize::MAX).min(bytes.len()));
    }
    if let Some(most) = options.value('N').and_then(number) {
        bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    let format = options.value('t').unwrap_or(if options.has('c') {
        "c"
    } else if options.has('b') {
        "o1"
    } else if options.has('x') {
        "x2"
    } else {
        "o2"
    });
    let (kind, size) =
        (format.chars().next().unwrap_or('o'), format.get(1..).unwrap_or_default().trim_end_matches('z'));
    let size = size.parse::<usize>().unwrap_or(if kind == 'c' || kind == 'a' { 1 } else { 4 }).clamp(1, 8);
    let address = |at: usize| match options.value('A') {
        Some("n") => String::new(),
        Some("x") => format!("{at:06x}"),
        Some("d") => format!("{at:07}"),
        _ => format!("{at:07o}"),
    };
    let mut output = String::new();
    for (row, line) in bytes.chunks(16).enumerate() {
        output.push_str(&address(row * 16));
        for unit in line.chunks(size) {
            let value = unit.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
            output.push_str(&match kind {
                'c' => format!(" {:>3}", character(unit.first().copied().unwrap_or(0))),
                'x' => format!(" {value:0width$x}", width = size * 2),
                'd' | 'u' => format!(" {value:>width$}", width = size * 3),
                _ => format!(" {value:0width$o}", width = (size * 8).div_ceil(3)),
            });
        }
        output.push('\n');
    }
    let end = address(bytes.len());
    if !end.is_empty() {
        output.push_str(&format!("{end}\n"));
    }
    process.out(machine, &output);
    status
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

/// hexdump -C, hd, and xxd with -p: the two that scripts use.
pub fn hexdump(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "Cvn:s:bcdoxpl:ru", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let is_xxd = process.name() == "xxd";
    let (mut bytes, status) = filter_text(machine, process, &options.operands);
    if let Some(most) = options.value('n').or(options.value('l')).and_then(number) {
        bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    let mut output = String::new();
    let printable = |line: &[u8]| -> String {
        line.iter().map(|byte| if (32..127).contains(byte) { char::from(*byte) } else { '.' }).collect()
    };
    let hex = |line: &[u8]| -> String { line.iter().map(|byte| format!("{byte:02x}")).collect() };
    for (row, line) in bytes.chunks(if is_xxd && options.has('p') { 30 } else { 16 }).enumerate() {
        if is_xxd && options.has('p') {
            output.push_str(&format!("{}\n", hex(line)));
        } else if is_xxd {
            let pairs: Vec<String> = line.chunks(2).map(hex).collect();
            output.push_str(&format!("{:08x}: {:<39}  {}\n", row * 16, pairs.join(" "), printable(line)));
        } else if options.has('C') || process.name() == "hd" {
            let halves: Vec<String> =
                line.chunks(8).map(|half| half.iter().map(|byte| format!("{byte:02x} ")).collect::<String>()).collect();
            output.push_str(&format!("{:08x}  {:<50}|{}|\n", row * 16, halves.join(" "), printable(line)));
        } else {
            let pairs: String = line
                .chunks(2)
                .map(|pair| {
                    format!(" {:04x}", pair.iter().rev().fold(0u32, |value, byte| value << 8 | u32::from(*byte)))
                })
                .collect();
            output.push_str(&format!("{:07x}{pairs}\n", row * 16));
        }
    }
    if !is_xxd && !bytes.is_empty() {
        let width = if options.has('C') || process.name() == "hd" { 8 } else { 7 };
        output.push_str(&format!("{:0width$x}\n", bytes.len()));
    }
    process.out(machine, &output);
    status
}

pub fn strings(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "an:fot:", &[("bytes=", 'n')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let least = options.value('n').and_then(|text| text.parse::<usize>().ok()).unwrap_or(4);
    let (bytes, status) = filter_text(machine, process, &options.operands);
    let mut output = Vec::new();
    for line in lines(&bytes) {
        for run in line.split(|byte| !(32..127).contains(byte) && *byte != b'\t') {
            if run.len() >= least {
                output.extend(run);
                output.push(b'\n');
            }
        }
    }
    process.out_bytes(machine, &output);
    status
}
