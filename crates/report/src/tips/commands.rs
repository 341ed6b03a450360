//! The programs that a RUN calls, as far as its text says.

use dockerfile::{CommandLine, Instruction, Run};
use shell::{AndOr, Command, CommandKind, List, Part, Pipeline, Script, Word};

/// A program with its arguments, as they are written.
pub(super) struct Called {
    /// Its name and arguments; what is only known when it runs is left out of them.
    pub words: Vec<String>,
    /// Whether its output goes to another program.
    pub piped: bool,
}

impl Called {
    /// Its name without folders.
    pub fn name(&self) -> &str {
        self.words.first().map_or("", |word| word.rsplit('/').next().unwrap_or(word))
    }

    /// Whether it has this argument.
    pub fn has(&self, argument: &str) -> bool {
        self.words.iter().skip(1).any(|word| word == argument)
    }

    /// The first argument that is not an option.
    pub fn verb(&self) -> &str {
        self.words.iter().skip(1).find(|word| !word.starts_with('-')).map_or("", String::as_str)
    }
}

/// The programs of a RUN, in the order of its text.
pub(super) fn called(instruction: &Instruction, run: &Run) -> Vec<Called> {
    let mut calls = Vec::new();
    match &run.command {
        CommandLine::Exec(words) => calls.push(Called { words: words.clone(), piped: false }),
        CommandLine::Shell(text) => {
            let passed = run.passed.as_ref().unwrap_or(text);
            let script = match instruction.heredocs.first().filter(|_| passed.text.is_empty()) {
                Some(heredoc) => shell::parse(&heredoc.content),
                None => shell::parse(&passed.text),
            };
            of_script(&script, &mut calls);
        }
    }
    calls
}

fn of_script(script: &Script, calls: &mut Vec<Called>) {
    script.lines.iter().for_each(|list| of_list(list, calls));
}

fn of_list(list: &List, calls: &mut Vec<Called>) {
    for item in &list.items {
        let AndOr { first, rest } = &item.and_or;
        of_pipeline(first, calls);
        rest.iter().for_each(|(_, pipeline)| of_pipeline(pipeline, calls));
    }
}

fn of_pipeline(pipeline: &Pipeline, calls: &mut Vec<Called>) {
    let last = pipeline.commands.len().saturating_sub(1);
    for (number, command) in pipeline.commands.iter().enumerate() {
        of_command(command, number < last, calls);
    }
}

/// The parser bounds how deep commands lie in each other.
fn of_command(command: &Command, piped: bool, calls: &mut Vec<Called>) {
    match &command.kind {
        CommandKind::Simple { words, .. } if !words.is_empty() => {
            calls.push(Called { words: words.iter().map(written).collect(), piped });
        }
        CommandKind::Subshell(list) | CommandKind::Group(list) => of_list(list, calls),
        CommandKind::If { branches, otherwise } => {
            for (condition, body) in branches {
                of_list(condition, calls);
                of_list(body, calls);
            }
            otherwise.iter().for_each(|list| of_list(list, calls));
        }
        CommandKind::For { body, .. } | CommandKind::ForArithmetic { body, .. } => of_list(body, calls),
        CommandKind::While { condition, body, .. } => {
            of_list(condition, calls);
            of_list(body, calls);
        }
        CommandKind::Case { arms, .. } => arms.iter().for_each(|arm| of_list(&arm.body, calls)),
        CommandKind::Function { body, .. } => of_command(body, false, calls),
        _ => {}
    }
}

/// What of a word is known before it is run.
fn written(word: &Word) -> String {
    let mut text = String::new();
    add(&word.parts, &mut text);
    text
}

fn add(parts: &[Part], text: &mut String) {
    for part in parts {
        match part {
            Part::Literal(piece) | Part::SingleQuoted(piece) => text.push_str(piece),
            Part::DoubleQuoted(inner) => add(inner, text),
            _ => {}
        }
    }
}
