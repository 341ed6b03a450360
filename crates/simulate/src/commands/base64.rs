//! base64.

use crate::process::{Machine, Process};

use super::input::{cannot_open, open, text};
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
