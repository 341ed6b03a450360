//! What builds did, and how old the results are that later ones take from the cache.

use std::collections::BTreeMap;

use report::{Basis, Outcome, Report, StepState, StepView};
use suggest::{Ages, Rebuild};

/// A build, in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whether an image came out.
    pub built: bool,
    /// Its bytes.
    pub image_bytes: u64,
    /// How sure they are.
    pub image_basis: Basis,
    /// The steps that came from the cache.
    pub cached: usize,
    /// How many ran, as the summary counts them: without FROM.
    pub steps: usize,
    /// The steps that ran, and what they took.
    pub ran: Rebuild,
    /// The day of the build: how many passed since the start project was opened.
    pub day: u32,
}

/// A step that comes from the cache, and whose result would be another today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aged {
    /// The step, as an index into the shown report's steps.
    pub step: usize,
    /// What it takes from outside.
    pub ages: Ages,
    /// The days since it ran.
    pub days: u32,
}

/// The builds since the start project was opened, and when each step ran last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Runs {
    pub builds: Vec<Run>,
    /// By a digest of what the step's cache key is made of.
    ran_on: BTreeMap<u64, u32>,
}

impl Runs {
    /// Notes a build.
    pub fn note(&mut self, report: &Report, day: u32) {
        self.builds.push(run(report, day));
        for (step, digest) in report.steps.iter().zip(digests(&report.steps)) {
            if step.state == StepState::Ran {
                self.ran_on.insert(digest, day);
            }
        }
    }

    /// How many days ago the cached steps of a report ran.
    pub fn ages(&self, report: &Report, day: u32) -> Vec<(usize, u32)> {
        let steps = report.steps.iter().zip(digests(&report.steps)).enumerate();
        let cached = steps.filter(|(_, (step, _))| step.state == StepState::Cached);
        let old = cached.filter_map(|(index, (_, digest))| {
            let days = day.checked_sub(*self.ran_on.get(&digest)?)?;
            (days > 0).then_some((index, days))
        });
        old.collect()
    }
}

/// A build in figures.
pub(crate) fn run(report: &Report, day: u32) -> Run {
    Run {
        built: report.outcome == Outcome::Built,
        image_bytes: report.image.as_ref().map_or(0, |image| image.bytes),
        image_basis: report.image.as_ref().map(|image| image.basis).unwrap_or_default(),
        cached: report.totals.cached,
        steps: report.totals.ran,
        ran: suggest::rebuilt(report),
        day,
    }
}

/// A digest of each step with all that it stands on.
fn digests(steps: &[StepView]) -> Vec<u64> {
    let mut digests: Vec<u64> = Vec::with_capacity(steps.len());
    for step in steps {
        let mut digest = 0xcbf2_9ce4_8422_2325;
        add(&mut digest, step.id.as_bytes());
        for part in &step.key {
            add(&mut digest, part.value.as_bytes());
            add(&mut digest, b"\0");
        }
        for input in &step.inputs {
            add(&mut digest, &digests.get(*input).copied().unwrap_or_default().to_le_bytes());
        }
        digests.push(digest);
    }
    digests
}

/// FNV-1a.
fn add(digest: &mut u64, bytes: &[u8]) {
    for byte in bytes {
        *digest = (*digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
}
