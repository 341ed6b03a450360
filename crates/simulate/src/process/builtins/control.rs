//! exit, return, break, continue, eval, `.`, exec.

use super::super::shell::{Flow, Shell};
use super::super::simple::start_trouble;
use super::super::wording::Trouble;
use super::super::{Machine, start, unsure};
use shell::Dialect;

/// `exit [n]`
pub(super) fn exit(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    shell.one_argument(machine, args)?;
    if let Some(text) = args.get(1) {
        shell.status = match (text.parse::<i64>(), shell.dialect) {
            (Ok(number), Dialect::Bash) => i32::try_from(number & 255).unwrap_or_default(),
            (Err(_), Dialect::Bash) => {
                shell.complain_as(machine, "exit", Trouble::IllegalNumber(text));
                2
            }
            _ => shell.number(machine, args, text)? & 255,
        };
    }
    Err(Flow::Exit)
}

/// `return [n]`: outside of functions and sourced files it ends the script.
pub(super) fn leave_function(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    if shell.dialect == Dialect::Bash && shell.functions_deep == 0 && shell.sourced == 0 {
        shell.complain_as(machine, "return", "can only `return' from a function or sourced script");
        return Ok(2);
    }
    shell.one_argument(machine, args)?;
    if let Some(text) = args.get(1) {
        if shell.dialect == Dialect::Bash {
            shell.status = match text.parse::<i64>() {
                Ok(number) => i32::try_from(number & 255).unwrap_or_default(),
                Err(_) => {
                    shell.complain_as(machine, "return", Trouble::IllegalNumber(text));
                    2
                }
            };
            return Err(Flow::Return);
        }
        let number = shell.number(machine, args, text)?;
        // dash keeps what does not fit in a byte.
        shell.status = if shell.dialect == Dialect::Dash { number } else { number & 255 };
    }
    Err(Flow::Return)
}

/// `break [n]`, `continue [n]`: nothing outside of loops.
pub(super) fn leave_loop(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    shell.one_argument(machine, args)?;
    let levels = match args.get(1) {
        Some(text) => match shell.number(machine, args, text)? {
            0 if shell.dialect == Dialect::Bash => {
                let error = shell.fail(machine, args, &format!("{text}: loop count out of range"));
                // The loops around it end all the same.
                shell.status = 1;
                return Err(if shell.loops > 0 { Flow::Break(shell.loops) } else { error });
            }
            0 => return Err(shell.fail(machine, args, Trouble::IllegalNumber(text))),
            levels => levels.unsigned_abs(),
        },
        None => 1,
    };
    if shell.loops == 0 {
        if shell.dialect == Dialect::Bash {
            let name = args.first().map_or("", String::as_str);
            shell.complain_as(machine, name, "only meaningful in a `for', `while', or `until' loop");
        }
        return Ok(0);
    }
    shell.status = 0;
    let levels = levels.min(shell.loops);
    Err(if args.first().is_some_and(|name| name == "break") { Flow::Break(levels) } else { Flow::Continue(levels) })
}

/// `eval text…`
pub(super) fn eval(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let text = args.get(1..).unwrap_or_default().join(" ");
    shell.status = 0;
    // dash counts the lines of its text alone, bash goes on from the line that the command ends at.
    let first = match shell.dialect {
        Dialect::Ash => i64::from(shell.line) - 1,
        Dialect::Dash => 0,
        Dialect::Bash => i64::from(shell.last_line.max(shell.line)) - 1,
    };
    let offset = std::mem::replace(&mut shell.line_offset, first);
    let line = shell.line;
    let speaker = shell.speaker.replace("eval".to_owned());
    let verbose = std::mem::take(&mut shell.options.verbose);
    let flow = shell.run_text(machine, &text);
    shell.options.verbose |= verbose;
    shell.speaker = speaker;
    shell.line_offset = offset;
    shell.line = line;
    if flow == Flow::Next { Ok(shell.status) } else { Err(flow) }
}

