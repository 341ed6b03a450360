use report::{Options, Profile};
use session::{Action, Language, Settings, Theme};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::build_options::BuildOptions;
use super::{Glossary, Keys, OwnProject, Share};
use crate::assist::Assist;
use crate::components::{Icon, Shape};
use crate::presenter::{enter, use_presenter};
use crate::route::{Route, RouteLink};
use crate::store::use_dispatch;
use crate::text::{LANGUAGES, use_locale};

/// The properties of [`Header`].
#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The options of the build.
    pub options: Options,
    /// The machine that times are for.
    pub profile: Profile,
    /// The names of the stages that can be the target.
    pub targets: Vec<String>,
    /// What was chosen for the page.
    pub settings: Settings,
    /// What is open: the project, or the lesson.
    #[prop_or_default]
    pub project: AttrValue,
    /// Whether there is an edit to undo, and one to make again.
    pub undo: (bool, bool),
    /// Where the state is looked up when a link to it is asked for.
    #[prop_or_default]
    pub assist: Assist,
    /// Called to build.
    pub onbuild: Callback<()>,
}

/// The page's head: the project, the options of the build, the page's language and colours, and Build.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let onlanguage = dispatch.reform(|event: Event| {
        let tag = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::SetLanguage(Some(if tag == "ja" { Language::Ja } else { Language::En }))
    });
    let ontheme = dispatch.reform(|event: Event| {
        Action::SetTheme(match event.target_unchecked_into::<HtmlSelectElement>().value().as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        })
    });
    let onpresent = {
        let (presenter, assist) = (use_presenter(), props.assist.clone());
        Callback::from(move |_: MouseEvent| {
            if let (Some(presenter), Some(state)) = (&presenter, assist.state()) {
                enter(presenter, &state);
            }
        })
    };
    let theme = |theme: Theme| props.settings.theme == theme;
    let open = use_state_eq(|| false);
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <header class={classes!("header", open.then_some("is-open"))}>
            <div class="header__name">
                <svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                    <path class="logo__a" d="M12 3l9 4.5-9 4.5-9-4.5z" />
                    <path class="logo__b" d="M3 12l9 4.5 9-4.5" />
                    <path class="logo__c" d="M3 16.5L12 21l9-4.5" />
                </svg>
                <h1>{ "Layerlab" }</h1>
                <RouteLink to={Route::Lessons} class="button header__lessons"><Icon shape={Shape::Book} /><span>{ locale.t("lessons-title") }</span></RouteLink>
                <span class="header__project" title={props.project.clone()}>{ props.project.clone() }</span>
            </div>
            <BuildOptions options={props.options.clone()} profile={props.profile.clone()}
                targets={props.targets.clone()} assist={props.assist.clone()} />
            <div class="header__settings">
                <OwnProject />
                <Share assist={props.assist.clone()} />
                <Glossary />
                <Keys />
                <button type="button" class="button header__present" title={locale.t("present-about")} aria-keyshortcuts="P"
                    onclick={onpresent}><Icon shape={Shape::Screen} /><span>{ locale.t("present") }</span></button>
                <select class="select" aria-label={locale.t("language")} onchange={onlanguage}>
                    for (tag, name) in LANGUAGES {
                        <option key={tag} value={tag} lang={tag} selected={locale.tag() == tag}>{ name }</option>
                    }
                </select>
                <select class="select" aria-label={locale.t("theme")} onchange={ontheme}>
                    <option value="system" selected={theme(Theme::System)}>{ locale.t("theme-system") }</option>
                    <option value="light" selected={theme(Theme::Light)}>{ locale.t("theme-light") }</option>
                    <option value="dark" selected={theme(Theme::Dark)}>{ locale.t("theme-dark") }</option>
                </select>
            </div>
            <div class="header__page">
                <button type="button" class="button is-icon" title={locale.t("undo")} aria-label={locale.t("undo")}
                    disabled={!props.undo.0} onclick={dispatch.reform(|_| Action::Undo)}><Icon shape={Shape::Undo} /></button>
                <button type="button" class="button is-icon" title={locale.t("redo")} aria-label={locale.t("redo")}
                    disabled={!props.undo.1} onclick={dispatch.reform(|_| Action::Redo)}><Icon shape={Shape::Redo} /></button>
                <button type="button" class="button header__menu" aria-expanded={open.to_string()} onclick={ontoggle}>
                    <Icon shape={Shape::Settings} /><span>{ locale.t("header-settings") }</span>
                </button>
                <button type="button" class="button is-primary" onclick={props.onbuild.reform(|_| ())}
                    title={locale.t("build-hint")} aria-keyshortcuts="Control+Enter Meta+Enter">
                    <Icon shape={Shape::Play} /><span>{ locale.t("build") }</span>
                </button>
            </div>
        </header>
    }
}
