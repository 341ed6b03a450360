use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use dockerfile::{Body, Dockerfile, From, Instruction, parse_trigger};
use plan::{Base, Stage};
use source::Diagnostic;

use crate::findings::Place;
use crate::{ARGUMENT, Inputs};

/// A Dockerfile as the rules see it: how far BuildKit gets with it.
#[derive(Debug)]
pub struct Facts<'a> {
    pub(crate) inputs: Inputs<'a>,
    /// How many instructions were parsed, one with a mistake included.
    parsed: usize,
    /// Whether all of them are free of mistakes.
    pub(crate) whole: bool,
    /// What is dispatched, stage by stage.
    pub(crate) stages: Vec<Vec<Command<'a>>>,
}

/// An instruction of a stage that is dispatched, or a trigger that is run as if it were one.
#[derive(Debug)]
pub(crate) struct Command<'a> {
    pub instruction: Cow<'a, Instruction>,
    /// Where Docker places it: a trigger is at its stage's FROM.
    pub place: Place,
    /// The words that the plan has expanded ([`plan::Words`]).
    pub words: Vec<String>,
    /// Whether it is what the build fails at.
    pub failed: bool,
    /// Whether a SHELL is in force.
    pub has_shell: bool,
    /// Whether the Dockerfile has set a WORKDIR before it, in this stage or in those that it builds on.
    pub has_workdir: bool,
    trigger: bool,
}

impl Command<'_> {
    /// The place of the word of the given index; that of the whole for triggers, whose text is elsewhere.
    pub(crate) fn word(&self, word: Option<&dockerfile::Word>) -> Place {
        match word {
            Some(word) if !self.trigger => self.place.at(word.range),
            _ => self.place,
        }
    }
}

impl<'a> Facts<'a> {
    pub(crate) fn new(inputs: &Inputs<'a>) -> Facts<'a> {
        let file = inputs.file;
        let error = first_error(inputs);
        let mut facts = Facts {
            inputs: *inputs,
            parsed: error.map_or(file.instructions.len(), |error| parsed(file, error)),
            whole: error.is_none(),
            stages: Vec::new(),
        };
        if facts.whole {
            facts.stages = dispatched(inputs);
        }
        facts
    }

    /// The instructions that were parsed, one with a mistake included, with their places.
    pub(crate) fn parsed(&self) -> impl Iterator<Item = (Place, &'a Instruction)> {
        let all = self.inputs.file.instructions.iter().enumerate();
        all.take(self.parsed).map(|(at, instruction)| (Place::of(at, instruction), instruction))
    }

    /// All instructions; none where one of them has a mistake.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Place, &'a Instruction)> {
        self.parsed().take(if self.whole { usize::MAX } else { 0 })
    }

    /// The FROM lines; none where an instruction has a mistake.
    pub(crate) fn lines_of_from(&self) -> impl Iterator<Item = (Place, &'a From)> {
        self.all().filter_map(|(place, instruction)| match &instruction.body {
            Body::From(from) => Some((place, from)),
            _ => None,
        })
    }

    /// What is dispatched, in order.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &Command<'a>> {
        self.stages.iter().flatten()
    }
}

/// The first mistake of the text.
fn first_error<'a>(inputs: &Inputs<'a>) -> Option<&'a Diagnostic> {
    let replaced = inputs.build_args.iter().any(|(name, _)| name == ARGUMENT);
    let mut errors = inputs.file.errors.iter();
    errors.find(|error| !(replaced && error.code == "check-options-invalid"))
}

/// How many instructions BuildKit parses before it stops: none where it does not get through the lines.
fn parsed(file: &Dockerfile, error: &Diagnostic) -> usize {
    let message = error.docker.as_deref().unwrap_or_default();
    if error.code == "no-stages" {
        return file.instructions.len();
    }
    if error.code != "no-stage-yet" && !message.starts_with("dockerfile parse error on line ") {
        return 0;
    }
    let at = error.range.start;
    let after = |instruction: &Instruction| instruction.range.start <= at;
    file.instructions.partition_point(after)
}