/// `. file`: in PATH where the name has no slash, in bash then in the working directory.
pub(super) fn source(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let bash = shell.dialect == Dialect::Bash;
    let command = args.first().cloned().unwrap_or_default();
    let Some(name) = args.get(1) else {
        return match shell.dialect {
            Dialect::Ash => Ok(2),
            Dialect::Dash => Ok(0),
            Dialect::Bash => {
                shell.complain_as(machine, &command, "filename argument required");
                Err(shell.misused(machine, &command))
            }
        };
    };
    let cred = shell.process.cred.clone();
    let path = if name.contains('/') {
        name.clone()
    } else {
        let folders = shell.get("PATH").unwrap_or_default().to_owned();
        let found = folders.split(':').map(|folder| shell.process.path(&format!("{folder}/{name}")));
        match found.into_iter().find(|path| machine.fs.stat(path, true, &cred).is_ok_and(|stat| stat.is_file())) {
            Some(path) => path,
            None if bash => name.clone(),
            None => return Err(shell.fail(machine, args, &format!("{name}: not found"))),
        }
    };
    if bash && machine.fs.stat(&shell.process.path(&path), true, &cred).is_ok_and(|stat| stat.is_dir()) {
        return Err(shell.fail(machine, args, &format!("{name}: is a directory")));
    }
    let content = match shell.process.read_file(machine, &path) {
        Ok(content) => content,
        Err(filesystem::Errno::NoEnt) if unsure::unknown_file(machine, &path).is_some() => return Ok(0),
        Err(error) if bash => {
            shell.complain(machine, Trouble::CannotOpen(name, error));
            return Ok(1);
        }
        Err(error) => return Err(shell.fail(machine, args, Trouble::CannotOpen(name, error))),
    };
    let text = super::super::text_of(machine, &content);
    // dash does not hand arguments on.
    let rest = if shell.dialect == Dialect::Dash { Vec::new() } else { args.get(2..).unwrap_or_default().to_vec() };
    let positional = (!rest.is_empty()).then(|| std::mem::replace(&mut shell.positional, rest));
    let loops = std::mem::take(&mut shell.loops);
    let offset = std::mem::take(&mut shell.line_offset);
    let line = shell.line;
    shell.status = 0;
    let speaker = std::mem::replace(&mut shell.speaker, (!bash).then(|| name.clone()));
    shell.sourced = shell.sourced.saturating_add(1);
    shell.sources.push(name.clone());
    let flow = shell.run_text(machine, &text);
    shell.sources.pop();
    shell.sourced = shell.sourced.saturating_sub(1);
    shell.speaker = speaker;
    shell.line_offset = offset;
    shell.line = line;
    shell.loops = loops;
    if let Some(positional) = positional {
        shell.positional = positional;
    }
    if bash && shell.traps.contains_key("RETURN") && matches!(flow, Flow::Next | Flow::Return) {
        shell.run_trap(machine, "RETURN");
    }
    match flow {
        Flow::Next | Flow::Return | Flow::Break(_) | Flow::Continue(_) => Ok(shell.status),
        flow => Err(flow),
    }
}

/// `exec [program args…]`: without a program its redirections stay.
pub(super) fn exec(shell: &mut Shell, machine: &mut Machine<'_>, args: &[String]) -> Result<i32, Flow> {
    let mut rest = args.get(1..).unwrap_or_default();
    if rest.first().is_some_and(|arg| arg == "--") {
        rest = rest.get(1..).unwrap_or_default();
    }
    let Some(name) = rest.first() else {
        shell.keep_descriptors = true;
        return Ok(0);
    };
    let mut process = shell.process.clone();
    process.args = rest.to_vec();
    process.env = shell.environment();
    machine.killed = None;
    match start::execute(machine, &mut process) {
        Ok(status) => {
            shell.status = status;
            shell.killed = machine.killed.take();
            // The program has taken the shell's place: nobody is left to run its traps.
            shell.traps.clear();
        }
        Err(error) => {
            let trouble = match start_trouble(machine, &shell.process, name, error) {
                Trouble::NotFound(name) => Trouble::Said(&format!("{name}: not found")),
                other => other,
            };
            shell.complain_as(machine, "exec", trouble);
            shell.status = error.status();
        }
    }
    Err(Flow::Exit)
}
