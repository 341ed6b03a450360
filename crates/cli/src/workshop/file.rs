//! From an instructor's file to a workshop, with everything that is wrong in it and the lines of that.

use std::fs;
use std::path::{Component, Path};

use lesson::Index;
use lesson::workshop::{self, Fault, Place, Shown, Workshop};
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use crate::lesson::folder::LANGUAGES;

/// The `format` of an instructor's file.
const FORMAT: u64 = 1;

/// What came of reading a file.
pub struct Read {
    /// The workshop; where something is wrong it is left out.
    pub workshop: Workshop,
    /// What is wrong, by line.
    pub faults: Vec<Found>,
    /// What could be better, by line.
    pub remarks: Vec<Found>,
}

/// Something that was found in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// The line, from 1.
    pub line: usize,
    /// Where in the workshop, what, and what to do.
    pub what: String,
}

/// Reads a workshop's file and looks for what is wrong with it.
///
/// # Errors
/// Where the file cannot be read.
pub fn read(path: &Path, course: &Index) -> Result<Read, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(read_text(&text, folder, course))
}

fn read_text(text: &str, folder: &Path, course: &Index) -> Read {
    let table = match toml::from_str::<toml::Table>(text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map_or(1, |span| line_at(text, span.start));
            let faults = vec![Found { line, what: error.message().to_owned() }];
            return Read { workshop: Workshop::default(), faults, remarks: Vec::new() };
        }
    };
    let mut faults = Vec::new();
    let fields = fields(table, folder, &mut faults);
    let (workshop, damaged) = workshop::parse(fields);
    faults.extend(damaged);
    if let Some(language) = workshop.language.as_deref().filter(|language| !LANGUAGES.contains(language)) {
        faults.push(fault(
            None,
            "language",
            format!("there is no \"{language}\": there are {}", LANGUAGES.join(" and ")),
        ));
    }
    for (number, item) in workshop.items.iter().enumerate() {
        if let Shown::State { state } = &item.shown
            && let Err(error) = session::read_link(state)
        {
            let why = format!("does not open: {error}. Copy the link again from Share in the page");
            faults.push(fault(Some(number), "state", why));
        }
    }
    let known: Vec<Place> = faults.iter().map(|fault| fault.place.clone()).collect();
    let is_new = |place: &Place| match place.item {
        Some(item) => !known.iter().any(|known| known.item == Some(item) && known.field != "minutes"),
        None => !known.iter().any(|known| known.field == "minutes"),
    };
    faults.extend(workshop::check(&workshop, course).into_iter().filter(|fault| is_new(&fault.place)));
    let silent = workshop.items.iter().enumerate().filter(|(_, item)| item.notes.is_empty());
    let remarks: Vec<Fault> = silent
        .map(|(number, _)| fault(Some(number), "", "has no notes: the speaker's window will be empty".to_owned()))
        .collect();
    let lines = DeTable::parse(text).ok();
    let found = |faults: Vec<Fault>| {
        let mut found: Vec<Found> = faults
            .iter()
            .map(|fault| Found {
                line: lines.as_ref().map_or(1, |table| line_at(text, offset(table.get_ref(), &fault.place))),
                what: fault.to_string(),
            })
            .collect();
        found.sort_by_key(|found| found.line);
        found
    };
    Read { faults: found(faults), remarks: found(remarks), workshop }
}

fn fault(item: Option<usize>, field: &str, why: String) -> Fault {
    Fault { place: Place { item, field: field.to_owned() }, why }
}

/// A file's table as the fields that a packed workshop has: what is in a file in the place of its name.
fn fields(mut table: toml::Table, folder: &Path, faults: &mut Vec<Fault>) -> Map<String, Value> {
    match table.remove("format").map(|format| format.as_integer().and_then(|format| u64::try_from(format).ok())) {
        Some(Some(FORMAT)) => {}
        None => faults.push(fault(None, "format", format!("is missing: write `format = {FORMAT}` in the first line"))),
        Some(_) => faults.push(fault(None, "format", format!("is not known here: this command reads format {FORMAT}"))),
    }
    // dates and not-a-numbers have no JSON: they are of a wrong type whatever the field
    let json = |value| serde_json::to_value(value).unwrap_or(Value::Bool(false));
    let mut fields: Map<String, Value> = table.into_iter().map(|(name, value)| (name, json(value))).collect();
    let items = fields.get_mut("item").and_then(Value::as_array_mut).into_iter().flatten();
    for (number, item) in items.enumerate() {
        let saved = item.as_object_mut().and_then(|fields| fields.get_mut("saved"));
        if let Some(Value::String(name)) = saved {
            match read_saved(name, folder) {
                Ok(text) => *name = text,
                Err(why) => faults.push(fault(Some(number), "saved", why)),
            }
        }
    }
    fields
}

/// The text of a file beside the workshop, which has to be a saved session.
fn read_saved(name: &str, folder: &Path) -> Result<String, String> {
    if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(format!("{name}: lies elsewhere. Put the file beside the workshop's, and give its name"));
    }
    let text = fs::read_to_string(folder.join(name))
        .map_err(|error| format!("{name}: {error}. Put the file that Share in the page saves beside the workshop's"))?;
    session::load(&text).map_err(|error| format!("{name}: does not open: {error}. Save it again in the page"))?;
    Ok(text)
}

/// Where a place is in the text, in bytes. A field that is missing is where what it is missing from begins.
fn offset(table: &DeTable<'_>, place: &Place) -> usize {
    let at = |table: &DeTable<'_>, field: &str| {
        table.iter().find(|(key, _)| key.get_ref().as_ref() == field).map(|(key, _)| key.span().start)
    };
    let Some(number) = place.item else {
        return at(table, &place.field).unwrap_or_default();
    };
    let items = table.iter().find(|(key, _)| key.get_ref().as_ref() == "item").map(|(_, value)| value.get_ref());
    let item = items.and_then(DeValue::as_array).and_then(|items| items.get(number));
    let Some(item) = item else { return 0 };
    let field = item.get_ref().as_table().and_then(|table| at(table, &place.field));
    field.unwrap_or_else(|| item.span().start)
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
