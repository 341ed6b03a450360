use report::Report;
use session::State;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::lesson::texts;
use crate::components::{Icon, Popover, Shape};
use crate::presenter::{Arrangement, BEFORE, Command, Presenter, SLOTS, Turn, use_presenter};
use crate::shared::Shared;
use crate::text::{Locale, use_locale};
use crate::view::{Part, Show, use_show, use_view};

/// What is behind one button: what is asked for, what it says, and its key.
const MORE: [(Command, &str, &str); 10] = [
    (Command::Predict, "present-predict", "V"),
    (Command::GoTo, "present-goto", "G"),
    (Command::Link, "present-link", "Q"),
    (Command::Speaker, "present-speaker", "S"),
    (Command::Workshop, "present-workshop", "O"),
    (Command::Blank, "present-blank", "B"),
    (Command::Fullscreen, "present-fullscreen", "F"),
    (Command::Reset, "present-reset", "R"),
    (Command::Keys, "keys-button", "?"),
    (Command::Toggle, "present-leave", "Esc"),
];

/// The properties of [`PresenterBar`].
#[derive(Properties, PartialEq)]
pub struct PresenterBarProps {
    /// The state.
    pub state: Shared<State>,
    /// The build that is drawn.
    pub report: Shared<Report>,
    /// The numbers that have a snapshot.
    pub slots: Vec<u8>,
    /// Called with what is to be done.
    pub run: Callback<Command>,
}

/// What is left of the page's controls in presenter mode, in one line: what is in sight, how far the build is, snapshots, the
/// size of type.
#[component]
pub fn PresenterBar(props: &PresenterBarProps) -> Html {
    let locale = use_locale();
    let (view, show) = (use_view(), use_show());
    let Some(presenter) = use_presenter() else { return html! { <div hidden={true} /> } };
    let now = presenter.arrangement;
    let part = view.map_or(Part::Graph, |view| view.part);
    let press = |command: Command| props.run.reform(move |_: MouseEvent| command);
    let icon = |shape: Shape, name: &str, command: Command| {
        let name = locale.t(name);
        html! {
            <button type="button" class="button is-icon" title={name.clone()} aria-label={name} onclick={press(command)}><Icon {shape} /></button>
        }
    };
    let arrangements =
        Arrangement::ALL.into_iter().filter(|known| *known != Arrangement::Lesson || props.state.study.is_some());
    let onpart = {
        let presenter = presenter.dispatcher();
        let elsewhere = now != Arrangement::Both && now != Arrangement::Result;
        show.reform(move |event: Event| {
            let id = event.target_unchecked_into::<HtmlSelectElement>().value();
            if elsewhere {
                presenter.dispatch(Turn::Arrange(Arrangement::Result));
            }
            Show::Part(Part::ALL.into_iter().find(|part| part.id() == id).unwrap_or(Part::Graph))
        })
    };
    let (place, name) = place(&locale, &presenter, props);
    html! {
        <nav class="present" aria-label={locale.t("present")}>
            <div class="present__group is-panes" role="group" aria-label={locale.t("present-panes")}>
                { arrangements.map(|arrangement| {
                    let presenter = presenter.dispatcher();
                    html! {
                        <button key={arrangement.id()} type="button" class="button" aria-pressed={(arrangement == now).to_string()}
                            onclick={move |_: MouseEvent| presenter.dispatch(Turn::Arrange(arrangement))}>{ locale.t(arrangement.label()) }</button>
                    }
                }).collect::<Html>() }
                <select class="select" aria-label={locale.t("result-title")} onchange={onpart}>
                    { Part::ALL.into_iter().map(|known| html! {
                        <option key={known.id()} value={known.id()} selected={known == part}>{ locale.t(known.label()) }</option>
                    }).collect::<Html>() }
                </select>
            </div>
            <div class="present__group is-steps" role="group" aria-label={locale.t("present-steps")}>
                { icon(Shape::StepBack, "present-back", Command::Back) }
                <span class="present__place" role="status"><span>{ place }</span><span class="present__step">{ name }</span></span>
                { icon(Shape::StepForward, "present-next", Command::Next) }
            </div>
            <div class="present__group is-slots" role="group" aria-label={locale.t("present-snapshots")}>
                { slot(&locale, props, BEFORE) }
                { SLOTS.map(|number| slot(&locale, props, number)).collect::<Html>() }
            </div>
            <div class="present__group is-size" role="group" aria-label={locale.t("present-size")}>
                { icon(Shape::Minus, "present-smaller", Command::Size(false)) }
                <output>{ presenter.size }</output>
                { icon(Shape::Plus, "present-larger", Command::Size(true)) }
            </div>
            <Popover button={html! { <span>{ locale.t("present-more") }</span> }} menu={true}>
                { MORE.into_iter().map(|(command, name, key)| html! {
                    <button key={name} type="button" class="button present__command" onclick={press(command)}>
                        <span>{ locale.t(name) }</span><kbd>{ key }</kbd>
                    </button>
                }).collect::<Html>() }
            </Popover>
            { icon(Shape::Cross, "present-leave", Command::Toggle) }
        </nav>
    }
}

/// The button of a snapshot: it returns to the one that there is, else keeps one; with Shift it keeps one in any case.
fn slot(locale: &Locale, props: &PresenterBarProps, number: u8) -> Html {
    let there = props.slots.contains(&number);
    let name = match (number, there) {
        (BEFORE, _) => locale.t("present-return-before"),
        (_, true) => locale.f("present-return", &[("number", u32::from(number).into())]),
        (_, false) => locale.f("present-keep", &[("number", u32::from(number).into())]),
    };
    let onclick = props.run.reform(move |event: MouseEvent| match number {
        BEFORE => Command::Return(BEFORE),
        _ if event.shift_key() || !there => Command::Keep(number),
        _ => Command::Return(number),
    });
    html! {
        <button key={number} type="button" class={classes!("present__slot", there.then_some("is-kept"))} hidden={number == BEFORE && !there}
            title={name.clone()} aria-label={name} {onclick}>
            if number == BEFORE { <Icon shape={Shape::Undo} /> } else { { number } }
        </button>
    }
}

/// How far it is: the number, and the name of what is spotlighted.
fn place(locale: &Locale, presenter: &Presenter, props: &PresenterBarProps) -> (AttrValue, AttrValue) {
    if let Some(study) = props.state.study.as_ref().filter(|_| presenter.arrangement == Arrangement::Lesson) {
        let count = study.lesson.as_ref().map_or(0, |lesson| lesson.steps.len());
        let title = study.current().and_then(|step| Some(texts(locale, study)?.steps.get(&step.id)?.title.clone()));
        return (step_of(locale, study.step + 1, count), title.unwrap_or_default().into());
    }
    let name = presenter.stepped(&props.report).and_then(|stepped| stepped.spot);
    let name = name.and_then(|step| props.report.steps.get(step)).map(|step| step.text.clone()).unwrap_or_default();
    let place = match presenter.at {
        None => locale.t("present-whole"),
        Some(at) if presenter.asking => step_of(locale, at + 1, presenter.stops.len()),
        Some(0) => locale.t("present-before"),
        Some(at) => step_of(locale, at, presenter.stops.len()),
    };
    (place, name.into())
}

pub fn step_of(locale: &Locale, number: usize, count: usize) -> AttrValue {
    locale.f("present-step", &[("number", number.into()), ("count", count.into())])
}
