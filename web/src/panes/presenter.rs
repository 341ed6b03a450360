use std::rc::Rc;

use report::Report;
use session::{Action, LessonAction, State};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{PresenterBar, PresenterGoto, PresenterHalo, PresenterLink, PresenterPredict};
use crate::components::show_dialog;
use crate::presenter::{
    Arrangement, BEFORE, Command, PresenterHandle, Turn, Word, enter, keep, kept, kept_slots, read_place, refit, room,
    show_keys, switch_fullscreen, use_keys, use_presenter, use_speaker,
};
use crate::shared::Shared;
use crate::store::{Say, use_dispatch};
use crate::text::{Locale, use_locale};
use crate::view::{Part, Show, use_show, use_view};

/// What leads into presenter mode, and has the focus after it.
const WAY_IN: &str = ".header__present";

/// The properties of [`Presenting`].
#[derive(Properties, PartialEq)]
pub struct PresentingProps {
    /// The state.
    pub state: Shared<State>,
    /// The build that is drawn.
    pub report: Shared<Report>,
}

/// Presenter mode: its bar, its keys, and what they do. While it is off, the key that enters it.
#[component]
pub fn Presenting(props: &PresentingProps) -> Html {
    let Some(presenter) = use_presenter() else { return html! { <div hidden={true} /> } };
    let run = use_run(props, presenter.clone());
    let (on, blank) = (presenter.on, presenter.blank);
    use_effect_with(props.report.clone(), {
        let presenter = presenter.dispatcher();
        move |report| presenter.dispatch(Turn::Load(crate::presenter::stops(report)))
    });
    let part = use_view().map(|view| view.part);
    use_effect_with((on, presenter.size, presenter.arrangement, part), |_| refit());
    // A lesson that was closed is not in sight any more.
    let gone = presenter.arrangement == Arrangement::Lesson && props.state.study.is_none();
    use_effect_with(gone, {
        let presenter = presenter.dispatcher();
        move |gone| {
            if *gone {
                presenter.dispatch(Turn::Arrange(Arrangement::Both));
            }
        }
    });
    let unblank = {
        let presenter = presenter.dispatcher();
        Callback::from(move |_: MouseEvent| presenter.dispatch(Turn::Blank(false)))
    };
    html! {
        <div class="presenting">
            if on {
                <PresenterPredict report={props.report.clone()} run={run.run.clone()} />
                <PresenterBar state={props.state.clone()} report={props.report.clone()} slots={run.slots.clone()} run={run.run.clone()} />
                <PresenterHalo />
                <p class="present__said" hidden={run.said.is_empty()}>{ run.said.clone() }</p>
                <PresenterGoto node={run.places} state={props.state.clone()} ongo={run.ongo} />
                <PresenterLink node={run.link} state={props.state.clone()} open={run.linked} />
                <div class="blank" hidden={!blank} onclick={unblank} />
            }
        </div>
    }
}

/// What carries out commands.
struct Run {
    run: Callback<Command>,
    ongo: Callback<usize>,
    /// The numbers that have a snapshot.
    slots: Vec<u8>,
    /// The dialog that asks where to go.
    places: NodeRef,
    /// The dialog that has a link to this, and whether it was opened.
    link: NodeRef,
    linked: bool,
    /// What there is to say of the last command.
    said: AttrValue,
}

