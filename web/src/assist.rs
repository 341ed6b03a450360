//! What the editor offers at a place of the Dockerfile, and what it says of one, as values that it can draw.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use report::{Completion, CompletionKind, Fact, Report, Surroundings, TextRange, complete, hover};
use session::State;
use wasm_bindgen::JsValue;

use crate::code_editor::object;
use crate::editing::Places;
use crate::text::{Locale, about, bytes, note_of, note_of_problem};

/// The longest value of a variable that is shown beside its name, in characters.
const LONGEST_VALUE: usize = 40;
/// In texts longer than this nothing is offered while one types, but when it is asked for.
const LONGEST_TEXT: usize = 20_000;

/// The state as it is when something is asked; the same one for good, so that nothing is drawn again for it.
#[derive(Clone, Default)]
pub struct Assist(Rc<RefCell<Option<Rc<State>>>>);

impl PartialEq for Assist {
    fn eq(&self, other: &Assist) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Assist {
    /// Remembers the state.
    pub fn set(&self, state: Rc<State>) {
        *self.0.borrow_mut() = Some(state);
    }

    /// The project that the state has, to try rewrites of.
    pub fn given(&self) -> Option<session::suggest::Given> {
        self.0.borrow().as_deref().map(session::given)
    }

    /// The state.
    pub fn state(&self) -> Option<Rc<State>> {
        self.0.borrow().clone()
    }

    /// What could stand at an offset of the editor's: an array of `[label, type, detail, apply, from, info]`.
    pub fn offers(&self, locale: &Locale, text: &str, unit: usize, explicit: bool) -> JsValue {
        let offers = Array::new();
        let state = self.0.borrow().clone();
        let Some(state) = state.filter(|_| explicit || text.len() <= LONGEST_TEXT) else {
            return offers.into();
        };
        let places = Places::new(text);
        let offset = places.byte(unit);
        let found = complete(text, offset, &surroundings(&state));
        if !explicit && !is_wanted(text, found.range, &found.items) {
            return offers.into();
        }
        let from = JsValue::from(places.unit(found.range.start));
        for item in &found.items {
            let info = item.topic.map(|topic| about(locale, topic)).unwrap_or_default();
            let words = [&item.label, class(item.kind), &detail(locale, item), &item.insert];
            let offer: Array = words.into_iter().map(JsValue::from_str).collect();
            offer.push(&from);
            offer.push(&JsValue::from_str(&info));
            offers.push(&offer);
        }
        offers.into()
    }

    /// What there is to say of an offset of the editor's: `{ from, to, parts }`; `undefined` where there is nothing.
    pub fn note(&self, locale: &Locale, text: &str, unit: usize, report: &Report) -> JsValue {
        let Some(state) = self.0.borrow().clone() else {
            return JsValue::UNDEFINED;
        };
        let places = Places::new(text);
        let offset = places.byte(unit);
        let problems: Vec<_> =
            report.problems.iter().filter(|problem| problem.diagnostic.range.contains(offset)).collect();
        let found = hover(text, offset, report, &surroundings(&state));
        let range = found.as_ref().map(|hover| hover.range).or_else(|| Some(problems.first()?.diagnostic.range));
        let parts = problems.iter().flat_map(|problem| note_of_problem(locale, problem));
        let parts = parts.chain(found.iter().flat_map(|hover| note_of(locale, hover, report)));
        let parts: Array = parts
            .map(|part| {
                let address = part.address.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str);
                Array::of3(&JsValue::from_str(part.class), &JsValue::from_str(&part.text), &address)
            })
            .collect();
        match range {
            Some(range) if parts.length() > 0 => object([
                ("from", JsValue::from(places.unit(range.start))),
                ("to", JsValue::from(places.unit(range.end))),
                ("parts", parts.into()),
            ])
            .into(),
            _ => JsValue::UNDEFINED,
        }
    }
}

fn surroundings(state: &State) -> Surroundings<'_> {
    Surroundings { context: &state.shown.context, options: &state.project.options, catalog: &state.catalog }
}

/// Whether offers are of use to who only types on: not where nothing has been begun, and not for `.`, which is a whole
/// path.
fn is_wanted(text: &str, range: TextRange, items: &[Completion]) -> bool {
    let written = range.of(text);
    if matches!(written, "." | "..") {
        return false;
    }
    let before = text.get(..range.start).unwrap_or_default();
    let is_source = |item: &Completion| matches!(item.kind, CompletionKind::Image | CompletionKind::Stage);
    !written.is_empty() || before.ends_with(['=', ',', ':', '/']) || items.first().is_some_and(is_source)
}

fn class(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Instruction => "instruction",
        CompletionKind::Flag => "flag",
        CompletionKind::Word => "word",
        CompletionKind::Stage => "stage",
        CompletionKind::Image => "image",
        CompletionKind::Folder => "folder",
        CompletionKind::File => "file",
        CompletionKind::Variable => "variable",
    }
}

fn detail(locale: &Locale, item: &Completion) -> String {
    match &item.fact {
        Some(Fact::Bytes(size)) => bytes(*size),
        Some(Fact::Images(count)) => locale.f("offer-images", &[("count", (*count).into())]).to_string(),
        Some(Fact::Value(value)) if value.chars().count() > LONGEST_VALUE => {
            value.chars().take(LONGEST_VALUE).chain(['…']).collect()
        }
        Some(Fact::Value(value)) => value.clone(),
        None if item.kind == CompletionKind::Stage => locale.t("offer-stage").to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_types_on_is_not_offered_what_was_not_begun() {
        let item = |kind| Completion { label: String::new(), insert: String::new(), kind, topic: None, fact: None };
        let wanted = |text: &str, start: usize, kind| is_wanted(text, TextRange::new(start, text.len()), &[item(kind)]);
        assert!(wanted("COPY s", 5, CompletionKind::File));
        assert!(wanted("FROM ", 5, CompletionKind::Image));
        assert!(wanted("COPY src/", 9, CompletionKind::File));
        assert!(!wanted("COPY ", 5, CompletionKind::File));
        assert!(!wanted("COPY . .", 7, CompletionKind::File));
        assert!(!wanted("", 0, CompletionKind::Instruction));
    }
}
