//! export, readonly, local, unset, let.

use super::super::Machine;
use super::super::shell::{Flow, Shell, is_name};
use super::super::simple::single_quoted;
use shell::Dialect;

use super::super::arrays::Array;
use super::super::wording::Trouble;

/// `export [-np] [name[=value]…]`, `readonly [-p] [name[=value]…]`
pub(super) fn export(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let command = args.first().cloned().unwrap_or_default();
    let readonly = command == "readonly";
    let mut on = true;
    let mut rest = args.get(1..).unwrap_or_default();
    let mut list = rest.is_empty();
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        match option.as_str() {
            "--" => break,
            "-p" => list = true,
            "-n" if !readonly => on = false,
            other => {
                let letter = other.chars().nth(1).unwrap_or_default();
                return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
            }
        }
    }
    if list && rest.is_empty() {
        let mut text = String::new();
        for (name, variable) in &shell.variables {
            if if readonly { variable.readonly } else { variable.exported } {
                text.push_str(&format!("{command} {name}"));
                if let Some(value) = &variable.value {
                    text.push_str(&format!("={}", single_quoted(value)));
                }
                text.push('\n');
            }
        }
        shell.process.out(machine, &text);
        return Ok(0);
    }
    for arg in rest {
        let (name, value) = arg.split_once('=').map_or((arg.as_str(), None), |(name, value)| (name, Some(value)));
        if !is_name(name) {
            return Err(shell.fail(machine, args, Trouble::BadName(name)));
        }
        if let Some(value) = value
            && !shell.set(name, value)
        {
            return Err(shell.fail(machine, args, Trouble::ReadOnly(name)));
        }
        let variable = shell.variables.entry(name.to_owned()).or_default();
        if readonly {
            variable.readonly = true;
        } else {
            variable.exported = on;
        }
    }
    Ok(0)
}

/// `local name[=value]…`; bash's declare too, in functions.
pub(super) fn local(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let command = args.first().map_or("", String::as_str);
    if shell.locals.is_empty() && command == "local" {
        return Err(shell.fail(machine, args, "not in a function"));
    }
    for arg in args.iter().skip(1).filter(|arg| !arg.starts_with('-')) {
        let (name, value) = arg.split_once('=').map_or((arg.as_str(), None), |(name, value)| (name, Some(value)));
        if !is_name(name) {
            return Err(shell.fail(machine, args, Trouble::BadName(name)));
        }
        let before = shell.variables.get(name).cloned();
        if let Some(frame) = shell.locals.last_mut()
            && !frame.contains_key(name)
        {
            frame.insert(name.to_owned(), before);
            // Without a value the variable begins unset, but it stays exported.
            if value.is_none()
                && let Some(variable) = shell.variables.get_mut(name)
            {
                variable.value = None;
            }
        }
        let integer =
            shell.dialect == Dialect::Bash && args.iter().any(|arg| arg.starts_with('-') && arg.contains('i'));
        shell.variables.entry(name.to_owned()).or_default().integer |= integer;
        if let Some(value) = value {
            shell.assign(machine, name, value)?;
        }
        let marked = |letter: char| args.iter().any(|arg| arg.starts_with('-') && arg.contains(letter));
        if shell.dialect == Dialect::Bash && (marked('a') || marked('A')) {
            let array = Array { keyed: marked('A'), ..Array::default() };
            if let Some(variable) = shell.variables.get_mut(name) {
                variable.array.get_or_insert(array);
            }
        }
        let exported = args.iter().any(|arg| arg.starts_with('-') && arg.contains('x'));
        let readonly = args.iter().any(|arg| arg.starts_with('-') && arg.contains('r'));
        if let Some(variable) = shell.variables.get_mut(name) {
            variable.exported |= exported;
            variable.readonly |= readonly;
        }
    }
    Ok(0)
}

/// `unset [-fv] name…`
pub(super) fn unset(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut functions = false;
    let mut rest = args.get(1..).unwrap_or_default();
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        match option.as_str() {
            "--" => break,
            "-f" => functions = true,
            "-v" => functions = false,
            other => {
                let letter = other.chars().nth(1).unwrap_or_default();
                return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
            }
        }
    }
    for name in rest {
        if functions {
            shell.functions.remove(name);
            continue;
        }
        if shell.dialect == Dialect::Bash
            && let Some((name, subscript)) = name.strip_suffix(']').and_then(|name| name.split_once('['))
        {
            shell.unset_element(machine, name, subscript)?;
            continue;
        }
        if !is_name(name) {
            return Err(shell.fail(machine, args, Trouble::BadName(name)));
        }
        if shell.variables.get(name).is_some_and(|variable| variable.readonly) {
            return Err(shell.fail(machine, args, Trouble::ReadOnly(name)));
        }
        shell.variables.remove(name);
    }
    Ok(0)
}

/// `let expression…`
pub(super) fn calculate(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    if args.len() < 2 {
        return Err(shell.fail(machine, args, "expression expected"));
    }
    let mut value = 0;
    for text in args.iter().skip(1) {
        value = match shell.calculated(machine, text)? {
            Ok(value) => value,
            Err(message) => return Err(shell.fail(machine, args, message)),
        };
    }
    Ok(i32::from(value == 0))
}
