//! The Dockerfile language as BuildKit's parser reads it.
//!
//! [`parse`] turns any text into a [`Dockerfile`]: directives, instructions with their flags and arguments, heredocs,
//! comments, all with their place in the source, and every mistake that BuildKit's two parsing phases would report.
//! It reads on after a mistake, so that an editor always has something to show.
//!
//! It does not model: variables (the crate `plan` expands them), stages and their order (`plan`), what a command does
//! (`shell`, `simulate`), frontends named by `# syntax=`.
//!
//! Invariants: parsing never fails; the ranges of [`Dockerfile::tokens`] cover the source without gap or overlap, for
//! every `&str`; [`Dockerfile::errors`] is in the order in which BuildKit would meet the mistakes, so the first one is
//! the one that `docker build` prints.
//!
//! The rules come from BuildKit's `frontend/dockerfile/parser` and `frontend/dockerfile/instructions`, as Docker
//! Engine 28.5.2 has them.

mod blocks;
mod check_options;
mod csv;
mod directives;
mod duration;
mod flags;
mod heredoc;
mod instructions;
mod joined;
mod json;
mod lexer;
mod lines;
mod literal;
mod mistake;
mod mount;
mod node;
mod reader;
mod size;
mod statement;
mod suggest;
mod syntax;
mod tokens;
mod trigger;
mod vocabulary;
mod words;

use source::{Diagnostic, TextRange};

pub use blocks::{blocks, move_instruction};
pub use check_options::{CheckOptions, parse_check_options};
pub use flags::Kind as FlagKind;
pub use instructions::INSTRUCTIONS;
pub use literal::quoted;
pub use mount::{SHARINGS, parse_mount};
pub use statement::{Statement, stated_size, stated_time};
pub use suggest::{suggest, suggest_ignoring_case};
pub use syntax::*;
pub use trigger::parse_trigger;
pub use vocabulary::{NETWORKS, flags_of, mount_keys, mount_types};

use instructions::Request;
use mistake::Mistake;
use reader::Placed;

/// The escape character unless a directive sets another.
const ESCAPE: char = '\\';

/// Mistakes that are kept: in a text with more than these nothing is a Dockerfile.
const ERROR_LIMIT: usize = 1_000;

/// Reads a Dockerfile. Never fails: mistakes are in [`Dockerfile::errors`].
#[must_use]
pub fn parse(text: &str) -> Dockerfile {
    let directives = directives::of_file(text);
    let mut reading = reader::read(text, ESCAPE);
    let mut errors = before_reading(text, &directives);
    errors.append(&mut reading.mistakes);
    let tokens = tokens::tokens(text, &reading);
    let escape = reading.escape;
    let mut instructions = Vec::new();
    let mut empty_continuations = Vec::new();
    let mut stages = Stages::default();
    for placed in std::mem::take(&mut reading.nodes) {
        let line = placed.lines.0;
        let mistaken = placed.node.mistake.is_some();
        if let Some(last) = placed.empty_continuation {
            empty_continuations.push((instructions.len(), last));
        }
        let (instruction, mistake) = instruction(placed);
        if let Some(mut diagnostic) = mistake.filter(|_| !mistaken && errors.len() < ERROR_LIMIT) {
            let prefix = format!("dockerfile parse error on line {line}: ");
            diagnostic.docker = diagnostic.docker.map(|message| prefix + &message);
            errors.push(diagnostic);
        }
        errors.extend(stages.meet(&instruction));
        instructions.push(instruction);
    }
    if errors.is_empty() && !stages.any {
        let mistake = Mistake::new("no-stages", "dockerfile contains no stages to build");
        errors.push(mistake.into_diagnostic(TextRange::empty(0)));
    }
    let (statements, notes) = statement::statements(text, &reading.comments, &instructions);
    Dockerfile { directives, instructions, errors, empty_continuations, statements, notes, tokens, escape }
}

/// What BuildKit looks at before it reads the first line.
fn before_reading(text: &str, directives: &Directives) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    if let Some((options, range)) = &directives.check
        && let Err(reason) = parse_check_options(options)
    {
        let message = format!("failed to parse check options: {reason}");
        errors.push(Mistake::new("check-options-invalid", message).with("options", options).into_diagnostic(*range));
    }
    if text.is_empty() {
        let mistake = Mistake::new("empty-dockerfile", "the Dockerfile cannot be empty");
        errors.push(mistake.into_diagnostic(TextRange::empty(0)));
    }
    errors
}

/// Whether a stage has begun.
#[derive(Default)]
struct Stages {
    any: bool,
    missed: bool,
}

impl Stages {
    /// The mistake of an instruction that needs a stage where none has begun; the first of several only, for one
    /// `FROM` mends them all.
    fn meet(&mut self, instruction: &Instruction) -> Option<Diagnostic> {
        if instruction.keyword.text.eq_ignore_ascii_case("from") {
            self.any = true;
        }
        let needs_none = matches!(instruction.body, Body::From(_) | Body::Arg(_) | Body::Invalid);
        if self.any || self.missed || needs_none {
            return None;
        }
        self.missed = true;
        let mistake = Mistake::new("no-stage-yet", "no build stage in current context");
        Some(mistake.into_diagnostic(instruction.range))
    }
}

/// A node as an instruction, and what the second phase finds wrong with it. Where the first phase found something, the
/// body is invalid.
fn instruction(placed: Placed) -> (Instruction, Option<Diagnostic>) {
    let Placed { node, range, lines, comments, mut heredocs, .. } = placed;
    let read = instructions::body(Request { node: &node, heredocs: &mut heredocs });
    let (body, mistake) = match read {
        Ok(body) if node.mistake.is_none() => (body, None),
        Ok(_) => (Body::Invalid, None),
        Err(mistake) => (Body::Invalid, Some(reader::placed(mistake, &node, range))),
    };
    let keyword = node.line.word(&node.command.keyword);
    let original = node.line.text.trim().to_owned();
    (Instruction { keyword, range, lines, original, comments, heredocs, body }, mistake)
}
