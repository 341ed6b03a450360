//! bash's mapfile and readarray (builtins/mapfile.def).

use super::super::Machine;
use super::super::shell::{Flow, Shell, is_name};
use super::super::wording::Trouble;

/// What is called how often, without `-c`.
const QUANTUM: usize = 5000;

/// How lines become elements.
struct Asked {
    trimmed: bool,
    delimiter: char,
    most: usize,
    skipped: usize,
    origin: Option<i64>,
    fd: u32,
    callback: Option<String>,
    quantum: usize,
}

/// `mapfile [-t] [-d delimiter] [-n count] [-s count] [-O origin] [-u fd] [-C callback] [-c quantum] [name]`: the lines of
/// standard input as an array.
pub(super) fn mapfile(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut asked = Asked {
        trimmed: false,
        delimiter: '\n',
        most: usize::MAX,
        skipped: 0,
        origin: None,
        fd: 0,
        callback: None,
        quantum: QUANTUM,
    };
    let mut rest = args.get(1..).unwrap_or_default();
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        if option == "--" {
            break;
        }
        let mut letters = option.chars().skip(1);
        while let Some(letter) = letters.next() {
            match letter {
                't' => asked.trimmed = true,
                'd' | 'n' | 's' | 'O' | 'u' | 'C' | 'c' => {
                    let attached: String = letters.by_ref().collect();
                    let value = if attached.is_empty() {
                        let Some((value, behind)) = rest.split_first() else {
                            let text = format!("-{letter}: option requires an argument");
                            shell.complain_as(machine, args.first().map_or("", String::as_str), &text);
                            return Err(shell.misused(machine, args.first().map_or("", String::as_str)));
                        };
                        rest = behind;
                        value.clone()
                    } else {
                        attached
                    };
                    if let Err(wrong) = asked.take(letter, &value) {
                        return Err(shell.fail(machine, args, &format!("{value}: {wrong}")));
                    }
                }
                other => return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{other}")))),
            }
        }
    }
    let name = rest.first().map_or("MAPFILE", String::as_str);
    if !is_name(name) {
        return Err(shell.fail(machine, args, Trouble::BadName(name)));
    }
    if asked.fd != 0 && !shell.process.fds.contains_key(&asked.fd) {
        let text = format!("{}: invalid file descriptor: Bad file descriptor", asked.fd);
        return Err(shell.fail(machine, args, &text));
    }
    fill(shell, machine, name, &asked)
}

impl Asked {
    /// Takes the value of an option, or says what it is not.
    fn take(&mut self, letter: char, value: &str) -> Result<(), &'static str> {
        match letter {
            'd' => self.delimiter = value.chars().next().unwrap_or('\0'),
            'C' => self.callback = Some(value.to_owned()),
            'n' => {
                let count: usize = value.parse().map_err(|_| "invalid line count")?;
                self.most = if count == 0 { usize::MAX } else { count };
            }
            's' => self.skipped = value.parse().map_err(|_| "invalid line count")?,
            'O' => self.origin = Some(value.parse().map_err(|_| "invalid array origin")?),
            'u' => self.fd = value.parse().map_err(|_| "invalid file descriptor specification")?,
            _ => self.quantum = value.parse().ok().filter(|count| *count > 0).ok_or("invalid callback quantum")?,
        }
        Ok(())
    }
}

fn fill(shell: &mut Shell, machine: &mut Machine<'_>, name: &str, asked: &Asked) -> Result<i32, Flow> {
    let content = shell.process.read(machine, asked.fd, u64::MAX).unwrap_or_default();
    let text = super::super::text_of(machine, &content);
    let delimiter = asked.delimiter;
    let lines = text.split_inclusive(delimiter).skip(asked.skipped).take(asked.most);
    let trimmed = |line: &str| {
        if asked.trimmed { line.strip_suffix(delimiter).unwrap_or(line).to_owned() } else { line.to_owned() }
    };
    let values: Vec<String> = lines.map(trimmed).collect();
    let origin = asked.origin.unwrap_or(0);
    let Some(callback) = &asked.callback else {
        match asked.origin {
            Some(origin) => shell.set_from(name, origin, values),
            None => shell.set_array(name, values),
        }
        return Ok(0);
    };
    if asked.origin.is_none() {
        shell.set_array(name, Vec::new());
    }
    // The callback sees the array without the line that it is called for.
    for (count, value) in values.into_iter().enumerate() {
        let index = origin.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
        if (count + 1) % asked.quantum == 0 {
            let quoted = super::super::trace::quoted_by_bash(&value);
            let flow = shell.run_text(machine, &format!("{callback} {index} {quoted}"));
            if !matches!(flow, Flow::Next) {
                return Err(flow);
            }
        }
        shell.set_from(name, index, vec![value]);
    }
    Ok(0)
}
