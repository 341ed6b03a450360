use report::DiffLine;
use yew::prelude::*;

use crate::text::{Locale, use_locale};

/// The lines that are drawn of a comparison.
const MOST_LINES: usize = 2000;

/// The properties of [`Diff`].
#[derive(Properties, PartialEq)]
pub struct DiffProps {
    /// The lines of both texts.
    pub lines: Vec<DiffLine>,
}

/// Two texts line by line: what went and what came.
#[component]
pub fn Diff(props: &DiffProps) -> Html {
    let locale = use_locale();
    html! {
        <pre class="output diff-text" tabindex="0">
            { props.lines.iter().take(MOST_LINES).enumerate().map(|(number, line)| draw(&locale, number, line)).collect::<Html>() }
        </pre>
    }
}

fn draw(locale: &Locale, number: usize, line: &DiffLine) -> Html {
    let word = |name: &'static str, text: &str| html! { <><span class="visually-hidden">{ locale.t(name) }{ ": " }</span>{ text }</> };
    let (class, sign, text) = match line {
        DiffLine::Same(text) => ("is-same", " ", html! { text }),
        DiffLine::Removed(text) => ("is-removed", "−", word("change-removed", text)),
        DiffLine::Added(text) => ("is-added", "+", word("change-added", text)),
        DiffLine::Skipped(count) => {
            ("is-skipped", " ", html! { locale.f("image-file-skipped", &[("count", (*count).into())]) })
        }
    };
    html! { <span key={number} class={classes!("diff", class)}><span aria-hidden="true">{ sign }{ " " }</span>{ text }{ "\n" }</span> }
}
