//! umask and ulimit.

use super::super::Machine;
use super::super::shell::{Flow, Shell};
use super::super::wording::Trouble;
use shell::Dialect;

/// `umask [-S] [mode]`
pub(super) fn umask(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let bash = shell.dialect == Dialect::Bash;
    let symbolic = args.iter().skip(1).any(|arg| arg == "-S");
    let reusable = bash && args.iter().skip(1).any(|arg| arg == "-p");
    let option = |arg: &&String| arg.len() > 1 && arg.starts_with('-');
    if let Some(other) = args.get(1).filter(option).filter(|arg| !(*arg == "-S" || reusable && *arg == "-p")) {
        let letter = other.chars().nth(1).unwrap_or_default();
        return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
    }
    let Some(mode) = args.iter().skip(1).find(|arg| !option(arg)) else {
        let mask = shell.process.umask;
        let text = if symbolic {
            let letters = |shift: u32| {
                let allowed = !(mask >> shift) & 7;
                [(4, 'r'), (2, 'w'), (1, 'x')]
                    .iter()
                    .filter(|(bit, _)| allowed & bit != 0)
                    .map(|(_, l)| *l)
                    .collect::<String>()
            };
            format!("u={},g={},o={}\n", letters(6), letters(3), letters(0))
        } else {
            format!("{mask:04o}\n")
        };
        let text = if reusable { format!("umask {}{text}", if symbolic { "-S " } else { "" }) } else { text };
        shell.process.out(machine, &text);
        return Ok(0);
    };
    let octal = mode.starts_with(|c: char| c.is_ascii_digit());
    let mask = if octal {
        u32::from_str_radix(mode, 8).ok().filter(|mask| *mask <= 0o7777).map(|mask| mask & 0o777)
    } else {
        changed(mode, !shell.process.umask & 0o777).map(|allowed| !allowed & 0o777)
    };
    match mask {
        Some(mask) => {
            shell.process.umask = mask;
            Ok(0)
        }
        None => Err(shell.fail(machine, args, Trouble::IllegalMode(mode))),
    }
}

/// The permissions that a symbolic mode makes of `allowed`.
fn changed(mode: &str, mut allowed: u32) -> Option<u32> {
    for clause in mode.split(',') {
        let at = clause.find(['+', '-', '='])?;
        let (who, rest) = clause.split_at(at);
        let mut mask = 0;
        for letter in who.chars() {
            mask |= match letter {
                'u' => 0o700,
                'g' => 0o070,
                'o' => 0o007,
                'a' => 0o777,
                _ => return None,
            };
        }
        if who.is_empty() {
            mask = 0o777;
        }
        let mut operator = '=';
        for letter in rest.chars() {
            let bits = match letter {
                '+' | '-' | '=' => {
                    operator = letter;
                    if letter == '=' {
                        allowed &= !mask;
                    }
                    continue;
                }
                'r' => 0o444,
                'w' => 0o222,
                'x' => 0o111,
                'X' | 's' | 't' => 0,
                _ => return None,
            };
            if operator == '-' {
                allowed &= !(bits & mask);
            } else {
                allowed |= bits & mask;
            }
        }
    }
    Some(allowed)
}

/// `ulimit [-option] [limit]`: what is set holds; `-n` answers at first what the engine gives a build.
pub(super) fn ulimit(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let known = match shell.dialect {
        Dialect::Ash => "HSatfdscmlpnvwerix",
        Dialect::Dash => "HSatfdscmlpnvwr",
        Dialect::Bash => "HSabcdefiklmnpqrstuvxPRT",
    };
    let mut asked = 'f';
    let options = args.iter().skip(1).filter_map(|arg| arg.strip_prefix('-'));
    for letter in options.flat_map(str::chars) {
        if !known.contains(letter) {
            if shell.dialect == Dialect::Ash {
                shell.process.err(machine, &format!("ulimit: invalid option -- '{letter}'\n"));
                return Ok(1);
            }
            return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
        }
        if !matches!(letter, 'H' | 'S') {
            asked = letter;
        }
    }
    match args.iter().skip(1).find(|arg| !arg.starts_with('-')) {
        Some(limit) => {
            shell.limits.insert(asked, limit.clone());
        }
        None => {
            let default = if asked == 'n' { "1048576" } else { "unlimited" };
            let limit = shell.limits.get(&asked).map_or(default, String::as_str).to_owned();
            shell.process.out(machine, &format!("{limit}\n"));
        }
    }
    Ok(0)
}
