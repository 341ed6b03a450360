//! From instructions to steps: variables, stages, targets, what needs what.
//!
//! [`plan`] does what BuildKit's `dockerfile2llb` does before anything runs: it expands ARG and ENV, resolves FROM and
//! COPY --from, finds the stages that the target needs, runs through their instructions and leaves, for each stage, the
//! steps to execute, the image config and the history.
//!
//! It does not model: what a step does (`simulate`), the contents of the context, platforms other than the ones named.
//!
//! Invariants: planning never fails: a Dockerfile that `docker build` refuses gives a plan with [`Plan::error`], and with
//! the stages as far as they are known; a stage that the target does not need has no steps expanded but its FROM.

mod dispatch;
mod environment;
mod expand;
mod from;
mod glob;
mod names;
mod ports;
mod quote;
mod resolve;
mod signals;
mod stages;
mod triggers;
mod types;

pub use environment::Environment;
pub use expand::{Expanded, Expander};
pub use quote::{go_quote, go_quote_list};
pub use stages::GRAPH_ERROR;
pub use types::*;

/// Plans a build. Never fails: what `docker build` would refuse is in [`Plan::error`].
#[must_use]
pub fn plan(file: &dockerfile::Dockerfile, options: &PlanOptions<'_>) -> Plan {
    stages::plan(file, options)
}
