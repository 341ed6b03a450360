//! The texts of a lesson against each other, against its solution, and against the Dockerfile language.

use std::collections::BTreeSet;

use lesson::{Block, Inline, Lesson, Prose, StepProse};
use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Options, Outcome, Profile, analyze,
};

use super::markdown::plain;

/// Shorter lines of a solution give nothing away: `USER node` is a word of the language more than an answer.
const TELLING: usize = 14;

/// Everything that is wrong with the texts.
pub fn check(lesson: &Lesson) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut languages = lesson.prose.iter();
    if let Some((first, prose)) = languages.next() {
        for (other, translated) in languages {
            compare(first, prose, other, translated, &mut wrong);
        }
    }
    for (language, prose) in &lesson.prose {
        for (id, step) in &prose.steps {
            let place = format!("{language}.md, `## {id}`");
            for text in fences(step) {
                if let Some(message) = unreadable(text) {
                    wrong.push(format!("{place}: a Dockerfile in it does not parse: {message}"));
                }
            }
            for (hint, blocks) in &step.hints {
                if let Some(line) = given_away(lesson, id, &plain(blocks)) {
                    wrong.push(format!("{place}, hint {hint}: it contains the solution's line `{line}`"));
                }
            }
        }
    }
    wrong
}

/// The links to other lessons.
pub fn links(prose: &Prose) -> Vec<String> {
    let mut links = Vec::new();
    for step in prose.steps.values() {
        lesson::each_inline(step, &mut |piece| {
            if let Inline::Link { to, .. } = piece
                && let Some(id) = to.strip_prefix("#/lesson/")
            {
                links.push(id.split('/').next().unwrap_or_default().to_owned());
            }
        });
    }
    links
}

/// Two languages have the same live pieces in each step.
fn compare(first: &str, prose: &Prose, other: &str, translated: &Prose, wrong: &mut Vec<String>) {
    for (id, step) in &prose.steps {
        let Some(twin) = translated.steps.get(id) else { continue };
        let (a, b) = (values(step), values(twin));
        if a != b {
            wrong.push(format!("`## {id}`: figures in {first}.md are {a:?}, in {other}.md {b:?}"));
        }
        let (a, b) = (live(step), live(twin));
        if a != b {
            wrong.push(format!("`## {id}`: live pieces in {first}.md are {a:?}, in {other}.md {b:?}"));
        }
        let parts = |step: &StepProse| (step.done.is_empty(), step.notes.is_empty());
        if parts(step) != parts(twin) {
            wrong.push(format!("`## {id}`: `### done` or `### notes` is in one language only"));
        }
    }
}

fn values(step: &StepProse) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    lesson::each_inline(step, &mut |piece| {
        if let Inline::Value(name) = piece {
            values.insert(name.clone());
        }
    });
    values
}

/// The Dockerfiles that can be tried, and the figures, in order.
fn live(step: &StepProse) -> Vec<String> {
    let mut live = Vec::new();
    walk(&step.text, &mut |block| match block {
        Block::Try(text) => live.push(text.clone()),
        Block::Figure(figure) => live.push(format!("{figure:?}")),
        _ => {}
    });
    live
}

/// The Dockerfiles in a step's texts that are whole ones.
fn fences(step: &StepProse) -> Vec<&str> {
    let mut fences = Vec::new();
    let hints = step.hints.values();
    for blocks in [&step.text, &step.done, &step.predict, &step.quiz].into_iter().chain(hints) {
        walk(blocks, &mut |block| match block {
            Block::Try(text) => fences.push(text.as_str()),
            Block::Code { language, text } if language == "dockerfile" && text.trim_start().starts_with("FROM") => {
                fences.push(text.as_str());
            }
            _ => {}
        });
    }
    fences
}

fn walk<'a>(blocks: &'a [Block], f: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        f(block);
        match block {
            Block::Quote(inner) => walk(inner, f),
            Block::List { items, .. } => items.iter().for_each(|item| walk(item, f)),
            _ => {}
        }
    }
}

/// Why a Dockerfile is none.
fn unreadable(text: &str) -> Option<String> {
    let mut context = Context::default();
    let entry = ContextEntry { kind: ContextKind::File(Content::text(text)), mode: 0o644, mtime: 0 };
    context.insert("Dockerfile", entry).ok()?;
    let (report, _) = analyze(&Inputs {
        context: &context,
        options: &Options::default(),
        catalog: &Catalog::default(),
        profile: &Profile::default(),
        cache: &CacheStore::default(),
    });
    match report.outcome {
        Outcome::Invalid { message } => Some(message),
        Outcome::Built | Outcome::Failed { .. } => None,
    }
}

/// A line of a step's solution that a text contains, and that was not there at the beginning.
fn given_away(lesson: &Lesson, step: &str, text: &str) -> Option<String> {
    let prefix = format!("solution/{step}/");
    let known: BTreeSet<&str> = lesson
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("start/") || path.starts_with("open/"))
        .flat_map(|(_, text)| text.lines().map(str::trim))
        .collect();
    let solution = lesson.files.iter().filter(|(path, _)| path.starts_with(&prefix));
    let lines = solution.flat_map(|(_, text)| text.lines().map(str::trim));
    let mut telling = lines.filter(|line| line.len() >= TELLING && !line.starts_with('#') && !known.contains(line));
    telling.find(|line| text.contains(*line)).map(str::to_owned)
}
