use session::{Action, Notice};
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::store::use_dispatch;
use crate::text::{notice, use_locale};

/// The properties of [`NoticeBar`].
#[derive(Properties, PartialEq)]
pub struct NoticeBarProps {
    /// The message, where there is one.
    pub notice: Option<Notice>,
}

/// A message that stays until it is dismissed.
#[component]
pub fn NoticeBar(props: &NoticeBarProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    html! {
        <aside class="notice" hidden={props.notice.is_none()}>
            <Icon shape={Shape::Info} />
            <p>{ props.notice.as_ref().map(|message| notice(&locale, message)).unwrap_or_default() }</p>
            <button type="button" class="button is-small" onclick={dispatch.reform(|_| Action::DismissNotice)}>
                { locale.t("dismiss") }
            </button>
        </aside>
    }
}
