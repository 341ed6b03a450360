//! Packs that are refused, each with its place and reason; what a pack may weigh; hints.

use lesson::{PACK_LIMIT, PackError, read};
use serde_json::{Value, json};

fn pack() -> Value {
    json!({
        "format": "layerlab-lesson",
        "version": 1,
        "lesson": {
            "format": 1, "id": "small", "minutes": 5,
            "step": [{
                "id": "shrink",
                "open": null, "play": [],
                "goal": [{ "id": "small", "kind": "image-size", "at-most": "5MB" }],
                "hint": [{ "id": "look", "goal": "small" }],
                "quiz": { "options": ["a", "b"], "answer": "b" },
            }],
        },
        "prose": { "en": {
            "title": "Small", "summary": "About size.",
            "steps": { "shrink": {
                "title": "Shrink", "text": [{ "paragraph": [{ "text": "It weighs " }, { "value": "size" }] }],
                "hints": { "look": [{ "paragraph": [{ "text": "Look." }] }] },
                "quiz": [{ "paragraph": [{ "text": "Why?" }] }],
                "options": { "a": { "text": [{ "text": "A" }], "reply": [] }, "b": { "text": [{ "text": "B" }], "reply": [] } },
            } },
        } },
        "files": { "start/Dockerfile": "FROM scratch\n" },
    })
}

#[test]
fn a_whole_pack_is_a_lesson() {
    let lesson = read(&pack().to_string()).unwrap();
    assert_eq!((lesson.id.as_str(), lesson.steps.len()), ("small", 1));
    assert!(lesson::started(&lesson, 0).unwrap().get("Dockerfile").is_some());
}

#[test]
fn what_is_not_understood_is_refused_with_its_place() {
    let cases: [(&str, Value, &str); 14] = [
        ("/format", json!("layerlab"), "not a lesson"),
        ("/version", json!(2), "version 2"),
        ("/lesson/id", json!("Small One"), "\"Small One\" is no name"),
        ("/lesson/step", json!([]), "lesson.toml, step: has 0"),
        ("/lesson/step/0/goal/0/at-most", json!("much"), "step \"shrink\", goal \"small\": `much` is not a size"),
        ("/lesson/step/0/goal/0/kind", json!("eval"), "step \"shrink\", goal \"small\": unknown variant `eval`"),
        ("/lesson/step/0/hint/0/goal", json!("big"), "hint \"look\": there is no goal \"big\""),
        ("/lesson/step/0/quiz/answer", json!("c"), "there is no option \"c\""),
        ("/lesson/step/0/open", json!("other"), "there is no folder open/other"),
        ("/lesson/step/0/play", json!([{ "run": "rm -rf /" }]), "unknown variant `run`"),
        ("/prose/en/steps/shrink/hints", json!({}), "`### hint look` is missing"),
        ("/prose/en/steps/shrink/text/0/paragraph/1/value", json!("weight"), "there is no figure {weight}"),
        (
            "/prose/en/steps/shrink/text/0/paragraph/0",
            json!({ "link": { "to": "javascript:alert(1)", "text": [] } }),
            "a link begins with https://",
        ),
        ("/prose/en/steps/shrink/text/0", json!({ "html": "<script>" }), "unknown variant `html`"),
    ];
    for (pointer, value, said) in cases {
        let mut pack = pack();
        *pack.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        let error = read(&pack.to_string()).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(said), "{pointer}: {error}");
    }
    let mut more = pack();
    more["lesson"]["step"][0]["script"] = json!("x");
    assert!(read(&more.to_string()).unwrap_err().to_string().contains("unknown field `script`"));
}

#[test]
fn texts_that_are_cut_or_too_long_are_refused() {
    let text = pack().to_string();
    for end in (0..text.len()).step_by(7) {
        assert!(read(&text[..end]).is_err(), "{end}");
    }
    assert_eq!(read(&" ".repeat(PACK_LIMIT + 1)), Err(PackError::TooLarge));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(read(&deep), Err(PackError::Foreign));
}
