//! export, readonly, local, unset, let.

use super::super::Machine;
use super::super::shell::{Flow, Shell, is_name};
use super::super::simple::single_quoted;
use shell::Dialect;

use super::super::wording::Trouble;

/// `export [-np] [name[=value]…]`, `readonly [-p] [name[=value]…]`
pub(super) fn export(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let command = args.first().cloned().unwrap_or_default();
    let readonly = command == "readonly";
    let bash = shell.dialect == Dialect::Bash;
    let (mut on, mut functions) = (true, false);
    let mut rest = args.get(1..).unwrap_or_default();
    let mut list = rest.is_empty();
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        match option.as_str() {
            "--" => break,
            "-p" => list = true,
            "-n" if !readonly && shell.dialect != Dialect::Dash => on = false,
            "-f" | "-fn" if bash => functions = true,
            "-a" | "-A" if bash && readonly => {}
            other => {
                let letter = other.chars().nth(1).unwrap_or_default();
                return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
            }
        }
    }
    if list && rest.is_empty() {
        let mut text = String::new();
        for (name, variable) in &shell.variables {
            if bash && (if readonly { variable.readonly } else { variable.exported }) {
                text.push_str(&format!("{}\n", super::super::transform::declaration(name, variable)));
            } else if if readonly { variable.readonly } else { variable.exported } {
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
    let mut status = 0;
    for arg in rest {
        let (name, value) = arg.split_once('=').map_or((arg.as_str(), None), |(name, value)| (name, Some(value)));
        let (name, append) = match name.strip_suffix('+') {
            Some(name) if bash => (name, true),
            _ => (name, false),
        };
        if functions {
            if !shell.functions.contains_key(name) {
                shell.complain_as(machine, &command, &format!("{name}: not a function"));
                status = 1;
            }
            continue;
        }
        if !is_name(name) {
            if bash {
                shell.complain_as(machine, &command, Trouble::BadName(arg));
                status = 1;
                continue;
            }
            return Err(shell.fail(machine, args, Trouble::BadName(name)));
        }
        let before = if append { shell.get(name).unwrap_or_default().to_owned() } else { String::new() };
        let value = value.map(|value| format!("{before}{value}"));
        if value.is_some() && shell.variables.get(name).is_some_and(|variable| variable.readonly) {
            if bash {
                shell.complain(machine, Trouble::ReadOnly(name));
                status = 1;
                continue;
            }
            return Err(shell.fail(machine, args, Trouble::ReadOnly(name)));
        }
        if let Some(value) = &value {
            shell.assign(machine, name, value)?;
        }
        let variable = shell.variables.entry(name.to_owned()).or_default();
        if readonly {
            variable.readonly = true;
        } else {
            variable.exported = on;
        }
    }
    Ok(status)
}

/// `local name[=value]…` of ash and dash.
pub(super) fn local(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    if shell.locals.is_empty() {
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
        shell.variables.entry(name.to_owned()).or_default();
        if let Some(value) = value {
            shell.assign(machine, name, value)?;
        }
    }
    Ok(0)
}

/// `unset [-fnv] name…`
pub(super) fn unset(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let bash = shell.dialect == Dialect::Bash;
    let (mut functions, mut variables, mut references) = (false, false, false);
    let mut rest = args.get(1..).unwrap_or_default();
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        match option.as_str() {
            "--" => break,
            "-f" => functions = true,
            "-v" => (functions, variables) = (false, true),
            "-n" if bash => references = true,
            other => {
                let letter = other.chars().nth(1).unwrap_or_default();
                return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
            }
        }
    }
    let mut status = 0;
    for name in rest {
        if functions {
            shell.functions.remove(name);
            continue;
        }
        if bash && let Some((name, subscript)) = name.strip_suffix(']').and_then(|name| name.split_once('[')) {
            shell.unset_element(machine, name, subscript)?;
            continue;
        }
        // bash takes what names no variable for a function.
        if bash && !variables && (!is_name(name) || !shell.variables.contains_key(name)) {
            shell.functions.remove(name);
            continue;
        }
        if !is_name(name) {
            return Err(shell.fail(machine, args, Trouble::BadName(name)));
        }
        let target = if references { name.clone() } else { shell.target(name).to_owned() };
        if shell.variables.get(&target).is_some_and(|variable| variable.readonly) {
            if bash {
                shell.complain_as(machine, "unset", &format!("{target}: cannot unset: readonly variable"));
                status = 1;
                continue;
            }
            return Err(shell.fail(machine, args, Trouble::ReadOnly(name)));
        }
        shell.variables.remove(&target);
    }
    Ok(status)
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
            Err(message) => return Err(shell.fail(machine, args, Trouble::Arithmetic(&message))),
        };
    }
    Ok(i32::from(value == 0))
}
