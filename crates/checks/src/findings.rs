use dockerfile::Instruction;
use source::{Diagnostic, Severity, TextRange, Value};

use crate::Rule;

/// When BuildKit looks at a rule: an error of one phase keeps those of the later ones from being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Once the lines are read.
    Lines,
    /// As each instruction is parsed.
    Instructions,
    /// Once all are parsed: stage names,
    Names,
    /// the case of instructions,
    Casing,
    /// and what FROM is without build arguments.
    Defaults,
    /// As each FROM is expanded.
    Stages,
    /// As each instruction of a stage is dispatched.
    Dispatch,
}

/// A warning, with what it is sorted by.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    phase: Phase,
    at: usize,
    pub(crate) line: usize,
    pub(crate) diagnostic: Diagnostic,
}

/// The warnings as the rules give them.
#[derive(Debug, Default)]
pub struct Findings {
    rule: Option<&'static Rule>,
    list: Vec<Finding>,
}

/// Where a warning is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The index of the instruction.
    pub at: usize,
    /// The place inside of it.
    pub range: TextRange,
    /// The line that Docker reports, from 1.
    pub line: usize,
}

impl Place {
    /// An instruction as a whole.
    pub(crate) fn of(at: usize, instruction: &Instruction) -> Place {
        Place { at, range: instruction.range, line: instruction.lines.0 }
    }

    /// A place inside of the instruction; the whole of it where `range` is not inside.
    pub(crate) fn at(self, range: TextRange) -> Place {
        let inside = self.range.start <= range.start && range.end <= self.range.end;
        if inside && !range.is_empty() { Place { range, ..self } } else { self }
    }
}

impl Findings {
    /// What follows is found by `rule`.
    pub(crate) fn begin(&mut self, rule: &'static Rule) {
        self.rule = Some(rule);
    }

    /// Warns in Docker's words; `args` are for the page's own.
    pub(crate) fn warn(&mut self, place: Place, docker: String, args: &[(&'static str, &str)]) {
        let Some(rule) = self.rule else { return };
        let text = |&(name, text): &(&'static str, &str)| (name, Value::Text(text.to_owned()));
        self.list.push(Finding {
            phase: rule.phase,
            at: place.at,
            line: place.line,
            diagnostic: Diagnostic {
                code: rule.name,
                severity: Severity::Warning,
                docker: Some(docker),
                args: args.iter().map(text).collect(),
                range: place.range,
            },
        });
    }

    /// The warnings in BuildKit's order; each `once` for a build, which shows the same words for the same line once.
    pub(crate) fn into_list(mut self, once: bool) -> Vec<Finding> {
        self.list.sort_by_key(|finding| (finding.phase, finding.at));
        if !once {
            return self.list;
        }
        let mut seen = std::collections::BTreeSet::new();
        self.list.retain(|finding| {
            let docker = finding.diagnostic.docker.clone();
            seen.insert((finding.line, finding.diagnostic.code, docker))
        });
        self.list
    }
}
