use std::cell::OnceCell;
use std::rc::Rc;

use source::{Diagnostic, TextRange};

use crate::parameter_syntax::Parameter;

/// Which shell reads the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// busybox's ash: POSIX and some of bash's syntax.
    #[default]
    Ash,
    /// dash: POSIX and little else.
    Dash,
    /// bash: `[[ ]]`, `(( ))`, `for (( ))`, arrays and braces on top.
    Bash,
}

/// A script, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// What a shell reads and runs at a time: the commands of a line, or of the lines that belong together.
    pub lines: Vec<List>,
    /// At most one: the first error ends the reading. `docker` holds the shell's words without the shell's name:
    /// `syntax error: unexpected ")"`.
    pub errors: Vec<Diagnostic>,
    /// The line, from 1, where the error was found.
    pub error_line: u32,
    /// What bash warns of: a here-document without an end, with the line that it says it at.
    pub warning: Option<(u32, String)>,
    /// The byte that each of the lines ends at, in the text with the aliases replaced.
    pub ends: Vec<usize>,
    /// The text with the aliases replaced, where they were looked for.
    pub text: Option<String>,
    /// What was replaced in it, in this order.
    pub replaced: Vec<crate::aliases::Replaced>,
}

/// Commands one after another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// The commands.
    pub items: Vec<Item>,
}

/// A command of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The command.
    pub and_or: AndOr,
    /// Whether `&` follows.
    pub background: bool,
}

/// Pipelines with `&&` and `||` between them.
#[derive(Clone, Debug, PartialEq)]
pub struct AndOr {
    /// The first pipeline.
    pub first: Pipeline,
    /// The others, each with what stands before it.
    pub rest: Vec<(Connector, Pipeline)>,
}

/// What stands between two pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connector {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// How bash's `time` tells what a pipeline took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timed {
    /// As TIMEFORMAT says.
    Plain,
    /// `time -p`: as POSIX says.
    Posix,
}

/// Commands with `|` between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipeline {
    /// Whether `!` stands before it.
    pub negated: bool,
    /// bash's `time` before it.
    pub timed: Option<Timed>,
    /// The commands, at least one.
    pub commands: Vec<Command>,
}

/// A command with its redirections.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// What it is.
    pub kind: CommandKind,
    /// Its redirections in order.
    pub redirections: Vec<Redirection>,
    /// Where it stands.
    pub range: TextRange,
    /// The line, from 1, where it begins.
    pub line: u32,
    /// How it is written: a simple command in full, of `for`, `select` and `case` what stands before the body.
    pub source: String,
}

/// What a command is.
#[derive(Clone, Debug, PartialEq)]
pub enum CommandKind {
    /// A program, builtin or function with its arguments; or only assignments; or only redirections.
    Simple {
        /// `NAME=value` before the first word.
        assignments: Vec<Assignment>,
        /// The name and the arguments.
        words: Vec<Word>,
        /// `NAME=(…)` among the arguments of bash's `declare` and its like, where the name alone stands in `words`.
        arrays: Vec<Assignment>,
    },
    /// `( … )`
    Subshell(List),
    /// `{ …; }`
    Group(List),
    /// `if … fi`
    If {
        /// Conditions and what they lead to, `elif` included.
        branches: Vec<(List, List)>,
        /// What follows `else`.
        otherwise: Option<List>,
    },
    /// `for NAME in … done`
    For {
        /// The variable.
        name: String,
        /// The words; `None` without `in`: the positional parameters.
        words: Option<Vec<Word>>,
        /// The body.
        body: List,
    },
    /// bash's `select NAME in … done`.
    Select {
        /// The variable.
        name: String,
        /// The words; `None` without `in`: the positional parameters.
        words: Option<Vec<Word>>,
        /// The body.
        body: List,
    },
    /// bash's `coproc [NAME] command`.
    Coprocess {
        /// The array of its descriptors.
        name: String,
        /// What runs.
        body: Rc<Command>,
    },
    /// bash's `[[ … ]]`.
    Conditional(Condition),
    /// bash's `for ((a; b; c))`.
    ForArithmetic {
        /// The three expressions.
        expressions: [Word; 3],
        /// The body.
        body: List,
    },
    /// `while … done`, `until … done`
    While {
        /// Whether it is `until`.
        until: bool,
        /// The condition.
        condition: List,
        /// The body.
        body: List,
    },
    /// `case … esac`
    Case {
        /// What is compared.
        word: Word,
        /// The arms.
        arms: Vec<Arm>,
    },
    /// `name() …`
    Function {
        /// The name.
        name: String,
        /// The body: a compound command.
        body: Rc<Command>,
    },
    /// bash's `(( … ))`.
    Arithmetic(Word),
}

