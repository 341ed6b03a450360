use session::suggest::{Amount, Figures, Gain, ImageChange, PathChange, PathChangeKind, Suggestion};
use yew::prelude::*;

use crate::components::{BasisMark, Diff, Icon, Of, Shape};
use crate::text::{Locale, arguments, bytes, duration, use_locale};

/// The properties of [`SuggestionCard`].
#[derive(Properties, PartialEq)]
pub struct SuggestionCardProps {
    /// The rewrite.
    pub suggestion: Suggestion,
    /// Called to make it.
    pub onapply: Callback<Suggestion>,
}

/// A rewrite that gains: what it is, why, what it gains and costs, what it changes, and the button that makes it.
#[component]
pub fn SuggestionCard(props: &SuggestionCardProps) -> Html {
    let locale = use_locale();
    let suggestion = &props.suggestion;
    let args = arguments(&suggestion.args);
    let title = locale.f(&format!("suggest-{}", suggestion.code), &args);
    let why = locale.f(&format!("suggest-{}-why", suggestion.code), &args);
    let onclick = {
        let suggestion = suggestion.clone();
        props.onapply.reform(move |_: MouseEvent| suggestion.clone())
    };
    let label = locale.f("suggestion-apply-named", &[("title", title.to_string().into())]);
    html! {
        <li class="suggestion">
            <div class="suggestion__head">
                <h3 class="suggestion__title">{ title }</h3>
                <button type="button" class="button" aria-label={label} {onclick}>{ locale.t("suggestion-apply") }</button>
            </div>
            <p class="suggestion__why">{ why }</p>
            <ul class="suggestion__gains">
                { suggestion.gains.iter().chain(&suggestion.losses).enumerate().map(|(number, gain)| figure(&locale, number, gain, (&suggestion.before, &suggestion.after))).collect::<Html>() }
            </ul>
            { change(&locale, &suggestion.image) }
            { suggestion.files.iter().map(|file| html! {
                <details key={file.path.clone()} class="suggestion__part">
                    <summary>{ locale.f("suggestion-edit", &[("path", file.path.as_str().into())]) }</summary>
                    <Diff lines={file.lines.clone()} />
                </details>
            }).collect::<Html>() }
        </li>
    }
}

/// What is better or worse, in a sentence.
pub(super) fn sentence(locale: &Locale, gain: &Gain) -> AttrValue {
    let Amount { before, after } = gain.amount();
    let said = |figure: u64| match gain {
        Gain::Image(_) | Gain::Context(_) => bytes(figure).into(),
        Gain::Cold(_) | Gain::Source(_) | Gain::Dependency(_) => duration(locale, figure).into(),
        Gain::Problem(..) => figure.into(),
    };
    let mut args = vec![("before", said(before)), ("after", said(after))];
    if let Gain::Problem(code, _) = gain {
        args.push(("problem", (*code).into()));
    }
    locale.f(&format!("suggest-gain-{}", gain.code()), &args)
}

/// The same as a line of a list, with how sure it is.
pub(super) fn figure(locale: &Locale, number: usize, gain: &Gain, (before, after): (&Figures, &Figures)) -> Html {
    let basis = gain.basis(before, after);
    let of = match gain {
        Gain::Cold(_) | Gain::Source(_) | Gain::Dependency(_) => Of::Time,
        Gain::Image(_) | Gain::Context(_) | Gain::Problem(..) => Of::Size,
    };
    let (class, shape, word) = match gain.is_loss() {
        true => ("is-run", Shape::Warning, "suggestion-costs"),
        false => ("is-hit", Shape::Check, "suggestion-gains"),
    };
    html! {
        <li key={number} class={classes!("suggestion__gain", class)}>
            <span class="verdict"><Icon {shape} /><span>{ locale.t(word) }</span></span>
            <span>{ sentence(locale, gain) }<BasisMark {basis} {of} /></span>
        </li>
    }
}

/// What is different in the image: said at once where it is nothing, else on demand.
fn change(locale: &Locale, image: &ImageChange) -> Html {
    if image.is_nothing() {
        return html! { <p class="suggestion__same"><Icon shape={Shape::Info} />{ locale.t("suggest-change-nothing") }</p> };
    }
    let paths = image.paths.len() + image.more;
    let fields = image.config.join(", ");
    html! {
        <details class="suggestion__part">
            <summary>{ locale.f("suggestion-changes", &[("count", paths.into()), ("fields", image.config.len().into())]) }</summary>
            <ul class="suggestion__paths">
                <li key="config" hidden={fields.is_empty()}>{ locale.f("suggest-change-config", &[("fields", fields.into())]) }</li>
                { image.paths.iter().map(|change| html! { <li key={change.path.clone()}>{ path(locale, change) }</li> }).collect::<Html>() }
                <li key="more" hidden={image.more == 0}>{ locale.f("suggest-change-more", &[("count", image.more.into())]) }</li>
            </ul>
        </details>
    }
}

fn path(locale: &Locale, change: &PathChange) -> AttrValue {
    let owner = |(uid, gid): (u32, u32)| format!("{uid}:{gid}").into();
    let mode = |mode: u32| format!("{mode:04o}").into();
    let path = ("path", change.path.as_str().into());
    let size = [("files", change.files.into()), ("size", bytes(change.bytes).into())];
    match change.kind {
        PathChangeKind::Added => locale.f("suggest-change-added", &[&[path][..], &size].concat()),
        PathChangeKind::Removed => locale.f("suggest-change-removed", &[&[path][..], &size].concat()),
        PathChangeKind::Content => locale.f("suggest-change-content", &[path]),
        PathChangeKind::Owner { before, after } => {
            locale.f("suggest-change-owner", &[path, ("before", owner(before)), ("after", owner(after))])
        }
        PathChangeKind::Mode { before, after } => {
            locale.f("suggest-change-mode", &[path, ("before", mode(before)), ("after", mode(after))])
        }
    }
}
