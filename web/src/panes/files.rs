use std::collections::BTreeSet;

use report::Report;
use session::Action;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::file_actions::FileActions;
use super::file_tree::{Row, rows};
use crate::components::{Icon, Shape};
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
}

/// The build context as a tree, with what can be done to the file that is open.
#[component]
pub fn Files(props: &FilesProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let toggled = use_state(BTreeSet::<String>::new);
    let filter = use_state(String::new);
    let context = &props.report.context;
    let (rows, left_out) = rows(&context.files, &toggled, &filter);
    let count = context.files.iter().filter(|file| file.kind != "dir").count();
    let onfilter = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| {
            filter.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let onpress = Callback::from(move |(path, is_folder): (String, bool)| {
        if is_folder {
            let mut folders = (*toggled).clone();
            if !folders.remove(&path) {
                folders.insert(path);
            }
            toggled.set(folders);
        } else {
            dispatch.emit(Action::Open(path));
        }
    });
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
            <FileActions report={props.report.clone()} open={props.open.clone()} />
            <input class="files__filter" type="search" hidden={count < FILTER_FROM}
                placeholder={locale.t("files-filter")} aria-label={locale.t("files-filter")} oninput={onfilter} />
            <ul class="tree" aria-labelledby="files-title">
                { rows.iter().map(|row| draw(&locale, row, props, &onpress)).collect::<Html>() }
            </ul>
            <p class="hint" hidden={left_out == 0}>{ locale.f("files-left-out", &[("count", left_out.into())]) }</p>
        </section>
    }
}

fn draw(locale: &Locale, row: &Row, props: &FilesProps, onpress: &Callback<(String, bool)>) -> Html {
    let file = row.file;
    let is_folder = row.open.is_some();
    let shape = match (row.open, file.mode & 0o100 != 0) {
        (Some(_), _) => Shape::Folder,
        (None, true) => Shape::Terminal,
        (None, false) => Shape::File,
    };
    let ignored = file.ignored_by.as_ref();
    let changed = props.changed.binary_search(&file.path).is_ok() || props.changed.contains(&file.path);
    let path = file.path.clone();
    html! {
        <li key={file.path.clone()} class={classes!("tree__row", ignored.map(|_| "is-ignored"))}>
            <button type="button" class="tree__file" style={format!("--depth: {}", row.depth)}
                aria-current={(props.open == file.path).then_some("true")}
                aria-expanded={row.open.map(|open| open.to_string())}
                onclick={onpress.reform(move |_| (path.clone(), is_folder))}>
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
