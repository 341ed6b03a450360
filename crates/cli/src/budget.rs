//! `--budget`: what a build may cost, as a continuous integration holds it.

use report::{
    Basis, Catalog, Context, Options, Outcome, Profile, Report, Severity, human_size, stated_size, stated_time,
};
use serde_json::{Value, json};
use suggest::{Given, everyday};

use crate::build::build;
use crate::table::{seconds, sure};

/// What help texts say of budgets.
pub const HELP: &str = "\
A budget is a list of what a build may cost, separated by commas: \"size<150MB,rebuild<10s\". Each is a name, one of
< <= > >=, and an amount. The exit status is 1 where one is broken. Names:
  size, added        bytes of the image; of what the Dockerfile adds to its base image (150MB, 1.5GB, 20MiB)
  layers             layers of the image
  wasted             bytes in the image that later layers hide
  efficiency         how much of its layers' bytes the image needs, as dive counts it (95%)
  context            bytes of the build context
  build, rebuild     time of a build on a machine that has nothing; of one after an edit of a source file, or after the
                     edits of --after (10s, 1m30s, 300ms)
  warnings           findings of Docker's build checks
  problems           these, and what Layerlab finds besides
";

/// Something that is measured: its name, what its amounts are, and what gives it.
struct Metric {
    name: &'static str,
    kind: Kind,
    measure: fn(&Builds<'_>) -> Result<(u64, Basis), String>,
}

/// What an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bytes,
    Time,
    Count,
    /// In parts of a thousand.
    Share,
}

const METRICS: [Metric; 10] = [
    Metric { name: "size", kind: Kind::Bytes, measure: |builds| of_image(builds, |image| image.bytes) },
    Metric {
        name: "added",
        kind: Kind::Bytes,
        measure: |builds| of_image(builds, |_| builds.first.totals.added_bytes),
    },
    Metric {
        name: "layers",
        kind: Kind::Count,
        measure: |builds| of_image(builds, |image| count(image.layers.len())).map(|(layers, _)| (layers, Basis::Exact)),
    },
    Metric {
        name: "wasted",
        kind: Kind::Bytes,
        measure: |builds| of_image(builds, |image| report::waste(&image.layers).bytes),
    },
    Metric {
        name: "efficiency",
        kind: Kind::Share,
        measure: |builds| of_image(builds, |image| report::waste(&image.layers).efficiency),
    },
    Metric { name: "context", kind: Kind::Bytes, measure: |builds| Ok((builds.first.context.bytes, Basis::Exact)) },
    Metric { name: "build", kind: Kind::Time, measure: |builds| of_time(builds.first, "the build") },
    Metric { name: "rebuild", kind: Kind::Time, measure: rebuild },
    Metric {
        name: "warnings",
        kind: Kind::Count,
        measure: |builds| Ok((found(builds.first, |severity| severity == Severity::Warning), Basis::Exact)),
    },
    Metric { name: "problems", kind: Kind::Count, measure: |builds| Ok((found(builds.first, |_| true), Basis::Exact)) },
];

/// What a budget is held against.
pub struct Builds<'a> {
    /// The first build.
    pub first: &'a Report,
    /// The build after edits that were asked for.
    pub after: Option<&'a Report>,
    /// What is built.
    pub context: &'a Context,
    /// How.
    pub options: &'a Options,
    /// On which base images.
    pub catalog: &'a Catalog,
    /// On which machine.
    pub profile: &'a Profile,
    /// What the first build left.
    pub cache: &'a report::CacheStore,
}

/// One line of a budget.
pub struct Limit {
    metric: &'static Metric,
    comparison: &'static str,
    amount: u64,
    /// The amount in the author's words.
    written: String,
}

/// A line of a budget with what it came to.
pub struct Held<'b> {
    limit: &'b Limit,
    found: Result<(u64, Basis), String>,
}

/// Reads a budget. What is wrong is said with its place, in characters from 1.
pub fn parse(text: &str) -> Result<Vec<Limit>, String> {
    let mut limits = Vec::new();
    let mut start = 0;
    for part in text.split(',') {
        let begin = start + part.len() - part.trim_start().len();
        let limit = limit(part.trim()).map_err(|(offset, why)| {
            let at = text.get(..begin + offset).unwrap_or_default().chars().count() + 1;
            format!("--budget \"{text}\", character {at}: {why}")
        })?;
        limits.push(limit);
        start += part.len() + 1;
    }
    Ok(limits)
}

