//! Lists, pipelines and compound commands.

use shell::{AndOr, Command, CommandKind, Connector, List, Pipeline, Word};

use super::shell::{Flow, Shell};
use super::{Descriptor, Machine};

impl Shell {
    /// Runs the commands of a list.
    pub(super) fn list(&mut self, machine: &mut Machine<'_>, list: &List) -> Flow {
        let tail = std::mem::take(&mut self.tail);
        for (index, item) in list.items.iter().enumerate() {
            if self.options.noexec {
                return Flow::Next;
            }
            self.tail = tail && index + 1 == list.items.len();
            let flow = if item.background {
                self.background(machine, &item.and_or)
            } else {
                self.and_or(machine, &item.and_or)
            };
            self.tail = false;
            if flow != Flow::Next {
                return flow;
            }
        }
        Flow::Next
    }

    fn and_or(&mut self, machine: &mut Machine<'_>, and_or: &AndOr) -> Flow {
        let tail = std::mem::take(&mut self.tail);
        let mut left = and_or.rest.len();
        let mut run = |shell: &mut Shell, pipeline: &Pipeline, left: usize| {
            shell.tail = tail && left == 0;
            shell.tested += u32::from(left > 0);
            let flow = shell.pipeline(machine, pipeline);
            shell.tested = shell.tested.saturating_sub(u32::from(left > 0));
            flow
        };
        let mut flow = run(self, &and_or.first, left);
        for (connector, pipeline) in &and_or.rest {
            left -= 1;
            if flow != Flow::Next {
                return flow;
            }
            if (*connector == Connector::And) == (self.status == 0) {
                flow = run(self, pipeline, left);
            }
        }
        flow
    }

    fn pipeline(&mut self, machine: &mut Machine<'_>, pipeline: &Pipeline) -> Flow {
        let negated = u32::from(pipeline.negated);
        self.tested += negated;
        let begin = machine.meter.ms;
        self.tail &= pipeline.timed.is_none();
        let flow = match pipeline.commands.as_slice() {
            [command] => {
                let flow = self.command(machine, command);
                self.piped(&[self.status]);
                flow
            }
            commands => {
                self.tail = false;
                self.pipe(machine, commands)
            }
        };
        self.tested = self.tested.saturating_sub(negated);
        if let Some(timed) = pipeline.timed {
            self.tell_time(machine, timed, machine.meter.ms.saturating_sub(begin));
        }
        if pipeline.negated && flow == Flow::Next {
            self.status = i32::from(self.status == 0);
        }
        flow
    }

    /// Sets bash's PIPESTATUS.
    fn piped(&mut self, statuses: &[i32]) {
        if self.dialect == shell::Dialect::Bash {
            self.set_array("PIPESTATUS", statuses.iter().map(i32::to_string).collect());
        }
    }

    /// Runs commands one after another, each on what the one before it wrote.
    fn pipe(&mut self, machine: &mut Machine<'_>, commands: &[Command]) -> Flow {
        let mut statuses = Vec::new();
        let mut input = None;
        for (index, command) in commands.iter().enumerate() {
            if index + 1 == commands.len() && self.shopt("lastpipe") {
                let saved = self.process.fds.clone();
                self.set_stdin(input.take().unwrap_or_default());
                self.tested += 1;
                let flow = self.command(machine, command);
                self.tested = self.tested.saturating_sub(1);
                self.process.fds = saved;
                if flow != Flow::Next {
                    return flow;
                }
                statuses.push(self.status);
                break;
            }
            let mut child = self.subshell(machine);
            if let Some(input) = input.take() {
                child.set_stdin(input);
            }
            let output = Descriptor::buffer();
            if index + 1 < commands.len() {
                child.process.fds.insert(1, output.clone());
            }
            child.run_subshell(machine, |shell, machine| shell.command(machine, command));
            self.reap(machine, &child);
            statuses.push(child.status);
            input = Some(output.collected());
            if machine.steps_left == 0 {
                return self.stopped();
            }
        }
        self.piped(&statuses);
        let last = statuses.last().copied().unwrap_or_default();
        let failed = statuses.iter().rev().find(|status| **status != 0).copied();
        self.status = if self.options.pipefail { failed.unwrap_or_default() } else { last };
        self.check(machine)
    }

