use report::{LineIndex, Report};
use yew::prelude::*;

use super::editor_lines::{Gutter, Overlay};
use crate::editing::{LINE_HEIGHT, has_long_line};
use crate::shared::Shared;
use crate::text::use_locale;

/// The lines that are drawn; the rest is a number.
const MOST_LINES: usize = 2_000;

/// The properties of [`Listing`].
#[derive(Properties, PartialEq)]
pub struct ListingProps {
    /// What it is called.
    pub path: AttrValue,
    /// The text.
    pub text: AttrValue,
    /// What is known of the text.
    pub report: Shared<Report>,
    /// The step that is pointed at elsewhere.
    pub focus: Option<usize>,
}

/// A Dockerfile to read: coloured, with what happens to each step beside it, and nothing to type into.
#[component]
pub fn Listing(props: &ListingProps) -> Html {
    let locale = use_locale();
    let count = use_memo(props.text.clone(), |text| LineIndex::new(text).line_count());
    let drawn = (*count).min(MOST_LINES);
    let report = props.report.clone();
    html! {
        <div class="listing" role="group" tabindex="0" aria-label={locale.f("editor-label", &[("path", props.path.to_string().into())])}
            style={format!("--line-height: {LINE_HEIGHT}px")}>
            <div class="listing__lines">
                <Gutter start={0} end={drawn} report={report.clone()} />
                if has_long_line(&props.text) {
                    <pre class="overlay">{ props.text.clone() }</pre>
                } else {
                    <Overlay text={props.text.clone()} start={0} end={drawn} {report} linked={props.focus} />
                }
            </div>
            <p class="hint" hidden={*count <= MOST_LINES}>{ locale.f("more-lines", &[("count", count.saturating_sub(MOST_LINES).into())]) }</p>
        </div>
    }
}
