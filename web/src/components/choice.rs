use yew::prelude::*;

/// The properties of [`Choice`].
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// What is chosen.
    pub label: AttrValue,
    /// Names and words.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The name of the one that is chosen.
    pub chosen: AttrValue,
    /// Called with the name of the one that is pressed.
    pub onchoose: Callback<AttrValue>,
}

/// A few buttons of which one is down.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    html! {
        <div class="choice" role="group" aria-label={props.label.clone()}>
            for (id, words) in props.options.iter() {
                <button key={id.to_string()} type="button" class="choice__option"
                    aria-pressed={(*id == props.chosen).to_string()}
                    onclick={props.onchoose.reform({ let id = id.clone(); move |_: MouseEvent| id.clone() })}>
                    { words }
                </button>
            }
        </div>
    }
}