    /// Runs a command that the shell does not wait for: at once, but its time counts only for `wait`.
    fn background(&mut self, machine: &mut Machine<'_>, and_or: &AndOr) -> Flow {
        let mut child = self.subshell(machine);
        child.process.fds.insert(0, Descriptor::null());
        child.tested = 0;
        let begin = machine.meter.ms;
        child.run_subshell(machine, |shell, machine| shell.and_or(machine, and_or));
        let end = machine.meter.ms;
        machine.meter.ms = begin;
        machine.spend(0);
        self.last_background = Some(child.process.pid);
        self.jobs.insert(child.process.pid, (child.status, end));
        self.status = 0;
        if machine.steps_left == 0 { self.stopped() } else { Flow::Next }
    }

    /// Ends the shell where `set -e` says so, and runs the trap of ERR.
    pub(super) fn check(&mut self, machine: &mut Machine<'_>) -> Flow {
        if self.status == 0 || self.tested > 0 {
            return Flow::Next;
        }
        let inherited = self.functions_deep == 0 || self.options.errtrace;
        if self.traps.contains_key("ERR") && !self.in_trap && inherited {
            let flow = self.run_trap(machine, "ERR");
            if flow != Flow::Next {
                return flow;
            }
        }
        if self.options.errexit { Flow::Exit } else { Flow::Next }
    }

