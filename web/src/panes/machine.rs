use std::rc::Rc;

use report::{FIGURES, Figure, Preset, Profile, Unit};
use session::{Action, Measurement};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Measure;
use crate::assist::Assist;
use crate::components::Popover;
use crate::store::use_dispatch;
use crate::text::{Locale, use_locale};

/// The properties of [`Machine`].
#[derive(Properties, PartialEq)]
pub struct MachineProps {
    /// The machine that times are for.
    pub profile: Profile,
    /// What was measured with a real engine.
    #[prop_or_default]
    pub measured: Rc<[Measurement]>,
    /// Where what became of it is looked up.
    #[prop_or_default]
    pub assist: Assist,
}

/// The machine that times are for: a preset, or figures of one's own.
#[component]
pub fn Machine(props: &MachineProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let chosen = Preset::of(&props.profile);
    html! {
        <Popover button={html! {
            <span>{ locale.f("machine-button", &[("name", preset_name(&locale, chosen).as_str().into())]) }</span>
        }}>
            <fieldset class="choices">
                <legend class="hint">{ locale.t("machine-hint") }</legend>
                { Preset::ALL.iter().map(|&preset| html! {
                    <label class="field is-check">
                        <input type="radio" name="machine" checked={chosen == Some(preset)}
                            onchange={dispatch.reform(move |_| Action::SetProfile(preset.profile()))} />
                        <span>
                            { preset_name(&locale, Some(preset)) }
                            <span class="hint">{ preset_hint(&locale, preset) }</span>
                        </span>
                    </label>
                }).collect::<Html>() }
            </fieldset>
            <fieldset class="figures">
                <legend class="hint">{ locale.t("machine-figures") }</legend>
                { FIGURES.iter().map(|figure| {
                    let onchange = {
                        let (dispatch, profile) = (dispatch.clone(), props.profile.clone());
                        Callback::from(move |event: Event| {
                            let input = event.target_unchecked_into::<HtmlInputElement>();
                            let next = input.value().trim().parse().map(|value| figure.set(&profile, value));
                            let next = next.unwrap_or_else(|_| profile.clone());
                            // What was typed may be out of bounds, or no number.
                            input.set_value(&figure.of(&next).to_string());
                            dispatch.emit(Action::SetProfile(next));
                        })
                    };
                    html! {
                        <label key={figure.name} class="figures__row">
                            <span>{ figure_name(&locale, figure) }</span>
                            <input type="number" inputmode="numeric" min={figure.least.to_string()}
                                max={figure.most.to_string()} step="1" value={figure.of(&props.profile).to_string()} {onchange} />
                            <span class="hint">{ unit_name(&locale, figure.unit) }</span>
                        </label>
                    }
                }).collect::<Html>() }
            </fieldset>
            <Measure measured={props.measured.clone()} assist={props.assist.clone()} />
        </Popover>
    }
}

fn preset_name(locale: &Locale, preset: Option<Preset>) -> AttrValue {
    locale.t(match preset {
        Some(Preset::Laptop) => "machine-laptop",
        Some(Preset::Ci) => "machine-ci",
        Some(Preset::Wifi) => "machine-wifi",
        None => "machine-own",
    })
}

fn preset_hint(locale: &Locale, preset: Preset) -> AttrValue {
    locale.t(match preset {
        Preset::Laptop => "machine-laptop-hint",
        Preset::Ci => "machine-ci-hint",
        Preset::Wifi => "machine-wifi-hint",
    })
}

fn figure_name(locale: &Locale, figure: &Figure) -> AttrValue {
    locale.t(match figure.name {
        "network" => "machine-network",
        "latency" => "machine-latency",
        "disk" => "machine-disk",
        "file" => "machine-file",
        "container" => "machine-container",
        "command" => "machine-command",
        "cores" => "machine-cores",
        "compile" => "machine-compile",
        "packages" => "machine-packages",
        "compress" => "machine-compress",
        other => other,
    })
}

fn unit_name(locale: &Locale, unit: Unit) -> AttrValue {
    locale.t(match unit {
        Unit::MegabitsPerSecond => "unit-megabits",
        Unit::MegabytesPerSecond => "unit-megabytes",
        Unit::Milliseconds => "unit-milliseconds",
        Unit::Microseconds => "unit-microseconds",
        Unit::Cores => "unit-cores",
        Unit::Percent => "unit-percent",
    })
}
