//! From a saved text to what it says.

use std::fmt;

use filesystem::Edit;
use report::{Figure, Preset, Profile};

use super::file::{Decoder, damaged, decode_measured, decode_mode, decode_options};
use super::learning::decode_study;
use super::model::{self, Document, Header};
use super::{FORMAT, LOADED_LIMIT, OPENED_EVENTS, VERSION};
use crate::lessons::Shelved;
use crate::{Event, Language, Project, Settings, Study, Theme};

/// What a saved text says.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The project that the events begin with.
    pub start: Project,
    /// What happened since.
    pub events: Vec<Event>,
    /// The path of the file in the editor.
    pub open: String,
    /// What the user chose for the page.
    pub settings: Settings,
    /// The machine that times are for.
    pub profile: Profile,
    /// Whether the start project was built as it was opened.
    pub start_built: bool,
    /// The lesson that is open.
    pub study: Option<Study>,
    /// What waits meanwhile.
    pub(crate) shelved: Option<Shelved>,
}

/// Why a saved text cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// It is not JSON, or a field has another type than it should.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// It is JSON of something else.
    NotLayerlab,
    /// A newer Layerlab wrote it.
    NewerVersion {
        /// Its version.
        version: u64,
    },
    /// It is longer than what is opened.
    TooLarge {
        /// Its bytes.
        bytes: u64,
        /// The bytes that are opened.
        limit: u64,
    },
    /// A value in it cannot be.
    Damaged {
        /// Where: `events[3].file`.
        place: String,
        /// What is wrong there.
        why: String,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Malformed { line, column, why } => {
                write!(f, "line {line}, column {column}: {why}")
            }
            LoadError::NotLayerlab => write!(f, "\"format\" is not \"{FORMAT}\""),
            LoadError::NewerVersion { version } => {
                write!(f, "version {version} is newer than {VERSION}")
            }
            LoadError::TooLarge { bytes, limit } => {
                write!(f, "{bytes} bytes, at most {limit} are opened")
            }
            LoadError::Damaged { place, why } => write!(f, "{place}: {why}"),
        }
    }
}

impl std::error::Error for LoadError {}

impl From<serde_json::Error> for LoadError {
    fn from(error: serde_json::Error) -> LoadError {
        let text = error.to_string();
        let why = text.split(" at line ").next().unwrap_or_default().to_owned();
        LoadError::Malformed { line: error.line(), column: error.column(), why }
    }
}

/// What a link says.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The session; its settings are none.
    pub saved: Saved,
    /// What the page shows of it, in the page's own words.
    pub view: String,
}

/// Reads a saved text. Nothing of it is trusted.
///
/// # Errors
/// See [`LoadError`].
pub fn load(text: &str) -> Result<Saved, LoadError> {
    load_linked(text).map(|linked| linked.saved)
}

/// The same with what a link has besides.
pub(crate) fn load_linked(text: &str) -> Result<Linked, LoadError> {
    let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
    if bytes > LOADED_LIMIT {
        return Err(LoadError::TooLarge { bytes, limit: LOADED_LIMIT });
    }
    let header: Header = serde_json::from_str(text)?;
    if header.format.as_deref() != Some(FORMAT) {
        return Err(LoadError::NotLayerlab);
    }
    match header.version {
        Some(1..=VERSION) => {}
        Some(version) if version > VERSION => return Err(LoadError::NewerVersion { version }),
        _ => return Err(damaged("version", "there was no such version")),
    }
    let document: Document<model::Project> = serde_json::from_str(text)?;
    if document.events.len() > OPENED_EVENTS {
        return Err(damaged("events", "too many"));
    }
    let mut decoder = Decoder::new();
    let start = decoder.project(document.start, "start")?;
    let events = document.events.into_iter().enumerate();
    let events = events.map(|(index, event)| decode_event(event, &mut decoder, &format!("events[{index}]")));
    let shelved = document.waits.map(|text| decode_shelved(text.get())).transpose()?;
    let saved = Saved {
        start_built: !document.unbuilt,
        study: document.lesson.map(decode_study).transpose()?,
        shelved,
        start,
        events: events.collect::<Result<_, _>>()?,
        open: document.open,
        settings: decode_settings(&document.settings)?,
        profile: decode_profile(&document.profile)?,
    };
    Ok(Linked { saved, view: document.view })
}

