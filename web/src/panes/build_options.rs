use report::{ImageStore, Options, Profile};
use session::Action;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::OfflineOptions;
use super::machine::Machine;
use crate::assist::Assist;
use crate::components::{Icon, Popover, Shape};
use crate::store::use_dispatch;
use crate::text::use_locale;

/// The image stores with their names and what is told of them.
const STORES: [(ImageStore, &str, &str); 2] =
    [(ImageStore::Overlay2, "overlay2", "store-overlay2"), (ImageStore::Containerd, "containerd", "store-containerd")];

/// The properties of [`BuildOptions`].
#[derive(Properties, PartialEq)]
pub struct BuildOptionsProps {
    /// The options of the build.
    pub options: Options,
    /// The machine that times are for.
    pub profile: Profile,
    /// The names of the stages that can be the target.
    pub targets: Vec<String>,
    /// Where the state is looked up when something is asked.
    #[prop_or_default]
    pub assist: Assist,
}

/// The options of `docker build` that the page has.
#[component]
pub fn BuildOptions(props: &BuildOptionsProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let (name, value) = (use_node_ref(), use_node_ref());
    let ontarget = dispatch.reform(|event: Event| {
        let target = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::SetTarget((!target.is_empty()).then_some(target))
    });
    let oncache =
        dispatch.reform(|event: Event| Action::SetNoCache(event.target_unchecked_into::<HtmlInputElement>().checked()));
    let onadd = {
        let (dispatch, name, value) = (dispatch.clone(), name.clone(), value.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (Some(name), Some(value)) = (name.cast::<HtmlInputElement>(), value.cast::<HtmlInputElement>()) else {
                return;
            };
            if !name.value().trim().is_empty() {
                let argument = name.value().trim().to_string();
                dispatch.emit(Action::SetBuildArg { name: argument, value: Some(Some(value.value())) });
                name.set_value("");
                value.set_value("");
                let _ = name.focus();
            }
        })
    };
    let onremove = {
        let (dispatch, input) = (dispatch.clone(), name.clone());
        Callback::from(move |name: String| {
            dispatch.emit(Action::SetBuildArg { name, value: None });
            // The button goes away, and the focus with it.
            if let Some(input) = input.cast::<HtmlInputElement>() {
                let _ = input.focus();
            }
        })
    };
    let arguments = &props.options.build_args;
    let target = props.options.target.clone().unwrap_or_default();
    html! {
        <div class="options" role="group" aria-label={locale.t("options")}>
            <label class="field">
                <code>{ "--target" }</code>
                <select class="select" onchange={ontarget}>
                    <option value="" selected={target.is_empty()}>{ locale.t("target-last") }</option>
                    for (index, stage) in props.targets.iter().enumerate() {
                        <option key={index} value={stage.clone()} selected={*stage == target}>{ stage }</option>
                    }
                </select>
            </label>
            <Popover button={html! {
                <>
                    <code>{ "--build-arg" }</code>
                    <span class="popover__count" hidden={arguments.is_empty()}>{ arguments.len() }</span>
                </>
            }}>
                <ul class="arguments" hidden={arguments.is_empty()}>
                    { arguments.iter().enumerate().map(|(index, (argument, value))| {
                        let onclick = onremove.reform({ let argument = argument.clone(); move |_| argument.clone() });
                        html! {
                            <li key={index}>
                                <code>{ argument }{ "=" }{ value.clone().unwrap_or_default() }</code>
                                <button type="button" class="button is-icon is-small" {onclick}
                                    aria-label={locale.f("argument-remove", &[("name", argument.as_str().into())])}>
                                    <Icon shape={Shape::Cross} />
                                </button>
                            </li>
                        }
                    }).collect::<Html>() }
                </ul>
                <form class="arguments__form" onsubmit={onadd}>
                    <label><span>{ locale.t("argument-name") }</span><input ref={name} type="text" autocomplete="off" spellcheck="false" /></label>
                    <label><span>{ locale.t("argument-value") }</span><input ref={value} type="text" autocomplete="off" spellcheck="false" /></label>
                    <button type="submit" class="button">{ locale.t("argument-add") }</button>
                </form>
            </Popover>
            <label class="field is-check">
                <input type="checkbox" checked={props.options.no_cache} onchange={oncache} />
                <code>{ "--no-cache" }</code>
            </label>
            <Popover button={html! { <span>{ locale.t("store") }</span> }}>
                <fieldset class="choices">
                    <legend class="hint">{ locale.t("store-hint") }</legend>
                    { STORES.iter().map(|(store, name, hint)| html! {
                        <label class="field is-check">
                            <input type="radio" name="store" checked={props.options.store == *store}
                                onchange={dispatch.reform(|_| Action::SetStore(*store))} />
                            <span><code>{ *name }</code><span class="hint">{ locale.t(hint) }</span></span>
                        </label>
                    }).collect::<Html>() }
                </fieldset>
            </Popover>
            <Machine profile={props.profile.clone()} measured={props.options.measured.clone()} assist={props.assist.clone()} />
            <Popover menu={true} button={html! { <span>{ locale.t("more") }</span> }}>
                <button type="button" class="button" onclick={dispatch.reform(|_| Action::PruneCache)}>{ locale.t("prune") }</button>
                <p class="hint">{ locale.t("prune-hint") }</p>
                <button type="button" class="button" onclick={dispatch.reform(|_| Action::ResetProject)}>{ locale.t("reset") }</button>
                <p class="hint">{ locale.t("reset-hint") }</p>
                <OfflineOptions />
            </Popover>
        </div>
    }
}
