//! From an action to the next state.

use std::collections::BTreeSet;
use std::rc::Rc;

use filesystem::{ContextKind, Edit};
use report::{BaseView, CacheStore, Catalog, Content, Context, Options, Outcome, Profile, Report};

use crate::fold::fold_old;
use crate::happen::happen;
use crate::lessons::{self, LessonAction};
use crate::looking;
use crate::opening::{keep_open_file, open_own, open_project, open_saved, restore};
use crate::replay::{apply, missing_images, missing_tables, open_start, outdate, preview, replay};
use crate::save::{Texts, kept};
use crate::share::read_link;
use crate::snapshot::{come_back, return_to};
use crate::{Action, Announcement, DOCKERFILE, Effect, Event, Linked, Notice, Project, Settings, State, changed_files};

/// Typing that goes on after so many seconds is another edit to undo.
const TYPING_PAUSE: i64 = 10;

/// The state that the page opens with: what was saved, or the sample project. It has been built once.
#[must_use]
pub fn start(sample: Context, catalog: Catalog, saved: Option<&str>) -> (State, Vec<Effect>) {
    let mut state = State {
        project: Project::default(),
        open: DOCKERFILE.to_owned(),
        built: None,
        shown: Rc::new(Report::default()),
        good: None,
        up_to_date: false,
        changes: None,
        cache: CacheStore::default(),
        catalog: Rc::new(catalog),
        profile: Profile::default(),
        events: Rc::default(),
        settings: Settings::default(),
        notice: None,
        start: Project { context: sample.clone(), ..Project::default() },
        study: None,
        lessons: None,
        progress: Rc::default(),
        shelved: None,
        opening: None,
        start_built: true,
        sample,
        texts: Texts::default(),
        undo: Vec::new(),
        redo: Vec::new(),
        valid: (None, None),
        runs: Rc::default(),
        days: 0,
        published_first: None,
        marks: Vec::new(),
        lacked: BTreeSet::new(),
        lacked_tables: BTreeSet::new(),
        requested: BTreeSet::new(),
        waiting: 0,
        wanted: BTreeSet::new(),
        wanted_tables: BTreeSet::new(),
        typing: None,
        stale: true,
        unsaved: false,
        looking: false,
        left: None,
    };
    let mut effects = Vec::new();
    let restored = saved.is_some_and(|text| restore(&mut state, text, &mut effects));
    if !restored {
        open_start(&mut state);
    }
    preview(&mut state);
    request_facts(&mut state, &mut effects);
    (state, effects)
}

/// The state after `action`, and what the page does about it. `now`: seconds since 1970, for the age of files.
#[must_use]
pub fn update(state: &State, action: Action, now: i64) -> (State, Vec<Effect>) {
    let mut next = state.clone();
    let mut effects = Vec::new();
    if state.looking && !looking::may(&action) {
        next.notice = Some(Notice::LookOnly);
        effects.push(Effect::Announce(Announcement::Notice(Notice::LookOnly.code())));
        return (next, effects);
    }
    if is_answer(&action) {
        next.waiting = next.waiting.saturating_sub(1);
    }
    let settled = lessons::settles(&action);
    let learned = matches!(action, Action::ImageLoaded(_) | Action::TableLoaded { .. } | Action::SetProfile(_));
    act(&mut next, action, now, &mut effects);
    preview(&mut next);
    if learned {
        lessons::refresh(&mut next);
    }
    keep_open_file(&mut next);
    request_facts(&mut next, &mut effects);
    lessons::judge(state, &mut next, settled, now, &mut effects);
    let set = next.settings != state.settings || next.profile != state.profile;
    let learns = lessons::differ(state, &next);
    let changed = set || learns || next.open != state.open || !Rc::ptr_eq(&next.events, &state.events);
    if (changed || state.looking) && !next.looking {
        fold_old(&mut next);
        effects.push(Effect::Persist);
    }
    if let Some(notice) = next.notice.as_ref().filter(|_| next.notice != state.notice) {
        effects.push(Effect::Announce(Announcement::Notice(notice.code())));
    }
    (next, effects)
}

