use report::{Json, SetBy, SettingView};
use yew::prelude::*;

use super::layers::LayersProps;
use crate::text::{Locale, duration, use_locale};

/// The rows that are drawn.
const MOST_ROWS: usize = 500;

/// The image's configuration as `docker image inspect` shows it, each value with the line that set it.
#[component]
pub fn LayersConfig(props: &LayersProps) -> Html {
    let locale = use_locale();
    let image = props.report.image.as_ref();
    html! {
        <section class="layers__part" hidden={image.is_none()}>
            <h3 id="config-title">{ locale.t("config-title") }</h3>
            <p class="hint">{ locale.t("config-about") }</p>
            <ConfigTable ..props.clone() />
        </section>
    }
}

/// The values of the configuration, one below the other.
#[component]
pub fn ConfigTable(props: &LayersProps) -> Html {
    let locale = use_locale();
    let settings = props.report.image.as_ref().map(|image| image.settings.as_slice()).unwrap_or_default();
    let left_out = settings.len().saturating_sub(MOST_ROWS);
    let before = |number: usize| number.checked_sub(1).and_then(|before| settings.get(before));
    html! {
        <div class="config">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{ locale.t("config-field") }</th>
                        <th scope="col">{ locale.t("config-value") }</th>
                        <th scope="col">{ locale.t("history-from") }</th>
                    </tr>
                </thead>
                <tbody>
                    { settings.iter().take(MOST_ROWS).enumerate().map(|(number, setting)| {
                        let again = before(number).is_some_and(|before| before.field == setting.field);
                        row(&locale, props, number, setting, again)
                    }).collect::<Html>() }
                </tbody>
            </table>
            <p class="hint" hidden={left_out == 0}>{ locale.f("more-rows", &[("count", left_out.into())]) }</p>
        </div>
    }
}

/// A value; the name of its field is only seen in the field's first row.
fn row(locale: &Locale, props: &LayersProps, number: usize, setting: &SettingView, again: bool) -> Html {
    let own = matches!(setting.set_by, SetBy::Line(_));
    let from = match setting.set_by {
        SetBy::Line(line) => html! {
            <button type="button" class="link" onclick={props.online.reform(move |_: MouseEvent| line)}>
                { locale.f("problem-line", &[("line", line.into())]) }
            </button>
        },
        SetBy::Base => html! { <span>{ locale.t("history-base") }</span> },
        SetBy::Builder => html! { <span>{ locale.t("config-builder") }</span> },
    };
    html! {
        <tr key={number} class={classes!(own.then_some("is-own"), again.then_some("is-again"))} data-field={setting.field}>
            <th scope="row" lang="en"><span class={again.then_some("visually-hidden")}>{ setting.field }</span></th>
            <td lang="en"><code>{ value(setting) }</code>{ setting.ms.map(|ms| format!(" ({})", duration(locale, ms))).unwrap_or_default() }</td>
            <td class="config__from">{ from }</td>
        </tr>
    }
}

/// A value as it is written: of a port or a volume its name is all there is.
fn value(setting: &SettingView) -> String {
    let name = &setting.name;
    match (&setting.value, setting.field) {
        (value, "Healthcheck") => format!("{name} {value}"),
        (Json::String(text), _) if name.is_empty() => text.clone(),
        (Json::String(text), _) => format!("{name}={text}"),
        (Json::Object(parts), _) if parts.is_empty() => name.clone(),
        (value, _) => value.to_string(),
    }
}
