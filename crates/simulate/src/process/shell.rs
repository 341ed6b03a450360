use std::collections::BTreeMap;
use std::rc::Rc;

use filesystem::Content;
use shell::{Command, Dialect};

use super::arithmetic::{self, Variables};
use super::arrays::{Array, Key};
use super::wording::Trouble;
use super::{Descriptor, Machine, Process};

/// A shell variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Variable {
    /// `None` for one that is only marked (`export X`, `local X`).
    pub(super) value: Option<String>,
    /// The elements of bash's arrays, which then have no plain value.
    pub(super) array: Option<Array>,
    pub(super) exported: bool,
    pub(super) readonly: bool,
    /// `declare -i`: what is assigned is calculated.
    pub(super) integer: bool,
}

/// The options of `set`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) errexit: bool,
    pub(super) noglob: bool,
    pub(super) nounset: bool,
    pub(super) xtrace: bool,
    pub(super) verbose: bool,
    pub(super) noexec: bool,
    pub(super) allexport: bool,
    pub(super) noclobber: bool,
    pub(super) pipefail: bool,
    /// Whether functions inherit the trap of ERR.
    pub(super) errtrace: bool,
    /// Whether the script came by `-c`.
    pub(super) command: bool,
    /// Whether the script came by standard input.
    pub(super) stdin: bool,
}

/// Where an interpreter goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// With the next command.
    Next,
    /// Behind that many loops.
    Break(u32),
    /// With the next turn of the loop that many levels out.
    Continue(u32),
    /// Behind the function or sourced file.
    Return,
    /// Nowhere: the shell ends with its status.
    Exit,
    /// A builtin failed in a way that ends a script where it is a special one.
    Raise,
    /// With the next line of the script: what bash does after an error in an expansion.
    Discard,
}

/// A shell: what a subshell gets a copy of.
#[derive(Clone, Debug)]
pub(super) struct Shell {
    pub(super) process: Process,
    pub(super) variables: BTreeMap<String, Variable>,
    pub(super) functions: BTreeMap<String, Rc<Command>>,
    /// `$1` and on.
    pub(super) positional: Vec<String>,
    /// `$0`
    pub(super) name: String,
    pub(super) options: Options,
    /// `$?`
    pub(super) status: i32,
    /// The status of the last command substitution of a command.
    pub(super) substituted: Option<i32>,
    /// `$!`
    pub(super) last_background: Option<u32>,
    /// Background commands: status and the time of their end.
    pub(super) jobs: BTreeMap<u32, (i32, u64)>,
    /// Trap actions by signal name; empty for an ignored signal.
    pub(super) traps: BTreeMap<String, String>,
    pub(super) loops: u32,
    pub(super) functions_deep: u32,
    /// For each function that runs, what its local variables hide.
    pub(super) locals: Vec<BTreeMap<String, Option<Variable>>>,
    /// The line of the command that runs.
    pub(super) line: u32,
    /// Above 0 where a failure is expected: conditions, the left of `&&` and `||`.
    pub(super) tested: u32,
    pub(super) dialect: Dialect,
    /// `$$`, which subshells share.
    pub(super) root_pid: u32,
    /// Inside a list of options that share a dash: which of them is next for getopts.
    pub(super) option_offset: usize,
    /// The signal that killed it.
    pub(super) killed: Option<i32>,
    pub(super) in_trap: bool,
    /// What is added to line numbers: the texts of `-c` count from 0, those of `eval` go on from its own line.
    pub(super) line_offset: i64,
    /// Whether what runs now is the last thing that the shell does.
    pub(super) tail: bool,
    /// Whether `exec` has changed the descriptors for good.
    pub(super) keep_descriptors: bool,
    /// What reads the outputs of the command that runs by `>(…)`.
    pub(super) readers: Vec<(Descriptor, Rc<shell::Script>)>,
    /// How many command substitutions are around what runs.
    pub(super) substitutions: usize,
    /// Who speaks in messages besides the shell: `eval`, a sourced file.
    pub(super) speaker: Option<String>,
}

