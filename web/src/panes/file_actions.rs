use report::{Content, ContextKind, Edit, Report, parse_mode};
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
    /// Called when what is in a file is about to be lost.
    #[prop_or_default]
    pub onlose: Callback<Loss>,
}

/// What was in a file, and is no more: it can be had back.
#[derive(Clone, Debug, PartialEq)]
pub enum Loss {
    /// It was deleted, with all that was in it.
    Deleted(String),
    /// It got other contents.
    Replaced(String),
}

#[derive(Clone, Copy, PartialEq)]
enum Asking {
    Nothing,
    NewName,
    OtherName,
    Mode,
}

impl Asking {
    /// The button that asks, by its place in the bar.
    fn button(self) -> usize {
        match self {
            Asking::Nothing | Asking::NewName => 0,
            Asking::OtherName => 1,
            Asking::Mode => 4,
        }
    }

    /// The message that is the question.
    fn question(self) -> &'static str {
        match self {
            Asking::Nothing | Asking::NewName => "file-new-name",
            Asking::OtherName => "file-other-name",
            Asking::Mode => "file-mode",
        }
    }
}

/// What can be done to the selected file or folder, and adding a file.
#[component]
pub fn FileActions(props: &FileActionsProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let asking = use_state_eq(|| Asking::Nothing);
    let no_mode = use_state_eq(|| false);
    let input = use_node_ref();
    let (frame, bar) = (use_node_ref(), use_node_ref());
    let path = props.path.to_string();
    let there = props.report.context.files.iter().find(|file| *file.path == *path);
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
        let no_mode = no_mode.clone();
        move |asking| {
            no_mode.set(false);
            if let Some(input) = input.cast::<HtmlInputElement>() {
                let around = path.rsplit_once('/').map(|(folder, _)| folder);
                let folder = Some(path.as_str()).filter(|_| is_folder).or(around);
                let folder = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
                input.set_value(&match asking {
                    Asking::OtherName => path,
                    Asking::Mode => mode.map(|mode| format!("{mode:o}")).unwrap_or_default(),
                    Asking::Nothing | Asking::NewName => folder,
                });
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
            focus_item(&bar, asking.button());
        }
    };
    let answer = {
        let (asking, input, dispatch, path) = (*asking, input.clone(), dispatch.clone(), path.clone());
        let (report, onrenamed, close) = (props.report.clone(), props.onrenamed.clone(), close.clone());
        let no_mode = no_mode.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let name = name.trim().to_string();
            let taken = |name: &str| report.context.files.iter().any(|file| *file.path == *name);
            match asking {
                _ if name.is_empty() => {}
                Asking::Nothing => {}
                Asking::NewName => {
                    let folder = name.strip_suffix('/').filter(|folder| !folder.is_empty());
                    dispatch.emit(match folder.map(str::to_string) {
                        Some(path) if !taken(&path) => {
                            Action::Edit(Edit::Write { path, kind: ContextKind::Dir, mode: None })
                        }
                        folder => Action::NewFile { path: folder.unwrap_or(name), content: Content::text("") },
                    });
                }
                Asking::OtherName if name == path => {}
                Asking::OtherName => {
                    if !taken(&name) {
                        onrenamed.emit((path.clone(), name.clone()));
                    }
                    dispatch.emit(Action::Edit(Edit::Rename { from: path.clone(), to: name }));
                }
                Asking::Mode => match parse_mode(&name) {
                    Ok(change) => {
                        let mode = change.apply(mode.unwrap_or(0o644), is_folder, 0o022);
                        dispatch.emit(Action::Edit(Edit::Chmod { path: path.clone(), mode }));
                    }
                    // The question stays, with what is wrong about the answer.
                    Err(_) => return no_mode.set(true),
                },
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
    let losing = |loss: Loss, edit: Edit| {
        let (onlose, dispatch) = (props.onlose.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            onlose.emit(loss.clone());
            dispatch.emit(Action::Edit(edit.clone()));
        })
    };
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
                <button type="button" class="button is-small" disabled={none} title={locale.t("file-mode-hint")}
                    aria-expanded={(*asking == Asking::Mode).to_string()} onclick={ask(Asking::Mode)}>
                    <Icon shape={Shape::Edit} /><span>{ mode.map_or_else(|| "chmod".to_string(), |mode| format!("chmod {mode:o}")) }</span></button>
                <button type="button" class="button is-small" disabled={none || is_folder} title={locale.t("file-big-hint")}
                    onclick={losing(Loss::Replaced(path.clone()), Edit::Write { path: path.clone(), kind: big, mode: None })}>
                    <Icon shape={Shape::Grow} /><span>{ locale.t("file-big") }</span></button>
                <button type="button" class="button is-small" disabled={none}
                    onclick={losing(Loss::Deleted(path.clone()), Edit::Remove { path: path.clone() })}><Icon shape={Shape::Bin} /><span>{ locale.t("file-delete") }</span></button>
            </div>
            <p class="file-actions__target" hidden={none}>
                { locale.f(if is_folder { "file-target-folder" } else { "file-target" }, &[("path", path.clone().into())]) }
            </p>
            <form class="file-actions__form" hidden={*asking == Asking::Nothing} onsubmit={answer} {onkeydown}>
                <label>
                    <span>{ locale.t(asking.question()) }</span>
                    <input ref={input} type="text" autocomplete="off" spellcheck="false"
                        aria-invalid={no_mode.to_string()} aria-describedby="file-no-mode" />
                </label>
                <button type="submit" class="button is-small">{ locale.t("file-name-ok") }</button>
            </form>
            <p class="file-actions__wrong" id="file-no-mode" hidden={!*no_mode}>{ locale.t("file-no-mode") }</p>
        </div>
    }
}
