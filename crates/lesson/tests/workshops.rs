//! Workshops: the golden one opens forever, and what is wrong is named with its place, all of it at once.

use lesson::workshop::{Shown, WORKSHOP_LIMIT, Workshop, WorkshopError, check, read};
use lesson::{Entry, Index};
use serde_json::{Value, json};

const GOLDEN: &str = include_str!("../../../tests/golden/workshop-v1.json");

fn pack() -> Value {
    json!({
        "format": "layerlab-workshop",
        "version": 1,
        "title": "Small",
        "minutes": 20,
        "item": [
            { "lesson": "layers", "step": "look", "minutes": 10, "notes": "Wait.\nThen ask." },
            { "heading": "Mine", "state": "#s=v2.x", "minutes": 5 },
            { "saved": "{}", "minutes": 5, "notes": null },
        ],
    })
}

fn course() -> Index {
    let entry = |id: &str| Entry { id: id.to_owned(), steps: vec!["look".to_owned()], ..Entry::default() };
    Index { lessons: vec![entry("layers"), entry("copy-source-last")] }
}

/// All that is wrong, as text.
fn faults(workshop: &Value) -> Vec<String> {
    match read(&workshop.to_string()) {
        Ok(workshop) => check(&workshop, &course()).iter().map(ToString::to_string).collect(),
        Err(WorkshopError::Damaged(faults)) => faults.iter().map(ToString::to_string).collect(),
        Err(other) => vec![other.to_string()],
    }
}

#[test]
fn the_golden_workshop_of_version_1_opens_and_says_the_same_when_it_is_written_again() {
    let workshop = read(GOLDEN).unwrap();
    assert_eq!(workshop.write().unwrap(), GOLDEN.trim_end());
    let shown: Vec<&str> = workshop
        .items
        .iter()
        .map(|item| match &item.shown {
            Shown::Lesson { step: None, .. } => "lesson",
            Shown::Lesson { step: Some(_), .. } => "step",
            Shown::State { .. } => "state",
            Shown::Saved { .. } => "saved",
        })
        .collect();
    assert_eq!((shown, workshop.taken()), (vec!["state", "lesson", "step", "saved"], 40));
    assert!(workshop.items.iter().any(|item| item.notes.contains('\n')));
}

#[test]
fn a_workshop_without_faults_is_whole() {
    assert_eq!(faults(&pack()), Vec::<String>::new());
    let workshop = read(&pack().to_string()).unwrap();
    assert_eq!((workshop.items.len(), workshop.taken()), (3, 20));
    assert_eq!(read(&workshop.write().unwrap()), Ok(workshop));
}

#[test]
fn what_is_not_understood_is_refused_with_its_place() {
    let cases: [(&str, Value, &str); 19] = [
        ("/format", json!("layerlab"), "this is not a workshop"),
        ("/version", json!(2), "version 2 of the workshop format"),
        ("/title", json!(" "), "title: is missing"),
        ("/title", json!(5), "title: has to be a text"),
        ("/minutes", json!(0), "minutes: has to be a whole number, at least 1"),
        ("/minutes", json!(19), "minutes: the items take 20 minutes, 1 more than the 19"),
        ("/item", json!({}), "item: has to be a list"),
        ("/item", json!([]), "item: there are 0"),
        ("/item/0/lesson", json!("layer"), "item 1, lesson: there is no lesson \"layer\". Did you mean \"layers\"?"),
        ("/item/0/step", json!("lok"), "item 1, step: the lesson \"layers\" has no step \"lok\": there are look"),
        ("/item/0/lesson", json!(""), "item 1, lesson: is empty"),
        ("/item/0/minutes", json!(null), "item 1, minutes: is missing"),
        ("/item/0/minutes", json!(1.5), "item 1, minutes: has to be a whole number from 1 to 480"),
        ("/item/0/minutes", json!(-3), "item 1, minutes: has to be a whole number from 1 to 480"),
        ("/item/0/notes", json!(["a"]), "item 1, notes: has to be a text"),
        ("/item/1/heading", json!("x".repeat(201)), "item 2, heading: is longer than 200 bytes"),
        ("/item/1", json!({ "minutes": 5 }), "item 2: shows nothing"),
        (
            "/item/1",
            json!({ "minutes": 5, "state": "#s", "saved": "{}" }),
            "item 2: shows two things, `state` and `saved`",
        ),
        ("/item/1", json!({ "minutes": 5, "state": "#s", "step": "look" }), "item 2, step: is a step of no lesson"),
    ];
    for (pointer, value, said) in cases {
        let mut pack = pack();
        *pack.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        let found = faults(&pack);
        assert!(found.len() == 1 && found[0].starts_with(said), "{pointer}: {found:?}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let mut pack = pack();
    pack["colour"] = json!("red");
    pack["item"][0]["note"] = json!("");
    pack["item"][2] = json!("lesson");
    let expected = [
        "colour: unknown field: there are title, author, description, language, minutes, item",
        "item 1, note: unknown field: there are heading, lesson, step, state, saved, minutes, notes",
        "item 3: shows nothing: name a `lesson`, a `state` or a file that was `saved`",
        "item 3, minutes: is missing: say how many minutes it takes, from 1 to 480",
    ];
    assert_eq!(faults(&pack), expected);
}

#[test]
fn texts_that_are_cut_or_too_long_are_refused() {
    let text = pack().to_string();
    for end in (0..text.len()).step_by(7) {
        assert!(read(&text[..end]).is_err(), "{end}");
    }
    assert_eq!(read(&" ".repeat(WORKSHOP_LIMIT + 1)), Err(WorkshopError::TooLarge));
    assert_eq!(read(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))), Err(WorkshopError::Foreign));
    assert_eq!(Workshop::default().taken(), 0);
}
