//! `layerlab lesson check`: what is wrong with lessons.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lesson::Lesson;
use report::Catalog;

use super::folder::{LANGUAGES, lessons, read};
use super::{HELP, judge, texts};
use crate::Answer;
use crate::arguments::{Argument, Arguments};
use crate::catalogs::chosen_catalog;

#[derive(Default)]
struct Order<'a> {
    folders: Vec<&'a str>,
    course: Option<&'a str>,
    evidence: Option<&'a str>,
    catalog: Option<&'a str>,
}

/// A lesson that was read, and its folder's name.
type Named = (String, Lesson);

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let order = order(arguments)?;
    let catalog = chosen_catalog(order.catalog)?;
    let mut folders: Vec<PathBuf> = order.folders.iter().map(PathBuf::from).collect();
    if let Some(course) = order.course {
        folders.extend(lessons(Path::new(course))?);
    }
    if folders.is_empty() {
        return Err(format!("no lesson given\n\n{HELP}"));
    }
    let (mut text, mut wrong, mut read_ones) = (String::new(), 0, Vec::new());
    for folder in &folders {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (lesson, mut found) = check_folder(folder, &catalog);
        if let Some(lesson) = lesson {
            if order.course.is_some() {
                found.extend(complete(&lesson, &name, order.evidence.map(Path::new)));
            }
            read_ones.push((name.clone(), lesson));
        }
        for what in &found {
            text += &format!("{}: {what}\n", folder.display());
        }
        wrong += found.len();
    }
    if order.course.is_some() {
        let found = course(&read_ones);
        wrong += found.len();
        for what in found {
            text += &format!("{what}\n");
        }
    }
    let count = folders.len();
    text += &match wrong {
        0 => format!("{count} lesson{}, nothing wrong\n", if count == 1 { "" } else { "s" }),
        _ => format!("{wrong} wrong in {count} lesson{}\n", if count == 1 { "" } else { "s" }),
    };
    Ok(Answer { text, ok: wrong == 0 })
}

fn order(arguments: &[String]) -> Result<Order<'_>, String> {
    let mut arguments = Arguments::new(arguments);
    let mut order = Order::default();
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--all", given) => order.course = Some(arguments.value("--all", given)?),
            Argument::Flag("--evidence", given) => order.evidence = Some(arguments.value("--evidence", given)?),
            Argument::Flag("--catalog", given) => order.catalog = Some(arguments.value("--catalog", given)?),
            Argument::Flag(flag, _) => return Err(format!("unknown option {flag}\n\n{HELP}")),
            Argument::Value(folder) => order.folders.push(folder),
        }
    }
    Ok(order)
}

/// A lesson by itself: its files, its steps, its texts.
fn check_folder(folder: &Path, catalog: &Catalog) -> (Option<Lesson>, Vec<String>) {
    let lesson = match read(folder) {
        Ok((_, lesson)) => lesson,
        Err(why) => return (None, vec![why]),
    };
    let mut wrong = paths(&lesson);
    wrong.extend(judge::judge(&lesson, catalog));
    wrong.extend(texts::check(&lesson));
    (Some(lesson), wrong)
}

/// The folders have what they are for, and nothing that no step asks for.
fn paths(lesson: &Lesson) -> Vec<String> {
    let mut wrong = Vec::new();
    let first_opens = lesson.steps.first().is_some_and(|step| step.open.is_some());
    if !first_opens && !lesson.files.contains_key("start/Dockerfile") {
        wrong.push("there is no start/Dockerfile".into());
    }
    let solutions: BTreeSet<&str> = lesson.steps.iter().map(|step| step.id.as_str()).collect();
    let wrongs = lesson.steps.iter().flat_map(|step| &step.wrong).map(|wrong| wrong.name.as_str()).collect();
    let opens = lesson.steps.iter().filter_map(|step| step.open.as_deref()).collect();
    for (folder, known) in [("solution", solutions), ("wrong", wrongs), ("open", opens)] as [(&str, BTreeSet<&str>); 3]
    {
        let names =
            lesson.files.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')?.split('/').next());
        let unknown: BTreeSet<&str> = names.filter(|name| !known.contains(name)).collect();
        wrong.extend(unknown.iter().map(|name| format!("{folder}/{name}: nothing in lesson.toml has that name")));
    }
    wrong
}

/// What a lesson of a course has besides: both languages, its folder's name, evidence that is there.
fn complete(lesson: &Lesson, name: &str, evidence: Option<&Path>) -> Vec<String> {
    let mut wrong = Vec::new();
    let own = name
        .split_once('-')
        .filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()))
        .map_or(name, |(_, own)| own);
    if own != lesson.id {
        wrong.push(format!("its id is \"{}\", its folder says \"{own}\"", lesson.id));
    }
    for language in LANGUAGES.iter().filter(|language| !lesson.prose.contains_key(**language)) {
        wrong.push(format!("there is no {language}.md"));
    }
    if lesson.track == 0 {
        wrong.push("it is in no track".into());
    }
    if lesson.evidence.is_empty() {
        wrong.push("names no evidence for what it says".into());
    }
    if let Some(folder) = evidence {
        let there = |name: &str| match name.contains('/') {
            true => Path::new(name).exists(),
            false => folder.join(format!("{name}.toml")).is_file(),
        };
        wrong.extend(
            lesson.evidence.iter().filter(|name| !there(name)).map(|name| format!("evidence \"{name}\" is not there")),
        );
    }
    let hints = lesson.steps.iter().map(|step| step.hints.len()).sum::<usize>();
    if lesson.challenge && hints > 0 {
        wrong.push("a challenge has no hints".into());
    }
    wrong
}

/// Lessons against each other: names, what builds on what, links.
fn course(lessons: &[Named]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    for (folder, lesson) in lessons {
        if let Some(other) = ids.insert(&lesson.id, folder) {
            wrong.push(format!("{folder}: its id is that of {other}"));
        }
    }
    for (number, (folder, lesson)) in lessons.iter().enumerate() {
        for id in &lesson.requires {
            let at = lessons.iter().position(|(_, other)| other.id == *id);
            match at {
                None => wrong.push(format!("{folder}: requires \"{id}\", which is no lesson")),
                // challenges are read after all else: their folders' names begin with a letter
                Some(at) if at >= number => wrong.push(format!("{folder}: requires \"{id}\", which comes later")),
                Some(_) => {}
            }
        }
        for (language, prose) in &lesson.prose {
            for id in texts::links(prose).iter().filter(|id| !ids.contains_key(id.as_str())) {
                wrong.push(format!("{folder}: {language}.md links to \"{id}\", which is no lesson"));
            }
        }
    }
    wrong
}
