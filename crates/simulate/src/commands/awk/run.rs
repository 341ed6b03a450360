//! Running a program.

use std::collections::BTreeMap;
use std::rc::Rc;

use filesystem::Content;

use crate::process::{Descriptor, Machine, OpenMode, Process};

use super::super::format::number_text;
use super::super::input::{TEXT_LIMIT, cannot_open};
use super::super::regex::{Regex, Syntax};
use super::lex::{number, number_length};
use super::parse::{Expr, Program, Statement, When};

/// The most statements and operands that one program works through.
const STEP_LIMIT: u64 = 20_000_000;
/// How deep functions may call each other.
const CALL_LIMIT: usize = 40;
/// The highest field.
const FIELD_LIMIT: usize = 100_000;
/// The longest text that a program may build up.
const TEXT_SIZE_LIMIT: usize = 1 << 24;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    #[default]
    Nothing,
    Number(f64),
    Text(Rc<[u8]>),
    /// Input that looks like a number: a number where it is compared with one.
    Input(Rc<[u8]>),
}

impl Value {
    pub fn text(bytes: &[u8]) -> Value {
        Value::Text(bytes.into())
    }

    pub fn number(&self) -> f64 {
        match self {
            Value::Nothing => 0.0,
            Value::Number(value) => *value,
            Value::Text(text) | Value::Input(text) => number(&String::from_utf8_lossy(text)),
        }
    }

    pub fn bytes(&self) -> Rc<[u8]> {
        match self {
            Value::Nothing => Rc::from([].as_slice()),
            Value::Number(value) => number_text(*value).into_bytes().into(),
            Value::Text(text) | Value::Input(text) => text.clone(),
        }
    }

    fn looks_numeric(&self) -> bool {
        match self {
            Value::Nothing | Value::Number(_) => true,
            Value::Text(_) => false,
            Value::Input(text) => {
                let text = text.trim_ascii();
                let digits = text.strip_prefix(b"-").or(text.strip_prefix(b"+")).unwrap_or(text);
                !digits.is_empty() && number_length(digits) == digits.len()
            }
        }
    }

    fn truth(&self) -> bool {
        match self {
            Value::Nothing => false,
            Value::Number(value) => *value != 0.0,
            Value::Text(text) => !text.is_empty(),
            Value::Input(text) => if self.looks_numeric() { self.number() != 0.0 } else { !text.is_empty() },
        }
    }
}

/// What stops the normal order of statements.
pub enum Flow {
    Next,
    NextFile,
    Break,
    Continue,
    Return(Value),
    Exit,
    Fatal(String),
}

enum Local {
    Untyped,
    Scalar(Value),
    Array(usize),
}

/// Records that are read one by one.
struct Reader {
    bytes: Rc<[u8]>,
    at: usize,
}

pub struct Awk<'m, 'a> {
    pub machine: &'m mut Machine<'a>,
    pub process: &'m Process,
    program: Rc<Program>,
    globals: BTreeMap<String, Value>,
    names: BTreeMap<String, usize>,
    pub arrays: Vec<BTreeMap<Vec<u8>, Value>>,
    locals: Vec<BTreeMap<String, Local>>,
    record: Rc<[u8]>,
    fields: Option<Vec<Value>>,
    operands: Vec<String>,
    current: Option<Reader>,
    readers: BTreeMap<Vec<u8>, Reader>,
    pub output: Vec<u8>,
    writers: BTreeMap<Vec<u8>, (&'static str, Vec<u8>)>,
    regexes: BTreeMap<Vec<u8>, Rc<Regex>>,
    ranges: Vec<bool>,
    steps: u64,
    pub status: i32,
}

type Ran<T> = Result<T, Flow>;

fn fatal<T>(message: &str) -> Ran<T> {
    Err(Flow::Fatal(message.to_string()))
}

impl<'m, 'a> Awk<'m, 'a> {
    pub fn new(machine: &'m mut Machine<'a>, process: &'m Process, program: Program, operands: Vec<String>) -> Awk<'m, 'a> {
        let ranges = vec![false; program.rules.len()];
        let mut awk = Awk {
            machine,
            process,
            program: Rc::new(program),
            globals: BTreeMap::new(),
            names: BTreeMap::new(),
            arrays: Vec::new(),
            locals: Vec::new(),
            record: Rc::from([].as_slice()),
            fields: None,
            operands: operands.clone(),
            current: None,
            readers: BTreeMap::new(),
            output: Vec::new(),
            writers: BTreeMap::new(),
            regexes: BTreeMap::new(),
            ranges,
            steps: 0,
            status: 0,
        };
        for (name, value) in [("FS", " "), ("OFS", " "), ("ORS", "\n"), ("RS", "\n"), ("SUBSEP", "\x1c"), ("CONVFMT", "%.6g"), ("OFMT", "%.6g")] {
            awk.globals.insert(name.to_string(), Value::text(value.as_bytes()));
        }
        let environment = awk.array("ENVIRON");
        let arguments = awk.array("ARGV");
        for (name, value) in &process.env {
            awk.put(environment, name.as_bytes(), Value::Input(value.as_bytes().into()));
        }
        for (at, word) in std::iter::once("awk").chain(operands.iter().map(String::as_str)).enumerate() {
            awk.put(arguments, at.to_string().as_bytes(), Value::Input(word.as_bytes().into()));
        }
        awk.globals.insert("ARGC".to_string(), Value::Number((operands.len() + 1) as f64));
        awk
    }

