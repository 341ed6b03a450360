//! Execution of a plan: cache keys and store, layers, commands.
//!
//! [`simulate()`] takes a [`plan::Plan`], what the steps can see (a [`World`]) and the [`CacheStore`] that earlier builds
//! left; it gives a [`Build`] with what happened to each step and why, and the store as this build leaves it. A step is
//! looked up as BuildKit's solver does it, by its definition and by the content of what it takes; a step that is not
//! found is executed on a simulated file system, a RUN by the shell and the command models of this crate.
//!
//! Times are those of a stated machine ([`Profile`]); steps are laid out on its cores, and what determines the build's time
//! is told ([`Build::critical_path`]). What an author states about a RUN counts in the place of estimates.
//!
//! A RUN is not executed a second time where it would find the same files (`memory.rs`), nor a COPY carried out again for
//! what some files hold (`copies.rs`); what they come to is the same as if they were.
//!
//! It does not model: steps that slow each other down, the export of the image, garbage collection of the cache, cache import and
//! export, networks. What is estimated or unknown is marked on the step ([`Basis`], [`Note`]).
//!
//! Invariants: no panic and no unbounded work for any plan and world; the same input gives the same result; what comes
//! before a step in its stage is not changed by it; a layer's bytes never shrink those below.

mod basis;
mod build;
mod cache;
pub mod commands;
mod copies;
mod copy_step;
mod doom;
mod evidence;
mod execute;
mod explain;
mod figure;
mod inputs;
mod key;
mod measured;
mod memory;
mod merged;
mod owner;
mod perform;
pub mod process;
mod profile;
mod pull;
mod reason;
mod run_step;
mod schedule;
mod send;
mod stand;
mod stated;
mod taken;
mod timing;
mod trace;
mod unlisted;
mod unmarked;
mod vertex;
mod workdir_step;

pub use basis::{Basis, Meter, Note, Programs};
pub use build::{Build, Failure, StepResult, StepState, World};
pub use cache::{Before, CacheStore, Record};
pub use evidence::Evidence;
pub use execute::simulate;
pub use figure::{FIGURES, Figure, Unit};
pub use measured::{Measured, Measurements};
pub use profile::{Preset, Profile, Work};
pub use pull::Pull;
pub use reason::{FileDifference, Reason, VariableKind};
pub use send::{Transfer, files_transfer_bytes};
pub use timing::{PathItem, PathPart};
