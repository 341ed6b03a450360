use session::{Notice, State};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::LinkCode;
use crate::components::Dialog;
use crate::presenter::{To, fragment, has_lesson, page_address, use_presenter};
use crate::shared::Shared;
use crate::text::{notice, use_locale};
use crate::view::use_view;

/// The properties of [`PresenterLink`].
#[derive(Properties, PartialEq)]
pub struct PresenterLinkProps {
    /// Its element, to open it.
    pub node: NodeRef,
    /// The state.
    pub state: Shared<State>,
    /// Whether it was ever opened: links are not made before.
    pub open: bool,
}

/// A link to what the room sees, and its code, as large as the screen allows.
#[component]
pub fn PresenterLink(props: &PresenterLinkProps) -> Html {
    let locale = use_locale();
    let part = use_view().map_or("", |view| view.part.id());
    let presenter = use_presenter();
    let follow = use_state_eq(|| true);
    let lesson = use_state_eq(|| true);
    let place = presenter.map(|presenter| presenter.place(part)).unwrap_or_default();
    let has_lesson = has_lesson(&props.state);
    let to = To { lesson: *lesson && has_lesson, follow: *follow };
    let made =
        use_memo((props.state.clone(), place, to.lesson, to.follow, props.open), move |(state, place, _, _, open)| {
            open.then(|| fragment(state, place, to)).transpose()
        });
    let (link, wrong) = match made.as_ref() {
        Ok(fragment) => {
            (fragment.as_ref().map(|fragment| format!("{}{fragment}", page_address())).unwrap_or_default(), None)
        }
        Err(error) => (String::new(), Some(notice(&locale, &Notice::LinkUnreadable { error: error.clone() }))),
    };
    let link = AttrValue::from(link);
    let check = |name: &str, on: &UseStateHandle<bool>, hidden: bool| {
        let setter = on.setter();
        let onchange = Callback::from(move |event: Event| {
            setter.set(event.target_unchecked_into::<HtmlInputElement>().checked());
        });
        html! {
            <label class="field is-check" {hidden}><input type="checkbox" checked={**on} {onchange} />{ locale.t(name) }</label>
        }
    };
    html! {
        <Dialog node={props.node.clone()} id="present-link" title={locale.t("present-link")}>
            <div class="room-link">
                <LinkCode link={link.clone()} />
                <div class="room-link__choices">
                    { check("code-follow", &follow, false) }
                    { check("code-lesson", &lesson, !has_lesson) }
                </div>
                <p class="code__wrong" hidden={wrong.is_none()}>{ wrong.unwrap_or_default() }</p>
                <input type="text" class="share__link" readonly={true} value={link} aria-label={locale.t("share-link")} />
            </div>
        </Dialog>
    }
}