impl Shell {
    /// A shell with the environment of `process`.
    pub(super) fn new(process: Process, dialect: Dialect) -> Shell {
        let mut variables = BTreeMap::new();
        for (name, value) in &process.env {
            if is_name(name) {
                let variable = Variable { value: Some(value.clone()), exported: true, ..Variable::default() };
                variables.insert(name.clone(), variable);
            }
        }
        let default = |variables: &mut BTreeMap<String, Variable>, name: &str, value: String, exported: bool| {
            variables.entry(name.to_owned()).or_insert(Variable {
                value: Some(value),
                exported,
                ..Variable::default()
            });
        };
        default(&mut variables, "PATH", "/sbin:/usr/sbin:/bin:/usr/bin".to_owned(), true);
        for (name, value) in [("PS1", "\\w \\$ "), ("PS2", "> "), ("PS4", "+ ")] {
            default(&mut variables, name, value.to_owned(), false);
        }
        let level = process.env.get("SHLVL").and_then(|level| level.parse::<u32>().ok()).unwrap_or(0);
        let own = [
            ("IFS", " \t\n".to_owned(), false),
            ("OPTIND", "1".to_owned(), false),
            ("PPID", process.parent.to_string(), false),
            ("PWD", process.cwd.clone(), true),
            ("SHLVL", level.saturating_add(1).to_string(), true),
        ];
        for (name, value, exported) in own {
            variables.insert(name.to_owned(), Variable { value: Some(value), exported, ..Variable::default() });
        }
        let name = process.args.first().cloned().unwrap_or_default();
        let root_pid = process.pid;
        Shell {
            process,
            variables,
            functions: BTreeMap::new(),
            positional: Vec::new(),
            name,
            options: Options::default(),
            status: 0,
            substituted: None,
            last_background: None,
            jobs: BTreeMap::new(),
            traps: BTreeMap::new(),
            loops: 0,
            functions_deep: 0,
            locals: Vec::new(),
            line: 0,
            tested: 0,
            dialect,
            root_pid,
            option_offset: 0,
            killed: None,
            in_trap: false,
            line_offset: 0,
            tail: false,
            keep_descriptors: false,
            readers: Vec::new(),
            substitutions: 0,
            speaker: None,
        }
    }

    /// A copy for `( … )`, a part of a pipeline, a substitution.
    pub(super) fn subshell(&self, machine: &mut Machine<'_>) -> Shell {
        let mut child = self.clone();
        child.process.pid = machine.new_pid();
        child.process.parent = self.process.pid;
        child.traps.retain(|_, action| action.is_empty());
        child.jobs.clear();
        child.loops = 0;
        child.tail = false;
        child
    }

