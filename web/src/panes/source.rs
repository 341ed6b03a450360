use report::Report;
use yew::prelude::*;

use super::{Editor, Goto};
use crate::assist::Assist;
use crate::components::{Tab, Tabs, tab_id};
use crate::shared::Shared;
use crate::text::{bytes, use_locale};

/// The file that decides what of the context is sent. It has a tab even where there is none.
pub const IGNORE_FILE: &str = ".dockerignore";

/// The properties of [`SourcePane`].
#[derive(Properties, Clone, PartialEq)]
pub struct SourcePaneProps {
    /// The path of the file in the editor.
    pub open: AttrValue,
    /// Its text; `None` where it is not text, or not there.
    pub text: Option<AttrValue>,
    /// Whether it is a file that is not there yet, and is made by typing into it.
    #[prop_or_default]
    pub draft: bool,
    /// The path of the Dockerfile.
    pub dockerfile: AttrValue,
    /// What is known of the Dockerfile and the files, as they are now.
    pub report: Shared<Report>,
    /// Whether nothing can be typed.
    #[prop_or_default]
    pub locked: bool,
    /// The step that is pointed at elsewhere.
    pub focus: Option<usize>,
    /// A line to show.
    pub goto: Goto,
    /// Called with the path and the text of the file that was typed in.
    pub ontype: Callback<(AttrValue, AttrValue)>,
    /// Called with the line, from 1, that the caret is moved to in the Dockerfile.
    pub oncaret: Callback<usize>,
    /// Called with the path of a file that is to be put in the editor.
    #[prop_or_default]
    pub onopen: Callback<String>,
    /// What can be asked of the Dockerfile.
    #[prop_or_default]
    pub assist: Assist,
}

/// The open file.
#[component]
pub fn SourcePane(props: &SourcePaneProps) -> Html {
    let locale = use_locale();
    let opened = use_state_eq(Vec::<AttrValue>::new);
    let files = &props.report.context.files;
    let there = |name: &AttrValue| files.iter().any(|file| **name == *file.path);
    let fixed = [props.dockerfile.clone(), AttrValue::from(IGNORE_FILE)];
    let names: Vec<AttrValue> = with_open(&opened, &props.open, &fixed, &there);
    use_effect_with(names.clone(), {
        let opened = opened.clone();
        move |names| opened.set(names.clone())
    });
    let tabs: Vec<Tab> = fixed.iter().chain(&names).map(|name| tab(name, &there, !fixed.contains(name))).collect();
    let onselect = use_callback(props.onopen.clone(), |name: AttrValue, onopen| onopen.emit(name.to_string()));
    let onclose = {
        let known = (names, props.open.clone(), props.dockerfile.clone(), props.onopen.clone(), opened.setter());
        use_callback(known, |name: AttrValue, (names, open, dockerfile, onopen, opened)| {
            let at = names.iter().position(|other| *other == name).unwrap_or(0);
            if name == *open {
                let before = at.checked_sub(1).and_then(|before| names.get(before));
                onopen.emit(before.unwrap_or(dockerfile).to_string());
            }
            opened.set(names.iter().filter(|other| **other != name).cloned().collect());
        })
    };
    let is_dockerfile = props.open == props.dockerfile;
    let size = files.iter().find(|file| *props.open == *file.path).map(|file| bytes(file.bytes));
    let unreadable = match size {
        Some(size) => locale.f("file-not-text", &[("size", size.into())]),
        None => locale.t("file-not-there"),
    };
    html! {
        <section class="source" aria-labelledby="source-title">
            <h2 id="source-title" class="visually-hidden">{ locale.t("editor-title") }</h2>
            <Tabs label={locale.t("editor-title")} panel="source" {tabs}
                selected={props.open.clone()} {onselect} {onclose} />
            <div class="source__panel" id="source" role="tabpanel" aria-labelledby={tab_id("source", &props.open)}>
                <p class="source__draft" hidden={!props.draft}>{ locale.t("file-draft") }</p>
                <div class="source__editor" hidden={props.text.is_none()}>
                    <Editor path={props.open.clone()} text={props.text.clone().unwrap_or_default()}
                        report={is_dockerfile.then(|| props.report.clone())} focus={props.focus} goto={props.goto} locked={props.locked}
                        ontype={props.ontype.clone()} assist={props.assist.clone()}
                        online={if is_dockerfile { props.oncaret.clone() } else { Callback::noop() }} />
                </div>
                <p class="source__unreadable" hidden={props.text.is_some()}>{ unreadable }</p>
            </div>
            <p class="visually-hidden" id="editor-help">{ locale.t("editor-help") }</p>
            <p class="visually-hidden" id="editor-keys">{ locale.t("editor-keys") }</p>
        </section>
    }
}

/// The names of the closable tabs: the files that were opened and are still there, and the open one. It takes the place
/// of a file that is gone: a file that was renamed stays where it was.
fn with_open(
    opened: &[AttrValue],
    open: &AttrValue,
    fixed: &[AttrValue],
    there: &dyn Fn(&AttrValue) -> bool,
) -> Vec<AttrValue> {
    let mut names = opened.to_vec();
    if !fixed.contains(open) && !names.contains(open) {
        match names.iter_mut().find(|name| !there(name)) {
            Some(gone) => *gone = open.clone(),
            None => names.push(open.clone()),
        }
    }
    names.retain(|name| name == open || there(name));
    names
}

fn tab(name: &AttrValue, there: &dyn Fn(&AttrValue) -> bool, closable: bool) -> Tab {
    let mark = (name == IGNORE_FILE && !there(name)).then(|| AttrValue::from("+"));
    Tab { id: name.clone(), label: name.clone(), mark, closable }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_file_keeps_its_tab_and_a_deleted_one_loses_it() {
        let names = |opened: &[&'static str], open: &'static str, there: &[&'static str]| {
            let opened: Vec<AttrValue> = opened.iter().map(|name| AttrValue::from(*name)).collect();
            let fixed = [AttrValue::from("Dockerfile")];
            let names = with_open(&opened, &AttrValue::from(open), &fixed, &|name| there.contains(&name.as_str()));
            names.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(names(&["a", "b"], "c", &["a", "b", "c"]), ["a", "b", "c"]);
        assert_eq!(names(&["a", "b"], "z", &["b", "z"]), ["z", "b"]);
        assert_eq!(names(&["a", "b"], "Dockerfile", &["b"]), ["b"]);
    }
}
