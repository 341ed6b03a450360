//! What happens in a lesson besides what the learner does.

use filesystem::{Content, ContextKind, Edit};
use report::CacheStore;
use serde::Deserialize;

use crate::project::overlaid;
use crate::{Bytes, Lesson, Trial};

/// Something that happens, as a lesson writes it: `"build"`, `{ append = { path = "src/app.js", text = "…" } }`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happening {
    /// A build.
    Build,
    /// The build cache is emptied.
    Prune,
    /// Another machine builds, which has nothing.
    FreshMachine,
    /// Text is added at the end of a file.
    Append {
        /// The file.
        path: String,
        /// What is added.
        text: String,
    },
    /// The files of `edits/NAME/` are written.
    Overlay(String),
    /// A file of so many bytes is written.
    Size {
        /// The file.
        path: String,
        /// Its bytes.
        bytes: Bytes,
    },
    /// A file gets a new time, and nothing else.
    Touch(String),
    /// A file or folder is removed.
    Remove(String),
    /// A file gets another mode, in octal.
    Chmod {
        /// The file.
        path: String,
        /// The mode: `755`.
        mode: String,
    },
    /// A base image is published again under its name.
    Republish(String),
    /// So many days pass.
    Days(u32),
    /// `--build-arg`
    BuildArg {
        /// The variable.
        name: String,
        /// Its value.
        value: String,
    },
}

impl Happening {
    /// The edits of files that it comes to, in a project; `None` for what is none.
    #[must_use]
    pub fn edits(&self, lesson: &Lesson, context: &report::Context) -> Option<Vec<Edit>> {
        let write = |path: &str, content: Content| {
            vec![Edit::Write { path: path.to_owned(), kind: ContextKind::File(content), mode: None }]
        };
        Some(match self {
            Happening::Append { path, text } => {
                let old = context.text(path).unwrap_or_default();
                write(path, Content::text(&format!("{old}{text}")))
            }
            Happening::Overlay(name) => overlaid(lesson, &format!("edits/{name}/")),
            Happening::Size { path, bytes } => write(path, Content::opaque(path, bytes.0)),
            Happening::Touch(path) => vec![Edit::Touch { path: path.clone() }],
            Happening::Remove(path) => vec![Edit::Remove { path: path.clone() }],
            Happening::Chmod { path, mode } => {
                vec![Edit::Chmod { path: path.clone(), mode: u32::from_str_radix(mode, 8).unwrap_or(0o644) & 0o7777 }]
            }
            Happening::Build
            | Happening::Prune
            | Happening::FreshMachine
            | Happening::Republish(_)
            | Happening::Days(_)
            | Happening::BuildArg { .. } => return None,
        })
    }
}

/// When edits of a trial are made: seconds since 1970, later than every file's time.
const EDITED_AT: i64 = 1_893_456_000;

/// Lets things happen to a trial. An edit that cannot be made (the file is not there any more) is left out.
pub fn apply(trial: &mut Trial, happenings: &[Happening], lesson: &Lesson) {
    for happening in happenings {
        if let Some(edits) = happening.edits(lesson, &trial.context) {
            for edit in edits {
                // a learner may have removed what an edit is of: the build then says what is missing
                let _ = trial.context.apply(&edit, EDITED_AT);
            }
            continue;
        }
        match happening {
            Happening::Build => trial.build(),
            Happening::Prune | Happening::FreshMachine => trial.cache = CacheStore::default(),
            Happening::Republish(image) => {
                trial.catalog.publish_again(image);
            }
            Happening::BuildArg { name, value } => {
                trial.options.build_args.retain(|(known, _)| known != name);
                trial.options.build_args.push((name.clone(), Some(value.clone())));
            }
            _ => {}
        }
    }
}
