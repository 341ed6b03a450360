use report::Report;
use session::Action;
use yew::prelude::*;

use super::{Editor, Goto, Problems};
use crate::components::{Tab, Tabs};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::{bytes, use_locale};

const IGNORE_FILE: &str = ".dockerignore";

/// The properties of [`SourcePane`].
#[derive(Properties, PartialEq)]
pub struct SourcePaneProps {
    /// The path of the file in the editor.
    pub open: AttrValue,
    /// Its text; `None` where it is not text, or not there.
    pub text: Option<AttrValue>,
    /// The path of the Dockerfile.
    pub dockerfile: AttrValue,
    /// What is known of the Dockerfile and the files, as they are now.
    pub report: Shared<Report>,
    /// The step that is pointed at elsewhere.
    pub focus: Option<usize>,
    /// A line to show.
    pub goto: Goto,
    /// Called with the path and the text of the file that was typed in.
    pub ontype: Callback<(AttrValue, AttrValue)>,
    /// Called with the line, from 1, that the caret is moved to in the Dockerfile.
    pub oncaret: Callback<usize>,
    /// Called with the line of the Dockerfile that is to be shown.
    pub online: Callback<usize>,
}

/// The open file, and what is wrong with the Dockerfile.
#[component]
pub fn SourcePane(props: &SourcePaneProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let mut names = vec![props.dockerfile.clone(), AttrValue::from(IGNORE_FILE)];
    if !names.contains(&props.open) {
        names.push(props.open.clone());
    }
    let files = &props.report.context.files;
    let has_ignore_file = files.iter().any(|file| file.path == IGNORE_FILE);
    let tab = |name: AttrValue| {
        let mark = (name == IGNORE_FILE && !has_ignore_file).then(|| AttrValue::from("+"));
        Tab { id: name.clone(), label: name, mark }
    };
    let onselect = dispatch.reform(move |name: AttrValue| {
        if name == IGNORE_FILE && !has_ignore_file {
            Action::NewFile { path: name.to_string(), content: report::Content::text("") }
        } else {
            Action::Open(name.to_string())
        }
    });
    let is_dockerfile = props.open == props.dockerfile;
    let size = files.iter().find(|file| props.open == file.path).map(|file| bytes(file.bytes));
    let unreadable = match size {
        Some(size) => locale.f("file-not-text", &[("size", size.into())]),
        None => locale.t("file-not-there"),
    };
    html! {
        <section class="source" aria-label={locale.t("editor-title")}>
            <Tabs label={locale.t("editor-title")} panel="source" tabs={names.into_iter().map(tab).collect::<Vec<_>>()}
                selected={props.open.clone()} {onselect} />
            <div class="source__panel" id="source" role="tabpanel" aria-labelledby={format!("tab-source-{}", props.open)}>
                <div class="source__editor" hidden={props.text.is_none()}>
                    <Editor path={props.open.clone()} text={props.text.clone().unwrap_or_default()}
                        report={is_dockerfile.then(|| props.report.clone())} focus={props.focus} goto={props.goto}
                        ontype={props.ontype.clone()}
                        online={if is_dockerfile { props.oncaret.clone() } else { Callback::noop() }} />
                </div>
                <p class="source__unreadable" hidden={props.text.is_some()}>{ unreadable }</p>
            </div>
            <p class="visually-hidden" id="editor-help">{ locale.t("editor-help") }</p>
            <Problems report={props.report.clone()} online={props.online.clone()} />
        </section>
    }
}
