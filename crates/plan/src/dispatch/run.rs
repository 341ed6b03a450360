//! RUN.

use std::collections::BTreeMap;

use dockerfile::{CommandLine, Documents, Instruction, MountKind, Run};

use super::metadata::with_shell;
use super::{Scope, State, absolute};
use crate::names::{heredoc_summary, step_text};
use crate::stages::error;
use crate::{Expander, Mount, Operation, Source};

/// Arguments that reach a RUN without an ARG.
const PROXIES: [&str; 5] = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];

pub(super) fn dispatch(
    instruction: &Instruction,
    run: &Run,
    scope: &mut Scope<'_>,
    state: &mut State,
) -> Result<(), String> {
    let mut name = instruction.original.clone();
    let mut script = None;
    let (arguments, shell_form) = match &run.command {
        CommandLine::Exec(words) => (words.clone(), false),
        CommandLine::Shell(word) => {
            let first = instruction.heredocs.first();
            if matches!(run.documents, Documents::Script | Documents::Program) {
                name.extend(first.map(|document| format!(" ({})", heredoc_summary(&document.content))));
            }
            if run.documents == Documents::Program {
                script = first.map(|document| (document.name.clone(), document.content.clone()));
            }
            (with_shell(state, &run.passed.as_ref().unwrap_or(word).text), true)
        }
    };
    if !run.devices.is_empty() {
        return Err("device feature is only supported in Dockerfile frontend 1.14.0-labs or later".into());
    }
    let mounts = mounts(run, scope, state)?;
    let network = run.network.as_ref().map_or("default", |word| word.text.as_str());
    state.host_network |= network == "host";
    let expander = Expander { raw_quotes: true, keep_unset: true, ..state.expander() };
    // a secret's value is not shown, and the name neither
    let mut shown = state.environment.clone();
    mounts.iter().filter_map(|mount| mount.env.as_deref()).for_each(|name| shown.set(name, "****"));
    let text = step_text(&name, expander, &shown);
    let row = history(&arguments, state);
    let operation = Operation::Run(crate::Run {
        arguments,
        shell_form,
        environment: state.environment.clone(),
        proxies: proxies(scope, state),
        directory: state.directory.clone(),
        directory_written: state.directory_written.clone(),
        user: state.user.clone(),
        mounts,
        network: network.to_string(),
        script,
    });
    let step = state.step(&instruction.original, text, operation, scope);
    state.row(row, Some(step), scope);
    Ok(())
}

/// `RUN |2 A=1 B= /bin/sh -c … # buildkit`: the declared arguments in front, each once.
fn history(arguments: &[String], state: &State) -> String {
    let set: BTreeMap<&str, &str> = match state.declared.is_empty() {
        true => BTreeMap::new(),
        false => state.environment.iter().collect(),
    };
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut listed: Vec<String> = Vec::new();
    for (name, value) in &state.declared {
        let value = set.get(name.as_str()).copied().or(value.as_deref()).unwrap_or_default();
        let place = *places.entry(name).or_insert(listed.len());
        let text = format!("{name}={value}");
        match listed.get_mut(place) {
            Some(old) => *old = text,
            None => listed.push(text),
        }
    }
    let mut words = Vec::new();
    if !listed.is_empty() {
        words.push(format!("|{}", listed.len()));
    }
    words.extend(listed);
    words.extend(arguments.iter().cloned());
    format!("RUN {} # buildkit", words.join(" "))
}

fn proxies(scope: &Scope<'_>, state: &State) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, value) in scope.options.build_args {
        let upper = name.to_uppercase();
        if PROXIES.contains(&upper.as_str()) {
            for name in [upper.clone(), upper.to_lowercase()] {
                if state.environment.get(&name).is_none() {
                    found.retain(|(old, _)| *old != name);
                    found.push((name, value.clone()));
                }
            }
        }
    }
    found
}

fn mounts(run: &Run, scope: &mut Scope<'_>, state: &State) -> Result<Vec<Mount>, String> {
    let mut mounts = Vec::new();
    for (index, flag) in run.mount_flags.iter().enumerate() {
        let mount = dockerfile::parse_mount(flag, &mut |value| {
            scope.expand(state, value).map_err(|message| error(message, flag.range))
        });
        let mount = mount.map_err(|diagnostic| diagnostic.docker.unwrap_or_default())?;
        let from = mount_source(&mount, index, scope)?;
        mounts.push(placed(mount, from, state)?);
    }
    Ok(mounts)
}

/// Where a mount's files are from. `from=` of another stage must name an earlier one.
fn mount_source(mount: &dockerfile::Mount, index: usize, scope: &Scope<'_>) -> Result<Source, String> {
    match scope.sources.get(index).map(|named| (&named.source, named.text.as_str())) {
        Some((Source::Image(_), name)) => {
            crate::resolve::image(name, scope.options.catalog).map(Source::Image).map_err(|error| error.to_string())
        }
        Some((Source::Stage(stage), name)) if *stage >= scope.stage.index => Err(format!(
            "cannot mount from stage {} to {}, stage needs to be defined before current command",
            crate::go_quote(name),
            crate::go_quote(mount.target.as_deref().unwrap_or_default())
        )),
        Some((Source::Stage(stage), _)) => Ok(Source::Stage(*stage)),
        Some((Source::Empty, _)) => Ok(Source::Empty),
        _ if mount.kind == MountKind::Bind => Ok(Source::Context),
        _ => Ok(Source::Empty),
    }
}

/// The mount with its paths made absolute and its id completed.
fn placed(mount: dockerfile::Mount, from: Source, state: &State) -> Result<Mount, String> {
    let base_name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_string();
    let secret = matches!(mount.kind, MountKind::Secret | MountKind::Ssh);
    let source = mount.source.unwrap_or_default();
    let id = mount.id.filter(|id| !id.is_empty()).unwrap_or_else(|| match mount.kind {
        MountKind::Secret if source.is_empty() => mount.target.as_deref().map(base_name).unwrap_or_default(),
        MountKind::Secret => source.clone(),
        MountKind::Ssh => "default".into(),
        _ => String::new(),
    });
    let has_target = mount.target.is_some();
    let target = match mount.target {
        Some(target) => absolute(&state.directory, &target),
        None if mount.kind == MountKind::Secret => format!("/run/secrets/{}", base_name(&id)),
        None => "/".into(),
    };
    if target == "/" && !secret {
        return Err(format!("invalid mount target {}", crate::go_quote(&target)));
    }
    Ok(Mount {
        kind: mount.kind,
        from,
        source: absolute("/", &source),
        target,
        id,
        read_only: mount.read_only,
        required: mount.required,
        sharing: mount.sharing.unwrap_or_else(|| "shared".into()),
        mode: mount.mode,
        uid: mount.uid,
        gid: mount.gid,
        size: mount.size,
        env: mount.env,
        has_target,
    })
}
