use std::cell::OnceCell;
use std::rc::Rc;

use source::{Diagnostic, TextRange};

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

/// Commands with `|` between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipeline {
    /// Whether `!` stands before it.
    pub negated: bool,
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
    /// Which one.
    pub kind: RedirectionKind,
    /// The file, the number of `>&`, or the delimiter of a here-document.
    pub target: Word,
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

/// A parameter and what is done with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// A name, a number, or one of `@ * # ? - $ !`.
    pub name: String,
    /// bash's `[…]` behind the name.
    pub subscript: Option<Subscript>,
    /// What is done.
    pub op: ParameterOp,
    /// Where it stands, with the `$`.
    pub range: TextRange,
}

/// Which elements of an array.
#[derive(Clone, Debug, PartialEq)]
pub enum Subscript {
    /// `[@]`: all of them.
    Each,
    /// `[*]`: all of them as one text.
    Joined,
    /// `[…]`: an arithmetic expression, or a key.
    One(Word),
}

/// What `${…}` does with a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterOp {
    /// `$x`
    Value,
    /// `${#x}`
    Length,
    /// `${x-word}`, `${x:-word}`
    Default {
        /// Whether an empty value counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x=word}`, `${x:=word}`
    Assign {
        /// Whether an empty value counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x?word}`, `${x:?word}`
    Error {
        /// Whether an empty value counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x+word}`, `${x:+word}`
    Alternative {
        /// Whether an empty value counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x#pattern}`, `${x##pattern}`
    RemovePrefix {
        /// Whether the longest match goes.
        longest: bool,
        /// The pattern.
        pattern: Word,
    },
    /// `${x%pattern}`, `${x%%pattern}`
    RemoveSuffix {
        /// Whether the longest match goes.
        longest: bool,
        /// The pattern.
        pattern: Word,
    },
    /// `${x/pattern/word}`, `${x//pattern/word}`
    Replace {
        /// Whether every match is replaced.
        all: bool,
        /// The pattern.
        pattern: Word,
        /// What takes its place.
        replacement: Word,
    },
    /// `${x:offset}`, `${x:offset:length}`
    Substring {
        /// An arithmetic expression.
        offset: Word,
        /// An arithmetic expression.
        length: Option<Word>,
    },
    /// bash's `${!x}`.
    Indirect,
    /// What this shell does not know: an error when it is expanded.
    Bad {
        /// All of it, from the `$` on.
        text: String,
        /// The line that is read next, which ash names.
        next_line: u32,
    },
    /// bash's `${!x[@]}`: the subscripts of an array.
    Subscripts,
    /// bash's `${x^}`, `${x^^}`, `${x,}`, `${x,,}`.
    Case {
        /// Whether to upper case.
        upper: bool,
        /// Whether every character.
        all: bool,
    },
}
