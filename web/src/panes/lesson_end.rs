use lesson::Entry;
use session::{Action, LessonAction};
use yew::prelude::*;

use super::lesson::LessonProps;
use crate::components::{Icon, Shape};
use crate::pages::said;
use crate::route::{Route, RouteLink};
use crate::store::use_dispatch;
use crate::text::use_locale;

/// The lessons that are offered next at most.
const MOST: usize = 3;

/// What is there once the last step is done: that it is over, and where to go on.
#[component]
pub fn LessonEnd(props: &LessonProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let Some((study, lesson)) = props.study().and_then(|study| Some((study, study.lesson.as_ref()?))) else {
        return html! { <div hidden={true} /> };
    };
    let steps: Vec<String> = lesson.steps.iter().map(|step| step.id.clone()).collect();
    let done = props.state.progress.done(&study.key(), &steps);
    let over = study.step + 1 == steps.len() && study.is_done();
    let next = if over { next(props, &study.id) } else { Vec::new() };
    html! {
        <div class="lesson__end" hidden={!over}>
            <p class="lesson__over">{ locale.f("lesson-over", &[("done", done.into()), ("count", steps.len().into())]) }</p>
            <p hidden={next.is_empty()}>{ locale.t("lesson-go-on") }</p>
            <ul class="lesson__links">
                { next.iter().map(|entry| html! {
                    <li key={entry.id.clone()}>
                        <RouteLink to={Route::Lesson(entry.id.clone(), None)} class="button">
                            <span>{ said(&locale, &entry.texts).title }</span><Icon shape={Shape::Right} />
                        </RouteLink>
                    </li>
                }).collect::<Html>() }
            </ul>
            <p class="lesson__ways">
                <RouteLink to={Route::Lessons}>{ locale.t("lessons-all") }</RouteLink>
                <button type="button" class="link" onclick={dispatch.reform(|_: MouseEvent| Action::Lesson(LessonAction::Close))}>{ locale.t("lesson-close") }</button>
            </p>
        </div>
    }
}

/// Lessons that are not done: those that build on this one first, then what comes after it in the list.
fn next(props: &LessonProps, id: &str) -> Vec<Entry> {
    let Some(index) = &props.state.lessons else { return Vec::new() };
    let open =
        |entry: &&Entry| entry.id != id && props.state.progress.done(&entry.id, &entry.steps) < entry.steps.len();
    let at = index.lessons.iter().position(|entry| entry.id == id).unwrap_or(0);
    let building = index.lessons.iter().filter(|entry| entry.requires.iter().any(|required| required == id));
    let mut next: Vec<Entry> = Vec::new();
    for entry in building.chain(index.lessons.iter().skip(at + 1)).filter(open) {
        if next.len() < MOST && !next.iter().any(|there| there.id == entry.id) {
            next.push(entry.clone());
        }
    }
    next
}