/// Carries out commands, of keys and of whoever else asks.
#[hook]
fn use_run(props: &PresentingProps, presenter: PresenterHandle) -> Run {
    let (dispatch, show, locale) = (use_dispatch(), use_show(), use_locale());
    let part = use_view().map_or(Part::Graph, |view| view.part);
    let say = use_context::<Say>();
    let (places, link) = (use_node_ref(), use_node_ref());
    let slots = use_state_eq(kept_slots);
    let linked = use_state_eq(|| false);
    let said = use_state_eq(AttrValue::default);
    let aloud = move |text: AttrValue| say.iter().for_each(|say| say.say(text.to_string()));
    let say = {
        let (said, aloud) = (said.setter(), aloud.clone());
        move |text: AttrValue| {
            aloud(text.clone());
            said.set(text);
        }
    };
    let scene = Scene { state: props.state.clone(), presenter: presenter.clone(), part, dispatch, show };
    let heard = use_mut_ref(|| Callback::from(|_: Word| {}));
    let onword = use_callback((), {
        let heard = heard.clone();
        move |word: Word, ()| {
            let heard = heard.borrow().clone();
            heard.emit(word);
        }
    });
    let told = use_memo(room(&locale, &props.state, &props.report, &presenter), Clone::clone);
    let open_speaker = use_speaker(told, onword);
    let ongo = {
        let scene = scene.clone();
        Callback::from(move |place: usize| scene.go(Some(place)))
    };
    let leave = {
        let (scene, locale, aloud) = (scene.clone(), locale.clone(), aloud.clone());
        move || {
            scene.presenter.dispatch(Turn::Leave);
            aloud(locale.t("present-left"));
            focus_soon(WAY_IN);
        }
    };
    let now = {
        let (scene, places, link) = (scene.clone(), places.clone(), link.clone());
        let (slots, linked, said) = (slots.setter(), linked.setter(), said.setter());
        let (leave, open_speaker) = (leave.clone(), Rc::clone(&open_speaker));
        Callback::from(move |command: Command| {
            let presenter = &scene.presenter;
            said.set(AttrValue::default());
            match command {
                Command::Toggle if presenter.on => leave(),
                Command::Toggle => {
                    enter(presenter, &scene.state);
                    aloud(locale.t("present-entered"));
                }
                Command::Next => scene.step(true),
                Command::Back => scene.step(false),
                Command::Start => scene.go(Some(0)),
                Command::End => scene.go(None),
                Command::Size(larger) => presenter.dispatch(Turn::Size(larger)),
                Command::Arrange(forward) => scene.arrange(forward),
                Command::Part(forward) => scene.turn_part(forward),
                Command::Blank => presenter.dispatch(Turn::Blank(!presenter.blank)),
                Command::Fullscreen => switch_fullscreen(),
                Command::Speaker => {
                    if !open_speaker(locale.tag()) {
                        say(locale.t("present-speaker-blocked"));
                    }
                }
                Command::GoTo => show_dialog(&places),
                Command::Link => {
                    linked.set(true);
                    show_dialog(&link);
                }
                Command::Predict => scene.predict(),
                Command::Keep(number) => {
                    let there = keep(number, &scene.snapshot());
                    say(about(&locale, if there { "present-kept" } else { "present-not-kept" }, number));
                }
                Command::Return(number) => match kept(number) {
                    Some(text) => scene.come_to(&text),
                    None => say(about(&locale, "present-nothing-kept", number)),
                },
                Command::Reset => scene.reset(),
                Command::Keys => show_keys(),
            }
            slots.set(kept_slots());
        })
    };
    // The same for good, so that keys are not listened for anew at every change.
    let newest = use_mut_ref(|| (now.clone(), Callback::from(|()| {})));
    let left = Callback::from(move |()| leave());
    newest.replace((now, left));
    let run = use_callback((), {
        let newest = newest.clone();
        move |command: Command, ()| {
            let run = newest.borrow().0.clone();
            run.emit(command);
        }
    });
    heard.replace({
        let (presenter, run) = (presenter.clone(), run.clone());
        Callback::from(move |word: Word| match word {
            Word::Run(command) if presenter.on || command == Command::Toggle => run.emit(command),
            Word::Run(_) => {}
            Word::Count { hit, more } => presenter.dispatch(Turn::Count { hit, more }),
        })
    });
    let escape = use_callback(presenter.blank, {
        let presenter = presenter.dispatcher();
        move |(), blank| {
            let leave = newest.borrow().1.clone();
            if *blank { presenter.dispatch(Turn::Blank(false)) } else { leave.emit(()) }
        }
    });
    use_keys(presenter.on, run.clone(), escape);
    Run { run, ongo, slots: (*slots).clone(), places, link, linked: *linked, said: (*said).clone() }
}

/// What commands are carried out on.
#[derive(Clone)]
struct Scene {
    state: Shared<State>,
    presenter: PresenterHandle,
    part: Part,
    dispatch: Callback<Action>,
    show: Callback<Show>,
}

