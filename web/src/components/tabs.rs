use yew::prelude::*;

/// A tab: its name in the page, what it says, and whether a mark stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// Names it; the panel that it opens has the id `panel-NAME`.
    pub id: AttrValue,
    /// What it says.
    pub label: AttrValue,
    /// A short addition: a count, a dot.
    pub mark: Option<AttrValue>,
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
}

/// Tabs, as the ARIA practices have them: one stop of the Tab key, arrows between them.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let list = use_node_ref();
    let onkeydown = {
        let ids: Vec<AttrValue> = props.tabs.iter().map(|tab| tab.id.clone()).collect();
        let (selected, onselect, list) = (props.selected.clone(), props.onselect.clone(), list.clone());
        Callback::from(move |event: KeyboardEvent| {
            let at = ids.iter().position(|id| *id == selected).unwrap_or(0);
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
                focus_child(&list, next);
            }
        })
    };
    html! {
        <div ref={list} class="tabs" role="tablist" aria-label={props.label.clone()} {onkeydown}>
            for tab in props.tabs.iter() {
                <button key={tab.id.to_string()} type="button" role="tab" class="tab"
                    id={format!("tab-{}-{}", props.panel, tab.id)}
                    aria-controls={props.panel.clone()}
                    aria-selected={(tab.id == props.selected).to_string()}
                    tabindex={if tab.id == props.selected { "0" } else { "-1" }}
                    onclick={props.onselect.reform({ let id = tab.id.clone(); move |_| id.clone() })}>
                    <span>{ tab.label.clone() }</span>
                    <span class="tab__mark">{ tab.mark.clone().unwrap_or_default() }</span>
                </button>
            }
        </div>
    }
}

fn focus_child(list: &NodeRef, index: usize) {
    let children = list.cast::<web_sys::Element>().map(|list| list.children());
    let child = u32::try_from(index).ok().and_then(|index| children.and_then(|children| children.item(index)));
    if let Some(child) = child.and_then(|child| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(child).ok()) {
        let _ = child.focus();
    }
}
