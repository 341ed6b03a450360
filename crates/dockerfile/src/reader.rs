//! The first phase over a whole text: physical lines to nodes with their comments and heredocs.

use source::{Diagnostic, TextRange};

use crate::Heredoc;
use crate::directives::{self, DirectiveReader};
use crate::heredoc;
use crate::joined::Joined;
use crate::lines::{Line, Lines, MAX_LINE, continued, is_comment};
use crate::mistake::Mistake;
use crate::node::Node;

/// A text, read.
#[derive(Debug)]
pub(crate) struct Reading {
    pub nodes: Vec<Placed>,
    /// What this phase found wrong, in order.
    pub mistakes: Vec<Diagnostic>,
    /// The escape character in force at the end.
    pub escape: char,
    /// Comments, wherever they are.
    pub comments: Vec<TextRange>,
    /// Directives.
    pub directives: Vec<TextRange>,
    /// Escape characters that continue a line.
    pub continuations: Vec<TextRange>,
}

/// A node at its place.
#[derive(Debug)]
pub(crate) struct Placed {
    pub node: Node,
    pub range: TextRange,
    /// The first and last physical line, from 1.
    pub lines: (usize, usize),
    pub comments: Vec<String>,
    pub heredocs: Vec<Heredoc>,
    /// The last line before heredocs, from 0, where an empty line lies inside the instruction.
    pub empty_continuation: Option<usize>,
}

/// Reads a text. `escape` is the escape character unless a directive sets another.
pub(crate) fn read(text: &str, escape: char) -> Reading {
    let mut reading = Reading {
        nodes: Vec::new(),
        mistakes: Vec::new(),
        escape,
        comments: Vec::new(),
        directives: Vec::new(),
        continuations: Vec::new(),
    };
    let mut lines = Lines::new(text);
    let mut directive_reader = DirectiveReader::new("#");
    let mut comments: Vec<String> = Vec::new();
    while let Some(mut line) = lines.next() {
        if let (1, Some(rest)) = (lines.count, line.text.strip_prefix('\u{feff}')) {
            line = Line { text: rest, start: line.start + line.text.len() - rest.len() };
        }
        let content = line.text.trim_end_matches(['\r', '\n']);
        let trimmed = content.trim_start();
        let start = line.start + content.len() - trimmed.len();
        let place = TextRange::new(start, start + trimmed.len());
        let directive = match directive_reader.read(trimmed) {
            Ok(Some(directive)) if directive.key == "escape" => match directives::escape(directive.value) {
                Ok(escape) => {
                    reading.escape = escape;
                    true
                }
                Err(mistake) => {
                    reading.mistakes.push(mistake.into_diagnostic(place));
                    true
                }
            },
            Ok(directive) => directive.is_some(),
            Err(mistake) => {
                reading.mistakes.push(mistake.into_diagnostic(place));
                true
            }
        };
        if directive {
            reading.directives.push(place);
        } else if is_comment(content) {
            reading.comments.push(place);
            comment(line.text, &mut comments);
        } else if !trimmed.is_empty() {
            let above = std::mem::take(&mut comments);
            instruction(&mut reading, &mut lines, trimmed, start, above);
        }
    }
    if reading.nodes.is_empty() {
        let mistake = Mistake::new("no-instructions", "file with no instructions");
        reading.mistakes.push(mistake.into_diagnostic(TextRange::empty(0)));
    }
    if let Some(offset) = lines.too_long {
        let message = format!("dockerfile line greater than max allowed size of {MAX_LINE}");
        let end = text.get(offset..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| offset + at);
        let mistake = Mistake::new("line-too-long", message);
        reading.mistakes.push(mistake.into_diagnostic(TextRange::new(offset, end)));
    }
    reading
}

/// Notes a comment for the instruction below. An empty one forgets those above it.
///
/// BuildKit takes the first byte off the line, be it the `#` or a blank before it.
fn comment(line: &str, comments: &mut Vec<String>) {
    let mut chars = line.chars();
    chars.next();
    match chars.as_str().trim() {
        "" => comments.clear(),
        text => comments.push(text.to_owned()),
    }
}

fn instruction(reading: &mut Reading, lines: &mut Lines<'_>, first: &str, start: usize, comments: Vec<String>) {
    let first_line = lines.count;
    let mut joined = Joined::default();
    let mut empty = false;
    let mut end = start + first.len();
    let mut continues = piece(reading, &mut joined, first, start);
    while continues {
        let Some(line) = lines.next() else { break };
        let content = line.text.trim_end_matches(['\r', '\n']);
        end = line.start + content.len();
        if is_comment(content) {
            let indent = content.len() - content.trim_start().len();
            reading.comments.push(TextRange::new(line.start + indent, end));
        } else if content.trim_start().is_empty() {
            empty = true;
        } else {
            continues = piece(reading, &mut joined, content, line.start);
        }
    }
    let last_line = lines.count;
    let mut node = Node::new(joined, reading.escape);
    let mut heredocs = Vec::new();
    let place = TextRange::new(start, end);
    if let Some(mistake) = node.mistake.clone() {
        reading.mistakes.push(placed(mistake, &node, place));
    }
    if node.may_have_heredocs() {
        match heredoc::marks(&node.line.text) {
            Ok(marks) => {
                for mark in marks {
                    let (document, ended) = heredoc::body(lines, mark);
                    end = document.range.cover(document.end).end;
                    if !ended {
                        let mistake = Mistake::new("unterminated-heredoc", "unterminated heredoc")
                            .with("name", document.name.clone());
                        reading.mistakes.push(placed(mistake.clone(), &node, place));
                        node.mistake = node.mistake.or(Some(mistake));
                    }
                    heredocs.push(document);
                }
            }
            Err(mistake) => {
                reading.mistakes.push(placed(mistake.clone(), &node, place));
                node.mistake = node.mistake.or(Some(mistake));
            }
        }
    }
    reading.nodes.push(Placed {
        node,
        range: TextRange::new(start, end),
        lines: (first_line, lines.count),
        comments,
        heredocs,
        empty_continuation: empty.then(|| last_line.saturating_sub(1)),
    });
}

/// Adds a physical line to the joined one. Whether the instruction goes on below.
fn piece(reading: &mut Reading, joined: &mut Joined, content: &str, start: usize) -> bool {
    match continued(content, reading.escape) {
        Some(before) => {
            joined.push(before, start);
            let at = start + before.len();
            reading.continuations.push(TextRange::new(at, at + reading.escape.len_utf8()));
            true
        }
        None => {
            joined.push(content, start);
            false
        }
    }
}

/// A mistake of a node as a diagnostic.
pub(crate) fn placed(mistake: Mistake, node: &Node, whole: TextRange) -> Diagnostic {
    let range = match &mistake.at {
        Some(at) => node.line.range(at),
        None => whole,
    };
    mistake.into_diagnostic(range)
}
