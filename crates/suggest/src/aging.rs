//! Steps whose result would be another one day, although nothing of the project changed: the cache does not know.

use dockerfile::{Body, parse};
use report::Report;

use crate::script::{Call, read};

/// What a step takes from outside that moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ages {
    /// The lists and packages of the system's package manager.
    Packages,
    /// Dependencies without a fixed version.
    Dependencies,
    /// What lies at an address, or in a repository.
    Download,
    /// A base image without a digest.
    Image,
}

impl Ages {
    /// Its name in the page's locales, behind `suggest-ages-`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Ages::Packages => "packages",
            Ages::Dependencies => "dependencies",
            Ages::Download => "download",
            Ages::Image => "image",
        }
    }
}

/// The steps of a report that age, as indices into its steps. `text` is the Dockerfile.
#[must_use]
pub fn aging(report: &Report, text: &str) -> Vec<(usize, Ages)> {
    let file = parse(text);
    let steps = report.steps.iter().enumerate().filter_map(|(index, step)| {
        let instruction = file.instructions.iter().find(|instruction| instruction.range == step.range)?;
        let ages = match &instruction.body {
            Body::From(from) if step.text.starts_with("FROM ") => {
                let moves = from.image.text != "scratch" && !step.text.contains('@');
                (moves && step.inputs.is_empty()).then_some(Ages::Image)
            }
            Body::Run(run) => read(instruction, run).calls.iter().filter_map(of_call).min(),
            Body::Add(add) => add.sources.iter().any(|source| source.text.contains("://")).then_some(Ages::Download),
            _ => None,
        };
        Some((index, ages?))
    });
    steps.collect()
}

fn of_call(call: &Call) -> Option<Ages> {
    let unpinned = || call.operands().skip(1).any(|word| !word.contains("==") && !word.contains('@'));
    match (call.name(), call.verb()) {
        ("apt-get" | "apt" | "apk" | "dnf" | "microdnf" | "yum" | "zypper", verb) => {
            ["update", "install", "add", "upgrade"].contains(&verb).then_some(Ages::Packages)
        }
        ("npm" | "pnpm", "install" | "i" | "add") | ("yarn", "add") => Some(Ages::Dependencies),
        ("pip" | "pip3" | "gem", "install") | ("cargo" | "go", "install") => unpinned().then_some(Ages::Dependencies),
        ("curl" | "wget", _) | ("git", "clone") => Some(Ages::Download),
        _ => None,
    }
}
