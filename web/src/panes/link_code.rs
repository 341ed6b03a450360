use yew::prelude::*;

use crate::presenter::{FAR, MOST, code};
use crate::text::use_locale;

/// The properties of [`LinkCode`].
#[derive(Properties, PartialEq)]
pub struct LinkCodeProps {
    /// The link.
    pub link: AttrValue,
}

/// A link as a QR code, or why there is none and what to do.
#[component]
pub fn LinkCode(props: &LinkCodeProps) -> Html {
    let locale = use_locale();
    let code = use_memo(props.link.clone(), |link| code(link).filter(|_| !link.is_empty() && !is_file(link)));
    let length = props.link.len();
    let from_disk = is_file(&props.link);
    let picture = code.as_ref().as_ref().map(|code| {
        html! {
            <svg class="code__picture" role="img" aria-label={locale.t("code-label")} viewBox={format!("0 0 {0} {0}", code.side)}
                shape-rendering="crispEdges">
                <rect width="100%" height="100%" fill="#ffffff" />
                <path d={code.path.clone()} fill="#000000" />
            </svg>
        }
    });
    let too_long = picture.is_none() && length > 0 && !from_disk;
    html! {
        <div class="code">
            { picture.unwrap_or_default() }
            <p class="code__wrong" hidden={!too_long}>
                { locale.f("code-too-long", &[("count", length.into()), ("most", MOST.into())]) }
            </p>
            <p class="code__wrong" hidden={!from_disk}>{ locale.t("share-from-disk") }</p>
            <p class="hint" hidden={too_long || from_disk || length <= FAR}>{ locale.t("code-dense") }</p>
        </div>
    }
}

/// Whether a link is to a file of this computer: nobody else can open it.
#[must_use]
pub fn is_file(link: &str) -> bool {
    link.starts_with("file:")
}
