use std::fmt::Write as _;

use report::{BaseView, Report, StepState};

use crate::svg::{EdgeKind, Rect, fitted, fitted_in_the_middle, heights, lay_out};
use crate::text::{Locale, bytes, duration, made_by, stage_name, state_word};

/// The colours and fonts of a picture, as CSS has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub ground: String,
    /// Of lanes and bars of the base image.
    pub panel: String,
    /// Of cards.
    pub raised: String,
    /// Of thin lines.
    pub line: String,
    /// Of lines that have to be seen.
    pub strong: String,
    /// Of words.
    pub text: String,
    /// Of lesser words.
    pub muted: String,
    /// Of the reader's own layers.
    pub accent: String,
    /// Of steps from the cache.
    pub hit: String,
    /// Of steps that ran.
    pub run: String,
    /// Of steps that failed.
    pub error: String,
    /// The font of words.
    pub sans: String,
    /// The font of code.
    pub mono: String,
}

/// The width of the picture of layers.
const LAYERS_WIDTH: i32 = 720;
const LAYERS_HEIGHT: u32 = 420;
const LEAST_ROW: i32 = 26;
/// The width of its bars.
const BAR: i32 = 88;
const MARGIN: i32 = 16;

/// The stages and steps as a picture that needs nothing else.
#[must_use]
pub fn graph_svg(locale: &Locale, report: &Report, palette: &Palette) -> String {
    let picture = lay_out(report);
    let mut svg = begin(picture.width, picture.height, palette);
    for lane in &picture.lanes {
        let Some(stage) = report.stages.get(lane.stage) else { continue };
        let Rect { x, y, .. } = lane.area;
        rect(&mut svg, lane.area, 8, &palette.panel, &palette.line);
        let name = stage_name(stage);
        text(&mut svg, (x + 12, y + 19), &palette.text, "font-weight=\"600\"", &fitted(&name, 24));
        let base = match &stage.base {
            BaseView::Image { short, known: true, bytes: size, .. } => format!("{short} · {}", bytes(*size)),
            BaseView::Image { short, .. } => short.clone(),
            _ => String::new(),
        };
        text(&mut svg, (x + 12, y + 35), &palette.muted, "", &fitted(&base, 36));
    }
    for edge in &picture.edges {
        let (colour, dashes) = match edge.kind {
            EdgeKind::Next => (&palette.line, ""),
            EdgeKind::Context => (&palette.strong, " stroke-dasharray=\"4 3\""),
            _ => (&palette.strong, ""),
        };
        let _ = write!(
            svg,
            "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\"{dashes} marker-end=\"url(#arrow)\"/>",
            edge.path,
            escaped(colour)
        );
    }
    if let Some(area) = picture.context {
        source(&mut svg, area, &locale.t("context-name"), &bytes(report.context.bytes), palette);
    }
    for card in &picture.images {
        let image = report.steps.get(card.input.0).and_then(|step| step.images.get(card.input.1));
        if let Some((BaseView::Image { short, bytes: size, .. }, _)) = image {
            source(&mut svg, card.area, short, &bytes(*size), palette);
        }
    }
    for card in &picture.cards {
        let Some(step) = report.steps.get(card.step) else { continue };
        let Rect { x, y, width, height } = card.area;
        let tone = tone(step.state, palette);
        rect(&mut svg, card.area, 6, &palette.raised, &palette.line);
        rect(&mut svg, Rect { x, y: y + 6, width: 3, height: height - 12 }, 1, tone, tone);
        let mono = format!("font-family=\"{}\"", escaped(&palette.mono));
        text(&mut svg, (x + 12, y + 20), &palette.text, &mono, &fitted_in_the_middle(&step.text, 30));
        text(&mut svg, (x + 12, y + 38), tone, "font-weight=\"600\"", &locale.t(state_word(step.state)));
        let size = (step.bytes > 0).then(|| bytes(step.bytes));
        let time = (step.ms > 0).then(|| duration(locale, step.ms));
        let figures = [size, time].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        text(&mut svg, (x + width - 10, y + 38), &palette.muted, "text-anchor=\"end\"", &figures);
    }
    svg.push_str("</svg>\n");
    svg
}

