use report::Basis;
use yew::prelude::*;

use crate::text::use_locale;

/// The properties of [`BasisMark`].
#[derive(Properties, PartialEq)]
pub struct BasisMarkProps {
    /// How sure the number is.
    pub basis: Basis,
}

/// How sure a number is: nothing for exact, `≈` for estimated, `?` for not modelled, with its explanation.
#[component]
pub fn BasisMark(props: &BasisMarkProps) -> Html {
    let locale = use_locale();
    let (mark, explanation) = match props.basis {
        Basis::Exact => ("", AttrValue::default()),
        Basis::Estimated => ("≈", locale.t("basis-estimated")),
        Basis::NotModelled => ("?", locale.t("basis-not-modelled")),
    };
    html! {
        <span class="basis" hidden={mark.is_empty()} title={explanation.clone()}>
            <span aria-hidden="true">{ mark }</span>
            <span class="visually-hidden">{ explanation }</span>
        </span>
    }
}
