use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use report::{Edit, Report};
use session::{Action, Comparison, Event, Habit, Round, compared};
use yew::prelude::*;

use super::what_if_events::said;
use super::{ComparePictures, CompareSides, CompareTable, Presets};
use crate::assist::Assist;
use crate::components::{Icon, Shape};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::{Locale, use_locale};

/// For how long nothing must have been typed before both are built.
const REST_MS: u32 = 150;

/// The properties of [`Compare`].
#[derive(Properties, PartialEq)]
pub struct CompareProps {
    /// What would be built now: another one is another comparison.
    pub shown: Shared<Report>,
    /// What happened.
    pub events: Shared<Vec<Event>>,
    /// Called with the line of the Dockerfile in the editor that is to be shown.
    pub online: Callback<usize>,
    /// Where the state is looked up.
    pub assist: Assist,
    /// How many base images have been loaded.
    pub images: usize,
}

/// The pinned Dockerfile (A) and the one in the editor (B) on the same events: totals, graphs, layers, timelines.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let project = props.assist.state().map(|state| state.project.clone()).unwrap_or_default();
    let own = AttrValue::from(project.dockerfile_text());
    let pinned = project.pinned.clone().map(AttrValue::from);
    // The pictures are only drawn anew for another comparison: what they call stays, and finds the newest way here.
    let newest = use_mut_ref(|| props.online.clone());
    newest.replace(props.online.clone());
    let online = use_callback((), move |line: usize, ()| {
        let online = newest.borrow().clone();
        online.emit(line);
    });
    let found = use_rounds(props, pinned.clone(), &dispatch);
    let rounds = found.as_ref().filter(|rounds| pinned.is_some() && !rounds.is_empty());
    let labels: Vec<AttrValue> = rounds
        .iter()
        .flat_map(|rounds| rounds.iter())
        .map(|round| label(&locale, props, round, project.dockerfile()))
        .collect();
    let happen = |habit: Option<Habit>, shape: Shape, name: &'static str| {
        let onclick = Callback::from({
            let dispatch = dispatch.clone();
            move |_: MouseEvent| {
                dispatch.emit(habit.map_or(Action::FreshMachine, Action::Everyday));
                dispatch.emit(Action::Build);
            }
        });
        html! { <button type="button" class="button" {onclick}><Icon {shape} />{ locale.t(name) }</button> }
    };
    html! {
        <div class="compare">
            <CompareSides pinned={pinned.clone()} {own} />
            <div hidden={rounds.is_none()}>
                { rounds.map(|rounds| html! {
                    <div class="compare__rounds">
                        <CompareTable rounds={rounds.clone()} labels={labels.clone()} />
                        <section class="compare__happen" aria-labelledby="compare-happen">
                            <h3 id="compare-happen">{ locale.t("compare-happen") }</h3>
                            <div class="what-if__buttons">
                                { happen(Some(Habit::Source), Shape::Edit, "what-if-source") }
                                { happen(Some(Habit::Dependency), Shape::Plus, "what-if-dependency") }
                                { happen(None, Shape::Bin, "compare-fresh") }
                            </div>
                        </section>
                        <ComparePictures rounds={rounds.clone()} {labels} {online} />
                    </div>
                }).unwrap_or_default() }
            </div>
            <p class="hint" hidden={pinned.is_none() || rounds.is_some()} aria-busy="true">{ locale.t("compare-working") }</p>
            <Presets />
        </div>
    }
}

/// What happened before a build, in words.
fn label(locale: &Locale, props: &CompareProps, round: &Round, dockerfile: &str) -> AttrValue {
    if round.events.is_empty() {
        return locale.t("compare-first");
    }
    let events = props.events.get(round.events.clone()).unwrap_or_default();
    let counts = |event: &&Event| match event {
        Event::Edit { edit: Edit::Write { path, .. }, .. } => path != dockerfile,
        Event::Build | Event::Pin(_) | Event::Swap { .. } => false,
        _ => true,
    };
    let mut words: Vec<String> = Vec::new();
    for (what, _) in events.iter().filter(counts).map(|event| said(locale, Some(event))) {
        if !words.contains(&what) {
            words.push(what);
        }
    }
    let what = words.join(&locale.t("compare-and"));
    if round.preview { locale.f("compare-preview", &[("what", what.into())]) } else { what.into() }
}

/// The rounds of both, built one after another while the pane is in sight, so that the page draws in between. `None` until
/// there are any.
#[hook]
fn use_rounds(
    props: &CompareProps,
    pinned: Option<AttrValue>,
    dispatch: &Callback<Action>,
) -> Option<Shared<Vec<Round>>> {
    let found = use_state_eq(|| None::<Shared<Vec<Round>>>);
    let comparison = use_mut_ref(Comparison::default);
    use_effect_with((props.shown.clone(), props.events.clone(), props.images, pinned), {
        let (found, assist, dispatch) = (found.clone(), props.assist.clone(), dispatch.clone());
        move |(_, _, _, pinned)| {
            let goes_on = Rc::new(Cell::new(true));
            let start = pinned.clone().map(|pinned| {
                let (goes_on, first) = (goes_on.clone(), found.is_none());
                Timeout::new(if first { 0 } else { REST_MS }, move || {
                    let Some(state) = assist.state() else { return };
                    let earlier = comparison.take();
                    comparison.replace(compared(&state, &pinned, earlier));
                    go_on(comparison, Vec::new(), found.setter(), goes_on, dispatch);
                })
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
    comparison: Rc<RefCell<Comparison>>,
    mut rounds: Vec<Round>,
    found: UseStateSetter<Option<Shared<Vec<Round>>>>,
    goes_on: Rc<Cell<bool>>,
    dispatch: Callback<Action>,
) {
    if !goes_on.get() {
        return;
    }
    let next = comparison.borrow_mut().next();
    match next {
        Some(round) => {
            rounds.push(round);
            Timeout::new(0, move || go_on(comparison, rounds, found, goes_on, dispatch)).forget();
        }
        None => {
            let sides = || rounds.iter().flat_map(|round| [&round.a.report, &round.b.report]);
            let images: BTreeSet<String> = sides().flat_map(|report| report.missing_images.iter().cloned()).collect();
            let tables: BTreeSet<&'static str> =
                sides().flat_map(|report| report.missing_tables.iter().copied()).collect();
            found.set(Some(Shared::new(Rc::new(rounds))));
            if !images.is_empty() {
                dispatch.emit(Action::Want(images.into_iter().collect()));
            }
            if !tables.is_empty() {
                dispatch.emit(Action::WantTables(tables.into_iter().collect()));
            }
        }
    }
}
