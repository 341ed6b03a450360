//! Projects to compare Dockerfiles on, as they lie in `lessons/presets`.

use std::collections::BTreeMap;

use filesystem::Edit;
use report::{Content, Context, ContextEntry, ContextKind};
use serde::Deserialize;

use crate::save::{DEFAULT_TIME, damaged};
use crate::{LoadError, Project};

/// Where the files of the project are.
const CONTEXT: &str = "context/";
/// Where what happens is: a folder for each event, with the files that it writes.
const EVENTS: &str = "events/";
/// What the names of Dockerfiles end in.
const DOCKERFILE: &str = ".Dockerfile";

/// A project with several Dockerfiles, and what happens to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    context: Context,
    /// The Dockerfiles by their names.
    dockerfiles: BTreeMap<String, String>,
    edits: Vec<Vec<Edit>>,
}

/// A project to open, with a Dockerfile that is pinned, and what happens to it: edits, and a build after each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The project.
    pub project: Project,
    /// The edits before each build.
    pub edits: Vec<Vec<Edit>>,
}

/// A folder as one text.
#[derive(Deserialize)]
struct Folder {
    files: BTreeMap<String, String>,
}

/// Reads a folder of `lessons/presets`: JSON, `{"files": {PATH: TEXT}}`, with `NAME.Dockerfile`, `context/PATH` and
/// `events/NAME/PATH`.
///
/// # Errors
/// See [`LoadError`]: where it is not that, or a file cannot be in a build context.
pub fn read_example(text: &str) -> Result<Example, LoadError> {
    let folder: Folder = serde_json::from_str(text)?;
    let mut example = Example::default();
    let mut events: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
    for (path, text) in folder.files {
        let kind = ContextKind::File(Content::text(&text));
        if let Some(inside) = path.strip_prefix(CONTEXT) {
            put(&mut example.context, inside, kind)?;
        } else if let Some((event, inside)) = path.strip_prefix(EVENTS).and_then(|rest| rest.split_once('/')) {
            let edit = Edit::Write { path: inside.to_owned(), kind, mode: None };
            events.entry(event.to_owned()).or_default().push(edit);
        } else if let Some(name) = path.strip_suffix(DOCKERFILE) {
            example.dockerfiles.insert(name.to_owned(), text);
        }
    }
    example.edits = events.into_values().collect();
    Ok(example)
}

/// Puts a file of the page's own into a project.
///
/// # Errors
/// Where it cannot be in a build context.
pub(crate) fn put(context: &mut Context, path: &str, kind: ContextKind) -> Result<(), LoadError> {
    let entry = ContextEntry { kind, mode: 0o644, mtime: DEFAULT_TIME };
    context.insert(path, entry).map_err(|error| damaged(path, &error.to_string()))
}

impl Example {
    /// The project with the Dockerfile of a name (B), and another one pinned (A). `None` where there is no such Dockerfile.
    #[must_use]
    pub fn scene(&self, a: &str, b: &str) -> Option<Scene> {
        let pinned = self.dockerfiles.get(a)?.as_str().into();
        let mut project = Project { context: self.context.clone(), pinned: Some(pinned), ..Project::default() };
        project.write_dockerfile(self.dockerfiles.get(b)?, DEFAULT_TIME).ok()?;
        Some(Scene { project, edits: self.edits.clone() })
    }
}
