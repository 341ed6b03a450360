//! A report as JSON.

use report::{
    BaseView, Basis, ContextView, FileChange, FileDifference, HistoryView, ImageView, InputKind, Json, LayerView, Note,
    Outcome, Problem, Reason, Report, Severity, StageView, StepState, StepView, TextRange, TimeView, Totals,
    Value as Argument, VariableKind,
};
use serde_json::{Map, Value, json};

/// The whole report. Names are those of its fields, variants in kebab case.
pub fn report(report: &Report) -> Value {
    json!({
        "outcome": outcome(&report.outcome),
        "problems": list(&report.problems, problem),
        "stages": list(&report.stages, stage),
        "steps": list(&report.steps, step),
        "image": report.image.as_ref().map(image),
        "totals": totals(&report.totals),
        "time": time(&report.time),
        "log": report.log,
        "tokens": list(&report.tokens, |token| {
            json!({"kind": kebab(&format!("{:?}", token.kind)), "range": range(token.range)})
        }),
        "context": context(&report.context),
        "missing_images": report.missing_images,
    })
}

fn list<T>(items: &[T], convert: impl Fn(&T) -> Value) -> Value {
    items.iter().map(convert).collect()
}

fn range(range: TextRange) -> Value {
    json!([range.start, range.end])
}

/// `HeredocMark` → `heredoc-mark`
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn outcome(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Built => json!({"kind": "built"}),
        Outcome::Invalid { message } => json!({"kind": "invalid", "message": message}),
        Outcome::Failed { message, step } => {
            json!({"kind": "failed", "message": message, "step": step})
        }
    }
}

fn problem(problem: &Problem) -> Value {
    let severity = match problem.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let argument = |(name, value): &(&str, Argument)| {
        let value = match value {
            Argument::Text(text) => json!(text),
            Argument::Count(number) | Argument::Bytes(number) => json!(number),
        };
        ((*name).to_owned(), value)
    };
    json!({
        "code": problem.diagnostic.code,
        "severity": severity,
        "message": problem.diagnostic.docker,
        "args": problem.diagnostic.args.iter().map(argument).collect::<Map<_, _>>(),
        "range": range(problem.diagnostic.range),
        "line": problem.line,
        "url": problem.url,
    })
}

fn stage(stage: &StageView) -> Value {
    let input = |(index, kind): &(usize, InputKind)| {
        let kind = match kind {
            InputKind::From => "from",
            InputKind::Copy => "copy",
            InputKind::Mount => "mount",
        };
        json!({"stage": index, "kind": kind})
    };
    let base = match &stage.base {
        BaseView::Scratch => json!({"kind": "scratch"}),
        BaseView::Stage(index) => json!({"kind": "stage", "stage": index}),
        BaseView::Image { name, short, counted_as, system, known, bytes } => json!({
            "kind": "image", "name": name, "short": short, "counted_as": counted_as, "system": system,
            "known": known, "bytes": bytes,
        }),
    };
    json!({
        "index": stage.index,
        "name": stage.name,
        "base": base,
        "range": range(stage.range),
        "target": stage.target,
        "needed": stage.needed,
        "inputs": list(&stage.inputs, input),
        "steps": stage.steps,
    })
}

fn step(step: &StepView) -> Value {
    let state = match step.state {
        StepState::Cached => "cached",
        StepState::Ran => "ran",
        StepState::Failed => "failed",
        StepState::NotReached => "not-reached",
        StepState::NotNeeded => "not-needed",
    };
    let files = list(&step.files.iter().collect::<Vec<_>>(), |file| {
        let change = match file.change {
            FileChange::Added => "added",
            FileChange::Changed => "changed",
            FileChange::Removed => "removed",
        };
        json!({
            "path": file.path, "change": change, "kind": file.kind, "mode": octal(file.mode), "uid": file.uid,
            "gid": file.gid, "bytes": file.bytes, "link": file.link,
        })
    });
    json!({
        "id": step.id,
        "stage": step.stage,
        "name": step.name,
        "text": step.text,
        "range": range(step.range),
        "line": step.line,
        "state": state,
        "reason": step.reason.as_ref().map(reason),
        "bytes": step.bytes,
        "bytes_basis": basis(step.bytes_basis),
        "ms": step.ms,
        "start_ms": step.start_ms,
        "timing": {
            "basis": basis(step.timing.basis), "built_ms": step.timing.built_ms, "critical": step.timing.critical,
        },
        "evidence": list(&step.evidence, |evidence| json!(evidence.id())),
        "notes": list(&step.notes, note),
        "output": step.output,
        "inputs": step.inputs,
        "reads_context": step.reads_context,
        "files": files,
    })
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Exact => "exact",
        Basis::Measured => "measured",
        Basis::Stated => "stated",
        Basis::Estimated => "estimated",
        Basis::NotModelled => "not-modelled",
    }
}

