use session::{Action, read_example};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::components::{Choice, Icon, Shape};
use crate::effects::fetch_text;
use crate::store::use_dispatch;
use crate::text::use_locale;

/// The projects in `lessons/presets`, and what their languages are called everywhere.
const PROJECTS: [(&str, &str); 4] = [("node", "Node.js"), ("python", "Python"), ("go", "Go"), ("java", "Java")];

/// Which of a project's Dockerfiles are compared, the sentence that says so, and the one that says why.
const PAIRS: [[&str; 4]; 3] = [
    ["naive", "ordered", "preset-naive-ordered", "preset-naive-ordered-why"],
    ["ordered", "multi-stage", "preset-ordered-multi-stage", "preset-ordered-multi-stage-why"],
    ["naive", "multi-stage", "preset-naive-multi-stage", "preset-naive-multi-stage-why"],
];

/// Small projects with three Dockerfiles each, to be compared on an everyday series of events.
#[component]
pub fn Presets() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let project = use_state_eq(|| AttrValue::from(PROJECTS[0].0));
    let failed = use_state_eq(|| false);
    let options = PROJECTS.map(|(id, name)| (AttrValue::from(id), AttrValue::from(name))).to_vec();
    let pair = |[a, b, name, why]: [&'static str; 4]| {
        let (dispatch, failed, project) = (dispatch.clone(), failed.setter(), project.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (dispatch, failed, address) = (dispatch.clone(), failed.clone(), format!("presets/{}.json", *project));
            spawn_local(async move {
                let text = fetch_text(&address).await.ok();
                let scene = text.and_then(|text| read_example(&text).ok()).and_then(|example| example.scene(a, b));
                failed.set(scene.is_none());
                if let Some(scene) = scene {
                    dispatch.emit(Action::OpenExample(Box::new(scene)));
                }
            });
        });
        html! {
            <li key={name}>
                <button type="button" class="button" {onclick}><Icon shape={Shape::Play} />{ locale.t(name) }</button>
                <span class="hint">{ locale.t(why) }</span>
            </li>
        }
    };
    html! {
        <section class="presets" aria-labelledby="presets-title">
            <h3 id="presets-title">{ locale.t("presets-title") }</h3>
            <p class="hint">{ locale.t("presets-about") }</p>
            <Choice label={locale.t("presets-language")} {options} chosen={(*project).clone()}
                onchoose={let project = project.clone(); move |id| project.set(id)} />
            <ul class="presets__pairs">{ PAIRS.into_iter().map(pair).collect::<Html>() }</ul>
            <p class="compare__same is-error" hidden={!*failed}><Icon shape={Shape::Warning} />{ locale.t("presets-failed") }</p>
        </section>
    }
}
