//! umask and ulimit.

use super::super::Machine;
use super::super::shell::{Flow, Shell};
use super::super::wording::Trouble;

/// `umask [-S] [mode]`
pub(super) fn umask(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let symbolic = args.iter().skip(1).any(|arg| arg == "-S");
    let Some(mode) = args.iter().skip(1).find(|arg| *arg != "-S") else {
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

/// `ulimit [-option] [limit]`: nothing is limited here; `-n` answers what the engine gives a build.
pub(super) fn ulimit(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let options: Vec<&String> = args.iter().skip(1).filter(|arg| arg.starts_with('-')).collect();
    let sets = args.len() > options.len() + 1;
    if !sets {
        let files = options.iter().any(|option| option.contains('n'));
        shell.process.out(machine, if files { "1048576\n" } else { "unlimited\n" });
    }
    Ok(0)
}
