use std::rc::Rc;

use session::{Action, Effect, State, Study, target};
use yew::prelude::*;

use crate::assist::Assist;
use crate::hooks::{build_key, pointing, typing, use_build, use_dress, use_effects, use_line};
use crate::lesson_route::use_lesson_route;
use crate::pages::{Gallery, Lessons};
use crate::panes::{
    Files, FollowBar, Goto, Header, IGNORE_FILE, LessonPane, NoticeBar, PaneBar, Presenting, ResultPane, SourcePane,
    Status, Summary, UpdateNotice, texts,
};
use crate::presenter::{PresenterHandle, mark_root, read_place, use_presenter_at_root};
use crate::route::Route;
use crate::shared::Shared;
use crate::store::{Dispatch, Say, Store};
use crate::text::Locale;
use crate::view::{Goal, Pane, Show, ToLine, ViewHandle, use_view_at_root};

/// The properties of [`App`]: a started state.
#[derive(Properties, Clone, PartialEq)]
pub struct AppProps {
    /// What the page shows at first.
    pub state: State,
    /// What starting asked for.
    pub effects: Vec<Effect>,
    /// The reader's language.
    pub locale: Locale,
    /// What is in sight at first, as presenter mode writes it: a part of the result by its name, and a stop of the build.
    pub part: String,
}

