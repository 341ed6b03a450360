use report::Topic;
use yew::prelude::*;

use crate::components::{Dialog, Icon, Shape, show_dialog};
use crate::text::{Locale, TERMS, about, use_locale};

/// A button that opens all explanations, and the dialog that holds them.
#[component]
pub fn Glossary() -> Html {
    let locale = use_locale();
    let dialog = use_node_ref();
    let open = use_state_eq(|| false);
    let onopen = {
        let (open, dialog) = (open.clone(), dialog.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(true);
            show_dialog(&dialog);
        })
    };
    html! {
        <div class="glossary">
            <button type="button" class="button" onclick={onopen} aria-haspopup="dialog">
                <Icon shape={Shape::Help} /><span>{ locale.t("glossary-button") }</span>
            </button>
            <Dialog node={dialog} id="glossary-title" title={locale.t("glossary-title")}>
                if *open {
                    <dl class="glossary__terms">
                        { TERMS.iter().map(|(name, title, text)| html! {
                            <div key={*name} class="glossary__term">
                                <dt>{ locale.t(title) }</dt>
                                <dd>{ locale.t(text) }</dd>
                            </div>
                        }).collect::<Html>() }
                    </dl>
                    { topics(&locale) }
                }
            </Dialog>
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