/// Whether an action answers a question for facts.
fn is_answer(action: &Action) -> bool {
    matches!(
        action,
        Action::ImageLoaded(_) | Action::ImageUnavailable(_) | Action::TableLoaded { .. } | Action::TableUnavailable(_)
    )
}

fn act(state: &mut State, action: Action, now: i64, effects: &mut Vec<Effect>) {
    match action {
        Action::Edit(edit) => apply_edit(state, edit, now, effects),
        Action::Open(path) => {
            state.open = path;
            state.typing = None;
        }
        Action::Build => {
            state.typing = None;
            remember(state, Event::Build);
            lessons::note_build(state);
            effects.push(Effect::Announce(result_of(&state.shown)));
        }
        Action::SetTarget(target) => set_options(state, |options| options.target = target),
        Action::SetBuildArg { name, value } => set_options(state, |options| set_build_arg(options, name, value)),
        Action::SetStore(store) => set_options(state, |options| options.store = store),
        Action::SetNoCache(no_cache) => set_options(state, |options| options.no_cache = no_cache),
        Action::SetProfile(profile) => {
            if profile != state.profile {
                state.profile = profile;
                replay(state);
            }
        }
        Action::NewFile { path, content } => new_file(state, path, content, now, effects),
        Action::PruneCache => {
            remember(state, Event::Prune);
            effects.push(Effect::Announce(Announcement::CachePruned));
        }
        Action::FreshMachine
        | Action::Republish(_)
        | Action::PassTime(_)
        | Action::Everyday(_)
        | Action::Change { .. }
        | Action::Pin(_)
        | Action::Swap
        | Action::OpenExample(_)
        | Action::ReturnTo(_) => happen(state, action, now, effects),
        Action::Undo if state.just_left().is_some() => come_back(state, effects),
        Action::Undo if state.can_undo() => {
            step_in_time(state, Event::Undo);
            effects.push(Effect::Announce(Announcement::Undone));
        }
        Action::Redo if state.can_redo() => {
            step_in_time(state, Event::Redo);
            effects.push(Effect::Announce(Announcement::Redone));
        }
        Action::Undo | Action::Redo => {}
        Action::Lesson(action) => lessons::act(state, action, now, effects),
        Action::ResetProject if state.study.is_some() => lessons::act(state, LessonAction::Reset, now, effects),
        Action::ResetProject => open_project(state, state.sample.clone(), effects),
        Action::OpenProject(context) => open_project(state, context, effects),
        Action::Measure(measured) => {
            if measured != state.project.options.measured {
                state.typing = None;
                remember(state, Event::Measured(measured));
                preview(state);
                effects.push(Effect::Announce(Announcement::Measured(state.shown.measured.matched)));
            }
        }
        Action::OpenOwn(project) => open_own(state, *project, effects),
        Action::Want(references) => state.wanted.extend(references),
        Action::WantTables(names) => state.wanted_tables.extend(names),
        Action::ImageLoaded(image) => {
            let reference = image.reference.clone();
            if let Some(first) = &mut state.published_first {
                Rc::make_mut(first).insert((*image).clone());
            }
            Rc::make_mut(&mut state.catalog).insert(*image);
            if state.lacked.contains(&reference) {
                replay(state);
            } else {
                state.stale = !state.up_to_date;
            }
        }
        Action::TableLoaded { name, text } => {
            if let Some(first) = &mut state.published_first {
                Rc::make_mut(first).insert_table(name, &text);
            }
            Rc::make_mut(&mut state.catalog).insert_table(name, &text);
            replay(state);
        }
        Action::TableUnavailable(name) => state.notice = Some(Notice::TableUnavailable { name }),
        // where another image stands for it, the stage says so
        Action::ImageUnavailable(reference) if has_stand_in(state, &reference) => {}
        // nothing that is shown depends on it
        Action::ImageUnavailable(reference) if !missing_images(state).contains(&reference) => {}
        Action::ImageUnavailable(reference) => state.notice = Some(Notice::ImageUnavailable { reference }),
        Action::SetLanguage(language) => state.settings.language = language,
        Action::SetTheme(theme) => state.settings.theme = theme,
        // what is looked at only is not kept, whatever became of what was there before
        Action::Kept(_) if state.looking => {}
        Action::Kept(what) => kept(state, what),
        Action::DismissNotice => state.notice = None,
        Action::OpenLink(fragment) => match read_link(&fragment) {
            Ok(Linked { saved, .. }) => {
                open_saved(state, saved, effects);
                effects.push(Effect::Announce(Announcement::ProjectOpened));
            }
            Err(error) => state.notice = Some(Notice::LinkUnreadable { error }),
        },
        Action::Restore(text) => {
            if restore(state, &text, effects) {
                effects.push(Effect::Announce(Announcement::ProjectOpened));
            }
        }
        Action::Look(looking) => state.looking = looking,
        Action::Return(text) => return_to(state, &text, effects),
    }
}