/// The page: holds the store, carries out effects, and hands the panes their parts of the state.
#[component]
pub fn App(props: &AppProps) -> Html {
    let store = {
        let props = props.clone();
        use_reducer_eq(move || Store::new(props.state, props.effects))
    };
    let dispatch = use_memo((), |()| Dispatch::new(store.dispatcher()));
    let locale = use_state_eq(|| props.locale.clone());
    let spoken = use_state_eq(String::new);
    let focus = use_state_eq(|| None::<usize>);
    let goto = use_state_eq(Goto::default);
    // Whether the editor has the .dockerignore that is not there yet.
    let draft = use_state_eq(|| false);
    let (part, _, stop) = read_place(&props.part);
    let view = use_view_at_root(part);
    let state = store.state.clone();
    let route = use_lesson_route(&state, &dispatch, &view);
    let listing = matches!(route, Route::Lessons | Route::Gallery);
    let has_ignore_file = state.project.context.get(IGNORE_FILE).is_some();
    use_effect_with((*draft, has_ignore_file), {
        let dispatch = dispatch.clone();
        move |&(draft, there)| {
            if draft && there {
                dispatch.send(Action::Open(IGNORE_FILE.to_string()));
            }
        }
    });
    use_effect_with(state.open.clone(), {
        let draft = draft.clone();
        move |_| draft.set(false)
    });

    let say = use_memo((), |()| Say::new(spoken.setter()));
    let say = Say::clone(&say);
    use_effects(&store, &dispatch, &locale, &spoken, |_| true);
    use_dress(state.settings.language, state.settings.theme, &locale);

    let onbuild = use_build(&dispatch, &view);
    let onkeydown = build_key(&onbuild);
    let ontype = typing(&dispatch);
    let onopen = use_callback(
        (dispatch.clone(), draft.setter(), view.dispatcher(), has_ignore_file),
        |path: String, (dispatch, draft, view, has_ignore_file)| {
            view.dispatch(Show::Pane(Pane::Source));
            let missing = path == IGNORE_FILE && !has_ignore_file;
            draft.set(missing);
            if !missing {
                dispatch.send(Action::Open(path));
            }
        },
    );
    let assist = use_memo((), |()| Assist::default());
    assist.set(state.clone());
    let ongoto = use_line(&dispatch, &view, &assist, goto.setter());
    let online = use_callback((ongoto, draft.setter()), |line: usize, (ongoto, draft)| {
        draft.set(false);
        ongoto.emit(line);
    });
    let onfocus = use_callback(focus.setter(), |step: Option<usize>, focus| focus.set(step));
    let drawn = Shared::new(state.drawn().clone());
    let shown = Shared::new(state.shown.clone());
    let presenter = use_presenter_at_root(stop);
    let stepped = presenter.stepped(&drawn);
    let spot = stepped.as_ref().and_then(|stepped| stepped.spot);
    let pointed = spot.or(*focus);
    use_effect_with(presenter.on, |on| mark_root(*on));
    let presents = [(presenter.on, "is-presenting"), (stepped.is_some(), "is-stepping"), (spot.is_some(), "has-spot")];
    let presents = presents.into_iter().filter_map(|(there, class)| there.then_some(class)).collect::<Vec<_>>();
    let oncaret = pointing(focus.setter(), shown.clone());
    // Another step has another goal, and its graph is only drawn when it is asked for.
    let step = state.study.as_ref().map(|study| (study.key(), study.step));
    use_effect_with(step.clone(), {
        let view = view.dispatcher();
        move |_| view.dispatch(Show::Ghost(false))
    });
    let goal = use_memo((step, view.ghost, shown.clone()), {
        let state = state.clone();
        move |(_, ghost, _)| {
            let there = state.study.as_ref().is_some_and(Study::has_solution);
            let report = if *ghost { target(&state).map(|report| Shared::new(Rc::new(report))) } else { None };
            Goal { there, report }
        }
    });
    let older = matches!(state.shown.outcome, report::Outcome::Invalid { .. });
    let changed = state.changes.as_ref().filter(|_| !state.up_to_date).map(|c| c.files.clone()).unwrap_or_default();
    let targets: Vec<String> = drawn.stages.iter().filter_map(|stage| stage.name.clone()).collect();
    let (open, text) = if *draft {
        (IGNORE_FILE.to_string(), Some(state.project.context.text(IGNORE_FILE).unwrap_or_default()))
    } else {
        (state.open.clone(), state.open_text())
    };
    let whole = Shared::new(state.clone());
    let project = match &state.study {
        Some(study) => texts(&locale, study).map_or_else(|| study.id.clone(), |texts| texts.title.clone()).into(),
        None if state.project.name.is_empty() => locale.t("project-sample"),
        None => state.project.name.clone().into(),
    };
    html! {
        <ContextProvider<Dispatch> context={(*dispatch).clone()}>
        <ContextProvider<Locale> context={(*locale).clone()}>
        <ContextProvider<ViewHandle> context={view.clone()}>
        <ContextProvider<Say> context={say}>
        <ContextProvider<ToLine> context={ToLine(online.clone())}>
        <ContextProvider<Goal> context={(*goal).clone()}>
        <ContextProvider<PresenterHandle> context={presenter.clone()}>
            <div class={classes!("page", state.study.is_some().then_some("has-lesson"), listing.then_some("has-list"), presents)}
                data-arrangement={presenter.arrangement.id()} style={format!("--zoom: {}", f64::from(presenter.size) / 13.0)} data-pane={view.pane.id()} aria-busy={state.is_waiting().to_string()} {onkeydown}>
                <Header options={state.project.options.clone()} profile={state.profile.clone()} {targets} settings={state.settings} {project}
                    undo={(state.can_undo(), state.can_redo())} onbuild={onbuild.clone()} assist={(*assist).clone()} />
                <FollowBar state={whole.clone()} report={drawn.clone()} />
                <NoticeBar notice={state.notice.clone()} />
                <UpdateNotice />
                if route == Route::Gallery {
                    <Gallery />
                } else if listing {
                    <Lessons state={whole.clone()} assist={(*assist).clone()} />
                }
                <main class="columns" hidden={listing}>
                    <LessonPane state={whole.clone()} />
                    <SourcePane open={open.clone()} text={text.map(AttrValue::from)} draft={*draft && !has_ignore_file}
                        dockerfile={state.project.dockerfile().to_string()} report={shown.clone()}
                        locked={state.looking} focus={pointed} goto={*goto} {ontype} {oncaret} onopen={onopen.clone()}
                        assist={(*assist).clone()} />
                    <div class="overview">
                        <Status report={shown.clone()} up_to_date={state.up_to_date}
                            build={state.built.as_ref().map_or(0, |built| built.number)}
                            changes={state.changes.clone()} older={older && state.good.is_some()} online={online.clone()} />
                        <Summary report={drawn.clone()} shown={shown.clone()} changes={state.changes.clone()} />
                    </div>
                    <ResultPane report={drawn.clone()} shown={shown.clone()} {older}
                        before={state.before().map(|before| (Shared::new(before.report.clone()), before.number))}
                        build={state.built.as_ref().map_or(0, |built| built.number)}
                        focus={pointed} {onfocus} {online} assist={(*assist).clone()}
                        events={Shared::new(state.events.clone())} up_to_date={state.up_to_date} images={state.catalog.images().count()} />
                    <Files report={shown.clone()} {open} {changed} {onopen} />
                </main>
                <PaneBar lesson={state.study.is_some()} problems={shown.problems.len()} onbuild={onbuild.clone()} />
                <p class="visually-hidden" role="status">{ (*spoken).clone() }</p>
                <Presenting state={whole} report={drawn} />
            </div>
        </ContextProvider<PresenterHandle>>
        </ContextProvider<Goal>>
        </ContextProvider<ToLine>>
        </ContextProvider<Say>>
        </ContextProvider<ViewHandle>>
        </ContextProvider<Locale>>
        </ContextProvider<Dispatch>>
    }
}
