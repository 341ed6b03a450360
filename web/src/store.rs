//! The one reducer: the state machine of `session` behind Yew's `Reducible`.

use std::cell::RefCell;
use std::rc::Rc;

use session::{Action, Effect, State};
use yew::prelude::*;

/// The state, and the effects that wait to be carried out.
#[derive(Clone)]
pub struct Store {
    /// What the page shows.
    pub state: Rc<State>,
    /// Filled by the reducer, emptied by the one effect hook of the app.
    outbox: Rc<RefCell<Vec<Effect>>>,
}

impl Store {
    /// A store of a started state.
    #[must_use]
    pub fn new(state: State, effects: Vec<Effect>) -> Store {
        Store { state: Rc::new(state), outbox: Rc::new(RefCell::new(effects)) }
    }

    /// Takes the effects out that wait.
    #[must_use]
    pub fn take_effects(&self) -> Vec<Effect> {
        self.outbox.take()
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Store) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

/// An action, and when it happens in seconds since 1970: the state machine has no clock.
pub struct Timed(Action, i64);

impl Reducible for Store {
    type Action = Timed;

    fn reduce(self: Rc<Store>, Timed(action, now): Timed) -> Rc<Store> {
        let (state, effects) = session::update(&self.state, action, now);
        self.outbox.borrow_mut().extend(effects);
        Rc::new(Store { state: Rc::new(state), outbox: Rc::clone(&self.outbox) })
    }
}

/// Sends actions to the store. It never changes, so a context of it renders nobody again.
#[derive(Clone, PartialEq)]
pub struct Dispatch(UseReducerDispatcher<Store>);

impl Dispatch {
    /// The dispatcher of a store.
    #[must_use]
    pub fn new(dispatcher: UseReducerDispatcher<Store>) -> Dispatch {
        Dispatch(dispatcher)
    }

    /// Sends an action, with the time that it is now.
    pub fn send(&self, action: Action) {
        self.0.dispatch(Timed(action, now()));
    }
}

/// The store's dispatcher; `None` where a component is drawn alone, as in tests.
#[hook]
pub fn use_dispatch() -> Callback<Action> {
    let dispatch = use_context::<Dispatch>();
    use_callback(dispatch, |action, dispatch| {
        if let Some(dispatch) = dispatch {
            dispatch.send(action);
        }
    })
}

/// Says something to who cannot see the page, in the one place that is read out. It never changes.
#[derive(Clone, PartialEq)]
pub struct Say(UseStateSetter<String>);

impl Say {
    /// What is read out is what stands there.
    #[must_use]
    pub fn new(spoken: UseStateSetter<String>) -> Say {
        Say(spoken)
    }

    /// Says it.
    pub fn say(&self, text: String) {
        self.0.set(text);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far from the end of an i64")]
fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}
