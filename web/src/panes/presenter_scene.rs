use lesson::workshop::{Item, Shown, Workshop};
use session::{Action, Language, LessonAction, Source, State};
use yew::prelude::*;

use crate::effects::{keep_before_link, kept as kept_session};
use crate::presenter::{
    Arrangement, BEFORE, PresenterHandle, Turn, enter, keep, keep_item, next_begins_at, read_place,
};
use crate::shared::Shared;
use crate::view::{Part, Show};

/// What commands are carried out on.
#[derive(Clone)]
pub struct Scene {
    /// The state.
    pub state: Shared<State>,
    /// Presenter mode.
    pub presenter: PresenterHandle,
    /// The part of the result that is in sight.
    pub part: Part,
    /// Where actions go.
    pub dispatch: Callback<Action>,
    /// Brings something into sight.
    pub show: Callback<Show>,
}

impl Scene {
    /// Whether it is the lesson that is stepped through: where it is what is in sight. Its step, and how many there are.
    fn lesson(&self) -> Option<(usize, usize)> {
        let study = self.state.study.as_ref().filter(|_| self.presenter.arrangement == Arrangement::Lesson)?;
        Some((study.step, study.lesson.as_ref().map_or(0, |lesson| lesson.steps.len())))
    }

    /// On, or back; over the end of an item of a workshop to the next, and over its beginning to the one before.
    pub fn step(&self, forward: bool) {
        if self.at_edge(forward) {
            return self.turn_item(forward);
        }
        match self.lesson() {
            None => self.presenter.dispatch(if forward { Turn::Next } else { Turn::Back }),
            Some((step, count)) if forward && step + 1 < count => self.go(Some(step + 1)),
            Some((step, _)) if !forward && step > 0 => self.go(Some(step - 1)),
            Some(_) => {}
        }
    }

    /// Whether the item of a workshop has nothing more to step to.
    fn at_edge(&self, forward: bool) -> bool {
        let Some((workshop, item)) = self.item_at(self.presenter.item) else { return false };
        match (&item.shown, self.lesson()) {
            (Shown::Lesson { lesson, .. }, Some((step, count))) => {
                let study = self.state.study.as_ref().and_then(|study| study.lesson.as_ref());
                let steps = study.map(|lesson| lesson.steps.as_slice()).unwrap_or_default();
                let next = next_begins_at(workshop, self.presenter.item, lesson, steps);
                if forward { step + 1 >= count || next == Some(step + 1) } else { step == 0 }
            }
            (Shown::Lesson { .. }, None) => false,
            _ if forward => self.presenter.at.is_none() && !self.presenter.asking,
            _ => self.presenter.at == Some(0),
        }
    }

    /// To a step of the lesson, or a stop of the build; `None` is the last, or all of it.
    pub fn go(&self, place: Option<usize>) {
        match self.lesson() {
            Some((_, count)) => {
                let step = place.unwrap_or(usize::MAX).min(count.saturating_sub(1));
                self.dispatch.emit(Action::Lesson(LessonAction::Go(step)));
            }
            None => self.presenter.dispatch(Turn::Go(place)),
        }
    }

    /// Another arrangement of panes.
    pub fn arrange(&self, forward: bool) {
        let there = |known: &Arrangement| *known != Arrangement::Lesson || self.state.study.is_some();
        let all: Vec<Arrangement> = Arrangement::ALL.into_iter().filter(there).collect();
        self.presenter.dispatch(Turn::Arrange(turned(&all, self.presenter.arrangement, forward)));
    }

    /// Another part of the result.
    pub fn turn_part(&self, forward: bool) {
        self.result_in_sight();
        self.show.emit(Show::Part(turned(&Part::ALL, self.part, forward)));
    }

    fn result_in_sight(&self) {
        if !matches!(self.presenter.arrangement, Arrangement::Both | Arrangement::Result) {
            self.presenter.dispatch(Turn::Arrange(Arrangement::Both));
        }
    }

    /// The room is asked before each step, or is not any more. The other parts of the result would tell what it is asked.
    pub fn predict(&self) {
        let on = !self.presenter.predicting;
        if on {
            self.result_in_sight();
            self.show.emit(Show::Part(Part::Graph));
        }
        self.presenter.dispatch(Turn::Predict(on));
    }

    /// All of this, to come back to.
    #[must_use]
    pub fn snapshot(&self) -> String {
        session::snapshot(&self.state, &self.presenter.place(self.part.id()))
    }

