use std::rc::Rc;

use report::{Report, Secret, SecretKind, SecretPlace};
use yew::prelude::*;

use super::image_files::ImageFilesProps;
use super::layers::{made_by, made_in_line};
use crate::components::{Icon, Shape};
use crate::shared::Shared;
use crate::text::{Locale, use_locale};
use crate::view::{Show, use_show};

/// The secrets that the image of a build gives away.
#[hook]
pub fn use_secrets(report: &Shared<Report>) -> Rc<Vec<Secret>> {
    use_memo(report.clone(), |report| report.image.as_ref().map(report::secrets).unwrap_or_default())
}

/// The properties of [`ImageSecrets`].
#[derive(Properties, PartialEq)]
pub struct ImageSecretsProps {
    /// Those of the pane.
    pub all: ImageFilesProps,
    /// The secrets.
    pub secrets: Rc<Vec<Secret>>,
}

/// The secrets that the image gives away: where they are, since when, what hides them, what to do.
#[component]
pub fn ImageSecrets(props: &ImageSecretsProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let in_files = props.secrets.iter().any(|secret| matches!(secret.place, SecretPlace::File { .. }));
    let in_text = props.secrets.iter().any(|secret| !matches!(secret.place, SecretPlace::File { .. }));
    html! {
        <section class="secrets" aria-labelledby="secrets-title" hidden={props.secrets.is_empty()}>
            <h3 id="secrets-title">
                <Icon shape={Shape::Warning} />
                { locale.f("secrets-title", &[("count", props.secrets.len().into())]) }
            </h3>
            <ul class="secrets__list">
                { props.secrets.iter().enumerate().map(|(number, secret)| {
                    draw(&locale, props, number, secret, &show)
                }).collect::<Html>() }
            </ul>
            <p class="secrets__advice" hidden={!in_files}>{ locale.t("secrets-advice-files") }</p>
            <p class="secrets__advice" hidden={!in_text}>{ locale.t("secrets-advice-text") }</p>
        </section>
    }
}

fn draw(locale: &Locale, props: &ImageSecretsProps, number: usize, secret: &Secret, show: &Callback<Show>) -> Html {
    let report = &props.all.report;
    let layer = |number: usize| report.image.as_ref().and_then(|image| image.layers.get(number));
    let row = |row: usize| report.image.as_ref().and_then(|image| image.history.get(row));
    let made = |number: usize| layer(number).map(|layer| made_by(report, layer).to_string()).unwrap_or_default();
    let (what, place, line, step, at) = match &secret.place {
        SecretPlace::File { path, layer: number, hidden_by, line } => {
            let in_line = line.map(|line| locale.f("secret-in-line", &[("line", line.into())])).unwrap_or_default();
            let of =
                |name, number: usize| locale.f(name, &[("number", (number + 1).into()), ("made", made(number).into())]);
            let hidden = hidden_by.map(|by| of("secret-hidden", by));
            let place = html! {
                <>
                    <span>{ of("secret-since", *number) }</span>
                    <strong class="secret__hidden" hidden={hidden.is_none()}>{ hidden.unwrap_or_default() }</strong>
                </>
            };
            let from = layer(*number);
            let line = from.and_then(|layer| made_in_line(report, layer));
            (
                html! { <><code>{ path }</code>{ " " }{ in_line }</> },
                place,
                line,
                from.and_then(|from| from.step),
                Some(*number),
            )
        }
        SecretPlace::Env { row: at, name } => {
            let line = row(*at).map(|row| row.line);
            (html! { <code>{ name }</code> }, html! { <span>{ locale.t("secret-env") }</span> }, line, None, None)
        }
        SecretPlace::History { row: at, name } => {
            let (line, step) = (row(*at).map(|row| row.line), row(*at).and_then(|row| row.step));
            (html! { <code>{ name }</code> }, html! { <span>{ locale.t("secret-history") }</span> }, line, step, None)
        }
    };
    let line = line.filter(|line| *line > 0);
    html! {
        <li key={number} class="secret" onmouseenter={props.all.onfocus.reform(move |_: MouseEvent| step)}>
            <span class="secret__kind">{ locale.t(kind(secret.kind)) }</span>
            <span class="secret__what">{ what }</span>
            <span class="secret__links">
                <button type="button" class="link" hidden={line.is_none()}
                    onclick={props.all.online.reform(move |_: MouseEvent| line.unwrap_or(1))}>
                    { locale.f("problem-line", &[("line", line.unwrap_or(0).into())]) }
                </button>
                <button type="button" class="link" hidden={at.is_none()}
                    onclick={show.reform(move |_: MouseEvent| Show::ChooseLayer(at))}>
                    { locale.f("layer-number", &[("number", (at.unwrap_or(0) + 1).into())]) }
                </button>
            </span>
            <span class="secret__place">{ place }</span>
        </li>
    }
}

fn kind(kind: SecretKind) -> &'static str {
    match kind {
        SecretKind::PrivateKey => "secret-private-key",
        SecretKind::Token => "secret-token",
        SecretKind::Environment => "secret-environment",
        SecretKind::Credentials => "secret-credentials",
        SecretKind::Variable => "secret-variable",
    }
}
