//! Scripts, and the commands sh, ash, dash and bash.

use shell::Dialect;

use super::shell::{Flow, Shell};
use super::wording::Trouble;
use super::{Flavour, Machine, Process, flavour, start, text_of};

impl Shell {
    /// Runs a text line by line, as `eval` does: what stands before a syntax error is run.
    pub(super) fn run_text(&mut self, machine: &mut Machine<'_>, text: &str) -> Flow {
        let tail = std::mem::take(&mut self.tail);
        let mut script = self.read_text(text, 0);
        let mut text = script.text.clone().unwrap_or_else(|| text.to_owned());
        let (mut index, mut shown) = (0, 0);
        // ash and dash show what they read from a file, bash the text of -c too.
        let shows = self.dialect == Dialect::Bash || !self.options.command;
        while let Some(line) = script.lines.get(index) {
            if self.options.noexec {
                return Flow::Next;
            }
            let end = script.ends.get(index).copied().unwrap_or_default();
            if self.options.verbose && shows {
                self.process.err(machine, text.get(shown..end).unwrap_or_default());
            }
            shown = end;
            if let Some((at, warning)) = script.warning.take_if(|_| index + 1 == script.lines.len())
                && self.dialect == Dialect::Bash
            {
                self.line = self.shown_line(at);
                self.complain(machine, &format!("warning: {warning}"));
            }
            let words = (self.aliases.len(), self.shopts);
            let before = self.aliases.clone();
            self.tail = tail && index + 1 == script.lines.len() && script.errors.is_empty();
            let flow = self.list(machine, line);
            self.tail = false;
            match flow {
                Flow::Next => {}
                // bash goes on with the next line, but not in a subshell.
                Flow::Discard if self.process.pid == self.root_pid && self.functions_deep == 0 => {}
                flow => return flow,
            }
            index += 1;
            // What comes is read with the aliases and options of this moment.
            if words != (self.aliases.len(), self.shopts) || before != self.aliases {
                text = script.text_anew(end).unwrap_or(text);
                script = self.read_text(&text, end);
                text = script.text.clone().unwrap_or(text);
                index = 0;
            }
        }
        if self.options.verbose && shows {
            self.process.err(machine, text.get(shown..).unwrap_or_default());
        }
        let Some(error) = script.errors.first() else { return Flow::Next };
        self.line = self.shown_line(script.error_line);
        if error.code == "shell-nesting" {
            machine.limit("shell-nesting");
        }
        let message = error.docker.clone().unwrap_or_default();
        if self.dialect == Dialect::Bash {
            return self.bash_syntax_error(machine, &text, &message, error.code);
        }
        self.complain(machine, &message);
        self.status = 2;
        Flow::Exit
    }

    fn read_text(&self, text: &str, from: usize) -> shell::Script {
        let expands = self.dialect != Dialect::Bash || self.shopt("expand_aliases");
        let none = std::collections::BTreeMap::new();
        let aliases = if expands { &self.aliases } else { &none };
        let extended_patterns = self.shopt("extglob");
        if aliases.is_empty() && from == 0 && !extended_patterns {
            return shell::parse_dialect(text, self.dialect);
        }
        shell::read(text, shell::Reading { dialect: self.dialect, aliases, extended_patterns, from })
    }

