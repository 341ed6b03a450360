use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use report::Report;
use session::Action;
use session::suggest::{Search, Suggestion, rank, search};
use yew::prelude::*;

use super::SuggestionCard;
use crate::assist::Assist;
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::use_locale;

/// For how long nothing must have been typed before rewrites are tried.
const REST_MS: u32 = 300;

/// The properties of [`Suggestions`].
#[derive(Properties, PartialEq)]
pub struct SuggestionsProps {
    /// What would be built now: another one is another search.
    pub shown: Shared<Report>,
    /// Where the project is looked up when a search begins.
    pub assist: Assist,
    /// How many base images have been loaded: with another one, more can be tried.
    #[prop_or_default]
    pub images: usize,
}

/// What a search has come to.
#[derive(Clone, Default, PartialEq)]
pub struct Found {
    /// Whether it is at its end.
    pub done: bool,
    /// How many rewrites were tried.
    pub tried: usize,
    /// Those that gain, the most valuable first.
    pub suggestions: Vec<Suggestion>,
}

/// Rewrites of the Dockerfile that have been built, with what they gain.
#[component]
pub fn Suggestions(props: &SuggestionsProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let found = use_search(props, &dispatch);
    let builds = props.shown.outcome == report::Outcome::Built;
    let onapply = dispatch.reform(|suggestion: Suggestion| Action::Change {
        edits: suggestion.context_edits(),
        options: suggestion.options,
    });
    let count = found.suggestions.len();
    let progress = match (builds, found.done) {
        (false, _) => locale.t("suggestions-no-build"),
        (true, false) => locale.f("suggestions-searching", &[("tried", found.tried.into())]),
        (true, true) if count == 0 => locale.f("suggestions-none", &[("tried", found.tried.into())]),
        (true, true) => locale.f("suggestions-found", &[("count", count.into()), ("tried", found.tried.into())]),
    };
    html! {
        <div class="suggestions">
            <p class="hint">{ locale.t("suggestions-about") }</p>
            <p class="suggestions__progress" aria-busy={(builds && !found.done).to_string()}>{ progress }</p>
            <ol class="suggestions__list" hidden={count == 0}>
                { found.suggestions.iter().map(|suggestion| html! {
                    <SuggestionCard key={key(suggestion)} suggestion={suggestion.clone()} onapply={onapply.clone()} />
                }).collect::<Html>() }
            </ol>
        </div>
    }
}

/// Names a suggestion among the others: its code and the text that it comes to.
fn key(suggestion: &Suggestion) -> String {
    let texts: Vec<&str> = suggestion.files.iter().map(|file| file.text.as_str()).collect();
    format!("{}\n{}", suggestion.code, texts.join("\n"))
}

/// Tries one rewrite after another, so that the page draws in between.
#[hook]
fn use_search(props: &SuggestionsProps, dispatch: &Callback<Action>) -> Found {
    let found = use_state(Found::default);
    use_effect_with((props.shown.clone(), props.images), {
        let (found, assist, dispatch) = (found.setter(), props.assist.clone(), dispatch.clone());
        move |_| {
            found.set(Found::default());
            let goes_on = Rc::new(Cell::new(true));
            let start = Timeout::new(REST_MS, {
                let goes_on = goes_on.clone();
                move || {
                    if let Some(given) = assist.given() {
                        go_on(Box::new(search(given)), Found::default(), found, goes_on, dispatch);
                    }
                }
            });
            move || {
                goes_on.set(false);
                drop(start);
            }
        }
    });
    (*found).clone()
}

fn go_on(
    mut search: Box<Search>,
    mut so_far: Found,
    found: UseStateSetter<Found>,
    goes_on: Rc<Cell<bool>>,
    dispatch: Callback<Action>,
) {
    if !goes_on.get() {
        return;
    }
    match search.next() {
        Some(next) => {
            so_far.tried += 1;
            so_far.suggestions.extend(next);
            rank(&mut so_far.suggestions);
            found.set(so_far.clone());
            Timeout::new(0, move || go_on(search, so_far, found, goes_on, dispatch)).forget();
        }
        None => {
            let wanted: Vec<String> = search.wanted().map(str::to_owned).collect();
            so_far.done = true;
            found.set(so_far);
            if !wanted.is_empty() {
                dispatch.emit(Action::Want(wanted));
            }
        }
    }
}
