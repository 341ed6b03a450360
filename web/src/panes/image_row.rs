use report::{FileChange, TreeNode};
use yew::prelude::*;

use crate::components::{Icon, Shape};
use crate::text::{bytes, use_locale};

/// The properties of [`ImageRowItem`].
#[derive(Properties, PartialEq)]
pub struct ImageRowItemProps {
    /// The file, or folder.
    pub node: TreeNode,
    /// Its name in the list.
    pub name: String,
    /// The number of folders around it.
    pub depth: usize,
    /// Of a folder, whether it is open.
    pub open: Option<bool>,
    /// Whether it is told what happened to it: the final image is nobody's change.
    pub marked: bool,
    /// What made it; nothing for the base image.
    pub from: AttrValue,
    /// The step that made it.
    pub step: Option<usize>,
    /// Whether that step is pointed at.
    pub linked: bool,
    /// Whether it is the one that is looked at.
    pub selected: bool,
    /// Whether the Tab key stops at it.
    pub stop: bool,
    /// Whether there is a secret in it.
    pub secret: bool,
    /// Called with its path when it is gone to.
    pub onselect: Callback<AttrValue>,
    /// Called with the path of a folder that is to be opened or closed.
    pub onfold: Callback<String>,
    /// Called with the step that is pointed at.
    pub onpoint: Callback<Option<usize>>,
}

/// What happened to a path: class, sign and the name of its word.
fn change_words(change: Option<FileChange>) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match change? {
        FileChange::Added => ("is-added", "+", "change-added"),
        FileChange::Changed => ("is-changed", "~", "change-changed"),
        FileChange::Removed => ("is-removed", "−", "change-removed"),
    })
}

/// A row of the tree of an image's files.
#[component]
pub fn ImageRowItem(props: &ImageRowItemProps) -> Html {
    let locale = use_locale();
    let node = &props.node;
    let change = change_words(node.change.filter(|_| props.marked));
    let class = change.map(|(class, _, _)| class);
    let shape = if node.kind == "dir" { Shape::Folder } else { Shape::File };
    let from = if props.from.is_empty() { locale.t("layer-base") } else { props.from.clone() };
    let link = node.link.as_ref().map(|target| format!(" → {target}")).unwrap_or_default();
    let path = AttrValue::from(node.path.clone());
    let step = props.step;
    let onclick = {
        let (select, fold, path) = (props.onselect.clone(), props.open.map(|_| props.onfold.clone()), path.clone());
        Callback::from(move |_: MouseEvent| {
            select.emit(path.clone());
            if let Some(fold) = &fold {
                fold.emit(path.to_string());
            }
        })
    };
    let onfocusin = {
        let (select, point) = (props.onselect.clone(), props.onpoint.clone());
        Callback::from(move |_: FocusEvent| {
            select.emit(path.clone());
            point.emit(step);
        })
    };
    let name = if node.others {
        html! { <span class="image-row__others">{ locale.t("image-others") }</span> }
    } else {
        html! { <span class="image-row__name" title={node.path.clone()}>{ &props.name }{ link }</span> }
    };
    html! {
        <li role="none">
            <button type="button" role="treeitem" style={format!("--depth: {}", props.depth)}
                class={classes!("image-row", class, props.linked.then_some("is-linked"))}
                aria-level={(props.depth + 1).to_string()} aria-selected={props.selected.to_string()}
                aria-expanded={props.open.map(|open| open.to_string())} tabindex={if props.stop { "0" } else { "-1" }}
                onmouseenter={props.onpoint.reform(move |_: MouseEvent| step)} {onfocusin} {onclick}>
                <span class="image-row__path">
                    <span class={classes!("tree__arrow", props.open.map(|_| "is-folder"))}><Icon shape={Shape::Right} /></span>
                    <span class="image-row__sign" aria-hidden="true">{ change.map(|(_, sign, _)| sign) }</span>
                    <Icon {shape} />
                    { name }
                    if let Some((class, _, word)) = change {
                        <span class={classes!("change", class)}>{ locale.t(word) }</span>
                    }
                    if props.secret {
                        <span class="image-row__secret"><Icon shape={Shape::Warning} />{ locale.t("image-secret") }</span>
                    }
                </span>
                <span class="image-row__from" title={from.clone()}>{ from.clone() }</span>
                <span class="image-row__mode">{ format!("{:04o}", node.mode) }</span>
                <span class="image-row__owner">{ format!("{}:{}", node.uid, node.gid) }</span>
                <span class="image-row__size">{ bytes(node.bytes) }</span>
            </button>
        </li>
    }
}
