//! Another order of the instructions: whether it can be built, and what it would do.

use dockerfile::{Body, move_instruction, parse};
use filesystem::Edit;
use plan::{Operation, Plan, Step};
use report::{CacheStore, Content, Outcome};
use source::{LineIndex, TextEdit, TextRange, apply_edits};

use crate::change::compare;
use crate::facts::{Facts, planned};
use crate::gain::{Gain, weigh_all};
use crate::trial::{EDITED_AT, First, figures, first, first_recalling, summed};
use crate::{Figures, Given, ImageChange, roles};

/// The lines of an instruction: what moves with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The comments directly above it, its continuation lines and heredocs, the line end.
    pub range: TextRange,
    /// The first and last line, from 1.
    pub lines: (usize, usize),
    /// The line that the instruction itself begins with, without what is around it: what it is called by.
    pub name: TextRange,
}

/// The lines of each instruction of a Dockerfile, in order: what [`moved`] and [`reordered`] count in.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = LineIndex::new(text);
    let file = parse(text);
    let block = |(range, start): (TextRange, usize)| Block {
        range,
        lines: (lines.line(range.start) + 1, lines.line(range.end.saturating_sub(1).max(range.start)) + 1),
        name: first_line(text, start),
    };
    let starts = file.instructions.iter().map(|instruction| instruction.range.start);
    dockerfile::blocks(text, &file).into_iter().zip(starts).map(block).collect()
}

/// The rest of the line from an offset, without the white space around it.
fn first_line(text: &str, start: usize) -> TextRange {
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let start = start + (line.len() - line.trim_start().len());
    TextRange::new(start, start + line.trim().len())
}

/// The edits that move the instruction at index `from` so that it becomes the one at index `to`, whatever that does: at
/// once, where [`reordered`] builds. `None` where there is no such instruction.
#[must_use]
pub fn moved(text: &str, from: usize, to: usize) -> Option<Vec<TextEdit>> {
    move_instruction(text, &parse(text), from, to)
}

/// An instruction at another place.
#[derive(Clone, Debug, PartialEq)]
pub struct Reordered {
    /// The edits of the Dockerfile.
    pub edits: Vec<TextEdit>,
    /// Its text afterwards.
    pub text: String,
    /// Why it cannot be so.
    pub obstacle: Option<Obstacle>,
    /// Whether the instruction is in another stage then.
    pub other_stage: bool,
    /// What the project costs as it is, and afterwards; `None` where one of the two is not built.
    pub figures: Option<(Figures, Figures)>,
    /// What is better and what is worse, the most valuable first.
    pub effects: Vec<Gain>,
    /// What changes in the image.
    pub image: ImageChange,
}

/// Why an order cannot be built. Lines are those of the text afterwards, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Nothing but ARG may stand before the first FROM.
    BeforeFrom {
        /// The line of what does.
        line: usize,
    },
    /// A stage is named before it begins.
    StageLater {
        /// The stage.
        stage: String,
        /// The line that names it.
        line: usize,
    },
    /// A variable is used where nothing sets it.
    VariableLater {
        /// The variable.
        name: String,
        /// The line that uses it.
        line: usize,
    },
    /// The Dockerfile is refused for another reason: in Docker's words.
    Refused {
        /// As `docker build` prints it.
        message: String,
    },
    /// A step fails: it needs what only comes later.
    Fails {
        /// The line of the step.
        line: usize,
        /// As `docker build` prints it.
        message: String,
        /// The last line that the step prints.
        output: String,
    },
}

impl Obstacle {
    /// Its name in the page's locales, behind `suggest-obstacle-`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Obstacle::BeforeFrom { .. } => "before-from",
            Obstacle::StageLater { .. } => "stage-later",
            Obstacle::VariableLater { .. } => "variable-later",
            Obstacle::Refused { .. } => "refused",
            Obstacle::Fails { .. } => "fails",
        }
    }
}

/// What it would do to move the instruction at index `from` so that it becomes the one at index `to`. `None` where there
/// is no such instruction.
#[must_use]
pub fn reordered(given: &Given, from: usize, to: usize) -> Option<Reordered> {
    let before = given.context.text(given.dockerfile())?;
    let edits = moved(&before, from, to)?;
    let text = apply_edits(&before, &edits)?;
    let mut after = given.clone();
    let edit: Edit = roles::write(given.dockerfile(), Content::text(&text));
    after.context.apply(&edit, EDITED_AT).ok()?;
    let other_stage = stage_of(&before, from) != stage_of(&text, to);
    let old = first(given);
    let new = first_recalling(&after, &CacheStore::recalling(&[&old.cache]));
    let mut reordered = Reordered {
        edits,
        obstacle: obstacle(given, &after, &old, &new),
        text,
        other_stage,
        figures: None,
        effects: Vec::new(),
        image: ImageChange::default(),
    };
    let Some(facts) = Facts::new(given.clone(), old.report.clone()) else { return Some(reordered) };
    if old.report.outcome != Outcome::Built || reordered.obstacle.is_some() {
        return Some(reordered);
    }
    let edited = roles::changes(&facts, &old);
    let before = summed(&old, edited.source.as_ref(), edited.dependency.as_ref());
    reordered.figures = before.zip(figures(&after, &new, &edited.changes));
    if let Some((before, after)) = &reordered.figures {
        reordered.effects = weigh_all(before, after, &given.profile);
    }
    if let (Some(before), Some(after)) = (&old.report.image, &new.report.image) {
        reordered.image = compare(before, after);
        // the Dockerfile may lie in the image itself: that is no news
        let own = facts.places(given.dockerfile());
        reordered.image.paths.retain(|change| !own.contains(&change.path));
    }
    Some(reordered)
}

