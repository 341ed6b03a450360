//! getopts.

use super::super::Machine;
use super::super::shell::{Flow, Shell};
use shell::Dialect;

/// `getopts letters name [args…]`: the next option of the arguments, 1 at their end.
pub(super) fn getopts(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let (Some(letters), Some(name)) = (args.get(1), args.get(2)) else {
        return Err(match shell.dialect {
            Dialect::Ash => shell.fail(machine, args, "usage: getopts optstring var [arg]"),
            Dialect::Dash => shell.fail(machine, args, "Usage: getopts optstring var [arg...]"),
            Dialect::Bash => shell.misused(machine, "getopts"),
        });
    };
    let words = if args.len() > 3 { args.get(3..).unwrap_or_default().to_vec() } else { shell.positional.clone() };
    let mut index = shell.get("OPTIND").and_then(|index| index.parse::<usize>().ok()).unwrap_or(1).max(1);
    let mut offset = shell.option_offset;
    if offset > 0 && shell.dialect != Dialect::Bash {
        index = index.saturating_sub(1).max(1);
    }
    if index > words.len() + 1 {
        index = 1;
        offset = 0;
    }
    let silent = letters.starts_with(':');
    let word = words.get(index - 1).map(String::as_str).unwrap_or_default();
    if offset == 0 {
        if word == "--" {
            index += 1;
        }
        if word.len() < 2 || !word.starts_with('-') || word == "--" {
            return finish(shell, machine, name, index, 0, "?", None, 1);
        }
        offset = 1;
    }
    let Some(letter) = word.get(offset..).and_then(|rest| rest.chars().next()) else {
        return finish(shell, machine, name, index, 0, "?", None, 1);
    };
    offset += letter.len_utf8();
    let place = letters.find(letter).filter(|_| letter != ':');
    let takes = place.is_some_and(|place| letters.as_bytes().get(place + letter.len_utf8()) == Some(&b':'));
    let done = offset >= word.len();
    if place.is_none() {
        if done {
            index += 1;
            offset = 0;
        }
        let argument = silent.then(|| letter.to_string());
        if !silent {
            let text = match shell.dialect {
                Dialect::Bash => format!("{}: illegal option -- {letter}\n", shell.name),
                _ => format!("Illegal option -{letter}\n"),
            };
            shell.process.err(machine, &text);
        }
        return finish(shell, machine, name, index, offset, "?", argument, 0);
    }
    if !takes {
        if done {
            index += 1;
            offset = 0;
        }
        return finish(shell, machine, name, index, offset, &letter.to_string(), None, 0);
    }
    let attached = word.get(offset..).filter(|rest| !rest.is_empty()).map(str::to_owned);
    index += 1;
    let argument = attached.or_else(|| {
        let next = words.get(index - 1).cloned();
        index += usize::from(next.is_some());
        next
    });
    match argument {
        Some(argument) => finish(shell, machine, name, index, 0, &letter.to_string(), Some(argument), 0),
        None if silent => finish(shell, machine, name, index, 0, ":", Some(letter.to_string()), 0),
        None => {
            let text = match shell.dialect {
                Dialect::Bash => format!("{}: option requires an argument -- {letter}\n", shell.name),
                _ => format!("No arg for -{letter} option\n"),
            };
            shell.process.err(machine, &text);
            finish(shell, machine, name, index, 0, "?", None, 0)
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "everything that a call of getopts leaves behind")]
fn finish(
    shell: &mut Shell,
    machine: &mut Machine<'_>,
    name: &str,
    index: usize,
    offset: usize,
    option: &str,
    argument: Option<String>,
    status: i32,
) -> Result<i32, Flow> {
    // ash and dash have gone on to the next word already when they are inside of one.
    let shown = index + usize::from(offset > 0 && shell.dialect != Dialect::Bash);
    shell.assign(machine, "OPTIND", &shown.to_string())?;
    shell.option_offset = offset;
    match argument {
        Some(argument) => shell.assign(machine, "OPTARG", &argument)?,
        None => {
            shell.variables.remove("OPTARG");
        }
    }
    shell.assign(machine, name, option)?;
    Ok(status)
}
