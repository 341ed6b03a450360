//! From a workshop's text to what it says. Everything that is wrong is found at once.

use serde_json::{Map, Value};

use super::{Fault, ITEMS_LIMIT, Item, MINUTES_LIMIT, Place, Shown, WORKSHOP_LIMIT, Workshop, WorkshopError};

/// The fields of a workshop, and those of an item.
const FIELDS: [&str; 6] = ["title", "author", "description", "language", "minutes", "item"];
const ITEM_FIELDS: [&str; 7] = ["heading", "lesson", "step", "state", "saved", "minutes", "notes"];
/// The characters of a title, a heading or a name, and of longer texts.
const SHORT: usize = 200;
const LONG: usize = 20_000;

/// Reads what [`Workshop::write`] writes. Nothing of it is trusted.
///
/// # Errors
/// See [`WorkshopError`].
pub fn read(text: &str) -> Result<Workshop, WorkshopError> {
    if text.len() > WORKSHOP_LIMIT {
        return Err(WorkshopError::TooLarge);
    }
    let Ok(Value::Object(mut fields)) = serde_json::from_str::<Value>(text) else {
        return Err(WorkshopError::Foreign);
    };
    if fields.remove("format").as_ref().and_then(Value::as_str) != Some(Workshop::FORMAT) {
        return Err(WorkshopError::Foreign);
    }
    match fields.remove("version").as_ref().and_then(Value::as_u64) {
        Some(Workshop::VERSION) => {}
        Some(version) => return Err(WorkshopError::Newer(version)),
        None => return Err(WorkshopError::Foreign),
    }
    let (workshop, faults) = parse(fields);
    if faults.is_empty() { Ok(workshop) } else { Err(WorkshopError::Damaged(faults)) }
}

/// The workshop that fields stand for, and all that is wrong with them. What is wrong is as if it were not there; an item
/// keeps its number.
#[must_use]
pub fn parse(fields: Map<String, Value>) -> (Workshop, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut fields = Fields { item: None, fields, faults: &mut faults };
    fields.known(&FIELDS);
    let mut workshop = Workshop {
        title: fields.text("title", SHORT).unwrap_or_default(),
        author: fields.text("author", SHORT),
        description: fields.text("description", LONG),
        language: fields.text("language", SHORT),
        minutes: fields.minutes(u32::MAX),
        items: Vec::new(),
    };
    if workshop.title.is_empty() && !fields.is_wrong("title") {
        fields.wrong("title", "is missing: say what the workshop is called");
    }
    let items = match fields.fields.remove("item") {
        Some(Value::Array(items)) => items,
        None => Vec::new(),
        Some(_) => {
            fields.wrong("item", "has to be a list: write `[[item]]` above each");
            return (workshop, faults);
        }
    };
    if items.is_empty() || items.len() > ITEMS_LIMIT {
        let why = format!("there are {}: at least one has to be shown, and at most {ITEMS_LIMIT}", items.len());
        fields.wrong("item", &why);
    }
    for (number, item) in items.into_iter().take(ITEMS_LIMIT).enumerate() {
        workshop.items.push(read_item(number, item, &mut faults));
    }
    (workshop, faults)
}

fn read_item(number: usize, item: Value, faults: &mut Vec<Fault>) -> Item {
    let fields = if let Value::Object(fields) = item { fields } else { Map::new() };
    let mut fields = Fields { item: Some(number), fields, faults };
    fields.known(&ITEM_FIELDS);
    let given: Vec<&str> = ["lesson", "state", "saved"].into_iter().filter(|name| fields.has(name)).collect();
    match given.as_slice() {
        [name]
            if fields
                .fields
                .get(*name)
                .is_some_and(|value| value.as_str().is_some_and(|text| text.trim().is_empty())) =>
        {
            fields.wrong(name, "is empty: say what is shown");
        }
        [_] => {}
        [] => fields.wrong("", "shows nothing: name a `lesson`, a `state` or a file that was `saved`"),
        [first, second, ..] => {
            let why = format!("shows two things, `{first}` and `{second}`: make an item of each");
            fields.wrong("", &why);
        }
    }
    let step = fields.text("step", SHORT);
    if step.is_some() && !fields.has("lesson") {
        fields.wrong("step", "is a step of no lesson: name the lesson, or leave the step out");
    }
    let state = fields.text("state", WORKSHOP_LIMIT).map(|state| Shown::State { state });
    let saved = fields.text("saved", WORKSHOP_LIMIT).map(|saved| Shown::Saved { saved });
    let lesson = || Shown::Lesson { lesson: String::new(), step: None };
    let shown = match fields.text("lesson", SHORT) {
        Some(lesson) => Shown::Lesson { lesson, step },
        None => state.or(saved).unwrap_or_else(lesson),
    };
    if !fields.has("minutes") {
        let why = format!("is missing: say how many minutes it takes, from 1 to {MINUTES_LIMIT}");
        fields.wrong("minutes", &why);
    }
    Item {
        heading: fields.text("heading", SHORT),
        shown,
        minutes: fields.minutes(MINUTES_LIMIT).unwrap_or_default(),
        notes: fields.text("notes", LONG).unwrap_or_default(),
    }
}

/// The fields of a part, and where what is wrong with them goes.
struct Fields<'a> {
    item: Option<usize>,
    fields: Map<String, Value>,
    faults: &'a mut Vec<Fault>,
}

impl Fields<'_> {
    fn wrong(&mut self, field: &str, why: &str) {
        self.faults.push(Fault { place: Place { item: self.item, field: field.to_owned() }, why: why.to_owned() });
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.faults.iter().any(|fault| fault.place.item == self.item && fault.place.field == field)
    }

    fn has(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|value| !value.is_null())
    }

    fn known(&mut self, names: &[&str]) {
        let unknown: Vec<String> = self.fields.keys().filter(|name| !names.contains(&name.as_str())).cloned().collect();
        for name in unknown {
            self.wrong(&name, &format!("unknown field: there are {}", names.join(", ")));
        }
    }

    /// A text that is not empty.
    fn text(&mut self, name: &str, limit: usize) -> Option<String> {
        match self.fields.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.len() <= limit => {
                let text = text.trim();
                (!text.is_empty()).then(|| text.to_owned())
            }
            Some(Value::String(_)) => {
                self.wrong(name, &format!("is longer than {limit} bytes: make it shorter"));
                None
            }
            Some(_) => {
                self.wrong(name, "has to be a text in quotation marks");
                None
            }
        }
    }

    fn minutes(&mut self, limit: u32) -> Option<u32> {
        let value = self.fields.get("minutes").filter(|value| !value.is_null())?;
        let minutes = value.as_u64().and_then(|minutes| u32::try_from(minutes).ok());
        let minutes = minutes.filter(|minutes| (1..=limit).contains(minutes));
        if minutes.is_none() {
            let why = if limit == u32::MAX {
                "has to be a whole number, at least 1".to_owned()
            } else {
                format!("has to be a whole number from 1 to {limit}")
            };
            self.wrong("minutes", &why);
        }
        minutes
    }
}
