//! set and shift.

use super::super::Machine;
use super::super::shell::{Flow, Shell};
use super::super::simple::single_quoted;
use super::super::wording::Trouble;
use shell::Dialect;

/// `set [-abc…] [-o name] [--] [args…]`
pub(super) fn set(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut rest = args.get(1..).unwrap_or_default();
    if rest.is_empty() {
        let mut text = String::new();
        for (name, variable) in &shell.variables {
            if let Some(value) = &variable.value {
                text.push_str(&format!("{name}={}\n", single_quoted(value)));
            }
        }
        shell.process.out(machine, &text);
        return Ok(0);
    }
    let mut positional = false;
    while let Some(arg) = rest.first() {
        let (on, letters) = match (arg.strip_prefix('-'), arg.strip_prefix('+')) {
            (Some(letters), _) => (true, letters),
            (_, Some(letters)) => (false, letters),
            _ => break,
        };
        rest = rest.get(1..).unwrap_or_default();
        if arg == "--" || arg == "-" {
            positional = arg == "--";
            if arg == "-" {
                shell.options.xtrace = false;
                shell.options.verbose = false;
            }
            break;
        }
        for letter in letters.chars() {
            if letter == 'o' {
                match rest.first() {
                    Some(name) => {
                        if !shell.set_named_option(name, on) {
                            return refuse(shell, machine, on, name);
                        }
                        rest = rest.get(1..).unwrap_or_default();
                    }
                    None => print_options(shell, machine, on),
                }
            } else if !shell.set_option(letter, on) {
                let sign = if on { '-' } else { '+' };
                return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("{sign}{letter}"))));
            }
        }
    }
    if positional || !rest.is_empty() {
        shell.positional = rest.to_vec();
        shell.set("OPTIND", "1");
    }
    Ok(0)
}

/// What a shell does with an option that is none: dash ends.
fn refuse(shell: &mut Shell, machine: &mut Machine<'_>, on: bool, name: &str) -> Result<i32, Flow> {
    if shell.dialect == Dialect::Bash {
        shell.complain_as(machine, "set", &format!("{name}: invalid option name"));
        return Ok(2);
    }
    let sign = if on || shell.dialect == Dialect::Dash { '-' } else { '+' };
    shell.complain_as(machine, "set", Trouble::IllegalOption(&format!("{sign}o {name}")));
    if shell.dialect == Dialect::Ash {
        return Ok(1);
    }
    shell.status = 2;
    Err(Flow::Exit)
}

fn print_options(shell: &mut Shell, machine: &mut Machine<'_>, readable: bool) {
    let mut text = String::new();
    if readable && shell.dialect == Dialect::Dash {
        text.push_str("Current option settings\n");
    }
    for name in shell.option_names() {
        let on = shell.named_option(name).unwrap_or_default();
        let state = if on { "on" } else { "off" };
        text.push_str(&match (readable, shell.dialect) {
            (true, Dialect::Bash) => format!("{name:<15}\t{state}\n"),
            (true, _) => format!("{name:<15} {state}\n"),
            (false, _) => format!("set {}o {name}\n", if on { '-' } else { '+' }),
        });
    }
    shell.process.out(machine, &text);
}

/// `shift [n]`
pub(super) fn shift(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    shell.one_argument(machine, args)?;
    let count = match args.get(1) {
        Some(text) => usize::try_from(shell.number(machine, args, text)?).unwrap_or_default(),
        None => 1,
    };
    if count > shell.positional.len() {
        if shell.dialect == Dialect::Dash {
            return Err(shell.fail(machine, args, "can't shift that many"));
        }
        return Ok(1);
    }
    shell.positional.drain(..count);
    shell.set("OPTIND", "1");
    Ok(0)
}