/// The layers of the image as a picture that needs nothing else, the newest on top.
#[must_use]
pub fn layers_svg(locale: &Locale, report: &Report, palette: &Palette) -> String {
    let layers = report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
    let weights: Vec<u64> = layers.iter().rev().map(|layer| layer.bytes).collect();
    let parts = heights(&weights, LAYERS_HEIGHT);
    let rows: Vec<i32> =
        parts.iter().map(|part| i32::try_from(part.height).unwrap_or(LEAST_ROW).max(LEAST_ROW)).collect();
    let total = report.image.as_ref().map_or(0, |image| image.bytes);
    let head = 3 * MARGIN;
    let height = rows.iter().sum::<i32>() + head + MARGIN;
    let mut svg = begin(LAYERS_WIDTH, height, palette);
    let title = locale.f("export-layers", &[("count", layers.len().into()), ("size", bytes(total).into())]);
    text(&mut svg, (MARGIN, 2 * MARGIN), &palette.text, "font-weight=\"600\" font-size=\"14\"", &title);
    let mut y = head;
    for ((layer, part), row) in layers.iter().rev().zip(&parts).zip(rows) {
        let colour = if layer.base.is_some() { &palette.strong } else { &palette.accent };
        let drawn = i32::try_from(part.height).unwrap_or(row).clamp(2, row - 1);
        rect(&mut svg, Rect { x: MARGIN, y, width: BAR, height: drawn }, 2, colour, colour);
        if part.broken {
            broken(&mut svg, y + drawn / 2, &palette.ground);
        }
        let mono = format!("font-family=\"{}\"", escaped(&palette.mono));
        let words = fitted(made_by(report, layer), 62);
        text(&mut svg, (MARGIN + 104, y + 14), &palette.text, &mono, &words);
        text(&mut svg, (LAYERS_WIDTH - MARGIN, y + 14), &palette.muted, "text-anchor=\"end\"", &bytes(layer.bytes));
        y += row;
    }
    svg.push_str("</svg>\n");
    svg
}

fn tone(state: StepState, palette: &Palette) -> &str {
    match state {
        StepState::Cached => &palette.hit,
        StepState::Ran => &palette.run,
        StepState::Failed => &palette.error,
        _ => &palette.muted,
    }
}

fn begin(width: i32, height: i32, palette: &Palette) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"{}\" font-size=\"12\"><defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" \
         markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0.8L7 4L0 7.2z\" fill=\"{}\"/></marker></defs>\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        escaped(&palette.sans),
        escaped(&palette.strong),
        escaped(&palette.ground)
    )
}

fn rect(svg: &mut String, area: Rect, round: i32, fill: &str, stroke: &str) {
    let Rect { x, y, width, height } = area;
    let _ = write!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\" fill=\"{}\" stroke=\"{}\"/>",
        escaped(fill),
        escaped(stroke)
    );
}

fn text(svg: &mut String, (x, y): (i32, i32), fill: &str, more: &str, words: &str) {
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\" fill=\"{}\" {more}>{}</text>", escaped(fill), escaped(words));
}

/// The mark of a bar that is lower than its layer weighs.
fn broken(svg: &mut String, y: i32, ground: &str) {
    let tooth = BAR / 8;
    let line = format!("l{tooth} -8l{tooth} 8").repeat(4);
    let _ = write!(
        svg,
        "<path d=\"M{MARGIN} {y}{line}\" fill=\"none\" stroke=\"{}\" stroke-width=\"5\"/>",
        escaped(ground)
    );
}

fn source(svg: &mut String, area: Rect, name: &str, fact: &str, palette: &Palette) {
    rect(svg, area, 6, &palette.raised, &palette.line);
    text(svg, (area.x + 12, area.y + 22), &palette.text, "", &fitted_in_the_middle(name, 16));
    text(svg, (area.x + 12, area.y + 41), &palette.muted, "", &fitted(fact, 18));
}

/// A text in XML. What XML cannot hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
