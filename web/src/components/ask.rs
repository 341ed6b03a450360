use yew::prelude::*;

use super::Popover;
use crate::text::{TERMS, use_locale};

/// The properties of [`Ask`].
#[derive(Properties, PartialEq)]
pub struct AskProps {
    /// Which term: one of [`TERMS`].
    pub term: &'static str,
}

/// A small question mark that explains the term beside it.
#[component]
pub fn Ask(props: &AskProps) -> Html {
    let locale = use_locale();
    let known = TERMS.iter().find(|(name, ..)| *name == props.term);
    let (title, text) = known.map_or_else(Default::default, |(_, title, text)| (locale.t(title), locale.t(text)));
    let label = locale.f("ask-about", &[("term", title.to_string().into())]);
    html! {
        <span class="ask">
            <Popover button={html! { <><span aria-hidden="true">{ "?" }</span><span class="visually-hidden">{ label }</span></> }}>
                <strong class="ask__title">{ title }</strong>
                <p class="ask__text">{ text }</p>
            </Popover>
        </span>
    }
}
