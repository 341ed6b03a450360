use yew::prelude::*;

use super::{Icon, Shape, focus_item};

/// A tab: its name in the page, what it says, and whether a mark stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// Names it; the panel that it opens has the id `panel-NAME`.
    pub id: AttrValue,
    /// What it says.
    pub label: AttrValue,
    /// A short addition: a count, a dot.
    pub mark: Option<AttrValue>,
    /// Whether it can be closed: with its cross, or with Delete on its name.
    pub closable: bool,
}

/// The properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// What the tabs choose between.
    pub label: AttrValue,
    /// The panel that they open: the id of its element.
    pub panel: AttrValue,
    /// The tabs.
    pub tabs: Vec<Tab>,
    /// The id of the one that is open.
    pub selected: AttrValue,
    /// Called with the id of the one that is chosen.
    pub onselect: Callback<AttrValue>,
    /// Called with the id of the one that is closed.
    #[prop_or_default]
    pub onclose: Callback<AttrValue>,
}

/// Tabs, as the ARIA practices have them: one stop of the Tab key, arrows between them.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let list = use_node_ref();
    let onkeydown = {
        let ids: Vec<AttrValue> = props.tabs.iter().map(|tab| tab.id.clone()).collect();
        let closable = props.tabs.iter().find(|tab| tab.id == props.selected).is_some_and(|tab| tab.closable);
        let (selected, onselect, list) = (props.selected.clone(), props.onselect.clone(), list.clone());
        let onclose = props.onclose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let at = ids.iter().position(|id| *id == selected).unwrap_or(0);
            if event.key() == "Delete" && closable {
                event.prevent_default();
                // The tab before it is never the last one that is there: those cannot be closed.
                focus_item(&list, at.saturating_sub(1));
                onclose.emit(selected.clone());
                return;
            }
            let last = ids.len().saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowRight" if at == last => 0,
                "ArrowRight" => at + 1,
                "ArrowLeft" if at == 0 => last,
                "ArrowLeft" => at - 1,
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            if let Some(id) = ids.get(next) {
                onselect.emit(id.clone());
                focus_item(&list, next);
            }
        })
    };
    let close = |tab: &Tab| {
        let id = tab.id.clone();
        props.onclose.reform(move |event: MouseEvent| {
            event.stop_propagation();
            id.clone()
        })
    };
    html! {
        <div ref={list} class="tabs" role="tablist" aria-label={props.label.clone()} {onkeydown}>
            for tab in props.tabs.iter() {
                <button key={tab.id.to_string()} type="button" role="tab" class="tab"
                    id={tab_id(&props.panel, &tab.id)}
                    aria-controls={props.panel.clone()}
                    aria-selected={(tab.id == props.selected).to_string()}
                    tabindex={if tab.id == props.selected { "0" } else { "-1" }}
                    aria-keyshortcuts={tab.closable.then_some("Delete")}
                    onclick={props.onselect.reform({ let id = tab.id.clone(); move |_| id.clone() })}>
                    <span>{ tab.label.clone() }</span>
                    <span class="tab__mark">{ tab.mark.clone().unwrap_or_default() }</span>
                    // A list of tabs may hold nothing but tabs, so that the cross is for pointers only.
                    <span class="tab__close" aria-hidden="true" hidden={!tab.closable} onclick={close(tab)}>
                        <Icon shape={Shape::Cross} />
                    </span>
                </button>
            }
        </div>
    }
}

/// The id of a tab's element. Paths may have spaces in them, ids may not.
#[must_use]
pub fn tab_id(panel: &str, id: &str) -> String {
    format!("tab-{panel}-{id}").replace(char::is_whitespace, "_")
}
