//! read.

use super::super::Machine;
use super::super::shell::{Flow, Shell, is_name};
use super::super::wording::Trouble;
use shell::Dialect;

/// How a line is read.
struct Asked {
    raw: bool,
    delimiter: u8,
    limit: usize,
    fd: u32,
    array: Option<String>,
    /// `-t 0`: only whether there is something to read.
    peeks: bool,
}

/// `read [-r] [-p prompt] [-n count] [-d delimiter] [-u fd] [-t seconds] [-s] [name…]`
pub(super) fn read(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut asked = Asked { raw: false, delimiter: b'\n', limit: usize::MAX, fd: 0, array: None, peeks: false };
    let mut rest = args.get(1..).unwrap_or_default();
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        if option == "--" {
            break;
        }
        let mut letters = option.chars().skip(1);
        while let Some(letter) = letters.next() {
            match letter {
                'r' => asked.raw = true,
                'a' | 'N' if shell.dialect != Dialect::Bash => {
                    return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
                }
                'n' | 'd' | 'u' | 't' | 's' if shell.dialect == Dialect::Dash => {
                    return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
                }
                's' => {}
                'a' | 'p' | 'n' | 'N' | 'd' | 'u' | 't' => {
                    let attached: String = letters.by_ref().collect();
                    let value = if attached.is_empty() {
                        let value = rest.first().cloned().unwrap_or_default();
                        rest = rest.get(1..).unwrap_or_default();
                        value
                    } else {
                        attached
                    };
                    match letter {
                        'a' => asked.array = Some(value),
                        'n' | 'N' => asked.limit = value.parse().unwrap_or(usize::MAX),
                        'd' => asked.delimiter = value.bytes().next().unwrap_or(0),
                        't' => asked.peeks = value == "0",
                        'u' => asked.fd = value.parse().unwrap_or(0),
                        _ => {}
                    }
                }
                other => return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{other}")))),
            }
        }
    }
    if shell.dialect == Dialect::Dash && rest.is_empty() {
        return Err(shell.fail(machine, args, "arg count"));
    }
    let plain = |name: &str| name.split_once('[').map_or(name, |(name, _)| name).to_owned();
    let bad = |name: &&String| !(is_name(name) || shell.dialect == Dialect::Bash && is_name(&plain(name)));
    if let Some(name) = rest.iter().find(bad) {
        match shell.dialect {
            Dialect::Ash => {}
            Dialect::Dash => return Err(shell.fail(machine, args, Trouble::BadName(name))),
            Dialect::Bash => return Err(shell.fail(machine, args, Trouble::BadName(name))),
        }
        shell.process.err(machine, &format!("sh: read: '{name}': bad variable name\n"));
        return Ok(1);
    }
    if asked.peeks {
        return Ok(i32::from(!shell.process.fds.contains_key(&asked.fd)));
    }
    shell.run_coprocess(machine, asked.fd);
    let (text, ended) = line(shell, machine, &asked);
    if let Some(array) = &asked.array {
        let values = fields(shell, &text);
        shell.set_array(array, values);
        return Ok(i32::from(!ended));
    }
    if let Some(name) = rest.iter().find(|name| shell.variables.get(*name).is_some_and(|variable| variable.readonly))
        && shell.dialect == Dialect::Bash
    {
        shell.complain(machine, Trouble::ReadOnly(name));
        return Ok(1);
    }
    let names: Vec<&str> = rest.iter().map(String::as_str).collect();
    if names.is_empty() {
        let value: String = text.iter().map(|(character, _)| character).collect();
        shell.assign(machine, "REPLY", &value)?;
    } else {
        assign(shell, machine, &names, &text)?;
    }
    Ok(i32::from(!ended))
}

