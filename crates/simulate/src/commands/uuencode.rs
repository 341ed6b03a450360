//! uuencode, uudecode.

use crate::process::{Machine, Process};

use super::input::{open, text};
use super::options::parse;

const STANDARD: &[u8; 64] = b"`!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes of one line.
const LINE: usize = 45;

pub fn uuencode(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "m", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let (file, name) = match options.operands.as_slice() {
        [name] => ("-", name.clone()),
        [file, name] => (file.as_str(), name.clone()),
        _ => return super::input::missing_operand(machine, process),
    };
    let mode = match machine.fs.stat(&process.path(file), true, &process.cred) {
        Ok(stat) if file != "-" => stat.attr.mode & 0o777,
        _ => 0o666 & !process.umask,
    };
    let content = match open(machine, process, file) {
        Ok(content) => content,
        Err(errno) => {
            process.complain(machine, &format!("{file}: {errno}"));
            return 1;
        }
    };
    let bytes = text(machine, process, &content).unwrap_or_default();
    let base64 = options.has('m');
    let table = if base64 { BASE64 } else { STANDARD };
    let mut output = format!("begin{} {mode:o} {name}\n", if base64 { "-base64" } else { "" });
    for line in bytes.chunks(LINE) {
        if !base64 {
            output.push(symbol(table, line.len() as u32));
        }
        for group in line.chunks(3) {
            let value = (0..3).fold(0u32, |value, at| value << 8 | u32::from(group.get(at).copied().unwrap_or(0)));
            for (at, shift) in [18, 12, 6, 0].into_iter().enumerate() {
                let padding = base64 && at > group.len();
                output.push(if padding { '=' } else { symbol(table, value >> shift & 63) });
            }
        }
        output.push('\n');
    }
    output.push_str(if base64 { "====\n" } else { "`\nend\n" });
    process.out(machine, &output);
    0
}

fn symbol(table: &[u8; 64], value: u32) -> char {
    table.get(value as usize & 63).map_or('=', |byte| char::from(*byte))
}

pub fn uudecode(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "o:", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let file = options.operands.first().cloned().unwrap_or_else(|| "-".to_string());
    let content = match open(machine, process, &file) {
        Ok(content) => content,
        Err(errno) => {
            process.complain(machine, &format!("{file}: {errno}"));
            return 1;
        }
    };
    let bytes = text(machine, process, &content).unwrap_or_default();
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let header = lines.by_ref().find_map(|line| {
        let line = String::from_utf8_lossy(line).into_owned();
        let base64 = line.starts_with("begin-base64 ");
        let rest = line.strip_prefix("begin-base64 ").or(line.strip_prefix("begin "))?;
        let (mode, name) = rest.split_once(' ')?;
        Some((base64, u32::from_str_radix(mode, 8).ok()?, name.trim_end().to_string()))
    });
    let Some((base64, mode, name)) = header else {
        process.complain(machine, "no 'begin' line");
        return 1;
    };
    let mut decoded = Vec::new();
    let mut ended = false;
    for line in lines {
        if base64 && line.starts_with(b"====") || !base64 && line == b"end" {
            ended = true;
            break;
        }
        decode_line(line, base64, &mut decoded);
    }
    let target = options.value('o').unwrap_or(&name);
    if target == "-" || target == "/dev/stdout" {
        process.out_bytes(machine, &decoded);
    } else {
        let path = process.path(target);
        let written = machine
            .fs
            .write(&path, filesystem::Content::from_bytes(&decoded), 0o666 & !process.umask, &process.cred)
            .and_then(|()| machine.fs.chmod(&path, mode & 0o777, true, &process.cred));
        if let Err(errno) = written {
            process.complain(machine, &format!("{target}: {errno}"));
            return 1;
        }
    }
    if !ended {
        process.complain(machine, "short file");
        return 1;
    }
    0
}

fn decode_line(line: &[u8], base64: bool, decoded: &mut Vec<u8>) {
    let (symbols, length) = match (base64, line.split_first()) {
        (true, _) => (line, usize::MAX),
        (false, Some((first, rest))) => (rest, usize::from(first.wrapping_sub(32) & 63)),
        (false, None) => return,
    };
    let mut row = Vec::new();
    for group in symbols.chunks(4) {
        let mut value = 0u32;
        let mut known = 0;
        for at in 0..4 {
            let byte = group.get(at).copied().unwrap_or(b' ');
            let digit = match base64 {
                true => BASE64.iter().position(|symbol| *symbol == byte),
                false => Some(usize::from(byte.wrapping_sub(32) & 63)),
            };
            known += usize::from(digit.is_some());
            value = value << 6 | digit.unwrap_or(0) as u32;
        }
        let [_, a, b, c] = value.to_be_bytes();
        row.extend([a, b, c].into_iter().take(known.saturating_sub(1)));
    }
    row.truncate(length);
    decoded.extend(row);
}
