//! Lists, pipelines and compound commands.

use shell::{AndOr, ArmEnd, Command, CommandKind, Connector, List, Pipeline, Word};

use super::pattern::matches;
use super::shell::{Flow, Shell};
use super::{Descriptor, Machine};

impl Shell {
    /// Runs the commands of a list.
    pub(super) fn list(&mut self, machine: &mut Machine<'_>, list: &List) -> Flow {
        let tail = std::mem::take(&mut self.tail);
        for (index, item) in list.items.iter().enumerate() {
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
            self.report_signal(machine, signal);
        }
    }

    pub(super) fn report_signal(&self, machine: &mut Machine<'_>, signal: i32) {
        let text = match signal {
            1 => "Hangup",
            3 => "Quit",
            6 => "Aborted",
            9 => "Killed",
            10 => "User defined signal 1",
            12 => "User defined signal 2",
            14 => "Alarm clock",
            15 => "Terminated",
            _ => return,
        };
        self.process.err(machine, &format!("{text}\n"));
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
            let flow = self.simple(machine, assignments, words, &command.redirections);
            if flow == Flow::Next {
                for array in arrays {
                    if let Err(flow) = self.assign_elements(machine, array) {
                        return flow;
                    }
                }
            }
            return flow;
        }
        if command.redirections.is_empty() {
            return self.compound(machine, &command.kind);
        }
        self.line = self.shown_line(command.line);
        self.tail = false;
        let saved = self.process.fds.clone();
        let flow = match self.redirect(machine, &command.redirections) {
            Ok(true) => self.compound(machine, &command.kind),
            Ok(false) => {
                self.status = self.redirection_failure();
                self.check(machine)
            }
            Err(flow) => flow,
        };
        self.process.fds = saved;
        flow
    }

    fn compound(&mut self, machine: &mut Machine<'_>, kind: &CommandKind) -> Flow {
        match kind {
            CommandKind::Simple { .. } => Flow::Next,
            CommandKind::Group(list) => self.list(machine, list),
            CommandKind::Subshell(list) => {
                self.tail = false;
                let mut child = self.subshell(machine);
                child.run_subshell(machine, |shell, machine| shell.list(machine, list));
                self.reap(machine, &child);
                self.status = child.status;
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
            CommandKind::For { name, words, body } => self.for_loop(machine, name, words.as_deref(), body),
            CommandKind::ForArithmetic { expressions, body } => self.for_arithmetic(machine, expressions, body),
            CommandKind::Case { .. } => self.case(machine, kind),
            CommandKind::Function { name, body } => {
                self.functions.insert(name.clone(), std::rc::Rc::clone(body));
                self.status = 0;
                Flow::Next
            }
            CommandKind::Arithmetic(word) => match self.expression(machine, word) {
                Ok(value) => {
                    self.status = i32::from(value == 0);
                    self.check(machine)
                }
                Err(flow) => flow,
            },
        }
    }

    /// Runs a condition, in which failures are expected.
    fn condition(&mut self, machine: &mut Machine<'_>, list: &List) -> Flow {
        let tail = std::mem::take(&mut self.tail);
        self.tested += 1;
        let flow = self.list(machine, list);
        self.tested = self.tested.saturating_sub(1);
        self.tail = tail;
        flow
    }

    fn expression(&mut self, machine: &mut Machine<'_>, word: &Word) -> Result<i64, Flow> {
        let text = self.expand_quoted(machine, &word.parts)?;
        self.arithmetic(machine, &text)
    }

    fn while_loop(&mut self, machine: &mut Machine<'_>, until: bool, condition: &List, body: &List) -> Flow {
        self.tail = false;
        let mut status = 0;
        self.loops += 1;
        let result = loop {
            if !machine.step() {
                break self.stopped();
            }
            match turn(self.condition(machine, condition)) {
                Turn::On => {}
                Turn::Again => continue,
                Turn::Out(flow) => break flow,
            }
            if (self.status == 0) == until {
                self.status = status;
                break Flow::Next;
            }
            let flow = self.list(machine, body);
            status = self.status;
            match turn(flow) {
                Turn::On | Turn::Again => {}
                Turn::Out(flow) => break flow,
            }
        };
        self.loops -= 1;
        result
    }

    fn for_loop(&mut self, machine: &mut Machine<'_>, name: &str, words: Option<&[Word]>, body: &List) -> Flow {
        self.tail = false;
        let values = match words {
            None => self.positional.clone(),
            Some(words) => match self.expand_words(machine, words) {
                Ok(values) => values,
                Err(flow) => return flow,
            },
        };
        self.status = 0;
        self.loops += 1;
        let mut result = Flow::Next;
        for value in values {
            if !machine.step() {
                result = self.stopped();
                break;
            }
            if let Err(flow) = self.assign(machine, name, &value) {
                result = flow;
                break;
            }
            if let Turn::Out(flow) = turn(self.list(machine, body)) {
                result = flow;
                break;
            }
        }
        self.loops -= 1;
        result
    }

    fn for_arithmetic(&mut self, machine: &mut Machine<'_>, expressions: &[Word; 3], body: &List) -> Flow {
        self.tail = false;
        let [first, condition, step] = expressions;
        if let Err(flow) = self.expression(machine, first) {
            return flow;
        }
        self.status = 0;
        self.loops += 1;
        let result = loop {
            if !machine.step() {
                break self.stopped();
            }
            match self.expression(machine, condition) {
                Ok(0) if !condition.parts.is_empty() => break Flow::Next,
                Ok(_) => {}
                Err(flow) => break flow,
            }
            if let Turn::Out(flow) = turn(self.list(machine, body)) {
                break flow;
            }
            if let Err(flow) = self.expression(machine, step) {
                break flow;
            }
        };
        self.loops -= 1;
        result
    }

    fn case(&mut self, machine: &mut Machine<'_>, kind: &CommandKind) -> Flow {
        let CommandKind::Case { word, arms } = kind else { return Flow::Next };
        let text: Vec<char> = match self.expand_text(machine, word) {
            Ok(text) => text.chars().collect(),
            Err(flow) => return flow,
        };
        let mut found = false;
        self.status = 0;
        for arm in arms {
            for pattern in &arm.patterns {
                if found {
                    break;
                }
                match self.expand_pattern(machine, pattern) {
                    Ok(pattern) => found = matches(&pattern, &text),
                    Err(flow) => return flow,
                }
            }
            if found {
                let flow = self.list(machine, &arm.body);
                if flow != Flow::Next || arm.end == ArmEnd::Break {
                    return flow;
                }
            }
        }
        Flow::Next
    }
}

/// What a loop does after a part of it.
enum Turn {
    On,
    Again,
    Out(Flow),
}

fn turn(flow: Flow) -> Turn {
    match flow {
        Flow::Next => Turn::On,
        Flow::Break(levels) if levels > 1 => Turn::Out(Flow::Break(levels - 1)),
        Flow::Break(_) => Turn::Out(Flow::Next),
        Flow::Continue(levels) if levels > 1 => Turn::Out(Flow::Continue(levels - 1)),
        Flow::Continue(_) => Turn::Again,
        other => Turn::Out(other),
    }
}
