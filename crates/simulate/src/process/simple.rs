//! Simple commands: assignments, functions, builtins, programs.

use std::collections::BTreeMap;
use std::rc::Rc;

use shell::{Assignment, Command, Dialect, Redirection, Word};

use super::builtins::{self, Builtin};
use super::shell::{Flow, Shell, Variable};
use super::wording::Trouble;
use super::{Machine, StartError, start, supply};

impl Shell {
    pub(super) fn simple(
        &mut self,
        machine: &mut Machine<'_>,
        assignments: &[Assignment],
        words: &[Word],
        redirections: &[Redirection],
    ) -> Flow {
        let tail = std::mem::take(&mut self.tail);
        self.substituted = None;
        let readers = self.readers.len();
        let lent = self.lent_descriptors.len();
        let result = self
            .simple_inside(machine, assignments, words, redirections, tail)
            .and_then(|()| self.run_readers(machine, readers));
        for fd in self.lent_descriptors.split_off(lent.min(self.lent_descriptors.len())) {
            self.process.fds.remove(&fd);
        }
        match result {
            Ok(()) => self.check(machine),
            Err(flow) => flow,
        }
    }

    fn simple_inside(
        &mut self,
        machine: &mut Machine<'_>,
        assignments: &[Assignment],
        words: &[Word],
        redirections: &[Redirection],
        tail: bool,
    ) -> Result<(), Flow> {
        let args = self.expand_words(machine, words)?;
        machine.spend(machine.profile.command_ms);
        if let Some(last) = args.last()
            && self.dialect == Dialect::Bash
        {
            self.underscore.clone_from(last);
        }
        let Some(name) = args.first().cloned() else {
            return self.assign_only(machine, assignments, redirections);
        };
        let mut saved = self.process.fds.clone();
        let kept = self.kept_descriptors.len();
        let redirected = self.redirect(machine, redirections);
        for fd in self.kept_descriptors.get(kept..).unwrap_or_default() {
            if let Some(descriptor) = self.process.fds.get(fd) {
                saved.insert(*fd, descriptor.clone());
            }
        }
        let own = self.functions.get(&name).cloned();
        let known =
            builtins::lookup_in(&name, self.dialect).filter(|_| own.is_none() && !self.disabled.contains(&name));
        let builtin = known;
        let special = builtin.is_some_and(|builtin| builtin.special);
        match redirected {
            Ok(true) => {}
            Ok(false) => {
                self.process.fds = saved;
                self.status = self.redirection_failure();
                return if special && self.dialect != Dialect::Bash { Err(Flow::Exit) } else { Ok(()) };
            }
            Err(flow) => {
                self.process.fds = saved;
                return Err(flow);
            }
        }
        let mut hidden = Vec::new();
        let result = self.set_for_a_while(machine, assignments, &mut hidden).and_then(|values| {
            self.trace(machine, &values, &args, &saved);
            if self.dialect == Dialect::Bash && matches!(name.as_str(), "export" | "readonly") {
                let assigned = args.iter().filter_map(|arg| arg.split_once('='));
                let assigned: Vec<(String, String)> =
                    assigned.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                self.trace(machine, &assigned, &[], &saved);
            }
            match (own, builtin) {
                (Some(body), _) => self.call(machine, &name, &body, args.get(1..).unwrap_or_default()),
                (None, Some(builtin)) => self.builtin(machine, builtin, &args),
                (None, None) => {
                    self.program(machine, args, tail);
                    Ok(())
                }
            }
        });
        if !special || self.dialect == Dialect::Bash {
            self.put_back(hidden.into_iter().rev());
        }
        // `exec` without a program keeps what it has redirected.
        if !(name == "exec" && std::mem::take(&mut self.keep_descriptors)) {
            self.process.fds = saved;
        }
        result
    }

