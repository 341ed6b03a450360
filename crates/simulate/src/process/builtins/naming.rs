//! type, command, hash, alias: what a name means.

use shell::Dialect;

use super::super::shell::{Flow, Hashed, Shell};
use super::super::simple::single_quoted;
use super::super::wording::Trouble;
use super::super::{Machine, start};
use super::{Run, lookup_in};

/// The words that the language keeps for itself.
const KEYWORDS: &[&str] = &[
    "!", "case", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "then", "until", "while",
    "{", "}",
];
/// Those of bash besides.
const BASH_KEYWORDS: &[&str] = &["[[", "]]", "coproc", "select", "time"];
/// The builtins that dash and ash call special.
const SPECIAL: &[&str] = &[
    ".", ":", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift", "times",
    "trap", "unset",
];

/// Whether the language keeps a word for itself.
pub(in super::super) fn is_reserved(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// What a name means to the shell.
enum Meaning {
    Keyword,
    /// An alias, with its text.
    Alias(String),
    Function,
    Builtin,
    /// A program, with the name or path that it is found by.
    Program(String),
}

fn meaning(shell: &Shell, machine: &Machine<'_>, name: &str) -> Option<Meaning> {
    let bash = shell.dialect == Dialect::Bash;
    if let Some(text) = shell.aliases.get(name).filter(|_| !bash || shell.shopt("expand_aliases")) {
        return Some(Meaning::Alias(text.clone()));
    }
    let foreign = name == "function" && shell.dialect == Dialect::Dash;
    if (KEYWORDS.contains(&name) && !foreign) || bash && BASH_KEYWORDS.contains(&name) {
        return Some(Meaning::Keyword);
    }
    if shell.functions.contains_key(name) {
        return Some(Meaning::Function);
    }
    if lookup_in(name, shell.dialect).is_some() && !shell.disabled.contains(name) {
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

/// `type [-aftpP] name…`
pub(super) fn kind(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let bash = shell.dialect == Dialect::Bash;
    let (mut brief, mut path, mut forced, mut all) = (false, false, false, false);
    let mut rest = args.get(1..).unwrap_or_default();
    while bash && let Some(option) = rest.first().filter(|arg| arg.len() > 1 && arg.starts_with('-')) {
        rest = rest.get(1..).unwrap_or_default();
        for letter in option.chars().skip(1) {
            match letter {
                't' => brief = true,
                'p' => path = true,
                'P' => forced = true,
                'a' => all = true,
                'f' => {}
                other => return Err(shell.fail(machine, args, Trouble::IllegalOption(&format!("-{other}")))),
            }
        }
    }
    let mut status = 0;
    for name in rest {
        let found = meaning(shell, machine, name);
        let file = if forced || all { programs(shell, machine, name) } else { Vec::new() };
        let text = match &found {
            _ if forced => file.first().map(|path| format!("{path}\n")),
            Some(Meaning::Program(found)) if path => Some(format!("{found}\n")),
            Some(_) if path => Some(String::new()),
            Some(meaning) if brief => Some(format!("{}\n", word_for(meaning))),
            Some(Meaning::Program(_)) if all => Some(String::new()),
            Some(_) => describe(shell, machine, name).map(|text| format!("{text}\n")),
            None => None,
        };
        match text {
            Some(mut text) => {
                if all && !brief && !path {
                    text.extend(file.iter().map(|path| format!("{name} is {path}\n")));
                }
                shell.process.out(machine, &text);
            }
            None => {
                status = if bash { 1 } else { 127 };
                if bash && !(brief || path || forced) {
                    shell.complain_as(machine, "type", &format!("{name}: not found"));
                } else if !bash {
                    shell.process.out(machine, &format!("{name}: not found\n"));
                }
            }
        }
    }
    Ok(status)
}

fn word_for(meaning: &Meaning) -> &'static str {
    match meaning {
        Meaning::Keyword => "keyword",
        Meaning::Alias(_) => "alias",
        Meaning::Function => "function",
        Meaning::Builtin => "builtin",
        Meaning::Program(_) => "file",
    }
}

/// All programs of a name in PATH.
fn programs(shell: &Shell, machine: &Machine<'_>, name: &str) -> Vec<String> {
    let folders = shell.get("PATH").unwrap_or_default();
    let paths = folders.split(':').map(|folder| shell.process.path(&format!("{folder}/{name}")));
    paths.filter(|path| start::runnable(machine, &shell.process, path).is_ok()).collect()
}

fn describe(shell: &Shell, machine: &Machine<'_>, name: &str) -> Option<String> {
    let dash = shell.dialect == Dialect::Dash;
    Some(match meaning(shell, machine, name)? {
        Meaning::Keyword => format!("{name} is a shell keyword"),
        Meaning::Alias(text) if shell.dialect == Dialect::Bash => format!("{name} is aliased to `{text}'"),
        Meaning::Alias(text) => format!("{name} is an alias for {text}"),
        Meaning::Function if dash => format!("{name} is a shell function"),
        Meaning::Function if shell.dialect == Dialect::Bash => {
            let body = shell.functions.get(name).map(|body| super::super::listing::function(name, body));
            format!("{name} is a function\n{}", body.unwrap_or_default())
        }
        Meaning::Function => format!("{name} is a function"),
        Meaning::Builtin if shell.dialect != Dialect::Bash && SPECIAL.contains(&name) => {
            format!("{name} is a special shell builtin")
        }
        Meaning::Builtin => format!("{name} is a shell builtin"),
        Meaning::Program(path) if shell.hashed.contains_key(name) && shell.dialect == Dialect::Bash => {
            format!("{name} is hashed ({path})")
        }
        Meaning::Program(path) => match shell.dialect {
            Dialect::Dash if shell.hashed.contains_key(name) => format!("{name} is a tracked alias for {path}"),
            _ => format!("{name} is {path}"),
        },
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
        let bash = shell.dialect == Dialect::Bash;
        // bash looks at every name, the others at the first.
        let names = if bash { rest } else { rest.get(..1).unwrap_or_default() };
        let mut all_missing = true;
        for name in names {
            let text = if long {
                describe(shell, machine, name)
            } else {
                meaning(shell, machine, name).map(|meaning| match meaning {
                    Meaning::Program(path) => path,
                    Meaning::Alias(text) => alias_line(shell, name, &text, true),
                    _ => name.clone(),
                })
            };
            match text {
                Some(text) => {
                    all_missing = false;
                    shell.process.out(machine, &format!("{text}\n"));
                }
                None if long && bash => shell.complain_as(machine, "command", &format!("{name}: not found")),
                None if long => {
                    shell.process.out(machine, &format!("{name}: not found\n"));
                }
                None => {}
            }
        }
        return Ok(match (all_missing && !names.is_empty(), bash) {
            (false, _) => 0,
            (true, true) => 1,
            (true, false) => 127,
        });
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
    match lookup_in(name, shell.dialect).filter(|_| !shell.disabled.contains(name)) {
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
    if args.len() < 2 {
        let bash = shell.dialect == Dialect::Bash;
        let mut text = String::new();
        if bash {
            text.push_str(if shell.hashed.is_empty() { "hash: hash table empty\n" } else { "hits\tcommand\n" });
        }
        let mut hashed: Vec<_> = shell.hashed.iter().collect();
        hashed.sort_by_key(|(name, _)| bucket(name, bash));
        for (_, hashed) in hashed {
            let (path, count) = (&hashed.path, hashed.count);
            let mark = if hashed.unsure { "*" } else { "" };
            text.push_str(&if bash { format!("{count:4}\t{path}\n") } else { format!("{path}{mark}\n") });
        }
        shell.process.out(machine, &text);
        return Ok(0);
    }
    if args.iter().skip(1).any(|arg| arg == "-r") {
        shell.hashed.clear();
    }
    for name in args.iter().skip(1).filter(|arg| !arg.starts_with('-')) {
        match meaning(shell, machine, name) {
            Some(Meaning::Program(path)) if !name.contains('/') && !start::is_own_applet(machine, name) => {
                shell.hashed.insert(name.clone(), Hashed { path, ..Hashed::default() });
            }
            Some(_) => {}
            None => {
                shell.complain_as(machine, "hash", &format!("{name}: not found"));
                status = 1;
            }
        }
    }
    Ok(status)
}

/// The place of a name in the table: dash's cmdlookup() (exec.c), bash's FNV-1 over 256 places (hashlib.c).
fn bucket(name: &str, bash: bool) -> u32 {
    if bash {
        let hash = |sum: u32, byte: u8| sum.wrapping_mul(16_777_619) ^ u32::from(byte);
        return name.bytes().fold(2_166_136_261, hash) & 255;
    }
    let first = name.bytes().next().map_or(0, |byte| u32::from(byte) << 4);
    (name.bytes().fold(first, |sum, byte| sum.wrapping_add(byte.into())) & 0x7fff) % 31
}

fn alias_line(shell: &Shell, name: &str, text: &str, names_command: bool) -> String {
    if shell.dialect == Dialect::Bash {
        format!("alias {name}='{}'", text.replace('\'', "'\\''"))
    } else {
        let command = if names_command { "alias " } else { "" };
        format!("{command}{name}={}", single_quoted(text))
    }
}

/// `alias [name[=value]…]`
pub(super) fn alias(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut status = 0;
    let bash = shell.dialect == Dialect::Bash;
    let rest: Vec<&String> = args.iter().skip(1).filter(|arg| !(bash && *arg == "-p")).collect();
    if rest.is_empty() {
        let lines = shell.aliases.iter().map(|(name, text)| format!("{}\n", alias_line(shell, name, text, false)));
        let text: String = lines.collect();
        shell.process.out(machine, &text);
        return Ok(0);
    }
    for arg in rest {
        let definition = arg.split_once('=').filter(|(name, _)| !name.is_empty());
        if let Some((name, text)) = definition {
            shell.aliases.insert(name.to_owned(), text.to_owned());
            continue;
        }
        match shell.aliases.get(arg) {
            Some(text) => {
                let line = alias_line(shell, arg, text, false);
                shell.process.out(machine, &format!("{line}\n"));
            }
            None => {
                missing_alias(shell, machine, "alias", arg);
                status = 1;
            }
        }
    }
    Ok(status)
}

fn missing_alias(shell: &Shell, machine: &mut Machine<'_>, command: &str, name: &str) {
    if shell.dialect == Dialect::Bash {
        shell.complain_as(machine, command, &format!("{name}: not found"));
    } else {
        shell.process.err(machine, &format!("{command}: {name} not found\n"));
    }
}

/// `unalias [-a] name…`
pub(super) fn unalias(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut status = 0;
    for name in args.iter().skip(1) {
        if name == "-a" {
            shell.aliases.clear();
        } else if shell.aliases.remove(name).is_none() {
            missing_alias(shell, machine, "unalias", name);
            status = 1;
        }
    }
    Ok(status)
}

/// bash's `enable [-n] name…`
pub(super) fn enable(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let off = args.iter().skip(1).any(|arg| arg == "-n");
    let mut status = 0;
    for name in args.iter().skip(1).filter(|arg| !arg.starts_with('-')) {
        if lookup_in(name, shell.dialect).is_none() {
            shell.complain_as(machine, "enable", &format!("{name}: not a shell builtin"));
            status = 1;
        } else if off {
            shell.disabled.insert(name.clone());
        } else {
            shell.disabled.remove(name);
        }
    }
    Ok(status)
}

/// bash's `caller [level]`
pub(super) fn caller(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    if shell.functions_deep == 0 && shell.sourced == 0 {
        return Ok(1);
    }
    let level = args.get(1).map(|text| text.parse::<usize>().unwrap_or_default());
    let lines = shell.elements("BASH_LINENO");
    let (names, files) = (shell.elements("FUNCNAME"), shell.elements("BASH_SOURCE"));
    let Some(line) = lines.get(level.unwrap_or_default()) else { return Ok(1) };
    let file = files.get(level.unwrap_or_default() + 1).map_or("NULL", String::as_str);
    let text = match level {
        None => format!("{line} {file}\n"),
        Some(level) => match names.get(level + 1) {
            Some(name) => format!("{line} {name} {file}\n"),
            None => return Ok(1),
        },
    };
    shell.process.out(machine, &text);
    Ok(0)
}
