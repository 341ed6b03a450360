//! What rewrites look at.

use std::cell::OnceCell;

use dockerfile::{Body, Copy, Dockerfile, Instruction, parse};
use filesystem::ImageStore;
use plan::{Base, CopyFiles, Operation, Plan, PlanOptions, Run, Source, Stage, Step};
use report::{Hidden, Report, Secret, hidden, secrets};
use source::TextRange;

use crate::Given;
use crate::script::{Script, read};

/// A project whose build succeeds, read.
pub(crate) struct Facts {
    pub given: Given,
    /// The Dockerfile's path and text.
    pub path: String,
    pub text: String,
    pub file: Dockerfile,
    pub plan: Plan,
    /// Its first build.
    pub report: Report,
    hidden: OnceCell<Vec<Hidden>>,
    secrets: OnceCell<Vec<Secret>>,
}

/// A RUN of a stage that the target needs.
pub(crate) struct RunAt<'a> {
    pub stage: &'a Stage,
    /// Its index in the file.
    pub number: usize,
    pub instruction: &'a Instruction,
    pub written: &'a dockerfile::Run,
    pub run: &'a Run,
    pub script: Script,
}

/// A COPY or ADD from the build context in a stage that the target needs.
pub(crate) struct CopyAt<'a> {
    pub stage: &'a Stage,
    /// Its index in the file.
    pub number: usize,
    pub written: &'a Copy,
    pub copy: &'a CopyFiles,
}

/// The Dockerfile read and planned; `None` where there is none.
pub(crate) fn planned(given: &Given) -> Option<(String, String, Dockerfile, Plan)> {
    let path = given.dockerfile().to_owned();
    let text = given.context.text(&path)?;
    let file = parse(&text);
    let args = given.options.build_args.iter();
    let build_args: Vec<_> = args.filter_map(|(name, value)| Some((name.clone(), value.clone()?))).collect();
    let plan = plan::plan(
        &file,
        &PlanOptions {
            build_args: &build_args,
            target: given.options.target.as_deref(),
            platform: &given.options.platform,
            catalog: &given.catalog,
            all_stages: given.options.all_stages,
            link: given.options.store == ImageStore::Containerd,
            ignore_error: None,
        },
    );
    Some((path, text, file, plan))
}

impl Facts {
    pub fn new(given: Given, report: Report) -> Option<Facts> {
        let (path, text, file, plan) = planned(&given)?;
        let (hidden, secrets) = (OnceCell::new(), OnceCell::new());
        Some(Facts { given, path, text, file, plan, report, hidden, secrets })
    }

    /// The stages that are built.
    pub fn stages(&self) -> impl Iterator<Item = &Stage> {
        self.plan.stages.iter().filter(|stage| stage.needed)
    }

    /// The stage that the image is of.
    pub fn target(&self) -> Option<&Stage> {
        self.plan.stages.get(self.plan.target?)
    }

    /// The stages whose layers are in the image, the target first.
    pub fn image_stages(&self) -> Vec<&Stage> {
        let mut stages = Vec::new();
        let mut next = self.target();
        while let Some(stage) = next {
            stages.push(stage);
            next = match stage.base {
                Base::Stage(base) if base < stage.index => self.plan.stages.get(base),
                _ => None,
            };
        }
        stages
    }

    /// The instructions of a stage with their indices in the file.
    pub fn instructions(&self, stage: &Stage) -> impl Iterator<Item = (usize, &Instruction)> {
        stage.instructions.clone().filter_map(|number| Some((number, self.file.instructions.get(number)?)))
    }

    /// The instruction of a step, where the step is not of a trigger.
    fn written(&self, stage: &Stage, step: &Step) -> Option<(usize, &Instruction)> {
        let number = step.instruction;
        (number > stage.instructions.start).then_some((number, self.file.instructions.get(number)?))
    }

    /// The RUNs of a stage.
    pub fn runs_of<'a>(&'a self, stage: &'a Stage) -> impl Iterator<Item = RunAt<'a>> {
        stage.steps.iter().filter_map(move |step| {
            let Operation::Run(run) = &step.operation else { return None };
            let (number, instruction) = self.written(stage, step)?;
            let Body::Run(written) = &instruction.body else { return None };
            Some(RunAt { stage, number, instruction, written, run, script: read(instruction, written) })
        })
    }

