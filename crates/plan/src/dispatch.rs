//! The instructions of a stage, one after another: what they make of its environment, config, history and steps
//! (the `dispatch…` functions of BuildKit's `convert.go`).

mod copy;
mod metadata;
mod run;
mod shared;

use std::collections::BTreeSet;

use dockerfile::{Body, Dockerfile, Instruction};
pub(crate) use shared::{Shared, Tables};
use source::Diagnostic;

use crate::names::{step_name, step_text};
use crate::stages::{DEFAULT_PATH, Named, error};
use crate::triggers::Triggers;
use crate::{
    Base, Environment, Expander, History, Operation, PlanOptions, Settings, Stage, Step, Unset, Words, Workdir,
};
use catalog::ImageConfig;

/// Bytes of all texts of one Dockerfile with their variables expanded.
const EXPANDED_LIMIT: usize = 16 << 20;

/// Instructions of all stages that are planned: a trigger of ONBUILD counts in each stage that it runs in.
const INSTRUCTION_LIMIT: usize = 100_000;

/// Variables that are not set for which it is looked for what may have been meant.
const SUGGESTIONS: usize = 200;

/// A stage as it is being run through.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) steps: Vec<Step>,
    pub(crate) history: Vec<History>,
    pub(crate) config: ImageConfig,
    /// What of it was set in this stage.
    pub(crate) settings: Settings,
    environment: Environment,
    directory: String,
    /// The same as WORKDIR has it.
    directory_written: String,
    user: String,
    /// Arguments that were declared, as the history of RUN lists them.
    declared: Vec<(String, Option<String>)>,
    /// Whether there are files: a base image or a step.
    has_files: bool,
    /// Whether CMD was set in this stage.
    has_cmd: bool,
    /// Whose tables of the config these are.
    pub(crate) shared: Shared,
    /// What the checks look at.
    pub(crate) words: Vec<Words>,
    number: usize,
    total: usize,
    escape: char,
    /// Whether a RUN asks for the host's network, which a plain build does not allow.
    pub(crate) host_network: bool,
}

/// What the instructions are read against.
pub(crate) struct Scope<'a> {
    options: &'a PlanOptions<'a>,
    globals: &'a Environment,
    /// What the present instruction takes from.
    sources: &'a [Named],
    stage: &'a Stage,
    noted: &'a mut Noted,
    instruction: usize,
    /// Whether the instruction is a trigger of ONBUILD.
    trigger: bool,
}

/// What is gathered over all stages.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    pub(crate) unset: Vec<Unset>,
    /// The same, by instruction and name.
    seen: BTreeSet<(usize, String)>,
    /// Instructions that were planned, and the bytes of text that came out.
    instructions: usize,
    bytes: usize,
}

impl Noted {
    fn spend(&mut self, bytes: usize) -> Result<(), String> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > EXPANDED_LIMIT {
            return Err(format!("variables make the Dockerfile longer than {EXPANDED_LIMIT} bytes"));
        }
        Ok(())
    }
}

impl State {
    /// The state in which a stage begins.
    pub(crate) fn open(stage: &Stage, parent: Option<State>, escape: char) -> State {
        let mut state = match (parent, &stage.base) {
            (Some(parent), _) => {
                let shared = parent.shared.inherit(&parent.config, stage.index);
                State { has_cmd: false, number: 0, total: 0, shared, ..parent }
            }
            (None, base) => State {
                steps: Vec::new(),
                history: Vec::new(),
                config: match base {
                    Base::Image(base) => base.image.as_ref().map(|image| image.config.clone()).unwrap_or_default(),
                    _ => ImageConfig { working_dir: "/".into(), ..ImageConfig::default() },
                },
                settings: Settings::new(),
                environment: Environment::default(),
                directory: "/".into(),
                directory_written: "/".into(),
                user: String::new(),
                declared: Vec::new(),
                has_files: matches!(base, Base::Image(_)),
                has_cmd: false,
                shared: Shared::own(stage.index),
                words: Vec::new(),
                number: 0,
                total: 0,
                escape,
                host_network: false,
            },
        };
        if !state.config.env.iter().any(|(name, _)| name == "PATH") {
            state.config.env.push(("PATH".into(), DEFAULT_PATH.into()));
        }
        state.environment.set_all(&state.config.env);
        if !state.config.working_dir.is_empty() {
            state.config.working_dir = directory_as_written("/", &state.config.working_dir);
            state.directory_written.clone_from(&state.config.working_dir);
            state.directory = absolute("/", &state.config.working_dir);
        }
        if !state.config.user.is_empty() {
            state.user.clone_from(&state.config.user);
        }
        state
    }