/// The characters of a line, each with whether a backslash stood before it, and whether the line had its end.
fn line(shell: &Shell, machine: &mut Machine<'_>, asked: &Asked) -> (Vec<(char, bool)>, bool) {
    let mut text = Vec::new();
    let Some(descriptor) = shell.process.fds.get(&asked.fd).cloned() else { return (text, false) };
    let mut escaped = false;
    let mut bytes: Vec<(u8, bool)> = Vec::new();
    let mut ended = false;
    'reading: loop {
        let part = descriptor.read(machine, 4096).ok().and_then(|part| part.bytes(4096)).unwrap_or_default();
        if part.is_empty() || !machine.step() {
            break;
        }
        for (index, &byte) in part.iter().enumerate() {
            let mut done = false;
            if escaped {
                escaped = false;
                if byte != b'\n' {
                    bytes.push((byte, true));
                }
            } else if byte == b'\\' && !asked.raw {
                escaped = true;
            } else if byte == asked.delimiter {
                done = true;
            } else if byte != 0 {
                bytes.push((byte, false));
            }
            if done || bytes.len() >= asked.limit {
                descriptor.unread((part.len() - index - 1) as u64);
                ended = true;
                break 'reading;
            }
        }
    }
    // Characters of several bytes keep the mark of their first one.
    let mut at = 0;
    let raw: Vec<u8> = bytes.iter().map(|(byte, _)| *byte).collect();
    for character in String::from_utf8_lossy(&raw).chars() {
        text.push((character, bytes.get(at).is_some_and(|(_, escaped)| *escaped)));
        at += character.len_utf8();
    }
    (text, ended)
}

/// The fields of a line, for `read -a`.
fn fields(shell: &Shell, text: &[(char, bool)]) -> Vec<String> {
    let ifs = shell.separators();
    let (mut fields, mut current, mut started) = (Vec::new(), String::new(), false);
    let mut after_blanks = false;
    for &(character, escaped) in text {
        if escaped || !ifs.contains(character) {
            current.push(character);
            (started, after_blanks) = (true, false);
        } else if character.is_ascii_whitespace() {
            if started {
                fields.push(std::mem::take(&mut current));
                (started, after_blanks) = (false, true);
            }
        } else if after_blanks {
            after_blanks = false;
        } else {
            fields.push(std::mem::take(&mut current));
            started = false;
        }
    }
    if started {
        fields.push(current);
    }
    fields
}

/// Splits at IFS; the last name gets what is left, without the blanks at its end.
fn assign(shell: &mut Shell, machine: &mut Machine<'_>, names: &[&str], text: &[(char, bool)]) -> Result<(), Flow> {
    let ifs = shell.separators();
    let separates = |&(character, escaped): &(char, bool)| !escaped && ifs.contains(character);
    let blank = |pair: &(char, bool)| separates(pair) && pair.0.is_ascii_whitespace();
    let mut at = 0;
    for (index, name) in names.iter().enumerate() {
        while text.get(at).is_some_and(blank) {
            at += 1;
        }
        let value: String;
        if index + 1 == names.len() {
            let mut rest = text.get(at..).unwrap_or_default();
            while rest.last().is_some_and(blank) {
                rest = rest.get(..rest.len() - 1).unwrap_or_default();
            }
            // One separator at the end belongs to the field, if it is the only one.
            if rest.last().is_some_and(separates)
                && rest.iter().filter(|pair| separates(pair) && !blank(pair)).count() == 1
            {
                rest = rest.get(..rest.len() - 1).unwrap_or_default();
            }
            value = rest.iter().map(|(character, _)| character).collect();
        } else {
            let start = at;
            while text.get(at).is_some_and(|pair| !separates(pair)) {
                at += 1;
            }
            value = text.get(start..at).unwrap_or_default().iter().map(|(character, _)| character).collect();
            while text.get(at).is_some_and(blank) {
                at += 1;
            }
            if text.get(at).is_some_and(|pair| separates(pair) && !blank(pair)) {
                at += 1;
            }
        }
        shell.assign(machine, name, &value)?;
    }
    Ok(())
}
