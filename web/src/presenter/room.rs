//! What the speaker's window shows of the room.

use lesson::{Block, Inline};
use report::{Report, StepState};
use session::State;

use super::messages::Fields;
use super::{Arrangement, Presenter, item_title, minutes_until};
use crate::panes::texts;
use crate::text::{Locale, figure, reason};

/// How deep text is read.
const DEEPEST: usize = 8;

/// What is to be said now, what comes next, and how the room has answered.
#[must_use]
pub fn room(locale: &Locale, state: &State, report: &Report, presenter: &Presenter) -> Fields {
    let mut fields = Fields::new();
    let mut put = |name: &str, text: String| drop(fields.insert(name.to_owned(), text));
    put("on", if presenter.on { "1" } else { "" }.to_owned());
    match lesson_step(locale, state, report, presenter) {
        Some((place, title, notes, next)) => {
            put("place", place);
            put("title", title);
            put("notes", notes);
            put("next", next);
        }
        None => {
            put("place", place(locale, presenter));
            put("title", now(report, presenter).map(|step| step_text(report, step)).unwrap_or_default());
            put("notes", now(report, presenter).map(|step| answer(locale, report, step)).unwrap_or_default());
            put("next", next(locale, report, presenter));
        }
    }
    if let Some((workshop, item)) = presenter.workshop.as_ref().and_then(|w| Some((w, w.items.get(presenter.item)?))) {
        let (number, count) = (presenter.item + 1, workshop.items.len());
        let title = item_title(item, state, locale.tag());
        let args = [("number", number.into()), ("count", count.into()), ("title", title.into())];
        put("item", locale.f("speaker-item", &args).to_string());
        put("said", item.notes.replace('\n', "\n\n"));
        put("minutes", minutes_until(workshop, presenter.item).to_string());
        let after = workshop.items.get(number).map(|item| item_title(item, state, locale.tag()));
        put("after", after.unwrap_or_else(|| locale.t("speaker-workshop-ends").to_string()));
    }
    if let Some(step) = presenter.question() {
        let tally = presenter.tally.get(&step).copied().unwrap_or_default();
        put("question", step_text(report, step));
        put("answer", answer(locale, report, step));
        put("asking", if presenter.asking { "1" } else { "" }.to_owned());
        put("hit", tally.hit.to_string());
        put("miss", tally.miss.to_string());
    }
    fields
}

/// Of a lesson that is in sight: which step, its title, what the instructor says, and the next step.
fn lesson_step(
    locale: &Locale,
    state: &State,
    report: &Report,
    presenter: &Presenter,
) -> Option<(String, String, String, String)> {
    let study = state.study.as_ref().filter(|_| presenter.arrangement == Arrangement::Lesson)?;
    let (texts, steps) = (texts(locale, study)?, &study.lesson.as_ref()?.steps);
    let here = texts.steps.get(&study.current()?.id)?;
    let number =
        locale.f("present-step", &[("number", (study.step + 1).into()), ("count", steps.len().into())]).to_string();
    let notes = if here.notes.is_empty() { &here.text } else { &here.notes };
    let next = steps.get(study.step + 1).and_then(|step| Some(texts.steps.get(&step.id)?.title.clone()));
    let next = next.unwrap_or_else(|| locale.t("speaker-lesson-ends").to_string());
    Some((format!("{} · {number}", texts.title), here.title.clone(), plain(locale, report, notes), next))
}

fn place(locale: &Locale, presenter: &Presenter) -> String {
    let count = presenter.stops.len();
    match presenter.at {
        None => locale.t("present-whole"),
        Some(0) => locale.t("present-before"),
        Some(at) => locale.f("present-step", &[("number", at.into()), ("count", count.into())]),
    }
    .to_string()
}

/// The step that was shown last.
fn now(report: &Report, presenter: &Presenter) -> Option<usize> {
    let last = presenter.stops.get(presenter.at?.checked_sub(1)?).copied();
    last.filter(|step| *step < report.steps.len())
}

fn next(locale: &Locale, report: &Report, presenter: &Presenter) -> String {
    let Some(at) = presenter.at else { return locale.t("speaker-from-start").to_string() };
    match presenter.stops.get(at) {
        Some(step) => format!("{}\n{}", step_text(report, *step), answer(locale, report, *step)),
        None => locale.t("present-whole").to_string(),
    }
}

fn step_text(report: &Report, step: usize) -> String {
    report.steps.get(step).map(|step| step.text.clone()).unwrap_or_default()
}

/// What happens to a step, and why.
fn answer(locale: &Locale, report: &Report, step: usize) -> String {
    let Some(step) = report.steps.get(step) else { return String::new() };
    match &step.reason {
        _ if step.state == StepState::Cached => locale.t("lesson-was-hit").to_string(),
        Some(why) => {
            locale.f("lesson-was-miss-because", &[("why", reason(locale, why, &report.steps).into())]).to_string()
        }
        None => locale.t("lesson-was-miss").to_string(),
    }
}

/// A text without its form: paragraphs with an empty line between them.
fn plain(locale: &Locale, report: &Report, blocks: &[Block]) -> String {
    let mut out = Vec::new();
    let reader = Reader { locale, report };
    reader.blocks(blocks, 0, &mut out);
    out.join("\n\n")
}

struct Reader<'a> {
    locale: &'a Locale,
    report: &'a Report,
}

impl Reader<'_> {
    fn blocks(&self, blocks: &[Block], depth: usize, out: &mut Vec<String>) {
        if depth > DEEPEST {
            return;
        }
        for block in blocks {
            match block {
                Block::Paragraph(line) => out.push(self.line(line, 0)),
                Block::List { items, .. } => {
                    for item in items {
                        let mut lines = Vec::new();
                        self.blocks(item, depth + 1, &mut lines);
                        out.push(format!("• {}", lines.join(" ")));
                    }
                }
                Block::Quote(inner) => self.blocks(inner, depth + 1, out),
                Block::Table { head, rows } => {
                    for row in [head].into_iter().chain(rows) {
                        let cells: Vec<String> = row.iter().map(|cell| self.line(cell, 0)).collect();
                        out.push(cells.join(" | "));
                    }
                }
                Block::Code { text, .. } | Block::Try(text) => out.push(text.trim_end().to_owned()),
                Block::Figure(_) => {}
            }
        }
    }

    fn line(&self, pieces: &[Inline], depth: usize) -> String {
        let piece = |piece: &Inline| match piece {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } if depth < DEEPEST => {
                self.line(inner, depth + 1)
            }
            Inline::Strong(_) | Inline::Emphasis(_) | Inline::Link { .. } => String::new(),
            Inline::Value(name) => {
                lesson::value(self.report, name).map(|value| figure(self.locale, &value)).unwrap_or_default()
            }
        };
        pieces.iter().map(piece).collect()
    }
}