/// The number of FROMs up to an instruction.
fn stage_of(text: &str, number: usize) -> usize {
    let file = parse(text);
    file.instructions.iter().take(number + 1).filter(|other| matches!(other.body, Body::From(_))).count()
}

/// Why the new order cannot be built that the old one does not have, too.
fn obstacle(given: &Given, after: &Given, old: &First, new: &First) -> Option<Obstacle> {
    let (_, _, file, plan) = planned(after)?;
    let line = |number: usize| file.instructions.get(number).map_or(0, |instruction| instruction.lines.0);
    let first_from = file.instructions.iter().position(|other| matches!(other.body, Body::From(_)));
    let early =
        file.instructions.iter().take(first_from.unwrap_or(0)).position(|other| !matches!(other.body, Body::Arg(_)));
    if let Some(early) = early {
        return Some(Obstacle::BeforeFrom { line: line(early) });
    }
    if let Some(later) = stage_later(&file) {
        return Some(later);
    }
    let old_plan = planned(given).map(|(_, _, _, plan)| plan).unwrap_or_default();
    let before = &old_plan.unset;
    let unset = plan.unset.iter().find(|unset| {
        let known = before.iter().filter(|other| other.name == unset.name).count();
        plan.unset.iter().filter(|other| other.name == unset.name).count() > known
    });
    if let Some(unset) = unset {
        return Some(Obstacle::VariableLater { name: unset.name.clone(), line: line(unset.instruction) });
    }
    if let Some((name, number)) = unset_in_run(&old_plan, &plan) {
        return Some(Obstacle::VariableLater { name, line: line(number) });
    }
    let message = |outcome: &Outcome| match outcome {
        Outcome::Built => None,
        Outcome::Invalid { message } | Outcome::Failed { message, .. } => Some(message.clone()),
    };
    let said = message(&new.report.outcome)?;
    // a mistake that was there before is none of the order's
    if message(&old.report.outcome).is_some_and(|before| before == said) {
        return None;
    }
    match &new.report.outcome {
        Outcome::Failed { step, .. } => {
            let step = step.and_then(|step| new.report.steps.get(step));
            let output = step.and_then(|step| step.output.last().cloned()).unwrap_or_default();
            Some(Obstacle::Fails { line: step.map_or(0, |step| step.line), message: said, output })
        }
        _ => Some(Obstacle::Refused { message: said }),
    }
}

/// A variable that a RUN names and that it has in the old order alone, with the RUN's index.
fn unset_in_run(old: &Plan, new: &Plan) -> Option<(String, usize)> {
    let runs = |plan: &Plan| -> Vec<Step> {
        let steps = plan.stages.iter().flat_map(|stage| &stage.steps);
        steps.filter(|step| matches!(step.operation, Operation::Run(_))).cloned().collect()
    };
    let (old, new) = (runs(old), runs(new));
    new.iter().find_map(|step| {
        let before = old.iter().find(|before| before.written == step.written)?;
        let lost = before.environment.names().find(|name| {
            let named = step.written.contains(&format!("${name}")) || step.written.contains(&format!("${{{name}}}"));
            named && step.environment.get(name).is_none()
        });
        Some((lost?.to_owned(), step.instruction))
    })
}

/// A stage that is named by FROM or COPY --from before it begins.
fn stage_later(file: &dockerfile::Dockerfile) -> Option<Obstacle> {
    let named = |(number, other): (usize, &dockerfile::Instruction)| match &other.body {
        Body::From(from) => from.name.as_ref().map(|(_, name)| (number, name.text.to_lowercase())),
        _ => None,
    };
    let stages: Vec<(usize, String)> = file.instructions.iter().enumerate().filter_map(named).collect();
    file.instructions.iter().enumerate().find_map(|(number, other)| {
        let asked = match &other.body {
            Body::From(from) => &from.image.text,
            Body::Copy(copy) => &copy.from.as_ref()?.text,
            _ => return None,
        };
        let asked = asked.to_lowercase();
        let (begins, _) = stages.iter().find(|(_, name)| *name == asked)?;
        (*begins >= number).then_some(Obstacle::StageLater { stage: asked, line: other.lines.0 })
    })
}
