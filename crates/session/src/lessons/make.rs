//! A lesson made of a project: its files as the start, and goals that hold now, for an author to go on with.

use std::collections::BTreeMap;

use filesystem::{ContextKind, Edit};
use lesson::{Aim, Block, Goal, Happening, Inline, Lesson, Pack, Prose, Situation, StepProse, check};
use serde_json::{Value, json};

use super::walk::trial;
use crate::State;
use crate::timeline::given;

/// The id of the one step.
const STEP: &str = "change";

/// A goal that holds for the project as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Names it in the lesson.
    pub id: &'static str,
    /// What it asks for.
    pub aim: Aim,
    written: Value,
}

/// The goals that hold now: limits a little above what the build has.
#[must_use]
pub fn offers(state: &State) -> Vec<Offer> {
    let report = &state.shown;
    let source = suggest::everyday(&given(state)).source.into_iter().find_map(|edit| match edit {
        Edit::Write { path, .. } => Some(path),
        _ => None,
    });
    let project = trial(state);
    let lesson = Lesson::default();
    let situation = Situation { lesson: &lesson, project: &project, report, builds: 0 };
    let mut written = vec![("builds", json!({ "kind": "builds" }))];
    if let Some(image) = &report.image {
        let limit = format!("{}MB", image.bytes.div_ceil(5_000_000).saturating_mul(5).max(5));
        written.push(("small", json!({ "kind": "image-size", "at-most": limit })));
        let layers =
            report.totals.layers.saturating_sub(image.layers.iter().filter(|layer| layer.base.is_some()).count());
        written.push(("layers", json!({ "kind": "layers", "at-most": layers })));
    }
    if let Some(path) = source {
        let after = json!([{ "append": { "path": path, "text": "\n" } }]);
        let happening = Happening::Append { path, text: "\n".to_owned() };
        let limit = format!("{}s", situation.after(&[happening]).totals.ms.div_ceil(1_000).max(1));
        written.push(("fast-rebuild", json!({ "kind": "rebuild-time", "after": after, "at-most": limit })));
    }
    written.push(("not-root", json!({ "kind": "user" })));
    written.push(("no-secrets", json!({ "kind": "no-secrets" })));
    written.push(("no-problem", json!({ "kind": "problem-absent" })));
    let offers = written.into_iter().filter_map(|(id, written)| {
        let goal: Goal = serde_json::from_value(written.clone()).ok()?;
        check(&goal, &situation).met.then(|| Offer { id, aim: goal.aim(), written })
    });
    offers.collect()
}

/// The pack of a lesson of one step: the project's files are its start, the chosen goals what it asks for, and its texts are
/// there to be written. Files that are no text are known by their size.
#[must_use]
pub fn made_lesson(state: &State, title: &str, goals: &[Offer]) -> String {
    let mut files = BTreeMap::new();
    let mut sized = Vec::new();
    for (path, entry) in state.project.context.entries() {
        let ContextKind::File(content) = &entry.kind else { continue };
        match state.project.context.text(path) {
            Some(text) => {
                files.insert(format!("start/{path}"), text);
            }
            None => sized.push(json!({ "path": path, "bytes": content.size().to_string() })),
        }
    }
    let goals = goals.iter().map(|offer| {
        let mut goal = offer.written.clone();
        if let Some(table) = goal.as_object_mut() {
            table.insert("id".to_owned(), json!(offer.id));
        }
        goal
    });
    let goals: Vec<Value> = goals.collect();
    let mut head = json!({ "format": 1, "id": id_of(title), "minutes": 5, "step": [{ "id": STEP, "goal": goals }] });
    if let (Some(table), false) = (head.as_object_mut(), sized.is_empty()) {
        table.insert("file".to_owned(), Value::Array(sized));
    }
    let paragraph = |text: &str| vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])];
    let step = StepProse {
        title: "What to change".to_owned(),
        text: paragraph("Say what the learner finds here, and what is to be changed."),
        done: paragraph("Say the rule, in one or two sentences."),
        ..StepProse::default()
    };
    let prose = Prose {
        title: title.to_owned(),
        summary: "Say in a sentence or two what the lesson is about.".to_owned(),
        steps: BTreeMap::from([(STEP.to_owned(), step)]),
    };
    let pack = Pack {
        format: Pack::FORMAT.to_owned(),
        version: Pack::VERSION,
        lesson: head,
        prose: BTreeMap::from([("en".to_owned(), prose)]),
        files,
    };
    // A value of strings, numbers and maps with string keys can always be written.
    pack.write().unwrap_or_default()
}

/// A name made of a title: small letters, digits and hyphens.
#[must_use]
pub fn id_of(title: &str) -> String {
    let mut id = String::new();
    for c in title.chars().take(60) {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.ends_with('-') && !id.is_empty() {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { "my-lesson".to_owned() } else { id.to_owned() }
}
