//! What an embed shows: as the state that it opens with, as an action on a state, and as the address of the whole page.

use report::{Catalog, Context};
use session::{
    Action, ContextEntry, ContextKind, DOCKERFILE, Effect, LessonAction, Source, State, read_gallery_project,
};

use super::percent::encoded;
use super::{Content, act};
use crate::effects::fetch_text;
use crate::lesson_effects::address;
use crate::route::Route;
use crate::sample::sample;

/// The state that opens with this. Nothing that was kept is opened.
pub async fn begin(content: &Content, catalog: Catalog) -> (State, Vec<Effect>) {
    let files = match content {
        Content::Dockerfile { text, project } => with_dockerfile(text, project.as_deref()).await,
        _ => sample(),
    };
    let (mut state, mut effects) = session::start(files, catalog, None);
    match content {
        Content::Sample | Content::Dockerfile { .. } => {}
        Content::State(code) => state = act(&state, Action::OpenLink(fragment(code)), &mut effects),
        Content::Lesson(source, step) => {
            state = act(&state, Action::Lesson(LessonAction::Open(source.clone(), step.clone())), &mut effects);
        }
    }
    (state, effects)
}

/// The actions that put this in the place of what is there.
pub async fn apply(content: &Content) -> Vec<Action> {
    let lesson = |action| Action::Lesson(action);
    match content {
        Content::Sample => vec![lesson(LessonAction::Close), Action::OpenProject(sample())],
        Content::Dockerfile { text, project } => {
            let files = with_dockerfile(text, project.as_deref()).await;
            vec![lesson(LessonAction::Close), Action::OpenProject(files)]
        }
        Content::State(code) => vec![Action::OpenLink(fragment(code))],
        Content::Lesson(source, step) => vec![lesson(LessonAction::Open(source.clone(), step.clone()))],
    }
}

fn fragment(code: &str) -> String {
    format!("#s={code}")
}

/// The files of a project of the gallery, or of the sample, with another Dockerfile.
async fn with_dockerfile(text: &str, project: Option<&str>) -> Context {
    let mut files = match project {
        Some(id) => gallery(id).await.unwrap_or_else(sample),
        None => sample(),
    };
    let mtime = files.get(DOCKERFILE).map_or(0, |entry| entry.mtime);
    let kind = ContextKind::File(session::Content::text(text));
    let _ = files.insert(DOCKERFILE, ContextEntry { kind, mode: 0o644, mtime });
    files
}

async fn gallery(id: &str) -> Option<Context> {
    let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let text = fetch_text(&format!("gallery/{id}.json")).await.ok()?;
    read_gallery_project(&text).ok()
}

/// What follows the address of the whole page, to have exactly this there.
#[must_use]
pub fn whole_page(state: &State, part: &str) -> String {
    let step = || state.study.as_ref().and_then(|study| study.current()).map(|step| step.id.clone());
    match state.study.as_ref().map(|study| &study.source) {
        // The text of such a lesson would be in the link.
        Some(Source::Address(_)) => {
            let source = state.study.as_ref().map(|study| study.source.clone());
            let lesson = source.as_ref().and_then(address).unwrap_or_default();
            let own = Route::Own(step().unwrap_or_default()).fragment();
            format!("?lesson-url={}{own}", encoded(&lesson))
        }
        Some(_) => session::lesson_link(state, part).unwrap_or_default(),
        None => session::link(state, part).unwrap_or_default(),
    }
}
