use report::{FileText, Inside, TreeNode};
use yew::prelude::*;

use super::image_files::ImageFilesProps;
use super::image_tree::mode_letters;
use super::layers::{made_by, made_in_line};
use crate::components::{Choice, Diff, Icon, Shape};
use crate::text::{Locale, bytes, use_locale};
use crate::view::{Show, use_show};

/// The lines that are drawn.
const MOST_LINES: usize = 1_000;

/// The properties of [`ImageFile`].
#[derive(Properties, PartialEq)]
pub struct ImageFileProps {
    /// Those of the pane.
    pub all: ImageFilesProps,
    /// The file, or folder.
    pub node: TreeNode,
    /// Called when it is not to be seen any more.
    #[prop_or_default]
    pub onclose: Callback<()>,
}

/// A file of the image: what it is, where it is from, and its text.
#[component]
pub fn ImageFile(props: &ImageFileProps) -> Html {
    let locale = use_locale();
    let show = use_show();
    let report = &props.all.report;
    let node = &props.node;
    let whole = use_state_eq(|| false);
    let text = use_memo((report.clone(), node.path.clone(), node.layer), |(report, path, layer)| {
        let layers = report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
        report::file_text(layers, *layer, path)
    });
    let layer = report.image.as_ref().and_then(|image| image.layers.get(node.layer));
    let number = node.layer;
    let line = layer.and_then(|layer| made_in_line(report, layer));
    let compared = text.as_ref().as_ref().and_then(|text| text.before.as_ref());
    let lines = compared.and_then(|before| before.lines.as_ref());
    let diff = lines.is_some() && !*whole;
    let options = vec![
        (AttrValue::from("diff"), locale.t("image-file-changes")),
        (AttrValue::from("text"), locale.t("image-file-text")),
    ];
    let onchoose = {
        let whole = whole.clone();
        Callback::from(move |id: AttrValue| whole.set(id == "text"))
    };
    let before = compared.map(|before| {
        let words = [("number", (before.layer + 1).into()), ("size", bytes(before.size).into())];
        locale.f(if before.same { "image-file-same" } else { "image-file-before" }, &words)
    });
    html! {
        <section class="image-file" aria-label={node.path.clone()}>
            <div class="image-file__head">
                <h3 class="image-file__path"><code>{ &node.path }</code></h3>
                <button type="button" class="button is-small is-icon" onclick={props.onclose.reform(|_: MouseEvent| ())}
                    aria-label={locale.f("image-file-close", &[("path", node.path.as_str().into())])}>
                    <Icon shape={Shape::Cross} />
                </button>
            </div>
            <p class="image-file__facts">
                <span>{ locale.t(kind(node.kind)) }</span>
                <span>{ bytes(node.bytes) }</span>
                <code>{ format!("{:04o} {}", node.mode, mode_letters(node.kind, node.mode)) }</code>
                <span>{ locale.f("image-file-owner", &[("uid", node.uid.into()), ("gid", node.gid.into())]) }</span>
            </p>
            <p class="image-file__from">
                <button type="button" class="link" onclick={show.reform(move |_: MouseEvent| Show::ChooseLayer(Some(number)))}>
                    { locale.f("layer-number", &[("number", (number + 1).into())]) }
                </button>
                <button type="button" class="link" hidden={line.is_none()}
                    onclick={props.all.online.reform(move |_: MouseEvent| line.unwrap_or(1))}>
                    { locale.f("problem-line", &[("line", line.unwrap_or(0).into())]) }
                </button>
                <code>{ layer.map(|layer| made_by(report, layer)).unwrap_or_default() }</code>
            </p>
            <p class="hint" hidden={before.is_none()}>{ before.unwrap_or_default() }</p>
            <div hidden={lines.is_none()}>
                <Choice label={locale.t("image-file-view")} {options} chosen={if *whole { "text" } else { "diff" }} {onchoose} />
            </div>
            { match (text.as_ref(), lines.filter(|_| diff)) {
                _ if node.others => html! { <p class="hint">{ locale.t("image-outline") }</p> },
                (_, Some(lines)) => html! { <Diff lines={lines.clone()} /> },
                (Some(text), None) => inside(&locale, text),
                (None, None) => html! { <p hidden={true}></p> },
            } }
        </section>
    }
}

fn kind(kind: &str) -> &'static str {
    match kind {
        "dir" => "image-kind-dir",
        "symlink" => "image-kind-symlink",
        "hardlink" => "image-kind-hardlink",
        _ => "image-kind-file",
    }
}

fn inside(locale: &Locale, file: &FileText) -> Html {
    match &file.inside {
        Inside::Text { text, .. } if text.is_empty() => html! { <p class="hint">{ locale.t("image-file-empty") }</p> },
        Inside::Text { text, cut } => {
            let lines = text.lines().count();
            let shown: String = text.split_inclusive('\n').take(MOST_LINES).collect();
            html! {
                <div class="image-file__text">
                    <pre class="output" tabindex="0">{ shown }</pre>
                    <p class="hint" hidden={!cut && lines <= MOST_LINES}>
                        { locale.f("image-file-cut", &[("size", bytes(file.size).into())]) }
                    </p>
                </div>
            }
        }
        Inside::Binary => {
            html! { <p class="hint">{ locale.f("image-file-binary", &[("size", bytes(file.size).into())]) }</p> }
        }
        Inside::Unknown => {
            html! { <p class="hint">{ locale.f("image-file-unknown", &[("size", bytes(file.size).into())]) }</p> }
        }
    }
}
