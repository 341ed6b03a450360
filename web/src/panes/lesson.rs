use lesson::Prose as Texts;
use report::Report;
use session::{Action, LessonAction, Mark, State, Study};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::lesson_end::LessonEnd;
use super::lesson_goals::LessonGoals;
use super::lesson_help::LessonHelp;
use super::lesson_predict::LessonPredict;
use super::lesson_prose::Prose;
use super::lesson_quiz::LessonQuiz;
use crate::components::{Icon, Shape};
use crate::route::{Route, RouteLink};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::{Locale, use_locale};

/// The properties of the lesson's pane, and of its parts.
#[derive(Properties, PartialEq, Clone)]
pub struct LessonProps {
    /// The state: a lesson is open in it.
    pub state: Shared<State>,
}

impl LessonProps {
    /// What is drawn of the present build.
    #[must_use]
    pub fn report(&self) -> Shared<Report> {
        Shared::new(self.state.drawn().clone())
    }

    /// What a build would have done as the step began.
    #[must_use]
    pub fn began(&self) -> Option<Shared<Report>> {
        self.state.study.as_ref()?.attempts.get(&self.study()?.step)?.began.clone().map(Shared::new)
    }

    /// The lesson and where the learner is in it.
    #[must_use]
    pub fn study(&self) -> Option<&Study> {
        self.state.study.as_ref()
    }
}

/// The texts of a lesson in the reader's language, else in one that there is.
#[must_use]
pub fn texts<'a>(locale: &Locale, study: &'a Study) -> Option<&'a Texts> {
    let prose = &study.lesson.as_ref()?.prose;
    prose.get(locale.tag()).or_else(|| prose.get("en")).or_else(|| prose.values().next())
}

/// The open lesson: its steps, and of the present one the text, what it asks for, help, and what comes next.
#[component]
pub fn LessonPane(props: &LessonProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let (heading, body) = (use_node_ref(), use_node_ref());
    let step = props.study().filter(|study| study.lesson.is_some()).map(|study| (study.id.clone(), study.step));
    let first = use_mut_ref(|| true);
    // Another step begins at its top, and who reads by ear is taken along.
    use_effect_with(step, {
        let (heading, body) = (heading.clone(), body.clone());
        move |step| {
            if let Some(body) = body.cast::<web_sys::Element>() {
                body.set_scroll_top(0);
            }
            let was_first = first.replace(step.is_none());
            if let (false, Some(heading)) = (was_first, heading.cast::<HtmlElement>()) {
                let _ = heading.focus();
            }
        }
    });
    let Some(study) = props.study() else { return html! { <section class="lesson" hidden={true} /> } };
    let close = dispatch.reform(|_: MouseEvent| Action::Lesson(LessonAction::Close));
    let texts = texts(&locale, study);
    let here = study.current().and_then(|step| texts?.steps.get(&step.id));
    let title = texts.map_or_else(|| AttrValue::from(study.id.clone()), |texts| texts.title.clone().into());
    let report = props.report();
    let began = props.began();
    let key = study.current().map(|step| step.id.clone()).unwrap_or_default();
    let dockerfile = AttrValue::from(props.state.project.dockerfile().to_owned());
    html! {
        <section class="lesson" aria-labelledby="lesson-title">
            <div class="lesson__head">
                <div class="lesson__top">
                    <RouteLink to={Route::Lessons} class="lesson__all"><Icon shape={Shape::Left} />{ locale.t("lessons-all") }</RouteLink>
                    <button type="button" class="link" onclick={close}>{ locale.t("lesson-close") }</button>
                </div>
                <h2 id="lesson-title">{ title }</h2>
                { steps(&locale, &props.state, study, texts, &dispatch) }
            </div>
            <div ref={body} class="lesson__body" tabindex="-1">
                <p class="hint" hidden={study.lesson.is_some()}>{ locale.t("lesson-loading") }</p>
                if let Some(here) = here {
                    <div key={key.clone()} class="lesson__step" data-lesson={study.id.clone()} data-step={key}>
                        <h3 ref={heading} tabindex="-1">{ here.title.clone() }</h3>
                        <Prose blocks={here.text.clone()} report={report.clone()} began={began.clone()} then={true} dockerfile={dockerfile.clone()} />
                        <LessonPredict ..props.clone() />
                        <LessonGoals ..props.clone() />
                        <LessonQuiz ..props.clone() />
                        <LessonHelp ..props.clone() />
                        <div class="lesson__done" hidden={!study.is_done()}>
                            <p class="lesson__ready"><Icon shape={Shape::Check} />{ locale.t("lesson-step-done") }</p>
                            <Prose blocks={here.done.clone()} {report} {began} {dockerfile} />
                        </div>
                        <LessonEnd ..props.clone() />
                    </div>
                }
            </div>
            { foot(&locale, study, &dispatch) }
        </section>
    }
}

/// The steps, each a button that goes there, with what is done of it.
fn steps(locale: &Locale, state: &State, study: &Study, texts: Option<&Texts>, dispatch: &Callback<Action>) -> Html {
    let steps = study.lesson.as_ref().map(|lesson| lesson.steps.as_slice()).unwrap_or_default();
    html! {
        <ol class="lesson__steps" aria-label={locale.t("lesson-steps")}>
            { steps.iter().enumerate().map(|(number, step)| {
                let title = texts.and_then(|texts| texts.steps.get(&step.id)).map_or(step.id.as_str(), |step| &step.title);
                let (class, word) = match state.progress.of(&study.key(), &step.id) {
                    Some(Mark::Solved) => ("is-done", "lesson-mark-solved"),
                    Some(Mark::Shown) => ("is-shown", "lesson-mark-shown"),
                    None => ("is-open", "lesson-mark-open"),
                };
                let name = locale.f("lesson-step-named", &[
                    ("number", (number + 1).into()), ("title", title.into()), ("state", locale.t(word).to_string().into()),
                ]);
                html! {
                    <li key={step.id.clone()}>
                        <button type="button" class={classes!("lesson__mark", class)} title={title.to_owned()} aria-label={name}
                            aria-current={(number == study.step).then_some("step")}
                            onclick={dispatch.reform(move |_: MouseEvent| Action::Lesson(LessonAction::Go(number)))}>
                            if class == "is-done" { <Icon shape={Shape::Check} /> } else { { number + 1 } }
                        </button>
                    </li>
                }
            }).collect::<Html>() }
        </ol>
    }
}

/// The way to the step before and to the next.
fn foot(locale: &Locale, study: &Study, dispatch: &Callback<Action>) -> Html {
    let count = study.lesson.as_ref().map_or(0, |lesson| lesson.steps.len());
    let step = study.step;
    let go = |to: usize| dispatch.reform(move |_: MouseEvent| Action::Lesson(LessonAction::Go(to)));
    let done = study.is_done();
    let last = step + 1 >= count;
    html! {
        <div class="lesson__foot" hidden={count == 0}>
            <button type="button" class="button" disabled={step == 0} onclick={go(step.saturating_sub(1))}>
                <Icon shape={Shape::Left} />{ locale.t("lesson-previous") }
            </button>
            <button type="button" class="button" onclick={dispatch.reform(|_: MouseEvent| Action::Lesson(LessonAction::Reset))}>
                <Icon shape={Shape::Undo} />{ locale.t("lesson-reset") }
            </button>
            <button type="button" class={classes!("button", "lesson__next", done.then_some("is-primary"))} hidden={last} onclick={go(step + 1)}>
                { locale.t(if done || step < study.reached { "lesson-next" } else { "lesson-skip" }) }<Icon shape={Shape::Right} />
            </button>
        </div>
    }
}
