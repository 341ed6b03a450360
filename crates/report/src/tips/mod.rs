//! What could be better though the build succeeds: our own advice, beside Docker's build checks.
//!
//! A tip is one file: what it looks for, and the page of Docker's documentation that says more. It is a note with the code
//! `tip-NAME`; its sentence, with the reason and the remedy, is the page's. Tips rest on what the build did (the layers,
//! the bytes) where that tells more than the text.

mod add_for_copy;
mod commands;
mod hidden_files;
mod install_after_source;
mod leftovers;
mod lone_cd;
mod pipe_status;
mod recommends;
mod root_user;
mod secret_in_image;
mod sudo;
mod unneeded_context;
mod unpinned_base;
mod update_alone;

use std::cell::OnceCell;

use dockerfile::{Body, Instruction};
use plan::{Base, Stage};
use source::{Diagnostic, Severity, TextRange, Value};

use crate::analyze::Analysis;
use crate::secrets::{Secret, secrets};
use crate::view::{ImageView, Outcome, Problem, Report};
use crate::waste::{Hidden, hidden};
use commands::{Called, called};

/// Where Docker's documentation begins.
const DOCS: &str = "https://docs.docker.com/build/";
/// More of one kind are not listed.
const MOST_OF_A_KIND: usize = 5;

/// A kind of tip.
struct Tip {
    /// Its code.
    code: &'static str,
    /// The page that says more, below [`DOCS`].
    page: &'static str,
    find: fn(&Facts<'_>) -> Vec<Finding>,
}

/// Where a tip applies, and what its sentence needs.
struct Finding {
    range: TextRange,
    args: Vec<(&'static str, Value)>,
}

impl Finding {
    fn at(range: TextRange) -> Finding {
        Finding { range, args: Vec::new() }
    }

    fn text(mut self, name: &'static str, value: &str) -> Finding {
        self.args.push((name, Value::Text(value.to_string())));
        self
    }

    fn bytes(mut self, name: &'static str, value: u64) -> Finding {
        self.args.push((name, Value::Bytes(value)));
        self
    }

    fn count(mut self, name: &'static str, value: usize) -> Finding {
        self.args.push((name, Value::Count(value as u64)));
        self
    }
}

const TIPS: [Tip; 16] = [
    unpinned_base::TIP,
    install_after_source::TIP,
    update_alone::TIP,
    recommends::TIP,
    leftovers::LISTS,
    leftovers::CACHE,
    hidden_files::DELETED,
    hidden_files::REWRITTEN,
    secret_in_image::TIP,
    unneeded_context::TIP,
    root_user::TIP,
    add_for_copy::TIP,
    pipe_status::TIP,
    lone_cd::TIP,
    sudo::TIP,
    secret_in_image::VARIABLE,
];

/// What tips look at.
struct Facts<'a> {
    analysis: &'a Analysis<'a>,
    report: &'a Report,
    image: &'a ImageView,
    runs: Vec<Run<'a>>,
    hidden: OnceCell<Vec<Hidden>>,
    secrets: OnceCell<Vec<Secret>>,
}

/// A RUN of a stage that the target needs.
struct Run<'a> {
    stage: &'a Stage,
    /// Its index in the file.
    number: usize,
    instruction: &'a Instruction,
    commands: Vec<Called>,
}

impl<'a> Facts<'a> {
    /// The instructions of a stage with their indices in the file.
    fn instructions(&self, stage: &Stage) -> impl Iterator<Item = (usize, &'a Instruction)> {
        let file = self.analysis.file;
        stage.instructions.clone().filter_map(|number| Some((number, file.instructions.get(number)?)))
    }

    fn hidden(&self) -> &[Hidden] {
        self.hidden.get_or_init(|| hidden(&self.image.layers))
    }

    fn secrets(&self) -> &[Secret] {
        self.secrets.get_or_init(|| secrets(self.image))
    }

    /// The stages that are built.
    fn stages(&self) -> impl Iterator<Item = &'a Stage> {
        self.analysis.plan.stages.iter().filter(|stage| stage.needed)
    }

    /// The stages whose layers are in the image, the target first.
    fn image_stages(&self) -> Vec<&'a Stage> {
        let plan = self.analysis.plan;
        let mut stages = Vec::new();
        let mut next = plan.target.and_then(|target| plan.stages.get(target));
        while let Some(stage) = next {
            stages.push(stage);
            next = match stage.base {
                Base::Stage(base) if base < stage.index => plan.stages.get(base),
                _ => None,
            };
        }
        stages
    }

    /// Where the step of a layer is in the Dockerfile; `None` for a base image's layer.
    fn place_of_layer(&self, layer: usize) -> Option<TextRange> {
        let step = self.image.layers.get(layer)?.step?;
        Some(self.report.steps.get(step)?.range)
    }

    /// The line of a place, from 1.
    fn line(&self, range: TextRange) -> usize {
        self.analysis.lines.line(range.start) + 1
    }
}

/// The tips for a build that succeeds, by kind.
pub(crate) fn find(analysis: &Analysis<'_>, report: &Report) -> Vec<Problem> {
    let Some(image) = report.image.as_ref().filter(|_| report.outcome == Outcome::Built) else {
        return Vec::new();
    };
    let (hidden, secrets) = (OnceCell::new(), OnceCell::new());
    let mut facts = Facts { analysis, report, image, runs: Vec::new(), hidden, secrets };
    let mut runs = Vec::new();
    for stage in facts.stages() {
        for (number, instruction) in facts.instructions(stage) {
            if let Body::Run(run) = &instruction.body {
                runs.push(Run { stage, number, instruction, commands: called(instruction, run) });
            }
        }
    }
    facts.runs = runs;
    let mut problems = Vec::new();
    for tip in &TIPS {
        for finding in (tip.find)(&facts).into_iter().take(MOST_OF_A_KIND) {
            let (line, last_line) = crate::problems::lines(analysis, finding.range);
            // Of a whole instruction the keyword stands for it: what is marked in the editor.
            let whole = analysis.file.instructions.iter().find(|instruction| instruction.range == finding.range);
            let range = whole.map_or(finding.range, |instruction| instruction.keyword.range);
            let (code, args) = (tip.code, finding.args);
            let diagnostic = Diagnostic { code, severity: Severity::Note, docker: None, args, range };
            problems.push(Problem { diagnostic, line, last_line, url: Some(format!("{DOCS}{}", tip.page)) });
        }
    }
    problems
}
