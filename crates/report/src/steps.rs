//! The steps, and sums over them.

use dockerfile::Body;
use plan::{Base, Operation, Source, Stage, Step};
use simulate::{Basis, Build, Evidence, Note, Programs, Reason, Record, StepResult, StepState};

use crate::analyze::Analysis;
use crate::step_files::StepFiles;
use crate::view::{BaseView, ImageView, InputKind, StepTiming, StepView, Totals};
use crate::{image, key, stages};

/// The steps of the build in its order, then those of stages that it does not need.
pub(crate) fn view(analysis: &Analysis<'_>) -> Vec<StepView> {
    let mut steps: Vec<StepView> = analysis
        .build
        .steps
        .iter()
        .enumerate()
        .filter_map(|(index, result)| {
            let stage = analysis.plan.stages.get(result.stage)?;
            let downloads = downloads(analysis.build, index, result);
            Some(executed(analysis, stage, stage.steps.get(result.number)?, result, downloads))
        })
        .collect();
    if analysis.plan.error.is_none() {
        for stage in analysis.plan.stages.iter().filter(|stage| !stage.needed) {
            steps.extend(not_needed(analysis, stage));
        }
    }
    number_repeats(&mut steps);
    steps
}

fn executed(
    analysis: &Analysis<'_>,
    stage: &Stage,
    step: &Step,
    result: &StepResult,
    downloads: Vec<Note>,
) -> StepView {
    let range = analysis.file.instructions.get(step.instruction).map(|i| i.range).unwrap_or_default();
    let record = result.record.as_deref();
    let is_copy = matches!(step.operation, Operation::Copy(_));
    StepView {
        id: format!("{} {}", stage.name.clone().unwrap_or_else(|| stage.index.to_string()), step.written),
        stage: stage.index,
        name: if result.unnumbered { step.text.clone() } else { step.name.clone() },
        text: step.text.clone(),
        range,
        line: analysis.lines.line(range.start) + 1,
        state: result.state,
        marked: result.marked,
        reason: result.reason.clone(),
        // a merged layer is the linked copy's: its bytes are counted there
        bytes: record
            .filter(|_| result.state != StepState::Failed && step.operation != Operation::Merge)
            .map_or(0, |record| record.bytes(analysis.store)),
        bytes_basis: base(analysis, stage, step).or(record.map(Record::bytes_basis)).unwrap_or_default(),
        ms: result.ms,
        start_ms: result.start_ms,
        timing: StepTiming {
            basis: if result.ms == 0 {
                Basis::Exact
            } else {
                let downloaded = if downloads.is_empty() { Basis::Exact } else { Basis::Estimated };
                record.map_or(Basis::Estimated, |record| record.ms_basis.max(downloaded))
            },
            built_ms: record.map_or(result.ms, |record| record.ms),
            uncached_start_ms: result.uncached_start_ms,
            critical: false,
        },
        evidence: match base(analysis, stage, step) {
            Some(_) => vec![Evidence::BaseImage],
            None => record.map(|record| record.evidence.iter().copied().collect()).unwrap_or_default(),
        },
        notes: record.map(|record| record.notes.clone()).into_iter().flatten().chain(downloads).collect(),
        programs: record.map(|record| record.programs).unwrap_or_default(),
        output: output(record, result),
        key: key::parts(step, result),
        inputs: result.inputs.clone(),
        reads_context: result.reads_context && (is_copy || matches!(step.operation, Operation::Run(_))),
        images: images(&step.operation),
        files: StepFiles::of(result.record.as_ref().filter(|_| result.state != StepState::Failed)),
    }
}

/// The images that an operation takes files from, each once.
fn images(operation: &Operation) -> Vec<(BaseView, InputKind)> {
    let sources: Vec<(&Source, InputKind)> = match operation {
        Operation::Copy(copy) => vec![(&copy.from, InputKind::Copy)],
        Operation::Run(run) => run.mounts.iter().map(|mount| (&mount.from, InputKind::Mount)).collect(),
        Operation::From | Operation::Merge | Operation::Workdir(_) => Vec::new(),
    };
    let mut found = Vec::new();
    for (source, kind) in sources {
        if let Source::Image(image) = source {
            let taken = (stages::image(image), kind);
            if !found.contains(&taken) {
                found.push(taken);
            }
        }
    }
    found
}

