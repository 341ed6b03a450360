use lesson::{Inline, QuizOption};
use session::{Action, LessonAction};
use yew::prelude::*;

use super::lesson::{LessonProps, texts};
use super::lesson_prose::Prose;
use crate::components::{Icon, Shape};
use crate::store::use_dispatch;
use crate::text::use_locale;

/// A question with answers to choose from; each says something to who chose it, and can be chosen after another.
#[component]
pub fn LessonQuiz(props: &LessonProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let Some((study, quiz)) = props.study().and_then(|study| Some((study, study.current()?.quiz.as_ref()?))) else {
        return html! { <div hidden={true} /> };
    };
    let here = texts(&locale, study).and_then(|texts| texts.steps.get(&study.current()?.id));
    let question = here.map(|step| step.quiz.clone()).unwrap_or_default();
    let option = |name: &String| here.and_then(|step| step.options.get(name)).cloned().unwrap_or_default();
    let answers = study.attempt().answers;
    let last = answers.last();
    let report = props.report();
    let reply = |name: &String| {
        let right = *name == quiz.answer;
        let (class, shape, word) =
            if right { ("is-hit", Shape::Check, "lesson-right") } else { ("is-error", Shape::Cross, "lesson-wrong") };
        html! {
            <div class="quiz__reply">
                <span class={classes!("verdict", class)}><Icon {shape} /><span>{ locale.t(word) }</span></span>
                <Prose blocks={option(name).reply} report={report.clone()} />
            </div>
        }
    };
    html! {
        <section class="quiz" aria-labelledby="quiz-title">
            <h4 id="quiz-title">{ locale.t("lesson-quiz") }</h4>
            <fieldset aria-labelledby="quiz-title">
                <Prose blocks={question} report={report.clone()} />
                { quiz.options.iter().map(|name| {
                    let chosen = last == Some(name);
                    let onchange = { let name = name.clone(); dispatch.reform(move |_: Event| Action::Lesson(LessonAction::Answer(name.clone()))) };
                    html! {
                        <div key={name.clone()} class="quiz__option" data-option={name.clone()}>
                            <label>
                                <input type="radio" name="quiz" checked={chosen} {onchange} />
                                <span>{ line(&option(name)) }</span>
                            </label>
                            if chosen { { reply(name) } }
                        </div>
                    }
                }).collect::<Html>() }
            </fieldset>
            <div class="visually-hidden" role="status">
                { last.map(|last| locale.t(if *last == quiz.answer { "lesson-right" } else { "lesson-wrong" })).unwrap_or_default() }
            </div>
        </section>
    }
}

/// What can be chosen: a line without links.
fn line(option: &QuizOption) -> Html {
    fn pieces(line: &[Inline]) -> Html {
        let piece = |piece: &Inline| match piece {
            Inline::Text(text) | Inline::Value(text) => html! { text },
            Inline::Code(text) => html! { <code>{ text }</code> },
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => pieces(inner),
        };
        line.iter().map(piece).collect()
    }
    pieces(&option.text)
}
