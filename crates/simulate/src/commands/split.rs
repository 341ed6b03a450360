//! split.

use filesystem::Content;

use crate::process::{Descriptor, Machine, Process};

use super::input::{WALK_LIMIT, cannot_open, is_busybox, not_modelled, number, open, text};
use super::misuse::refuse;
use super::options::{Options, parse};
use super::split_pieces::{Chunks, by_chunks, by_line_bytes, by_lines};

pub fn split(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("lines=", 'l'),
        ("bytes=", 'b'),
        ("line-bytes=", 'C'),
        ("number=", 'n'),
        ("suffix-length=", 'a'),
        ("numeric-suffixes=", 'd'),
        ("hex-suffixes=", 'x'),
        ("additional-suffix=", 'A'),
        ("elide-empty-files", 'e'),
        ("filter=", 'F'),
        ("separator=", 't'),
        ("unbuffered", 'u'),
        ("verbose", 'v'),
    ];
    // -d and -x take a number in their long form alone.
    let attached: Vec<String> = process.args.iter().map(|word| with_start(word)).collect();
    process.args = attached;
    let short = if is_busybox(machine) { "l:b:a:d::" } else { "l:b:C:n:a:d::x::eut:" };
    let options = match parse(machine, process, short, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let input = options.operands.first().cloned().unwrap_or_else(|| "-".to_string());
    let pieces = match pieces(machine, process, &options, &input) {
        Ok(pieces) => pieces,
        Err(status) => return status,
    };
    let Some((pieces, printed)) = pieces else { return 0 };
    if printed {
        for piece in pieces {
            process.out_content(machine, &piece);
        }
        return 0;
    }
    write(machine, process, &options, &pieces)
}

/// `--numeric-suffixes` without a number is that from 0.
fn with_start(word: &str) -> String {
    match word {
        "--numeric-suffixes" => "-d".to_string(),
        "--hex-suffixes" => "-x".to_string(),
        _ => word.to_string(),
    }
}

/// A number of lines or bytes from 1 on; or the complaint.
fn size(machine: &mut Machine, process: &Process, text: &str, what: &str) -> Result<u64, i32> {
    if let Some(size) = number(text).filter(|size| *size > 0) {
        return Ok(size);
    }
    let message = if is_busybox(machine) {
        format!("invalid number '{text}'")
    } else {
        let why = if number(text).is_some() { ": Numerical result out of range" } else { "" };
        format!("invalid number of {what}: '{text}'{why}")
    };
    process.complain(machine, &message);
    Err(1)
}

/// The pieces, and whether they are printed instead of written.
type Pieces = Option<(Vec<Content>, bool)>;

fn pieces(machine: &mut Machine, process: &Process, options: &Options, input: &str) -> Result<Pieces, i32> {
    if "lbCn".chars().filter(|letter| options.has(*letter)).count() > 1 {
        return Err(refuse(machine, process, "cannot split in more than one way"));
    }
    let busybox = is_busybox(machine);
    let mut counts = [None; 3];
    for ((letter, what), count) in [('l', "lines"), ('b', "bytes"), ('C', "bytes")].into_iter().zip(&mut counts) {
        if let Some(text) = options.value(letter).filter(|_| !(busybox && letter == 'l')) {
            *count = Some(size(machine, process, text, what)?);
        }
    }
    let [lines, bytes, line_bytes] = counts;
    let chunks = match options.value('n').map(Chunks::read) {
        Some(Err(message)) => {
            process.complain(machine, &message);
            return Err(1);
        }
        Some(Ok(chunks)) => Some(chunks),
        None => None,
    };
    let content = match open(machine, process, input) {
        Ok(content) => content,
        Err(errno) => {
            cannot_open(machine, process, input, errno);
            return Err(1);
        }
    };
    if let Some(size) = bytes {
        let (mut pieces, mut start) = (Vec::new(), 0);
        while start < content.size() && pieces.len() < WALK_LIMIT {
            pieces.push(content.slice(start, (start + size).min(content.size())));
            start += size;
        }
        return Ok(Some((pieces, false)));
    }
    let separator = match options.value('t') {
        Some("\\0") => 0,
        Some(text) => text.bytes().next().unwrap_or(b'\n'),
        None => b'\n',
    };
    let Some(text) = text(machine, process, &content) else { return Ok(None) };
    if let Some(chunks) = chunks {
        let pieces = by_chunks(&text, &chunks, separator);
        return Ok(Some(match chunks.only {
            Some(only) => (pieces.into_iter().skip(only - 1).take(1).collect(), true),
            None => (pieces.into_iter().filter(|piece| piece.size() > 0 || !options.has('e')).collect(), false),
        }));
    }
    let limit = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    if let Some(size) = line_bytes {
        return Ok(Some((by_line_bytes(&text, limit(size), separator), false)));
    }
    let count = match lines {
        Some(count) => limit(count),
        None => options.value('l').and_then(|text| text.parse::<usize>().ok()).unwrap_or(1000).max(1),
    };
    Ok(Some((by_lines(&text, count, separator), false)))
}

