//! What a running program knows: variables, arrays, the record and its fields.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::process::{Machine, Process};

use super::super::regex::{Regex, Rules, Syntax};
use super::ast::{Expr, Program};
use super::value::Value;

/// The most statements and operands that one program works through.
pub const STEP_LIMIT: u64 = 10_000_000;
/// How deep functions may call each other.
pub const CALL_LIMIT: usize = 40;
/// The highest field.
pub const FIELD_LIMIT: usize = 100_000;
/// The longest text that a program may build up.
pub const TEXT_SIZE_LIMIT: usize = 1 << 24;

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

pub enum Local {
    Untyped,
    Scalar(Value),
    Array(usize),
}

/// Records that are read one by one.
pub struct Reader {
    pub bytes: Rc<[u8]>,
    pub at: usize,
}

pub struct Awk<'m, 'a> {
    pub mawk: bool,
    pub machine: &'m mut Machine<'a>,
    pub process: &'m Process,
    pub program: Rc<Program>,
    pub globals: BTreeMap<String, Value>,
    pub names: BTreeMap<String, usize>,
    pub arrays: Vec<BTreeMap<Vec<u8>, Value>>,
    pub locals: Vec<BTreeMap<String, Local>>,
    pub record: Rc<[u8]>,
    pub fields: Option<Vec<Value>>,
    pub operands: Vec<String>,
    pub current: Option<Reader>,
    pub readers: BTreeMap<Vec<u8>, Reader>,
    pub output: Vec<u8>,
    pub writers: BTreeMap<Vec<u8>, (&'static str, Vec<u8>)>,
    pub regexes: BTreeMap<Vec<u8>, Rc<Regex>>,
    pub ranges: Vec<bool>,
    pub steps: u64,
    pub status: i32,
}

pub type Ran<T> = Result<T, Flow>;

pub fn fatal<T>(message: &str) -> Ran<T> {
    Err(Flow::Fatal(message.to_string()))
}

impl<'m, 'a> Awk<'m, 'a> {
    pub fn new(
        machine: &'m mut Machine<'a>,
        process: &'m Process,
        program: Program,
        operands: Vec<String>,
        mawk: bool,
    ) -> Awk<'m, 'a> {
        let ranges = vec![false; program.rules.len()];
        let mut awk = Awk {
            mawk,
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
        for (name, value) in [
            ("FS", " "),
            ("OFS", " "),
            ("ORS", "\n"),
            ("RS", "\n"),
            ("SUBSEP", "\x1c"),
            ("CONVFMT", "%.6g"),
            ("OFMT", "%.6g"),
        ] {
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

    pub fn put(&mut self, array: usize, key: &[u8], value: Value) {
        if let Some(array) = self.arrays.get_mut(array) {
            array.insert(key.to_vec(), value);
        }
    }

    pub fn global(&self, name: &str) -> Value {
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

    pub fn variable(&mut self, name: &str) -> Value {
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
        let rules = if self.mawk { Rules::Mawk } else { Rules::Plain };
        match Regex::new(pattern, Syntax { extended: true, rules, ..Syntax::default() }) {
            Ok(regex) => {
                let regex = Rc::new(regex);
                self.regexes.insert(pattern.to_vec(), regex.clone());
                Ok(regex)
            }
            Err(error) if self.mawk => fatal(&format!("line 1: {}", super::expression::not_compiled(error, pattern))),
            Err(error) => fatal(&format!("bad regex '{}': {error}", String::from_utf8_lossy(pattern))),
        }
    }

    pub fn split_text(&mut self, text: &[u8], separator: &[u8]) -> Ran<Vec<Value>> {
        let input = |part: &[u8]| Value::Input(part.into());
        if text.is_empty() {
            return Ok(Vec::new());
        }
        self.charge(text.len());
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

    pub fn split_record(&mut self) -> &mut Vec<Value> {
        if self.fields.is_none() {
            let separator = self.global("FS").bytes();
            let record = self.record.clone();
            let parts = self.split_text(&record, &separator).unwrap_or_default();
            self.fields = Some(parts);
        }
        self.fields.get_or_insert_default()
    }

    pub fn join_record(&mut self) {
        let separator = self.global("OFS").bytes();
        let fields = self.split_record().clone();
        let parts: Vec<Rc<[u8]>> = fields.iter().map(|field| self.text(field, "CONVFMT")).collect();
        let mut record = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                record.extend(separator.iter());
            }
            record.extend(part.iter());
        }
        self.charge(record.len());
        self.record = record.into();
    }

    pub fn field(&mut self, at: usize) -> Value {
        if at == 0 {
            return Value::Input(self.record.clone());
        }
        self.split_record().get(at - 1).cloned().unwrap_or_default()
    }

    pub fn set_record(&mut self, record: Rc<[u8]>) {
        self.record = record;
        self.fields = None;
    }

    pub fn set_field(&mut self, at: usize, value: Value) -> Ran<()> {
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
                if at < 0.0 { self.negative_field(at) } else { self.set_field(at as usize, value) }
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

    /// What comes of `$(-1)`.
    pub fn negative_field<T>(&self, at: f64) -> Ran<T> {
        if self.mawk {
            return self.run_time_error(&format!("negative field index ${at}"));
        }
        fatal("Access to negative field")
    }

    /// mawk's complaint about a value, with the place in the input.
    pub fn run_time_error<T>(&self, what: &str) -> Ran<T> {
        let [file, line, all] = ["FILENAME", "FNR", "NR"].map(|name| self.global(name));
        let (file, line, all) = (file.bytes(), line.number(), all.number());
        let file = String::from_utf8_lossy(&file);
        fatal(&format!("run time error: {what}\n\tFILENAME=\"{file}\" FNR={line} NR={all}"))
    }

    /// A value as text; `format` names the variable that says how numbers are written.
    pub fn text(&self, value: &Value, format: &str) -> Rc<[u8]> {
        let Value::Number(number) = value else { return value.bytes() };
        let whole = *number == number.trunc() && number.abs() < if self.mawk { 2_147_483_648.0 } else { 1e16 };
        if whole {
            return format!("{}", *number as i64).into_bytes().into();
        }
        if number.is_nan() && self.mawk {
            return b"-nan".as_slice().into();
        }
        match self.global(format).bytes() {
            how if *how != *b"%.6g" => super::builtin::sprintf(&[Value::Text(how), value.clone()], self.mawk).0.into(),
            _ if self.mawk => super::super::format::general_text(*number).into_bytes().into(),
            _ => value.bytes(),
        }
    }

    /// The value of an expression as text.
    pub fn text_of(&mut self, expr: &Expr) -> Ran<Rc<[u8]>> {
        let value = self.evaluate(expr)?;
        Ok(self.text(&value, "CONVFMT"))
    }

    pub fn key(&mut self, index: &[Expr]) -> Ran<Vec<u8>> {
        let mut key = Vec::new();
        for (at, part) in index.iter().enumerate() {
            if at > 0 {
                key.extend(self.global("SUBSEP").bytes().iter());
            }
            key.extend(self.text_of(part)?.iter());
        }
        Ok(key)
    }
}
