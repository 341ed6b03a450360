use std::collections::BTreeMap;
use std::rc::Rc;

use filesystem::Content;
use shell::{Command, Dialect};

use super::arithmetic::{self, Variables};
use super::arrays::{Array, Key};
use super::options::Options;
use super::wording::Trouble;
use super::wrong::Wrong;
use super::{Descriptor, Machine, Process, builtins};

/// What dash and bash of Debian look for programs in where the environment has no PATH.
const DASH_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const BASH_PATH: &str = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:.";

/// A shell variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Variable {
    /// `None` for one that is only marked (`export X`, `local X`).
    pub(super) value: Option<String>,
    /// The elements of bash's arrays, which then have no plain value.
    pub(super) array: Option<Array>,
    pub(super) exported: bool,
    pub(super) readonly: bool,
    /// `declare -n`: the value is another variable's name.
    pub(super) reference: bool,
    /// `declare -u`, `declare -l`: what is assigned gets upper or lower case.
    pub(super) case: Option<bool>,
    /// `declare -i`: what is assigned is calculated.
    pub(super) integer: bool,
}

/// A program that `hash` lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hashed {
    pub(super) path: String,
    /// How often it was started.
    pub(super) count: u32,
    /// Whether `cd` has come since it was found: dash and ash look again.
    pub(super) unsure: bool,
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
    /// A builtin failed with this status in a way that ends a script where it is a special one.
    Raise(i32),
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
    /// The options of bash's `shopt`.
    pub(super) shopts: u64,
    /// `$?`
    pub(super) status: i32,
    /// The status of the last command substitution of a command.
    pub(super) substituted: Option<i32>,
    /// `$!`
    pub(super) last_background: Option<u32>,
    /// Background commands: status and the time of their end.
    pub(super) jobs: BTreeMap<u32, (i32, u64)>,
    /// The background commands that are no jobs any more: waited for, or disowned.
    pub(super) gone: std::collections::BTreeSet<u32>,
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
    /// Where the functions and sourced files that run come from, in bash.
    pub(super) sources: Vec<String>,
    /// Where each function was read.
    pub(super) function_sources: BTreeMap<String, String>,
    /// How many sourced files run.
    pub(super) sourced: u32,
    pub(super) aliases: BTreeMap<String, String>,
    /// The line that the command that runs ends at.
    pub(super) last_line: u32,
    /// The command that runs, as it is written.
    pub(super) command_text: String,
    /// The folders of `pushd`, the last one first.
    pub(super) folders: Vec<String>,
    /// How many subshells are around what runs, besides the parts of pipelines.
    pub(super) subshells: u32,
    /// What a coprocess has to read, and what runs in it.
    pub(super) coprocess: Option<super::coprocess::Coprocess>,
    /// The descriptors that `{NAME}>` has opened: they stay.
    pub(super) kept_descriptors: Vec<u32>,
    /// The descriptors of process substitutions: they are closed when their command ends.
    pub(super) lent_descriptors: Vec<u32>,
    /// bash's `$_`: the last word of the command before.
    pub(super) underscore: String,
    /// What `ulimit` has set, by its letter.
    pub(super) limits: BTreeMap<char, String>,
    /// The builtins that `enable -n` has put aside.
    pub(super) disabled: std::collections::BTreeSet<String>,
    /// The programs that `hash` lists, by name, with how often they were started.
    pub(super) hashed: BTreeMap<String, Hashed>,
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
        let root = process.cred.uid == 0;
        let (path, prompt) = match dialect {
            Dialect::Ash => ("/sbin:/usr/sbin:/bin:/usr/bin", "\\w \\$ "),
            Dialect::Dash => (DASH_PATH, if root { "# " } else { "$ " }),
            Dialect::Bash => (BASH_PATH, "\\s-\\v\\$ "),
        };
        default(&mut variables, "PATH", path.to_owned(), dialect == Dialect::Ash);
        for (name, value) in [("PS1", prompt), ("PS2", "> "), ("PS4", "+ ")] {
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
        // dash does not count how deep it is.
        for (name, value, exported) in own.into_iter().filter(|own| own.0 != "SHLVL" || dialect != Dialect::Dash) {
            variables.insert(name.to_owned(), Variable { value: Some(value), exported, ..Variable::default() });
        }
        let name = process.args.first().cloned().unwrap_or_default();
        let root_pid = process.pid;
        if dialect == Dialect::Bash {
            let parts = ["5", "2", "15", "1", "release", "x86_64-pc-linux-gnu"].map(str::to_owned);
            let array = Some(Array::of(parts));
            variables.insert("BASH_VERSINFO".to_owned(), Variable { array, readonly: true, ..Variable::default() });
        }
        Shell {
            process,
            variables,
            functions: BTreeMap::new(),
            positional: Vec::new(),
            name,
            options: Options::of(dialect),
            shopts: if dialect == Dialect::Bash { builtins::shopt_defaults() } else { 0 },
            status: 0,
            substituted: None,
            last_background: None,
            jobs: BTreeMap::new(),
            gone: std::collections::BTreeSet::new(),
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
            sources: Vec::new(),
            function_sources: BTreeMap::new(),
            sourced: 0,
            aliases: BTreeMap::new(),
            last_line: 0,
            command_text: String::new(),
            folders: Vec::new(),
            subshells: 0,
            coprocess: None,
            kept_descriptors: Vec::new(),
            lent_descriptors: Vec::new(),
            underscore: String::new(),
            limits: BTreeMap::new(),
            disabled: std::collections::BTreeSet::new(),
            hashed: BTreeMap::new(),
        }
    }

    /// A copy for `( … )`, a part of a pipeline, a substitution.
    pub(super) fn subshell(&self, machine: &mut Machine<'_>) -> Shell {
        let mut child = self.clone();
        child.process.pid = machine.new_pid();
        child.process.parent = self.process.pid;
        let (errtrace, functrace) = (self.options.errtrace, self.options.functrace);
        child.traps.retain(|name, action| match name.as_str() {
            _ if action.is_empty() => true,
            "ERR" => errtrace,
            "DEBUG" | "RETURN" => functrace,
            _ => false,
        });
        child.subshells = child.subshells.saturating_add(1);
        child.jobs.clear();
        child.loops = 0;
        child.tail = false;
        child
    }

    /// The variable that a name stands for: where it is a reference, the one at its end.
    pub(super) fn target<'n>(&'n self, name: &'n str) -> &'n str {
        let mut name = name;
        for _ in 0..MAX_REFERENCES {
            match self.variables.get(name) {
                Some(Variable { reference: true, value: Some(next), .. }) if !next.is_empty() => name = next,
                _ => break,
            }
        }
        name
    }

    /// The value of a variable, if it is set.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let variable = self.variables.get(self.target(name))?;
        // the first element of an array stands for it
        match &variable.array {
            Some(array) => array.elements.get(&Key::Number(0)).map(String::as_str),
            None => variable.value.as_deref(),
        }
    }

    /// Sets a variable. `false` where it is read only.
    pub(super) fn set(&mut self, name: &str, value: &str) -> bool {
        let name = &self.target(name).to_owned();
        let variable = self.variables.entry(name.to_owned()).or_default();
        if variable.readonly {
            return false;
        }
        let cased = variable.case.map(|upper| if upper { value.to_uppercase() } else { value.to_lowercase() });
        let value = cased.as_deref().unwrap_or(value);
        match &mut variable.array {
            Some(array) => {
                array.elements.insert(Key::Number(0), value.to_owned());
            }
            None => variable.value = Some(value.to_owned()),
        }
        variable.exported |= self.options.allexport;
        match name.as_str() {
            "OPTIND" => self.option_offset = 0,
            "PATH" => self.hashed.clear(),
            _ => {}
        }
        true
    }

    /// Sets a variable, or complains and ends the shell.
    pub(super) fn assign(&mut self, machine: &mut Machine<'_>, name: &str, value: &str) -> Result<(), Flow> {
        let name = &self.target(name).to_owned();
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

    /// Where bash reads from at this moment.
    pub(super) fn source_name(&self) -> String {
        match self.sources.last() {
            Some(source) => source.clone(),
            None if self.options.command => "environment".to_owned(),
            None => self.name.clone(),
        }
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
        // error.c: report_error() ends a shell with `set -e` at once, whatever is expected to fail.
        if self.options.errexit && !matches!(trouble, Trouble::Arithmetic(_)) {
            self.status = 1;
            return Flow::Exit;
        }
        let unset = matches!(trouble, Trouble::Unset(_) | Trouble::Missing { .. });
        self.status = if unset && self.process.pid == self.root_pid { 127 } else { 1 };
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
            Dialect::Bash => {
                let name = self.sources.last().unwrap_or(name);
                format!("{name}: line {line}: {own}{message}\n")
            }
        };
        self.process.err(machine, &text);
    }

    /// Evaluates an arithmetic expression; an error ends the shell.
    pub(super) fn arithmetic(&mut self, machine: &mut Machine<'_>, text: &str) -> Result<i64, Flow> {
        self.calculated(machine, text)?.map_err(|wrong| self.fatal(machine, Trouble::Arithmetic(&wrong)))
    }

    /// The value of an arithmetic expression, or what is wrong with it.
    pub(super) fn calculated(&mut self, machine: &mut Machine<'_>, text: &str) -> Result<Result<i64, Wrong>, Flow> {
        if !machine.step() {
            return Err(self.stopped());
        }
        let mut unset = None;
        // ash and dash take a variable without a value for 0 whatever `set -u` says.
        let nounset = self.options.nounset && self.dialect == Dialect::Bash;
        let dialect = self.dialect;
        let result =
            arithmetic::evaluate(text, dialect, &mut ShellVariables { shell: self, nounset, unset: &mut unset });
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

/// How many references of references are followed.
const MAX_REFERENCES: usize = 8;

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
