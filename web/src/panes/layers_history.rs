use report::HistoryView;
use yew::prelude::*;

use super::layers::LayersPartProps;
use crate::components::{Choice, Verdict};
use crate::text::{Locale, bytes, use_locale};

/// The rows that are drawn.
const MOST_ROWS: usize = 500;

/// What `docker history` prints, with where each row comes from.
#[component]
pub fn LayersHistory(props: &LayersPartProps) -> Html {
    let locale = use_locale();
    let oldest_first = use_state_eq(|| false);
    let image = props.all.report.image.as_ref();
    let history = image.map(|image| image.history.as_slice()).unwrap_or_default();
    let mut rows: Vec<(usize, &HistoryView)> = history.iter().enumerate().take(MOST_ROWS).collect();
    if *oldest_first {
        rows.reverse();
    }
    let older = history.len().saturating_sub(MOST_ROWS);
    let order = if *oldest_first { "oldest" } else { "newest" };
    let options = vec![
        (AttrValue::from("newest"), locale.t("history-newest")),
        (AttrValue::from("oldest"), locale.t("history-oldest")),
    ];
    let onchoose = Callback::from(move |id: AttrValue| oldest_first.set(id == "oldest"));
    html! {
        <section class="layers__part" hidden={image.is_none()}>
            <div class="layers__head">
                <h3><code>{ "docker history" }</code></h3>
                <Choice label={locale.t("history-order")} {options} chosen={order} {onchoose} />
            </div>
            <div class="scroll-x" tabindex="0" role="group" aria-label="docker history">
                <table class="table history">
                    <thead>
                        <tr>
                            <th scope="col">{ "CREATED BY" }</th>
                            <th scope="col" class="number">{ "SIZE" }</th>
                            <th scope="col">{ locale.t("history-from") }</th>
                            <th scope="col">{ locale.t("history-state") }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { rows.into_iter().map(|(number, row)| draw(&locale, props, number, row)).collect::<Html>() }
                    </tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{ locale.t("history-sum") }</th>
                            <td class="number">{ bytes(image.map_or(0, |image| image.bytes)) }</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            <p class="hint" hidden={older == 0}>{ locale.f("more-rows", &[("count", older.into())]) }</p>
        </section>
    }
}

fn draw(locale: &Locale, props: &LayersPartProps, number: usize, row: &HistoryView) -> Html {
    let all = &props.all;
    let linked = row.step.is_some() && row.step == all.focus;
    let (step, line) = (row.step, row.line);
    let state = step.and_then(|step| all.report.steps.get(step)).map(|step| step.state);
    html! {
        <tr key={number} class={classes!(row.empty.then_some("is-empty"), linked.then_some("is-linked"))}
            onmouseenter={all.onfocus.reform(move |_: MouseEvent| step)}>
            <td><code>{ &row.created_by }</code></td>
            <td class="number">{ bytes(row.bytes) }</td>
            <td class="history__from">
                <button type="button" class="link" hidden={line == 0} onclick={all.online.reform(move |_: MouseEvent| line)}
                    onfocus={all.onfocus.reform(move |_: FocusEvent| step)}>
                    { locale.f("problem-line", &[("line", line.into())]) }
                </button>
                <span hidden={line != 0}>{ locale.t("history-base") }</span>
            </td>
            <td class="history__state">
                { match state {
                    Some(state) => html! { <Verdict {state} /> },
                    None if line != 0 => html! { <span class="hint">{ locale.t("history-setting") }</span> },
                    None => html! { <span class="hint">{ "–" }</span> },
                } }
            </td>
        </tr>
    }
}
