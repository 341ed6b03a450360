//! Files and projects, in saved form and back.

use std::rc::Rc;

use filesystem::{Content, Context, ContextEntry, ContextKind, ImageStore};

use report::MeasuredBy;

use super::model::{File, Measurement, Options, Part, Project};
use super::texts::unpacked;
use super::{DECODED_LIMIT, FILE_LIMIT, LoadError, content};

/// The saved name of containerd's image store.
const CONTAINERD: &str = "containerd";

/// The measurements that are opened.
const MEASUREMENTS: usize = 2_000;
/// The longest time that is opened: a week.
const MOST_MS: u64 = 7 * 24 * 3_600_000;

/// The age of a file that none is saved of: 2025-01-01.
pub(crate) const DEFAULT_TIME: i64 = 1_735_689_600;

pub(super) fn encode_project(project: &crate::Project) -> Project {
    let entries = project.context.entries();
    Project {
        name: project.name.clone(),
        packed: String::new(),
        files: entries.map(|(path, entry)| (path.to_owned(), encode_entry(entry))).collect(),
        options: encode_options(&project.options),
        pinned: project.pinned.as_deref().map(str::to_owned),
    }
}

fn encode_entry(entry: &ContextEntry) -> File {
    let mode = (entry.mode != default_mode(&entry.kind)).then_some(entry.mode);
    File { at: (entry.mtime != DEFAULT_TIME).then_some(entry.mtime), ..encode_file(&entry.kind, mode) }
}

pub(super) fn encode_file(kind: &ContextKind, mode: Option<u32>) -> File {
    let mut file = File { mode: mode.map(encode_mode), ..File::default() };
    match kind {
        ContextKind::Dir => file.dir = true,
        ContextKind::Symlink(target) => file.link = Some(target.clone()),
        ContextKind::File(content) => {
            let mut parts = content::encode(content);
            match parts.len() {
                0 => file.part.text = Some(String::new()),
                1 => file.part = parts.pop().unwrap_or_default(),
                _ => file.parts = Some(parts),
            }
        }
    }
    file
}

pub(super) fn encode_mode(mode: u32) -> String {
    format!("{mode:o}")
}

pub(super) fn encode_options(options: &report::Options) -> Options {
    Options {
        file: options.file.clone(),
        target: options.target.clone(),
        build_args: options.build_args.clone(),
        store: match options.store {
            ImageStore::Overlay2 => String::new(),
            ImageStore::Containerd => CONTAINERD.into(),
        },
        no_cache: options.no_cache,
        no_cache_filter: options.no_cache_filter.clone(),
        secrets: options.secrets.clone(),
        network_none: options.network_none,
        platform: options.platform.clone(),
        measured: encode_measured(&options.measured),
    }
}

pub(super) fn decode_options(options: Options) -> report::Options {
    report::Options {
        file: options.file,
        target: options.target,
        build_args: options.build_args,
        store: if options.store == CONTAINERD { ImageStore::Containerd } else { ImageStore::Overlay2 },
        no_cache: options.no_cache,
        no_cache_filter: options.no_cache_filter,
        secrets: options.secrets,
        network_none: options.network_none,
        platform: options.platform,
        measured: decode_measured(options.measured),
        ..report::Options::default()
    }
}

pub(super) fn encode_measured(measured: &[report::Measurement]) -> Vec<Measurement> {
    let encode = |measurement: &report::Measurement| {
        let of = |source| (measurement.source == source).then(|| measurement.text.clone());
        Measurement {
            row: of(MeasuredBy::History),
            step: of(MeasuredBy::Progress),
            cut: measurement.cut,
            bytes: measurement.bytes,
            ms: measurement.ms,
        }
    };
    measured.iter().map(encode).collect()
}

pub(super) fn decode_measured(measured: Vec<Measurement>) -> Rc<[report::Measurement]> {
    let decode = |measurement: Measurement| {
        let (source, text) = match (measurement.row, measurement.step) {
            (Some(row), _) => (MeasuredBy::History, row),
            (None, step) => (MeasuredBy::Progress, step.unwrap_or_default()),
        };
        // more than any engine says would overflow sums
        let bytes = measurement.bytes.map(|bytes| bytes.min(DECODED_LIMIT));
        let ms = measurement.ms.map(|ms| ms.min(MOST_MS));
        report::Measurement { source, text, cut: measurement.cut, bytes, ms }
    };
    measured.into_iter().take(MEASUREMENTS).map(decode).collect()
}

/// What is left of the limits while a text is read.
pub(super) struct Decoder {
    files: usize,
    bytes: u64,
}

impl Decoder {
    pub fn new() -> Decoder {
        Decoder { files: FILE_LIMIT, bytes: DECODED_LIMIT }
    }

    pub fn project(&mut self, project: Project, place: &str) -> Result<crate::Project, LoadError> {
        let project = unpacked(project, place)?;
        let mut context = Context::default();
        for (path, file) in project.files {
            let place = format!("{place}.files[{path:?}]");
            let at = file.at.unwrap_or(DEFAULT_TIME);
            let (kind, mode) = self.file(file, &place)?;
            let mode = mode.unwrap_or_else(|| default_mode(&kind));
            let entry = ContextEntry { kind, mode, mtime: at };
            context.insert(&path, entry).map_err(|error| damaged(&place, &error.to_string()))?;
        }
        let pinned = project.pinned.map(Into::into);
        Ok(crate::Project { name: project.name, context, options: decode_options(project.options), pinned })
    }

    pub fn file(&mut self, file: File, place: &str) -> Result<(ContextKind, Option<u32>), LoadError> {
        self.files = self.files.checked_sub(1).ok_or_else(|| damaged(place, "too many files"))?;
        let mode = file.mode.map(|mode| decode_mode(&mode, place)).transpose()?;
        let none = file.part == Part::default();
        let kind = match (file.parts, file.link, file.dir) {
            (None, None, false) => ContextKind::File(self.content(vec![file.part], place)?),
            (Some(parts), None, false) if none => ContextKind::File(self.content(parts, place)?),
            (None, Some(target), false) if none => ContextKind::Symlink(target),
            (None, None, true) if none => ContextKind::Dir,
            _ => {
                return Err(damaged(place, "needs exactly one of text, base64, size, parts, link and dir"));
            }
        };
        Ok((kind, mode))
    }

    fn content(&mut self, parts: Vec<Part>, place: &str) -> Result<Content, LoadError> {
        let mut content = Content::default();
        for part in parts {
            content::decode_into(&mut content, part, self.bytes).map_err(|why| damaged(place, &why))?;
        }
        self.bytes = self.bytes.checked_sub(content.size()).ok_or_else(|| damaged(place, "too many bytes"))?;
        Ok(content)
    }
}

pub(super) fn decode_mode(mode: &str, place: &str) -> Result<u32, LoadError> {
    let number = u32::from_str_radix(mode, 8).ok().filter(|mode| *mode <= 0o7777);
    number.ok_or_else(|| damaged(place, "mode: not an octal mode"))
}

pub(crate) fn damaged(place: &str, why: &str) -> LoadError {
    LoadError::Damaged { place: place.to_owned(), why: why.to_owned() }
}

fn default_mode(kind: &ContextKind) -> u32 {
    match kind {
        ContextKind::File(_) => 0o644,
        ContextKind::Dir => 0o755,
        ContextKind::Symlink(_) => 0o777,
    }
}
