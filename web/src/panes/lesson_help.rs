use std::rc::Rc;

use session::{Action, LessonAction, solution, target};
use yew::prelude::*;

use super::lesson::{LessonProps, texts};
use super::lesson_figure::SmallGraph;
use super::lesson_prose::Prose;
use crate::components::{Diff, Icon, Shape};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::use_locale;

/// How large the graph of the goal is drawn, in percent: too small for anything to be written in it.
const GHOST: (i32, i32) = (12, 34);
/// How wide each of the two is, in a column.
const GHOST_WIDTH: i32 = 130;

/// Help, as much as is asked for: hints one after another, the shape of the goal's graph, the solution.
#[component]
pub fn LessonHelp(props: &LessonProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    // How many hints were there when one was asked for last: no more came where there are not more now.
    let asked = use_state_eq(|| None::<usize>);
    let ghost = use_state_eq(|| false);
    let Some((study, step)) = props.study().and_then(|study| Some((study, study.current()?))) else {
        return html! { <div hidden={true} /> };
    };
    let attempt = study.attempt();
    let here = texts(&locale, study).and_then(|texts| texts.steps.get(&step.id));
    let left = step.hints.iter().filter(|hint| !attempt.hints.contains(&hint.id)).count();
    let onhint = {
        let (dispatch, asked, count) = (dispatch.clone(), asked.clone(), attempt.hints.len());
        Callback::from(move |_: MouseEvent| {
            asked.set(Some(count));
            dispatch.emit(Action::Lesson(LessonAction::Hint));
        })
    };
    let onghost = {
        let ghost = ghost.clone();
        Callback::from(move |_: MouseEvent| ghost.set(!*ghost))
    };
    let act = |action: LessonAction| dispatch.reform(move |_: MouseEvent| Action::Lesson(action.clone()));
    let done = study.is_done();
    let files = if attempt.seen { solution(&props.state) } else { Vec::new() };
    let goal = if *ghost { target(&props.state).map(|report| Shared::new(Rc::new(report))) } else { None };
    let asks = !step.goals.is_empty();
    let report = props.report();
    html! {
        <section class="help" aria-label={locale.t("lesson-help")} hidden={!asks}>
            <ol class="help__hints" hidden={attempt.hints.is_empty()}>
                { attempt.hints.iter().enumerate().map(|(number, id)| html! {
                    <li key={id.clone()} class="help__hint">
                        <p class="help__name"><Icon shape={Shape::Tip} />{ locale.f("lesson-hint-number", &[("number", (number + 1).into())]) }</p>
                        <Prose blocks={here.and_then(|step| step.hints.get(id)).cloned().unwrap_or_default()} report={report.clone()} />
                    </li>
                }).collect::<Html>() }
            </ol>
            <div class="help__stuck" hidden={!study.stuck || done || left == 0}>
                <p>{ locale.t("lesson-stuck") }</p>
                <button type="button" class="button is-primary" onclick={onhint.clone()}><Icon shape={Shape::Tip} />{ locale.t("lesson-hint-fits") }</button>
            </div>
            <p class="hint" role="status">
                { if *asked == Some(attempt.hints.len()) && !done { locale.t("lesson-no-more-hints") } else { AttrValue::default() } }
            </p>
            <div class="help__buttons" hidden={done && !attempt.seen}>
                <button type="button" class="button" hidden={left == 0 || study.stuck || done} onclick={onhint}>
                    <Icon shape={Shape::Tip} />{ locale.t("lesson-hint") }
                </button>
                <button type="button" class="button" aria-expanded={ghost.to_string()} onclick={onghost}>{ locale.t("lesson-target") }</button>
                <button type="button" class="button" hidden={attempt.seen} onclick={act(LessonAction::ShowSolution)}>{ locale.t("lesson-solution") }</button>
            </div>
            <div class="help__graphs" hidden={!*ghost}>
                <figure class="prose__figure">
                    <SmallGraph report={report.clone()} least={GHOST.0} most={GHOST.1} width={GHOST_WIDTH} />
                    <figcaption>{ locale.t("lesson-yours") }</figcaption>
                </figure>
                if let Some(goal) = goal {
                    <figure class="prose__figure is-goal">
                        <SmallGraph report={goal} least={GHOST.0} most={GHOST.1} width={GHOST_WIDTH} />
                        <figcaption>{ locale.t("lesson-target-caption") }</figcaption>
                    </figure>
                }
            </div>
            <div class="help__solution" hidden={!attempt.seen}>
                <p>{ locale.t(if files.is_empty() { "lesson-solution-same" } else { "lesson-solution-about" }) }</p>
                { files.iter().map(|file| html! {
                    <div key={file.path.clone()} class="help__file">
                        <p class="help__path"><code>{ &file.path }</code></p>
                        <Diff lines={file.lines.clone()} />
                    </div>
                }).collect::<Html>() }
                <button type="button" class="button" hidden={files.is_empty()} onclick={act(LessonAction::ApplySolution)}>{ locale.t("lesson-solution-apply") }</button>
            </div>
        </section>
    }
}
