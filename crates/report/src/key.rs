//! What a step's cache key is made of, for the reader: the parts that BuildKit's `CacheMap` takes (`ops/exec.go`,
//! `ops/file.go`). Where all of them are as they were in an earlier build, the step comes from the cache.

use plan::{CopyFiles, Operation, Run, Step};
use simulate::StepResult;

/// A part of a cache key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// What it is.
    pub kind: KeyKind,
    /// What it is here.
    pub value: String,
}

/// What a part of a cache key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// The words of a RUN, its shell's included.
    Command,
    /// A variable that a RUN gets, from ENV or ARG.
    Variable,
    /// The working directory of a RUN; the folder that WORKDIR makes.
    Directory,
    /// The user of a RUN, the owner of what WORKDIR makes; empty for root.
    User,
    /// The network of a RUN, where it is another than usual.
    Network,
    /// A mount of a RUN.
    Mount,
    /// The last parts of the paths that COPY and ADD take.
    Names,
    /// Where COPY and ADD put files.
    Destination,
    /// `--chown`
    Owner,
    /// `--chmod`
    Mode,
    /// `--exclude`
    Exclude,
    /// The checksum of the files that are taken of the build context: names, contents, modes, owners, no times.
    Context,
    /// The same of a stage or image, whose name comes first.
    Stage,
}

/// The parts of a step's own, in the order in which one reads them. All steps stand on the one before them besides.
pub(crate) fn parts(step: &Step, result: &StepResult) -> Vec<KeyPart> {
    let mut parts = Vec::new();
    match &step.operation {
        Operation::From | Operation::Merge => {}
        Operation::Run(run) => of_run(run, &mut parts),
        Operation::Copy(copy) => of_copy(copy, &mut parts),
        Operation::Workdir(workdir) => {
            push(&mut parts, KeyKind::Directory, workdir.path.clone());
            push(&mut parts, KeyKind::User, workdir.user.clone());
        }
    }
    for (from, digest) in &result.contents {
        let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        match from {
            None => push(&mut parts, KeyKind::Context, short),
            Some(stage) => push(&mut parts, KeyKind::Stage, format!("{stage} {short}")),
        }
    }
    parts
}

fn push(parts: &mut Vec<KeyPart>, kind: KeyKind, value: String) {
    if !value.is_empty() {
        parts.push(KeyPart { kind, value });
    }
}

fn of_run(run: &Run, parts: &mut Vec<KeyPart>) {
    push(parts, KeyKind::Command, run.arguments.join(" "));
    if let Some((_, text)) = &run.script {
        push(parts, KeyKind::Command, text.clone());
    }
    for (name, value) in run.environment.iter() {
        push(parts, KeyKind::Variable, format!("{name}={value}"));
    }
    push(parts, KeyKind::Directory, run.directory_written.clone());
    push(parts, KeyKind::User, run.user.clone());
    if run.network != "default" {
        push(parts, KeyKind::Network, run.network.clone());
    }
    for mount in &run.mounts {
        push(parts, KeyKind::Mount, format!("{} {}", mount.kind.name(), mount.target));
    }
}

fn of_copy(copy: &CopyFiles, parts: &mut Vec<KeyPart>) {
    let names: Vec<&str> = copy.sources.iter().map(|source| source.rsplit('/').next().unwrap_or_default()).collect();
    push(parts, KeyKind::Names, names.join(" "));
    push(parts, KeyKind::Destination, copy.destination.clone());
    push(parts, KeyKind::Owner, copy.chown.clone());
    push(parts, KeyKind::Mode, copy.chmod.clone());
    push(parts, KeyKind::Exclude, copy.exclude.join(" "));
}