/// The commands of the stages that are looked at, as far as they are dispatched.
fn dispatched<'a>(inputs: &Inputs<'a>) -> Vec<Vec<Command<'a>>> {
    let mut words: BTreeMap<usize, VecDeque<&Vec<String>>> = BTreeMap::new();
    for list in &inputs.plan.words {
        let slot = words.entry(list.instruction).or_default();
        slot.push_back(&list.words);
    }
    let mut ends: Vec<(bool, bool)> = Vec::new();
    let mut stages = Vec::new();
    for stage in &inputs.plan.stages {
        let (mut has_shell, mut has_workdir) = match &stage.base {
            Base::Stage(base) => ends.get(*base).copied().unwrap_or_default(),
            Base::Image(base) => (base.image.as_ref().is_some_and(|i| is_shell(&i.config.shell)), false),
            Base::Scratch | Base::Invalid => (false, false),
        };
        let mut commands = Vec::new();
        for (instruction, place, trigger) in run_through(inputs, stage) {
            let own = words.get_mut(&place.at).filter(|_| has_words(&instruction.body));
            let command = Command {
                words: own.and_then(VecDeque::pop_front).cloned().unwrap_or_default(),
                failed: !trigger && fails_at(inputs, place),
                has_shell,
                has_workdir,
                trigger,
                instruction,
                place,
            };
            match &command.instruction.body {
                Body::Shell(_) => has_shell = true,
                Body::Workdir(_) => has_workdir = true,
                _ => {}
            }
            commands.push(command);
        }
        ends.push((has_shell, has_workdir));
        stages.push(commands);
    }
    stages
}

/// Whether [`plan::Words`] has an entry for such an instruction.
fn has_words(body: &Body) -> bool {
    matches!(body, Body::Env(_) | Body::Workdir(_) | Body::Copy(_) | Body::Add(_) | Body::Expose(_))
}

fn is_shell(shell: &Option<Vec<String>>) -> bool {
    shell.as_ref().is_some_and(|shell| !shell.is_empty())
}

fn fails_at(inputs: &Inputs<'_>, place: Place) -> bool {
    let error = inputs.plan.error.as_ref();
    error.is_some_and(|error| error.range == place.range)
}

/// The instructions of a stage that are dispatched, triggers first.
fn run_through<'a>(inputs: &Inputs<'a>, stage: &'a Stage) -> Vec<(Cow<'a, Instruction>, Place, bool)> {
    let (file, plan) = (inputs.file, inputs.plan);
    let unplanned = inputs.all_stages && !stage.needed && plan.error.is_none();
    let reached = |at: usize| unplanned || plan.dispatched.get(at) == Some(&true);
    let own = stage.instructions.start + 1..stage.instructions.end;
    let mut list = Vec::new();
    let looked_at = stage.needed || inputs.all_stages;
    if looked_at && (plan.error.is_none() || own.clone().any(reached)) {
        let from = file.instructions.get(stage.instructions.start);
        let place = from.map(|from| Place::of(stage.instructions.start, from));
        for text in triggers(inputs, stage) {
            if let (Ok(instruction), Some(place)) = (parse_trigger(text, file.escape), place) {
                list.push((Cow::Owned(instruction), place, true));
            }
        }
    }
    for at in own.filter(|&at| reached(at)) {
        if let Some(instruction) = file.instructions.get(at) {
            list.push((Cow::Borrowed(instruction), Place::of(at, instruction), false));
        }
    }
    list
}

/// The triggers that a stage's base brings.
fn triggers<'a>(inputs: &Inputs<'a>, stage: &'a Stage) -> Vec<&'a str> {
    match &stage.base {
        Base::Image(base) => {
            base.image.iter().flat_map(|image| image.config.on_build.iter().map(String::as_str)).collect()
        }
        Base::Stage(base) => {
            let range = inputs.plan.stages.get(*base).map(|base| base.instructions.clone());
            let own = range.and_then(|range| inputs.file.instructions.get(range));
            own.unwrap_or_default()
                .iter()
                .filter_map(|instruction| match &instruction.body {
                    Body::Onbuild(trigger) => Some(trigger.text.as_str()),
                    _ => None,
                })
                .collect()
        }
        Base::Scratch | Base::Invalid => Vec::new(),
    }
}