/// How sure the bytes of the base image are that a FROM takes, where they are not exact.
fn base(analysis: &Analysis<'_>, stage: &Stage, step: &Step) -> Option<Basis> {
    let (Operation::From, Base::Image(base)) = (&step.operation, &stage.base) else { return None };
    let facts = base.image.as_ref()?;
    Some(image::base_basis(facts, base.stand_in, analysis.store)).filter(|basis| *basis != Basis::Exact)
}

/// The downloads of unknown size that the step stands for, or that it waits for where no FROM stands for them.
fn downloads(build: &Build, index: usize, result: &StepResult) -> Vec<Note> {
    let own = build.pulls.iter().filter(|pull| pull.step == Some(index));
    let awaited = result.pulls.iter().filter_map(|pull| build.pulls.get(*pull)).filter(|pull| pull.step.is_none());
    own.chain(awaited)
        .filter(|pull| pull.derived)
        .map(|pull| Note::DerivedDownload { image: pull.image.clone(), bytes: pull.bytes })
        .collect()
}

/// What the step prints in this build: a cached one prints nothing.
fn output(record: Option<&Record>, result: &StepResult) -> Vec<String> {
    match result.state {
        StepState::Ran | StepState::Failed => {
            record.map(|record| record.output.iter().map(|line| line.text.clone()).collect()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The steps of a stage that the target does not need, from the text alone.
fn not_needed(analysis: &Analysis<'_>, stage: &Stage) -> Vec<StepView> {
    let instructions = analysis.file.instructions.get(stage.instructions.clone()).unwrap_or_default();
    let makes_step =
        |body: &Body| matches!(body, Body::From(_) | Body::Run(_) | Body::Copy(_) | Body::Add(_) | Body::Workdir(_));
    let made: Vec<_> = instructions.iter().filter(|instruction| makes_step(&instruction.body)).collect();
    made.iter()
        .enumerate()
        .map(|(number, instruction)| StepView {
            id: format!("{} {}", stage.name.clone().unwrap_or_else(|| stage.index.to_string()), instruction.original),
            stage: stage.index,
            name: format!("[{} {}/{}] {}", stage.label, number + 1, made.len(), instruction.original),
            text: instruction.original.clone(),
            range: instruction.range,
            line: analysis.lines.line(instruction.range.start) + 1,
            state: StepState::NotNeeded,
            marked: false,
            reason: Some(Reason::StageNotNeeded),
            bytes: 0,
            bytes_basis: Basis::Exact,
            ms: 0,
            start_ms: 0,
            timing: StepTiming::default(),
            evidence: Vec::new(),
            notes: Vec::new(),
            programs: Programs::default(),
            output: Vec::new(),
            key: Vec::new(),
            inputs: Vec::new(),
            reads_context: false,
            images: Vec::new(),
            files: StepFiles::default(),
        })
        .collect()
}

fn number_repeats(steps: &mut [StepView]) {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for step in steps {
        let count = seen.entry(step.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            step.id = format!("{} #{count}", step.id);
        }
    }
}

pub(crate) fn totals(analysis: &Analysis<'_>, steps: &[StepView], image: Option<&ImageView>) -> Totals {
    let is_base = |step: &&StepView| step.text.starts_with("FROM ");
    let counted: Vec<&StepView> =
        steps.iter().filter(|step| step.state != StepState::NotNeeded && !is_base(step)).collect();
    let count = |state: StepState| counted.iter().filter(|step| step.state == state).count();
    let layers = image.map(|image| image.layers.as_slice()).unwrap_or_default();
    let bytes = |of_base: bool| {
        layers
            .iter()
            .filter(|layer| layer.base.is_some() == of_base)
            .map(|layer| layer.bytes)
            .fold(0, u64::saturating_add)
    };
    Totals {
        steps: counted.len(),
        cached: count(StepState::Cached),
        ran: count(StepState::Ran) + count(StepState::Failed),
        ms: analysis.build.total_ms,
        layers: layers.len(),
        base_bytes: bytes(true),
        added_bytes: bytes(false),
        basis: image.map(|image| image.basis).unwrap_or_default(),
    }
}
