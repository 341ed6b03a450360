//! Scripts, and the commands sh, ash, dash and bash.

use shell::Dialect;

use super::shell::{Flow, Shell};
use super::{Machine, Process, text_of};

impl Shell {
    /// Runs a text line by line, as `eval` does: what stands before a syntax error is run.
    pub(super) fn run_text(&mut self, machine: &mut Machine<'_>, text: &str) -> Flow {
        let tail = std::mem::take(&mut self.tail);
        let script = shell::parse_dialect(text, self.dialect);
        let lines = script.lines.len();
        for (index, line) in script.lines.iter().enumerate() {
            if self.options.noexec {
                break;
            }
            self.tail = tail && index + 1 == lines && script.errors.is_empty();
            let flow = self.list(machine, line);
            self.tail = false;
            if flow != Flow::Next {
                return flow;
            }
        }
        let Some(error) = script.errors.first() else { return Flow::Next };
        self.line = self.shown_line(script.error_line);
        if error.code == "shell-nesting" {
            machine.limit("shell-nesting");
        }
        let message = error.docker.clone().unwrap_or_default();
        self.complain(machine, &message);
        self.status = 2;
        Flow::Exit
    }

    /// Runs a whole script and what has to be done at its end.
    fn run_to_the_end(&mut self, machine: &mut Machine<'_>, text: &str) -> i32 {
        self.run_text(machine, text);
        self.exit_trap(machine);
        if let Some(signal) = self.killed {
            machine.killed = Some(signal);
        }
        self.status
    }
}

/// Runs the text of a script file under its own name.
pub(super) fn run_script(machine: &mut Machine<'_>, process: &Process, text: &str, dialect: Dialect) -> i32 {
    let mut shell = Shell::new(process.clone(), dialect);
    shell.positional = process.operands().to_vec();
    shell.run_to_the_end(machine, text)
}

/// sh, ash, dash and bash: `sh [-cex…] [-o option] [script | -c text [name]] [args]`.
pub(super) fn shell_command(machine: &mut Machine<'_>, process: &mut Process) -> i32 {
    let dialect = if process.name() == "bash" { Dialect::Bash } else { Dialect::Posix };
    let mut shell = Shell::new(process.clone(), dialect);
    let mut args = process.operands().iter().cloned();
    let mut rest: Vec<String> = Vec::new();
    while let Some(arg) = args.next() {
        if arg == "--" || arg == "-" {
            break;
        }
        if arg == "--login" || arg == "--norc" || arg == "--noprofile" || arg == "--posix" {
            continue;
        }
        let Some((on, letters)) =
            arg.strip_prefix('-').map(|l| (true, l)).or(arg.strip_prefix('+').map(|l| (false, l)))
        else {
            rest.push(arg);
            break;
        };
        for letter in letters.chars() {
            let known = match letter {
                'c' => {
                    shell.options.command = on;
                    true
                }
                's' => {
                    shell.options.stdin = on;
                    true
                }
                'l' | 'i' | 'p' => true,
                'o' | 'O' => match args.next() {
                    Some(name) => shell.set_named_option(&name, on) || letter == 'O',
                    None => true,
                },
                letter => shell.set_option(letter, on),
            };
            if !known {
                shell.complain(machine, &format!("illegal option -{letter}"));
                return 2;
            }
        }
    }
    rest.extend(args);
    if shell.options.command {
        if rest.is_empty() {
            shell.complain(machine, "-c requires an argument");
            return 2;
        }
        let text = rest.remove(0);
        if !rest.is_empty() {
            shell.name = rest.remove(0);
        }
        shell.positional = rest;
        // ash counts the lines of such a text from 0.
        shell.line_offset = -1;
        shell.tail = true;
        return shell.run_to_the_end(machine, &text);
    }
    let content = if shell.options.stdin || rest.is_empty() {
        shell.options.stdin = true;
        process.stdin(machine)
    } else {
        let file = rest.remove(0);
        let content = match process.read_file(machine, &file) {
            Ok(content) => content,
            Err(error) => {
                let reason =
                    if error == filesystem::Errno::NoEnt { "no such file".to_owned() } else { error.to_string() };
                shell.complain(machine, &format!("can't open {file}: {reason}"));
                return 2;
            }
        };
        shell.name = file;
        content
    };
    shell.positional = rest;
    let text = text_of(machine, &content);
    shell.run_to_the_end(machine, &text)
}
