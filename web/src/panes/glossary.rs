use report::Topic;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::text::{Locale, TERMS, about, use_locale};

/// A button that opens all explanations, and the dialog that holds them.
#[component]
pub fn Glossary() -> Html {
    let locale = use_locale();
    let dialog = use_node_ref();
    let open = use_state_eq(|| false);
    let call = {
        let dialog = dialog.clone();
        move |method: &str| {
            let dialog = dialog.cast::<HtmlElement>();
            let method = dialog.as_ref().and_then(|dialog| js_sys::Reflect::get(dialog, &method.into()).ok());
            if let (Some(dialog), Some(Ok(method))) = (&dialog, method.map(JsCast::dyn_into::<js_sys::Function>)) {
                let _ = method.call0(dialog);
            }
        }
    };
    let onopen = {
        let (open, call) = (open.clone(), call.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(true);
            call("showModal");
        })
    };
    let onclose = Callback::from(move |_: MouseEvent| call("close"));
    // A press beside the dialog's content is one on the dialog itself.
    let onbackdrop = {
        let (dialog, onclose) = (dialog.clone(), onclose.clone());
        Callback::from(move |event: MouseEvent| {
            let outside = event.target_dyn_into::<HtmlElement>() == dialog.cast::<HtmlElement>();
            if outside {
                onclose.emit(event);
            }
        })
    };
    html! {
        <div class="glossary">
            <button type="button" class="button" onclick={onopen} aria-haspopup="dialog">
                <Icon shape={Shape::Help} /><span>{ locale.t("glossary-button") }</span>
            </button>
            <dialog ref={dialog} class="dialog" aria-labelledby="glossary-title" onclick={onbackdrop}>
                <div class="dialog__content">
                    <div class="dialog__head">
                        <h2 id="glossary-title">{ locale.t("glossary-title") }</h2>
                        <button type="button" class="button is-icon" aria-label={locale.t("glossary-close")} onclick={onclose}>
                            <Icon shape={Shape::Cross} />
                        </button>
                    </div>
                    { open.then(|| html! {
                        <>
                            <dl class="glossary__terms">
                                { TERMS.iter().map(|(name, title, text)| html! {
                                    <div key={*name} class="glossary__term">
                                        <dt>{ locale.t(title) }</dt>
                                        <dd>{ locale.t(text) }</dd>
                                    </div>
                                }).collect::<Html>() }
                            </dl>
                            { topics(&locale) }
                        </>
                    }) }
                </div>
            </dialog>
        </div>
    }
}

/// Whether a topic is of a kind.
type IsKind = fn(&Topic) -> bool;

/// Instructions, flags and mounts, each kind under its heading.
fn topics(locale: &Locale) -> Html {
    let mut topics = report::topics();
    topics.dedup();
    let kinds: [(&'static str, IsKind); 4] = [
        ("glossary-instructions", |topic| matches!(topic, Topic::Instruction(_))),
        ("glossary-flags", |topic| matches!(topic, Topic::Flag(_))),
        ("glossary-mounts", |topic| matches!(topic, Topic::MountType(_))),
        ("glossary-keys", |topic| matches!(topic, Topic::MountKey(_))),
    ];
    let section = |(title, is_kind): (&'static str, IsKind)| {
        let mut seen: Vec<Topic> = Vec::new();
        for topic in topics.iter().filter(|topic| is_kind(topic)) {
            if !seen.contains(topic) {
                seen.push(*topic);
            }
        }
        html! {
            <section key={title}>
                <h3 class="glossary__title">{ locale.t(title) }</h3>
                <dl class="glossary__terms">
                    { seen.into_iter().map(|topic| html! {
                        <div key={topic.code()} class="glossary__term">
                            <dt><code>{ written(topic) }</code></dt>
                            <dd>{ about(locale, topic) }</dd>
                        </div>
                    }).collect::<Html>() }
                </dl>
            </section>
        }
    };
    kinds.into_iter().map(section).collect()
}

/// As it stands in a Dockerfile.
fn written(topic: Topic) -> String {
    match topic {
        Topic::Instruction(name) | Topic::MountKey(name) => name.to_string(),
        Topic::Flag(name) => format!("--{name}"),
        Topic::MountType(name) => format!("type={name}"),
    }
}
