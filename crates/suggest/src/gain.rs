//! What a rewrite is worth.

use std::collections::BTreeSet;

use report::{Basis, Profile};

use crate::trial::{Figures, Rebuild};

/// A figure that is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// It was.
    pub before: u64,
    /// It is.
    pub after: u64,
}

/// Something that is better or worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gain {
    /// The bytes of the image.
    Image(Amount),
    /// The milliseconds of a build on a machine that has nothing yet.
    Cold(Amount),
    /// The milliseconds of a build after an edit of a source file.
    Source(Amount),
    /// The milliseconds of a build after an edit of the dependencies.
    Dependency(Amount),
    /// The bytes of the build context that are sent.
    Context(Amount),
    /// A problem of the report that is there less often, or more often: its code.
    Problem(&'static str, Amount),
}

impl Gain {
    /// Its name in the page's locales, behind `suggest-gain-`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Gain::Image(_) => "image",
            Gain::Cold(_) => "cold",
            Gain::Source(_) => "source",
            Gain::Dependency(_) => "dependency",
            Gain::Context(_) => "context",
            Gain::Problem(code, _) => match *code {
                "tip-root-user" => "root",
                "tip-unpinned-base" => "pinned",
                code if is_secret(code) => "secret",
                _ => "problem",
            },
        }
    }

    /// The figures.
    #[must_use]
    pub fn amount(&self) -> Amount {
        match self {
            Gain::Image(amount)
            | Gain::Cold(amount)
            | Gain::Source(amount)
            | Gain::Dependency(amount)
            | Gain::Context(amount)
            | Gain::Problem(_, amount) => *amount,
        }
    }

    /// How sure its figures are, of the figures that it is the difference of.
    #[must_use]
    pub fn basis(&self, before: &Figures, after: &Figures) -> Basis {
        let rebuild = |rebuild: &Option<Rebuild>| rebuild.as_ref().map(|rebuild| rebuild.basis).unwrap_or_default();
        match self {
            Gain::Image(_) => before.image_basis.max(after.image_basis),
            Gain::Cold(_) => before.cold_basis.max(after.cold_basis),
            Gain::Source(_) => rebuild(&before.source).max(rebuild(&after.source)),
            Gain::Dependency(_) => rebuild(&before.dependency).max(rebuild(&after.dependency)),
            Gain::Context(_) | Gain::Problem(..) => Basis::Exact,
        }
    }

    /// Whether it is worse.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        self.amount().after > self.amount().before
    }

    /// What it is worth on the profile's machine in milliseconds of a day: a source file is edited twenty times, the
    /// dependencies once, a fresh machine builds twice, and the image is pushed or pulled four times.
    fn worth(&self, profile: &Profile) -> i64 {
        let Amount { before, after } = self.amount();
        let saved = i64::try_from(before).unwrap_or(i64::MAX).saturating_sub(i64::try_from(after).unwrap_or(i64::MAX));
        let network = i64::try_from(profile.network_bytes_per_second.max(1)).unwrap_or(i64::MAX);
        match self {
            Gain::Image(_) => saved.saturating_mul(4 * 1000) / network,
            Gain::Cold(_) => saved.saturating_mul(2),
            Gain::Source(_) => saved.saturating_mul(20),
            Gain::Dependency(_) => saved,
            Gain::Context(_) => saved.saturating_mul(1000) / network,
            Gain::Problem(code, _) => saved.saturating_mul(weight(code)),
        }
    }

    /// Whether it is worth a word: not next to nothing, and not too small a part.
    fn counts(&self) -> bool {
        let Amount { before, after } = self.amount();
        let least = match self {
            Gain::Problem(code, _) => return !MEASURED.contains(code),
            Gain::Image(_) => 100_000.max(before / 1000),
            Gain::Context(_) => 50_000.max(before / 100),
            Gain::Cold(_) | Gain::Source(_) | Gain::Dependency(_) => 300.max(before / 100),
        };
        before.abs_diff(after) >= least
    }
}

/// Tips whose worth is in the bytes and milliseconds: where these stay, nothing is gained.
const MEASURED: [&str; 7] = [
    "tip-apt-lists",
    "tip-hidden-deleted",
    "tip-hidden-rewritten",
    "tip-install-after-source",
    "tip-package-cache",
    "tip-recommends",
    "tip-unneeded-context",
];

fn is_secret(code: &str) -> bool {
    code.starts_with("tip-secret") || code == "SecretsUsedInArgOrEnv"
}

/// What a problem weighs, in milliseconds of a day.
fn weight(code: &str) -> i64 {
    match code {
        code if is_secret(code) => 3_600_000,
        "tip-root-user" => 60_000,
        "tip-unpinned-base" => 40_000,
        "tip-update-alone" => 30_000,
        code if MEASURED.contains(&code) => 0,
        _ => 2_000,
    }
}

/// What is better and what is worse, the most valuable first: each that is worth a word.
pub(crate) fn weigh_all(before: &Figures, after: &Figures, profile: &Profile) -> Vec<Gain> {
    let mut all = differences(before, after);
    all.retain(Gain::counts);
    all.sort_by_key(|gain| std::cmp::Reverse(gain.worth(profile)));
    all
}

/// What is better and what is worse after a rewrite, and what all of it is worth; `None` where nothing is better that is
/// worth a word, or all in all it is worse.
pub(crate) fn weigh(before: &Figures, after: &Figures, profile: &Profile) -> Option<(Vec<Gain>, Vec<Gain>, i64)> {
    let worth = differences(before, after).iter().map(|gain| gain.worth(profile)).fold(0, i64::saturating_add);
    let (losses, gains): (Vec<Gain>, Vec<Gain>) =
        weigh_all(before, after, profile).into_iter().partition(Gain::is_loss);
    (worth > 0 && !gains.is_empty()).then_some((gains, losses, worth))
}

fn differences(before: &Figures, after: &Figures) -> Vec<Gain> {
    let amount = |before, after| Amount { before, after };
    let mut all = vec![
        Gain::Image(amount(before.image_bytes, after.image_bytes)),
        Gain::Cold(amount(before.cold_ms, after.cold_ms)),
        Gain::Context(amount(before.context_bytes, after.context_bytes)),
    ];
    if let (Some(before), Some(after)) = (&before.source, &after.source) {
        all.push(Gain::Source(amount(before.ms, after.ms)));
    }
    if let (Some(before), Some(after)) = (&before.dependency, &after.dependency) {
        all.push(Gain::Dependency(amount(before.ms, after.ms)));
    }
    let codes: BTreeSet<&'static str> = before.problems.keys().chain(after.problems.keys()).copied().collect();
    for code in codes {
        let count = |figures: &Figures| figures.problems.get(code).map_or(0, |count| *count as u64);
        let amount = amount(count(before), count(after));
        all.extend((amount.before != amount.after).then_some(Gain::Problem(code, amount)));
    }
    all
}
