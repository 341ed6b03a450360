//! What is wrong with arithmetic expressions, and how the shells say it.

use shell::Dialect;

/// What is wrong with an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Something that stands for a value is missing.
    Operand,
    /// More follows than an expression.
    Rest,
    /// A character that is no operator follows a value.
    Operator,
    /// A division by 0.
    Division,
    /// A digit that the base does not have.
    Digit,
    /// A variable's value that is no number, which dash asks for.
    Number,
    /// An assignment to a value.
    Assignment,
    /// A condition without its second half.
    Colon,
    /// A negative exponent.
    Exponent,
    /// A parenthesis that nothing closes.
    Parenthesis,
    /// Variables that stand for each other.
    Recursion,
}

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) what: What,
    /// The expression: of a variable, where it comes from one.
    pub(super) text: String,
    /// What follows from the token on that is wrong.
    pub(super) token: String,
}

impl Wrong {
    /// The words of a shell.
    pub(super) fn text(&self, dialect: Dialect) -> String {
        let Wrong { what, text, token } = self;
        let words = match (dialect, what) {
            (Dialect::Ash, What::Division) => return "divide by zero".to_owned(),
            (Dialect::Ash, What::Recursion) => return "expression recursion loop detected".to_owned(),
            (Dialect::Ash, What::Exponent) => return "exponent less than 0".to_owned(),
            (Dialect::Ash, _) => return "arithmetic syntax error".to_owned(),
            (Dialect::Dash, What::Number) => return format!("Illegal number: {text}"),
            (Dialect::Dash, What::Division) => "division by zero",
            (Dialect::Dash, What::Rest | What::Operator | What::Assignment) => "expecting EOF",
            (Dialect::Dash, What::Parenthesis) => "expecting ')'",
            (Dialect::Dash, What::Colon) => "expecting ':'",
            (Dialect::Dash, _) => "expecting primary",
            (Dialect::Bash, What::Operand | What::Number) => "syntax error: operand expected",
            (Dialect::Bash, What::Rest) => "syntax error in expression",
            (Dialect::Bash, What::Operator) => "syntax error: invalid arithmetic operator",
            (Dialect::Bash, What::Division) => "division by 0",
            (Dialect::Bash, What::Digit) => "value too great for base",
            (Dialect::Bash, What::Assignment) => "attempted assignment to non-variable",
            (Dialect::Bash, What::Colon) => "`:' expected for conditional expression",
            (Dialect::Bash, What::Exponent) => "exponent less than 0",
            (Dialect::Bash, What::Parenthesis) => "missing `)'",
            (Dialect::Bash, What::Recursion) => "expression recursion level exceeded",
        };
        if dialect == Dialect::Dash {
            return format!("arithmetic expression: {words}: \"{text}\"");
        }
        format!("{text}: {words} (error token is \"{token}\")")
    }
}
