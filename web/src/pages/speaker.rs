use gloo::timers::callback::Interval;
use report::StepState;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Window;
use yew::prelude::*;

use crate::components::{Icon, Shape, state_class, state_word};
use crate::effects::own_storage;
use crate::presenter::{Fields, TO_ROOM, TO_SPEAKER, hear, post};
use crate::text::{Locale, use_locale};

/// How often the room's window is asked, and the clock looked at, in milliseconds.
const TICK_MS: u32 = 1_000;
/// After so many ticks without an answer the room's window is gone.
const LOST: u32 = 4;
/// Where it is kept when the speaker began, in milliseconds since 1970.
const BEGAN: &str = "layerlab-speaker-began";

/// The properties of [`SpeakerView`].
#[derive(Properties, PartialEq)]
pub struct SpeakerViewProps {
    /// What the room's window said last; empty before it did.
    pub room: Fields,
    /// Whether it answers.
    pub there: bool,
    /// The time of day.
    pub clock: AttrValue,
    /// The seconds since the speaker began.
    pub gone: u64,
    /// Called with a key to press in the room's window.
    pub onpress: Callback<&'static str>,
    /// Called to count: an answer, and one more.
    pub oncount: Callback<(bool, bool)>,
    /// Called to count the time anew.
    pub onrestart: Callback<()>,
}

/// What the speaker has before them: what to say, what is next, the time, and how the room has answered.
#[component]
pub fn SpeakerView(props: &SpeakerViewProps) -> Html {
    let locale = use_locale();
    let text = |name: &str| props.room.get(name).cloned().unwrap_or_default();
    let is = |name: &str| props.room.get(name).is_some_and(|text| !text.is_empty());
    let press = |key: &'static str| props.onpress.reform(move |_: MouseEvent| key);
    let lines = |text: String| text.split("\n\n").map(|part| html! { <p>{ part.to_owned() }</p> }).collect::<Html>();
    let problem = match (props.there, is("on")) {
        (false, _) => Some("speaker-lost"),
        (true, false) => Some("speaker-off"),
        (true, true) => None,
    };
    let minutes = is("minutes").then(|| locale.f("speaker-minutes", &[("minutes", text("minutes").into())]));
    html! {
        <div class="speaker">
            <header class="speaker__head">
                <h1>{ locale.t("present-speaker") }</h1>
                <span class="speaker__minutes" hidden={minutes.is_none()}>{ minutes.unwrap_or_default() }</span>
                <span class="speaker__time" title={locale.t("speaker-gone")} aria-label={locale.t("speaker-gone")}>{ elapsed(props.gone) }</span>
                <button type="button" class="button is-icon" title={locale.t("speaker-restart")} aria-label={locale.t("speaker-restart")}
                    onclick={props.onrestart.reform(|_: MouseEvent| ())}><Icon shape={Shape::Again} /></button>
                <time class="speaker__clock">{ props.clock.clone() }</time>
            </header>
            <p class="speaker__problem" role="status" hidden={problem.is_none()}>{ problem.map(|name| locale.t(name)).unwrap_or_default() }</p>
            <main class="speaker__now">
                <section class="speaker__item" hidden={!is("item")}>
                    <h2>{ text("item") }</h2>
                    <div class="speaker__notes">{ lines(text("said")) }</div>
                </section>
                <p class="hint">{ text("place") }</p>
                <h2 hidden={!is("title")}>{ text("title") }</h2>
                <div class="speaker__notes">{ lines(text("notes")) }</div>
            </main>
            <aside class="speaker__aside">
                <section hidden={!is("next")}>
                    <h3>{ locale.t("speaker-next") }</h3>
                    <div class="speaker__next">{ lines(text("next").replace('\n', "\n\n")) }</div>
                </section>
                <section hidden={!is("after")}>
                    <h3>{ locale.t("speaker-after") }</h3>
                    <p>{ text("after") }</p>
                </section>
                <section hidden={!is("question")}>
                    <h3>{ locale.t("present-predict") }</h3>
                    <p><code lang="en">{ text("question") }</code></p>
                    <p class="hint">{ text("answer") }</p>
                    { answer(&locale, props, true, &text("hit"), is("asking")) }
                    { answer(&locale, props, false, &text("miss"), is("asking")) }
                </section>
            </aside>
            <footer class="speaker__foot">
                <button type="button" class="button" onclick={press("ArrowLeft")}><Icon shape={Shape::Left} />{ locale.t("present-back") }</button>
                <button type="button" class="button" onclick={press("b")}>{ locale.t("present-blank") }</button>
                <button type="button" class="button is-primary" onclick={press("ArrowRight")}>{ locale.t("present-next") }<Icon shape={Shape::Right} /></button>
            </footer>
        </div>
    }
}

