use report::Report;
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::shared::Shared;
use crate::text::use_locale;

/// The lines that are drawn; copying takes them all.
const MOST_LINES: usize = 2_000;

/// The properties of [`Log`].
#[derive(Properties, PartialEq)]
pub struct LogProps {
    /// The build.
    pub report: Shared<Report>,
}

/// What `docker build --progress=plain` prints.
#[component]
pub fn Log(props: &LogProps) -> Html {
    let locale = use_locale();
    let copied = use_state_eq(|| false);
    let onclick = {
        let (report, copied) = (props.report.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) {
                let _ = window.navigator().clipboard().write_text(&report.log.join("\n"));
                copied.set(true);
            }
        })
    };
    let left_out = props.report.log.len().saturating_sub(MOST_LINES);
    html! {
        <div class="log">
            <div class="log__bar">
                <code>{ "docker build --progress=plain ." }</code>
                <button type="button" class="button" disabled={props.report.log.is_empty()} {onclick}>
                    <Icon shape={Shape::Copy} />
                    <span>{ locale.t(if *copied { "log-copied" } else { "log-copy" }) }</span>
                </button>
            </div>
            <p class="hint is-empty" hidden={!props.report.log.is_empty()}>{ locale.t("log-none") }</p>
            <pre class="output" tabindex="0" hidden={props.report.log.is_empty()}>
                { props.report.log.iter().take(MOST_LINES).map(|line| html! { <>{ line }{ "\n" }</> }).collect::<Html>() }
            </pre>
            <p hidden={left_out == 0}>{ locale.f("more-lines", &[("count", left_out.into())]) }</p>
        </div>
    }
}
