//! From a pack's text to a lesson.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::prose::{Inline, Prose, StepProse, each_inline};
use crate::situation::VALUES;
use crate::{Bytes, Goal, Happening, Hint, Lesson, LessonGoal, PACK_LIMIT, Pack, PackError, Step};

/// What a list of a lesson may hold.
const LIST_LIMIT: usize = 50;
/// How deep JSON may be nested: lists in lists, goals in goals. serde refuses more than 128.
const FILES_LIMIT: usize = 400;

/// `lesson.toml` without its steps.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    #[serde(rename = "format")]
    _format: u64,
    id: String,
    #[serde(default)]
    track: u32,
    minutes: u32,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    challenge: bool,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    file: Vec<Sized>,
    step: Vec<Value>,
}

/// A file of the start that is known by its size.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sized {
    path: String,
    bytes: Bytes,
}

/// A step as it is written: goals and hints are read one by one, so that what is wrong has a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    id: String,
    #[serde(default)]
    open: Option<String>,
    #[serde(default)]
    play: Vec<Happening>,
    #[serde(default)]
    goal: Vec<Map<String, Value>>,
    #[serde(default)]
    hint: Vec<RawHint>,
    #[serde(default)]
    wrong: Vec<crate::Wrong>,
    #[serde(default)]
    predict: Option<crate::Predict>,
    #[serde(default)]
    quiz: Option<crate::Quiz>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHint {
    id: String,
    goal: String,
    #[serde(default)]
    when: Option<Value>,
}

/// Reads a pack.
///
/// # Errors
/// What is wrong with it, and where.
pub fn read(text: &str) -> Result<Lesson, PackError> {
    if text.len() > PACK_LIMIT {
        return Err(PackError::TooLarge);
    }
    let value: Value = serde_json::from_str(text).map_err(|_| PackError::Foreign)?;
    if value.get("format").and_then(Value::as_str) != Some(Pack::FORMAT) {
        return Err(PackError::Foreign);
    }
    match value.get("version").and_then(Value::as_u64) {
        Some(Pack::VERSION) => {}
        Some(version) => return Err(PackError::Newer(version)),
        None => return Err(PackError::Foreign),
    }
    let pack: Pack = part(value, "")?;
    let head: Head = part(pack.lesson, "lesson.toml")?;
    name(&head.id, "lesson.toml, id")?;
    limit(head.step.len(), 1, "lesson.toml, step")?;
    if pack.files.len() > FILES_LIMIT {
        return Err(damaged("files", &format!("more than {FILES_LIMIT}")));
    }
    let steps = head.step.into_iter().enumerate().map(|(number, step)| read_step(step, number + 1));
    let lesson = Lesson {
        id: head.id,
        track: head.track,
        minutes: head.minutes,
        requires: head.requires,
        challenge: head.challenge,
        evidence: head.evidence,
        steps: steps.collect::<Result<_, _>>()?,
        sized: head.file.into_iter().map(|file| (file.path, file.bytes)).collect(),
        files: pack.files,
        prose: pack.prose,
    };
    names_are_known(&lesson)?;
    for (language, prose) in &lesson.prose {
        prose_fits(&lesson, language, prose)?;
    }
    if lesson.prose.is_empty() {
        return Err(damaged("prose", "there is none: a lesson needs en.md or ja.md"));
    }
    Ok(lesson)
}

