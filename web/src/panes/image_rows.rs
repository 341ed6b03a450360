use std::collections::BTreeSet;
use std::rc::Rc;

use report::{FileChange, Report, Tree};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::file_tree::{Press, press};
use super::image_file::ImageFile;
use super::image_files::ImageFilesProps;
use super::image_tree::{Asked, ImageRow, rows};
use super::layers::{made_by, made_in_line};
use crate::components::{Choice, Icon, Shape, focus_item, item_of};
use crate::shared::Shared;
use crate::text::{Locale, bytes, use_locale};

/// The rows that are drawn at first, and the more that are drawn each time that is asked for.
const ROWS: usize = 300;

/// The properties of [`ImageRows`].
#[derive(Properties, PartialEq)]
pub struct ImageRowsProps {
    /// Those of the pane.
    pub all: ImageFilesProps,
    /// The layer; `None` for the final image.
    pub layer: Option<usize>,
    /// The files after it.
    pub tree: Shared<Tree>,
    /// The files in which there are secrets.
    pub secrets: Rc<Vec<String>>,
}

/// The files as a tree, with a box to search them; beside it the file that is selected.
#[component]
pub fn ImageRows(props: &ImageRowsProps) -> Html {
    let locale = use_locale();
    let list = use_node_ref();
    let toggled = use_state(BTreeSet::<String>::new);
    // Of a layer one wants to see its own first, of the image the whole.
    let only = use_state_eq(|| props.layer.is_some());
    let filter = use_state(String::new);
    let most = use_state_eq(|| ROWS);
    let selected = use_state_eq(|| None::<AttrValue>);
    use_effect_with(props.layer.is_some(), {
        let (only, toggled) = (only.clone(), toggled.clone());
        move |of_layer| {
            only.set(*of_layer);
            toggled.set(BTreeSet::new());
        }
    });
    let asked = Rc::new(Asked {
        layer: props.layer,
        first_own: first_own(&props.all.report),
        only: *only,
        toggled: (*toggled).clone(),
        filter: (*filter).clone(),
        most: *most,
    });
    let (shown, left_out) = rows(&props.tree, &asked);
    let stop = selected.as_ref().and_then(|path| shown.iter().position(|row| *path == row.node.path)).unwrap_or(0);
    let node = selected.as_ref().and_then(|path| props.tree.nodes.iter().find(|node| *path == node.path));
    let onfold = {
        let toggled = toggled.clone();
        Callback::from(move |path: String| {
            let mut folders = (*toggled).clone();
            if !folders.remove(&path) {
                folders.insert(path);
            }
            toggled.set(folders);
        })
    };
    let onkeydown = {
        let (tree, asked, list, onfold) = (props.tree.clone(), asked.clone(), list.clone(), onfold.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
                return;
            }
            let (rows, _) = rows(&tree, &asked);
            let at = item_of(&list, &event).unwrap_or(0);
            match press(&rows, at, &event.key()) {
                Some(Press::Go(to)) => focus_item(&list, to),
                Some(Press::Fold(row)) => {
                    if let Some(row) = rows.get(row) {
                        onfold.emit(row.node.path.clone());
                    }
                }
                None => return,
            }
            event.prevent_default();
        })
    };
    let onfilter = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| filter.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let options = vec![
        (
            AttrValue::from("only"),
            locale.t(if props.layer.is_some() { "image-only-changed" } else { "image-only-own" }),
        ),
        (AttrValue::from("all"), locale.t("image-all")),
    ];
    let onchoose = {
        let (only, toggled) = (only.clone(), toggled.clone());
        Callback::from(move |id: AttrValue| {
            only.set(id == "only");
            toggled.set(BTreeSet::new());
        })
    };
    let onmore = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + ROWS))
    };
    let onselect = {
        let selected = selected.clone();
        Callback::from(move |path: AttrValue| selected.set(Some(path)))
    };
    let onclose = {
        let (selected, list) = (selected.clone(), list.clone());
        Callback::from(move |()| {
            focus_item(&list, stop);
            selected.set(None);
        })
    };
    let on = RowEvents { select: onselect, fold: onfold };
    html! {
        <div class="image-rows">
            <div class="image-rows__bar">
                <Choice label={locale.t("image-which")} {options} chosen={if *only { "only" } else { "all" }} {onchoose} />
                <input class="image-rows__filter" type="search" placeholder={locale.t("image-search")}
                    aria-label={locale.t("image-search")} value={(*filter).clone()} oninput={onfilter} />
            </div>
            <div class="image-rows__panes">
                <div class="image-rows__tree">
                    <p class="hint" hidden={!shown.is_empty()}>
                        { locale.t(if filter.trim().is_empty() { "image-nothing" } else { "files-none-match" }) }
                    </p>
                    <div class="image-row is-head" aria-hidden="true" hidden={shown.is_empty()}>
                        <span class="image-row__path">{ locale.t("image-name") }</span>
                        <span class="image-row__from">{ locale.t("history-from") }</span>
                        <span class="image-row__mode">{ locale.t("image-mode") }</span>
                        <span class="image-row__owner">{ locale.t("image-owner") }</span>
                        <span class="image-row__size">{ locale.t("waste-size") }</span>
                    </div>
                    <ul ref={list} class="image-tree" role="tree" aria-label={locale.t("tab-files")} hidden={shown.is_empty()}
                        {onkeydown}>
                        { shown.iter().enumerate().map(|(number, row)| {
                            let place = Place { selected: node.is_some_and(|node| node.path == row.node.path), stop: number == stop };
                            draw(&locale, props, row, &place, &on)
                        }).collect::<Html>() }
                    </ul>
                    <button type="button" class="button image-rows__more" hidden={left_out == 0} onclick={onmore}>
                        { locale.f("image-more", &[("count", left_out.into())]) }
                    </button>
                </div>
                <div class="image-rows__file" hidden={node.is_none()}>
                    { node.map(|node| html! {
                        <ImageFile key={node.path.clone()} all={props.all.clone()} node={node.clone()} onclose={onclose.clone()} />
                    }) }
                </div>
            </div>
        </div>
    }
}

