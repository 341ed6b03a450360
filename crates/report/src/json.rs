//! A value of the config as JSON text.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter, Write};

/// A JSON value: what the config's fields are made of. Written out it is JSON text.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(BTreeMap<String, Json>),
}

impl Display for Json {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => to.write_str("null"),
            Json::Bool(value) => write!(to, "{value}"),
            Json::Number(value) => write!(to, "{value}"),
            Json::String(text) => quoted(text, to),
            Json::Array(values) => {
                to.write_char('[')?;
                for (number, value) in values.iter().enumerate() {
                    write!(to, "{}{value}", if number > 0 { "," } else { "" })?;
                }
                to.write_char(']')
            }
            Json::Object(fields) => {
                to.write_char('{')?;
                for (number, (name, value)) in fields.iter().enumerate() {
                    to.write_str(if number > 0 { "," } else { "" })?;
                    quoted(name, to)?;
                    write!(to, ":{value}")?;
                }
                to.write_char('}')
            }
        }
    }
}

fn quoted(text: &str, to: &mut Formatter<'_>) -> fmt::Result {
    to.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' => to.write_str("\\\"")?,
            '\\' => to.write_str("\\\\")?,
            '\n' => to.write_str("\\n")?,
            '\t' => to.write_str("\\t")?,
            '\r' => to.write_str("\\r")?,
            control if control < ' ' => write!(to, "\\u{:04x}", u32::from(control))?,
            other => to.write_char(other)?,
        }
    }
    to.write_char('"')
}
