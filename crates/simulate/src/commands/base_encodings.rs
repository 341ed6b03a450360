//! base32 and basenc, and the alphabets that they share with base64.

use crate::process::{Machine, Process};

use super::input::{cannot_open, is_busybox, open, text};
use super::misuse::refuse;
use super::options::parse;

/// An encoding: digits of so many bits, and how many of them are padded to a group.
#[derive(Clone, Copy)]
pub struct Encoding {
    digits: &'static [u8],
    bits: u32,
    group: usize,
    /// Whether the bits of a byte begin with the lowest.
    lowest_first: bool,
}

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64URL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE32HEX: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";
const BASE16: &[u8] = b"0123456789ABCDEF";
const BASE2: &[u8] = b"01";

fn encoding(letter: char) -> Encoding {
    let (digits, bits, group) = match letter {
        'u' => (BASE64URL, 6, 4),
        '3' => (BASE32, 5, 8),
        'h' => (BASE32HEX, 5, 8),
        'x' => (BASE16, 4, 2),
        'm' | 'l' => (BASE2, 1, 8),
        _ => (BASE64, 6, 4),
    };
    Encoding { digits, bits, group, lowest_first: letter == 'l' }
}

/// The bytes as digits, padded to a group.
fn encode(bytes: &[u8], encoding: Encoding) -> Vec<u8> {
    let (mut encoded, mut held, mut bits) = (Vec::new(), 0u32, 0);
    let mask = (1u32 << encoding.bits) - 1;
    let digit = |value: u32| encoding.digits.get((value & mask) as usize).copied().unwrap_or(b'=');
    for byte in bytes {
        let byte = if encoding.lowest_first { byte.reverse_bits() } else { *byte };
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= encoding.bits {
            bits -= encoding.bits;
            encoded.push(digit(held >> bits));
        }
        held &= 0xff;
    }
    if bits > 0 {
        encoded.push(digit(held << (encoding.bits - bits)));
    }
    while encoded.len() % encoding.group != 0 {
        encoded.push(b'=');
    }
    encoded
}

/// What the digits say, and whether all of them were right; the others are left out where they are skipped.
fn decode(text: &[u8], encoding: Encoding, skip: bool, lenient: bool) -> (Vec<u8>, bool) {
    let value = |byte: u8| encoding.digits.iter().position(|digit| *digit == byte);
    let padded = encoding.digits.len() > 16;
    let kept: Vec<u8> = text
        .iter()
        .copied()
        .filter(|byte| *byte != b'\n' && !(lenient && byte.is_ascii_whitespace()))
        .filter(|byte| !skip || value(*byte).is_some() || *byte == b'=' && padded)
        .collect();
    let mut decoded = Vec::new();
    for group in kept.chunks(encoding.group) {
        let digits = group.iter().take_while(|byte| value(**byte).is_some());
        let (mut held, mut bits, mut count) = (0u64, 0, 0);
        for digit in digits {
            held = held << encoding.bits | value(*digit).unwrap_or(0) as u64;
            bits += encoding.bits;
            count += 1;
        }
        let whole: Vec<u8> = (1..=bits / 8).map(|byte| (held >> (bits - 8 * byte) & 0xff) as u8).collect();
        decoded.extend(whole.iter().map(|byte| if encoding.lowest_first { byte.reverse_bits() } else { *byte }));
        let rest = group.get(count..).unwrap_or_default();
        let fine = count == encoding.group
            || padded
                && group.len() == encoding.group
                && rest.iter().all(|byte| *byte == b'=')
                && bits >= 8
                && bits % 8 < encoding.bits;
        if !fine {
            return (decoded, lenient && rest.is_empty());
        }
    }
    (decoded, true)
}

/// base32, base64 and basenc.
pub fn base_encoding(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut long = vec![("decode", 'd'), ("wrap=", 'w'), ("ignore-garbage", 'i')];
    let any = process.name() == "basenc";
    if any {
        long.extend([
            ("base64", '6'),
            ("base64url", 'u'),
            ("base32", '3'),
            ("base32hex", 'h'),
            ("base16", 'x'),
            ("base2msbf", 'm'),
            ("base2lsbf", 'l'),
        ]);
    }
    let options = match parse(machine, process, "dw:i", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let width = match options.value('w').map(|text| (text, text.parse::<usize>())) {
        None => 76,
        Some((_, Ok(width))) => width,
        Some((text, Err(_))) => {
            process.complain(machine, &format!("invalid wrap size: '{text}'"));
            return 1;
        }
    };
    let encoding = match (any, options.last_of("6u3hxml")) {
        (true, Some(letter)) => encoding(letter),
        (true, None) => return refuse(machine, process, "missing encoding type"),
        _ => encoding(if process.name() == "base32" { '3' } else { '6' }),
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
        let busybox = is_busybox(machine);
        let (decoded, fine) = decode(&bytes, encoding, options.has('i') || busybox, busybox);
        process.out_bytes(machine, &decoded);
        if !fine {
            process.complain(machine, "invalid input");
        }
        return i32::from(!fine);
    }
    let mut output = Vec::new();
    for line in encode(&bytes, encoding).chunks(if width == 0 { usize::MAX } else { width }) {
        output.extend(line);
        if width > 0 {
            output.push(b'\n');
        }
    }
    process.out_bytes(machine, &output);
    0
}
