//! Running statements and rules.

use super::ast::{Program, Statement, When};
use super::state::{Awk, Flow, Ran, STEP_LIMIT};
use super::value::Value;

impl Awk<'_, '_> {
    pub fn execute(&mut self, statement: &Statement) -> Ran<()> {
        self.step()?;
        match statement {
            Statement::Expression(expr) => self.evaluate(expr).map(|_| ()),
            Statement::Block(statements) => statements.iter().try_for_each(|statement| self.execute(statement)),
            Statement::Print { formatted, values, to } => {
                let mut bytes = Vec::new();
                if *formatted {
                    let values = values.iter().map(|value| self.evaluate(value)).collect::<Ran<Vec<_>>>()?;
                    bytes = self.formatted("printf", &values)?;
                } else if values.is_empty() {
                    bytes.extend(self.record.iter());
                } else {
                    let separator = self.global("OFS").bytes();
                    for (at, value) in values.iter().enumerate() {
                        if at > 0 {
                            bytes.extend(separator.iter());
                        }
                        let value = self.evaluate(value)?;
                        bytes.extend(self.text(&value, "OFMT").iter());
                    }
                }
                if !formatted {
                    bytes.extend(self.global("ORS").bytes().iter());
                }
                self.print(to.as_ref(), bytes)
            }
            Statement::If(condition, then, otherwise) => {
                if self.holds(condition)? {
                    self.execute(then)
                } else {
                    otherwise.as_ref().map_or(Ok(()), |otherwise| self.execute(otherwise))
                }
            }
            Statement::While(condition, body) => {
                while self.holds(condition)? && self.round(body)? {}
                Ok(())
            }
            Statement::Do(body, condition) => {
                while self.round(body)? && self.holds(condition)? {}
                Ok(())
            }
            Statement::For(first, condition, after, body) => {
                if let Some(first) = first {
                    self.execute(first)?;
                }
                loop {
                    if let Some(condition) = condition
                        && !self.holds(condition)?
                    {
                        return Ok(());
                    }
                    if !self.round(body)? {
                        return Ok(());
                    }
                    if let Some(after) = after {
                        self.execute(after)?;
                    }
                }
            }
            Statement::ForIn(variable, array, body) => {
                let array = self.array(array);
                let mut keys: Vec<Vec<u8>> =
                    self.arrays.get(array).map(|array| array.keys().cloned().collect()).unwrap_or_default();
                // The order is nobody's promise; numbers in theirs is what people expect to see.
                let numeric = |key: &[u8]| std::str::from_utf8(key).ok().and_then(|key| key.parse::<u64>().ok());
                keys.sort_by_key(|key| (numeric(key).unwrap_or(u64::MAX), key.clone()));
                for key in keys {
                    self.set_variable(variable, Value::Input(key.into()));
                    if !self.round(body)? {
                        break;
                    }
                }
                Ok(())
            }
            Statement::Delete(name, index) => {
                let array = self.array(name);
                match index {
                    Some(index) => {
                        let key = self.key(index)?;
                        self.arrays.get_mut(array).map(|array| array.remove(&key));
                    }
                    None => {
                        if let Some(array) = self.arrays.get_mut(array) {
                            array.clear();
                        }
                    }
                }
                Ok(())
            }
            Statement::Next => Err(Flow::Next),
            Statement::NextFile => Err(Flow::NextFile),
            Statement::Break => Err(Flow::Break),
            Statement::Continue => Err(Flow::Continue),
            Statement::Exit(code) => {
                if let Some(code) = code {
                    self.status = (self.evaluate(code)?.number() as i64 & 0xff) as i32;
                }
                Err(Flow::Exit)
            }
            Statement::Return(value) => {
                let value = value.as_ref().map_or(Ok(Value::Nothing), |value| self.evaluate(value))?;
                Err(Flow::Return(value))
            }
        }
    }

    /// One round of a loop; `false` after a break.
    fn round(&mut self, body: &Statement) -> Ran<bool> {
        match self.execute(body) {
            Ok(()) | Err(Flow::Continue) => Ok(true),
            Err(Flow::Break) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Runs the whole program; `false` after a complaint, else the status is in `self.status`.
    pub fn run(&mut self) -> bool {
        let program = self.program.clone();
        let mut ended = self.rules(&program, |when| matches!(when, When::Begin));
        let reads = program.rules.iter().any(|(when, _)| !matches!(when, When::Begin));
        while ended.is_ok() && reads {
            let record = match self.next_record() {
                Ok(Some(record)) => record,
                Ok(None) => break,
                Err(flow) => {
                    ended = Err(flow);
                    break;
                }
            };
            self.set_record(record);
            self.count("NR");
            self.count("FNR");
            match self.rules(&program, |when| !matches!(when, When::Begin | When::End)) {
                Err(Flow::Next) | Ok(()) => {}
                Err(Flow::NextFile) => self.current = None,
                Err(other) => ended = Err(other),
            }
        }
        let fatal = |flow: Flow| if let Flow::Fatal(message) = flow { Err(message) } else { Ok(()) };
        let in_time = self.steps <= STEP_LIMIT;
        if self.regexes.values().any(|regex| regex.is_exhausted()) {
            self.machine.limit("regex-work");
        }
        let mut result = ended.or_else(fatal);
        if result.is_ok() && in_time {
            result = self.rules(&program, |when| matches!(when, When::End)).or_else(fatal);
        }
        if let Err(message) = &result {
            let before = if self.mawk { "" } else { "cmd. line:1: " };
            self.process.complain(self.machine, &format!("{before}{message}"));
        }
        self.flush();
        let open: Vec<Vec<u8>> = self.writers.keys().cloned().collect();
        for name in open {
            self.close(&name);
        }
        self.flush();
        result.is_ok()
    }

    fn rules(&mut self, program: &Program, wanted: impl Fn(&When) -> bool) -> Ran<()> {
        for (at, (when, body)) in program.rules.iter().enumerate() {
            if !wanted(when) {
                continue;
            }
            let applies = match when {
                When::Begin | When::End | When::Always => true,
                When::If(condition) => self.holds(condition)?,
                When::Range(from, to) => {
                    let inside = self.ranges.get(at).copied().unwrap_or(false);
                    let starts = inside || self.holds(from)?;
                    if starts {
                        let ends = self.holds(to)?;
                        if let Some(range) = self.ranges.get_mut(at) {
                            *range = !ends;
                        }
                    }
                    starts
                }
            };
            if !applies {
                continue;
            }
            match body {
                Some(body) => self.execute(body)?,
                None => {
                    let record = self.record.to_vec();
                    self.output.extend(record);
                    let end = self.global("ORS").bytes();
                    self.output.extend(end.iter());
                }
            }
        }
        Ok(())
    }
}
