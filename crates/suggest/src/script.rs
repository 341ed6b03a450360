//! The commands of a RUN with their places in the Dockerfile.

use dockerfile::{CommandLine, Instruction, Run, Word};
use shell::{AndOr, Command, CommandKind, Connector, List, Part, Pipeline};
use source::TextRange;

/// A RUN's text, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Script {
    /// Where the commands are, without flags.
    pub range: TextRange,
    /// The commands between `&&`, where the text is nothing else: `a && b && c`.
    pub chain: Vec<Link>,
    /// Every program that is called, the order of the text.
    pub calls: Vec<Call>,
}

/// A command of a chain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Link {
    /// Where it is.
    pub range: TextRange,
    /// The programs that it calls.
    pub calls: Vec<Call>,
}

/// A program with its arguments.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    /// Its name and arguments as far as they are known before it runs.
    pub words: Vec<String>,
    /// Where each is.
    pub ranges: Vec<TextRange>,
}

impl Call {
    /// Its name without folders.
    pub fn name(&self) -> &str {
        self.words.first().map_or("", |word| word.rsplit('/').next().unwrap_or(word))
    }

    /// Whether it has this argument.
    pub fn has(&self, argument: &str) -> bool {
        self.words.iter().skip(1).any(|word| word == argument)
    }

    /// Whether it is this program with this verb.
    pub fn is(&self, name: &str, verb: &str) -> bool {
        self.name() == name && self.verb() == verb
    }

    /// The arguments that are no options.
    pub fn operands(&self) -> impl Iterator<Item = &str> {
        self.words.iter().skip(1).map(String::as_str).filter(|word| !word.starts_with('-'))
    }

    /// The first of them.
    pub fn verb(&self) -> &str {
        self.operands().next().unwrap_or_default()
    }

    /// Where the word is that is this.
    pub fn place(&self, word: &str) -> Option<TextRange> {
        let at = self.words.iter().position(|other| other == word)?;
        self.ranges.get(at).copied()
    }

    /// Where it begins and ends.
    pub fn range(&self) -> TextRange {
        let first = self.ranges.first().copied().unwrap_or_default();
        self.ranges.iter().fold(first, |all, range| all.cover(*range))
    }
}

/// Reads a RUN in shell form; of a heredoc or an exec form the calls alone.
pub(crate) fn read(instruction: &Instruction, run: &Run) -> Script {
    let text = match &run.command {
        CommandLine::Exec(words) => {
            let ranges = vec![instruction.range; words.len()];
            return Script { calls: vec![Call { words: words.clone(), ranges }], ..Script::default() };
        }
        CommandLine::Shell(text) => text,
    };
    if let Some(heredoc) = instruction.heredocs.first() {
        let passed = run.passed.as_ref().filter(|passed| !passed.text.is_empty());
        let script = shell::parse(passed.map_or(heredoc.content.as_str(), |passed| passed.text.as_str()));
        let nowhere = Word { range: instruction.range, ..Word::default() };
        let mut calls = Vec::new();
        script.lines.iter().for_each(|list| of_list(list, &nowhere, &mut calls));
        return Script { calls, ..Script::default() };
    }
    let script = shell::parse(&text.text);
    let mut read = Script { range: text.range, ..Script::default() };
    script.lines.iter().for_each(|list| of_list(list, text, &mut read.calls));
    if let ([list], true) = (script.lines.as_slice(), script.errors.is_empty()) {
        read.chain = chain(list, text);
    }
    read
}

fn chain(list: &List, text: &Word) -> Vec<Link> {
    let [item] = list.items.as_slice() else { return Vec::new() };
    let AndOr { first, rest } = &item.and_or;
    if item.background || rest.iter().any(|(connector, _)| *connector != Connector::And) {
        return Vec::new();
    }
    let link = |pipeline: &Pipeline| {
        let mut calls = Vec::new();
        of_pipeline(pipeline, text, &mut calls);
        let ranges = pipeline.commands.iter().map(|command| placed(command.range, text));
        let range = ranges.reduce(TextRange::cover)?;
        Some(Link { range, calls })
    };
    let links = std::iter::once(first).chain(rest.iter().map(|(_, pipeline)| pipeline)).map(link);
    links.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The place in the Dockerfile of a range of the joined text.
fn placed(range: TextRange, text: &Word) -> TextRange {
    if text.segments.is_empty() {
        return text.range;
    }
    let last = range.end.saturating_sub(1).max(range.start);
    TextRange::new(text.source_offset(range.start), text.source_offset(last) + range.len().min(1))
}

fn of_list(list: &List, text: &Word, calls: &mut Vec<Call>) {
    for item in &list.items {
        let AndOr { first, rest } = &item.and_or;
        of_pipeline(first, text, calls);
        rest.iter().for_each(|(_, pipeline)| of_pipeline(pipeline, text, calls));
    }
}

fn of_pipeline(pipeline: &Pipeline, text: &Word, calls: &mut Vec<Call>) {
    pipeline.commands.iter().for_each(|command| of_command(command, text, calls));
}

/// The parser bounds how deep commands lie in each other.
fn of_command(command: &Command, text: &Word, calls: &mut Vec<Call>) {
    match &command.kind {
        CommandKind::Simple { words, .. } if !words.is_empty() => {
            let ranges = words.iter().map(|word| placed(word.range, text)).collect();
            calls.push(named(Call { words: words.iter().map(|word| written(&word.parts)).collect(), ranges }));
        }
        CommandKind::Subshell(list) | CommandKind::Group(list) => of_list(list, text, calls),
        CommandKind::If { branches, otherwise } => {
            for (condition, body) in branches {
                of_list(condition, text, calls);
                of_list(body, text, calls);
            }
            otherwise.iter().for_each(|list| of_list(list, text, calls));
        }
        CommandKind::For { body, .. } | CommandKind::ForArithmetic { body, .. } => of_list(body, text, calls),
        CommandKind::While { condition, body, .. } => {
            of_list(condition, text, calls);
            of_list(body, text, calls);
        }
        CommandKind::Case { arms, .. } => arms.iter().for_each(|arm| of_list(&arm.body, text, calls)),
        CommandKind::Function { body, .. } => of_command(body, text, calls),
        _ => {}
    }
}

/// `python -m pip …` is `pip …`.
fn named(mut call: Call) -> Call {
    if call.name().starts_with("python") && call.words.get(1).is_some_and(|word| word == "-m") && call.words.len() > 2 {
        call.words.drain(..2);
        call.ranges.drain(..2);
    }
    call
}

/// What of a word is known before it is run; a variable stands as `${NAME}`.
fn written(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Literal(piece) | Part::SingleQuoted(piece) => text.push_str(piece),
            Part::DoubleQuoted(inner) => text.push_str(&written(inner)),
            Part::Parameter(parameter) => text.push_str(&format!("${{{}}}", parameter.name)),
            _ => text.push('$'),
        }
    }
    text
}