/// Applies an event that cannot fail.
pub(crate) fn remember(state: &mut State, event: Event) {
    let _ = apply(state, event);
}

fn apply_edit(state: &mut State, edit: Edit, now: i64, effects: &mut Vec<Effect>) {
    if changes_nothing(&state.project.context, &edit) {
        return;
    }
    let Some(announcement) = announcement_of(&state.project.context, &edit) else {
        return type_text(state, edit, now);
    };
    if let Edit::Rename { to, .. } = &edit
        && state.project.context.get(to).is_some()
    {
        state.notice = Some(Notice::NameTaken { path: to.clone() });
        return;
    }
    let renamed = match &edit {
        Edit::Rename { from, to } => Some((from.clone(), to.clone())),
        _ => None,
    };
    if !try_edit(state, edit, now) {
        return;
    }
    state.typing = None;
    effects.push(Effect::Announce(announcement));
    if let Some((from, to)) = renamed
        && let Some(rest) = state.open.strip_prefix(&from)
        && (rest.is_empty() || rest.starts_with('/'))
    {
        state.open = format!("{to}{rest}");
    }
}

/// Typing on in a file takes the place of the edit before.
fn type_text(state: &mut State, edit: Edit, now: i64) {
    let Edit::Write { path, .. } = &edit else {
        return;
    };
    let path = path.clone();
    let goes_on =
        state.typing.as_ref().is_some_and(|(typed, at)| *typed == path && now.saturating_sub(*at) <= TYPING_PAUSE);
    if goes_on && state.project.context.apply(&edit, now).is_ok() {
        let events = Rc::make_mut(&mut state.events);
        events.pop();
        events.push(Event::Edit { edit, at: now });
        outdate(state);
        state.typing = Some((path, now));
    } else if try_edit(state, edit, now) {
        state.typing = Some((path, now));
    }
}

fn try_edit(state: &mut State, edit: Edit, now: i64) -> bool {
    let path = path_of(&edit).to_owned();
    match apply(state, Event::Edit { edit, at: now }) {
        Ok(()) => true,
        Err(error) => {
            state.notice = Some(Notice::EditRefused { path, error });
            false
        }
    }
}

pub(crate) fn path_of(edit: &Edit) -> &str {
    let (Edit::Write { path, .. }
    | Edit::Remove { path }
    | Edit::Rename { to: path, .. }
    | Edit::Chmod { path, .. }
    | Edit::Touch { path }) = edit;
    path
}

fn changes_nothing(context: &Context, edit: &Edit) -> bool {
    match edit {
        Edit::Write { path, kind, mode } => {
            context.get(path).is_some_and(|entry| entry.kind == *kind && mode.is_none_or(|mode| mode == entry.mode))
        }
        Edit::Chmod { path, mode } => context.get(path).is_some_and(|entry| entry.mode == *mode),
        Edit::Rename { from, to } => from == to,
        Edit::Remove { .. } | Edit::Touch { .. } => false,
    }
}

