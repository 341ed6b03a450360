use report::Hidden;
use yew::prelude::*;

use super::layers::{LayersPartProps, made_by, made_in_line};
use crate::text::{Locale, bytes, use_locale};
use crate::view::{Show, use_show};

/// The paths that are listed at first, and when all are asked for.
const FEW_ROWS: usize = 8;
const MOST_ROWS: usize = 500;

/// What an image carries and nobody can see: files that a later layer deletes or writes again.
#[component]
pub fn LayersWaste(props: &LayersPartProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let waste = &props.waste;
    let image = props.all.report.image.as_ref();
    let all = image.map_or(0, |image| image.bytes);
    let every = use_state_eq(|| false);
    let most = if *every { MOST_ROWS } else { FEW_ROWS };
    let left_out = waste.hidden.len().saturating_sub(most);
    let none = waste.hidden.is_empty();
    let percent = (u128::from(waste.bytes) * 100 + u128::from(all) / 2).checked_div(u128::from(all)).unwrap_or(0);
    let percent = u64::try_from(percent).unwrap_or(0);
    let sums = [("wasted", bytes(waste.bytes).into()), ("all", bytes(all).into()), ("percent", percent.into())];
    html! {
        <section class="layers__part" hidden={image.is_none_or(|image| image.layers.is_empty())}>
            <h3>{ locale.t("waste-title") }</h3>
            <p class="layers__sentence">{ if none { locale.t("waste-none") } else { locale.f("waste-sum", &sums) } }</p>
            <p class="hint" hidden={none}>{ locale.t("waste-advice") }</p>
            <div class="scroll-x" tabindex="0" role="group" aria-label={locale.t("waste-title")} hidden={none}>
                <table class="table waste">
                    <thead><tr>
                        <th scope="col">{ locale.t("waste-path") }</th>
                        <th scope="col" class="number">{ locale.t("waste-size") }</th>
                        <th scope="col">{ locale.t("waste-in") }</th>
                        <th scope="col">{ locale.t("waste-by") }</th>
                    </tr></thead>
                    <tbody>
                        { waste.hidden.iter().take(most).map(|hidden| row(&locale, props, hidden, &show)).collect::<Html>() }
                    </tbody>
                </table>
            </div>
            <p class="hint" hidden={left_out == 0}>
                { locale.f("more-files", &[("count", left_out.into())]) }{ " " }
                <button type="button" class="link" hidden={*every} onclick={Callback::from(move |_: MouseEvent| every.set(true))}>
                    { locale.t("waste-all") }
                </button>
            </p>
            <p class="layers__dive">
                <code>{ format!("Image efficiency score: {} %", waste.efficiency / 10) }</code>
                <code>{ format!("Potential wasted space: {}", bytes(waste.dive_bytes)) }</code>
            </p>
            <p class="hint">{ locale.t("waste-dive") }</p>
        </section>
    }
}

fn row(locale: &Locale, props: &LayersPartProps, hidden: &Hidden, show: &Callback<Show>) -> Html {
    let report = &props.all.report;
    let layer = |number: usize| report.image.as_ref().and_then(|image| image.layers.get(number));
    let link = |number: usize| {
        html! {
            <button type="button" class="link" onclick={show.reform(move |_: MouseEvent| Show::Layer(number))}>
                { locale.f("layer-number", &[("number", (number + 1).into())]) }
            </button>
        }
    };
    let made = |number: usize| {
        let what = layer(number).map(|layer| made_by(report, layer)).unwrap_or_default();
        html! { <code class="waste__what" title={what.to_string()}>{ what }</code> }
    };
    let step = layer(hidden.by).and_then(|layer| layer.step);
    let line = layer(hidden.by).and_then(|layer| made_in_line(report, layer));
    let linked = step.is_some() && step == props.all.focus;
    let files = if hidden.files > 1 {
        locale.f("waste-files", &[("count", hidden.files.into())])
    } else {
        AttrValue::default()
    };
    html! {
        <tr key={format!("{} {} {}", hidden.by, hidden.layer, hidden.path)} class={linked.then_some("is-linked")}
            onmouseenter={props.all.onfocus.reform(move |_: MouseEvent| step)}>
            <td><code>{ &hidden.path }</code>{ " " }<span class="waste__files">{ files }</span></td>
            <td class="number">{ bytes(hidden.bytes) }</td>
            <td>{ link(hidden.layer) }{ made(hidden.layer) }</td>
            <td>
                <span class="waste__how">
                    { locale.t(if hidden.deleted { "waste-deleted" } else { "waste-written" }) }
                </span>
                { " " }{ link(hidden.by) }{ " " }
                <button type="button" class="link" hidden={line.is_none()}
                    onclick={props.all.online.reform(move |_: MouseEvent| line.unwrap_or(1))}>
                    { locale.f("problem-line", &[("line", line.unwrap_or(0).into())]) }
                </button>
                { made(hidden.by) }
            </td>
        </tr>
    }
}
