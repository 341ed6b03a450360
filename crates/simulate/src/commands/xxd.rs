//! xxd: bytes in hexadecimal and back.

use crate::process::{Machine, Process};

use super::input::{filter_text, is_busybox, not_modelled};
use super::options::{Options, parse};

/// The most bytes of one row.
const COLUMN_LIMIT: usize = 256;

pub fn xxd(machine: &mut Machine, process: &mut Process) -> i32 {
    // `-ps` is one option of xxd's, not two letters.
    for argument in process.args.iter_mut().skip(1).take_while(|argument| *argument != "--") {
        if argument == "-ps" || argument == "-plain" {
            *argument = "-p".to_string();
        }
    }
    let options = match parse(machine, process, "ac:g:il:o:prs:ubeEdC", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    for letter in ['b', 'e', 'E', 'd', 'C'] {
        if options.has(letter) {
            not_modelled(machine, process, &format!("-{letter}"));
        }
    }
    // What is behind the first operand would be written, not read.
    let input: Vec<String> = options.operands.iter().take(1).cloned().collect();
    let (mut bytes, status) = filter_text(machine, process, &input);
    if status != 0 {
        return status;
    }
    if options.has('r') {
        let output = if options.has('p') { plain_bytes(&bytes) } else { dumped_bytes(&bytes) };
        process.out_bytes(machine, &output);
        return 0;
    }
    let skip = options.value('s').and_then(count).unwrap_or(0).min(bytes.len());
    bytes.drain(..skip);
    if let Some(most) = options.value('l').and_then(count) {
        bytes.truncate(most);
    }
    let output = if options.has('i') {
        as_c(&options, input.first().map(String::as_str), &bytes, is_busybox(machine))
    } else if options.has('p') {
        let columns = options.value('c').and_then(count).unwrap_or(30);
        let columns = if columns == 0 { bytes.len().max(1) } else { columns };
        bytes.chunks(columns).map(|line| format!("{}\n", hex(line, options.has('u')))).collect()
    } else {
        dump(&options, &bytes, skip, is_busybox(machine))
    };
    process.out(machine, &output);
    0
}

fn count(text: &str) -> Option<usize> {
    match text.strip_prefix("0x") {
        Some(digits) => usize::from_str_radix(digits, 16).ok(),
        None => text.trim_start_matches('+').parse().ok(),
    }
}

fn hex(bytes: &[u8], upper: bool) -> String {
    bytes.iter().map(|byte| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") }).collect()
}

fn dump(options: &Options, bytes: &[u8], skip: usize, busybox: bool) -> String {
    let columns = options.value('c').and_then(count).filter(|columns| *columns > 0).unwrap_or(16).min(COLUMN_LIMIT);
    let group = match options.value('g').and_then(count).unwrap_or(2) {
        0 => columns,
        group => group.min(columns),
    };
    let width = columns * 2 + columns.div_ceil(group) - 1;
    let start = skip + options.value('o').and_then(count).unwrap_or(0);
    let mut output = String::new();
    let mut zeros = 0_usize;
    for (row, line) in bytes.chunks(columns).enumerate() {
        // vim's xxd puts one `*` for three and more rows of zeros that are not the last.
        let last = (row + 1) * columns >= bytes.len();
        if options.has('a') && !busybox && !last && line.iter().all(|byte| *byte == 0) {
            zeros += 1;
            if zeros > 1 {
                if zeros == 2 {
                    output.push_str("*\n");
                }
                continue;
            }
        } else {
            zeros = 0;
        }
        let groups: Vec<String> = line.chunks(group).map(|group| hex(group, options.has('u'))).collect();
        let text: String =
            line.iter().map(|byte| if (32..127).contains(byte) { char::from(*byte) } else { '.' }).collect();
        output.push_str(&format!("{:08x}: {:<width$}  {text}\n", start + row * columns, groups.join(" ")));
    }
    output
}

/// The bytes as an array of C's, named as the file.
fn as_c(options: &Options, file: Option<&str>, bytes: &[u8], busybox: bool) -> String {
    let columns = options.value('c').and_then(count).filter(|columns| *columns > 0).unwrap_or(12);
    let name: Option<String> = file
        .filter(|file| *file != "-")
        .map(|file| file.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect());
    let rows: Vec<String> = bytes
        .chunks(columns)
        .map(|line| {
            let shown: Vec<String> = line.iter().map(|byte| format!("0x{byte:02x}")).collect();
            format!("  {}", shown.join(", "))
        })
        .collect();
    let mut array = rows.join(",\n");
    if !rows.is_empty() {
        array.push_str(if busybox { ",\n" } else { "\n" });
    }
    match name {
        Some(name) => {
            format!("unsigned char {name}[] = {{\n{array}}};\nunsigned int {name}_len = {};\n", bytes.len())
        }
        None => array,
    }
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// The bytes of a text of digits; what is between pairs does not count.
fn plain_bytes(text: &[u8]) -> Vec<u8> {
    let mut output = Vec::new();
    let mut high = None;
    for byte in text {
        match (nibble(*byte), high) {
            (Some(low), Some(first)) => {
                output.push(first << 4 | low);
                high = None;
            }
            (Some(digit), None) => high = Some(digit),
            (None, _) => high = None,
        }
    }
    output
}

/// The bytes of a dump: each row goes to its offset, gaps are zeros.
fn dumped_bytes(text: &[u8]) -> Vec<u8> {
    let mut output: Vec<u8> = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let offset = line
            .get(..digits)
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| usize::from_str_radix(digits, 16).ok());
        let Some(offset) = offset.filter(|offset| *offset <= super::input::TEXT_LIMIT) else { continue };
        let rest = line.get(digits..).unwrap_or_default();
        let rest = rest.strip_prefix(b":").unwrap_or(rest);
        let start = rest.iter().take_while(|byte| **byte == b' ').count();
        let rest = rest.get(start..).unwrap_or_default();
        let end = rest.windows(2).position(|pair| pair == b"  ").unwrap_or(rest.len());
        let row = plain_bytes(rest.get(..end).unwrap_or_default());
        if output.len() < offset {
            output.resize(offset, 0);
        }
        output.truncate(offset);
        output.extend(row);
    }
    output
}
