use report::{Content, ContextKind, Edit, Report};
use session::Action;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::{Icon, Shape, focus_item, use_leaving};
use crate::shared::Shared;
use crate::store::use_dispatch;
use crate::text::use_locale;

/// The size of the file that "make it big" makes.
const BIG: u64 = 100_000_000;

/// The properties of [`FileActions`].
#[derive(Properties, PartialEq)]
pub struct FileActionsProps {
    /// What is known of the files.
    pub report: Shared<Report>,
    /// The path of the file or folder that is selected.
    pub path: AttrValue,
    /// Counts wishes to rename it.
    #[prop_or_default]
    pub rename: usize,
    /// Called with its path and its new one when it is renamed.
    #[prop_or_default]
    pub onrenamed: Callback<(String, String)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Asking {
    Nothing,
    NewName,
    OtherName,
}

/// What can be done to the selected file or folder, and adding a file.
#[component]
pub fn FileActions(props: &FileActionsProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let asking = use_state_eq(|| Asking::Nothing);
    let input = use_node_ref();
    let (frame, bar) = (use_node_ref(), use_node_ref());
    let path = props.path.to_string();
    let there = props.report.context.files.iter().find(|file| file.path == path);
    let (mode, is_folder) = (there.map(|file| file.mode), there.is_some_and(|file| file.kind == "dir"));
    let edit = |edit: Edit| dispatch.reform(move |_: MouseEvent| Action::Edit(edit.clone()));
    let executable = mode.is_some_and(|mode| mode & 0o111 != 0);
    let other_mode = mode.map_or(0o644, |mode| if executable { mode & !0o111 } else { mode | 0o111 });
    let big = ContextKind::File(Content::repeat(b'0', BIG));

    use_effect_with(props.rename, {
        let asking = asking.clone();
        move |&wishes| {
            if wishes > 0 {
                asking.set(Asking::OtherName);
            }
        }
    });
    // The box has the name to start from, and the caret, as soon as it is there.
    use_effect_with(*asking, {
        let (input, path) = (input.clone(), path.clone());
        move |asking| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                let around = path.rsplit_once('/').map(|(folder, _)| folder);
                let folder = Some(path.as_str()).filter(|_| is_folder).or(around);
                let folder = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
                input.set_value(if *asking == Asking::OtherName { &path } else { &folder });
                if *asking != Asking::Nothing {
                    let _ = input.focus();
                }
            }
        }
    });
    let ask = |what: Asking| {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(if *asking == what { Asking::Nothing } else { what }))
    };
    let leave = use_callback(asking.setter(), |(), asking| asking.set(Asking::Nothing));
    use_leaving(&frame, &leave);
    // Back to the button that asked.
    let close = {
        let (leave, bar, asking) = (leave.clone(), bar.clone(), *asking);
        move || {
            leave.emit(());
            focus_item(&bar, usize::from(asking == Asking::OtherName));
        }
    };
    let answer = {
        let (asking, input, dispatch, path) = (*asking, input.clone(), dispatch.clone(), path.clone());
        let (report, onrenamed, close) = (props.report.clone(), props.onrenamed.clone(), close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let name = name.trim().to_string();
            if !name.is_empty() && asking == Asking::NewName {
                dispatch.emit(Action::NewFile { path: name, content: Content::text("") });
            } else if !name.is_empty() && name != path {
                if report.context.files.iter().all(|file| file.path != name) {
                    onrenamed.emit((path.clone(), name.clone()));
                }
                dispatch.emit(Action::Edit(Edit::Rename { from: path.clone(), to: name }));
            }
            close();
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            close();
        }
    });
    let none = mode.is_none();
    html! {
        <div ref={frame} class="file-actions">
            <div ref={bar} class="file-actions__bar" role="group" aria-label={locale.f("file-actions", &[("path", path.clone().into())])}>
                <button type="button" class="button is-small" aria-expanded={(*asking == Asking::NewName).to_string()}
                    onclick={ask(Asking::NewName)}><Icon shape={Shape::Plus} /><span>{ locale.t("file-new") }</span></button>
                <button type="button" class="button is-small" disabled={none} aria-expanded={(*asking == Asking::OtherName).to_string()}
                    onclick={ask(Asking::OtherName)}><Icon shape={Shape::Edit} /><span>{ locale.t("file-rename") }</span></button>
                <button type="button" class="button is-small" disabled={none} title={locale.t("file-touch-hint")}
                    onclick={edit(Edit::Touch { path: path.clone() })}><Icon shape={Shape::Clock} /><span>{ "touch" }</span></button>
                <button type="button" class="button is-small" disabled={none} title={locale.t("file-chmod-hint")}
                    onclick={edit(Edit::Chmod { path: path.clone(), mode: other_mode })}>
                    <Icon shape={Shape::Terminal} /><span>{ if executable { "chmod -x" } else { "chmod +x" } }</span></button>
                <button type="button" class="button is-small" disabled={none || is_folder} title={locale.t("file-big-hint")}
                    onclick={edit(Edit::Write { path: path.clone(), kind: big, mode: None })}>
                    <Icon shape={Shape::Grow} /><span>{ locale.t("file-big") }</span></button>
                <button type="button" class="button is-small" disabled={none}
                    onclick={edit(Edit::Remove { path: path.clone() })}><Icon shape={Shape::Bin} /><span>{ locale.t("file-delete") }</span></button>
            </div>
            <p class="file-actions__target" hidden={none}>
                { locale.f(if is_folder { "file-target-folder" } else { "file-target" }, &[("path", path.clone().into())]) }
            </p>
            <form class="file-actions__form" hidden={*asking == Asking::Nothing} onsubmit={answer} {onkeydown}>
                <label>
                    <span>{ locale.t(if *asking == Asking::OtherName { "file-other-name" } else { "file-new-name" }) }</span>
                    <input ref={input} type="text" autocomplete="off" spellcheck="false" />
                </label>
                <button type="submit" class="button is-small">{ locale.t("file-name-ok") }</button>
            </form>
        </div>
    }
}
