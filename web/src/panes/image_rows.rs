use std::collections::BTreeSet;
use std::rc::Rc;

use report::{Report, Tree};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::file_tree::{Press, press};
use super::image_file::ImageFile;
use super::image_files::ImageFilesProps;
use super::image_row::ImageRowItem;
use super::image_tree::{Asked, rows};
use super::layers::{made_by, made_in_line};
use crate::components::{Choice, focus_item, item_of};
use crate::shared::Shared;
use crate::text::use_locale;

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
    // The same at every drawing, so that rows in which nothing changed are not drawn again.
    let onfold = {
        let folders = use_mut_ref(BTreeSet::new);
        (*folders.borrow_mut()).clone_from(&toggled);
        use_callback(toggled.setter(), move |path: String, toggled| {
            let mut folders = folders.borrow_mut();
            if !folders.remove(&path) {
                folders.insert(path);
            }
            toggled.set(folders.clone());
        })
    };
    let onselect = use_callback(selected.setter(), |path: AttrValue, selected| selected.set(Some(path)));
    let onpoint = {
        let onfocus = use_mut_ref(Callback::noop);
        (*onfocus.borrow_mut()).clone_from(&props.all.onfocus);
        use_callback((), move |step: Option<usize>, ()| {
            let onfocus = onfocus.borrow().clone();
            onfocus.emit(step);
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
    let onclose = {
        let (selected, list) = (selected.clone(), list.clone());
        Callback::from(move |()| {
            focus_item(&list, stop);
            selected.set(None);
        })
    };
    let report = &props.all.report;
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
                            let step = made(report, row.node.layer).0;
                            let linked = step.is_some() && step == props.all.focus;
                            let selected = node.is_some_and(|node| node.path == row.node.path);
                            html! {
                                <ImageRowItem key={row.node.path.clone()} node={row.node.clone()} depth={row.depth}
                                    name={row.name.to_string()} open={row.open} marked={props.layer.is_some()}
                                    from={made(report, row.node.layer).1} {step} {linked} {selected}
                                    stop={number == stop} secret={props.secrets.contains(&row.node.path)}
                                    onselect={onselect.clone()} onfold={onfold.clone()} onpoint={onpoint.clone()} />
                            }
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

/// The step that made a layer, and what made it in words: line and instruction, nothing for a base image's.
fn made(report: &Report, layer: usize) -> (Option<usize>, AttrValue) {
    let layer = report.image.as_ref().and_then(|image| image.layers.get(layer));
    let line = layer.and_then(|layer| made_in_line(report, layer));
    let words = line.zip(layer).map(|(line, layer)| format!("{line}: {}", made_by(report, layer)));
    (layer.and_then(|layer| layer.step), words.unwrap_or_default().into())
}
