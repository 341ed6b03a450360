//! Instructions that change the config and run nothing.

use dockerfile::{ArgDeclaration, Body, CommandLine, Healthcheck, Pair, Word};

use super::{Scope, State};
use crate::quote::{go_duration, go_quote_rune};
use crate::{go_quote, go_quote_list, ports, signals};

pub(super) fn dispatch(body: &Body, scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    match body {
        Body::Env(pairs) => env(pairs, scope, state),
        Body::Label(pairs) => label(pairs, scope, state),
        Body::Arg(declarations) => arg(declarations, scope, state),
        Body::Cmd(command) => cmd(command, scope, state),
        Body::Entrypoint(command) => entrypoint(command, scope, state),
        Body::Shell(words) => {
            state.config.shell = Some(words.clone());
            state.set("Shell", "", scope);
            state.row(format!("SHELL [{}]", words.join(" ")), None, scope);
            Ok(())
        }
        Body::Expose(words) => expose(words, scope, state),
        Body::Volume(words) => volume(words, scope, state),
        Body::User(word) => {
            let user = scope.expand(state, &word.text)?;
            state.user.clone_from(&user);
            state.config.user.clone_from(&user);
            state.set("User", "", scope);
            state.row(format!("USER {user}"), None, scope);
            Ok(())
        }
        Body::Stopsignal(word) => {
            let signal = scope.expand(state, &word.text)?;
            if !signals::is_signal(&signal) {
                return Err(format!("invalid signal: {signal}"));
            }
            state.config.stop_signal.clone_from(&signal);
            state.set("StopSignal", "", scope);
            state.row(format!("STOPSIGNAL {signal}"), None, scope);
            Ok(())
        }
        Body::Maintainer(name) => {
            state.row(format!("MAINTAINER {name}"), None, scope);
            Ok(())
        }
        Body::Healthcheck(check) => {
            healthcheck(check, scope, state);
            Ok(())
        }
        Body::Onbuild(trigger) => {
            // no row in the history: BuildKit only notes it in the config
            state.config.on_build.push(trigger.text.clone());
            state.set("OnBuild", "", scope);
            Ok(())
        }
        Body::From(_) | Body::Run(_) | Body::Copy(_) | Body::Add(_) | Body::Workdir(_) | Body::Invalid => Ok(()),
    }
}

/// Expands names and values with the environment from before the instruction.
fn pairs(pairs: &[Pair], scope: &mut Scope<'_>, state: &State) -> Result<Vec<(String, String)>, String> {
    pairs
        .iter()
        .map(|pair| Ok((scope.expand(state, &pair.key.text)?, scope.expand(state, &pair.value.text)?)))
        .collect()
}

fn env(words: &[Pair], scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    let mut row = String::from("ENV");
    let pairs = pairs(words, scope, state)?;
    scope.note(state, pairs.iter().map(|(name, _)| name.clone()));
    for (name, value) in pairs {
        row.push_str(&format!(" {name}={value}"));
        // every variable of the config is in the environment
        let known = state.environment.get(&name).is_some();
        state.environment.set(&name, &value);
        state.set("Env", &name, scope);
        match state.config.env.iter_mut().filter(|_| known).find(|(key, _)| *key == name) {
            Some((_, old)) => *old = value,
            None => state.config.env.push((name, value)),
        }
    }
    state.row(row, None, scope);
    Ok(())
}

fn label(words: &[Pair], scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    let mut row = String::from("LABEL");
    for (name, value) in pairs(words, scope, state)? {
        row.push_str(&format!(" {name}={value}"));
        state.set("Labels", &name, scope);
        state.config.labels.insert(name, value);
    }
    state.row(row, None, scope);
    Ok(())
}

fn arg(declarations: &[ArgDeclaration], scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    let mut row = Vec::new();
    for declaration in declarations {
        let name = declaration.name.text.clone();
        let given = scope.options.build_args.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        let value = match (given, &declaration.default) {
            (Some(value), _) => Some(value),
            (None, Some(default)) => Some(scope.expand(state, &default.text)?),
            (None, None) => scope.globals.get(&name).map(str::to_string),
        };
        if let Some(value) = value.as_ref().filter(|_| !name.starts_with("BUILDKIT_SBOM_SCAN_")) {
            state.environment.set_argument(&name, value);
        }
        row.push(value.as_ref().map_or_else(|| name.clone(), |value| format!("{name}={value}")));
        state.declared.push((name, value));
    }
    state.row(format!("ARG {}", row.join(" ")), None, scope);
    Ok(())
}