    /// The value of a variable, if it is set.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let variable = self.variables.get(name)?;
        // the first element of an array stands for it
        match &variable.array {
            Some(array) => array.elements.get(&Key::Number(0)).map(String::as_str),
            None => variable.value.as_deref(),
        }
    }

    /// Sets a variable. `false` where it is read only.
    pub(super) fn set(&mut self, name: &str, value: &str) -> bool {
        let variable = self.variables.entry(name.to_owned()).or_default();
        if variable.readonly {
            return false;
        }
        match &mut variable.array {
            Some(array) => {
                array.elements.insert(Key::Number(0), value.to_owned());
            }
            None => variable.value = Some(value.to_owned()),
        }
        variable.exported |= self.options.allexport;
        if name == "OPTIND" {
            self.option_offset = 0;
        }
        true
    }

    /// Sets a variable, or complains and ends the shell.
    pub(super) fn assign(&mut self, machine: &mut Machine<'_>, name: &str, value: &str) -> Result<(), Flow> {
        if self.variables.get(name).is_some_and(|variable| variable.integer) {
            let number = self.arithmetic(machine, value)?.to_string();
            return if self.set(name, &number) { Ok(()) } else { Err(self.fatal(machine, Trouble::ReadOnly(name))) };
        }
        if self.set(name, value) {
            return Ok(());
        }
        Err(self.fatal(machine, Trouble::ReadOnly(name)))
    }

    /// The number that messages show for a line of the text that runs.
    pub(super) fn shown_line(&self, line: u32) -> u32 {
        u32::try_from(i64::from(line).saturating_add(self.line_offset)).unwrap_or_default()
    }

    /// The environment for a program.
    pub(super) fn environment(&self) -> BTreeMap<String, String> {
        let exported = self.variables.iter().filter(|(_, variable)| variable.exported);
        exported.filter_map(|(name, variable)| Some((name.clone(), variable.value.clone()?))).collect()
    }

    /// Prints what went wrong, with the shell's name and the line before it.
    pub(super) fn complain<'t>(&self, machine: &mut Machine<'_>, trouble: impl Into<Trouble<'t>>) {
        self.complain_at(machine, self.speaker.as_deref(), trouble.into());
    }

    /// Complains of what ends the shell, or in bash the line that it runs.
    pub(super) fn fatal<'t>(&mut self, machine: &mut Machine<'_>, trouble: impl Into<Trouble<'t>>) -> Flow {
        let trouble = trouble.into();
        self.complain(machine, trouble);
        if self.dialect != Dialect::Bash {
            self.status = 2;
            return Flow::Exit;
        }
        let unset = matches!(trouble, Trouble::Unset(_) | Trouble::Missing { .. });
        self.status = if unset { 127 } else { 1 };
        if unset { Flow::Exit } else { Flow::Discard }
    }

    /// As [`Shell::complain`], for a builtin.
    pub(super) fn complain_as<'t>(&self, machine: &mut Machine<'_>, builtin: &str, trouble: impl Into<Trouble<'t>>) {
        self.complain_at(machine, Some(builtin), trouble.into());
    }

    fn complain_at(&self, machine: &mut Machine<'_>, builtin: Option<&str>, trouble: Trouble<'_>) {
        let message = trouble.text(self.dialect);
        let (name, line) = (&self.name, self.line);
        let own = builtin.map(|builtin| format!("{builtin}: ")).unwrap_or_default();
        let text = match self.dialect {
            Dialect::Ash => format!("{name}: {own}line {line}: {message}\n"),
            Dialect::Dash => format!("{name}: {line}: {own}{message}\n"),
            Dialect::Bash => format!("{name}: line {line}: {own}{message}\n"),
        };
        self.process.err(machine, &text);
    }

    /// Evaluates an arithmetic expression; an error ends the shell.
    pub(super) fn arithmetic(&mut self, machine: &mut Machine<'_>, text: &str) -> Result<i64, Flow> {
        self.calculated(machine, text)?.map_err(|message| self.fatal(machine, Trouble::Arithmetic(text, message)))
    }

    /// The value of an arithmetic expression, or what is wrong with it.
    pub(super) fn calculated(
        &mut self,
        machine: &mut Machine<'_>,
        text: &str,
    ) -> Result<Result<i64, &'static str>, Flow> {
        if !machine.step() {
            return Err(self.stopped());
        }
        let mut unset = None;
        // ash and dash take a variable without a value for 0 whatever `set -u` says.
        let nounset = self.options.nounset && self.dialect == Dialect::Bash;
        let result = arithmetic::evaluate(text, &mut ShellVariables { shell: self, nounset, unset: &mut unset });
        match unset {
            None => Ok(result),
            Some(name) => Err(self.fatal(machine, Trouble::Unset(&name))),
        }
    }

    /// Ends the shell because a limit of the simulator is reached.
    pub(super) fn stopped(&mut self) -> Flow {
        self.status = STOPPED;
        self.tested = 0;
        Flow::Exit
    }

    /// Runs `action` with `0` reading `input`.
    pub(super) fn set_stdin(&mut self, input: Content) {
        self.process.fds.insert(0, Descriptor::reader(input));
    }
}

/// The status of a command that a limit of the simulator stopped: as if killed.
pub(super) const STOPPED: i32 = 137;

/// Whether `name` may name a variable.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

struct ShellVariables<'a> {
    shell: &'a mut Shell,
    nounset: bool,
    unset: &'a mut Option<String>,
}

impl Variables for ShellVariables<'_> {
    fn get(&mut self, name: &str) -> Option<String> {
        let value = self.shell.get(name).map(str::to_owned);
        if value.is_none() && self.nounset && self.unset.is_none() {
            *self.unset = Some(name.to_owned());
        }
        value
    }

    fn set(&mut self, name: &str, value: i64) {
        self.shell.set(name, &value.to_string());
    }
}