    fn expander(&self) -> Expander {
        Expander::new(self.escape)
    }

    fn row(&mut self, created_by: String, step: Option<usize>, scope: &Scope<'_>) {
        self.history.push(History { created_by, step, instruction: scope.instruction });
    }

    /// Notes that the instruction sets a field of the config, or what has that name in it.
    fn set(&mut self, field: &'static str, name: &str, scope: &Scope<'_>) {
        self.settings.insert((field, name.to_string()), scope.instruction);
    }

    /// Adds a step and gives its index.
    fn step(&mut self, written: &str, text: String, operation: Operation, scope: &Scope<'_>) -> usize {
        self.number += 1;
        self.step_of_same_number(written, text, operation, scope)
    }

    /// Adds a step that counts as one with the step before.
    fn step_of_same_number(&mut self, written: &str, text: String, operation: Operation, scope: &Scope<'_>) -> usize {
        self.has_files = true;
        let text = if scope.trigger { format!("ONBUILD {text}") } else { text };
        self.steps.push(Step {
            name: step_name(&scope.stage.label, self.number, self.total, &text),
            text,
            written: written.to_string(),
            instruction: scope.instruction,
            environment: self.environment.clone(),
            directory: self.directory_written.clone(),
            operation,
        });
        self.steps.len() - 1
    }
}

impl Scope<'_> {
    /// Expands a word of the instruction and notes the variables in it that are not set.
    fn expand(&mut self, state: &State, text: &str) -> Result<String, String> {
        self.expand_with(state, state.expander(), text)
    }

    fn expand_with(&mut self, state: &State, expander: Expander, text: &str) -> Result<String, String> {
        let (result, unset) = expander.expand_noting_unset(text, &state.environment);
        for name in unset {
            let declared = state.declared.iter().any(|(argument, _)| *argument == name);
            let instruction = self.instruction;
            if declared
                || name.starts_with("BUILDKIT_SBOM_SCAN_")
                || !self.noted.seen.insert((instruction, name.clone()))
            {
                continue;
            }
            let mut suggestion = None;
            if self.noted.seen.len() <= SUGGESTIONS {
                let names: Vec<&str> = state.environment.names().collect();
                suggestion = dockerfile::suggest(&name, &names).map(str::to_string);
            }
            self.noted.unset.push(Unset { name, instruction, in_from: false, suggestion });
        }
        let text = result?.text;
        self.noted.spend(text.len())?;
        Ok(text)
    }

    /// Keeps words for the checks.
    fn note(&self, state: &mut State, words: impl IntoIterator<Item = String>) {
        state.words.push(Words { instruction: self.instruction, words: words.into_iter().collect() });
    }
}

