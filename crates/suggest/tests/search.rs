//! The search step by step, and on texts that are no good.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use report::{Content, ContextKind, Edit, parse_index};
use suggest::{Given, blocks, everyday, moved, reordered, search};
use support::{images, project};

fn case(name: &str, catalog: &report::Catalog) -> Given {
    project(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name), catalog)
}

fn with(mut given: Given, dockerfile: &str) -> Given {
    let kind = ContextKind::File(Content::text(dockerfile));
    given.context.apply(&Edit::Write { path: "Dockerfile".to_owned(), kind, mode: None }, 1).unwrap();
    given
}

#[test]
fn one_rewrite_is_tried_at_a_time_and_nothing_before_the_first_is_asked_for() {
    let mut search = search(case("ruby-naive", &images(&["ruby:3.3"])));
    assert!(search.figures().is_none());
    let first = search.next();
    assert!(first.is_some());
    assert!(search.figures().is_some_and(|figures| figures.image_bytes > 0 && figures.source.is_some()));
    let items: Vec<bool> = first.into_iter().chain(search.by_ref()).map(|item| item.is_some()).collect();
    assert!(items.len() > 2 && items.contains(&true), "{items:?}");
    assert_eq!(search.next(), None);
}

#[test]
fn of_a_build_that_fails_there_is_nothing_to_suggest() {
    assert_eq!(search(case("broken", &images(&["alpine:3.20"]))).next(), None);
    assert_eq!(search(Given::default()).next(), None);
}

#[test]
fn images_that_would_have_to_be_fetched_are_named_and_tried_once_they_are_there() {
    let index =
        parse_index(r#"{"images": [{"reference": "ruby:3.3-slim"}, {"reference": "ruby:3.3-alpine"}]}"#).unwrap();
    let mut catalog = images(&["ruby:3.3"]);
    catalog.insert_index(&index);
    let mut search = search(case("ruby-naive", &catalog));
    assert!(search.by_ref().flatten().all(|suggestion| suggestion.code != "slimmer-base"));
    assert_eq!(search.wanted().collect::<Vec<_>>(), ["ruby:3.3-alpine", "ruby:3.3-slim"]);
    let mut catalog = images(&["ruby:3.3", "ruby:3.3-slim"]);
    catalog.insert_index(&index);
    let text = "FROM ruby:3.3\nCOPY app.rb /\nCMD [\"ruby\", \"/app.rb\"]\n";
    let found = suggest::all(with(case("ruby-naive", &catalog), text));
    assert!(found.iter().any(|suggestion| suggestion.code == "slimmer-base"));
}

#[test]
fn damaged_dockerfiles_are_answered() {
    let catalog = images(&["alpine:3.20"]);
    let text = "# syntax=docker/dockerfile:1\nFROM alpine:3.20 AS a\nARG T=1\n# c\nRUN apk add curl && \\\n  # d\n  rm -rf /x\nCOPY <<EOF /y\nz\nEOF\nFROM a\nCOPY --from=a /y /z\nRUN chown 1:1 /z && cat /z\nCMD [\"x\"]";
    for (number, end) in (0..=text.len()).filter(|end| text.is_char_boundary(*end)).enumerate() {
        let cut = text[..end].to_owned() + if number % 2 == 0 { "" } else { "\\" };
        let given = with(case("broken", &catalog), &cut);
        let count = blocks(&cut).len();
        for (from, to) in [(0, 1), (count, 0), (count.saturating_sub(1), 0), (1, 2)] {
            assert_eq!(
                moved(&cut, from, to).is_some(),
                from != to && from < count && to < count,
                "{cut:?} {from} {to}"
            );
        }
        if number % 9 == 0 {
            let _ = (suggest::all(given.clone()), everyday(&given), reordered(&given, 0, 1));
        }
    }
}

#[test]
fn every_code_is_its_own() {
    let codes = suggest::codes();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), codes.len());
}
