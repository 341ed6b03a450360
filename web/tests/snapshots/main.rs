//! What the panes draw, as text: tags left out, each element's text on a line of its own.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::indexing_slicing, reason = "the fixture has the steps that it names")]

mod compare;
mod export;
mod figures;
mod files;
mod fixture;
mod graph;
mod image;
mod image_files;
mod keys;
mod lessons;
mod nothing;
mod own;
mod presenter;
mod problems;
mod steps;
mod suggestions;
mod timeline;

use std::rc::Rc;

use expect_test::{Expect, expect};
use report::{Outcome, Report};
use session::Changes;
use web::Shared;
use web::panes::{Files, Graph, Layers, Log, Machine, Play, Problems, Status, StepDetails, Steps, Summary, Timeline};
use web::text::Locale;
use yew::LocalServerRenderer;
use yew::prelude::*;

const EN: &str = include_str!("../../locales/en.ftl");
const JA: &str = include_str!("../../locales/ja.ftl");

#[derive(Properties, PartialEq)]
struct InLanguageProps {
    locale: Locale,
    children: Html,
}

#[component]
fn InLanguage(props: &InLanguageProps) -> Html {
    html! { <ContextProvider<Locale> context={props.locale.clone()}>{ props.children.clone() }</ContextProvider<Locale>> }
}

/// The HTML of a piece of the page in a language.
fn html_of(language: &str, children: Html) -> String {
    let locale = Locale::new(language, if language == "ja" { JA } else { EN });
    let props = InLanguageProps { locale, children };
    pollster::block_on(LocalServerRenderer::<InLanguage>::with_props(props).hydratable(false).render())
}

/// The visible text of some HTML: hidden elements left out.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut hidden: Vec<String> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("").to_string();
        if tag.starts_with('/') {
            if hidden.last() == Some(&name) {
                hidden.pop();
            }
        } else if !tag.ends_with('/') && name != "input" && (hidden.first() == Some(&name) || tag.contains(" hidden")) {
            hidden.push(name);
        }
        if hidden.is_empty() && !text.trim().is_empty() {
            out.push_str(text.trim());
            out.push('\n');
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}

fn check(language: &str, piece: Html, expected: Expect) {
    expected.assert_eq(&words(&html_of(language, piece)));
}

fn built() -> Shared<Report> {
    Shared::new(Rc::new(fixture::report()))
}

fn steps(report: Shared<Report>) -> Html {
    html! { <Steps {report} focus={None::<usize>} onfocus={Callback::noop()} online={Callback::noop()} /> }
}

fn graph(report: Shared<Report>) -> Html {
    let play = Play::new(&report);
    html! {
        <Graph {report} {play} focus={Some(4)} onfocus={Callback::noop()} online={Callback::noop()}
            onplay={Callback::noop()} />
    }
}

fn changes() -> Changes {
    Changes {
        bytes: -932_000_000,
        ms: -12_340,
        ran: vec![4, 5, 8],
        files: vec!["src/server.js".to_string()],
        dockerfile: false,
        before: report::Totals::default(),
        image_before: 1_093_000_000,
    }
}
