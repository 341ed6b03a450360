use session::import::{Assembled, Format, Unread};
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::shared::Shared;
use crate::text::{Locale, bytes, use_locale};

/// The properties of [`OwnFound`].
#[derive(Properties, PartialEq)]
pub struct OwnFoundProps {
    /// The project that would be opened.
    pub made: Shared<Assembled>,
    /// Of a listing the program that wrote it.
    #[prop_or_default]
    pub format: Option<Format>,
    /// The first lines of it that could not be read.
    #[prop_or_default]
    pub unread: Vec<Unread>,
    /// How many they are altogether.
    #[prop_or_default]
    pub unread_count: usize,
    /// Files that could not be got.
    #[prop_or_default]
    pub lost: usize,
    /// Whether a Dockerfile was typed that takes the place of the project's own.
    #[prop_or_default]
    pub given: bool,
}

/// What there is in a project before it is opened, and what is not known of it.
#[component]
pub fn OwnFound(props: &OwnFoundProps) -> Html {
    let locale = use_locale();
    let made = &*props.made;
    let dockerfile = match (&made.dockerfile, props.given) {
        (_, true) => locale.t("own-dockerfile-given"),
        (Some(path), false) => locale.f("own-dockerfile-found", &[("path", path.as_str().into())]),
        (None, false) => locale.t("own-dockerfile-missing"),
    };
    let is_missing = made.dockerfile.is_none() && !props.given;
    let notes = notes(&locale, props);
    html! {
        <div class="own-found">
            <p class="own-found__sum">
                <Icon shape={Shape::Folder} />
                <strong hidden={made.folder.is_empty()}>{ made.folder.clone() }</strong>
                <span>{ locale.f("own-sum", &[("count", made.files.into()), ("size", bytes(made.context.bytes()).into())]) }</span>
                <span class="hint" hidden={props.format.is_none()}>
                    { locale.f("own-read-as", &[("command", props.format.map_or("", Format::command).into())]) }
                </span>
            </p>
            <p class={classes!("own-found__dockerfile", is_missing.then_some("is-missing"))}>
                <Icon shape={if is_missing { Shape::Warning } else { Shape::Check }} /><span>{ dockerfile }</span>
            </p>
            <ul class="own-found__notes" hidden={notes.is_empty()}>
                { notes.iter().map(|note| html! { <li key={note.to_string()}>{ note.clone() }</li> }).collect::<Html>() }
            </ul>
            <details class="own-found__lines" hidden={props.unread_count == 0}>
                <summary>{ locale.f("own-unread", &[("count", props.unread_count.into())]) }</summary>
                <ol>
                    { props.unread.iter().map(|unread| html! {
                        <li key={unread.line}>
                            { locale.f("own-unread-line", &[("line", unread.line.into())]) }{ " " }<code>{ unread.text.clone() }</code>
                        </li>
                    }).collect::<Html>() }
                </ol>
                <p class="hint" hidden={props.unread.len() >= props.unread_count}>
                    { locale.f("own-unread-more", &[("count", props.unread_count.saturating_sub(props.unread.len()).into())]) }
                </p>
            </details>
        </div>
    }
}

/// What is not known, or was left out, in sentences.
fn notes(locale: &Locale, props: &OwnFoundProps) -> Vec<AttrValue> {
    let made = &*props.made;
    let counted = |name: &str, count: usize| (count > 0).then(|| locale.f(name, &[("count", count.into())]));
    let told = |name: &str, tell: bool| tell.then(|| locale.t(name));
    let texts: Vec<&str> =
        made.without_text.iter().map(String::as_str).filter(|path| !props.given || *path != "Dockerfile").collect();
    let texts = (!texts.is_empty()).then(|| locale.f("own-without-text", &[("paths", texts.join(", ").into())]));
    let refused = made.refused.first().and_then(|first| {
        let why = first.error.to_string();
        counted("own-refused", made.refused_count).map(|count| AttrValue::from(format!("{count} {why}")))
    });
    [
        texts,
        counted("own-without-size", made.without_size),
        counted("own-without-target", made.without_target),
        told("own-modes", made.modes_guessed),
        refused,
        counted("own-lost", props.lost),
    ]
    .into_iter()
    .flatten()
    .collect()
}