fn note(note: &Note) -> Value {
    match note {
        Note::UnknownCommand { name } => json!({"kind": "unknown-command", "name": name}),
        Note::NotModelled { what } => json!({"kind": "not-modelled", "what": what}),
        Note::MoreThanStated { bytes } => json!({"kind": "more-than-stated", "bytes": bytes}),
        Note::Unchecked { what } => json!({"kind": "unchecked", "what": what}),
        Note::OutOfPlace { why } => json!({"kind": "out-of-place", "why": why}),
        Note::Compressed => json!({"kind": "compressed"}),
        Note::TypicalSize { what, bytes } => json!({"kind": "typical-size", "what": what, "bytes": bytes}),
        Note::MayBeThere { what } => json!({"kind": "may-be-there", "what": what}),
        Note::OtherRelease { release, counted_as } => {
            json!({"kind": "other-release", "release": release, "counted_as": counted_as})
        }
        Note::OtherVersion { tool, version, counted_as } => {
            json!({"kind": "other-version", "tool": tool, "version": version, "counted_as": counted_as})
        }
        Note::DerivedDownload { image, bytes } => json!({"kind": "derived-download", "image": image, "bytes": bytes}),
        Note::WritesNothing { what } => json!({"kind": "writes-nothing", "what": what}),
        Note::FactsMissing { table } => json!({"kind": "facts-missing", "table": table}),
        Note::Limit { what } => json!({"kind": "limit", "what": what}),
    }
}

fn reason(reason: &Reason) -> Value {
    let change = |kind: &str, before: Value, after: Value| json!({"kind": kind, "before": before, "after": after});
    let plain = |kind: &str| json!({"kind": kind});
    match reason {
        Reason::New => plain("new"),
        Reason::FileChanged { path, how, others, stage } => {
            let how = match how {
                FileDifference::Content => "content",
                FileDifference::Mode => "mode",
                FileDifference::Owner => "owner",
                FileDifference::Added => "added",
                FileDifference::Removed => "removed",
                FileDifference::Kind => "kind",
            };
            json!({"kind": "file-changed", "path": path, "how": how, "others": others, "stage": stage})
        }
        Reason::CommandChanged { before, after } => change("command-changed", json!(before), json!(after)),
        Reason::SourcesChanged { before, after } => change("sources-changed", json!(before), json!(after)),
        Reason::DestinationChanged { before, after } => change("destination-changed", json!(before), json!(after)),
        Reason::FlagChanged { flag, before, after } => {
            json!({"kind": "flag-changed", "flag": flag, "before": before, "after": after})
        }
        Reason::HeredocChanged => plain("heredoc-changed"),
        Reason::VariableChanged { by, name, before, after } => {
            let kind = match by {
                VariableKind::Env => "env-changed",
                VariableKind::Arg => "arg-changed",
            };
            json!({"kind": kind, "name": name, "before": before, "after": after})
        }
        Reason::VariablesReordered => plain("variables-reordered"),
        Reason::WorkdirChanged { before, after } => change("workdir-changed", json!(before), json!(after)),
        Reason::UserChanged { before, after } => change("user-changed", json!(before), json!(after)),
        Reason::ShellChanged { before, after } => change("shell-changed", json!(before), json!(after)),
        Reason::BaseChanged { before, after } => change("base-changed", json!(before), json!(after)),
        Reason::ParentRan { step } => json!({"kind": "parent-ran", "step": step}),
        Reason::ParentChanged { step } => json!({"kind": "parent-changed", "step": step}),
        Reason::NoCache => plain("no-cache"),
        Reason::FailedBefore => plain("failed-before"),
        Reason::StageNotNeeded => plain("stage-not-needed"),
    }
}