fn answer(locale: &Locale, props: &SpeakerViewProps, hit: bool, count: &str, asking: bool) -> Html {
    let state = if hit { StepState::Cached } else { StepState::Ran };
    let word = locale.t(state_word(state));
    let button = |more: bool| {
        let (shape, name) = if more { (Shape::Plus, "present-one-more") } else { (Shape::Minus, "present-one-fewer") };
        let name = locale.f(name, &[("answer", word.as_str().into())]);
        html! {
            <button type="button" class="button is-icon" title={name.clone()} aria-label={name} disabled={!asking}
                onclick={props.oncount.reform(move |_: MouseEvent| (hit, more))}><Icon {shape} /></button>
        }
    };
    html! {
        <div class={classes!("speaker__answer", state_class(state))} role="group" aria-label={word.clone()}>
            <span>{ word.clone() }</span>{ button(false) }<output>{ count.to_owned() }</output>{ button(true) }
        </div>
    }
}

/// Minutes and seconds, and hours where there are some.
fn elapsed(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The properties of [`Speaker`].
#[derive(Properties, Clone, PartialEq)]
pub struct SpeakerProps {
    /// The reader's language.
    pub locale: Locale,
}

/// The page of the speaker's window. It holds nothing: it shows what the window says that opened it, and presses its keys.
#[component]
pub fn Speaker(props: &SpeakerProps) -> Html {
    let room = use_state_eq(Fields::new);
    let silent = use_state_eq(|| 0_u32);
    let now = use_state_eq(js_sys::Date::now);
    let began = use_state_eq(began);
    use_effect_with((), {
        let (room, silent, now) = (room.setter(), silent.clone(), now.setter());
        let quiet = std::rc::Rc::new(std::cell::Cell::new(0_u32));
        move |()| {
            let heard = hear(TO_SPEAKER, {
                let (silent, quiet) = (silent.setter(), quiet.clone());
                move |_, fields| {
                    quiet.set(0);
                    silent.set(0);
                    room.set(fields);
                }
            });
            say(&[("do", "hello")]);
            let clock = Interval::new(TICK_MS, move || {
                quiet.set(quiet.get().saturating_add(1));
                silent.set(quiet.get());
                now.set(js_sys::Date::now());
                say(&[("do", "hello")]);
            });
            // The keys of presenter mode work here, too.
            let document = gloo::utils::document();
            let keys = gloo::events::EventListener::new(&document, "keydown", |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                let on_button =
                    event.key() == " " && target.is_some_and(|target| target.matches("button").unwrap_or(false));
                if !with_others && !on_button {
                    let (key, code, shift) = (event.key(), event.code(), if event.shift_key() { "1" } else { "" });
                    say(&[("do", "press"), ("key", &key), ("code", &code), ("shift", shift)]);
                }
            });
            move || drop((heard, clock, keys))
        }
    });
    let onrestart = {
        let began = began.clone();
        Callback::from(move |()| {
            keep_began(js_sys::Date::now());
            began.set(js_sys::Date::now());
        })
    };
    let onpress = Callback::from(|key: &'static str| say(&[("do", "press"), ("key", key)]));
    let oncount = Callback::from(|(hit, more): (bool, bool)| {
        say(&[("do", "count"), ("hit", if hit { "1" } else { "" }), ("more", if more { "1" } else { "" })]);
    });
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds of a talk are few")]
    let gone = ((*now - *began).max(0.0) / 1_000.0) as u64;
    let date = js_sys::Date::new(&JsValue::from_f64(*now));
    let clock = format!("{}:{:02}", date.get_hours(), date.get_minutes());
    html! {
        <ContextProvider<Locale> context={props.locale.clone()}>
            <SpeakerView room={(*room).clone()} there={*silent < LOST && !room.is_empty()} {clock} {gone} {onpress} {oncount} {onrestart} />
        </ContextProvider<Locale>>
    }
}

/// When the speaker began: the first time that this window was opened.
fn began() -> f64 {
    let kept = own_storage().and_then(|storage| storage.get_item(BEGAN).ok().flatten());
    kept.and_then(|kept| kept.parse().ok()).unwrap_or_else(|| {
        let now = js_sys::Date::now();
        keep_began(now);
        now
    })
}

fn keep_began(at: f64) {
    if let Some(storage) = own_storage() {
        let _ = storage.set_item(BEGAN, &at.to_string());
    }
}

/// Says something to the window that opened this one.
fn say(fields: &[(&str, &str)]) {
    // Of another realm, it is no instance of this one's class.
    let opener = gloo::utils::window().opener().ok().filter(|opener| !opener.is_null() && !opener.is_undefined());
    if let Some(opener) = opener.map(JsCast::unchecked_into::<Window>) {
        let fields = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        post(&opener, TO_ROOM, &fields);
    }
}
