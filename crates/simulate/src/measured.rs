//! What the reader measured with a real engine takes the place of what is estimated of a step.
//!
//! Bytes that are computed as the engine does stay: they are those of the files as they are here. Measured bytes are put
//! where stated ones are. It is no part of the cache key, so that it holds for steps from the cache, too.

use std::collections::BTreeMap;

use dockerfile::Statement;
use plan::Step;

use crate::{Basis, Record, World};

/// Figures of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// The bytes of its layer.
    pub bytes: Option<u64>,
    /// How long it took, in milliseconds.
    pub ms: Option<u64>,
}

/// What was measured of steps, by their names: `[build 2/6] WORKDIR /app`.
pub type Measurements = BTreeMap<String, Measured>;

/// What was measured of a step.
pub(crate) fn measured<'a>(world: &World<'a>, step: &Step) -> Option<&'a Measured> {
    world.measured.get(&step.name)
}

/// The bytes as a statement, in the place of what is only estimated.
pub(crate) fn statement(measured: Option<&Measured>, stated: Option<&Statement>, basis: Basis) -> Option<Statement> {
    let adds = measured.and_then(|measured| measured.bytes).filter(|_| basis > Basis::Exact)?;
    let at = stated.and_then(|stated| stated.at.clone());
    Some(Statement { adds: Some(adds), time_ms: None, at })
}

/// Gives a record the time that was measured, and remembers what was.
pub(crate) fn time(record: &mut Record, measured: Option<&Measured>) {
    if let Some(ms) = measured.and_then(|measured| measured.ms) {
        record.ms = ms;
        record.ms_basis = Basis::Measured;
    }
    record.measured = measured.cloned();
}