    pub fn assign_global(&mut self, name: &str, value: &str) {
        let bytes = super::super::escapes::unescape_bytes(value, false).0;
        self.set_variable(name, Value::Input(bytes.into()));
    }

    fn put(&mut self, array: usize, key: &[u8], value: Value) {
        if let Some(array) = self.arrays.get_mut(array) {
            array.insert(key.to_vec(), value);
        }
    }

    fn global(&self, name: &str) -> Value {
        self.globals.get(name).cloned().unwrap_or_default()
    }

    /// The array of a name, made where there is none yet.
    pub fn array(&mut self, name: &str) -> usize {
        let new = self.arrays.len();
        if let Some(local) = self.locals.last_mut().and_then(|frame| frame.get_mut(name)) {
            if let Local::Array(at) = local {
                return *at;
            }
            *local = Local::Array(new);
            self.arrays.push(BTreeMap::new());
            return new;
        }
        if let Some(at) = self.names.get(name) {
            return *at;
        }
        self.names.insert(name.to_string(), new);
        self.arrays.push(BTreeMap::new());
        new
    }

    fn variable(&mut self, name: &str) -> Value {
        if let Some(local) = self.locals.last().and_then(|frame| frame.get(name)) {
            return match local {
                Local::Scalar(value) => value.clone(),
                _ => Value::Nothing,
            };
        }
        if name == "NF" {
            return Value::Number(self.split_record().len() as f64);
        }
        self.global(name)
    }

    pub fn set_variable(&mut self, name: &str, value: Value) {
        if let Some(local) = self.locals.last_mut().and_then(|frame| frame.get_mut(name)) {
            *local = Local::Scalar(value);
            return;
        }
        if name == "NF" {
            let count = (value.number().max(0.0) as usize).min(FIELD_LIMIT);
            self.split_record().resize(count, Value::Nothing);
            self.join_record();
            return;
        }
        self.globals.insert(name.to_string(), value);
    }

    pub fn regex(&mut self, pattern: &[u8]) -> Ran<Rc<Regex>> {
        if let Some(regex) = self.regexes.get(pattern) {
            return Ok(regex.clone());
        }
        match Regex::new(pattern, Syntax { extended: true, ignore_case: false }) {
            Ok(regex) => {
                let regex = Rc::new(regex);
                self.regexes.insert(pattern.to_vec(), regex.clone());
                Ok(regex)
            }
            Err(error) => fatal(&format!("bad regex '{}': {error}", String::from_utf8_lossy(pattern))),
        }
    }

    pub fn split_text(&mut self, text: &[u8], separator: &[u8]) -> Ran<Vec<Value>> {
        let input = |part: &[u8]| Value::Input(part.into());
        if text.is_empty() {
            return Ok(Vec::new());
        }
        if separator == b" " {
            return Ok(text.split(u8::is_ascii_whitespace).filter(|part| !part.is_empty()).map(input).collect());
        }
        if separator.is_empty() {
            return Ok(text.iter().map(|byte| input(&[*byte])).collect());
        }
        if let [byte] = separator
            && *byte != b'\\'
        {
            return Ok(text.split(|other| other == byte).map(input).collect());
        }
        let regex = self.regex(separator)?;
        let (mut parts, mut from, mut start) = (Vec::new(), 0, 0);
        while let Some((begin, end)) = regex.find(text, from).map(|found| found.whole()) {
            if end == begin {
                from = end + 1;
                if from > text.len() {
                    break;
                }
                continue;
            }
            parts.push(input(text.get(start..begin).unwrap_or_default()));
            start = end;
            from = end;
        }
        parts.push(input(text.get(start..).unwrap_or_default()));
        Ok(parts)
    }

