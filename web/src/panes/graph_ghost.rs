use report::Report;
use yew::prelude::*;

use super::fitted::fitted;
use crate::shared::Shared;
use crate::svg::{Column, Ghosts, Rect, beside, keyword};
use crate::text::{Locale, stage_name, use_locale};

/// The characters of a stage's name that fit; of a picture in which nothing else can be read.
const NAME_TEXT: usize = 22;
const TINY_TEXT: usize = 9;
/// From a card to the line around it that says that the goal has none here.
const AROUND: i32 = 3;
/// The differences that are said.
const MOST_WORDS: usize = 12;

/// The outlines of what the goal has and the present build has not, below the cards.
pub fn draw_ghosts(ghosts: &Ghosts, tiny: bool) -> Html {
    let rect = |class: &'static str, area: &Rect, radius: &'static str| {
        let Rect { x, y, width, height } = *area;
        html! {
            <rect {class} x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx={radius} />
        }
    };
    html! {
        <g class="ghosts">
            <g>{ ghosts.lanes.iter().enumerate().map(|(number, (name, area))| html! {
                <g key={number}>
                    { rect("ghost__lane", area, "8") }
                    <text class="ghost__name" x={(area.x + 12).to_string()} y={(area.y + if tiny { 44 } else { 19 }).to_string()}>
                        { fitted(name, if tiny { TINY_TEXT } else { NAME_TEXT }) }
                    </text>
                </g>
            }).collect::<Html>() }</g>
            <g>{ ghosts.edges.iter().enumerate().map(|(number, edge)| html! {
                <path key={number} class="ghost__edge" d={edge.clone()} />
            }).collect::<Html>() }</g>
            <g>{ ghosts.cards.iter().enumerate().map(|(number, (keyword, area))| html! {
                <g key={number}>
                    { rect("ghost__card", area, "6") }
                    <text class="ghost__keyword" x={(area.x + 12).to_string()} y={(area.y + 32).to_string()}>{ keyword.clone() }</text>
                </g>
            }).collect::<Html>() }</g>
            <g>{ ghosts.extra.iter().enumerate().map(|(number, area)| {
                let Rect { x, y, width, height } = *area;
                let around = Rect { x: x - AROUND, y: y - AROUND, width: width + 2 * AROUND, height: height + 2 * AROUND };
                html! { <g key={number}>{ rect("ghost__extra", &around, "9") }</g> }
            }).collect::<Html>() }</g>
        </g>
    }
}

/// What the outlines mean.
fn legend(locale: &Locale, columns: &[Column]) -> Html {
    let slots = || columns.iter().flat_map(|column| &column.slots);
    let key = |class: &'static str, name: &'static str, there: bool| {
        html! {
            <li hidden={!there}>
                <svg width="28" height="12"><rect {class} x="2" y="1" width="24" height="10" rx="3" /></svg>{ locale.t(name) }
            </li>
        }
    };
    html! {
        <ul class="ghost-words__legend" aria-hidden="true">
            { key("ghost__card", "ghost-missing", slots().any(|slot| slot.own.is_none())) }
            { key("ghost__extra", "ghost-extra", slots().any(|slot| slot.goal.is_none())) }
        </ul>
    }
}

/// The properties of [`GhostWords`].
#[derive(Properties, PartialEq)]
pub struct GhostWordsProps {
    /// The present build.
    pub report: Shared<Report>,
    /// What a build of the solution would do.
    pub goal: Shared<Report>,
}

/// The differences between the shapes of two graphs, in words.
#[component]
pub fn GhostWords(props: &GhostWordsProps) -> Html {
    let locale = use_locale();
    let said = use_memo((props.report.clone(), props.goal.clone(), locale.clone()), |(report, goal, locale)| {
        let columns = beside(report, goal);
        let said: Vec<AttrValue> =
            columns.iter().flat_map(|column| differences(locale, column, report, goal)).collect();
        (said, legend(locale, &columns))
    });
    let (said, legend) = &*said;
    let left_out = said.len().saturating_sub(MOST_WORDS);
    html! {
        <div class="ghost-words">
            <p class="hint" hidden={!said.is_empty()}>{ locale.t("ghost-same") }</p>
            { legend.clone() }
            <ul class="ghost-words__list" hidden={said.is_empty()}>
                { said.iter().take(MOST_WORDS).enumerate().map(|(number, said)| html! { <li key={number}>{ said.clone() }</li> }).collect::<Html>() }
            </ul>
            <p class="hint" hidden={left_out == 0}>{ locale.f("more-rows", &[("count", left_out.into())]) }</p>
        </div>
    }
}

fn differences(locale: &Locale, column: &Column, report: &Report, goal: &Report) -> Vec<AttrValue> {
    let own = column.own.and_then(|stage| report.stages.get(stage));
    let Some(own) = own else {
        let name = column.goal.and_then(|stage| goal.stages.get(stage)).map(stage_name).unwrap_or_default();
        return vec![locale.f("ghost-stage", &[("stage", name.into()), ("count", column.slots.len().into())])];
    };
    let stage = stage_name(own);
    if column.goal.is_none() {
        return vec![locale.f("ghost-own-stage", &[("stage", stage.into())])];
    }
    let text = |step: usize| report.steps.get(step).map(|step| step.text.clone()).unwrap_or_default();
    let mut above = None;
    let mut said = Vec::new();
    for slot in &column.slots {
        match (slot.own, slot.goal) {
            (None, Some(missing)) => {
                let keyword = goal.steps.get(missing).map(|step| keyword(&step.text)).unwrap_or_default();
                let args = [
                    ("stage", stage.clone().into()),
                    ("keyword", keyword.to_string().into()),
                    ("after", above.map(text).unwrap_or_default().into()),
                ];
                said.push(locale.f(if above.is_some() { "ghost-step" } else { "ghost-first-step" }, &args));
            }
            (Some(extra), None) => {
                said.push(locale.f("ghost-own-step", &[("stage", stage.clone().into()), ("step", text(extra).into())]));
            }
            _ => {}
        }
        above = slot.own.or(above);
    }
    said
}
