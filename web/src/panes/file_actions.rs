use report::{Content, ContextKind, Edit, Report};
use session::Action;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::{Icon, Shape};
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
    /// The path of the file in the editor.
    pub open: AttrValue,
}

#[derive(Clone, Copy, PartialEq)]
enum Asking {
    Nothing,
    NewName,
    OtherName,
}

/// What can be done to the open file, and adding one.
#[component]
pub fn FileActions(props: &FileActionsProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let asking = use_state_eq(|| Asking::Nothing);
    let input = use_node_ref();
    let open = props.open.to_string();
    let mode = props.report.context.files.iter().find(|file| file.path == open).map(|file| file.mode);
    let edit = |edit: Edit| dispatch.reform(move |_: MouseEvent| Action::Edit(edit.clone()));
    let executable = mode.is_some_and(|mode| mode & 0o111 != 0);
    let other_mode = mode.map_or(0o644, |mode| if executable { mode & !0o111 } else { mode | 0o111 });
    let big = ContextKind::File(Content::repeat(b'0', BIG));

    // The box has the name to start from, and the caret, as soon as it is there.
    use_effect_with(*asking, {
        let (input, open) = (input.clone(), open.clone());
        move |asking| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                let folder = open.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
                input.set_value(if *asking == Asking::OtherName { &open } else { &folder });
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
    let answer = {
        let (asking, input, dispatch, open) = (asking.clone(), input.clone(), dispatch.clone(), open.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let name = name.trim().to_string();
            if !name.is_empty() && *asking == Asking::NewName {
                dispatch.emit(Action::NewFile { path: name, content: Content::text("") });
            } else if !name.is_empty() && name != open {
                dispatch.emit(Action::Edit(Edit::Rename { from: open.clone(), to: name }));
            }
            asking.set(Asking::Nothing);
        })
    };
    let onkeydown = {
        let asking = asking.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                asking.set(Asking::Nothing);
            }
        })
    };
    let none = mode.is_none();
    html! {
        <div class="file-actions">
            <div class="file-actions__bar" role="group" aria-label={locale.f("file-actions", &[("path", open.clone().into())])}>
                <button type="button" class="button is-small" aria-expanded={(*asking == Asking::NewName).to_string()}
                    onclick={ask(Asking::NewName)}><Icon shape={Shape::Plus} /><span>{ locale.t("file-new") }</span></button>
                <button type="button" class="button is-small" disabled={none} aria-expanded={(*asking == Asking::OtherName).to_string()}
                    onclick={ask(Asking::OtherName)}><Icon shape={Shape::Edit} /><span>{ locale.t("file-rename") }</span></button>
                <button type="button" class="button is-small" disabled={none} title={locale.t("file-touch-hint")}
                    onclick={edit(Edit::Touch { path: open.clone() })}><Icon shape={Shape::Clock} /><span>{ "touch" }</span></button>
                <button type="button" class="button is-small" disabled={none} title={locale.t("file-chmod-hint")}
                    onclick={edit(Edit::Chmod { path: open.clone(), mode: other_mode })}>
                    <Icon shape={Shape::Terminal} /><span>{ if executable { "chmod -x" } else { "chmod +x" } }</span></button>
                <button type="button" class="button is-small" disabled={none} title={locale.t("file-big-hint")}
                    onclick={edit(Edit::Write { path: open.clone(), kind: big, mode: None })}>
                    <Icon shape={Shape::Grow} /><span>{ locale.t("file-big") }</span></button>
                <button type="button" class="button is-small" disabled={none}
                    onclick={edit(Edit::Remove { path: open.clone() })}><Icon shape={Shape::Bin} /><span>{ locale.t("file-delete") }</span></button>
            </div>
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
