//! type, command, hash, alias: what a name means.

use shell::Dialect;

use super::super::shell::{Flow, Shell};
use super::super::wording::Trouble;
use super::super::{Machine, start};
use super::{Run, lookup_in};

/// The words that the language keeps for itself.
const KEYWORDS: &[&str] = &[
    "!", "case", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "then", "until", "while",
    "{", "}",
];

/// What a name means to the shell.
enum Meaning {
    Keyword,
    Function,
    Builtin,
    /// A program, with the name or path that it is found by.
    Program(String),
}

fn meaning(shell: &Shell, machine: &Machine<'_>, name: &str) -> Option<Meaning> {
    if KEYWORDS.contains(&name) {
        return Some(Meaning::Keyword);
    }
    if shell.functions.contains_key(name) {
        return Some(Meaning::Function);
    }
    if lookup_in(name, shell.dialect).is_some() {
        return Some(Meaning::Builtin);
    }
    let mut process = shell.process.clone();
    process.env = shell.environment();
    if start::is_own_applet(machine, name) {
        return Some(Meaning::Program(name.to_owned()));
    }
    start::find(machine, &process, name)
        .ok()
        .map(|path| Meaning::Program(if name.contains('/') { name.to_owned() } else { path }))
}

/// `type name…`
pub(super) fn kind(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut status = 0;
    let brief = shell.dialect == Dialect::Bash && args.get(1).is_some_and(|arg| arg == "-t");
    for name in args.iter().skip(1).filter(|arg| !arg.starts_with('-')) {
        if brief {
            let kind = meaning(shell, machine, name).map(|meaning| match meaning {
                Meaning::Keyword => "keyword",
                Meaning::Function => "function",
                Meaning::Builtin => "builtin",
                Meaning::Program(_) => "file",
            });
            match kind {
                Some(kind) => {
                    shell.process.out(machine, &format!("{kind}\n"));
                }
                None => status = 1,
            }
            continue;
        }
        let text = describe(shell, machine, name);
        if text.is_none() {
            status = 127;
        }
        let text = text.unwrap_or_else(|| format!("{name}: not found"));
        shell.process.out(machine, &format!("{text}\n"));
    }
    Ok(status)
}

fn describe(shell: &Shell, machine: &Machine<'_>, name: &str) -> Option<String> {
    Some(match meaning(shell, machine, name)? {
        Meaning::Keyword => format!("{name} is a shell keyword"),
        Meaning::Function => format!("{name} is a function"),
        Meaning::Builtin => format!("{name} is a shell builtin"),
        Meaning::Program(path) => format!("{name} is {path}"),
    })
}

/// `command [-pvV] name [args…]`
pub(super) fn command(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut rest = args.get(1..).unwrap_or_default();
    let (mut brief, mut long) = (false, false);
    while let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        if option == "--" {
            break;
        }
        for letter in option.chars().skip(1) {
            match letter {
                'v' => brief = true,
                'V' => long = true,
                'p' => {}
                other => return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{other}")))),
            }
        }
    }
    if brief || long {
        let Some(name) = rest.first() else { return Ok(0) };
        let text = if long {
            describe(shell, machine, name).or_else(|| Some(format!("{name}: not found")))
        } else {
            meaning(shell, machine, name).map(|meaning| match meaning {
                Meaning::Program(path) => path,
                _ => name.clone(),
            })
        };
        let found = meaning(shell, machine, name).is_some();
        if let Some(text) = text {
            shell.process.out(machine, &format!("{text}\n"));
        }
        return Ok(if found { 0 } else { 127 });
    }
    run_named(shell, machine, rest)
}

/// bash's `builtin name [args…]`
pub(super) fn builtin(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let rest = args.get(1..).unwrap_or_default();
    match rest.first() {
        Some(name) if lookup_in(name, shell.dialect).is_none() => {
            shell.complain_as(machine, "builtin", &format!("{name}: not a shell builtin"));
            Ok(1)
        }
        _ => run_named(shell, machine, rest),
    }
}

/// Runs a builtin or program, whatever functions there are.
pub(super) fn run_named(shell: &mut Shell, machine: &mut Machine<'_>, rest: &[String]) -> Result<i32, Flow> {
    let Some(name) = rest.first() else { return Ok(0) };
    match lookup_in(name, shell.dialect) {
        Some(builtin) => match builtin.run {
            Run::Shell(run) => run(shell, machine, rest),
            Run::Command(_) => {
                shell.run_builtin(machine, builtin, rest)?;
                Ok(shell.status)
            }
        },
        None => {
            shell.program(machine, rest.to_vec(), false);
            Ok(shell.status)
        }
    }
}

/// `hash [-r] [name…]`
pub(super) fn hash(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut status = 0;
    for name in args.iter().skip(1).filter(|arg| !arg.starts_with('-')) {
        if meaning(shell, machine, name).is_none() {
            shell.complain_as(machine, "hash", &format!("{name}: not found"));
            status = 1;
        }
    }
    Ok(status)
}

/// `alias [name[=value]…]`: scripts do not expand aliases; they are taken and forgotten.
pub(super) fn alias(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut status = 0;
    for name in args.iter().skip(1).filter(|arg| !arg.contains('=')) {
        shell.process.err(machine, &format!("alias: {name} not found\n"));
        status = 1;
    }
    Ok(status)
}
