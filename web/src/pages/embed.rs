use std::rc::Rc;

use gloo::timers::callback::Timeout;
use session::{Action, Effect, LessonAction, State};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::embed_head::{EmbedFoot, EmbedHead};
use crate::assist::Assist;
use crate::code_editor::object;
use crate::components::Choice;
use crate::embed::{Content, Options, Order, Shown, apply, listen, post, watch_height, whole_page};
use crate::hooks::{build_key, pointing, typing, use_build, use_dress, use_effects, use_line};
use crate::lesson_effects::read_progress;
use crate::panes::{Goto, LessonGoals, LessonPane, Listing, NoticeBar, ResultPane, SourcePane};
use crate::shared::Shared;
use crate::store::{Dispatch, Say, Store};
use crate::text::Locale;
use crate::view::{Goal, Pane, Part, Show, ToLine, ViewHandle, use_view_at_root};

/// How long the state rests before its link is worked out, in milliseconds.
const REST_MS: u32 = 300;
/// The type that the style sheets are made for, in pixels.
const TYPE: f64 = 13.0;
/// What there is beside a text that cannot be edited.
const TO_READ: [Part; 5] = [Part::Graph, Part::Layers, Part::Files, Part::Timeline, Part::Log];
/// What there is beside an editor.
const BESIDE: [Part; 7] =
    [Part::Graph, Part::Steps, Part::Layers, Part::Files, Part::Timeline, Part::Log, Part::Problems];

/// The properties of [`Embed`]: a started state, and what was asked for.
#[derive(Properties, Clone, PartialEq)]
pub struct EmbedProps {
    /// What is shown at first.
    pub state: State,
    /// What starting asked for.
    pub effects: Vec<Effect>,
    /// The reader's language.
    pub locale: Locale,
    /// What the address asks for.
    pub options: Options,
}

