//! Figures of a real engine, recognised by themselves: `docker history`, `docker build --progress`, `docker image inspect`.

mod figure;
mod history;
mod progress;

use report::Measurement;
use serde_json::Value;

/// The measurements that are read of a text.
const MEASUREMENTS: usize = 2_000;

/// The command that a text is the output of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredFormat {
    /// `docker history`
    History,
    /// `docker history --format json`
    HistoryJson,
    /// `docker build --progress=plain`
    Plain,
    /// `docker build` in a terminal.
    Terminal,
    /// `docker build --progress=rawjson`
    RawJson,
    /// `docker image inspect`
    Inspect,
}

impl MeasuredFormat {
    /// The command, for the reader.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            MeasuredFormat::History => "docker history",
            MeasuredFormat::HistoryJson => "docker history --format json",
            MeasuredFormat::Plain => "docker build --progress=plain",
            MeasuredFormat::Terminal => "docker build",
            MeasuredFormat::RawJson => "docker build --progress=rawjson",
            MeasuredFormat::Inspect => "docker image inspect",
        }
    }
}

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasuredText {
    /// The command that it is the output of; `None` where it is of none that is known.
    pub format: Option<MeasuredFormat>,
    /// What was measured of steps, in the order of the steps.
    pub measurements: Vec<Measurement>,
    /// The size of the whole image in bytes, where that is told.
    pub image_bytes: Option<u64>,
}

/// Reads what a real engine printed.
#[must_use]
pub fn read_measured(text: &str) -> MeasuredText {
    let trimmed = text.trim_start_matches('\u{feff}').trim();
    let mut read = match trimmed.bytes().next() {
        Some(b'[') if trimmed.ends_with(']') => inspect(trimmed).unwrap_or_default(),
        Some(b'{') => json_lines(trimmed),
        _ => progress::plain(trimmed)
            .or_else(|| progress::terminal(trimmed))
            .or_else(|| history::table(trimmed))
            .unwrap_or_default(),
    };
    read.measurements.truncate(MEASUREMENTS);
    read
}

fn json_lines(text: &str) -> MeasuredText {
    let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line.trim()).ok()).collect();
    if lines.iter().any(|line| line.get("vertexes").is_some()) {
        progress::raw_json(&lines)
    } else if lines.iter().any(|line| line.get("CreatedBy").is_some()) {
        history::json(&lines)
    } else {
        inspect(&format!("[{text}]")).unwrap_or_default()
    }
}

/// The size is all that `docker image inspect` tells; an array of history's rows is one of those.
fn inspect(text: &str) -> Option<MeasuredText> {
    let values: Vec<Value> = serde_json::from_str(text).ok()?;
    if values.iter().any(|value| value.get("CreatedBy").is_some()) {
        return Some(history::json(&values));
    }
    let image = values.iter().find(|value| value.get("RootFS").is_some())?;
    let image_bytes = image.get("Size").and_then(Value::as_u64);
    Some(MeasuredText { format: Some(MeasuredFormat::Inspect), image_bytes, ..MeasuredText::default() })
}