/// Reads one line of a budget. What is wrong comes with its place, in bytes.
fn limit(text: &str) -> Result<Limit, (usize, String)> {
    let forms = "write a name, one of < <= > >=, and an amount, as in size<150MB";
    if text.is_empty() {
        return Err((0, format!("nothing stands here: {forms}, or leave the comma out")));
    }
    let end = text.find(['<', '>', '=', '!', ' ']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let metric = METRICS.iter().find(|metric| metric.name == name).ok_or_else(|| {
        let names = METRICS.iter().map(|metric| metric.name).collect::<Vec<_>>().join(", ");
        (0, format!("nothing is measured as `{name}`: there are {names}"))
    })?;
    let rest = rest.trim_start();
    let comparison = ["<=", ">=", "<", ">"].into_iter().find(|sign| rest.starts_with(sign));
    let compares_nothing = || (text.len() - rest.len(), format!("`{text}` compares nothing: {forms}"));
    let comparison = comparison.ok_or_else(compares_nothing)?;
    let written = rest.strip_prefix(comparison).unwrap_or_default().trim();
    let amount = metric.kind.read(written).ok_or_else(|| {
        let why = match metric.kind {
            Kind::Bytes => "size: write a number with B, kB, MB, GB, KiB, MiB or GiB, as in 45MB",
            Kind::Time => "time: write a number with ms, s, m or h, as in 1m30s",
            Kind::Count => "whole number",
            Kind::Share => "share: write a number of percent, as in 95%",
        };
        (text.len() - written.len(), format!("`{written}` is no {why}"))
    })?;
    Ok(Limit { metric, comparison, amount, written: written.to_owned() })
}

/// Holds a build against a budget.
pub fn hold<'b>(limits: &'b [Limit], builds: &Builds<'_>) -> Vec<Held<'b>> {
    limits.iter().map(|limit| Held { limit, found: (limit.metric.measure)(builds) }).collect()
}

impl Held<'_> {
    /// Whether it is met. What cannot be measured is not.
    pub fn met(&self) -> bool {
        self.found.as_ref().is_ok_and(|(found, _)| match self.limit.comparison {
            "<" => *found < self.limit.amount,
            "<=" => *found <= self.limit.amount,
            ">" => *found > self.limit.amount,
            _ => *found >= self.limit.amount,
        })
    }

    /// One line for people.
    fn line(&self) -> String {
        let Limit { metric, comparison, amount, written } = self.limit;
        let allowed = format!("{}{comparison}{written}", metric.name);
        match &self.found {
            Ok((found, basis)) => {
                let mut is = format!("{}{}", sure(*basis), metric.kind.written(*found));
                // rounded they look the same
                if metric.kind.written(*found) == metric.kind.written(*amount) && found != amount {
                    is += &format!(" ({found} {})", metric.kind.unit());
                }
                format!("{}: {allowed}, is {is}", if self.met() { "met" } else { "BROKEN" })
            }
            Err(why) => format!("BROKEN: {allowed}, {why}"),
        }
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        let Limit { metric, comparison, amount, .. } = self.limit;
        let (found, why) = match &self.found {
            Ok((found, _)) => (Some(found), None),
            Err(why) => (None, Some(why)),
        };
        json!({
            "name": metric.name, "comparison": comparison, "allowed": amount, "found": found, "unit": metric.kind.unit(),
            "met": self.met(), "why": why,
        })
    }
}

/// The lines of a budget, broken ones first.
pub fn text(held: &[Held<'_>]) -> String {
    let mut held: Vec<&Held<'_>> = held.iter().collect();
    held.sort_by_key(|held| held.met());
    let lines: Vec<String> = held.iter().map(|held| format!(" - {}\n", held.line())).collect();
    format!("\nBudget:\n{}", lines.concat())
}

impl Kind {
    fn read(self, text: &str) -> Option<u64> {
        match self {
            Kind::Bytes => stated_size(text),
            Kind::Time => stated_time(text),
            Kind::Count => text.parse().ok(),
            Kind::Share => {
                let number = text.strip_suffix('%').unwrap_or(text).trim();
                let (whole, tenth) = number.split_once('.').unwrap_or((number, "0"));
                let (whole, tenth): (u64, u64) = (whole.parse().ok()?, tenth.parse().ok().filter(|tenth| *tenth < 10)?);
                whole.checked_mul(10)?.checked_add(tenth).filter(|share| *share <= 1000)
            }
        }
    }

    /// The unit of amounts as they are kept.
    fn unit(self) -> &'static str {
        match self {
            Kind::Bytes => "bytes",
            Kind::Time => "ms",
            Kind::Count => "count",
            Kind::Share => "thousandths",
        }
    }

    fn written(self, amount: u64) -> String {
        match self {
            Kind::Bytes => human_size(amount),
            Kind::Time => seconds(amount),
            Kind::Count => amount.to_string(),
            Kind::Share => format!("{}.{}%", amount / 10, amount % 10),
        }
    }
}

fn of_image(builds: &Builds<'_>, measure: impl Fn(&report::ImageView) -> u64) -> Result<(u64, Basis), String> {
    let image = builds.first.image.as_ref().ok_or_else(|| format!("no image comes out: {}", failure(builds.first)))?;
    Ok((measure(image), image.basis))
}

fn of_time(report: &Report, what: &str) -> Result<(u64, Basis), String> {
    match &report.outcome {
        Outcome::Built => Ok((report.totals.ms, report.time.basis)),
        _ => Err(format!("{what} fails: {}", failure(report))),
    }
}

/// The build after the edits that were asked for; else after an edit of a source file.
fn rebuild(builds: &Builds<'_>) -> Result<(u64, Basis), String> {
    if let Some(after) = builds.after {
        return of_time(after, "the build after the edits");
    }
    of_time(builds.first, "the build")?;
    let Builds { context, options, catalog, profile, cache, .. } = *builds;
    let given = Given {
        context: context.clone(),
        options: options.clone(),
        catalog: catalog.clone(),
        profile: profile.clone(),
    };
    let edits = everyday(&given).source;
    if edits.is_empty() {
        return Err(
            "no source file of the build context is taken by a step: name an edit with `build --after`".to_owned()
        );
    }
    let mut edited = context.clone();
    for edit in &edits {
        edited.apply(edit, EDITED_AT).map_err(|error| format!("the edit cannot be made: {error}"))?;
    }
    of_time(&build(&edited, options, catalog, profile, cache).0, "the build after an edit")
}

/// When the source file is edited: seconds since 1970, later than the files.
const EDITED_AT: i64 = 1_893_456_000;

fn found(report: &Report, counts: impl Fn(Severity) -> bool) -> u64 {
    count(report.problems.iter().filter(|problem| counts(problem.diagnostic.severity)).count())
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn failure(report: &Report) -> &str {
    match &report.outcome {
        Outcome::Invalid { message } | Outcome::Failed { message, .. } => message,
        Outcome::Built => "nothing is built",
    }
}
