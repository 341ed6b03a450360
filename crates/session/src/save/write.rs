//! From a state to its saved text.

use std::rc::Rc;

use filesystem::Edit;
use report::{FIGURES, Preset};
use serde_json::value::RawValue;

use super::file::{encode_file, encode_measured, encode_mode, encode_options};
use super::learning::encode_study;
use super::model::{Event, Profile, Settings, Written};
use super::{FORMAT, VERSION};
use crate::{Language, State, Theme};

/// The text that [`crate::start`] and [`crate::load`] open again: start project, events, settings, profile. Catalog, undone
/// edits and notices are not in it.
#[must_use]
pub fn save(state: &State) -> String {
    // A value of strings, numbers and maps with string keys can always be written.
    write(state, "").unwrap_or_default()
}

/// [`save`] with what the page shows.
pub(crate) fn save_viewed(state: &State, view: &str) -> String {
    write(state, view).unwrap_or_default()
}

/// The same for a link: without settings, with what the page shows.
pub(crate) fn save_linked(state: &State, view: &str) -> String {
    save_linked_lesson(&State { study: None, ..state.clone() }, view)
}

/// The same with the lesson that is open.
pub(crate) fn save_linked_lesson(state: &State, view: &str) -> String {
    let state = State { settings: crate::Settings::default(), shelved: None, ..state.clone() };
    write(&state, view).unwrap_or_default()
}

fn write(state: &State, view: &str) -> Option<String> {
    let start = state.texts.of(&state.start)?;
    let projects: Vec<Rc<RawValue>> = state
        .events
        .iter()
        .filter_map(|event| match event {
            crate::Event::Project(project) => Some(state.texts.of(project)),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let mut opened = projects.iter();
    let document = Written {
        format: FORMAT.to_owned(),
        version: version_of(state, [&start].into_iter().chain(&projects)),
        settings: Settings {
            language: state.settings.language.map(|language| match language {
                Language::En => "en".to_owned(),
                Language::Ja => "ja".to_owned(),
            }),
            theme: match state.settings.theme {
                Theme::System => None,
                Theme::Light => Some("light".to_owned()),
                Theme::Dark => Some("dark".to_owned()),
            },
        },
        profile: encode_profile(&state.profile),
        open: state.open.clone(),
        view: view.to_owned(),
        start: &start,
        unbuilt: !state.start_built,
        events: state.events.iter().map(|event| encode_event(event, &mut opened)).collect::<Option<_>>()?,
        lesson: state.study.as_ref().map(encode_study),
        waits: state.shelved.as_ref().and_then(|waits| RawValue::from_string(waits.text.to_string()).ok()),
    };
    serde_json::to_string(&document).ok()
}

/// The first version that has all of it: what an older page can open stays so.
fn version_of<'a>(state: &State, projects: impl IntoIterator<Item = &'a Rc<RawValue>>) -> u64 {
    use crate::Event::{Change, FreshMachine, Measured, Options, Pin, Project, Republish, Swap, TimePasses};
    let of_project = |project: &crate::Project| match project {
        named if !named.name.is_empty() || !named.options.measured.is_empty() => VERSION,
        pinned if pinned.pinned.is_some() => 3,
        _ => 1,
    };
    let of_event = |event: &crate::Event| match event {
        Measured(_) => VERSION,
        Options(options) | Change { options: Some(options), .. } if !options.measured.is_empty() => VERSION,
        Pin(_) | Swap { .. } => 3,
        Project(project) => of_project(project),
        Change { .. } | FreshMachine | Republish(_) | TimePasses(_) => 2,
        _ => 1,
    };
    let packed = projects.into_iter().any(|text| text.get().starts_with("{\"packed\""));
    let of_lesson = if !state.start_built || state.study.is_some() || state.shelved.is_some() { 4 } else { 1 };
    let of_start = if packed { VERSION } else { of_project(&state.start).max(of_lesson) };
    state.events.iter().map(of_event).fold(of_start, u64::max)
}

/// A profile by its preset's name, or else by all its figures.
fn encode_profile(profile: &report::Profile) -> Profile {
    match Preset::of(profile) {
        Some(Preset::Laptop) => Profile::default(),
        Some(preset) => Profile { preset: Some(preset.name().to_owned()), ..Profile::default() },
        None => Profile {
            figures: FIGURES.iter().map(|figure| (figure.name.to_owned(), figure.of(profile))).collect(),
            ..Profile::default()
        },
    }
}

/// An event; `opened` are the texts of the projects that are opened, in order.
fn encode_event<'a>(
    event: &crate::Event,
    opened: &mut impl Iterator<Item = &'a Rc<RawValue>>,
) -> Option<Event<&'a RawValue>> {
    Some(match event {
        crate::Event::Edit { edit, at } => encode_edit(edit, *at),
        crate::Event::Options(options) => Event::Options { options: encode_options(options) },
        crate::Event::Project(_) => Event::Project { project: opened.next()? },
        crate::Event::Change { edits, options } => Event::Change {
            edits: edits.iter().map(|(edit, at)| encode_edit(edit, *at)).collect(),
            options: options.as_ref().map(encode_options),
        },
        crate::Event::Pin(pinned) => Event::Pin { dockerfile: pinned.as_deref().map(str::to_owned) },
        crate::Event::Swap { at } => Event::Swap { at: *at },
        crate::Event::Measured(measured) => Event::Measured { measured: encode_measured(measured) },
        crate::Event::FreshMachine => Event::FreshMachine,
        crate::Event::Republish(image) => Event::Republish { image: image.clone() },
        crate::Event::TimePasses(days) => Event::TimePasses { days: *days },
        crate::Event::Build => Event::Build,
        crate::Event::Prune => Event::Prune,
        crate::Event::Undo => Event::Undo,
        crate::Event::Redo => Event::Redo,
    })
}

fn encode_edit<P>(edit: &Edit, at: i64) -> Event<P> {
    match edit {
        Edit::Write { path, kind, mode } => Event::Write { path: path.clone(), file: encode_file(kind, *mode), at },
        Edit::Remove { path } => Event::Remove { path: path.clone(), at },
        Edit::Rename { from, to } => Event::Rename { from: from.clone(), to: to.clone(), at },
        Edit::Chmod { path, mode } => Event::Chmod { path: path.clone(), mode: encode_mode(*mode), at },
        Edit::Touch { path } => Event::Touch { path: path.clone(), at },
    }
}