/// The page in a frame of another site: the panes that were asked for, and messages to and from that site.
#[component]
pub fn Embed(props: &EmbedProps) -> Html {
    let options = &props.options;
    let store = {
        let props = props.clone();
        use_reducer_eq(move || Store::new(props.state, props.effects))
    };
    let dispatch = use_memo((), |()| Dispatch::new(store.dispatcher()));
    let locale = use_state_eq(|| props.locale.clone());
    let spoken = use_state_eq(String::new);
    let focus = use_state_eq(|| None::<usize>);
    let goto = use_state_eq(Goto::default);
    let link = use_state_eq(String::new);
    let parts = parts_of(options);
    let view = use_view_at_root(parts.first().copied().unwrap_or(Part::Graph).id());
    let state = store.state.clone();
    let assist = use_memo((), |()| Assist::default());
    assist.set(state.clone());
    let say = use_memo((), |()| Say::new(spoken.setter()));

    // An embed keeps no session.
    use_effects(&store, &dispatch, &locale, &spoken, |effect| !matches!(effect, Effect::Persist | Effect::SetAside(_)));
    use_dress(state.settings.language, state.settings.theme, &locale);
    use_first_pane(options, &view);
    let root = use_messages(options, &state, &dispatch);
    use_effect_with(state.clone(), {
        let (link, part) = (link.setter(), view.part.id());
        move |state| {
            let state = state.clone();
            let rest = Timeout::new(REST_MS, move || link.set(whole_page(&state, part)));
            move || drop(rest)
        }
    });
    let page = page_address();
    let address = AttrValue::from(format!("{page}{}", *link));
    use_effect_with((*link).clone(), {
        let address = address.clone();
        move |link| {
            if !link.is_empty() {
                post("state", [("link", JsValue::from_str(&address))]);
            }
        }
    });

    let onbuild = use_build(&dispatch, &view);
    let read_only = options.read_only;
    let onkeydown = if read_only { Callback::noop() } else { build_key(&onbuild) };
    let ontype = typing(&dispatch);
    let onopen = {
        let dispatch = dispatch.clone();
        Callback::from(move |path: String| dispatch.send(Action::Open(path)))
    };
    let ongoto = use_line(&dispatch, &view, &assist, goto.setter());
    let has_editor = options.shown.has_editor() && !options.read_only;
    let online = use_callback((ongoto, has_editor), |line: usize, (ongoto, has_editor)| {
        if *has_editor {
            ongoto.emit(line);
        }
    });
    let onfocus = use_callback(focus.setter(), |step: Option<usize>, focus| focus.set(step));
    let drawn = Shared::new(state.drawn().clone());
    let shown = Shared::new(state.shown.clone());
    let oncaret = pointing(focus.setter(), shown.clone());
    let older = matches!(state.shown.outcome, report::Outcome::Invalid { .. });
    let build = state.built.as_ref().map_or(0, |built| built.number);
    let whole = Shared::new(state.clone());
    let has_lesson = options.shown == Shown::Lesson;
    let panes: Vec<Pane> = match options.shown {
        Shown::Lesson => vec![Pane::Lesson, Pane::Source, Pane::Result],
        Shown::Split => vec![Pane::Source, Pane::Result],
        Shown::Editor | Shown::Part(_) => Vec::new(),
    };
    let classes = classes!(
        "embed",
        format!("is-{}", options.shown.name()),
        read_only.then_some("is-read-only"),
        (!options.chrome).then_some("is-bare"),
        options.auto_height.then_some("is-auto"),
        options.compare.then_some("is-compare"),
    );
    let lines = state.open_text().map_or(1, |text| text.lines().count().saturating_add(1));
    let zoom = options.font.map_or(1.0, |size| f64::from(size) / TYPE);
    let style = format!("--zoom: {zoom:.3}; --lines: {lines}");
    let dockerfile = state.project.dockerfile().to_string();
    html! {
        <ContextProvider<Dispatch> context={(*dispatch).clone()}>
        <ContextProvider<Locale> context={(*locale).clone()}>
        <ContextProvider<ViewHandle> context={view.clone()}>
        <ContextProvider<Say> context={Say::clone(&say)}>
        <ContextProvider<ToLine> context={ToLine(online.clone())}>
        <ContextProvider<Goal> context={Goal::default()}>
            <div ref={root} class={classes} {style} data-pane={view.pane.id()} aria-busy={state.is_waiting().to_string()} {onkeydown}>
                if options.chrome {
                    <EmbedHead state={whole.clone()} {read_only} onbuild={onbuild.clone()} {address} onreset={reset(options, &dispatch)} />
                }
                <NoticeBar notice={state.notice.clone()} />
                <nav class="embed__panes" aria-label={locale.t("panes-label")} hidden={panes.is_empty()}>
                    <Choice label={locale.t("panes-label")} chosen={view.pane.id()}
                        options={panes.iter().map(|pane| (AttrValue::from(pane.id()), locale.t(pane.label()))).collect::<Vec<_>>()}
                        onchoose={let view = view.dispatcher(); move |id: AttrValue| {
                            if let Some(pane) = Pane::ALL.into_iter().find(|pane| pane.id() == id.as_str()) {
                                view.dispatch(Show::Pane(pane));
                            }
                        }} />
                </nav>
                <main class="embed__body">
                    if has_lesson {
                        <LessonPane state={whole.clone()} />
                    }
                    if options.shown.has_editor() {
                        if read_only {
                            <section class="source"><Listing path={dockerfile.clone()} text={state.project.dockerfile_text()}
                                report={shown.clone()} focus={*focus} /></section>
                        } else {
                            <SourcePane open={state.open.clone()} text={state.open_text().map(AttrValue::from)} {dockerfile}
                                report={shown.clone()} focus={*focus} goto={*goto} {ontype} {oncaret} {onopen} assist={(*assist).clone()} />
                        }
                    }
                    if options.shown != Shown::Editor {
                        <ResultPane report={drawn} shown={shown.clone()} {older} {parts} {build} focus={*focus} {onfocus} {online}
                            before={state.before().map(|before| (Shared::new(before.report.clone()), before.number))}
                            assist={(*assist).clone()} events={Shared::new(state.events.clone())} up_to_date={state.up_to_date}
                            images={state.catalog.images().count()} />
                    }
                    if options.goals && !has_lesson {
                        <div class="embed__goals"><LessonGoals state={whole.clone()} /></div>
                    }
                </main>
                <EmbedFoot state={whole} />
                <p class="visually-hidden" role="status">{ (*spoken).clone() }</p>
            </div>
        </ContextProvider<Goal>>
        </ContextProvider<ToLine>>
        </ContextProvider<Say>>
        </ContextProvider<ViewHandle>>
        </ContextProvider<Locale>>
        </ContextProvider<Dispatch>>
    }
}