/// The first layer that is not the base image's.
fn first_own(report: &Report) -> usize {
    let layers = report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
    layers.iter().take_while(|layer| layer.base.is_some()).count()
}

/// What a row's events call, with its path.
struct RowEvents {
    select: Callback<AttrValue>,
    fold: Callback<String>,
}

/// How a row stands among the others.
struct Place {
    selected: bool,
    /// Whether the Tab key stops at it.
    stop: bool,
}

/// What happened to a path: class, sign and the name of its word.
#[must_use]
pub fn change_words(change: Option<FileChange>) -> (&'static str, &'static str, &'static str) {
    match change {
        Some(FileChange::Added) => ("is-added", "+", "change-added"),
        Some(FileChange::Changed) => ("is-changed", "~", "change-changed"),
        Some(FileChange::Removed) => ("is-removed", "−", "change-removed"),
        None => ("", "", ""),
    }
}

fn draw(locale: &Locale, props: &ImageRowsProps, row: &ImageRow<'_>, place: &Place, on: &RowEvents) -> Html {
    let node = row.node;
    // The final image is nobody's change.
    let change = node.change.filter(|_| props.layer.is_some());
    let (class, sign, word) = change_words(change);
    let shape = if node.kind == "dir" { Shape::Folder } else { Shape::File };
    let report = &props.all.report;
    let layer = report.image.as_ref().and_then(|image| image.layers.get(node.layer));
    let line = layer.and_then(|layer| made_in_line(report, layer));
    let from = match (line, layer) {
        (Some(line), Some(layer)) => format!("{line}: {}", made_by(report, layer)),
        _ => locale.t("layer-base").to_string(),
    };
    let step = layer.and_then(|layer| layer.step);
    let secret = props.secrets.contains(&node.path);
    let link = node.link.as_ref().map(|target| format!(" → {target}")).unwrap_or_default();
    let path = AttrValue::from(node.path.clone());
    let onclick = {
        let (select, fold, path) = (on.select.clone(), row.open.map(|_| on.fold.clone()), path.clone());
        Callback::from(move |_: MouseEvent| {
            select.emit(path.clone());
            if let Some(fold) = &fold {
                fold.emit(path.to_string());
            }
        })
    };
    let onfocusin = {
        let (select, onfocus) = (on.select.clone(), props.all.onfocus.clone());
        Callback::from(move |_: FocusEvent| {
            select.emit(path.clone());
            onfocus.emit(step);
        })
    };
    let linked = step.is_some() && step == props.all.focus;
    html! {
        <li key={node.path.clone()} role="none">
            <button type="button" role="treeitem" style={format!("--depth: {}", row.depth)}
                class={classes!("image-row", class, linked.then_some("is-linked"))}
                aria-level={(row.depth + 1).to_string()} aria-selected={place.selected.to_string()}
                aria-expanded={row.open.map(|open| open.to_string())} tabindex={if place.stop { "0" } else { "-1" }}
                onmouseenter={props.all.onfocus.reform(move |_: MouseEvent| step)} {onfocusin} {onclick}>
                <span class="image-row__path">
                    <span class={classes!("tree__arrow", row.open.map(|_| "is-folder"))}><Icon shape={Shape::Right} /></span>
                    <span class="image-row__sign" aria-hidden="true">{ sign }</span>
                    <Icon {shape} />
                    <span class="image-row__name" title={node.path.clone()} hidden={node.others}>{ row.name }{ link }</span>
                    <span class="image-row__others" hidden={!node.others}>{ locale.t("image-others") }</span>
                    <span class={classes!("change", class)} hidden={word.is_empty()}>
                        { if word.is_empty() { AttrValue::default() } else { locale.t(word) } }
                    </span>
                    <span class="image-row__secret" hidden={!secret}>
                        <Icon shape={Shape::Warning} />{ locale.t("image-secret") }
                    </span>
                </span>
                <span class="image-row__from" title={from.clone()}>{ from.clone() }</span>
                <span class="image-row__mode">{ format!("{:04o}", node.mode) }</span>
                <span class="image-row__owner">{ format!("{}:{}", node.uid, node.gid) }</span>
                <span class="image-row__size">{ bytes(node.bytes) }</span>
            </button>
        </li>
    }
}
