//! `docker history`, as a table and as JSON.

use report::{MeasuredBy, Measurement};
use serde_json::Value;

use super::figure::size;
use super::{MeasuredFormat, MeasuredText};

/// What Docker puts in the place of the end of a text.
const CUT: char = '…';

/// The table, with or without `--no-trunc`. A command of several lines breaks its row, and with it the columns.
pub(super) fn table(text: &str) -> Option<MeasuredText> {
    let mut rows: Vec<String> = Vec::new();
    for line in text.lines() {
        if begins_row(line) {
            rows.push(line.to_owned());
        } else if let Some(row) = rows.last_mut() {
            row.push('\n');
            row.push_str(line);
        }
    }
    let measurements: Vec<Measurement> = rows.iter().rev().filter_map(|row| table_row(row)).collect();
    (!measurements.is_empty()).then_some(MeasuredText {
        format: Some(MeasuredFormat::History),
        measurements,
        image_bytes: None,
    })
}

/// Whether a line begins with an image's id, or with the word for none.
fn begins_row(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    let id = first.strip_prefix("sha256:").unwrap_or(first);
    first == "<missing>" || (matches!(id.len(), 12 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Id, age, command and size: columns have at least two blanks between them, and the command may have some in it.
fn table_row(row: &str) -> Option<Measurement> {
    let (_id, rest) = row.split_once("  ")?;
    let (_age, rest) = rest.trim_start().split_once("  ")?;
    let mut found = None;
    let mut from = 0;
    for word in rest.split(' ') {
        let end = from + word.len();
        let alone = (from == 0
            || rest.get(..from).is_some_and(|before| before.trim().is_empty() || before.ends_with("  ")))
            && rest.get(end..).is_some_and(|after| after.is_empty() || after.starts_with("  "));
        if let Some(bytes) = size(word).filter(|_| alone && !word.is_empty()) {
            found = Some((from, bytes));
        }
        from = end + 1;
    }
    let (from, bytes) = found?;
    Some(measurement(rest.get(..from)?, bytes))
}

/// One object for each row, the newest first.
pub(super) fn json(rows: &[Value]) -> MeasuredText {
    let row = |row: &Value| {
        let bytes = match row.get("Size")? {
            Value::Number(bytes) => bytes.as_u64()?,
            text => size(text.as_str()?)?,
        };
        Some(measurement(row.get("CreatedBy")?.as_str()?, bytes))
    };
    let measurements = rows.iter().rev().filter_map(row).collect();
    MeasuredText { format: Some(MeasuredFormat::HistoryJson), measurements, image_bytes: None }
}

fn measurement(text: &str, bytes: u64) -> Measurement {
    let text = text.trim();
    let (text, cut) = text.strip_suffix(CUT).map_or((text, false), |text| (text, true));
    Measurement { source: MeasuredBy::History, text: text.to_owned(), cut, bytes: Some(bytes), ms: None }
}
