//! Every language has the same sentences with the same arguments, and every sentence that the program names is there.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const LOCALES: [(&str, &str); 2] =
    [("en", include_str!("../locales/en.ftl")), ("ja", include_str!("../locales/ja.ftl"))];

/// The arguments of each sentence of a Fluent file, by name.
fn sentences(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut sentences = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" = ").filter(|(name, _)| !name.starts_with(' ')) {
            current = name.to_string();
            sentences.insert(current.clone(), BTreeSet::new());
        }
        for argument in line.split('$').skip(1) {
            let end = argument.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(argument.len());
            sentences.entry(current.clone()).or_default().insert(argument[..end].to_string());
        }
    }
    sentences
}

#[test]
fn every_language_has_the_same_sentences_with_the_same_arguments() {
    let english = sentences(LOCALES[0].1);
    for (tag, text) in LOCALES {
        assert_eq!(sentences(text), english, "{tag}");
    }
}

#[test]
fn every_language_can_be_read_without_an_error() {
    for (tag, text) in LOCALES {
        if let Err((_, errors)) = fluent_bundle::FluentResource::try_new(text.to_string()) {
            panic!("{tag}: {errors:?}");
        }
    }
}

#[test]
fn every_sentence_that_the_program_names_is_there_and_every_sentence_is_named() {
    let mut source = String::new();
    for folder in ["src", "../crates/picture/src"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut source);
    }
    let there = sentences(LOCALES[0].1);
    for call in [".t(\"", ".f(\"", ".f(\n"] {
        for after in source.split(call).skip(1) {
            let name = after.trim_start().trim_start_matches('"').split('"').next().unwrap_or_default();
            assert!(there.contains_key(name), "no sentence {name}");
        }
    }
    // Made from a code: the diagnostic's, the message's, the limit's, that of what is explained; of the script of embeds.
    let made = |name: &str| {
        ["problem-", "message-", "limit-", "about-", "suggest-", "goal-", "found-", "poster-"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
    };
    for name in there.keys().filter(|name| !made(name)) {
        assert!(source.contains(&format!("\"{name}\"")), "nothing says {name}");
    }
}

#[test]
fn every_mistake_in_a_dockerfile_has_a_sentence() {
    let there = sentences(LOCALES[0].1);
    let mut source = String::new();
    for folder in ["../crates/dockerfile/src", "../crates/report/src"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut source);
    }
    let mut found = 0;
    for call in ["Mistake::new(", "Mistake { code: ", "mistake(", "error(", "code: ", "note(", "wrong("] {
        for after in source.split(call).skip(1) {
            let quoted = after.trim_start().strip_prefix('"').and_then(|after| after.split('"').next());
            // An error of the plan has Docker's words alone.
            if let Some(code) = quoted.filter(|code| *code != "build-error") {
                assert!(there.contains_key(&format!("problem-{code}")), "no sentence problem-{code}");
                found += 1;
            }
        }
    }
    assert!(found > 40, "only {found} codes");
}

#[test]
fn everything_of_the_language_is_explained_and_nothing_else() {
    let there = sentences(LOCALES[0].1);
    let explained: BTreeSet<String> =
        there.keys().filter_map(|name| name.strip_prefix("about-")).map(String::from).collect();
    let topics: BTreeSet<String> = report::topics().into_iter().map(|topic| topic.code()).collect();
    assert_eq!(explained, topics);
}

fn collect(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, text);
        } else {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_suggestion_has_its_title_and_its_why_in_two_sentences() {
    let codes = session::suggest::codes();
    for (tag, text) in LOCALES {
        let there = sentences(text);
        for code in &codes {
            assert!(there.contains_key(&format!("suggest-{code}")), "{tag}: no title of {code}");
            let start = format!("suggest-{code}-why = ");
            let words = text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default();
            assert_eq!(ends(words), 2, "{tag}: {code}: {words}");
        }
    }
}

#[test]
fn every_gain_change_and_obstacle_of_a_suggestion_has_its_words() {
    let there = sentences(LOCALES[0].1);
    let mut source = String::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/suggest/src"), &mut source);
    for (function, prefix) in [("enum Gain", "suggest-gain-"), ("enum Obstacle", "suggest-obstacle-")] {
        let after = source.split(function).nth(1).unwrap();
        let code = after.split("pub fn code(&self)").nth(1).unwrap().split("\n    }").next().unwrap();
        let names: Vec<&str> = code.split("=> \"").skip(1).filter_map(|after| after.split('"').next()).collect();
        assert!(names.len() > 4, "{names:?}");
        for name in names {
            assert!(there.contains_key(&format!("{prefix}{name}")), "no sentence {prefix}{name}");
        }
    }
}

/// The names of the build checks, from their files.
fn rules() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/checks/src/rules");
    let mut source = String::new();
    collect(&folder, &mut source);
    let names = source.split("Rule { name: \"").skip(1);
    names.filter_map(|after| after.split('"').next()).map(str::to_string).collect()
}

#[test]
fn every_build_check_has_its_why_and_its_remedy_in_two_sentences() {
    let rules = rules();
    assert_eq!(rules.len(), 21, "{rules:?}");
    for (tag, text) in LOCALES {
        for rule in &rules {
            let start = format!("problem-{rule} = ");
            let words = text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default();
            assert_eq!(ends(words), 2, "{tag}: {rule}: {words}");
        }
    }
}

/// The codes of what goals ask for, from their files: the quoted words of `aim` that are no names of arguments.
fn aims() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/lesson/src/goals");
    let mut codes = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let Some(aim) = text.split("fn aim(&self)").nth(1) else { continue };
        let aim = aim.split("\n    }").next().unwrap();
        for (at, after) in aim.match_indices('"').step_by(2).map(|(at, _)| (at, &aim[at + 1..])) {
            let word = after.split('"').next().unwrap();
            if !aim[..at].ends_with('(') {
                codes.insert(word.to_string());
            }
        }
    }
    codes
}

#[test]
fn every_goal_says_what_it_asks_for_and_what_is_there() {
    let there = sentences(LOCALES[0].1);
    let aims = aims();
    assert!(aims.len() > 60, "{aims:?}");
    let own = ["met", "not-met", "waits", "now", "or"].map(String::from);
    let said: BTreeSet<String> = there
        .keys()
        .filter_map(|name| name.strip_prefix("goal-"))
        .map(String::from)
        .filter(|name| !own.contains(name))
        .collect();
    assert_eq!(said, aims);
    let found: BTreeSet<&str> = there.keys().filter_map(|name| name.strip_prefix("found-")).collect();
    assert_eq!(found, BTreeSet::from(lesson::Found::CODES));
}

/// The ends of sentences.
fn ends(words: &str) -> usize {
    let ends = words.match_indices(['.', '。']).filter(|(at, end)| {
        let after = words[at + end.len()..].chars().next();
        *end == "。" || after.is_none_or(|after| after == ' ')
    });
    ends.count()
}