/// What stands in bash's `[[ … ]]`.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `a || b`
    Or(Box<(Condition, Condition)>),
    /// `a && b`
    And(Box<(Condition, Condition)>),
    /// `! a`
    Not(Box<Condition>),
    /// `-f word`
    Unary {
        /// The letter.
        operator: String,
        /// The word.
        operand: Word,
    },
    /// `word == word`
    Binary {
        /// The left word.
        left: Word,
        /// The operator.
        operator: String,
        /// The right word.
        right: Word,
    },
    /// A word alone: true where it is not empty.
    Text(Word),
}

/// An arm of `case`.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// The patterns.
    pub patterns: Vec<Word>,
    /// What is done.
    pub body: List,
    /// What follows it.
    pub end: ArmEnd,
}

/// How an arm of `case` ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArmEnd {
    /// `;;`, or `esac`.
    Break,
    /// `;&`: the next arm's commands follow.
    FallThrough,
    /// bash's `;;&`: the next arms are tried too.
    TestNext,
}

/// `NAME=value` before a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// bash's `[…]` behind the name.
    pub subscript: Option<Word>,
    /// Whether it is bash's `+=`.
    pub append: bool,
    /// The value.
    pub value: Word,
    /// How bash's `NAME=(…)` is written.
    pub source: String,
    /// The elements of bash's `NAME=(…)`, each with the subscript that `[…]=` before it names.
    pub elements: Option<Vec<(Option<Word>, Word)>>,
    /// Where it stands.
    pub range: TextRange,
}

/// A redirection.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirection {
    /// The number before it, if one is written.
    pub fd: Option<u32>,
    /// bash's `{NAME}` before it: the variable that gets the number.
    pub variable: Option<String>,
    /// Which one.
    pub kind: RedirectionKind,
    /// The file, the number of `>&`, or the delimiter of a here-document.
    pub target: Word,
    /// How the target is written.
    pub source: String,
    /// Where it stands.
    pub range: TextRange,
}

/// Which redirection.
#[derive(Clone, Debug, PartialEq)]
pub enum RedirectionKind {
    /// `<`
    Read,
    /// `>`
    Write,
    /// `>|`: as `>`, whatever `set -C` says.
    Clobber,
    /// `>>`
    Append,
    /// `<>`
    ReadWrite,
    /// `<&`
    DuplicateInput,
    /// `>&`
    DuplicateOutput,
    /// `&>`: both outputs.
    WriteBoth,
    /// `&>>`: both outputs.
    AppendBoth,
    /// `<<`, `<<-`
    HereDocument(HereDocument),
    /// `<<<`
    HereString,
}

/// The text of a here-document. It is read after the command that it belongs to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HereDocument(pub(crate) Rc<OnceCell<Word>>);

impl HereDocument {
    /// The text, to be expanded as in double quotes; `None` where it is missing.
    #[must_use]
    pub fn body(&self) -> Option<&Word> {
        self.0.get()
    }
}

/// A word, with its quoting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// Where it stands.
    pub range: TextRange,
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Unquoted text; wildcards in it count.
    Literal(String),
    /// Text in single quotes, behind a backslash, or in `$'…'` (escapes replaced).
    SingleQuoted(String),
    /// What stands in double quotes.
    DoubleQuoted(Vec<Part>),
    /// `$NAME`, `${…}`
    Parameter(Box<Parameter>),
    /// `$(…)`, `` `…` ``
    CommandSubstitution(Rc<Script>),
    /// `<(…)`, `>(…)`
    ProcessSubstitution {
        /// The commands.
        script: Rc<Script>,
        /// Whether it is `<(…)`: the command reads what the script prints.
        input: bool,
    },
    /// `$((…))`
    Arithmetic(Vec<Part>),
    /// `~`, `~user`
    Tilde(String),
}
