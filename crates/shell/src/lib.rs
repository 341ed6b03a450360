//! The shell language: text to syntax tree, as busybox's ash (and bash, where asked) reads it.
//!
//! [`parse`] reads a script line by line, as a shell does: what stands before a syntax error is there to be run, the
//! error carries the shell's own words. A [`Word`] keeps its quoting, so that an interpreter can expand it and an
//! editor can colour it.
//!
//! It does not model: aliases, history, job control, bash's coprocesses.
//!
//! Invariants: any text is read without panic; nothing is nested deeper than [`MAX_NESTING`]; ranges lie within the text
//! and never cut a character.

mod arrays;
mod braces;
mod compound;
mod here_document;
mod lexer;
mod parameter;
mod parser;
mod quoting;
mod syntax;
mod word;
mod wording;

pub use braces::expand_braces;
pub use parser::{parse, parse_dialect};
pub use syntax::{
    AndOr, Arm, ArmEnd, Assignment, Command, CommandKind, Connector, Dialect, HereDocument, Item, List, Parameter,
    ParameterOp, Part, Pipeline, Redirection, RedirectionKind, Script, Subscript, Word,
};

/// How deep commands, substitutions and quotes may be inside each other.
pub const MAX_NESTING: usize = 64;
