//! bash's pushd, popd and dirs.

use super::super::Machine;
use super::super::shell::{Flow, Shell};
use super::directory::cd;

fn entries(shell: &Shell) -> Vec<String> {
    let home = shell.get("HOME").unwrap_or_default();
    let all = std::iter::once(&shell.process.cwd).chain(&shell.folders);
    all.map(|folder| match folder.strip_prefix(home) {
        Some(rest) if home.len() > 1 && (rest.is_empty() || rest.starts_with('/')) => format!("~{rest}"),
        _ => folder.clone(),
    })
    .collect()
}

/// `dirs [-clpv]`
pub(super) fn dirs(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let asked = |letter: char| args.iter().skip(1).any(|arg| arg.starts_with('-') && arg.contains(letter));
    if asked('c') {
        shell.folders.clear();
        return Ok(0);
    }
    let entries = if asked('l') {
        std::iter::once(&shell.process.cwd).chain(&shell.folders).cloned().collect()
    } else {
        entries(shell)
    };
    let text: String = if asked('v') {
        entries.iter().enumerate().map(|(index, folder)| format!("{index:2}  {folder}\n")).collect()
    } else if asked('p') {
        entries.iter().map(|folder| format!("{folder}\n")).collect()
    } else {
        format!("{}\n", entries.join(" "))
    };
    shell.process.out(machine, &text);
    Ok(0)
}

/// `+N` and `-N`: a place in the list.
fn place(shell: &Shell, arg: &str) -> Option<usize> {
    let count = shell.folders.len() + 1;
    let number = arg.get(1..)?.parse::<usize>().ok()?;
    let at = if arg.starts_with('+') { number } else { count.checked_sub(number + 1)? };
    (at < count).then_some(at)
}

fn enter(shell: &mut Shell, machine: &mut Machine<'_>, command: &str, folder: &str) -> Result<(), Flow> {
    let out = shell.process.fds.get(&1).cloned();
    cd(shell, machine, &[command.to_owned(), "--".to_owned(), folder.to_owned()])?;
    if let Some(out) = out {
        shell.process.fds.insert(1, out);
    }
    Ok(())
}

/// `pushd [-n] [+N | -N | folder]`
pub(super) fn pushd(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let before = shell.process.cwd.clone();
    match args.iter().skip(1).find(|arg| *arg != "--") {
        None => {
            let Some(top) = shell.folders.first().cloned() else {
                return Err(shell.fail(machine, args, "no other directory"));
            };
            enter(shell, machine, "pushd", &top)?;
            if let Some(first) = shell.folders.first_mut() {
                *first = before;
            }
        }
        Some(arg) if arg.starts_with(['+', '-']) && arg.len() > 1 => {
            let Some(at) = place(shell, arg) else {
                return Err(shell.fail(machine, args, &format!("{arg}: directory stack index out of range")));
            };
            let mut all: Vec<String> = std::iter::once(before).chain(shell.folders.iter().cloned()).collect();
            all.rotate_left(at);
            let top = all.remove(0);
            enter(shell, machine, "pushd", &top)?;
            shell.folders = all;
        }
        Some(folder) => {
            enter(shell, machine, "pushd", folder)?;
            shell.folders.insert(0, before);
        }
    }
    dirs(shell, machine, &["dirs".to_owned()])
}

/// `popd [-n] [+N | -N]`
pub(super) fn popd(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    if shell.folders.is_empty() {
        return Err(shell.fail(machine, args, "directory stack empty"));
    }
    let at = match args.get(1) {
        Some(arg) => match place(shell, arg) {
            Some(at) => at,
            None => return Err(shell.fail(machine, args, &format!("{arg}: directory stack index out of range"))),
        },
        None => 0,
    };
    let taken = shell.folders.remove(at.saturating_sub(1));
    if at == 0 {
        enter(shell, machine, "popd", &taken)?;
    }
    dirs(shell, machine, &["dirs".to_owned()])
}
