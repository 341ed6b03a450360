use session::{Offer, id_of, made_lesson, offers};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::assist::Assist;
use crate::components::{Dialog, show_dialog};
use crate::effects::file_address;
use crate::text::{aim, use_locale};

/// The properties of [`MakeLesson`].
#[derive(Properties, PartialEq)]
pub struct MakeLessonProps {
    /// Where the state is looked up.
    pub assist: Assist,
}

/// A lesson made of what is open: a title, the goals that hold now to choose from, and the file.
#[component]
pub fn MakeLesson(props: &MakeLessonProps) -> Html {
    let locale = use_locale();
    let dialog = use_node_ref();
    let found = use_state_eq(Vec::<Offer>::new);
    let left_out = use_state_eq(Vec::<&'static str>::new);
    let title = use_state_eq(String::new);
    let name =
        if title.trim().is_empty() { locale.t("make-lesson-untitled").to_string() } else { title.trim().to_owned() };
    let onopen = {
        let (dialog, found, left_out, assist) = (dialog.clone(), found.clone(), left_out.clone(), props.assist.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(state) = assist.state() {
                found.set(offers(&state));
            }
            left_out.set(Vec::new());
            show_dialog(&dialog);
        })
    };
    let chosen: Vec<Offer> = found.iter().filter(|offer| !left_out.contains(&offer.id)).cloned().collect();
    let file = {
        let assist = props.assist.clone();
        use_memo((chosen.clone(), name.clone()), move |(chosen, name)| {
            let state = assist.state().filter(|_| !chosen.is_empty());
            state.map(|state| file_address(&made_lesson(&state, name, chosen))).unwrap_or_default()
        })
    };
    let ontitle = {
        let title = title.clone();
        Callback::from(move |event: InputEvent| title.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    html! {
        <div class="make-lesson">
            <button type="button" class="button" aria-haspopup="dialog" onclick={onopen}>{ locale.t("make-lesson") }</button>
            <Dialog node={dialog} id="make-lesson-title" title={locale.t("make-lesson")}>
                <div class="make-lesson__form">
                    <p>{ locale.t("make-lesson-about") }</p>
                    <label class="make-lesson__field">
                        <span>{ locale.t("make-lesson-name") }</span>
                        <input type="text" maxlength="60" value={(*title).clone()} oninput={ontitle} placeholder={locale.t("make-lesson-untitled")} />
                    </label>
                    <fieldset class="make-lesson__goals">
                        <legend>{ locale.t("make-lesson-goals") }</legend>
                        { found.iter().map(|offer| {
                            let (id, left_out) = (offer.id, left_out.clone());
                            let kept = !left_out.contains(&id);
                            let onchange = Callback::from(move |_: Event| {
                                let mut now: Vec<&'static str> = left_out.iter().copied().filter(|other| *other != id).collect();
                                if kept {
                                    now.push(id);
                                }
                                left_out.set(now);
                            });
                            html! {
                                <label key={id} class="field is-check">
                                    <input type="checkbox" checked={kept} {onchange} /><span>{ aim(&locale, &offer.aim) }</span>
                                </label>
                            }
                        }).collect::<Html>() }
                    </fieldset>
                    <p class="hint" hidden={!chosen.is_empty()}>{ locale.t("make-lesson-none") }</p>
                    <p hidden={chosen.is_empty()}>
                        <a class="button is-primary" download={format!("{}.json", id_of(&name))} href={(*file).clone()}>{ locale.t("make-lesson-download") }</a>
                    </p>
                </div>
            </Dialog>
        </div>
    }
}
