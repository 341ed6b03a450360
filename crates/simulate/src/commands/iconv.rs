//! iconv of the C library, for ASCII, UTF-8 and Latin 1.

use crate::process::{Machine, Process};

use super::input::{cannot_open, not_modelled, open, text};
use super::options::parse;

/// A coding that texts are in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Ascii,
    Utf8,
    Latin1,
}

fn coding(name: &str) -> Option<Coding> {
    let plain = name.split("//").next().unwrap_or(name).to_uppercase().replace(['-', '_'], "");
    match plain.as_str() {
        "ASCII" | "USASCII" | "ANSIX3.41968" | "" => Some(Coding::Ascii),
        "UTF8" => Some(Coding::Utf8),
        "ISO88591" | "LATIN1" => Some(Coding::Latin1),
        _ => None,
    }
}

pub fn iconv(machine: &mut Machine, process: &mut Process) -> i32 {
    let long =
        [("from-code=", 'f'), ("to-code=", 't'), ("output=", 'o'), ("list", 'l'), ("silent", 's'), ("verbose", 'v')];
    let options = match parse(machine, process, "f:t:o:lsvc", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let target = options.value('t').unwrap_or_default();
    let (from, to) = (coding(options.value('f').unwrap_or_default()), coding(target));
    let (Some(from), Some(to)) = (from, to) else {
        // Other codings are modules of the library, which a small image may not have.
        let names = [options.value('f').unwrap_or_default(), target];
        let usual = |name: &&str| {
            ["UTF", "UCS", "ISO", "CP", "WIN", "KOI", "EUC", "SHIFT", "BIG5", "GB"]
                .iter()
                .any(|start| name.to_uppercase().starts_with(start))
        };
        if names.iter().all(|name| coding(name).is_some() || usual(name)) {
            not_modelled(machine, process, "of other codings");
            return 0;
        }
        process.complain(machine, "failed to start conversion processing");
        return 1;
    };
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    let (mut output, mut status) = (Vec::new(), 0);
    for operand in operands {
        let bytes = match open(machine, process, &operand) {
            Ok(content) => text(machine, process, &content).unwrap_or_default(),
            Err(errno) => {
                cannot_open(machine, process, &operand, errno);
                return 1;
            }
        };
        let letters: String = match from {
            Coding::Latin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        };
        let (skips, replaces) = (options.has('c') || target.contains("//IGNORE"), target.contains("//TRANSLIT"));
        for (at, letter) in letters.char_indices() {
            let fits = match to {
                Coding::Ascii => letter.is_ascii(),
                Coding::Utf8 => true,
                Coding::Latin1 => u32::from(letter) < 256,
            } && letter != char::REPLACEMENT_CHARACTER;
            match (fits, to) {
                (true, Coding::Latin1) => output.push(u8::try_from(u32::from(letter)).unwrap_or(b'?')),
                (true, _) => output.extend(letter.to_string().bytes()),
                (false, _) if replaces => output.push(b'?'),
                (false, _) if skips => status = 1,
                (false, _) => {
                    process.out_bytes(machine, &output);
                    process.complain(machine, &format!("illegal input sequence at position {at}"));
                    return 1;
                }
            }
        }
    }
    match options.value('o') {
        Some(file) => {
            if process.write_file(machine, file, &filesystem::Content::from_bytes(&output)).is_err() {
                process.complain(machine, "unable to open output file");
                return 1;
            }
        }
        None => {
            process.out_bytes(machine, &output);
        }
    }
    status
}
