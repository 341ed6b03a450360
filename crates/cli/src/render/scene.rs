//! What is drawn: a session in which a folder was opened and built, as the page would have it.

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use report::Report;
use session::{Action, Catalog, Context, ContextEntry, Event, Project, State, update};

use crate::arguments::BuildFlags;
use crate::build::options;
use crate::catalogs::chosen_catalog;
use crate::disk::read_context;
use crate::edits::parse_edit;

/// When edits are made: seconds since 1970, the same at every time so that the same folder gives the same link.
const EDITED_AT: i64 = 1_893_456_000;

/// The time of every file: 1 January 2025.
const FILES_AT: i64 = 1_735_689_600;

/// A folder that was opened and built.
pub struct Scene {
    state: State,
}

impl Scene {
    /// Opens and builds a folder, and makes the edits after that.
    ///
    /// # Errors
    /// What cannot be read, or which edit cannot be made.
    pub fn new(
        flags: &BuildFlags,
        folder: &Path,
        catalog: Option<&str>,
        after: &[&str],
        name: &str,
    ) -> Result<Scene, String> {
        let catalog: Catalog = chosen_catalog(catalog)?;
        let context = timeless(&read_context(folder)?)?;
        let options = options(flags, folder)?;
        let project = Project { name: name.to_owned(), context, options, pinned: None };
        let (state, _) = session::start(Context::default(), catalog, None);
        let mut state = done(&state, Action::SetProfile(flags.profile.clone()));
        state = done(&state, Action::OpenOwn(Box::new(project)));
        for text in after {
            let edit = parse_edit(text, &state.project.context)?;
            // what is refused is said with its reason here; in a session it would be a notice
            state
                .project
                .context
                .clone()
                .apply(&edit, EDITED_AT)
                .map_err(|error| format!("--after {text}: {error}"))?;
            state = done(&state, Action::Edit(edit));
        }
        Ok(Scene { state })
    }

    /// What a build would do; without edits what the first one did.
    pub fn report(&self) -> &Report {
        &self.state.shown
    }

    /// The Dockerfile's text.
    pub fn dockerfile(&self) -> String {
        let project = &self.state.project;
        project.context.text(project.dockerfile()).unwrap_or_default()
    }

    /// The session as others may see it: a link is published.
    fn public(&self) -> State {
        let files = self.state.shown.context.files.iter().filter(|file| file.ignored_by.is_some());
        let ignored: BTreeSet<&str> = files.map(|file| &*file.path).collect();
        let mut state = self.state.clone();
        state.project = public(&state.project, &ignored);
        let events = state.events.iter().map(|event| match event {
            Event::Project(project) => Event::Project(public(project, &ignored)),
            other => other.clone(),
        });
        state.events = Rc::new(events.collect());
        state
    }

    /// The address that opens this in the page at `base`.
    ///
    /// # Errors
    /// Where the project is too large for a link.
    pub fn link(&self, base: &str, part: &str) -> Result<String, String> {
        if !(base.starts_with("https://") || base.starts_with("http://")) || base.contains(['#', ' ', '"', '<', '>']) {
            return Err(format!("--link {base}: give the address of a Layerlab, as in https://example.org/layerlab/"));
        }
        let fragment = session::link(&self.public(), part).map_err(|error| {
            format!(
                "--link: no link holds so large a project ({error}): leave files out with .dockerignore, or the link"
            )
        })?;
        Ok(format!("{base}{fragment}"))
    }
}

/// A project without the values of its secrets, and without the files that no build looks at.
fn public(project: &Project, ignored: &BTreeSet<&str>) -> Project {
    let mut public = project.clone();
    for (_, value) in &mut public.options.secrets {
        value.clear();
    }
    public.context = Context::default();
    let needed =
        |path: &str| path == project.dockerfile() || path.ends_with(".dockerignore") || !ignored.contains(path);
    for (path, entry) in project.context.entries().filter(|(path, _)| needed(path)) {
        // it was in a context before
        let _ = public.context.insert(path, entry.clone());
    }
    public
}

/// The files with one time for all: a fresh checkout gives the same link, and no step's key has a time in it.
fn timeless(context: &Context) -> Result<Context, String> {
    let mut same = Context::default();
    for (path, entry) in context.entries() {
        let entry = ContextEntry { mtime: FILES_AT, ..entry.clone() };
        same.insert(path, entry).map_err(|error| format!("{path}: {error}"))?;
    }
    Ok(same)
}

fn done(state: &State, action: Action) -> State {
    update(state, action, EDITED_AT).0
}
