//! Why a step was not in the cache: it is held against the same step of the builds before.

mod files;
mod own;

use std::collections::BTreeSet;

use crate::Reason;
use crate::cache::CacheStore;
use crate::trace::Trace;

/// The reason for a miss. `parent` is the step before it, as an index into the build's steps, with whether it ran;
/// `present` holds the instructions of the stage as they are now.
pub(crate) fn explain(
    store: &CacheStore,
    now: &Trace,
    parent: Option<(usize, bool)>,
    present: &BTreeSet<String>,
) -> Reason {
    let Some(before) = counterpart(store, now, present) else {
        return Reason::New;
    };
    let ran = parent.filter(|(_, ran)| *ran);
    let other_parent = before.parent.is_disjoint(&now.parent);
    // Another base brings other variables, another user: it is what was changed.
    if other_parent && before.base != now.base {
        return ran.map_or_else(
            || Reason::BaseChanged { before: before.base.clone(), after: now.base.clone() },
            |(step, _)| Reason::ParentRan { step },
        );
    }
    if let Some(reason) = own::difference(before, now) {
        return reason;
    }
    match parent {
        Some((step, true)) => Reason::ParentRan { step },
        Some((step, false)) if other_parent => Reason::ParentChanged { step },
        _ if !before.done => Reason::FailedBefore,
        _ => Reason::New,
    }
}

fn same_stage(a: &Trace, b: &Trace) -> bool {
    a.stage == b.stage || a.stage_index == b.stage_index
}

/// The step of an earlier build that this one is: the same instruction in the same stage, or, where the text was edited,
/// the one in the same place whose text is no longer there.
fn counterpart<'a>(store: &'a CacheStore, now: &Trace, present: &BTreeSet<String>) -> Option<&'a Trace> {
    let same_text =
        |trace: &&Trace| same_stage(trace, now) && trace.written == now.written && trace.repeat == now.repeat;
    let edited = |trace: &&Trace| {
        same_stage(trace, now)
            && trace.number == now.number
            && std::mem::discriminant(&trace.operation) == std::mem::discriminant(&now.operation)
            && !present.contains(&trace.written)
    };
    let last = store.builds.last()?;
    last.iter()
        .find(same_text)
        .or_else(|| last.iter().find(edited))
        .or_else(|| store.builds.iter().rev().find_map(|build| build.iter().find(same_text)))
}
