//! bash's declare, typeset and local.

use std::collections::BTreeMap;

use super::super::Machine;
use super::super::arrays::Array;
use super::super::listing;
use super::super::shell::{Flow, Shell, Variable, is_name};
use super::super::transform::{attributes, declaration};
use super::super::wording::Trouble;

/// `declare [-aAfFgilnprux] [name[=value]…]`
pub(super) fn declare(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let command = args.first().map_or("", String::as_str);
    if command == "local" && shell.locals.is_empty() {
        return Err(shell.fail(machine, args, "can only be used in a function"));
    }
    let (mut on, mut off) = (String::new(), String::new());
    let mut rest = args.get(1..).unwrap_or_default();
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with(['-', '+'])) {
        rest = rest.get(1..).unwrap_or_default();
        if option == "--" {
            break;
        }
        for letter in option.chars().skip(1) {
            if !"aAfFgIilnprtux".contains(letter) {
                let sign = if option.starts_with('-') { '-' } else { '+' };
                return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("{sign}{letter}"))));
            }
            if option.starts_with('-') { on.push(letter) } else { off.push(letter) }
        }
    }
    if on.contains(['f', 'F']) {
        return functions(shell, machine, rest, on.contains('F'));
    }
    if rest.is_empty() || on.contains('p') {
        return print(shell, machine, command, rest, &on);
    }
    let mut status = 0;
    for arg in rest {
        let (name, value) = arg.split_once('=').map_or((arg.as_str(), None), |(name, value)| (name, Some(value)));
        let (name, append) = name.strip_suffix('+').map_or((name, false), |name| (name, true));
        let plain = name.split_once('[').map_or(name, |(name, _)| name);
        if !is_name(plain) {
            shell.complain_as(machine, command, Trouble::BadName(arg));
            status = 1;
            continue;
        }
        if !one(shell, machine, command, plain, value, append, &on, &off)? {
            status = 1;
        }
    }
    Ok(status)
}

#[expect(clippy::too_many_arguments, reason = "all that a declaration says")]
fn one(
    shell: &mut Shell,
    machine: &mut Machine<'_>,
    command: &str,
    name: &str,
    value: Option<&str>,
    append: bool,
    on: &str,
    off: &str,
) -> Result<bool, Flow> {
    let own = command == "local" || !on.contains('g');
    let readonly = shell.variables.get(name).is_some_and(|variable| variable.readonly);
    if readonly && (value.is_some() || command == "local" || off.contains('r')) {
        shell.complain_as(machine, command, Trouble::ReadOnly(name));
        return Ok(false);
    }
    if own
        && let Some(frame) = shell.locals.last_mut()
        && !frame.contains_key(name)
    {
        let before = shell.variables.remove(name);
        // An assignment before the call is a local variable already.
        let exported = before.as_ref().is_some_and(|variable| variable.exported);
        frame.insert(name.to_owned(), before);
        shell.variables.insert(name.to_owned(), Variable { exported, ..Variable::default() });
    }
    let variable = shell.variables.entry(name.to_owned()).or_default();
    for letter in on.chars() {
        match letter {
            'a' | 'A' => {
                let plain = variable.value.take();
                let array = variable.array.get_or_insert_with(|| Array { keyed: letter == 'A', ..Array::of(plain) });
                if array.elements.is_empty() {
                    array.keyed = letter == 'A';
                }
            }
            'i' => variable.integer = true,
            'l' => variable.case = Some(false),
            'u' => variable.case = Some(true),
            'n' => variable.reference = true,
            'x' => variable.exported = true,
            _ => {}
        }
    }
    for letter in off.chars() {
        match letter {
            'i' => variable.integer = false,
            'l' | 'u' => variable.case = None,
            'n' => variable.reference = false,
            'x' => variable.exported = false,
            _ => {}
        }
    }
    if let Some(value) = value {
        if on.contains('n') {
            if let Some(variable) = shell.variables.get_mut(name) {
                variable.value = Some(value.to_owned());
            }
        } else {
            let before = if append { shell.get(name).unwrap_or_default().to_owned() } else { String::new() };
            let integer = shell.variables.get(name).is_some_and(|variable| variable.integer);
            let value = if append && integer { format!("{before}+({value})") } else { format!("{before}{value}") };
            shell.assign(machine, name, &value)?;
        }
    }
    if on.contains('r')
        && let Some(variable) = shell.variables.get_mut(name)
    {
        variable.readonly = true;
    }
    Ok(true)
}

fn functions(shell: &Shell, machine: &mut Machine<'_>, names: &[String], brief: bool) -> Result<i32, Flow> {
    let mut status = 0;
    let mut text = String::new();
    if names.is_empty() {
        for (name, body) in &shell.functions {
            text.push_str(&if brief {
                format!("declare -f {name}\n")
            } else {
                format!("{}\n", listing::function(name, body))
            });
        }
    }
    for name in names {
        match shell.functions.get(name) {
            Some(_) if brief => text.push_str(&format!("{name}\n")),
            Some(body) => text.push_str(&format!("{}\n", listing::function(name, body))),
            None => status = 1,
        }
    }
    shell.process.out(machine, &text);
    Ok(status)
}

fn print(shell: &Shell, machine: &mut Machine<'_>, command: &str, names: &[String], on: &str) -> Result<i32, Flow> {
    let wanted: Vec<char> = on.chars().filter(|letter| !matches!(letter, 'p' | 'g')).collect();
    let fits = |variable: &Variable| wanted.iter().all(|letter| attributes(variable).contains(*letter));
    if !names.is_empty() {
        let mut status = 0;
        for name in names {
            match shell.variables.get(name) {
                Some(variable) => {
                    shell.process.out(machine, &format!("{}\n", declaration(name, variable)));
                }
                None => {
                    shell.complain_as(machine, command, &format!("{name}: not found"));
                    status = 1;
                }
            }
        }
        return Ok(status);
    }
    let none = BTreeMap::new();
    let frame = shell.locals.last().unwrap_or(&none);
    let hidden = ["FUNCNAME", "BASH_LINENO", "BASH_SOURCE"];
    let mut text = String::new();
    for (name, variable) in &shell.variables {
        let shown = command != "local" || (frame.contains_key(name) && !hidden.contains(&name.as_str()));
        if shown && fits(variable) {
            text.push_str(&format!("{}\n", declaration(name, variable)));
        }
    }
    shell.process.out(machine, &text);
    Ok(0)
}
