use std::collections::BTreeSet;
use std::rc::Rc;

use report::{Edit, Report};
use session::Action;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::file_actions::{FileActions, Loss};
use super::file_tree::{Press, Row, after_removal, press, renamed, row_of, rows};
use crate::components::{Icon, Shape, focus_item, item_of};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::{Locale, bytes, use_locale};

/// From this many files on there is a box to filter them by.
const FILTER_FROM: usize = 30;

/// The properties of [`Files`].
#[derive(Properties, PartialEq)]
pub struct FilesProps {
    /// What is known of the files.
    pub report: Shared<Report>,
    /// The path of the file in the editor.
    pub open: AttrValue,
    /// The files that were changed since the last build.
    pub changed: Vec<String>,
    /// Called with the path of a file that is to be put in the editor.
    #[prop_or_default]
    pub onopen: Callback<String>,
}

/// The build context as a tree, with what can be done to the file or folder that is selected.
#[component]
pub fn Files(props: &FilesProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let tree = use_node_ref();
    let toggled = use_state(BTreeSet::<String>::new);
    let filter = use_state(String::new);
    // Where the keyboard is in the tree; the file in the editor while that is nowhere, and whenever another one opens.
    let active = use_state_eq(|| None::<AttrValue>);
    let rename = use_state(|| 0_usize);
    // The folder that takes the file in the editor along to another name stays selected.
    let taking = use_mut_ref(|| false);
    use_effect_with(props.open.clone(), {
        let (active, taking) = (active.clone(), Rc::clone(&taking));
        move |_| {
            if !taking.take() {
                active.set(None);
            }
        }
    });
    // What was lost last. The report that comes of it is the first one behind it; with the next, something else was done.
    let lost = use_state_eq(|| None::<Loss>);
    let reports = use_mut_ref(|| 0_usize);
    use_effect_with(props.report.clone(), {
        let (lost, reports) = (lost.setter(), Rc::clone(&reports));
        move |_| {
            *reports.borrow_mut() += 1;
            if *reports.borrow() > 1 {
                lost.set(None);
            }
        }
    });
    let onlose = {
        let lost = lost.setter();
        Callback::from(move |loss: Loss| {
            *reports.borrow_mut() = 0;
            lost.set(Some(loss));
        })
    };
    let onundo = dispatch.reform(|_: MouseEvent| Action::Undo);
    let loss = match &*lost {
        Some(Loss::Deleted(path)) => locale.f("message-file-removed", &[("path", path.as_str().into())]),
        Some(Loss::Replaced(path)) => locale.f("file-made-big", &[("path", path.as_str().into())]),
        None => AttrValue::default(),
    };
    let context = &props.report.context;
    let (rows, left_out) = rows(&context.files, &toggled, &filter);
    let count = context.files.iter().filter(|file| file.kind != "dir").count();
    let there = |path: &AttrValue| context.files.iter().any(|file| **path == *file.path);
    let selected = (*active).clone().filter(there).unwrap_or_else(|| props.open.clone());
    let stop = row_of(&rows, &selected).unwrap_or(0);
    let onfilter = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| {
            filter.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
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
    let onrenamed = {
        let (toggled, active, open) = (toggled.clone(), active.clone(), props.open.clone());
        Callback::from(move |(from, to): (String, String)| {
            *taking.borrow_mut() = open.strip_prefix(from.as_str()).is_some_and(|rest| rest.starts_with('/'));
            toggled.set(renamed(&toggled, &from, &to));
            active.set(Some(AttrValue::from(to)));
        })
    };
    let onkeydown = {
        let (report, toggled, filter, tree) = (props.report.clone(), toggled.clone(), filter.clone(), tree.clone());
        let (onfold, rename, onlose) = (onfold.clone(), rename.clone(), onlose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
            let undo = match event.key().to_lowercase().as_str() {
                "z" if event.shift_key() => Some(Action::Redo),
                "z" => Some(Action::Undo),
                "y" => Some(Action::Redo),
                _ => None,
            };
            if let Some(undo) = undo.filter(|_| command) {
                event.prevent_default();
                return dispatch.emit(undo);
            }
            if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
                return;
            }
            let (rows, _) = self::rows(&report.context.files, &toggled, &filter);
            let at = item_of(&tree, &event).unwrap_or(0);
            let Some(path) = rows.get(at).map(|row| row.file.path.to_string()) else {
                return;
            };
            match event.key().as_str() {
                "Delete" => {
                    focus_item(&tree, after_removal(&rows, at));
                    onlose.emit(Loss::Deleted(path.clone()));
                    dispatch.emit(Action::Edit(Edit::Remove { path }));
                }
                "F2" => rename.set(*rename + 1),
                key => match press(&rows, at, key) {
                    Some(Press::Go(to)) => focus_item(&tree, to),
                    Some(Press::Fold(_)) => onfold.emit(path),
                    None => return,
                },
            }
            event.prevent_default();
        })
    };
    let on = RowEvents {
        open: props.onopen.clone(),
        fold: onfold,
        active: Callback::from(move |path: AttrValue| active.set(Some(path))),
    };
    html! {
        <section class="files" aria-labelledby="files-title">
            <header class="files__head">
                <h2 id="files-title">{ locale.t("files-title") }</h2>
                <span class="files__sum">{ locale.f("files-sum", &[
                    ("count", count.into()),
                    ("sent", bytes(context.bytes).into()),
                    ("all", bytes(context.all_bytes).into()),
                ]) }</span>
            </header>
            <FileActions report={props.report.clone()} path={selected.clone()} rename={*rename} {onrenamed} {onlose} />
            <p class="files__lost" hidden={lost.is_none()}>
                <span>{ loss }</span><button type="button" class="link" onclick={onundo}>{ locale.t("file-undo") }</button>
            </p>
            <input class="files__filter" type="search" hidden={count < FILTER_FROM && filter.is_empty()}
                placeholder={locale.t("files-filter")} aria-label={locale.t("files-filter")} oninput={onfilter} />
            <p class="hint" hidden={!context.files.is_empty()}>{ locale.t("files-none") }</p>
            <p class="hint" hidden={context.files.is_empty() || !rows.is_empty()}>{ locale.t("files-none-match") }</p>
            <ul ref={tree} class="tree" role="tree" aria-labelledby="files-title" hidden={rows.is_empty()} {onkeydown}>
                { rows.iter().enumerate().map(|(index, row)| {
                    draw(&locale, row, props, &Place { selected: *selected == *row.file.path, stop: index == stop }, &on)
                }).collect::<Html>() }
            </ul>
            <p class="hint" hidden={left_out == 0}>{ locale.f("files-left-out", &[("count", left_out.into())]) }</p>
        </section>
    }
}

