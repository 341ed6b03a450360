use session::State;
use yew::prelude::*;

use super::lessons::{is_done, said, track_name};
use crate::route::{Route, RouteLink};
use crate::shared::Shared;
use crate::svg::{NODE, TRACK_HEAD, lesson_map};
use crate::text::use_locale;

/// The properties of [`LessonMap`].
#[derive(Properties, PartialEq)]
pub struct LessonMapProps {
    /// The state: the lessons that there are, and what is done.
    pub state: Shared<State>,
}

/// What leads to what: a row for each track, a line from each lesson to those that build on it. The list below it says the
/// same in words.
#[component]
pub fn LessonMap(props: &LessonMapProps) -> Html {
    let locale = use_locale();
    let Some(index) = &props.state.lessons else { return html! { <div hidden={true} /> } };
    let map = lesson_map(index);
    html! {
        <div class="map" tabindex="0" role="group" aria-label={locale.t("lessons-map")}>
            <div class="map__sheet" style={format!("width: {}px; height: {}px", map.width, map.height)}>
                <svg width={map.width.to_string()} height={map.height.to_string()} aria-hidden="true" focusable="false">
                    { map.lines.iter().enumerate().map(|(number, line)| html! { <path key={number} class="map__line" d={line.clone()} /> }).collect::<Html>() }
                </svg>
                { map.tracks.iter().map(|(track, y)| html! {
                    <span key={format!("track-{track}")} class="map__track" style={format!("top: {y}px; width: {TRACK_HEAD}px; height: {}px", NODE.1)}>
                        { track_name(&locale, *track) }
                    </span>
                }).collect::<Html>() }
                { index.lessons.iter().zip(&map.nodes).map(|(entry, (x, y))| html! {
                    <span key={entry.id.clone()} class={classes!("map__node", is_done(&props.state, entry).then_some("is-done"), entry.challenge.then_some("is-challenge"))}
                        style={format!("left: {x}px; top: {y}px; width: {}px; height: {}px", NODE.0, NODE.1)}>
                        <RouteLink to={Route::Lesson(entry.id.clone(), None)}>{ said(&locale, &entry.texts).title }</RouteLink>
                    </span>
                }).collect::<Html>() }
            </div>
        </div>
    }
}
