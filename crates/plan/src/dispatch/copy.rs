//! COPY and ADD.

use dockerfile::{Copy, Instruction};

use super::{Scope, State, absolute};
use crate::names::step_text;
use crate::{CopyFiles, Expander, Operation, Source};

pub(super) fn dispatch(
    instruction: &Instruction,
    files: &Copy,
    add: bool,
    scope: &mut Scope<'_>,
    state: &mut State,
) -> Result<(), String> {
    let from = source(files, scope)?;
    let mut expand = |word: Option<&dockerfile::Word>| match word {
        None => Ok(String::new()),
        Some(word) => scope.expand(state, &word.text),
    };
    let chown = expand(files.chown.as_ref())?;
    let chmod = expand(files.chmod.as_ref())?;
    let checksum = expand(files.checksum.as_ref())?;
    let written: Vec<String> = files.sources.iter().map(|word| expand(Some(word))).collect::<Result<_, _>>()?;
    let destination_text = expand(Some(&files.destination))?;
    // the one flag whose variables stay as they are, though the step's name shows their values
    let exclude: Vec<String> = files.exclude.iter().map(|word| word.text.clone()).collect();
    let documents = documents(instruction, files, scope, state)?;
    scope.note(state, written.iter().cloned());
    check_mode(&chmod)?;
    check_checksum(&checksum, &written)?;

    let mut row = String::from(if add { "ADD" } else { "COPY" });
    for (flag, value) in [("chown", &chown), ("chmod", &chmod)] {
        if !value.is_empty() {
            row.push_str(&format!(" --{flag}={value}"));
        }
    }
    let mut sources = Vec::new();
    for source in &written {
        row.push_str(&format!(" {source}"));
        if is_url(source) {
            if !add {
                return Err("source can't be a URL for COPY".into());
            }
            sources.push(source.clone());
        } else if is_git(source) {
            if !add {
                return Err("source can't be a git ref for COPY".into());
            }
            sources.push(source.clone());
        } else {
            sources.push(absolute("/", source));
        }
    }
    for (name, _) in &documents {
        row.push_str(&format!(" <<{name}"));
    }
    row.push_str(&format!(" {destination_text} # buildkit"));

    let mut destination = absolute(&state.directory, &destination_text);
    let into = destination_text.is_empty() || destination_text == "." || destination_text.ends_with('/');
    if into && !destination.ends_with('/') {
        destination.push('/');
    }
    let text = step_text(&instruction.original, state.expander(), &state.environment);
    // a mode asked for makes it a plain copy (`convert_copy.go`); on nothing there is nothing to link to
    let link = files.link && scope.options.link && chmod.is_empty();
    let merge = link && state.has_files;
    let operation = Operation::Copy(CopyFiles {
        add,
        from,
        sources,
        documents,
        destination,
        chown,
        chmod,
        link,
        exclude,
        unpack: add && files.unpack.unwrap_or(true),
        checksum,
    });
    let step = state.step(&instruction.original, text.clone(), operation, scope);
    if merge {
        let text = format!("LINK {text}");
        state.step_of_same_number(&instruction.original, text, Operation::Merge, scope);
    }
    state.row(row, Some(step), scope);
    Ok(())
}

fn source(files: &Copy, scope: &Scope<'_>) -> Result<Source, String> {
    let Some(from) = files.from.as_ref().filter(|from| !from.text.is_empty()) else {
        return Ok(Source::Context);
    };
    match scope.sources.first().map(|named| &named.source) {
        Some(Source::Stage(stage)) if *stage >= scope.stage.index => Err(format!(
            "cannot copy from stage {}, it needs to be defined before current stage {}",
            crate::go_quote(&from.text),
            crate::go_quote(&scope.stage.label)
        )),
        Some(Source::Image(_)) => crate::resolve::image(&from.text, scope.options.catalog)
            .map(Source::Image)
            .map_err(|error| error.to_string()),
        Some(source) => Ok(source.clone()),
        None => Ok(Source::Context),
    }
}

/// The heredocs among the sources, variables expanded where their delimiter is not quoted. Quotes in them are text.
fn documents(
    instruction: &Instruction,
    files: &Copy,
    scope: &mut Scope<'_>,
    state: &State,
) -> Result<Vec<(String, String)>, String> {
    let expander = Expander { skip_quotes: true, ..Expander::new('\\') };
    files
        .documents
        .iter()
        .filter_map(|&index| instruction.heredocs.get(index))
        .map(|document| {
            let text = if document.expand {
                scope.expand_with(state, expander, &document.content)?
            } else {
                document.content.clone()
            };
            Ok((document.name.clone(), text))
        })
        .collect()
}

fn check_mode(mode: &str) -> Result<(), String> {
    let octal = || format!("invalid chmod parameter: '{mode}'. it should be octal string and between 0 and 07777");
    if mode.is_empty() {
        return Ok(());
    }
    if mode.starts_with(|c: char| c.is_ascii_digit()) {
        let fits = u32::from_str_radix(mode, 8).is_ok_and(|value| value <= 0o7777);
        return if fits { Ok(()) } else { Err(octal()) };
    }
    let clause = |clause: &str| {
        let at = clause.find(['+', '-', '=']);
        let (who, what) = clause.split_at(at.unwrap_or(clause.len()));
        at.is_some() && who.chars().all(|c| "ugoa".contains(c)) && what.chars().all(|c| "+-=rwxXstugo".contains(c))
    };
    if mode.split(',').all(clause) { Ok(()) } else { Err("invalid syntax".into()) }
}

fn check_checksum(checksum: &str, sources: &[String]) -> Result<(), String> {
    if checksum.is_empty() {
        return Ok(());
    }
    if sources.len() != 1 {
        return Err("checksum can't be specified for multiple sources".into());
    }
    if sources.iter().all(|source| is_git(source)) {
        Ok(())
    } else if sources.iter().all(|source| is_url(source)) {
        check_digest(checksum)
    } else {
        Err("checksum requires HTTP(S) or Git sources".into())
    }
}

/// opencontainers/go-digest, `Digest.Validate`.
fn check_digest(text: &str) -> Result<(), String> {
    let invalid = || "invalid checksum digest format".to_owned();
    let (algorithm, hex) = text.split_once(':').ok_or_else(invalid)?;
    let parts = algorithm.split(['.', '+', '_', '-']);
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let is_value = !hex.is_empty() && hex.chars().all(|c| c.is_ascii_alphanumeric() || "=_-".contains(c));
    if !is_value || !parts.into_iter().all(is_name) {
        return Err(invalid());
    }
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return Err("unsupported digest algorithm".into()),
    };
    match hex.len() == length {
        false => Err("invalid checksum digest length".into()),
        true if hex.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)) => Ok(()),
        true => Err(invalid()),
    }
}

fn is_url(source: &str) -> bool {
    (source.starts_with("http://") || source.starts_with("https://")) && !is_git(source)
}

fn is_git(source: &str) -> bool {
    let path = source.split(['#', '?']).next().unwrap_or_default();
    let remote = source.starts_with("http://") || source.starts_with("https://");
    source.starts_with("git@")
        || source.starts_with("git://")
        || source.starts_with("ssh://")
        || (remote && path.ends_with(".git"))
}
