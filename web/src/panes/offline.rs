use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::offline::{Kept, reload, turn, use_offline};
use crate::text::use_locale;

/// The name of the site in one file, which stands beside it.
const ONE_FILE: &str = "layerlab-offline.html";

/// Whether the page opens without a network, the switch for it, and the page as one file.
#[component]
pub fn OfflineOptions() -> Html {
    let locale = use_locale();
    let kept = use_offline().kept;
    let onchange = Callback::from(|event: Event| turn(event.target_unchecked_into::<HtmlInputElement>().checked()));
    let (shape, said) = match kept {
        Kept::Filling => (Shape::Clock, "offline-filling"),
        Kept::Ready => (Shape::Check, "offline-ready"),
        Kept::Failed => (Shape::Warning, "offline-failed"),
        Kept::Off => (Shape::Minus, "offline-off"),
        Kept::Unsupported => (Shape::Minus, "offline-unsupported"),
        Kept::File => (Shape::Check, "offline-file"),
    };
    let (can, in_file) = (!matches!(kept, Kept::Unsupported | Kept::File), kept == Kept::File);
    html! {
        <section class="offline" aria-label={locale.t("offline-title")}>
            <label class="field is-check" hidden={!can}>
                <input type="checkbox" checked={kept != Kept::Off} {onchange} />{ locale.t("offline-keep") }
            </label>
            <p class={classes!("offline__line", (kept == Kept::Ready).then_some("is-hit"))} role="status">
                <Icon {shape} /><span>{ locale.t(said) }</span>
            </p>
            <a class="button" href={ONE_FILE} download={ONE_FILE} hidden={in_file}>{ locale.t("offline-download") }</a>
            <p class="hint" hidden={in_file}>{ locale.t("offline-download-hint") }</p>
        </section>
    }
}

/// Says that another version of the page is there, until it is loaded or put off.
#[component]
pub fn UpdateNotice() -> Html {
    let locale = use_locale();
    let update = use_offline().update;
    let later = use_state_eq(|| false);
    let onlater = {
        let later = later.clone();
        Callback::from(move |_: MouseEvent| later.set(true))
    };
    html! {
        <div class="update" role="status">
            if update && !*later {
                <aside class="notice">
                    <Icon shape={Shape::Info} />
                    <p>{ locale.t("offline-update") }</p>
                    <button type="button" class="button is-small" onclick={|_: MouseEvent| reload()}>{ locale.t("offline-reload") }</button>
                    <button type="button" class="button is-small" onclick={onlater}>{ locale.t("offline-later") }</button>
                </aside>
            }
        </div>
    }
}
