//! COPY and ADD.

use filesystem::{
    Content, CopyError, CopyOptions, Cred, FileSystem, ModeChange, Went, copy, copy_noting, find_sources, parse_mode,
};
use plan::CopyFiles;

use crate::execute::StepError;
use crate::owner::owner;
use crate::taken::Taken;
use crate::{Note, unlisted};

/// Copies onto `files`, in which nothing was ever put where `empty`, and notes where the source's files went; gives what is
/// left out: what would come over the network, and what a source may hold that is not known.
pub(crate) fn execute(
    files: &mut FileSystem,
    step: &CopyFiles,
    source: Option<&Taken>,
    empty: bool,
    went: &mut Went,
) -> Result<Vec<Note>, StepError> {
    let options = options(files, step, empty)?;
    let plain = CopyOptions { unpack: false, exclude: Vec::new(), ..options.clone() };
    let mut notes = Vec::new();
    for pattern in &step.sources {
        if !pattern.starts_with('/') {
            let name = pattern.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            let name = if name.is_empty() { "download" } else { name };
            single(files, name, Content::opaque(pattern, 0), 0o600, step, &plain)?;
            notes.push(Note::NotModelled { what: format!("ADD {pattern}") });
            continue;
        }
        let Some(taken) = source else { continue };
        let source = &taken.taken.files;
        let found = match find_sources(source, pattern) {
            Ok(found) => found,
            Err(CopyError::NotFound { path }) if unlisted::bytes(source, &path).is_some() => {
                let mut filled = source.clone();
                let bytes = unlisted::supply(&mut filled, &path, false, &Cred::root()).unwrap_or_default();
                copy(&filled, std::slice::from_ref(&path), files, &step.destination, &options).map_err(failed)?;
                notes.push(Note::MayBeThere { what: format!("COPY {path}") });
                notes.push(Note::TypicalSize { what: path, bytes });
                continue;
            }
            Err(CopyError::NotFound { path }) if taken.may_hold(&path) => {
                notes.push(Note::NotModelled { what: path });
                continue;
            }
            Err(CopyError::NotFound { path }) if taken.unread => {
                return Err(StepError::new(format!("lstat {path}: no such file or directory")));
            }
            Err(error) => {
                return Err(StepError::in_key(format!("failed to calculate checksum of ref REF: {error}")));
            }
        };
        copy_noting(source, &found, files, &step.destination, &options, went).map_err(failed)?;
    }
    for (name, text) in &step.documents {
        let name = name.trim_matches('/');
        // `mkfile` in an empty directory, as a step of its own
        if name.contains('/') {
            return Err(StepError {
                at_the_step: false,
                ..StepError::new(format!("open /{name}: no such file or directory"))
            });
        }
        single(files, name, Content::text(text), 0o644, step, &plain)?;
    }
    Ok(notes)
}

/// The flags; the owner's name is looked up in `files`.
pub(crate) fn options(files: &FileSystem, step: &CopyFiles, empty: bool) -> Result<CopyOptions, StepError> {
    Ok(CopyOptions {
        owner: (!step.chown.is_empty()).then(|| owner(files, &step.chown, empty)).transpose()?,
        mode: mode(&step.chmod),
        exclude: step.exclude.clone(),
        unpack: step.unpack,
    })
}

fn failed(error: CopyError) -> StepError {
    StepError::new(error.to_string())
}

fn mode(text: &str) -> Option<ModeChange> {
    if text.is_empty() { None } else { parse_mode(text).ok() }
}

/// Copies a file that is in no source tree: a heredoc's text, a download.
fn single(
    files: &mut FileSystem,
    name: &str,
    content: Content,
    mode: u32,
    step: &CopyFiles,
    options: &CopyOptions,
) -> Result<(), StepError> {
    let mut source = FileSystem::default();
    source.set_now(files.now());
    let path = format!("/{}", name.trim_start_matches('/'));
    let parent = path.rsplit_once('/').map(|(parent, _)| parent).unwrap_or_default();
    let root = Cred::root();
    let made = source.mkdir_all(parent, 0o755, &root).and_then(|()| source.write(&path, content, mode, &root));
    made.map_err(|error| StepError::new(format!("mkfile {path}: {}", error.to_string().to_lowercase())))?;
    copy(&source, &[path], files, &step.destination, options).map_err(failed)
}