    fn split_record(&mut self) -> &mut Vec<Value> {
        if self.fields.is_none() {
            let separator = self.global("FS").bytes();
            let record = self.record.clone();
            let parts = self.split_text(&record, &separator).unwrap_or_default();
            self.fields = Some(parts);
        }
        self.fields.get_or_insert_default()
    }

    fn join_record(&mut self) {
        let separator = self.global("OFS").bytes();
        let parts: Vec<Rc<[u8]>> = self.split_record().iter().map(Value::bytes).collect();
        let mut record = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                record.extend(separator.iter());
            }
            record.extend(part.iter());
        }
        self.record = record.into();
    }

    pub fn field(&mut self, at: usize) -> Value {
        if at == 0 {
            return Value::Input(self.record.clone());
        }
        self.split_record().get(at - 1).cloned().unwrap_or_default()
    }

    fn set_record(&mut self, record: Rc<[u8]>) {
        self.record = record;
        self.fields = None;
    }

    fn set_field(&mut self, at: usize, value: Value) -> Ran<()> {
        if at == 0 {
            self.set_record(value.bytes());
            return Ok(());
        }
        if at > FIELD_LIMIT {
            return fatal("field number too high");
        }
        let fields = self.split_record();
        if fields.len() < at {
            fields.resize(at, Value::Nothing);
        }
        if let Some(place) = fields.get_mut(at - 1) {
            *place = value;
        }
        self.join_record();
        Ok(())
    }

    pub fn assign(&mut self, place: &Expr, value: Value) -> Ran<()> {
        match place {
            Expr::Variable(name) => {
                self.set_variable(name, value);
                Ok(())
            }
            Expr::Field(index) => {
                let at = self.evaluate(index)?.number();
                if at < 0.0 { fatal("Access to negative field") } else { self.set_field(at as usize, value) }
            }
            Expr::Element(name, index) => {
                let key = self.key(index)?;
                let array = self.array(name);
                self.put(array, &key, value);
                Ok(())
            }
            Expr::Group(inner) => match inner.as_slice() {
                [place] => self.assign(place, value),
                _ => fatal("assignment to a list"),
            },
            _ => fatal("Possible syntax error"),
        }
    }

    fn key(&mut self, index: &[Expr]) -> Ran<Vec<u8>> {
        let mut key = Vec::new();
        for (at, part) in index.iter().enumerate() {
            if at > 0 {
                key.extend(self.global("SUBSEP").bytes().iter());
            }
            key.extend(self.evaluate(part)?.bytes().iter());
        }
        Ok(key)
    }

    fn step(&mut self) -> Ran<()> {
        self.steps += 1;
        if self.steps > STEP_LIMIT {
            self.machine.limit("awk-steps");
            return Err(Flow::Exit);
        }
        Ok(())
    }

    /// Whether the operand matches: a pattern against the record, anything else as it is.
    fn holds(&mut self, condition: &Expr) -> Ran<bool> {
        Ok(self.evaluate(condition)?.truth())
    }

    pub fn evaluate(&mut self, expr: &Expr) -> Ran<Value> {
        self.step()?;
        let truth = |value: bool| Value::Number(f64::from(u8::from(value)));
        match expr {
            Expr::Number(value) => Ok(Value::Number(*value)),
            Expr::Text(text) => Ok(Value::text(text)),
            Expr::Pattern(regex) => Ok(truth(regex.is_match(&self.record.clone()))),
            Expr::Variable(name) => Ok(self.variable(name)),
            Expr::Field(index) => {
                let at = self.evaluate(index)?.number();
                if at < 0.0 { fatal("Access to negative field") } else { Ok(self.field(at as usize)) }
            }
            Expr::Element(name, index) => {
                let key = self.key(index)?;
                let array = self.array(name);
                Ok(self.arrays.get_mut(array).map(|array| array.entry(key).or_default().clone()).unwrap_or_default())
            }
            Expr::Assign(operator, place, value) => {
                let mut value = self.evaluate(value)?;
                if *operator != "=" {
                    let old = self.evaluate(place)?.number();
                    value = Value::Number(arithmetic(operator, old, value.number())?);
                }
                self.assign(place, value.clone())?;
                Ok(value)
            }
            Expr::Choose(condition, yes, no) => if self.holds(condition)? { self.evaluate(yes) } else { self.evaluate(no) },
            Expr::Unary(operator, inner) => {
                let value = self.evaluate(inner)?;
                Ok(match *operator {
                    "!" => truth(!value.truth()),
                    "-" => Value::Number(-value.number()),
                    _ => Value::Number(value.number()),
                })
            }
            Expr::Step { before, by, place } => {
                let old = self.evaluate(place)?.number();
                self.assign(place, Value::Number(old + by))?;
                Ok(Value::Number(if *before { old + by } else { old }))
            }
            Expr::In(index, array) => {
                let key = self.key(index)?;
                let array = self.array(array);
                Ok(truth(self.arrays.get(array).is_some_and(|array| array.contains_key(&key))))
            }
            Expr::Group(values) => match values.as_slice() {
                [value] => self.evaluate(value),
                _ => self.key(values).map(|key| Value::text(&key)),
            },
            Expr::Binary(operator, left, right) => self.binary(operator, left, right),
            Expr::Call(name, values) => self.call(name, values),
            Expr::Builtin(name, values) => super::builtin::call(self, name, values),
            Expr::Getline { from, into } => self.getline(from.as_ref(), into.as_deref()),
        }
    }

    fn binary(&mut self, operator: &'static str, left: &Expr, right: &Expr) -> Ran<Value> {
        let truth = |value: bool| Ok(Value::Number(f64::from(u8::from(value))));
        match operator {
            "||" => return truth(self.holds(left)? || self.holds(right)?),
            "&&" => return truth(self.holds(left)? && self.holds(right)?),
            "~" | "!~" => {
                let text = self.evaluate(left)?.bytes();
                let found = self.matcher(right)?.is_match(&text);
                return truth(found == (operator == "~"));
            }
            _ => {}
        }
        let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
        match operator {
            " " => {
                let mut text = left.bytes().to_vec();
                text.extend(right.bytes().iter());
                if text.len() > TEXT_SIZE_LIMIT {
                    self.machine.limit("awk-text");
                    return Err(Flow::Exit);
                }
                Ok(Value::text(&text))
            }
            "<" | "<=" | "==" | "!=" | ">" | ">=" => {
                let order = if left.looks_numeric() && right.looks_numeric() {
                    left.number().partial_cmp(&right.number())
                } else {
                    Some(left.bytes().cmp(&right.bytes()))
                };
                truth(match (operator, order) {
                    (_, None) => operator == "!=",
                    ("<", Some(order)) => order.is_lt(),
                    ("<=", Some(order)) => order.is_le(),
                    ("==", Some(order)) => order.is_eq(),
                    ("!=", Some(order)) => order.is_ne(),
                    (">", Some(order)) => order.is_gt(),
                    (_, Some(order)) => order.is_ge(),
                })
            }
            _ => arithmetic(operator, left.number(), right.number()).map(Value::Number),
        }
    }

    /// The regular expression of an operand: a literal one, or what its text says.
    pub fn matcher(&mut self, expr: &Expr) -> Ran<Rc<Regex>> {
        match expr {
            Expr::Pattern(regex) => Ok(Rc::new((**regex).clone())),
            other => {
                let text = self.evaluate(other)?.bytes();
                self.regex(&text)
            }
        }
    }

    fn call(&mut self, name: &str, values: &[Expr]) -> Ran<Value> {
        let program = self.program.clone();
        let Some((parameters, body)) = program.functions.get(name) else { return fatal("Call to undefined function") };
        if self.locals.len() >= CALL_LIMIT {
            self.machine.limit("awk-calls");
            return Err(Flow::Exit);
        }
        let mut frame = BTreeMap::new();
        for (at, parameter) in parameters.iter().enumerate() {
            let local = match values.get(at) {
                None => Local::Untyped,
                Some(Expr::Variable(name)) => {
                    let known = match self.locals.last().and_then(|frame| frame.get(name)) {
                        Some(Local::Array(array)) => Some(*array),
                        Some(_) => None,
                        None => self.names.get(name).copied(),
                    };
                    match known {
                        Some(array) => Local::Array(array),
                        None => match self.variable(name) {
                            // It may become an array in the function: then it is the caller's.
                            Value::Nothing if !self.globals.contains_key(name) => Local::Array(self.array(name)),
                            value => Local::Scalar(value),
                        },
                    }
                }
                Some(value) => Local::Scalar(self.evaluate(value)?),
            };
            frame.insert(parameter.clone(), local);
        }
        self.locals.push(frame);
        let ran = self.execute(body);
        self.locals.pop();
        match ran {
            Ok(()) => Ok(Value::Nothing),
            Err(Flow::Return(value)) => Ok(value),
            Err(other) => Err(other),
        }
    }

    fn getline(&mut self, from: Option<&(bool, Box<Expr>)>, into: Option<&Expr>) -> Ran<Value> {
        let line = match from {
            None => {
                let line = self.next_record()?;
                if line.is_some() {
                    self.count("NR");
                    self.count("FNR");
                }
                line
            }
            Some((is_command, source)) => {
                let name = self.evaluate(source)?.bytes().to_vec();
                if !self.readers.contains_key(&name) {
                    let text = String::from_utf8_lossy(&name).into_owned();
                    let content = if *is_command {
                        self.shell(&text, Content::default(), true).1
                    } else {
                        let read = if text == "-" { Ok(self.process.stdin(self.machine)) } else { self.process.read_file(self.machine, &text) };
                        match read {
                            Ok(content) => content,
                            Err(_) => return Ok(Value::Number(-1.0)),
                        }
                    };
                    let bytes = content.bytes(TEXT_LIMIT).unwrap_or_default().into();
                    self.readers.insert(name.clone(), Reader { bytes, at: 0 });
                }
                if *is_command {
                    self.count("NR");
                }
                let separator = self.global("RS").bytes();
                self.readers.get_mut(&name).and_then(|reader| read_record(reader, &separator))
            }
        };
        let Some(line) = line else { return Ok(Value::Number(0.0)) };
        match into {
            Some(place) => self.assign(place, Value::Input(line))?,
            None => self.set_record(line),
        }
        Ok(Value::Number(1.0))
    }

    fn count(&mut self, name: &str) {
        let value = self.global(name).number() + 1.0;
        self.globals.insert(name.to_string(), Value::Number(value));
    }

    /// Runs a shell command; gives its status and, if asked for, its output.
    pub fn shell(&mut self, command: &str, input: Content, collect: bool) -> (i32, Content) {
        self.flush();
        let mut child = self.process.clone();
        child.args = vec!["/bin/sh".to_string(), "-c".to_string(), command.to_string()];
        let buffer = Descriptor::buffer();
        if collect {
            child.fds.insert(1, buffer.clone());
        }
        if input.size() > 0 || collect {
            child.fds.insert(0, Descriptor::reader(input));
        }
        let status = super::super::start::start_child(self.machine, self.process, child);
        (status, buffer.collected())
    }

    pub fn flush(&mut self) {
        let output = std::mem::take(&mut self.output);
        if !output.is_empty() {
            self.process.out_bytes(self.machine, &output);
        }
    }

    /// Ends a file or command that is written to or read from; `None` if it is not open.
    pub fn close(&mut self, name: &[u8]) -> Option<i32> {
        if let Some((operator, bytes)) = self.writers.remove(name) {
            let text = String::from_utf8_lossy(name).into_owned();
            if operator == "|" {
                return Some(self.shell(&text, Content::from_bytes(&bytes), false).0);
            }
            return Some(0);
        }
        self.readers.remove(name).map(|_| 0)
    }

    fn print(&mut self, to: Option<&(&'static str, Expr)>, bytes: Vec<u8>) -> Ran<()> {
        let Some((operator, target)) = to else {
            self.output.extend(bytes);
            if self.output.len() > TEXT_SIZE_LIMIT {
                self.flush();
            }
            return Ok(());
        };
        let name = self.evaluate(target)?.bytes().to_vec();
        let file = String::from_utf8_lossy(&name).into_owned();
        if matches!(file.as_str(), "/dev/stdout" | "-") && *operator != "|" {
            self.output.extend(bytes);
            return Ok(());
        }
        if *operator == "|" {
            self.writers.entry(name).or_insert_with(|| ("|", Vec::new())).1.extend(bytes);
            return Ok(());
        }
        if file == "/dev/stderr" {
            let _ = self.process.write(self.machine, 2, &Content::from_bytes(&bytes));
            return Ok(());
        }
        let first = !self.writers.contains_key(&name);
        self.writers.insert(name, (operator, Vec::new()));
        let how = if first && *operator == ">" { OpenMode::Truncate } else { OpenMode::Append };
        let written = self.process.open(self.machine, &file, how).and_then(|file| file.write(self.machine, &Content::from_bytes(&bytes)));
        written.map_err(|errno| Flow::Fatal(format!("can't open '{file}': {errno}")))
    }

    pub fn execute(&mut self, statement: &Statement) -> Ran<()> {
        self.step()?;
        match statement {
            Statement::Expression(expr) => self.evaluate(expr).map(|_| ()),
            Statement::Block(statements) => statements.iter().try_for_each(|statement| self.execute(statement)),
            Statement::Print { formatted, values, to } => {
                let mut bytes = Vec::new();
                if *formatted {
                    let values = values.iter().map(|value| self.evaluate(value)).collect::<Ran<Vec<_>>>()?;
                    bytes = super::builtin::sprintf(&values);
                } else if values.is_empty() {
                    bytes.extend(self.record.iter());
                } else {
                    let separator = self.global("OFS").bytes();
                    for (at, value) in values.iter().enumerate() {
                        if at > 0 {
                            bytes.extend(separator.iter());
                        }
                        bytes.extend(self.evaluate(value)?.bytes().iter());
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
                let mut keys: Vec<Vec<u8>> = self.arrays.get(array).map(|array| array.keys().cloned().collect()).unwrap_or_default();
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

    /// The next record of the operands, or of standard input if there are none.
    fn next_record(&mut self) -> Ran<Option<Rc<[u8]>>> {
        loop {
            if let Some(reader) = &mut self.current {
                let separator = self.globals.get("RS").cloned().unwrap_or_default().bytes();
                if let Some(record) = read_record(reader, &separator) {
                    return Ok(Some(record));
                }
                self.current = None;
            }
            let started = self.globals.contains_key("\0started");
            let content = if self.operands.is_empty() {
                if started {
                    return Ok(None);
                }
                self.process.stdin(self.machine)
            } else {
                let operand = self.operands.remove(0);
                if let Some((name, value)) = operand.split_once('=').filter(|(name, _)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')) {
                    self.assign_global(name, value);
                    continue;
                }
                self.globals.insert("FILENAME".to_string(), Value::text(operand.as_bytes()));
                match super::super::input::open(self.machine, self.process, &operand) {
                    Ok(content) => content,
                    Err(errno) => {
                        cannot_open(self.machine, self.process, &operand, errno);
                        self.status = if super::super::input::is_busybox(self.machine) { 1 } else { 2 };
                        self.globals.insert("\0started".to_string(), Value::Nothing);
                        continue;
                    }
                }
            };
            self.globals.insert("\0started".to_string(), Value::Nothing);
            self.globals.insert("FNR".to_string(), Value::Number(0.0));
            let bytes = super::super::input::text(self.machine, self.process, &content).unwrap_or_default();
            self.current = Some(Reader { bytes: bytes.into(), at: 0 });
        }
    }

    /// Runs the whole program; the status is in `self.status`.
    pub fn run(&mut self) -> Result<(), String> {
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
        let mut result = ended.or_else(fatal);
        if result.is_ok() && in_time {
            result = self.rules(&program, |when| matches!(when, When::End)).or_else(fatal);
        }
        self.flush();
        let open: Vec<Vec<u8>> = self.writers.keys().cloned().collect();
        for name in open {
            self.close(&name);
        }
        self.flush();
        result
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

fn read_record(reader: &mut Reader, separator: &[u8]) -> Option<Rc<[u8]>> {
    let mut rest = reader.bytes.get(reader.at..)?;
    if rest.is_empty() {
        return None;
    }
    // An empty separator: paragraphs between empty lines.
    if separator.is_empty() {
        let skipped = rest.iter().take_while(|byte| **byte == b'\n').count();
        rest = rest.get(skipped..)?;
        reader.at += skipped;
        if rest.is_empty() {
            return None;
        }
        let end = rest.windows(2).position(|two| two == b"\n\n");
        let record = rest.get(..end.unwrap_or(rest.len()))?;
        reader.at += end.map_or(rest.len(), |end| end + 2);
        return Some(record.strip_suffix(b"\n").unwrap_or(record).into());
    }
    let end = rest.windows(separator.len()).position(|part| part == separator);
    let record = rest.get(..end.unwrap_or(rest.len()))?;
    reader.at += end.map_or(rest.len(), |end| end + separator.len());
    Some(record.into())
}

fn arithmetic(operator: &str, left: f64, right: f64) -> Ran<f64> {
    Ok(match operator.trim_end_matches('=') {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" | "%" if right == 0.0 => return fatal("Division by zero"),
        "/" => left / right,
        "%" => left % right,
        _ => left.powf(right),
    })
}
