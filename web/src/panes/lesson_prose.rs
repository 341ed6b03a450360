use lesson::{Block, Inline, value};
use report::{ContextKind, Edit, Report};
use session::{Action, Content};
use yew::prelude::*;

use super::lesson_figure::LessonFigure;
use crate::components::{BasisMark, Icon, Of, Shape};
use crate::route::{Route, RouteLink};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::{Locale, figure, use_locale};
use crate::view::{Pane, Show, use_show};

/// How deep lists and quotes are drawn in each other.
const DEEPEST: usize = 8;
/// Code of so many characters is not broken at its hyphens.
const WHOLE_CODE: usize = 24;

/// The properties of [`Prose`].
#[derive(Properties, PartialEq)]
pub struct ProseProps {
    /// What is said.
    pub blocks: Vec<Block>,
    /// The present build, whose figures it names.
    pub report: Shared<Report>,
    /// What a build would have done as the step began.
    #[prop_or_default]
    pub began: Option<Shared<Report>>,
    /// Whether it was written of the step's beginning: a figure is what it was then, and beside it what it is now.
    #[prop_or_default]
    pub then: bool,
    /// The path of the Dockerfile.
    #[prop_or_else(|| AttrValue::from(session::DOCKERFILE))]
    pub dockerfile: AttrValue,
}

/// A lesson's text. HTML in it is shown as the text that it is.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let show = use_show();
    let ontry = {
        let path = props.dockerfile.to_string();
        Callback::from(move |text: String| {
            let kind = ContextKind::File(Content::text(&text));
            let edits = vec![Edit::Write { path: path.clone(), kind, mode: None }];
            dispatch.emit(Action::Change { edits, options: None });
            dispatch.emit(Action::Open(path.clone()));
            show.emit(Show::Pane(Pane::Source));
        })
    };
    let drawing = Drawing { locale: &locale, props, ontry };
    html! { <div class="prose">{ drawing.blocks(&props.blocks, 0) }</div> }
}

struct Drawing<'a> {
    locale: &'a Locale,
    props: &'a ProseProps,
    ontry: Callback<String>,
}

impl Drawing<'_> {
    fn blocks(&self, blocks: &[Block], depth: usize) -> Html {
        if depth > DEEPEST {
            return Html::default();
        }
        blocks.iter().map(|block| self.block(block, depth)).collect()
    }

    fn block(&self, block: &Block, depth: usize) -> Html {
        match block {
            Block::Paragraph(line) => html! { <p>{ self.line(line, 0) }</p> },
            Block::List { ordered, items } => {
                let items: Html =
                    items.iter().map(|item| html! { <li>{ self.blocks(item, depth + 1) }</li> }).collect();
                if *ordered {
                    html! { <ol>{ items }</ol> }
                } else {
                    html! { <ul>{ items }</ul> }
                }
            }
            Block::Quote(inner) => html! { <blockquote>{ self.blocks(inner, depth + 1) }</blockquote> },
            Block::Table { head, rows } => html! {
                <div class="prose__table" tabindex="0">
                    <table>
                        <thead><tr>{ head.iter().map(|cell| html! { <th scope="col">{ self.line(cell, 0) }</th> }).collect::<Html>() }</tr></thead>
                        <tbody>
                            { rows.iter().map(|row| html! {
                                <tr>{ row.iter().map(|cell| html! { <td>{ self.line(cell, 0) }</td> }).collect::<Html>() }</tr>
                            }).collect::<Html>() }
                        </tbody>
                    </table>
                </div>
            },
            Block::Code { text, .. } => code(text),
            Block::Try(text) => {
                let onclick = {
                    let text = text.clone();
                    self.ontry.reform(move |_: MouseEvent| text.clone())
                };
                html! {
                    <div class="prose__try">
                        { code(text) }
                        <button type="button" class="button" {onclick}><Icon shape={Shape::Edit} />{ self.locale.t("lesson-try") }</button>
                    </div>
                }
            }
            Block::Figure(figure) => html! {
                <LessonFigure figure={*figure} report={self.props.report.clone()} began={self.props.began.clone()} />
            },
        }
    }

    fn line(&self, line: &[Inline], depth: usize) -> Html {
        if depth > DEEPEST {
            return Html::default();
        }
        line.iter().map(|piece| self.piece(piece, depth)).collect()
    }

    fn piece(&self, piece: &Inline, depth: usize) -> Html {
        match piece {
            Inline::Text(text) => html! { text },
            Inline::Code(text) => {
                let whole = text.chars().count() <= WHOLE_CODE;
                html! { <code class={whole.then_some("is-whole")}>{ text }</code> }
            }
            Inline::Strong(inner) => html! { <strong>{ self.line(inner, depth + 1) }</strong> },
            Inline::Emphasis(inner) => html! { <em>{ self.line(inner, depth + 1) }</em> },
            Inline::Link { to, text } if to.starts_with("#/") => html! {
                <RouteLink to={Route::read(to)}>{ self.line(text, depth + 1) }</RouteLink>
            },
            Inline::Link { to, text } if to.starts_with("https://") => html! {
                <a href={to.clone()} target="_blank" rel="noopener noreferrer">{ self.line(text, depth + 1) }</a>
            },
            Inline::Link { text, .. } => self.line(text, depth + 1),
            Inline::Value(name) => self.value(name),
        }
    }

    /// A figure of the present build.
    fn value(&self, name: &str) -> Html {
        let now = &self.props.report;
        let began = self.props.began.as_ref().filter(|_| self.props.then);
        let (then, now) = (began.and_then(|report| Some((value(report, name)?, report))), value(now, name));
        match then {
            Some((then, report)) if now.as_ref() != Some(&then) => {
                let now = now.map_or_else(
                    || self.locale.t("lesson-no-figure").to_string(),
                    |now| figure(self.locale, &now).to_string(),
                );
                html! {
                    <>
                        { self.figure(Some(then), report, name) }
                        <span class="prose__now">{ self.locale.f("lesson-figure-now", &[("now", now.into())]) }</span>
                    </>
                }
            }
            _ => self.figure(now, &self.props.report, name),
        }
    }

    /// A figure with how sure it is.
    fn figure(&self, found: Option<lesson::Value>, report: &Report, name: &str) -> Html {
        let Some(found) = found else {
            return html! { <span class="prose__value">{ self.locale.t("lesson-no-figure") }</span> };
        };
        let (basis, of) = match found {
            lesson::Value::Ms(_) => (report.time.basis, Of::Time),
            lesson::Value::Bytes(_) if name != "context-size" => (report.totals.basis, Of::Size),
            _ => (report::Basis::Exact, Of::Size),
        };
        html! { <span class="prose__value">{ figure(self.locale, &found) }<BasisMark {basis} {of} /></span> }
    }
}

fn code(text: &str) -> Html {
    html! { <pre class="prose__code" tabindex="0" lang="en"><code>{ text.trim_end_matches('\n') }</code></pre> }
}