    /// Comes to a snapshot, and keeps what is left for it.
    pub fn come_to(&self, text: &str) {
        keep(BEFORE, &self.snapshot());
        self.show_place(&session::snapshot_view(text));
        self.dispatch.emit(Action::Return(text.to_owned()));
    }

    fn show_place(&self, place: &str) {
        let (part, arrangement, at) = read_place(place);
        if let Some(part) = Part::ALL.into_iter().find(|known| known.id() == part) {
            self.show.emit(Show::Part(part));
        }
        if let Some(arrangement) = arrangement {
            self.presenter.dispatch(Turn::Arrange(arrangement));
        }
        self.presenter.dispatch(Turn::Want(at));
    }

    /// The step of the lesson is begun again, or the item of the workshop; else all is what it was when presenter mode was
    /// entered.
    pub fn reset(&self) {
        if self.state.study.is_some() {
            keep(BEFORE, &self.snapshot());
            self.dispatch.emit(Action::Lesson(LessonAction::Reset));
        } else if self.presenter.workshop.is_some() {
            keep(BEFORE, &self.snapshot());
            self.open_item(self.presenter.item);
        } else if let Some(beginning) = self.presenter.beginning.clone() {
            self.come_to(&beginning);
        }
    }

    /// Begins a workshop, at its first item.
    pub fn begin(&self, workshop: std::rc::Rc<Workshop>) {
        if !self.presenter.on {
            enter(&self.presenter, &self.state);
        }
        match workshop.language.as_deref() {
            Some("en") => self.dispatch.emit(Action::SetLanguage(Some(Language::En))),
            Some("ja") => self.dispatch.emit(Action::SetLanguage(Some(Language::Ja))),
            _ => {}
        }
        // Titles of lessons are those of the list.
        self.dispatch.emit(Action::Lesson(LessonAction::List));
        // What this browser had is there again under Share.
        keep_before_link(kept_session().as_deref());
        keep(BEFORE, &self.snapshot());
        keep_item(0);
        let first = workshop.items.first().cloned();
        self.presenter.dispatch(Turn::Workshop(workshop, 0));
        first.iter().for_each(|item| self.show_item(item));
    }

    /// The next item of the workshop, or the one before, where there is one.
    pub fn turn_item(&self, forward: bool) {
        let item = self.presenter.item;
        let next = if forward { Some(item + 1) } else { item.checked_sub(1) };
        next.into_iter().for_each(|item| self.open_item(item));
    }

    /// Opens an item of the workshop, where there is such a one.
    pub fn open_item(&self, number: usize) {
        if let Some((workshop, item)) = self.item_at(number) {
            keep_item(number);
            self.presenter.dispatch(Turn::Workshop(workshop.clone(), number));
            self.show_item(item);
        }
    }

    fn item_at(&self, number: usize) -> Option<(&std::rc::Rc<Workshop>, &Item)> {
        let workshop = self.presenter.workshop.as_ref()?;
        Some((workshop, workshop.items.get(number)?))
    }

    fn show_item(&self, item: &Item) {
        match &item.shown {
            Shown::Lesson { lesson, step } => {
                self.presenter.dispatch(Turn::Arrange(Arrangement::Lesson));
                self.presenter.dispatch(Turn::Want(None));
                self.dispatch.emit(Action::Lesson(LessonAction::Open(Source::Site(lesson.clone()), step.clone())));
            }
            Shown::State { state } => {
                let view = session::read_link(state).map(|linked| linked.view).unwrap_or_default();
                self.show_state(&view);
                self.dispatch.emit(Action::OpenLink(state.clone()));
            }
            Shown::Saved { saved } => {
                self.show_state(&session::snapshot_view(saved));
                self.dispatch.emit(Action::Return(saved.clone()));
            }
        }
    }

    /// A state is led through from before its build, unless it was made at a step.
    fn show_state(&self, view: &str) {
        if matches!(self.presenter.arrangement, Arrangement::Lesson) {
            self.presenter.dispatch(Turn::Arrange(Arrangement::Both));
        }
        let (part, arrangement, at) = read_place(view);
        let arrangement = arrangement.map_or("", Arrangement::id);
        self.show_place(&format!("{part}/{arrangement}/{}", at.unwrap_or(0)));
    }
}

/// The one after another, or before it; the first after the last.
fn turned<T: Copy + PartialEq>(all: &[T], now: T, forward: bool) -> T {
    let at = all.iter().position(|known| *known == now).unwrap_or(0);
    let next = if forward { at + 1 } else { at + all.len().saturating_sub(1) };
    all.get(next.checked_rem(all.len()).unwrap_or(0)).copied().unwrap_or(now)
}
