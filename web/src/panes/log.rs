use report::{ProgressLine, Report, Tone};
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::{Choice, Icon, Shape};
use crate::shared::Shared;
use crate::text::use_locale;

/// The lines that are drawn; copying takes them all.
const MOST_LINES: usize = 2_000;
/// A terminal's columns until it is known how many there is room for, and then within these bounds.
const COLUMNS: usize = 80;
const LEAST_COLUMNS: usize = 60;
const MOST_COLUMNS: usize = 120;
/// The characters of the ruler that one is measured by.
const RULER: &str = "00000000000000000000";

/// The forms of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// The display of a terminal, as it stands in the end.
    Terminal,
    /// Line by line.
    Plain,
}

/// The properties of [`Log`].
#[derive(Properties, PartialEq)]
pub struct LogProps {
    /// The build.
    pub report: Shared<Report>,
}

/// What `docker build` prints, in both of its forms.
#[component]
pub fn Log(props: &LogProps) -> Html {
    let locale = use_locale();
    let form = use_state_eq(|| Form::Terminal);
    let columns = use_state_eq(|| COLUMNS);
    let output = use_node_ref();
    let lines = use_memo((props.report.clone(), *form, *columns), |(report, form, columns)| match form {
        Form::Terminal => report.progress.lines(*columns),
        Form::Plain => {
            let line = |text: &String| ProgressLine { text: text.clone(), tone: Tone::Plain };
            report.log.iter().map(line).collect()
        }
    });
    use_effect_with((), {
        let (output, columns) = (output.clone(), columns.clone());
        move |()| {
            if let Some(room) = room(&output) {
                columns.set(room);
            }
        }
    });
    let copied = use_state_eq(|| false);
    use_effect_with(lines.clone(), {
        let copied = copied.clone();
        move |_| copied.set(false)
    });
    let onclick = {
        let (lines, copied) = (lines.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) {
                let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                let _ = window.navigator().clipboard().write_text(&text.join("\n"));
                copied.set(true);
            }
        })
    };
    let empty = lines.is_empty();
    let left_out = lines.len().saturating_sub(MOST_LINES);
    let flag = if *form == Form::Plain { "plain" } else { "tty" };
    let forms =
        vec![(AttrValue::from("tty"), locale.t("log-terminal")), (AttrValue::from("plain"), locale.t("log-plain"))];
    let onchoose = {
        let form = form.clone();
        Callback::from(move |id: AttrValue| form.set(if id == "plain" { Form::Plain } else { Form::Terminal }))
    };
    html! {
        <div class="log">
            <div class="log__bar">
                <Choice label={locale.t("log-form")} options={forms} chosen={flag} {onchoose} />
                <code class="log__command">{ format!("docker build --progress={flag} .") }</code>
                <button type="button" class="button" disabled={empty} {onclick}>
                    <Icon shape={Shape::Copy} />
                    <span>{ locale.t(if *copied { "log-copied" } else { "log-copy" }) }</span>
                </button>
            </div>
            <p class="hint is-empty" hidden={!empty}>{ locale.t("log-none") }</p>
            <pre ref={output} class="output" tabindex="0" hidden={empty}>
                { lines.iter().take(MOST_LINES).enumerate().map(|(number, line)| html! {
                    <span key={number} class={tone(line.tone)}>{ &line.text }{ "\n" }</span>
                }).collect::<Html>() }
            </pre>
            <code class="log__ruler output" aria-hidden="true">{ RULER }</code>
            <p hidden={left_out == 0}>{ locale.f("more-lines", &[("count", left_out.into())]) }</p>
            <p class="hint" hidden={empty}>{ locale.t("log-differs") }</p>
        </div>
    }
}

/// The columns that there is room for.
fn room(output: &NodeRef) -> Option<usize> {
    let output = output.cast::<HtmlElement>()?;
    let ruler = output.parent_element()?.query_selector(".log__ruler").ok().flatten()?;
    // The same space stands around both.
    let style = |element: &web_sys::Element| usize::try_from(element.client_width()).unwrap_or(0);
    let padding = 24;
    let wide = style(&output).saturating_sub(padding);
    let ruler = style(&ruler).saturating_sub(padding);
    let columns = (wide * RULER.len()).checked_div(ruler).filter(|columns| *columns > 0)?;
    Some(columns.clamp(LEAST_COLUMNS, MOST_COLUMNS))
}

fn tone(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Done => Some("is-done"),
        Tone::Failed => Some("is-failed"),
        Tone::Warning => Some("is-warning"),
    }
}
