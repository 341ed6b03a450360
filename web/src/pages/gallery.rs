use session::{Action, GalleryEntry, GalleryKind, LessonAction, read_gallery, read_gallery_project};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::{Choice, Icon, Shape};
use crate::effects::fetch_text;
use crate::route::{Route, RouteLink};
use crate::store::use_dispatch;
use crate::text::{Locale, use_locale};

/// The kinds of projects that can be asked for, and what they are called.
const KINDS: [(&str, &str, Option<GalleryKind>); 3] = [
    ("all", "gallery-all", None),
    ("framework", "gallery-frameworks", Some(GalleryKind::Framework)),
    ("mistake", "gallery-mistakes", Some(GalleryKind::Mistake)),
];

/// What is known of the gallery.
#[derive(Clone, Default, PartialEq)]
enum Shelf {
    #[default]
    Waiting,
    Lost,
    Here(Vec<GalleryEntry>),
}

/// The properties of [`GalleryList`].
#[derive(Properties, PartialEq)]
pub struct GalleryListProps {
    /// The projects.
    pub entries: Vec<GalleryEntry>,
    /// Opens one: its id.
    pub onopen: Callback<String>,
    /// The one whose files could not be had.
    #[prop_or_default]
    pub failed: Option<String>,
}

/// Projects to start from, in the place of the panes.
#[component]
pub fn Gallery() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let shelf = use_state_eq(Shelf::default);
    let failed = use_state_eq(|| None::<String>);
    use_effect_with((), {
        let shelf = shelf.setter();
        move |()| {
            spawn_local(async move {
                let text = fetch_text("gallery/index.json").await.ok();
                let entries = text.and_then(|text| read_gallery(&text).ok());
                shelf.set(entries.map_or(Shelf::Lost, Shelf::Here));
            });
        }
    });
    let onopen = {
        let (dispatch, failed) = (dispatch.clone(), failed.setter());
        Callback::from(move |id: String| {
            let (dispatch, failed) = (dispatch.clone(), failed.clone());
            spawn_local(async move {
                let text = fetch_text(&format!("gallery/{id}.json")).await.ok();
                match text.and_then(|text| read_gallery_project(&text).ok()) {
                    Some(context) => {
                        // a lesson keeps its own project
                        dispatch.emit(Action::Lesson(LessonAction::Close));
                        dispatch.emit(Action::OpenProject(context));
                        Route::Sandbox.go();
                    }
                    None => failed.set(Some(id)),
                }
            });
        })
    };
    html! {
        <main class="gallery" aria-labelledby="gallery-title">
            <div class="gallery__head">
                <div>
                    <h2 id="gallery-title">{ locale.t("gallery-title") }</h2>
                    <p class="gallery__about">{ locale.t("gallery-about") }</p>
                </div>
                <RouteLink to={Route::Sandbox} class="button"><Icon shape={Shape::Left} />{ locale.t("lessons-sandbox") }</RouteLink>
            </div>
            { match &*shelf {
                Shelf::Waiting => html! { <p class="hint">{ locale.t("gallery-loading") }</p> },
                Shelf::Lost => html! { <p class="is-error" role="alert"><Icon shape={Shape::Warning} />{ locale.t("gallery-lost") }</p> },
                Shelf::Here(entries) => html! {
                    <GalleryList entries={entries.clone()} {onopen} failed={(*failed).clone()} />
                },
            } }
        </main>
    }
}

/// The projects as cards, found by their words and their kind.
#[component]
pub fn GalleryList(props: &GalleryListProps) -> Html {
    let locale = use_locale();
    let search = use_state_eq(String::new);
    let kind = use_state_eq(|| AttrValue::from(KINDS[0].0));
    let wanted = KINDS.into_iter().find(|(id, ..)| *kind == **id).and_then(|(.., wanted)| wanted);
    let found: Vec<&GalleryEntry> = props
        .entries
        .iter()
        .filter(|entry| wanted.is_none_or(|kind| kind == entry.kind) && entry.matches(&search, locale.tag()))
        .collect();
    let oninput = {
        let search = search.setter();
        Callback::from(move |event: InputEvent| search.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let options = KINDS.map(|(id, name, _)| (AttrValue::from(id), locale.t(name))).to_vec();
    html! {
        <div class="gallery__list">
            <div class="gallery__tools">
                <label class="gallery__search">
                    <span class="visually-hidden">{ locale.t("gallery-search") }</span>
                    <Icon shape={Shape::Search} />
                    <input type="search" placeholder={locale.t("gallery-search")} value={(*search).clone()} {oninput} />
                </label>
                <Choice label={locale.t("gallery-kind")} {options} chosen={(*kind).clone()}
                    onchoose={let kind = kind.clone(); move |id| kind.set(id)} />
                <p class="hint" role="status">{ locale.f("gallery-found", &[("count", found.len().into())]) }</p>
            </div>
            <ul class="gallery__cards">
                { found.into_iter().map(|entry| card(&locale, entry, props)).collect::<Html>() }
            </ul>
        </div>
    }
}

fn card(locale: &Locale, entry: &GalleryEntry, props: &GalleryListProps) -> Html {
    let said = entry.said(locale.tag()).cloned().unwrap_or_default();
    let (kind, shape, class) = match entry.kind {
        GalleryKind::Framework => ("gallery-framework", Shape::Check, "is-framework"),
        GalleryKind::Mistake => ("gallery-mistake", Shape::Warning, "is-mistake"),
    };
    let onclick = {
        let (onopen, id) = (props.onopen.clone(), entry.id.clone());
        Callback::from(move |_: MouseEvent| onopen.emit(id.clone()))
    };
    html! {
        <li key={entry.id.clone()} class={classes!("gallery-card", class)}>
            <p class="gallery-card__kind"><Icon {shape} />{ locale.t(kind) }</p>
            <h3>{ said.title.clone() }</h3>
            <p class="gallery-card__text">{ said.text }</p>
            <p class="gallery-card__tags">{ entry.tags.join(" · ") }</p>
            <button type="button" class="button" {onclick} aria-label={locale.f("gallery-open-named", &[("title", said.title.into())])}>
                { locale.t("gallery-open") }
            </button>
            <p class="is-error" role="alert" hidden={props.failed.as_ref() != Some(&entry.id)}>
                <Icon shape={Shape::Warning} />{ locale.t("gallery-lost") }
            </p>
        </li>
    }
}
