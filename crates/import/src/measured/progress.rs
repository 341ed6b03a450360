//! What `docker build` prints while it builds.

use std::collections::BTreeMap;

use report::{MeasuredBy, Measurement};
use serde_json::Value;

use super::figure::{instant, seconds};
use super::{MeasuredFormat, MeasuredText};

/// A step while its lines are read.
#[derive(Default)]
struct Vertex {
    name: String,
    ms: Option<u64>,
}

/// `#9 [build 4/6] RUN …`, `#9 DONE 1.3s`
pub(super) fn plain(text: &str) -> Option<MeasuredText> {
    let mut vertices: BTreeMap<u64, Vertex> = BTreeMap::new();
    for line in text.lines() {
        let Some((number, rest)) = line.strip_prefix('#').and_then(|rest| rest.split_once(' ')) else { continue };
        let Ok(number) = number.parse::<u64>() else { continue };
        let vertex = vertices.entry(number).or_default();
        if let Some(time) = rest.strip_prefix("DONE ") {
            vertex.ms = seconds(time.trim()).or(vertex.ms);
        } else if vertex.name.is_empty() && rest.starts_with('[') {
            rest.trim_end().clone_into(&mut vertex.name);
        }
    }
    made(vertices.into_values().map(|vertex| (vertex, false)), MeasuredFormat::Plain)
}

/// ` => [build 4/6] RUN …                1.3s`: names are cut off where the terminal ends.
pub(super) fn terminal(text: &str) -> Option<MeasuredText> {
    let step = |line: &str| {
        let rest = line.trim().strip_prefix("=> ")?;
        let (name, time) = rest.rsplit_once(char::is_whitespace)?;
        let name = name.trim_end();
        name.starts_with('[').then(|| (Vertex { name: name.to_owned(), ms: seconds(time) }, true))
    };
    made(text.lines().filter_map(step), MeasuredFormat::Terminal)
}

/// Objects with `vertexes`, which are told again at every change.
pub(super) fn raw_json(lines: &[Value]) -> MeasuredText {
    let mut order: Vec<String> = Vec::new();
    let mut known: BTreeMap<String, (String, bool, BTreeMap<i64, i64>)> = BTreeMap::new();
    let told = lines.iter().filter_map(|line| line.get("vertexes")?.as_array()).flatten();
    for vertex in told {
        let text = |field: &str| vertex.get(field).and_then(Value::as_str);
        let (Some(digest), Some(name)) = (text("digest"), text("name")) else { continue };
        let entry = known.entry(digest.to_owned()).or_insert_with(|| {
            order.push(digest.to_owned());
            (name.to_owned(), false, BTreeMap::new())
        });
        entry.1 |= vertex.get("cached").and_then(Value::as_bool).unwrap_or_default();
        if let (Some(from), Some(to)) = (text("started").and_then(instant), text("completed").and_then(instant)) {
            entry.2.insert(from, to);
        }
    }
    let vertices = order.iter().filter_map(|digest| known.get(digest)).map(|(name, cached, spans)| {
        let nanoseconds = spans.iter().map(|(from, to)| to.saturating_sub(*from)).fold(0, i64::saturating_add);
        let ms = u64::try_from(nanoseconds / 1_000_000).ok().filter(|_| !cached && !spans.is_empty());
        (Vertex { name: name.clone(), ms }, false)
    });
    made(vertices, MeasuredFormat::RawJson).unwrap_or_default()
}

/// The steps of a Dockerfile among what a build does. One that came from the cache took no time that could be measured.
fn made(vertices: impl Iterator<Item = (Vertex, bool)>, format: MeasuredFormat) -> Option<MeasuredText> {
    let mut any = false;
    let mut measurements = Vec::new();
    for (vertex, cut) in vertices {
        any |= vertex.name.starts_with('[');
        // what a pull took is no step's
        let own = ["[internal]", "[auth]"].iter().any(|own| vertex.name.starts_with(own));
        let is_step = vertex.name.starts_with('[') && !own && !vertex.name.contains("] FROM ");
        if let Some(ms) = vertex.ms.filter(|_| is_step) {
            let source = MeasuredBy::Progress;
            measurements.push(Measurement { source, text: vertex.name, cut, bytes: None, ms: Some(ms) });
        }
    }
    any.then_some(MeasuredText { format: Some(format), measurements, image_bytes: None })
}
