//! Records that come in, texts that go out, commands in between.

use std::rc::Rc;

use filesystem::Content;

use crate::process::{Descriptor, OpenMode};

use super::super::input::{TEXT_LIMIT, cannot_open};
use super::super::regex::Regex;
use super::ast::Expr;
use super::state::{Awk, Flow, Ran, Reader, TEXT_SIZE_LIMIT};
use super::value::Value;

impl Awk<'_, '_> {
    pub fn getline(&mut self, from: Option<&(bool, Box<Expr>)>, into: Option<&Expr>) -> Ran<Value> {
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
                let name = self.text_of(source)?.to_vec();
                if !self.readers.contains_key(&name) {
                    let text = String::from_utf8_lossy(&name).into_owned();
                    let content = if *is_command {
                        self.shell(&text, Content::default(), true).1
                    } else {
                        let read = if text == "-" {
                            Ok(self.process.stdin(self.machine))
                        } else {
                            self.process.read_file(self.machine, &text)
                        };
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
                let regex = self.separator(&separator)?;
                self.readers.get_mut(&name).and_then(|reader| read_record(reader, &separator, regex.as_deref()))
            }
        };
        let Some(line) = line else { return Ok(Value::Number(0.0)) };
        match into {
            Some(place) => self.assign(place, Value::Input(line))?,
            None => self.set_record(line),
        }
        Ok(Value::Number(1.0))
    }

    pub fn count(&mut self, name: &str) {
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

    pub fn print(&mut self, to: Option<&(&'static str, Expr)>, bytes: Vec<u8>) -> Ran<()> {
        let Some((operator, target)) = to else {
            self.output.extend(bytes);
            if self.output.len() > TEXT_SIZE_LIMIT {
                self.flush();
            }
            return Ok(());
        };
        let name = self.text_of(target)?.to_vec();
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
        let written = self
            .process
            .open(self.machine, &file, how)
            .and_then(|file| file.write(self.machine, &Content::from_bytes(&bytes)));
        written.map_err(|errno| {
            Flow::Fatal(if self.mawk {
                format!("cannot open \"{file}\" for output ({errno})")
            } else {
                format!("can't open '{file}': {errno}")
            })
        })
    }

    /// The pattern that separates records, where RS is more than one character.
    fn separator(&mut self, separator: &[u8]) -> Ran<Option<Rc<Regex>>> {
        if separator.len() > 1 { self.regex(separator).map(Some) } else { Ok(None) }
    }

    /// The next record of the operands, or of standard input if there are none.
    pub fn next_record(&mut self) -> Ran<Option<Rc<[u8]>>> {
        loop {
            if self.current.is_some() {
                let separator = self.globals.get("RS").cloned().unwrap_or_default().bytes();
                let regex = self.separator(&separator)?;
                if let Some(record) =
                    self.current.as_mut().and_then(|reader| read_record(reader, &separator, regex.as_deref()))
                {
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
                if let Some((name, value)) = operand
                    .split_once('=')
                    .filter(|(name, _)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
                {
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
}

fn read_record(reader: &mut Reader, separator: &[u8], regex: Option<&Regex>) -> Option<Rc<[u8]>> {
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
    if let Some(regex) = regex {
        let found = regex.find(rest, 0).map(|found| found.whole()).filter(|(start, end)| start < end);
        let record = match found {
            Some((start, _)) => rest.get(..start)?,
            // A newline at the very end is none of the record's.
            None => rest.strip_suffix(b"\n").unwrap_or(rest),
        };
        reader.at += found.map_or(rest.len(), |(_, end)| end);
        return Some(record.into());
    }
    let end = rest.windows(separator.len()).position(|part| part == separator);
    let record = rest.get(..end.unwrap_or(rest.len()))?;
    reader.at += end.map_or(rest.len(), |end| end + separator.len());
    Some(record.into())
}