/// Runs through a needed stage.
#[expect(clippy::too_many_arguments, reason = "the one place where all of a plan's parts come together")]
pub(crate) fn stage(
    file: &Dockerfile,
    options: &PlanOptions<'_>,
    globals: &Environment,
    sources: &[Vec<Named>],
    triggers: &Triggers,
    stage: &Stage,
    state: &mut State,
    noted: &mut Noted,
    dispatched: &mut [bool],
) -> Result<(), Diagnostic> {
    let from = stage.instructions.start;
    let own = from + 1..stage.instructions.end;
    state.config.on_build.clear();
    let parsed = triggers.of_stage.get(stage.index).map(Vec::as_slice).unwrap_or_default();
    let from_range = file.instructions.get(from).map(|i| i.range).unwrap_or_default();
    let instructions = file.instructions.get(own.clone()).unwrap_or_default();
    let is_image = matches!(stage.base, Base::Image(_));
    state.total = usize::from(is_image) + parsed.len() + instructions.iter().filter(|i| makes_step(&i.body)).count();
    if let Base::Image(base) = &stage.base {
        state.number = triggers.rounds.get(stage.index).map_or(0, |round| round.saturating_sub(1));
        let scope = Scope { options, globals, sources: &[], stage, noted, instruction: from, trigger: false };
        let text = format!("FROM {}", base.reference.full());
        state.step(&text.clone(), text, Operation::From, &scope);
    }
    for trigger in parsed {
        let sources = &trigger.sources;
        let mut scope = Scope { options, globals, sources, stage, noted, instruction: from, trigger: true };
        dispatch(&trigger.instruction, &mut scope, state).map_err(|message| error(message, from_range))?;
    }
    for (offset, instruction) in instructions.iter().enumerate() {
        let index = own.start + offset;
        let named = sources.get(index).map(Vec::as_slice).unwrap_or_default();
        if let Some(done) = dispatched.get_mut(index) {
            *done = true;
        }
        let mut scope = Scope { options, globals, sources: named, stage, noted, instruction: index, trigger: false };
        dispatch(instruction, &mut scope, state).map_err(|message| error(message, instruction.range))?;
    }
    Ok(())
}

/// Whether an instruction counts in the total of `[2/6]`.
fn makes_step(body: &Body) -> bool {
    matches!(body, Body::Run(_) | Body::Copy(_) | Body::Add(_) | Body::Workdir(_))
}

fn dispatch(instruction: &Instruction, scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    scope.noted.instructions += 1;
    if scope.noted.instructions > INSTRUCTION_LIMIT {
        return Err(format!("the build has more than {INSTRUCTION_LIMIT} instructions, those of ONBUILD counted"));
    }
    let (steps, rows) = (state.steps.len(), state.history.len());
    let result = dispatch_body(instruction, scope, state);
    let names = state.steps.iter().skip(steps).map(|step| step.name.len());
    let rows = state.history.iter().skip(rows).map(|row| row.created_by.len());
    scope.noted.spend(names.chain(rows).sum())?;
    result
}

fn dispatch_body(instruction: &Instruction, scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    match &instruction.body {
        Body::Run(run) => run::dispatch(instruction, run, scope, state),
        Body::Copy(files) => copy::dispatch(instruction, files, false, scope, state),
        Body::Add(files) => copy::dispatch(instruction, files, true, scope, state),
        Body::Workdir(word) => workdir(instruction, &word.text, scope, state),
        body => metadata::dispatch(body, scope, state),
    }
}

fn workdir(instruction: &Instruction, word: &str, scope: &mut Scope<'_>, state: &mut State) -> Result<(), String> {
    let path = scope.expand(state, word)?;
    scope.note(state, [path.clone()]);
    let written = directory_as_written(&state.directory, &path);
    let path = absolute("/", &written);
    state.directory.clone_from(&path);
    state.config.working_dir.clone_from(&written);
    state.set("WorkingDir", "", scope);
    state.directory_written.clone_from(&written);
    let mut step = None;
    if written == "/" {
        // counted in the total, but nothing is made
    } else {
        let text = step_text(&instruction.original, state.expander(), &state.environment);
        let user = state.config.user.clone();
        step = Some(state.step(
            &instruction.original,
            text,
            Operation::Workdir(Workdir { path: path.clone(), user }),
            scope,
        ));
    }
    state.row(format!("WORKDIR {written}"), step, scope);
    Ok(())
}

/// The path of a WORKDIR as the config has it: only a relative one is made clean.
fn directory_as_written(directory: &str, path: &str) -> String {
    if path.starts_with('/') { path.to_string() } else { absolute(directory, path) }
}

/// A path made absolute and clean: `.` and `..` resolved by text, no slash at the end.
pub(crate) fn absolute(directory: &str, path: &str) -> String {
    let joined = if path.starts_with('/') { path.to_string() } else { format!("{directory}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}
