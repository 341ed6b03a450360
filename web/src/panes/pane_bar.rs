use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::text::use_locale;
use crate::view::{Pane, Show, use_show, use_view};

/// The properties of [`PaneBar`].
#[derive(Properties, PartialEq)]
pub struct PaneBarProps {
    /// Whether a lesson is open: it has a pane of its own.
    #[prop_or_default]
    pub lesson: bool,
    /// How many problems there are.
    pub problems: usize,
    /// Called to build.
    pub onbuild: Callback<()>,
}

/// What a small screen has at its foot, in reach of a thumb: which pane it shows, and Build.
#[component]
pub fn PaneBar(props: &PaneBarProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let shown = use_view().map(|view| view.pane).unwrap_or_default();
    html! {
        <nav class="pane-bar" aria-label={locale.t("panes-label")}>
            { Pane::ALL.into_iter().filter(|pane| props.lesson || *pane != Pane::Lesson).map(|pane| {
                let shape = match pane {
                    Pane::Lesson => Shape::Book,
                    Pane::Source => Shape::Edit,
                    Pane::Context => Shape::Folder,
                    Pane::Result => Shape::Layers,
                };
                let count = (pane == Pane::Result && props.problems > 0).then(|| props.problems.to_string());
                html! {
                    <button key={pane.id()} type="button" class={classes!("pane-bar__button", format!("is-{}", pane.id()))}
                        aria-current={(pane == shown).then_some("true")} onclick={show.reform(move |_| Show::Pane(pane))}>
                        <Icon {shape} />
                        <span>{ locale.t(pane.label()) }</span>
                        <span class="pane-bar__count" hidden={count.is_none()}>{ count.unwrap_or_default() }</span>
                    </button>
                }
            }).collect::<Html>() }
            <button type="button" class="button is-primary pane-bar__build" onclick={props.onbuild.reform(|_| ())}>
                <Icon shape={Shape::Play} /><span>{ locale.t("build") }</span>
            </button>
        </nav>
    }
}
