use report::Basis;
use yew::prelude::*;

use crate::text::use_locale;

/// What a number counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// Bytes.
    #[default]
    Size,
    /// Time, which is never exact.
    Time,
}

/// The properties of [`BasisMark`].
#[derive(Properties, PartialEq)]
pub struct BasisMarkProps {
    /// How sure the number is.
    pub basis: Basis,
    /// What it counts.
    #[prop_or_default]
    pub of: Of,
    /// What in particular is left out: sentences for the tooltip, where the page has them elsewhere, too.
    #[prop_or_default]
    pub notes: Vec<String>,
}

/// How sure a number is: nothing for exact, `✓` for measured by the reader, `=` for stated by the author, `≈` for estimated, `?` for not modelled, with its
/// explanation.
#[component]
pub fn BasisMark(props: &BasisMarkProps) -> Html {
    let locale = use_locale();
    let (mark, explanation) = match (props.basis, props.of) {
        (Basis::Exact, _) => ("", AttrValue::default()),
        (Basis::Measured, Of::Size) => ("✓", locale.t("basis-measured")),
        (Basis::Measured, Of::Time) => ("✓", locale.t("basis-time-measured")),
        (Basis::Stated, Of::Size) => ("=", locale.t("basis-stated")),
        (Basis::Stated, Of::Time) => ("=", locale.t("basis-time-stated")),
        (Basis::Estimated, Of::Size) => ("≈", locale.t("basis-estimated")),
        (Basis::Estimated, Of::Time) => ("≈", locale.t("basis-time")),
        (Basis::NotModelled, Of::Size) => ("?", locale.t("basis-not-modelled")),
        (Basis::NotModelled, Of::Time) => ("?", locale.t("basis-time-not-modelled")),
    };
    let mut title = explanation.to_string();
    for note in &props.notes {
        title.push('\n');
        title.push_str(note);
    }
    html! {
        <span class="basis" hidden={mark.is_empty()} {title}>
            <span aria-hidden="true">{ mark }</span>
            <span class="visually-hidden">{ explanation }</span>
        </span>
    }
}