    fn assign_only(
        &mut self,
        machine: &mut Machine<'_>,
        assignments: &[Assignment],
        redirections: &[Redirection],
    ) -> Result<(), Flow> {
        let saved = self.process.fds.clone();
        let redirected = self.redirect(machine, redirections);
        self.process.fds = saved.clone();
        if !redirected? {
            self.status = self.redirection_failure();
            return Ok(());
        }
        let mut values = Vec::new();
        for assignment in assignments {
            if assignment.elements.is_some() || assignment.subscript.is_some() {
                if self.options.xtrace {
                    let text = self.element_trace(machine, assignment)?;
                    values.push((text, String::new()));
                }
                self.assign_elements(machine, assignment)?;
                continue;
            }
            let value = self.value(machine, assignment)?;
            self.assign(machine, &assignment.name, &value)?;
            values.push((assignment.name.clone(), value));
        }
        self.trace(machine, &values, &[], &saved);
        self.status = self.substituted.unwrap_or_default();
        Ok(())
    }

    fn value(&mut self, machine: &mut Machine<'_>, assignment: &Assignment) -> Result<String, Flow> {
        let value = self.expand_text(machine, &assignment.value)?;
        let before = if assignment.append { self.get(&assignment.name).unwrap_or_default() } else { "" };
        if assignment.append && self.variables.get(&assignment.name).is_some_and(|variable| variable.integer) {
            return Ok(format!("{before}+({value})"));
        }
        Ok(format!("{before}{value}"))
    }

    /// Prints what is run, where `set -x` asks for it.
    fn trace(
        &mut self,
        machine: &mut Machine<'_>,
        values: &[(String, String)],
        args: &[String],
        descriptors: &BTreeMap<u32, super::Descriptor>,
    ) {
        if !self.options.xtrace {
            return;
        }
        let text = self.traced(machine, values, args);
        if let Some(descriptor) = descriptors.get(&2) {
            let _ = descriptor.write(machine, &filesystem::Content::text(&text));
        }
    }

    /// Sets the variables before a command, each for those behind it too. What they hide goes to `hidden`.
    fn set_for_a_while(
        &mut self,
        machine: &mut Machine<'_>,
        assignments: &[Assignment],
        hidden: &mut Vec<(String, Option<Variable>)>,
    ) -> Result<Vec<(String, String)>, Flow> {
        let mut values = Vec::new();
        for assignment in assignments {
            let name = &assignment.name;
            let value = self.value(machine, assignment)?;
            if self.dialect == Dialect::Bash && self.variables.get(name).is_some_and(|variable| variable.readonly) {
                // The command runs without it.
                self.complain(machine, Trouble::ReadOnly(name));
                continue;
            }
            hidden.push((name.clone(), self.variables.get(name).cloned()));
            self.assign(machine, name, &value)?;
            if let Some(variable) = self.variables.get_mut(name) {
                variable.exported = true;
            }
            values.push((name.clone(), value));
        }
        Ok(values)
    }

    pub(super) fn put_back(&mut self, hidden: impl IntoIterator<Item = (String, Option<Variable>)>) {
        for (name, variable) in hidden {
            match variable {
                Some(variable) => self.variables.insert(name, variable),
                None => self.variables.remove(&name),
            };
        }
    }

    /// Calls a function.
    pub(super) fn call(
        &mut self,
        machine: &mut Machine<'_>,
        name: &str,
        body: &Rc<Command>,
        args: &[String],
    ) -> Result<(), Flow> {
        let positional = std::mem::replace(&mut self.positional, args.to_vec());
        // In ash and dash `break` in a function leaves the loop around its call.
        let inner = if self.dialect == Dialect::Bash { 0 } else { self.loops };
        let loops = std::mem::replace(&mut self.loops, inner);
        let offset = std::mem::take(&mut self.option_offset);
        self.functions_deep += 1;
        self.locals.push(BTreeMap::new());
        if self.dialect == Dialect::Bash {
            let source = self.function_sources.get(name).cloned().unwrap_or_else(|| self.source_name());
            let own = [
                ("FUNCNAME", name.to_owned()),
                ("BASH_LINENO", self.line.to_string()),
                ("BASH_SOURCE", source.clone()),
            ];
            for (variable, value) in own {
                let callers = self.elements(variable);
                let hidden = self.variables.remove(variable);
                self.set_array(variable, std::iter::once(value).chain(callers).collect());
                if let Some(frame) = self.locals.last_mut() {
                    frame.insert(variable.to_owned(), hidden);
                }
            }
            self.sources.push(source);
        }
        let line = self.line;
        let inherits = self.options.functrace;
        let hidden_return = if inherits { None } else { self.traps.remove("RETURN") };
        let flow = self.command(machine, body);
        if self.dialect == Dialect::Bash {
            if self.traps.contains_key("RETURN") && matches!(flow, Flow::Next | Flow::Return) {
                self.run_trap(machine, "RETURN");
            }
            if let Some(action) = hidden_return {
                self.traps.entry("RETURN".to_owned()).or_insert(action);
            }
            self.sources.pop();
            self.line = line;
        }
        if let Some(hidden) = self.locals.pop() {
            self.put_back(hidden);
        }
        self.functions_deep -= 1;
        self.positional = positional;
        self.loops = loops;
        self.option_offset = offset;
        match flow {
            Flow::Next | Flow::Return => Ok(()),
            other => Err(other),
        }
    }

