//! What a program consists of.

use std::collections::BTreeMap;

use super::super::regex::Regex;

#[derive(Clone, Debug)]
pub enum Expr {
    Number(f64),
    Text(Vec<u8>),
    Pattern(Box<Regex>),
    Variable(String),
    Field(Box<Expr>),
    Element(String, Vec<Expr>),
    Assign(&'static str, Box<Expr>, Box<Expr>),
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    Binary(&'static str, Box<Expr>, Box<Expr>),
    Unary(&'static str, Box<Expr>),
    /// `++x`, `x++`, `--x`, `x--`
    Step {
        before: bool,
        by: f64,
        place: Box<Expr>,
    },
    In(Vec<Expr>, String),
    Group(Vec<Expr>),
    Call(String, Vec<Expr>),
    Builtin(&'static str, Vec<Expr>),
    Getline {
        from: Option<(bool, Box<Expr>)>,
        into: Option<Box<Expr>>,
    },
}

#[derive(Clone, Debug)]
pub enum Statement {
    Expression(Expr),
    Print { formatted: bool, values: Vec<Expr>, to: Option<(&'static str, Expr)> },
    If(Expr, Box<Statement>, Option<Box<Statement>>),
    While(Expr, Box<Statement>),
    Do(Box<Statement>, Expr),
    For(Option<Box<Statement>>, Option<Expr>, Option<Box<Statement>>, Box<Statement>),
    ForIn(String, String, Box<Statement>),
    Block(Vec<Statement>),
    Delete(String, Option<Vec<Expr>>),
    Next,
    NextFile,
    Break,
    Continue,
    Exit(Option<Expr>),
    Return(Option<Expr>),
}

#[derive(Clone, Debug)]
pub enum When {
    Begin,
    End,
    Always,
    If(Expr),
    Range(Expr, Expr),
}

#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The statement `None` prints the record.
    pub rules: Vec<(When, Option<Statement>)>,
    pub functions: BTreeMap<String, (Vec<String>, Statement)>,
}