    /// The RUNs of the stages that are built.
    pub fn runs(&self) -> impl Iterator<Item = RunAt<'_>> {
        self.stages().flat_map(|stage| self.runs_of(stage))
    }

    /// What a stage copies from the build context.
    pub fn copies_of<'a>(&'a self, stage: &'a Stage) -> impl Iterator<Item = CopyAt<'a>> {
        stage.steps.iter().filter_map(move |step| {
            let Operation::Copy(copy) = &step.operation else { return None };
            let (number, instruction) = self.written(stage, step)?;
            let (Body::Copy(written) | Body::Add(written)) = &instruction.body else { return None };
            let of_context = copy.from == Source::Context;
            of_context.then_some(CopyAt { stage, number, written, copy })
        })
    }

    /// What the stages that are built copy from the build context.
    pub fn copies(&self) -> impl Iterator<Item = CopyAt<'_>> {
        self.stages().flat_map(|stage| self.copies_of(stage))
    }

    /// What lies hidden in the image's layers.
    pub fn hidden(&self) -> &[Hidden] {
        self.hidden.get_or_init(|| self.report.image.as_ref().map(|image| hidden(&image.layers)).unwrap_or_default())
    }

    /// The secrets that the image gives away.
    pub fn secrets(&self) -> &[Secret] {
        self.secrets.get_or_init(|| self.report.image.as_ref().map(secrets).unwrap_or_default())
    }

    /// The instruction of the step that made a layer.
    pub fn instruction_of_layer(&self, layer: usize) -> Option<usize> {
        let step = self.report.image.as_ref()?.layers.get(layer)?.step?;
        let range = self.report.steps.get(step)?.range;
        self.file.instructions.iter().position(|instruction| instruction.range == range)
    }

    /// The text of an instruction with its line end.
    pub fn line_of(&self, number: usize) -> TextRange {
        let range = self.file.instructions.get(number).map(|instruction| instruction.range).unwrap_or_default();
        let rest = self.text.get(range.end..).unwrap_or_default();
        let end = rest.find('\n').map_or(self.text.len(), |end| range.end + end + 1);
        let start = self.text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |start| start + 1);
        TextRange::new(start, end)
    }

    /// Where a file of the context comes to lie in the image.
    pub fn places(&self, path: &str) -> Vec<String> {
        self.copies().filter_map(|copy| copy.placed(path)).collect()
    }
}

impl RunAt<'_> {
    /// Whether root runs it.
    pub fn is_root(&self) -> bool {
        is_root(&self.run.user)
    }

    /// A word of its script with the variables that are known before it runs.
    pub fn expanded(&self, word: &str) -> String {
        let mut text = word.to_owned();
        for (name, value) in self.run.environment.iter().filter(|_| word.contains("${")) {
            text = text.replace(&format!("${{{name}}}"), value);
        }
        text
    }
}

/// Whether a value of USER is root.
pub(crate) fn is_root(user: &str) -> bool {
    matches!(user.split(':').next().unwrap_or_default(), "" | "root" | "0")
}

impl CopyAt<'_> {
    /// Whether it takes the whole context.
    pub fn takes_all(&self) -> bool {
        self.copy.sources.iter().any(|source| matches!(source.as_str(), "/" | "/." | ""))
    }

    /// Whether it takes a file of the context, by its path there.
    pub fn takes(&self, path: &str) -> bool {
        self.copy.sources.iter().any(|source| takes(source.trim_start_matches('/'), path))
    }
}

/// Whether a source of COPY stands for a file, or for a folder around it.
fn takes(source: &str, path: &str) -> bool {
    let source = source.trim_matches('/');
    if matches!(source, "" | ".") {
        return true;
    }
    let depth = source.split('/').count();
    let parts: Vec<&str> = path.split('/').collect();
    let head = parts.get(..depth).map(|head| head.join("/"));
    head.is_some_and(|head| filesystem::path_match(source, &head).unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_stands_for_what_lies_in_it() {
        for (source, path) in [("", "a/b"), ("a", "a/b"), ("package*.json", "package-lock.json"), ("a/*", "a/b/c")] {
            assert!(takes(source, path), "{source} {path}");
        }
        for (source, path) in [("a/b", "a"), ("ab", "a/b"), ("*.json", "a/b.json")] {
            assert!(!takes(source, path), "{source} {path}");
        }
    }
}