    fn builtin(&mut self, machine: &mut Machine<'_>, builtin: &Builtin, args: &[String]) -> Result<(), Flow> {
        match self.run_builtin(machine, builtin, args) {
            Err(Flow::Raise(status)) => {
                self.status = status;
                if builtin.special && self.dialect != Dialect::Bash { Err(Flow::Exit) } else { Ok(()) }
            }
            other => other,
        }
    }

    /// Runs a builtin and sets the status.
    pub(super) fn run_builtin(
        &mut self,
        machine: &mut Machine<'_>,
        builtin: &Builtin,
        args: &[String],
    ) -> Result<(), Flow> {
        match builtin.run {
            builtins::Run::Shell(run) => self.status = run(self, machine, args)?,
            builtins::Run::Command(run) => {
                let mut process = self.process.clone();
                process.args = args.to_vec();
                self.status = run(machine, &mut process);
            }
        }
        Ok(())
    }

    /// Runs a program and waits for its end.
    pub(super) fn program(&mut self, machine: &mut Machine<'_>, args: Vec<String>, tail: bool) {
        let name = args.first().cloned().unwrap_or_default();
        let mut process = self.process.clone();
        process.args = args;
        process.env = self.environment();
        // The last command of a script takes the shell's place.
        if !(tail && self.traps.is_empty()) {
            process.pid = machine.new_pid();
            process.parent = self.process.pid;
        }
        machine.killed = None;
        if !name.contains('/')
            && !start::is_own_applet(machine, &name)
            && let Ok(path) = start::find(machine, &process, &name)
        {
            let entry = self.hashed.entry(name.clone()).or_default();
            entry.path = path;
            entry.count = entry.count.saturating_add(1);
            entry.unsure = false;
        }
        self.status = match supply::execute(machine, &mut process) {
            Ok(status) => status,
            Err(error) => {
                self.complain(machine, start_trouble(machine, &self.process, &name, error));
                error.status()
            }
        };
        if let Some(signal) = machine.killed.take() {
            self.report_death(machine, signal, process.pid);
        }
    }
}

/// How a shell tells that a program cannot be started.
pub(super) fn start_trouble<'n>(
    machine: &Machine<'_>,
    process: &super::Process,
    name: &'n str,
    error: StartError,
) -> Trouble<'n> {
    let stat = machine.fs.stat(&process.path(name), true, &process.cred);
    let there = stat.is_ok() && name.contains('/');
    match error {
        StartError::NotFound if there => Trouble::NoInterpreter(name),
        StartError::NotFound if name.is_empty() => Trouble::NoName,
        StartError::NotFound => Trouble::NotFound(name),
        StartError::NotExecutable if stat.is_ok_and(|stat| stat.is_dir()) => Trouble::DirectoryAsCommand(name),
        StartError::NotExecutable => Trouble::NotExecutable(name),
    }
}

/// `text`, in single quotes if it has characters that a shell would act on.
pub(super) fn quoted_if_needed(text: &str) -> String {
    let plain = |b: u8| (b'+'..b';').contains(&b) || (b'@'..=b'z').contains(&b) && !matches!(b, b'`' | b'[' | b'\\');
    // A word of the language would be read as one.
    let reserved = builtins::is_reserved(text);
    if text.bytes().all(plain) && !reserved { text.to_owned() } else { single_quoted(text) }
}

/// `text` in single quotes.
pub(super) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\"'\"'"))
}
