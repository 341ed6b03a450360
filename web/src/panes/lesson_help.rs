use session::{Action, LessonAction, solution};
use yew::prelude::*;

use super::graph_ghost::GhostWords;
use super::lesson::{LessonProps, texts};
use super::lesson_figure::SmallGraph;
use super::lesson_prose::Prose;
use crate::components::{Diff, Icon, Shape};
use crate::store::use_dispatch;
use crate::text::use_locale;
use crate::view::{Part, Show, use_goal, use_show};

/// How large the graphs are drawn, in percent: too small for anything to be written in them but names of stages.
const GHOST: (i32, i32) = (12, 34);
/// How wide they are, in a column.
const GHOST_WIDTH: i32 = 270;

/// Help, as much as is asked for: hints one after another, the goal's graph behind the present one, the solution.
#[component]
pub fn LessonHelp(props: &LessonProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    // How many hints were there when one was asked for last: no more came where there are not more now.
    let asked = use_state_eq(|| None::<usize>);
    let (goal, show) = (use_goal(), use_show());
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
    let ghost = goal.report.is_some();
    let onghost = show.reform(move |_: MouseEvent| Show::Ghost(!ghost));
    let act = |action: LessonAction| dispatch.reform(move |_: MouseEvent| Action::Lesson(action.clone()));
    let done = study.is_done();
    let files = if attempt.seen { solution(&props.state) } else { Vec::new() };
    // Where the lesson changes no file there is no solution to be seen, and no other graph.
    let changes = study.has_solution();
    let helps = !step.goals.is_empty() && (changes || !step.hints.is_empty());
    let report = props.report();
    html! {
        <section class="help" aria-label={locale.t("lesson-help")} hidden={!helps}>
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
                <button type="button" class="button" aria-expanded={ghost.to_string()} hidden={!changes} onclick={onghost}>{ locale.t("lesson-target") }</button>
                <button type="button" class="button" hidden={attempt.seen || !changes} onclick={act(LessonAction::ShowSolution)}>{ locale.t("lesson-solution") }</button>
            </div>
            <div class="help__graph" hidden={goal.report.is_none()}>
                if let Some(goal) = &goal.report {
                    <figure class="prose__figure">
                        <SmallGraph report={report.clone()} goal={goal.clone()} least={GHOST.0} most={GHOST.1} width={GHOST_WIDTH} />
                        <figcaption>
                            <p>{ locale.t("lesson-target-caption") }</p>
                            <GhostWords {report} goal={goal.clone()} />
                            <button type="button" class="link" onclick={show.reform(|_: MouseEvent| Show::Part(Part::Graph))}>{ locale.t("lesson-target-large") }</button>
                        </figcaption>
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