fn read_step(value: Value, number: usize) -> Result<Step, PackError> {
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    let place = id.map_or_else(|| format!("step {number}"), |id| format!("step \"{id}\""));
    let raw: RawStep = part(value, &place)?;
    name(&raw.id, &format!("{place}, id"))?;
    for count in [raw.goal.len(), raw.hint.len(), raw.wrong.len(), raw.play.len()] {
        limit(count, 0, &place)?;
    }
    let goals = raw.goal.into_iter().enumerate().map(|(number, mut table)| {
        let id = table.remove("id").and_then(|id| id.as_str().map(str::to_owned));
        let id = id.ok_or_else(|| damaged(&format!("{place}, goal {}", number + 1), "has no id"))?;
        let place = format!("{place}, goal \"{id}\"");
        name(&id, &place)?;
        let kept = table.remove("kept").map(|kept| part(kept, &format!("{place}, kept"))).transpose()?;
        let goal: Goal = part(Value::Object(table), &place)?;
        if goal.is_turned_round() {
            return Err(damaged(
                &place,
                "`not` is for the `when` of hints: choose the goal that says what has to be true",
            ));
        }
        Ok(LessonGoal { id, goal, kept: kept.unwrap_or_default() })
    });
    let goals: Vec<LessonGoal> = goals.collect::<Result<_, _>>()?;
    let hints = raw.hint.into_iter().map(|hint| {
        let place = format!("{place}, hint \"{}\"", hint.id);
        name(&hint.id, &place)?;
        let when = hint.when.map(|when| part(when, &format!("{place}, when"))).transpose()?;
        Ok(Hint { id: hint.id, goal: hint.goal, when })
    });
    Ok(Step {
        hints: hints.collect::<Result<_, _>>()?,
        id: raw.id,
        open: raw.open,
        play: raw.play,
        goals,
        wrong: raw.wrong,
        predict: raw.predict,
        quiz: raw.quiz,
    })
}

/// What refers to something by name has it; names are there once.
fn names_are_known(lesson: &Lesson) -> Result<(), PackError> {
    once(lesson.steps.iter().map(|step| step.id.as_str()), "step")?;
    let folder = |name: &str| lesson.files.keys().any(|path| path.starts_with(name));
    for step in &lesson.steps {
        let place = format!("step \"{}\"", step.id);
        once(step.goals.iter().map(|goal| goal.id.as_str()), &format!("{place}, goal"))?;
        once(step.hints.iter().map(|hint| hint.id.as_str()), &format!("{place}, hint"))?;
        let goal = |id: &str| step.goals.iter().any(|goal| goal.id == id);
        if let Some(hint) = step.hints.iter().find(|hint| !goal(&hint.goal)) {
            return Err(damaged(
                &format!("{place}, hint \"{}\"", hint.id),
                &format!("there is no goal \"{}\"", hint.goal),
            ));
        }
        for wrong in &step.wrong {
            let place = format!("{place}, wrong \"{}\"", wrong.name);
            if !goal(&wrong.goal) {
                return Err(damaged(&place, &format!("there is no goal \"{}\"", wrong.goal)));
            }
            if let Some(hint) = wrong.hint.as_ref().filter(|id| !step.hints.iter().any(|hint| hint.id == **id)) {
                return Err(damaged(&place, &format!("there is no hint \"{hint}\"")));
            }
        }
        if let Some(open) = step.open.as_ref().filter(|open| !folder(&format!("open/{open}/"))) {
            return Err(damaged(&place, &format!("there is no folder open/{open}")));
        }
        if let Some(name) = overlays(step).find(|name| !folder(&format!("edits/{name}/"))) {
            return Err(damaged(&place, &format!("there is no folder edits/{name}")));
        }
        if let Some(quiz) = &step.quiz {
            once(quiz.options.iter().map(String::as_str), &format!("{place}, quiz"))?;
            if !quiz.options.contains(&quiz.answer) {
                return Err(damaged(&format!("{place}, quiz"), &format!("there is no option \"{}\"", quiz.answer)));
            }
        }
        if step.goals.is_empty() && step.predict.is_none() && step.quiz.is_none() {
            return Err(damaged(&place, "asks for nothing: give it a goal, a prediction or a quiz"));
        }
    }
    Ok(())
}

/// The folders of edits that a step names.
fn overlays(step: &Step) -> impl Iterator<Item = &str> {
    let goals = step.goals.iter().flat_map(|goal| match &goal.goal {
        Goal::StepCached(goal) => goal.after.as_slice(),
        Goal::StepRuns(goal) => goal.after.as_slice(),
        Goal::RebuildTime(goal) => goal.after.as_slice(),
        _ => &[],
    });
    let predicted = step.predict.iter().flat_map(|predict| &predict.after);
    let all = step.play.iter().chain(goals).chain(predicted);
    all.filter_map(|happening| match happening {
        Happening::Overlay(name) => Some(name.as_str()),
        _ => None,
    })
}

