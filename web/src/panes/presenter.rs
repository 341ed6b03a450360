use std::rc::Rc;

use lesson::workshop::Workshop;
use report::Report;
use session::State;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::presenter_scene::Scene;
use super::{PresenterBar, PresenterGoto, PresenterHalo, PresenterLink, PresenterPredict};
use crate::components::{Icon, Shape, show_dialog};
use crate::presenter::{
    Arrangement, Command, NoWorkshop, PresenterHandle, Turn, Word, asked_workshop, enter, fetch_workshop, keep, kept,
    kept_slots, kept_workshop, open_workshop, refit, room, show_keys, switch_fullscreen, use_keys, use_presenter,
    use_speaker,
};
use crate::shared::Shared;
use crate::store::{Say, use_dispatch};
use crate::text::{Locale, use_locale};
use crate::view::{Part, use_show, use_view};

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
    let locale = use_locale();
    let run = use_run(props, presenter.clone());
    let (on, blank) = (presenter.on, presenter.blank);
    use_effect_with(props.report.clone(), {
        let presenter = presenter.dispatcher();
        move |report| presenter.dispatch(Turn::Load(crate::presenter::stops(report)))
    });
    let part = use_view().map(|view| view.part);
    use_effect_with((on, presenter.size, presenter.arrangement, part), |_| refit());
    // A lesson that was closed is not in sight any more; one that is on its way may be.
    use_effect_with(props.state.study.is_some(), {
        let presenter = presenter.clone();
        move |open| {
            if !open && presenter.arrangement == Arrangement::Lesson {
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
            <div class="present__said" hidden={run.said.is_empty()}>
                <p>{ run.said.clone() }</p>
                <button type="button" class="button is-icon" title={locale.t("dialog-close")} aria-label={locale.t("dialog-close")}
                    onclick={run.onread}><Icon shape={Shape::Cross} /></button>
            </div>
            <input ref={run.file} type="file" accept=".json,application/json" hidden={true} aria-label={locale.t("present-workshop")}
                onchange={run.onfile} />
            if on {
                // The header's is not there for anybody.
                <h1 class="visually-hidden">{ locale.t("present") }</h1>
                <PresenterPredict report={props.report.clone()} run={run.run.clone()} />
                <PresenterBar state={props.state.clone()} report={props.report.clone()} slots={run.slots.clone()} run={run.run.clone()} />
                <PresenterHalo />
                <PresenterGoto node={run.places} state={props.state.clone()} ongo={run.ongo} onitem={run.onitem} />
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
    /// To an item of the workshop.
    onitem: Callback<usize>,
    /// A workshop's file was chosen.
    onfile: Callback<Event>,
    /// What was said has been read.
    onread: Callback<MouseEvent>,
    /// Where a workshop's file is chosen.
    file: NodeRef,
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
    let (places, link, file) = (use_node_ref(), use_node_ref(), use_node_ref());
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
    let begun = {
        let (scene, locale, say) = (scene.clone(), locale.clone(), say.clone());
        Callback::from(move |opened: Result<Rc<Workshop>, NoWorkshop>| match opened {
            Ok(workshop) => scene.begin(workshop),
            Err(why) => say(no_workshop(&locale, &why)),
        })
    };
    let onfile = use_workshop(&presenter, begun);
    let onitem = {
        let scene = scene.clone();
        Callback::from(move |item: usize| scene.open_item(item))
    };
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
        let (scene, places, link, file) = (scene.clone(), places.clone(), link.clone(), file.clone());
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
                Command::Workshop => choose_file(&file),
                Command::Item(forward) => scene.turn_item(forward),
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
    let onread = {
        let said = said.setter();
        Callback::from(move |_: MouseEvent| said.set(AttrValue::default()))
    };
    let (slots, linked, said) = ((*slots).clone(), *linked, (*said).clone());
    Run { run, ongo, onitem, onfile, onread, slots, places, link, file, linked, said }
}

/// What is said where there is no workshop.
fn no_workshop(locale: &Locale, why: &NoWorkshop) -> AttrValue {
    match why {
        NoWorkshop::Unavailable(why) => locale.f("present-workshop-unavailable", &[("why", why.as_str().into())]),
        NoWorkshop::Unreadable(why) => locale.f("present-workshop-unreadable", &[("why", why.to_string().into())]),
    }
}

/// Opens the workshop that the page's address asks for, or the one that the tab had; gives what opens one that is chosen.
#[hook]
fn use_workshop(presenter: &PresenterHandle, begun: Callback<Result<Rc<Workshop>, NoWorkshop>>) -> Callback<Event> {
    let newest = use_mut_ref(|| begun.clone());
    newest.replace(begun);
    let done = use_callback((), move |opened, ()| {
        let begun = newest.borrow().clone();
        begun.emit(opened);
    });
    use_effect_with((), {
        let (presenter, done) = (presenter.dispatcher(), done.clone());
        move |()| {
            if let Some((workshop, item)) = kept_workshop() {
                presenter.dispatch(Turn::Workshop(workshop, item));
            } else if let Some(address) = asked_workshop() {
                spawn_local(async move { done.emit(fetch_workshop(&address).await) });
            }
        }
    });
    Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let file = input.files().and_then(|files| files.get(0));
        input.set_value("");
        if let Some(file) = file {
            let done = done.clone();
            spawn_local(async move {
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                done.emit(open_workshop(&text.unwrap_or_default(), ""));
            });
        }
    })
}

/// Asks for a file.
fn choose_file(input: &NodeRef) {
    if let Some(input) = input.cast::<HtmlInputElement>() {
        input.click();
    }
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
