//! Which part of a step's own cache key is another: all but what it is put on.

use std::collections::BTreeSet;

use plan::{CopyFiles, Environment, Operation, Run, Workdir};

use super::files;
use crate::key::{effective_network, mount_options, plain_mode, plain_owner};
use crate::trace::Trace;
use crate::{Reason, VariableKind};

/// The first difference between a step of an earlier build and the same step now.
pub(super) fn difference(before: &Trace, now: &Trace) -> Option<Reason> {
    let own = match (&before.operation, &now.operation) {
        (Operation::Run(old), Operation::Run(new)) => run(before, now, old, new),
        (Operation::Copy(old), Operation::Copy(new)) => copy(before, now, old, new),
        (Operation::Workdir(old), Operation::Workdir(new)) => workdir(before, now, old, new),
        _ => None,
    };
    own.or_else(|| before.sources.iter().zip(&now.sources).find_map(|(old, new)| files::difference(old, new)))
}

fn run(before: &Trace, now: &Trace, old: &Run, new: &Run) -> Option<Reason> {
    if old.arguments != new.arguments || old.script != new.script {
        if let (true, true, Some((old_script, old_shell)), Some((new_script, new_shell))) =
            (old.shell_form, new.shell_form, old.arguments.split_last(), new.arguments.split_last())
            && old_script == new_script
            && old.script == new.script
        {
            return Some(Reason::ShellChanged { before: old_shell.join(" "), after: new_shell.join(" ") });
        }
        return Some(if before.text == now.text { Reason::HeredocChanged } else { command(before, now) });
    }
    variables(&old.environment, &new.environment)
        .or_else(|| {
            (old.directory_written != new.directory_written).then(|| Reason::WorkdirChanged {
                before: old.directory_written.clone(),
                after: new.directory_written.clone(),
            })
        })
        .or_else(|| user(&old.user, &new.user))
        .or_else(|| {
            let (old, new) = (effective_network(old, before.network), effective_network(new, now.network));
            flag("--network", old, new)
        })
        .or_else(|| mounts(old, new))
}

fn copy(before: &Trace, now: &Trace, old: &CopyFiles, new: &CopyFiles) -> Option<Reason> {
    let names = |copy: &CopyFiles| copy.documents.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    if old.add != new.add {
        return Some(command(before, now));
    }
    let others = || {
        if old.sources != new.sources || names(old) != names(new) {
            let listed = |copy: &CopyFiles| copy.sources.iter().cloned().chain(names(copy)).collect();
            return Some(Reason::SourcesChanged { before: listed(old), after: listed(new) });
        }
        if old.destination != new.destination {
            let (before, after) = (old.destination.clone(), new.destination.clone());
            return Some(Reason::DestinationChanged { before, after });
        }
        flag("--chown", &plain_owner(&old.chown), &plain_owner(&new.chown))
            .or_else(|| flag("--chmod", &plain_mode(&old.chmod), &plain_mode(&new.chmod)))
            .or_else(|| flag("--exclude", &old.exclude.join(","), &new.exclude.join(",")))
            .or_else(|| flag("--checksum", &old.checksum, &new.checksum))
            .or_else(|| flag("--unpack", truth(old.unpack), truth(new.unpack)))
            .or_else(|| (old.documents != new.documents).then_some(Reason::HeredocChanged))
    };
    let other = others()?;
    // The same words come out otherwise: something above is the cause.
    if before.written == now.written {
        if let Some(reason) = named_variable(before, now) {
            return Some(reason);
        }
        if before.directory != now.directory && matches!(other, Reason::DestinationChanged { .. }) {
            let (before, after) = (before.directory.clone(), now.directory.clone());
            return Some(Reason::WorkdirChanged { before, after });
        }
    }
    Some(other)
}

fn workdir(before: &Trace, now: &Trace, old: &Workdir, new: &Workdir) -> Option<Reason> {
    if old.path != new.path {
        let same = before.written == now.written;
        return same.then(|| named_variable(before, now)).flatten().or_else(|| {
            let (before, after) = (old.path.clone(), new.path.clone());
            Some(Reason::WorkdirChanged { before, after })
        });
    }
    user(&old.user, &new.user)
}

fn command(before: &Trace, now: &Trace) -> Reason {
    Reason::CommandChanged { before: before.text.clone(), after: now.text.clone() }
}

fn user(before: &str, after: &str) -> Option<Reason> {
    (before != after).then(|| Reason::UserChanged { before: before.to_string(), after: after.to_string() })
}

fn truth(on: bool) -> &'static str {
    if on { "true" } else { "" }
}

/// A flag that differs; an empty value is a flag that is not there.
fn flag(flag: &'static str, before: &str, after: &str) -> Option<Reason> {
    let given = |value: &str| (!value.is_empty()).then(|| value.to_string());
    (before != after).then(|| Reason::FlagChanged { flag, before: given(before), after: given(after) })
}

fn variable(name: &str, before: &Environment, after: &Environment) -> Option<Reason> {
    let (old, new) = (before.get(name), after.get(name));
    let giver = if new.is_some() { after } else { before };
    (old != new).then(|| Reason::VariableChanged {
        by: if giver.is_argument(name) { VariableKind::Arg } else { VariableKind::Env },
        name: name.to_string(),
        before: old.map(str::to_string),
        after: new.map(str::to_string),
    })
}

fn variables(before: &Environment, after: &Environment) -> Option<Reason> {
    if before.iter().eq(after.iter()) {
        return None;
    }
    let mut names = after.names().chain(before.names());
    names.find_map(|name| variable(name, before, after)).or(Some(Reason::VariablesReordered))
}

/// A variable that the instruction names and that has another value now.
fn named_variable(before: &Trace, now: &Trace) -> Option<Reason> {
    let names: BTreeSet<&str> = now
        .written
        .split('$')
        .skip(1)
        .map(|rest| rest.strip_prefix('{').unwrap_or(rest))
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default())
        .collect();
    names.into_iter().find_map(|name| variable(name, &before.environment, &now.environment))
}

/// The first mount that differs, as `--mount` has it.
fn mounts(old: &Run, new: &Run) -> Option<Reason> {
    let listed = |run: &Run| -> Vec<String> {
        let text = |mount| {
            let given = mount_options(mount).into_iter().filter(|(_, value)| !value.is_empty());
            given.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(",")
        };
        run.mounts.iter().map(text).collect()
    };
    let (old, new) = (listed(old), listed(new));
    let at = (0..old.len().max(new.len())).find(|at| old.get(*at) != new.get(*at))?;
    Some(Reason::FlagChanged { flag: "--mount", before: old.get(at).cloned(), after: new.get(at).cloned() })
}