/// A language's texts are those of the lesson's steps, hints and options, and name figures that there are.
fn prose_fits(lesson: &Lesson, language: &str, prose: &Prose) -> Result<(), PackError> {
    let place = format!("{language}.md");
    if prose.title.trim().is_empty() || prose.summary.trim().is_empty() {
        return Err(damaged(
            &place,
            "needs a title (`# …`) and below it a paragraph that says what the lesson is about",
        ));
    }
    let known = |id: &str| lesson.steps.iter().any(|step| step.id == id);
    if let Some(id) = prose.steps.keys().find(|id| !known(id)) {
        return Err(damaged(&place, &format!("`## {id}`: the lesson has no such step")));
    }
    for step in &lesson.steps {
        let place = format!("{place}, `## {}`", step.id);
        let text = prose.steps.get(&step.id).ok_or_else(|| damaged(&place, "is missing"))?;
        if text.title.trim().is_empty() || text.text.is_empty() {
            return Err(damaged(&place, "needs a title (`## id: title`) and a text"));
        }
        same(step.hints.iter().map(|hint| hint.id.as_str()), text.hints.keys(), &place, "### hint")?;
        let options = step.quiz.iter().flat_map(|quiz| quiz.options.iter().map(String::as_str));
        same(options, text.options.keys(), &place, "####")?;
        if step.quiz.is_some() == text.quiz.is_empty() {
            return Err(damaged(&place, "`### quiz` and the step's quiz have to be there together"));
        }
        if step.predict.is_some() == text.predict.is_empty() {
            return Err(damaged(&place, "`### predict` and the step's prediction have to be there together"));
        }
        pieces_are_known(text, &place)?;
    }
    Ok(())
}

fn pieces_are_known(text: &StepProse, place: &str) -> Result<(), PackError> {
    let mut bad = None;
    let mut look = |piece: &Inline| match piece {
        Inline::Value(name) if !VALUES.contains(&name.as_str()) => {
            bad.get_or_insert_with(|| format!("there is no figure {{{name}}}: there are {}", VALUES.join(", ")));
        }
        Inline::Link { to, .. } if !(to.starts_with("https://") || to.starts_with("#/")) => {
            bad.get_or_insert_with(|| format!("{to}: a link begins with https:// or #/lesson/"));
        }
        _ => {}
    };
    each_inline(text, &mut look);
    bad.map_or(Ok(()), |why| Err(damaged(place, &why)))
}

fn same<'a>(
    wanted: impl Iterator<Item = &'a str>,
    found: impl Iterator<Item = &'a String>,
    place: &str,
    heading: &str,
) -> Result<(), PackError> {
    let wanted: BTreeMap<&str, ()> = wanted.map(|id| (id, ())).collect();
    let found: BTreeMap<&str, ()> = found.map(|id| (id.as_str(), ())).collect();
    if let Some(id) = wanted.keys().find(|id| !found.contains_key(*id)) {
        return Err(damaged(place, &format!("`{heading} {id}` is missing")));
    }
    if let Some(id) = found.keys().find(|id| !wanted.contains_key(*id)) {
        return Err(damaged(place, &format!("`{heading} {id}`: lesson.toml has none of that name")));
    }
    Ok(())
}

fn once<'a>(names: impl Iterator<Item = &'a str>, place: &str) -> Result<(), PackError> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(damaged(place, &format!("\"{name}\" is there twice")));
        }
    }
    Ok(())
}

/// A name is made of small letters, digits and hyphens: it stands in addresses and in the names of folders.
fn name(name: &str, place: &str) -> Result<(), PackError> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 60 || !name.chars().all(good) {
        return Err(damaged(place, &format!("\"{name}\" is no name: use small letters, digits and hyphens")));
    }
    Ok(())
}

fn limit(count: usize, least: usize, place: &str) -> Result<(), PackError> {
    if count < least || count > LIST_LIMIT {
        return Err(damaged(place, &format!("has {count}: at least {least} and at most {LIST_LIMIT}")));
    }
    Ok(())
}

fn part<T: DeserializeOwned>(value: Value, place: &str) -> Result<T, PackError> {
    serde_json::from_value(value).map_err(|error| damaged(place, &error.to_string()))
}

fn damaged(place: &str, why: &str) -> PackError {
    PackError::Damaged { place: place.to_owned(), why: why.to_owned() }
}
