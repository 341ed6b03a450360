//! The page: draws a [`session::State`] and turns what the user does into [`session::Action`]s.
//!
//! `app` and `pages::embed`, the page in a frame of another site, are its roots, and `hooks` what both do; `panes` are the
//! parts of the page, made of `components`; `presenter` is what a room is shown. `text` says in the reader's language what
//! the core says in codes, `svg` works out geometry in plain numbers. `code_editor` is the door to the editor in `js`, and
//! `assist` what that asks for; `effects` carries out what the state machine asks for; `boot` starts it all. It knows no
//! rule of Docker: what a build does is read off a [`report::Report`].
//!
//! It does not model: anything. No state of the project lives here, only of the page (what is open, scrolled, hovered).
//!
//! Invariants: the browser owns the text of the editor, and nothing writes into it while a person types; a component
//! always gives one stable element, and every list has an element of its own or keys; every sentence is in `locales/`.

mod app;
mod assist;
mod boot;
mod code_editor;
mod components;
mod editing;
mod effects;
pub mod embed;
pub mod export;
mod folder;
mod hooks;
mod lesson_effects;
mod lesson_route;
mod offline;
pub mod pages;
pub mod panes;
pub mod presenter;
mod route;
mod sample;
mod shared;
mod store;
pub mod svg;
pub mod text;
pub mod view;

pub use app::{App, AppProps};
pub use assist::Assist;
pub use boot::run;
pub use shared::Shared;
pub use store::{Dispatch, Store};