/// What waits has nothing that waits itself.
fn decode_shelved(text: &str) -> Result<Shelved, LoadError> {
    let saved = load(text)?;
    if saved.shelved.is_some() {
        return Err(damaged("waits", "there is one in it"));
    }
    let lesson = saved.study.map(|study| (study.source.clone(), study.id.clone()));
    Ok(Shelved { lesson, text: text.into() })
}

fn decode_profile(profile: &model::Profile) -> Result<Profile, LoadError> {
    let preset = match profile.preset.as_deref() {
        None => Preset::Laptop,
        Some(name) => Preset::named(name).ok_or_else(|| damaged("profile.preset", "unknown"))?,
    };
    profile.figures.iter().try_fold(preset.profile(), |profile, (name, value)| {
        let figure = Figure::named(name).ok_or_else(|| damaged(&format!("profile.figures[{name:?}]"), "unknown"))?;
        Ok(figure.set(&profile, *value))
    })
}

fn decode_settings(settings: &model::Settings) -> Result<Settings, LoadError> {
    Ok(Settings {
        language: match settings.language.as_deref() {
            None => None,
            Some("en") => Some(Language::En),
            Some("ja") => Some(Language::Ja),
            Some(_) => return Err(damaged("settings.language", "unknown")),
        },
        theme: match settings.theme.as_deref() {
            None | Some("system") => Theme::System,
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            Some(_) => return Err(damaged("settings.theme", "unknown")),
        },
    })
}

fn decode_event(event: model::Event<model::Project>, decoder: &mut Decoder, place: &str) -> Result<Event, LoadError> {
    Ok(match event {
        model::Event::Write { path, file, at } => {
            let (kind, mode) = decoder.file(file, &format!("{place}.file"))?;
            Event::Edit { edit: Edit::Write { path, kind, mode }, at }
        }
        model::Event::Remove { path, at } => Event::Edit { edit: Edit::Remove { path }, at },
        model::Event::Rename { from, to, at } => Event::Edit { edit: Edit::Rename { from, to }, at },
        model::Event::Chmod { path, mode, at } => {
            Event::Edit { edit: Edit::Chmod { path, mode: decode_mode(&mode, place)? }, at }
        }
        model::Event::Touch { path, at } => Event::Edit { edit: Edit::Touch { path }, at },
        model::Event::Options { options } => Event::Options(decode_options(options)),
        model::Event::Project { project } => Event::Project(decoder.project(project, &format!("{place}.project"))?),
        model::Event::Change { edits, options } => {
            let edits = edits.into_iter().map(|edit| match decode_event(edit, decoder, place)? {
                Event::Edit { edit, at } => Ok((edit, at)),
                _ => Err(damaged(place, "only edits of files can be made together")),
            });
            Event::Change { edits: edits.collect::<Result<_, _>>()?, options: options.map(decode_options) }
        }
        model::Event::Pin { dockerfile } => Event::Pin(dockerfile.map(Into::into)),
        model::Event::Swap { at } => Event::Swap { at },
        model::Event::Measured { measured } => Event::Measured(decode_measured(measured)),
        model::Event::FreshMachine => Event::FreshMachine,
        model::Event::Republish { image } => Event::Republish(image),
        model::Event::TimePasses { days } => Event::TimePasses(days),
        model::Event::Build => Event::Build,
        model::Event::Prune => Event::Prune,
        model::Event::Undo => Event::Undo,
        model::Event::Redo => Event::Redo,
    })
}
