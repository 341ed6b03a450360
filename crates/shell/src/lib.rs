//! The shell language: text to syntax tree, as busybox's ash (and bash, where asked) reads it.
//!
//! [`parse`] reads a script line by line, as a shell does: what stands before a syntax error is there to be run, the
//! error carries the shell's own words. A [`Word`] keeps its quoting, so that an interpreter can expand it and an
//! editor can colour it.
//!
//! It does not model: history, job control.
//!
//! Invariants: any text is read without panic; nothing is nested deeper than [`MAX_NESTING`]; ranges lie within the text
//! and never cut a character.

mod aliases;
mod arrays;
mod braces;
mod compound;
mod condition;
mod here_document;
mod lexer;
mod parameter;
mod parameter_syntax;
mod parser;
mod quoting;
mod substitution;
mod syntax;
mod word;
mod wording;

pub use aliases::{Reading, Replaced, read};
pub use braces::expand_braces;
pub use parameter_syntax::{Parameter, ParameterOp, Subscript};
pub use parser::{parse, parse_dialect};
pub use syntax::{
    AndOr, Arm, ArmEnd, Assignment, Command, CommandKind, Condition, Connector, Dialect, HereDocument, Item, List,
    Part, Pipeline, Redirection, RedirectionKind, Script, Timed, Word,
};

/// How deep commands, substitutions and quotes may be inside each other.
pub const MAX_NESTING: usize = 64;
