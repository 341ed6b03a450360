//! cd and pwd.

use super::super::shell::{Flow, Shell};
use super::super::wording::Trouble;
use super::super::{Machine, unsure};
use shell::Dialect;

/// `cd [-L|-P] [folder]`
pub(super) fn cd(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut rest = args.get(1..).unwrap_or_default();
    let mut physical = false;
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        match option.as_str() {
            "--" => {
                rest = rest.get(1..).unwrap_or_default();
                break;
            }
            "-P" => physical = true,
            "-L" => physical = false,
            other => {
                let letter = other.chars().nth(1).unwrap_or_default();
                return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{letter}"))));
            }
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    let bash = shell.dialect == Dialect::Bash;
    if bash && rest.len() > 1 {
        return Err(shell.fail(machine, args, "too many arguments"));
    }
    let mut shown = false;
    let target = match rest.first().map(String::as_str) {
        None if bash && shell.get("HOME").is_none() => return Err(shell.fail(machine, args, "HOME not set")),
        None => shell.get("HOME").unwrap_or_default().to_owned(),
        Some("-") => {
            shown = true;
            match shell.get("OLDPWD") {
                Some(old) => old.to_owned(),
                None if bash => return Err(shell.fail(machine, args, "OLDPWD not set")),
                None => shell.process.cwd.clone(),
            }
        }
        Some(folder) => folder.to_owned(),
    };
    let mut path = shell.process.path(&target);
    // CDPATH is looked through for names that do not begin with a dot or a slash.
    if !target.starts_with(['/', '.'])
        && let Some(folders) = shell.get("CDPATH").map(str::to_owned)
    {
        for folder in folders.split(':').filter(|folder| !folder.is_empty()) {
            let other =
                shell.process.path(&if target.is_empty() { folder.to_owned() } else { format!("{folder}/{target}") });
            if machine.fs.stat(&other, true, &shell.process.cred).is_ok_and(|stat| stat.is_dir()) {
                path = other;
                shown = true;
                break;
            }
        }
    }
    if target.is_empty() && !shown {
        path = shell.process.cwd.clone();
    }
    let path = if physical { path } else { without_dots(&path) };
    let cred = shell.process.cred.clone();
    if !target.is_empty() {
        unsure::make_folder(machine, &path, &shell.process.cred);
    }
    let error = match machine.fs.stat(&path, true, &cred) {
        Err(error) => Some(error),
        Ok(stat) if !stat.is_dir() => Some(filesystem::Errno::NotDir),
        Ok(_) if !machine.fs.access(&path, false, false, true, &cred) => Some(filesystem::Errno::Access),
        Ok(_) => None,
    };
    if let Some(error) = error {
        return Err(shell.fail(machine, args, Trouble::CannotEnter(&target, error)));
    }
    let path = if physical { machine.fs.resolve(&path, true, &cred).unwrap_or(path) } else { path };
    for hashed in shell.hashed.values_mut() {
        hashed.unsure = !bash;
    }
    let old = std::mem::replace(&mut shell.process.cwd, path.clone());
    for (name, value) in [("OLDPWD", &old), ("PWD", &path)] {
        shell.set(name, value);
        if let Some(variable) = shell.variables.get_mut(name) {
            variable.exported = true;
        }
    }
    if shown {
        shell.process.out(machine, &format!("{path}\n"));
    }
    Ok(0)
}

/// `pwd [-L|-P]`
pub(super) fn pwd(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let cwd = shell.process.cwd.clone();
    let physical = args.iter().skip(1).any(|arg| arg == "-P");
    let shown = if physical { machine.fs.resolve(&cwd, true, &shell.process.cred).unwrap_or(cwd) } else { cwd };
    shell.process.out(machine, &format!("{shown}\n"));
    Ok(0)
}

/// An absolute path without `.`, `..` and doubled slashes.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}