/// The parts of the result that there are tabs for.
fn parts_of(options: &Options) -> Vec<Part> {
    match options.shown {
        _ if options.compare && options.shown != Shown::Lesson => vec![Part::Compare],
        Shown::Part(part) => vec![part],
        Shown::Split | Shown::Editor if options.read_only => TO_READ.to_vec(),
        Shown::Split | Shown::Editor => BESIDE.to_vec(),
        Shown::Lesson => Part::ALL.to_vec(),
    }
}

/// Where there is room for one pane, the text comes first.
#[hook]
fn use_first_pane(options: &Options, view: &ViewHandle) {
    use_effect_with(options.shown, {
        let view = view.dispatcher();
        move |shown| match shown {
            Shown::Lesson => view.dispatch(Show::Pane(Pane::Lesson)),
            Shown::Split => view.dispatch(Show::Pane(Pane::Source)),
            Shown::Editor | Shown::Part(_) => {}
        }
    });
}

/// The address of the whole page: the folder that the embed's own is in.
fn page_address() -> String {
    let base = gloo::utils::document().base_uri().ok().flatten().unwrap_or_default();
    base.split(['#', '?']).next().unwrap_or_default().to_owned()
}

/// What puts back what is shown: a lesson's step, or what was asked for.
fn reset(options: &Options, dispatch: &Rc<Dispatch>) -> Callback<()> {
    let (content, dispatch) = (options.content.clone(), dispatch.clone());
    Callback::from(move |()| put_back(content.clone(), dispatch.clone()))
}

fn put_back(content: Content, dispatch: Rc<Dispatch>) {
    if matches!(content, Content::Lesson(..)) {
        return dispatch.send(Action::Lesson(LessonAction::Reset));
    }
    load(content, dispatch);
}

fn load(content: Content, dispatch: Rc<Dispatch>) {
    spawn_local(async move {
        for action in apply(&content).await {
            dispatch.send(action);
        }
    });
}

/// Tells the page around that this one is there, how high it is and how far a lesson is, and does what it asks for.
#[hook]
fn use_messages(options: &Options, state: &Rc<State>, dispatch: &Rc<Dispatch>) -> NodeRef {
    let root = use_node_ref();
    let wanted = use_mut_ref(|| options.content.clone());
    use_effect_with((), {
        let (dispatch, root, auto_height) = (dispatch.clone(), root.clone(), options.auto_height);
        move |()| {
            read_progress(&dispatch);
            let heard = listen(move |order| match order {
                Order::Load(content) => {
                    wanted.replace(content.clone());
                    load(content, dispatch.clone());
                }
                Order::Theme(theme) => dispatch.send(Action::SetTheme(theme)),
                Order::Language(language) => dispatch.send(Action::SetLanguage(language)),
                Order::Reset => put_back(wanted.borrow().clone(), dispatch.clone()),
            });
            post("ready", []);
            let element = root.cast::<Element>().filter(|_| auto_height);
            let watched = element.map(|element| watch_height(&element));
            move || {
                drop(heard);
                watched.into_iter().for_each(|end| end());
            }
        }
    });
    use_effect_with(progress(state), |progress| {
        if let Some(Progress { lesson, step, goals, done }) = progress {
            let goals = goals.iter().map(|(id, met)| {
                JsValue::from(object([("id", JsValue::from_str(id)), ("met", JsValue::from_bool(*met))]))
            });
            let goals = goals.collect::<js_sys::Array>();
            let fields = [
                ("lesson", JsValue::from_str(lesson)),
                ("step", JsValue::from_str(step)),
                ("goals", goals.unchecked_into()),
                ("done", JsValue::from_bool(*done)),
            ];
            post("progress", fields);
        }
    });
    root
}

/// How far the lesson that is open is.
#[derive(Clone, Debug, PartialEq)]
struct Progress {
    lesson: String,
    step: String,
    /// Each goal of the step, and whether it is met.
    goals: Vec<(String, bool)>,
    /// Whether all is done that the step asks for.
    done: bool,
}

fn progress(state: &State) -> Option<Progress> {
    let study = state.study.as_ref()?;
    let step = study.current()?;
    let met = |number: usize| study.checks.get(number).and_then(Option::as_ref).is_some_and(|check| check.met);
    let goals = step.goals.iter().enumerate().map(|(number, goal)| (goal.id.clone(), met(number))).collect();
    Some(Progress { lesson: study.id.clone(), step: step.id.clone(), goals, done: study.is_done() })
}