/// What to say of an edit; `None` for typing.
fn announcement_of(context: &Context, edit: &Edit) -> Option<Announcement> {
    Some(match edit {
        Edit::Write { path, kind: ContextKind::File(_), mode: None } if context.get(path).is_some() => return None,
        Edit::Write { path, .. } => Announcement::FileAdded(path.clone()),
        Edit::Remove { path } => Announcement::FileRemoved(path.clone()),
        Edit::Rename { to, .. } => Announcement::FileRenamed(to.clone()),
        Edit::Chmod { path, .. } => Announcement::ModeChanged(path.clone()),
        Edit::Touch { path } => Announcement::FileTouched(path.clone()),
    })
}

fn new_file(state: &mut State, path: String, content: Content, now: i64, effects: &mut Vec<Effect>) {
    if state.project.context.get(&path).is_some() {
        state.notice = Some(Notice::NameTaken { path });
        return;
    }
    let edit = Edit::Write { path: path.clone(), kind: ContextKind::File(content), mode: None };
    if try_edit(state, edit, now) {
        state.open.clone_from(&path);
        state.typing = None;
        effects.push(Effect::Announce(Announcement::FileAdded(path)));
    }
}

fn set_options(state: &mut State, set: impl FnOnce(&mut Options)) {
    let mut options = state.project.options.clone();
    set(&mut options);
    if options != state.project.options {
        state.typing = None;
        remember(state, Event::Options(options));
    }
}

fn set_build_arg(options: &mut Options, name: String, value: Option<Option<String>>) {
    let at = options.build_args.iter().position(|(other, _)| *other == name);
    match (value, at.and_then(|at| options.build_args.get_mut(at))) {
        (Some(value), Some(arg)) => arg.1 = value,
        (Some(value), None) => options.build_args.push((name, value)),
        (None, _) => options.build_args.retain(|(other, _)| *other != name),
    }
}

/// Undoes or redoes, and opens the file that it changed, where that is one file.
fn step_in_time(state: &mut State, event: Event) {
    let before = state.project.clone();
    state.typing = None;
    remember(state, event);
    let changed = changed_files(&before.context, &state.project.context);
    if let [path] = changed.as_slice()
        && state.project.context.text(path).is_some()
    {
        state.open.clone_from(path);
    }
}

fn request_facts(state: &mut State, effects: &mut Vec<Effect>) {
    for reference in missing_images(state).union(&state.wanted).cloned().collect::<Vec<_>>() {
        if state.catalog.get(&reference).is_none() && state.requested.insert(reference.clone()) {
            state.waiting = state.waiting.saturating_add(1);
            effects.push(Effect::FetchImage(reference));
        }
    }
    for name in missing_tables(state).union(&state.wanted_tables).copied().collect::<Vec<_>>() {
        if state.catalog.table(name).is_none() && state.requested.insert(name.to_owned()) {
            state.waiting = state.waiting.saturating_add(1);
            effects.push(Effect::FetchTable(name));
        }
    }
}

pub(crate) fn result_of(report: &Report) -> Announcement {
    match &report.outcome {
        Outcome::Built => Announcement::Built {
            ran: report.totals.ran,
            cached: report.totals.cached,
            bytes: report.image.as_ref().map_or(0, |image| image.bytes),
        },
        Outcome::Invalid { message } | Outcome::Failed { message, .. } => {
            Announcement::BuildFailed { message: message.clone() }
        }
    }
}

/// Whether the report counts a base image as another one that is known.
fn has_stand_in(state: &State, reference: &str) -> bool {
    let stands =
        |base: &BaseView| matches!(base, BaseView::Image { short, counted_as: Some(_), .. } if short == reference);
    state.shown.stages.iter().any(|stage| stands(&stage.base))
}
