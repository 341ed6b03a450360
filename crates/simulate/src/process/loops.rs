//! Loops and `case`.

use shell::{ArmEnd, List, Word};

use super::Machine;
use super::pattern::matches_in;
use super::shell::{Flow, Shell};

impl Shell {
    pub(super) fn while_loop(&mut self, machine: &mut Machine<'_>, until: bool, condition: &List, body: &List) -> Flow {
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

    /// What `for` and `select` go through: the words behind `in`, without it the positional parameters.
    pub(super) fn loop_values(
        &mut self,
        machine: &mut Machine<'_>,
        words: Option<&[Word]>,
    ) -> Result<Vec<String>, Flow> {
        match words {
            None => Ok(self.positional.clone()),
            Some(words) => self.expand_words(machine, words),
        }
    }

    pub(super) fn for_loop(
        &mut self,
        machine: &mut Machine<'_>,
        (name, words, body): (&str, Option<&[Word]>, &List),
        line: u32,
        source: &str,
    ) -> Flow {
        self.tail = false;
        let values = match self.loop_values(machine, words) {
            Ok(values) => values,
            Err(flow) => return flow,
        };
        self.status = 0;
        self.loops += 1;
        let mut result = Flow::Next;
        for value in values {
            if !machine.step() {
                result = self.stopped();
                break;
            }
            if self.dialect == shell::Dialect::Bash {
                self.line = line;
                self.trace_line(machine, source);
                self.begin_with(machine, source);
            }
            if let Err(flow) = self.assign(machine, name, &value) {
                // In bash a constant ends the loop alone.
                result = if flow == Flow::Discard { Flow::Next } else { flow };
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

    pub(super) fn for_arithmetic(&mut self, machine: &mut Machine<'_>, expressions: &[Word; 3], body: &List) -> Flow {
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

    pub(super) fn case(&mut self, machine: &mut Machine<'_>, word: &Word, arms: &[shell::Arm]) -> Flow {
        let text: Vec<char> = match self.expand_text(machine, word) {
            Ok(text) => text.chars().collect(),
            Err(flow) => return flow,
        };
        let (mut found, mut runs_on) = (false, false);
        self.status = 0;
        let extended = self.shopt("extglob");
        for arm in arms {
            for pattern in &arm.patterns {
                if found || runs_on {
                    break;
                }
                match self.expand_pattern(machine, pattern) {
                    Ok(pattern) => found = matches_in(&pattern, &text, extended),
                    Err(flow) => return flow,
                }
            }
            if found || runs_on {
                let flow = self.list(machine, &arm.body);
                if flow != Flow::Next || arm.end == ArmEnd::Break {
                    return flow;
                }
                runs_on = arm.end == ArmEnd::FallThrough;
                found = false;
            }
        }
        Flow::Next
    }
}

/// What a loop does after a part of it.
pub(super) enum Turn {
    On,
    Again,
    Out(Flow),
}

pub(super) fn turn(flow: Flow) -> Turn {
    match flow {
        Flow::Next => Turn::On,
        Flow::Break(levels) if levels > 1 => Turn::Out(Flow::Break(levels - 1)),
        Flow::Break(_) => Turn::Out(Flow::Next),
        Flow::Continue(levels) if levels > 1 => Turn::Out(Flow::Continue(levels - 1)),
        Flow::Continue(_) => Turn::Again,
        other => Turn::Out(other),
    }
}
