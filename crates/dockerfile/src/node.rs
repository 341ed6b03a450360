//! The first phase of BuildKit's reading: a joined line cut into keyword, flags and arguments (its package `parser`).

use std::ops::Range;

use crate::flags::{self, Flag};
use crate::joined::Joined;
use crate::json::{self, Json};
use crate::literal::quoted;
use crate::mistake::Mistake;
use crate::words;

/// A joined line, cut up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// The line.
    pub line: Joined,
    /// What it says.
    pub command: Command,
    /// For `ONBUILD`, the command behind it, and behind that the next as long as it is another `ONBUILD`.
    pub triggers: Vec<Command>,
    /// What is wrong with it, if this phase found something.
    pub mistake: Option<Mistake>,
}

/// A keyword with its flags and arguments, as ranges of the line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Command {
    pub keyword: Range<usize>,
    pub flags: Vec<Flag>,
    /// The arguments as one, without blanks around them.
    pub rest: Range<usize>,
    pub arguments: Arguments,
}

/// Arguments, in the form that the keyword asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Arguments {
    /// None at all.
    #[default]
    None,
    /// Words, cut at blanks.
    Words(Vec<Range<usize>>),
    /// A JSON array.
    Json(Vec<(String, Range<usize>)>),
    /// Everything as one.
    Text(Range<usize>),
    /// Names with values; the flag tells the old form `NAME VALUE`.
    Pairs(Vec<(Range<usize>, Range<usize>, bool)>),
    /// `HEALTHCHECK`: `CMD` or `NONE`, and what follows it (None, Json or Text).
    Health(Range<usize>, Box<Arguments>),
}

impl Node {
    /// Cuts up a line. A mistake in it is in [`Node::mistake`].
    pub fn new(line: Joined, escape: char) -> Node {
        let whole = 0..line.text.len();
        let (command, mut mistake) = Command::new(&line, &whole, escape);
        let mut node = Node { line, command, triggers: Vec::new(), mistake: None };
        let mut outer = &node.command;
        // Each round takes a keyword off the line, so it ends.
        while outer.keyword(&node.line) == "onbuild" && !outer.rest.is_empty() {
            let (inner, wrong) = Command::new(&node.line, &outer.rest, escape);
            mistake = mistake.or(wrong);
            node.triggers.push(inner);
            let Some(last) = node.triggers.last() else {
                break;
            };
            outer = last;
        }
        node.mistake = mistake;
        node
    }

    /// Whether heredocs may belong to the line.
    pub fn may_have_heredocs(&self) -> bool {
        let command = self.triggers.first().unwrap_or(&self.command);
        matches!(command.keyword(&self.line).as_str(), "run" | "copy" | "add")
            && !matches!(command.arguments, Arguments::Json(_))
    }
}

impl Command {
    fn new(line: &Joined, range: &Range<usize>, escape: char) -> (Command, Option<Mistake>) {
        let range = line.trimmed(range);
        let (keyword, after) = match words::cut(line.of(&range), range.start) {
            Some((keyword, after)) => (keyword, after),
            None => (range.clone(), range.end..range.end),
        };
        let (flags, start) = flags::extract(line, &after, escape);
        let rest = line.trimmed(&(start..range.end));
        let mut command = Command { keyword, flags, rest, arguments: Arguments::None };
        match arguments(line, &command.keyword(line), &command.rest, escape) {
            Ok(arguments) => {
                command.arguments = arguments;
                (command, None)
            }
            Err(mistake) => (command, Some(mistake)),
        }
    }

    /// The keyword in lower case.
    pub fn keyword(&self, line: &Joined) -> String {
        line.of(&self.keyword).to_lowercase()
    }
}

fn arguments(line: &Joined, keyword: &str, rest: &Range<usize>, escape: char) -> Result<Arguments, Mistake> {
    if rest.is_empty() {
        return Ok(Arguments::None);
    }
    match keyword {
        "add" | "copy" | "volume" => Ok(json_form(line, rest)?.unwrap_or_else(|| word_form(line, rest))),
        "cmd" | "entrypoint" | "run" | "shell" => {
            Ok(json_form(line, rest)?.unwrap_or_else(|| Arguments::Text(rest.clone())))
        }
        "expose" | "from" => Ok(word_form(line, rest)),
        "maintainer" | "stopsignal" | "user" | "workdir" => Ok(Arguments::Text(rest.clone())),
        "arg" => Ok(Arguments::Words(words::quoted(line.of(rest), rest.start, escape))),
        "env" => pairs(line, "ENV", rest, escape),
        "label" => pairs(line, "LABEL", rest, escape),
        "healthcheck" => health(line, rest),
        _ => Ok(Arguments::None),
    }
}

fn word_form(line: &Joined, rest: &Range<usize>) -> Arguments {
    Arguments::Words(words::plain(line.of(rest), rest.start))
}

fn json_form(line: &Joined, rest: &Range<usize>) -> Result<Option<Arguments>, Mistake> {
    let moved = |range: Range<usize>| rest.start + range.start..rest.start + range.end;
    match json::array(line.of(rest)) {
        Json::No => Ok(None),
        Json::Strings(strings) => {
            Ok(Some(Arguments::Json(strings.into_iter().map(|(text, range)| (text, moved(range))).collect())))
        }
        Json::NotStrings(range) => Err(Mistake::new(
            "json-form-not-strings",
            "when using JSON array syntax, arrays must be comprised of strings only",
        )
        .at(moved(range))),
    }
}

fn pairs(line: &Joined, name: &str, rest: &Range<usize>, escape: char) -> Result<Arguments, Mistake> {
    let found = words::quoted(line.of(rest), rest.start, escape);
    let Some(first) = found.first() else {
        return Ok(Arguments::None);
    };
    if !line.of(first).contains('=') {
        return match words::cut(line.of(rest), rest.start) {
            Some((key, value)) => Ok(Arguments::Pairs(vec![(key, value, true)])),
            None => Err(Mistake::new("pair-without-value", format!("{name} must have two arguments"))
                .with("instruction", name)
                .at(rest.clone())),
        };
    }
    let mut pairs = Vec::new();
    for word in found {
        let text = line.of(&word);
        let Some(equals) = text.find('=') else {
            let message = format!("Syntax error - can't find = in {}. Must be of the form: name=value", quoted(text));
            return Err(Mistake::new("pair-without-equals", message).with("word", text).at(word));
        };
        let equals = word.start + equals;
        pairs.push((word.start..equals, equals + 1..word.end, false));
    }
    Ok(Arguments::Pairs(pairs))
}

fn health(line: &Joined, rest: &Range<usize>) -> Result<Arguments, Mistake> {
    let text = line.of(rest);
    let end = rest.start + text.find(char::is_whitespace).unwrap_or(text.len());
    let command = line.trimmed(&(end..rest.end));
    let inner = if command.is_empty() {
        Arguments::None
    } else {
        json_form(line, &command)?.unwrap_or_else(|| Arguments::Text(command.clone()))
    };
    Ok(Arguments::Health(rest.start..end, Box::new(inner)))
}
