use source::TextRange;

use crate::syntax::Word;

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
    /// bash's `${!x}`, and what is done with the parameter that it names.
    Indirect(Box<ParameterOp>),
    /// What this shell does not know: an error when it is expanded.
    Bad {
        /// All of it, from the `$` on.
        text: String,
        /// The line that is read next, which ash names.
        next_line: u32,
    },
    /// bash's `${!x[@]}`: the subscripts of an array.
    Subscripts,
    /// bash's `${x^}`, `${x^^}`, `${x,}`, `${x,,}`, `${x~}`, `${x~~}`.
    Case {
        /// `^`, `,` or `~`.
        operator: char,
        /// Whether every character.
        all: bool,
        /// Which characters; all where it is empty.
        pattern: Word,
    },
    /// bash's `${x@Q}` and the like.
    Transform(char),
    /// bash's `${!x*}`, `${!x@}`: the names that begin so.
    Names {
        /// Whether each is a field of its own in quotes.
        each: bool,
    },
}