    /// bash names where its text came from, shows the line, and only gives up the text of an `eval`.
    fn bash_syntax_error(&mut self, machine: &mut Machine<'_>, text: &str, message: &str, code: &str) -> Flow {
        let sourced = self.sourced > 0;
        let source = match &self.speaker {
            Some(speaker) => Some(speaker.clone()),
            None => (self.options.command && !sourced).then(|| "-c".to_owned()),
        };
        let source = source.map(|source| format!("{source}: ")).unwrap_or_default();
        let name = if sourced { self.source_name() } else { self.name.clone() };
        let head = format!("{name}: {source}line {}: ", self.line);
        if !message.is_empty() {
            self.process.err(machine, &format!("{head}{message}\n"));
        }
        if code == "shell-condition" {
            return Flow::Exit;
        }
        // parse.y: at the end of the text the status of the command before stays, unless that was 0.
        let open = message.starts_with("unexpected EOF while looking for");
        let status = match code {
            "shell-array" => 1,
            _ if open && self.status != 0 => self.status,
            _ => 2,
        };
        if message.contains("near unexpected token") {
            let index = usize::try_from(i64::from(self.line) - self.line_offset - 1).unwrap_or_default();
            let line = text.lines().nth(index).unwrap_or_default();
            self.process.err(machine, &format!("{head}`{line}'\n"));
        }
        self.status = status;
        if self.speaker.is_some() || sourced { Flow::Next } else { Flow::Exit }
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

/// Which shell a process is: by its name, and for `sh` by what that is a link to.
fn dialect_of(machine: &Machine<'_>, process: &Process) -> Dialect {
    if flavour(machine) == Flavour::Busybox && process.name() != "bash" {
        return Dialect::Ash;
    }
    let called = process.args.first().map_or("", String::as_str);
    let path = start::find(machine, process, called).unwrap_or_default();
    let file = machine.fs.resolve(&path, true, &filesystem::Cred::root()).unwrap_or_default();
    let last = file.rsplit('/').next().unwrap_or_default();
    if process.name() == "bash" || last == "bash" { Dialect::Bash } else { Dialect::Dash }
}

/// Says what is wrong with a shell's own arguments.
fn usage(machine: &mut Machine<'_>, shell: &Shell, trouble: Trouble<'_>) -> i32 {
    let line = if shell.dialect == Dialect::Dash { "0: " } else { "" };
    shell.process.err(machine, &format!("{}: {line}{}\n", shell.name, trouble.text(shell.dialect)));
    2
}

/// Says that a shell has no such option: ash ends as if all were well.
fn refused(machine: &mut Machine<'_>, shell: &Shell, on: bool, name: &str) -> i32 {
    let sign = if on || shell.dialect == Dialect::Dash { '-' } else { '+' };
    match shell.dialect {
        Dialect::Bash => {
            let own = &shell.name;
            shell.process.err(machine, &format!("{own}: line 0: {own}: {name}: invalid option name\n"));
            2
        }
        dialect => {
            usage(machine, shell, Trouble::IllegalOption(&format!("{sign}o {name}")));
            if dialect == Dialect::Ash { 0 } else { 2 }
        }
    }
}

/// sh, ash, dash and bash: `sh [-cex…] [-o option] [script | -c text [name]] [args]`.
pub(super) fn shell_command(machine: &mut Machine<'_>, process: &mut Process) -> i32 {
    let dialect = dialect_of(machine, process);
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
                    Some(name) if letter == 'o' && !shell.set_named_option(&name, on) => {
                        return refused(machine, &shell, on, &name);
                    }
                    _ => true,
                },
                letter => shell.set_option(letter, on),
            };
            if !known {
                return usage(machine, &shell, Trouble::IllegalOption(&format!("-{letter}")));
            }
        }
    }
    rest.extend(args);
    if shell.options.command {
        if rest.is_empty() {
            return usage(machine, &shell, Trouble::Said("-c requires an argument"));
        }
        let text = rest.remove(0);
        if !rest.is_empty() {
            shell.name = rest.remove(0);
        }
        shell.positional = rest;
        // ash counts the lines of such a text from 0.
        shell.line_offset = if dialect == Dialect::Ash { -1 } else { 0 };
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
                if dialect == Dialect::Bash {
                    process.complain(machine, &format!("{file}: {error}"));
                    return 127;
                }
                shell.complain(machine, Trouble::CannotOpen(&file, error));
                return 2;
            }
        };
        shell.name = file;
        content
    };
    shell.positional = rest;
    if let Some(status) = crate::commands::installers::run(machine, process, &content, &shell.positional) {
        return status;
    }
    let text = text_of(machine, &content);
    shell.run_to_the_end(machine, &text)
}