fn write(machine: &mut Machine, process: &mut Process, options: &Options, pieces: &[Content]) -> i32 {
    let prefix = options.operands.get(1).map_or("x", String::as_str);
    let given = options.value('a').and_then(|text| text.parse::<u32>().ok()).filter(|length| *length > 0);
    let length = given.unwrap_or(2).clamp(1, 12);
    let kind = options.last_of("dx");
    let (letters, start) = match kind {
        Some('x') => ("0123456789abcdef", options.value('x').and_then(|text| usize::from_str_radix(text, 16).ok())),
        Some(_) => ("0123456789", options.value('d').and_then(|text| text.parse().ok())),
        None => ("abcdefghijklmnopqrstuvwxyz", None),
    };
    // GNU makes names longer when they run out, unless their length or start was given.
    let grows = given.is_none() && start.is_none() && !is_busybox(machine);
    let mut status = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let Some(suffix) = suffix(index + start.unwrap_or(0), length, letters, grows) else {
            let message = if is_busybox(machine) { "suffixes exhausted" } else { "output file suffixes exhausted" };
            process.complain(machine, message);
            return 1;
        };
        let name = format!("{prefix}{suffix}{}", options.value('A').unwrap_or_default());
        if let Some(command) = options.value('F') {
            let argv = ["sh", "-c", command].map(str::to_string).to_vec();
            let mut child = process.clone();
            child.args = argv;
            child.env.insert("FILE".to_string(), name);
            child.fds.insert(0, Descriptor::reader(piece.clone()));
            match crate::process::execute(machine, &mut child) {
                Ok(0) => {}
                _ => status = 1,
            }
            continue;
        }
        if options.has('v') {
            process.out(machine, &format!("creating file '{name}'\n"));
        }
        if let Err(errno) = process.write_file(machine, &name, piece) {
            let cannot = if is_busybox(machine) { format!("can't open '{name}'") } else { name };
            process.complain(machine, &format!("{cannot}: {errno}"));
            return 1;
        }
    }
    if status != 0 {
        not_modelled(machine, process, "--filter that fails");
    }
    status
}

/// The name of the piece: `aa`, `ab` … `yz`, and where names grow `zaaa` next.
fn suffix(index: usize, length: u32, letters: &str, grows: bool) -> Option<String> {
    let letters = letters.as_bytes();
    let base = letters.len();
    let (mut rest, mut length, mut ahead) = (index, length, 0);
    // The last first letter is kept for longer names.
    while grows && rest >= (base - 1).checked_mul(base.checked_pow(length - 1)?)? {
        rest -= (base - 1) * base.pow(length - 1);
        ahead += 1;
        length += 1;
    }
    let mut text = Vec::new();
    for _ in 0..length {
        text.push(*letters.get(rest % base)?);
        rest /= base;
    }
    text.extend(std::iter::repeat_n(*letters.last()?, ahead));
    text.reverse();
    if rest == 0 { String::from_utf8(text).ok() } else { None }
}