fn image(image: &ImageView) -> Value {
    json!({
        "bytes": image.bytes,
        "basis": basis(image.basis),
        "history": list(&image.history, history),
        "config": config(image),
        "layers": list(&image.layers, layer),
    })
}

fn history(row: &HistoryView) -> Value {
    json!({
        "created_by": row.created_by, "bytes": row.bytes, "empty": row.empty, "step": row.step,
        "range": range(row.range),
    })
}

/// The fields of an image's config, by name.
pub fn config(image: &ImageView) -> Value {
    Value::Object(image.config.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
}

fn plain(value: &Json) -> Value {
    match value {
        Json::Null => Value::Null,
        Json::Bool(value) => json!(value),
        Json::Number(value) => json!(value),
        Json::String(value) => json!(value),
        Json::Array(values) => list(values, plain),
        Json::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
    }
}

fn layer(layer: &LayerView) -> Value {
    json!({
        "step": layer.step,
        "base": layer.base,
        "created_by": layer.created_by,
        "bytes": layer.bytes,
        "basis": basis(layer.basis),
        "entries": entries(layer),
    })
}

/// A layer's entries as recorded cases have them: `size` of files and `link` of links only.
pub fn entries(layer: &LayerView) -> Value {
    list(&layer.entries, |entry| {
        let mut value = json!({
            "path": entry.path, "kind": entry.kind, "mode": octal(entry.mode), "uid": entry.uid, "gid": entry.gid,
        });
        if let Value::Object(fields) = &mut value {
            if let Some(size) = entry.size {
                fields.insert("size".to_owned(), json!(size));
            }
            if let Some(link) = &entry.link {
                fields.insert("link".to_owned(), json!(link));
            }
        }
        value
    })
}

fn octal(mode: u32) -> String {
    format!("{mode:o}")
}

fn totals(totals: &Totals) -> Value {
    json!({
        "steps": totals.steps,
        "cached": totals.cached,
        "ran": totals.ran,
        "ms": totals.ms,
        "layers": totals.layers,
        "base_bytes": totals.base_bytes,
        "added_bytes": totals.added_bytes,
        "basis": basis(totals.basis),
    })
}

fn time(time: &TimeView) -> Value {
    json!({
        "basis": basis(time.basis),
        "saved_ms": time.saved_ms,
        "saved_step_ms": time.saved_step_ms,
        "critical_path": list(&time.critical_path, |part| json!({"id": part.id, "step": part.step, "ms": part.ms})),
        "transfer": time.transfer.map(|transfer| json!({
            "files": transfer.files, "file_bytes": transfer.file_bytes, "bytes": transfer.bytes, "ms": transfer.ms,
        })),
        "pulls": list(&time.pulls, |pull| json!({
            "image": pull.image, "bytes": pull.bytes, "ms": pull.ms, "start_ms": pull.start_ms,
        })),
    })
}

fn context(context: &ContextView) -> Value {
    let files = list(&context.files, |file| {
        json!({
            "path": &*file.path, "kind": file.kind, "mode": octal(file.mode), "bytes": file.bytes,
            "ignored_by": file.ignored_by,
        })
    });
    json!({"files": files, "bytes": context.bytes, "all_bytes": context.all_bytes})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_report_has_every_field() {
        let value = report(&Report::default());
        let fields = value.as_object().unwrap();
        assert_eq!(fields.len(), 11);
        assert_eq!(fields["outcome"], json!({"kind": "built"}));
    }

    #[test]
    fn variants_are_in_kebab_case() {
        assert_eq!(kebab("HeredocMark"), "heredoc-mark");
    }
}