/// What a row's events call, with its path.
struct RowEvents {
    open: Callback<String>,
    fold: Callback<String>,
    active: Callback<AttrValue>,
}

/// How a row stands among the others.
struct Place {
    /// Whether actions are on it.
    selected: bool,
    /// Whether the Tab key stops at it.
    stop: bool,
}

fn draw(locale: &Locale, row: &Row, props: &FilesProps, place: &Place, on: &RowEvents) -> Html {
    let file = row.file;
    let is_folder = row.open.is_some();
    let shape = match (row.open, file.mode & 0o100 != 0) {
        (Some(_), _) => Shape::Folder,
        (None, true) => Shape::Terminal,
        (None, false) => Shape::File,
    };
    let ignored = file.ignored_by.as_ref();
    let changed = props.changed.iter().any(|changed| **changed == *file.path);
    let path = AttrValue::from(file.path.clone());
    // Not every browser gives a button the focus when it is clicked.
    let onclick = {
        let (press, active) = (if is_folder { &on.fold } else { &on.open }.clone(), on.active.clone());
        let path = path.clone();
        Callback::from(move |_: MouseEvent| {
            active.emit(path.clone());
            press.emit(path.to_string());
        })
    };
    html! {
        <li key={file.path.clone()} role="none" class={classes!("tree__row", ignored.map(|_| "is-ignored"))}>
            <button type="button" role="treeitem" class="tree__file" style={format!("--depth: {}", row.depth)}
                aria-level={(row.depth + 1).to_string()} aria-selected={place.selected.to_string()}
                aria-current={(*props.open == *file.path).then_some("true")}
                aria-expanded={row.open.map(|open| open.to_string())}
                tabindex={if place.stop { "0" } else { "-1" }}
                onfocus={on.active.reform(move |_: FocusEvent| path.clone())} {onclick}>
                <span class={classes!("tree__arrow", is_folder.then_some("is-folder"))}><Icon shape={Shape::Right} /></span>
                <Icon {shape} />
                <span class="tree__name">{ row.name }</span>
                <span class="tree__changed" hidden={!changed}>{ locale.t("file-changed") }</span>
                <span class="tree__ignored" hidden={ignored.is_none()}>
                    { locale.f("file-ignored", &[("pattern", ignored.cloned().unwrap_or_default().into())]) }
                </span>
                <span class="tree__size">{ if is_folder { String::new() } else { bytes(file.bytes) } }</span>
            </button>
        </li>
    }
}