    /// Runs what a subshell runs, and its EXIT trap.
    pub(super) fn run_subshell(
        &mut self,
        machine: &mut Machine<'_>,
        body: impl FnOnce(&mut Shell, &mut Machine<'_>) -> Flow,
    ) {
        machine.alive.insert(self.process.pid);
        body(self, machine);
        self.exit_trap(machine);
        machine.alive.remove(&self.process.pid);
    }

    /// Says how a child ended, where a signal killed it.
    pub(super) fn reap(&mut self, machine: &mut Machine<'_>, child: &Shell) {
        if let Some(signal) = child.killed {
            self.report_death(machine, signal, child.process.pid);
        }
    }

    /// Says how a process ended that a signal killed: bash with its number and its command.
    pub(super) fn report_death(&self, machine: &mut Machine<'_>, signal: i32, pid: u32) {
        match signal_text(signal) {
            Some(text) if self.dialect == shell::Dialect::Bash && signal != 15 => {
                self.complain(machine, &format!("{pid:5} {text:<23} {}", self.command_text));
            }
            Some(text) => self.process.err(machine, &format!("{text}\n")),
            None => {}
        }
    }

    /// Notes which command begins, and runs the trap of DEBUG.
    fn begin(&mut self, machine: &mut Machine<'_>, command: &Command) {
        if self.dialect == shell::Dialect::Bash {
            let newlines = command.source.bytes().filter(|byte| *byte == b'\n').count();
            self.last_line = self.line.saturating_add(u32::try_from(newlines).unwrap_or_default());
            self.begin_with(machine, command.source.trim_end());
        }
    }

    pub(super) fn begin_with(&mut self, machine: &mut Machine<'_>, source: &str) {
        if !self.in_trap {
            source.clone_into(&mut self.command_text);
            if self.traps.contains_key("DEBUG") && (self.functions_deep == 0 || self.options.functrace) {
                self.run_trap(machine, "DEBUG");
            }
        }
    }

    /// Runs a command.
    pub(super) fn command(&mut self, machine: &mut Machine<'_>, command: &Command) -> Flow {
        if !machine.step() || !machine.deeper() {
            return self.stopped();
        }
        let flow = self.command_inside(machine, command);
        machine.depth = machine.depth.saturating_sub(1);
        match flow {
            Flow::Next => self.pending_signals(machine),
            flow => flow,
        }
    }

    fn command_inside(&mut self, machine: &mut Machine<'_>, command: &Command) -> Flow {
        if let CommandKind::Simple { assignments, words, arrays } = &command.kind {
            self.line = self.shown_line(command.line);
            self.begin(machine, command);
            let constants: Vec<String> = arrays
                .iter()
                .filter(|array| self.variables.get(&array.name).is_some_and(|variable| variable.readonly))
                .map(|array| array.name.clone())
                .collect();
            let expanded: Result<Vec<_>, Flow> =
                arrays.iter().map(|array| self.expanded_array(machine, array)).collect();
            let arrays = match expanded {
                Ok(arrays) => arrays,
                Err(flow) => return flow,
            };
            let flow = self.simple(machine, assignments, words, &command.redirections);
            if flow == Flow::Next {
                for array in &arrays {
                    // What the builtin has just made a constant gets its elements here.
                    let fresh = !constants.contains(&array.name);
                    let was =
                        self.variables.get_mut(&array.name).filter(|_| fresh).map(|v| std::mem::take(&mut v.readonly));
                    let done = self.assign_elements(machine, array);
                    if let (Some(was), Some(variable)) = (was, self.variables.get_mut(&array.name)) {
                        variable.readonly = was;
                    }
                    if let Err(flow) = done {
                        return flow;
                    }
                }
            }
            return flow;
        }
        if command.redirections.is_empty() {
            return self.compound(machine, command);
        }
        self.line = self.shown_line(command.line);
        self.tail = false;
        let saved = self.process.fds.clone();
        let flow = match self.redirect(machine, &command.redirections) {
            Ok(true) => self.compound(machine, command),
            Ok(false) => {
                self.status = self.redirection_failure();
                self.check(machine)
            }
            Err(flow) => flow,
        };
        self.process.fds = saved;
        flow
    }

    fn compound(&mut self, machine: &mut Machine<'_>, command: &Command) -> Flow {
        let kind = &command.kind;
        if matches!(kind, CommandKind::Arithmetic(_) | CommandKind::Conditional(_) | CommandKind::Case { .. }) {
            self.line = self.shown_line(command.line);
            self.begin(machine, command);
        }
        match kind {
            CommandKind::Simple { .. } => Flow::Next,
            CommandKind::Group(list) => self.list(machine, list),
            CommandKind::Subshell(list) => {
                self.tail = false;
                let mut child = self.subshell(machine);
                child.run_subshell(machine, |shell, machine| shell.list(machine, list));
                self.reap(machine, &child);
                self.status = child.status;
                self.line = self.shown_line(command.line);
                if machine.steps_left == 0 {
                    return self.stopped();
                }
                self.check(machine)
            }
            CommandKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    match self.condition(machine, condition) {
                        Flow::Next => {}
                        flow => return flow,
                    }
                    if self.status == 0 {
                        return self.list(machine, body);
                    }
                }
                match otherwise {
                    Some(body) => self.list(machine, body),
                    None => {
                        self.status = 0;
                        Flow::Next
                    }
                }
            }
            CommandKind::While { until, condition, body } => self.while_loop(machine, *until, condition, body),
            CommandKind::For { name, words, body } => {
                let line = self.shown_line(command.line);
                self.for_loop(machine, (name, words.as_deref(), body), line, &command.source)
            }
            CommandKind::ForArithmetic { expressions, body } => self.for_arithmetic(machine, expressions, body),
            CommandKind::Case { word, arms } => {
                if self.dialect == shell::Dialect::Bash {
                    self.trace_line(machine, &command.source);
                }
                self.case(machine, word, arms)
            }
            CommandKind::Function { name, body } => {
                self.functions.insert(name.clone(), std::rc::Rc::clone(body));
                let source = self.source_name();
                self.function_sources.insert(name.clone(), source);
                self.status = 0;
                Flow::Next
            }
            CommandKind::Select { name, words, body } => {
                self.trace_line(machine, &command.source);
                self.select(machine, name, words.as_deref(), body)
            }
            CommandKind::Coprocess { name, body } => self.start_coprocess(machine, name, body),
            CommandKind::Conditional(condition) => match self.conditional(machine, condition) {
                Ok(status) => {
                    self.status = status;
                    self.check(machine)
                }
                Err(flow) => flow,
            },
            CommandKind::Arithmetic(word) => {
                let speaker = self.speaker.replace("((".to_owned());
                let value = self.expression(machine, word);
                self.speaker = speaker;
                match value {
                    Ok(value) => self.status = i32::from(value == 0),
                    // A wrong expression is a failure here, not the end.
                    Err(Flow::Discard) => self.status = 1,
                    Err(flow) => return flow,
                }
                self.check(machine)
            }
        }
    }

    /// Runs a condition, in which failures are expected.
    pub(super) fn condition(&mut self, machine: &mut Machine<'_>, list: &List) -> Flow {
        let tail = std::mem::take(&mut self.tail);
        self.tested += 1;
        let flow = self.list(machine, list);
        self.tested = self.tested.saturating_sub(1);
        self.tail = tail;
        flow
    }

    pub(super) fn expression(&mut self, machine: &mut Machine<'_>, word: &Word) -> Result<i64, Flow> {
        let text = self.expand_quoted(machine, &word.parts)?;
        self.trace_line(machine, &format!("(( {} ))", text.trim()));
        self.arithmetic(machine, &text)
    }
}

/// How a signal is told that has killed a process.
fn signal_text(signal: i32) -> Option<&'static str> {
    Some(match signal {
        1 => "Hangup",
        3 => "Quit",
        6 => "Aborted",
        9 => "Killed",
        10 => "User defined signal 1",
        12 => "User defined signal 2",
        14 => "Alarm clock",
        15 => "Terminated",
        _ => return None,
    })
}