impl Scene {
    /// Whether it is the lesson that is stepped through: where it is what is in sight.
    fn lesson(&self) -> Option<(usize, usize)> {
        let study = self.state.study.as_ref().filter(|_| self.presenter.arrangement == Arrangement::Lesson)?;
        Some((study.step, study.lesson.as_ref().map_or(0, |lesson| lesson.steps.len())))
    }

    fn step(&self, forward: bool) {
        match self.lesson() {
            None => self.presenter.dispatch(if forward { Turn::Next } else { Turn::Back }),
            Some((step, count)) if forward && step + 1 < count => self.go(Some(step + 1)),
            Some((step, _)) if !forward && step > 0 => self.go(Some(step - 1)),
            Some(_) => {}
        }
    }

    /// To a step of the lesson, or a stop of the build; `None` is the last, or all of it.
    fn go(&self, place: Option<usize>) {
        match self.lesson() {
            Some((_, count)) => {
                let step = place.unwrap_or(usize::MAX).min(count.saturating_sub(1));
                self.dispatch.emit(Action::Lesson(LessonAction::Go(step)));
            }
            None => self.presenter.dispatch(Turn::Go(place)),
        }
    }

    fn arrange(&self, forward: bool) {
        let there = |known: &Arrangement| *known != Arrangement::Lesson || self.state.study.is_some();
        let all: Vec<Arrangement> = Arrangement::ALL.into_iter().filter(there).collect();
        self.presenter.dispatch(Turn::Arrange(turned(&all, self.presenter.arrangement, forward)));
    }

    fn turn_part(&self, forward: bool) {
        self.result_in_sight();
        self.show.emit(Show::Part(turned(&Part::ALL, self.part, forward)));
    }

    fn result_in_sight(&self) {
        if !matches!(self.presenter.arrangement, Arrangement::Both | Arrangement::Result) {
            self.presenter.dispatch(Turn::Arrange(Arrangement::Both));
        }
    }

    /// The other parts of the result would tell what the room is asked.
    fn predict(&self) {
        let on = !self.presenter.predicting;
        if on {
            self.result_in_sight();
            self.show.emit(Show::Part(Part::Graph));
        }
        self.presenter.dispatch(Turn::Predict(on));
    }

    fn snapshot(&self) -> String {
        session::snapshot(&self.state, &self.presenter.place(self.part.id()))
    }

    /// Comes to a snapshot, and keeps what is left for it.
    fn come_to(&self, text: &str) {
        keep(BEFORE, &self.snapshot());
        let view = session::snapshot_view(text);
        let (part, arrangement, at) = read_place(&view);
        if let Some(part) = Part::ALL.into_iter().find(|known| known.id() == part) {
            self.show.emit(Show::Part(part));
        }
        if let Some(arrangement) = arrangement {
            self.presenter.dispatch(Turn::Arrange(arrangement));
        }
        self.presenter.dispatch(Turn::Want(at));
        self.dispatch.emit(Action::Return(text.to_owned()));
    }

    /// The step of the lesson is begun again; else all is what it was when presenter mode was entered.
    fn reset(&self) {
        if self.state.study.is_some() {
            keep(BEFORE, &self.snapshot());
            self.dispatch.emit(Action::Lesson(LessonAction::Reset));
        } else if let Some(beginning) = self.presenter.beginning.clone() {
            self.come_to(&beginning);
        }
    }
}

/// The one after another, or before it; the first after the last.
fn turned<T: Copy + PartialEq>(all: &[T], now: T, forward: bool) -> T {
    let at = all.iter().position(|known| *known == now).unwrap_or(0);
    let next = if forward { at + 1 } else { at + all.len().saturating_sub(1) };
    all.get(next.checked_rem(all.len()).unwrap_or(0)).copied().unwrap_or(now)
}

fn about(locale: &Locale, name: &str, number: u8) -> AttrValue {
    locale.f(name, &[("number", u32::from(number).into())])
}

/// Gives an element the focus once the page is drawn again.
fn focus_soon(selector: &'static str) {
    gloo::timers::callback::Timeout::new(0, move || {
        let element = gloo::utils::document().query_selector(selector).ok().flatten();
        if let Some(element) = element.and_then(|element| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(element).ok()) {
            let _ = element.focus();
        }
    })
    .forget();
}