/// The words of a command, those of SHELL in front of a shell form.
pub(super) fn with_shell(state: &State, script: &str) -> Vec<String> {
    let default = || vec!["/bin/sh".to_string(), "-c".to_string()];
    let shell = state.config.shell.clone().filter(|shell| !shell.is_empty()).unwrap_or_else(default);
    shell.into_iter().chain([script.to_string()]).collect()
}

fn words(command: &CommandLine, state: &State) -> Vec<String> {
    match command {
        CommandLine::Shell(script) => with_shell(state, &script.text),
        CommandLine::Exec(words) => words.clone(),
    }
}

fn cmd(command: &CommandLine, scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    let words = words(command, state);
    state.row(format!("CMD {}", go_quote_list(&words)), None, scope);
    state.config.cmd = Some(words);
    state.set("Cmd", "", scope);
    state.set("ArgsEscaped", "", scope);
    state.config.args_escaped = true;
    state.has_cmd = true;
    Ok(())
}

fn entrypoint(command: &CommandLine, scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    let words = words(command, state);
    state.row(format!("ENTRYPOINT {}", go_quote_list(&words)), None, scope);
    state.config.entrypoint = Some(words);
    state.set("Entrypoint", "", scope);
    if !state.has_cmd {
        state.config.cmd = None;
    }
    Ok(())
}

fn expose(words: &[Word], scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    let mut sorted: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    sorted.sort_unstable();
    let mut expanded = Vec::new();
    for word in sorted {
        // a variable may hold several ports; unset ones bring no warning here
        expanded.extend(state.expander().expand(word, &state.environment)?.words);
    }
    let mut ports = Vec::new();
    let mut read = Vec::new();
    let result: Result<(), String> = expanded.into_iter().try_for_each(|word| {
        let port = ports::expand_port(&word);
        // the checks look at a port once its protocol is known to be one
        let no_protocol = |message: &String| message.starts_with("invalid port: ");
        read.extend((!port.as_ref().is_err_and(no_protocol)).then_some(word));
        ports.extend(port?);
        Ok(())
    });
    scope.note(state, read);
    result?;
    for port in &ports {
        state.set("ExposedPorts", port, scope);
    }
    state.config.exposed_ports.extend(ports.iter().cloned());
    state.config.exposed_ports.sort_unstable();
    state.config.exposed_ports.dedup();
    state.row(format!("EXPOSE [{}]", ports.join(" ")), None, scope);
    Ok(())
}

fn volume(words: &[Word], scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    let mut paths = Vec::new();
    for word in words {
        let path = scope.expand(state, &word.text)?;
        if path.is_empty() {
            return Err("VOLUME specified can not be an empty string".into());
        }
        paths.push(path);
    }
    state.row(format!("VOLUME [{}]", paths.join(" ")), None, scope);
    for path in &paths {
        state.set("Volumes", path, scope);
    }
    state.config.volumes.extend(paths);
    state.config.volumes.sort_unstable();
    state.config.volumes.dedup();
    Ok(())
}

fn healthcheck(check: &Healthcheck, scope: &mut Scope<'_>, state: &mut State) {
    let test = match &check.command {
        None => vec!["NONE".to_string()],
        Some(CommandLine::Shell(script)) => vec!["CMD-SHELL".to_string(), script.text.clone()],
        Some(CommandLine::Exec(words)) => std::iter::once("CMD".to_string()).chain(words.iter().cloned()).collect(),
    };
    let times = [check.interval, check.timeout, check.start_period, check.start_interval]
        .map(|time| go_quote(&go_duration(time)))
        .join(" ");
    state.row(
        format!("HEALTHCHECK &{{{} {times} {}}}", go_quote_list(&test), go_quote_rune(check.retries)),
        None,
        scope,
    );
    state.set("Healthcheck", "", scope);
    state.config.healthcheck = Some(catalog::Healthcheck {
        test,
        interval: check.interval,
        timeout: check.timeout,
        start_period: check.start_period,
        start_interval: check.start_interval,
        retries: check.retries,
    });
}
