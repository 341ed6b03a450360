//! Two Dockerfiles side by side on the same events.

use std::ops::Range;
use std::rc::Rc;

use report::{CacheStore, Catalog, Inputs, Profile, Report, analyze};

use crate::runs::{Run, run};
use crate::{Event, Project, State, changed_files};

/// A build of two Dockerfiles after the same events.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// The events that led to it since the round before, its own build included, as indices into the state's events;
    /// empty for the first build.
    pub events: Range<usize>,
    /// Whether it is only what a build now would do.
    pub preview: bool,
    /// The build of the pinned Dockerfile.
    pub a: Side,
    /// The build of the project's own.
    pub b: Side,
}

/// A build of one of two Dockerfiles.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// In figures.
    pub run: Run,
    /// All of it.
    pub report: Rc<Report>,
}

/// The rounds of two Dockerfiles, each built when it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    points: Vec<Point>,
    next: usize,
    profile: Profile,
    a: Line,
    b: Line,
}

/// A point of what happened that both are built at.
#[derive(Clone, Debug, PartialEq)]
struct Point {
    events: Range<usize>,
    preview: bool,
    project: Project,
    catalog: Rc<Catalog>,
    /// Whether the cache is empty before it.
    fresh: bool,
    day: u32,
}

/// One Dockerfile through all rounds.
#[derive(Clone, Debug, Default)]
struct Line {
    text: String,
    /// What was built, in order.
    made: Vec<Made>,
    /// How many of these an earlier comparison made: they hold as long as what is built is the same.
    earlier: usize,
}

#[derive(Clone, Debug)]
struct Made {
    project: Project,
    catalog: Rc<Catalog>,
    fresh: bool,
    report: Rc<Report>,
    cache: CacheStore,
}

/// A comparison of a Dockerfile (A) with the state's own as it is now (B) on what happened since the project was opened:
/// both are what they are throughout, whatever was typed at the time. Rounds before which nothing but the Dockerfile was
/// edited are left out. What `earlier` built in the same way is not built again.
#[must_use]
pub fn compared(state: &State, a: &str, earlier: Comparison) -> Comparison {
    let kept =
        if earlier.profile == state.profile { (earlier.a.made, earlier.b.made) } else { (Vec::new(), Vec::new()) };
    let line = |text: String, made: Vec<Made>| Line { text, earlier: made.len(), made };
    Comparison {
        points: points(state),
        next: 0,
        profile: state.profile.clone(),
        a: line(a.to_owned(), kept.0),
        b: line(state.project.dockerfile_text(), kept.1),
    }
}

impl Iterator for Comparison {
    type Item = Round;

    fn next(&mut self) -> Option<Round> {
        let point = self.points.get(self.next)?;
        let a = self.a.build(self.next, point, &self.profile)?;
        let b = self.b.build(self.next, point, &self.profile)?;
        self.next += 1;
        Some(Round { events: point.events.clone(), preview: point.preview, a, b })
    }
}

impl Side {
    /// A build, and the day of it.
    #[must_use]
    pub fn new(report: Rc<Report>, day: u32) -> Side {
        Side { run: run(&report, day), report }
    }
}

impl Line {
    /// Builds the Dockerfile at a point. `None` never comes.
    fn build(&mut self, index: usize, point: &Point, profile: &Profile) -> Option<Side> {
        let mut project = Project { pinned: None, ..point.project.clone() };
        // What cannot be written is not there: the build says so. The time is always the same, so that what was built of
        // the same text is found again.
        let _ = project.write_dockerfile(&self.text, 0);
        let known = self.made.get(index).filter(|made| index < self.earlier && made.is_of(&project, point));
        if known.is_none() {
            let recalled = self.made.get(index.saturating_sub(1)).map(|made| made.cache.clone());
            self.made.truncate(index);
            self.earlier = self.earlier.min(index);
            let before = self.made.last().map(|made| made.cache.clone()).filter(|_| !point.fresh);
            let cache = before.unwrap_or_else(|| CacheStore::recalling(&recalled.iter().collect::<Vec<_>>()));
            let Project { context, options, .. } = &project;
            let (report, cache) =
                analyze(&Inputs { context, options, catalog: &point.catalog, profile, cache: &cache });
            let (catalog, report) = (Rc::clone(&point.catalog), Rc::new(report));
            self.made.push(Made { project, catalog, fresh: point.fresh, report, cache });
        }
        Some(Side::new(Rc::clone(&self.made.get(index)?.report), point.day))
    }
}

impl Made {
    fn is_of(&self, project: &Project, point: &Point) -> bool {
        self.fresh == point.fresh && Rc::ptr_eq(&self.catalog, &point.catalog) && self.project == *project
    }
}

/// The first build, each build of another project, files or world than the one before, and what a build now would do where
/// that is another.
fn points(state: &State) -> Vec<Point> {
    let catalog = state.published_first.as_ref().unwrap_or(&state.catalog);
    let opening = Point {
        events: 0..0,
        preview: false,
        project: state.start.clone(),
        catalog: Rc::clone(catalog),
        fresh: true,
        day: 0,
    };
    // What the next build will find.
    let mut now = Point { fresh: false, ..opening.clone() };
    let mut points = vec![opening];
    // The state keeps the project that each of the events met that touch the cache: nothing is built to know it.
    let mut marks = state.marks.iter();
    for (index, event) in state.events.iter().enumerate() {
        if !touches_the_cache(event) {
            continue;
        }
        let Some((_, project)) = marks.next() else { break };
        match event {
            Event::Project(project) => {
                points.clear();
                let events = index + 1..index + 1;
                let opening = Point { events, project: project.clone(), fresh: true, ..now.clone() };
                now = Point { fresh: false, ..opening.clone() };
                points.push(opening);
            }
            Event::Prune | Event::FreshMachine => now.fresh = true,
            Event::Republish(image) => {
                let mut catalog = Catalog::clone(&now.catalog);
                catalog.publish_again(image);
                now.catalog = Rc::new(catalog);
            }
            Event::TimePasses(days) => now.day = now.day.saturating_add(*days),
            _ => {
                now.project = project.clone();
                now.events.end = index + 1;
                if points.last().is_none_or(|last| is_another(last, &now)) {
                    points.push(now.clone());
                    now.events.start = index + 1;
                    now.fresh = false;
                }
            }
        }
    }
    now.project = state.project.clone();
    now.events.end = state.events.len();
    now.preview = true;
    if points.last().is_none_or(|last| is_another(last, &now)) {
        points.push(now);
    }
    points
}

fn touches_the_cache(event: &Event) -> bool {
    matches!(
        event,
        Event::Build
            | Event::Project(_)
            | Event::Prune
            | Event::FreshMachine
            | Event::Republish(_)
            | Event::TimePasses(_)
    )
}

/// Whether anything but the Dockerfile is another since a point.
fn is_another(last: &Point, now: &Point) -> bool {
    let files = || changed_files(&last.project.context, &now.project.context);
    now.fresh
        || last.day != now.day
        || !Rc::ptr_eq(&last.catalog, &now.catalog)
        || last.project.options != now.project.options
        || files().iter().any(|path| path != now.project.dockerfile())
}
