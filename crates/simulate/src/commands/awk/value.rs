//! Values and how they turn into numbers and texts.

use std::rc::Rc;

use super::super::format::number_text;
use super::lex::{number, number_length};

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

    pub fn looks_numeric(&self) -> bool {
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

    pub fn truth(&self) -> bool {
        match self {
            Value::Nothing => false,
            Value::Number(value) => *value != 0.0,
            Value::Text(text) => !text.is_empty(),
            Value::Input(text) => {
                if self.looks_numeric() {
                    self.number() != 0.0
                } else {
                    !text.is_empty()
                }
            }
        }
    }
}
