use std::collections::BTreeMap;

use lesson::{Entry, EntryText};
use session::{Action, LessonAction, Source, State};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::lesson_map::LessonMap;
use crate::assist::Assist;
use crate::components::{Icon, Shape};
use crate::effects::file_address;
use crate::panes::MakeLesson;
use crate::route::{Route, RouteLink};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::{Locale, use_locale};

/// The name of the file that progress is downloaded as.
const FILE_NAME: &str = "layerlab-progress.json";

/// The properties of [`Lessons`].
#[derive(Properties, PartialEq)]
pub struct LessonsProps {
    /// The state: the lessons that there are, and what is done.
    pub state: Shared<State>,
    /// Where the state is looked up when a lesson is made of it.
    #[prop_or_default]
    pub assist: Assist,
}

/// What is said of a lesson in the reader's language, else in one that there is.
#[must_use]
pub fn said(locale: &Locale, text: &BTreeMap<String, EntryText>) -> EntryText {
    text.get(locale.tag()).or_else(|| text.get("en")).or_else(|| text.values().next()).cloned().unwrap_or_default()
}

/// All lessons by track, with what each takes and what is done of it, and what leads to what.
#[component]
pub fn Lessons(props: &LessonsProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    use_effect_with((), {
        let dispatch = dispatch.clone();
        move |()| dispatch.emit(Action::Lesson(LessonAction::List))
    });
    let file = use_state_eq(String::new);
    use_effect_with(props.state.progress.clone(), {
        let file = file.setter();
        move |progress| file.set(file_address(&progress.write()))
    });
    let entries = props.state.lessons.as_ref().map(|index| index.lessons.as_slice()).unwrap_or_default();
    let mut tracks: Vec<u32> = entries.iter().map(|entry| entry.track).collect();
    tracks.sort_unstable_by_key(|track| if *track == 0 { u32::MAX } else { *track });
    tracks.dedup();
    let done = entries.iter().filter(|entry| is_done(&props.state, entry)).count();
    let minutes: u32 = entries.iter().map(|entry| entry.minutes).fold(0, u32::saturating_add);
    let onprogress = of_file(&dispatch, |text| Action::Lesson(LessonAction::Progress(text)));
    let onlesson = of_file(&dispatch, |text| Action::Lesson(LessonAction::Loaded(Source::File, Ok(text))));
    let names: BTreeMap<&str, String> =
        entries.iter().map(|entry| (entry.id.as_str(), said(&locale, &entry.texts).title)).collect();
    html! {
        <main class="lessons" aria-labelledby="lessons-title">
            <div class="lessons__head">
                <div>
                    <h2 id="lessons-title">{ locale.t("lessons-title") }</h2>
                    <p class="lessons__about">{ locale.f("lessons-about", &[("count", entries.len().into()), ("minutes", minutes.into())]) }</p>
                    <p class="lessons__sum" hidden={entries.is_empty()}>
                        <progress max={entries.len().max(1).to_string()} value={done.to_string()} aria-label={locale.t("lessons-progress")} />
                        <span>{ locale.f("lessons-done", &[("done", done.into()), ("count", entries.len().into())]) }</span>
                    </p>
                </div>
                <div class="lessons__tools">
                    <RouteLink to={Route::Gallery} class="button">{ locale.t("gallery-title") }</RouteLink>
                    <RouteLink to={Route::Sandbox} class="button"><Icon shape={Shape::Left} />{ locale.t("lessons-sandbox") }</RouteLink>
                    <label class="button lessons__file">
                        { locale.t("lessons-open-file") }
                        <input type="file" accept=".json,application/json" onchange={onlesson} />
                    </label>
                    <MakeLesson assist={props.assist.clone()} />
                    <a class="button" download={FILE_NAME} href={(*file).clone()}>{ locale.t("lessons-export") }</a>
                    <label class="button lessons__file">
                        { locale.t("lessons-import") }
                        <input type="file" accept=".json,application/json" onchange={onprogress} />
                    </label>
                </div>
            </div>
            <details class="lessons__map" hidden={entries.is_empty()}>
                <summary>{ locale.t("lessons-map") }</summary>
                <LessonMap state={props.state.clone()} />
            </details>
            <p class="hint" hidden={props.state.lessons.is_some()}>{ locale.t("lessons-loading") }</p>
            { tracks.iter().map(|track| {
                let id = format!("track-{track}");
                let of_track = entries.iter().filter(|entry| entry.track == *track);
                html! {
                    <section key={*track} class="track" aria-labelledby={id.clone()}>
                        <h3 id={id.clone()}>{ track_name(&locale, *track) }</h3>
                        <ol class="track__lessons">
                            { of_track.map(|entry| card(&locale, &props.state, entry, &names)).collect::<Html>() }
                        </ol>
                    </section>
                }
            }).collect::<Html>() }
        </main>
    }
}

/// What a track is about.
pub(super) fn track_name(locale: &Locale, track: u32) -> AttrValue {
    match track {
        1 => locale.t("track-1"),
        2 => locale.t("track-2"),
        3 => locale.t("track-3"),
        4 => locale.t("track-4"),
        5 => locale.t("track-5"),
        6 => locale.t("track-6"),
        _ => locale.t("track-others"),
    }
}

/// Whether all steps of a lesson are done.
pub(super) fn is_done(state: &State, entry: &Entry) -> bool {
    !entry.steps.is_empty() && state.progress.done(&entry.id, &entry.steps) == entry.steps.len()
}

fn card(locale: &Locale, state: &State, entry: &Entry, names: &BTreeMap<&str, String>) -> Html {
    let done = state.progress.done(&entry.id, &entry.steps);
    let (class, word) = match done {
        0 => ("is-open", locale.t("lesson-mark-open")),
        _ if is_done(state, entry) => ("is-done", locale.t("lesson-mark-solved")),
        _ => {
            ("is-begun", locale.f("lessons-steps-done", &[("done", done.into()), ("count", entry.steps.len().into())]))
        }
    };
    let requires: Vec<&str> =
        entry.requires.iter().filter_map(|id| names.get(id.as_str()).map(String::as_str)).collect();
    html! {
        <li key={entry.id.clone()} class={classes!("card-lesson", class, entry.challenge.then_some("is-challenge"))}>
            <p class="card-lesson__top">
                <span class="card-lesson__state">
                    if class == "is-done" { <Icon shape={Shape::Check} /> }
                    { word }
                </span>
                <span class="card-lesson__challenge" hidden={!entry.challenge}>{ locale.t("lessons-challenge") }</span>
                <span>{ locale.f("lessons-minutes", &[("minutes", entry.minutes.into())]) }</span>
            </p>
            <h4><RouteLink to={Route::Lesson(entry.id.clone(), None)}>{ said(locale, &entry.texts).title }</RouteLink></h4>
            <p class="card-lesson__summary">{ said(locale, &entry.texts).summary }</p>
            <p class="hint" hidden={requires.is_empty() || entry.challenge}>
                { locale.f("lessons-requires", &[("lessons", requires.join(&*locale.t("list-comma")).into())]) }
            </p>
        </li>
    }
}

/// What to do with the text of a file that is chosen.
fn of_file(dispatch: &Callback<Action>, action: fn(String) -> Action) -> Callback<Event> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let file = input.files().and_then(|files| files.get(0));
        input.set_value("");
        if let Some(file) = file {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                if let Ok(text) = JsFuture::from(file.text()).await {
                    dispatch.emit(action(text.as_string().unwrap_or_default()));
                }
            });
        }
    })
}
