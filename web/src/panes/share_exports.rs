use js_sys::Array;
use session::State;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement,
    Url,
};
use yew::prelude::*;

use crate::assist::Assist;
use crate::components::{Icon, Shape};
use crate::export::{Palette, graph_svg, layers_svg, markdown};
use crate::text::{Locale, use_locale};

/// The dots of a bitmap for each of the picture's.
const SCALE: u32 = 2;
/// The dots that a side of a bitmap has at most: browsers draw no larger ones.
const MOST_DOTS: u32 = 16_000;

/// The properties of [`ShareExports`].
#[derive(Properties, PartialEq)]
pub struct ShareExportsProps {
    /// Where the state is looked up.
    pub assist: Assist,
}

/// What is drawn.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Graph,
    Layers,
}

/// Buttons that copy the build as Markdown, and download its pictures.
#[component]
pub fn ShareExports(props: &ShareExportsProps) -> Html {
    let locale = use_locale();
    let copied = use_state_eq(|| false);
    let onmarkdown = {
        let (assist, copied, locale) = (props.assist.clone(), copied.clone(), locale.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(state) = assist.state() else { return };
            let dockerfile = state.project.context.text(state.project.dockerfile()).unwrap_or_default();
            let text = markdown(&locale, &title(&locale, &state), &dockerfile, state.drawn());
            let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else {
                return save(&[text.into()], "text/markdown", &format!("{}.md", file_name(&state)));
            };
            let (copied, writing) = (copied.clone(), window.navigator().clipboard().write_text(&text));
            spawn_local(async move { copied.set(JsFuture::from(writing).await.is_ok()) });
        })
    };
    let picture = |what: What, bitmap: bool| {
        let (assist, locale) = (props.assist.clone(), locale.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(state) = assist.state() else { return };
            let (part, svg) = match what {
                What::Graph => ("graph", graph_svg(&locale, state.drawn(), &palette())),
                What::Layers => ("layers", layers_svg(&locale, state.drawn(), &palette())),
            };
            let name = format!("{}-{part}", file_name(&state));
            if bitmap {
                spawn_local(async move {
                    let _ = draw(&svg, format!("{name}.png")).await;
                });
            } else {
                save(&[svg.into()], "image/svg+xml", &format!("{name}.svg"));
            }
        })
    };
    let row = |label: &'static str, what: What| {
        html! {
            <div class="share__row">
                <span>{ locale.t(label) }</span>
                <span class="share__kinds">
                    <button type="button" class="button" onclick={picture(what, false)}
                        aria-label={locale.f("share-picture", &[("what", locale.t(label).as_str().into()), ("kind", "SVG".into())])}>{ "SVG" }</button>
                    <button type="button" class="button" onclick={picture(what, true)}
                        aria-label={locale.f("share-picture", &[("what", locale.t(label).as_str().into()), ("kind", "PNG".into())])}>{ "PNG" }</button>
                </span>
            </div>
        }
    };
    html! {
        <div class="share__exports">
            <button type="button" class="button" onclick={onmarkdown}>
                <Icon shape={if *copied { Shape::Check } else { Shape::Copy }} />
                <span>{ locale.t(if *copied { "log-copied" } else { "share-markdown" }) }</span>
            </button>
            { row("tab-graph", What::Graph) }
            { row("tab-layers", What::Layers) }
        </div>
    }
}

fn title(locale: &Locale, state: &State) -> String {
    if state.project.name.is_empty() { locale.t("project-sample").to_string() } else { state.project.name.clone() }
}

/// A name that every system takes.
fn file_name(state: &State) -> String {
    let name: String = state.project.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "layerlab".to_owned() } else { name.to_owned() }
}

/// The colours that the page has now, and its fonts.
fn palette() -> Palette {
    let window = web_sys::window();
    let style = |element: &Element| window.as_ref()?.get_computed_style(element).ok().flatten();
    let document = window.as_ref().and_then(|window| window.document());
    let root = document.as_ref().and_then(|document| document.document_element()).and_then(|root| style(&root));
    let font = |name: &str| {
        let value = root.as_ref().and_then(|root| root.get_property_value(name).ok()).unwrap_or_default();
        value.trim().replace('\n', " ")
    };
    // A token names the colours of both themes; which of them it is, an element that has it knows.
    let probe = document.and_then(|document| {
        let probe = document.create_element("i").ok()?;
        document.body()?.append_child(&probe).ok()?;
        Some(probe)
    });
    let value = |name: &str| {
        let probe = probe.as_ref()?;
        probe.set_attribute("style", &format!("color: var({name})")).ok()?;
        style(probe)?.get_property_value("color").ok()
    };
    let value = |name: &str| value(name).unwrap_or_default();
    let palette = Palette {
        ground: value("--ground"),
        panel: value("--panel"),
        raised: value("--raised"),
        line: value("--line"),
        strong: value("--line-strong"),
        text: value("--text"),
        muted: value("--muted"),
        accent: value("--accent"),
        hit: value("--hit"),
        run: value("--run"),
        error: value("--error"),
        sans: font("--sans"),
        mono: font("--mono"),
    };
    if let Some(probe) = probe {
        probe.remove();
    }
    palette
}

/// Downloads parts as one file.
fn save(parts: &[JsValue], kind: &str, name: &str) {
    if let Some(address) = address_of(parts, kind) {
        download(&address, name);
        let _ = Url::revoke_object_url(&address);
    }
}

fn address_of(parts: &[JsValue], kind: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&parts.iter().collect::<Array>(), &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

fn download(address: &str, name: &str) {
    let link =
        gloo::utils::document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(address);
        link.set_download(name);
        link.click();
    }
}

/// Draws a picture as a bitmap and downloads it.
async fn draw(svg: &str, name: String) -> Result<(), JsValue> {
    let address = address_of(&[svg.into()], "image/svg+xml").ok_or(JsValue::NULL)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&address);
    let decoded = JsFuture::from(image.decode()).await;
    let _ = Url::revoke_object_url(&address);
    decoded?;
    let canvas: HtmlCanvasElement = gloo::utils::document().create_element("canvas")?.unchecked_into();
    let (width, height) = (image.natural_width(), image.natural_height());
    let scale = (1..=SCALE).rev().find(|scale| width.max(height) * scale <= MOST_DOTS).unwrap_or(1);
    canvas.set_width((width * scale).min(MOST_DOTS));
    canvas.set_height((height * scale).min(MOST_DOTS));
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    let (wide, high) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high)?;
    let done = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(address) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob).ok()) {
            download(&address, &name);
            let _ = Url::revoke_object_url(&address);
        }
    });
    canvas.to_blob(done.unchecked_ref())
}
