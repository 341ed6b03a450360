//! The closed vocabulary of goals.

use serde::Deserialize;

use crate::Situation;
use crate::check::{Check, Value};
use crate::goals::*;

/// What has to be true of what the learner has made. `kind` names it in a lesson's file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Goal {
    /// An image comes out.
    Builds(Builds),
    /// A step fails.
    Fails(Fails),
    /// The learner has run a build in this step.
    Built(Built),
    /// What the image weighs.
    ImageSize(ImageSize),
    /// What the Dockerfile adds to its base image.
    AddedSize(AddedSize),
    /// What the layer of a step weighs.
    LayerSize(LayerSize),
    /// How many layers the Dockerfile adds.
    Layers(Layers),
    /// What the image carries and nobody can see.
    Wasted(Wasted),
    /// What is sent as build context.
    ContextSize(ContextSize),
    /// Whether a file is sent.
    ContextFile(ContextFile),
    /// A step comes from the cache.
    StepCached(StepCached),
    /// A step runs.
    StepRuns(StepRuns),
    /// How long the first build takes.
    BuildTime(BuildTime),
    /// How long a build takes after an edit.
    RebuildTime(RebuildTime),
    /// Steps run at the same time.
    SideBySide(SideBySide),
    /// A path is in the image.
    FilePresent(FilePresent),
    /// A path is not in the image, or in none of its layers.
    FileAbsent(FileAbsent),
    /// Whom a path belongs to.
    FileOwner(FileOwner),
    /// No layer, variable or row of the history gives a secret away.
    NoSecrets(NoSecrets),
    /// Which user the container runs as.
    User(User),
    /// A field of the image's configuration.
    Config(Config),
    /// What the image is built on.
    BaseImage(BaseImage),
    /// Every base image is named by more than a moving name.
    Pinned(Pinned),
    /// How many stages there are.
    Stages(Stages),
    /// Whether the target needs a stage.
    StageNeeded(StageNeeded),
    /// How many steps of a kind the target's stages have.
    Steps(Steps),
    /// A step has a mount.
    Mount(Mount),
    /// A step has a flag.
    Flag(Flag),
    /// What a step prints.
    Output(Output),
    /// A problem is not there.
    ProblemAbsent(ProblemAbsent),
    /// How sure the image's size is.
    Basis(BasisAtLeast),
    /// One of several goals is met.
    AnyOf(AnyOf),
    /// A goal is not met: for the `when` of hints.
    Not(Not),
}

/// A goal that is not met.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Not {
    /// The goal.
    pub goal: Box<Goal>,
}

/// The sentence that says what a goal asks for: its message is `goal-` and the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Which sentence.
    pub code: &'static str,
    /// Its arguments.
    pub args: Vec<(&'static str, Value)>,
}

macro_rules! each {
    ($self:ident, $goal:ident => $call:expr, $not:expr) => {
        match $self {
            Goal::Builds($goal) => $call,
            Goal::Fails($goal) => $call,
            Goal::Built($goal) => $call,
            Goal::ImageSize($goal) => $call,
            Goal::AddedSize($goal) => $call,
            Goal::LayerSize($goal) => $call,
            Goal::Layers($goal) => $call,
            Goal::Wasted($goal) => $call,
            Goal::ContextSize($goal) => $call,
            Goal::ContextFile($goal) => $call,
            Goal::StepCached($goal) => $call,
            Goal::StepRuns($goal) => $call,
            Goal::BuildTime($goal) => $call,
            Goal::RebuildTime($goal) => $call,
            Goal::SideBySide($goal) => $call,
            Goal::FilePresent($goal) => $call,
            Goal::FileAbsent($goal) => $call,
            Goal::FileOwner($goal) => $call,
            Goal::NoSecrets($goal) => $call,
            Goal::User($goal) => $call,
            Goal::Config($goal) => $call,
            Goal::BaseImage($goal) => $call,
            Goal::Pinned($goal) => $call,
            Goal::Stages($goal) => $call,
            Goal::StageNeeded($goal) => $call,
            Goal::Steps($goal) => $call,
            Goal::Mount($goal) => $call,
            Goal::Flag($goal) => $call,
            Goal::Output($goal) => $call,
            Goal::ProblemAbsent($goal) => $call,
            Goal::Basis($goal) => $call,
            Goal::AnyOf($goal) => $call,
            Goal::Not($goal) => $not,
        }
    };
}

impl Goal {
    pub(crate) fn check(&self, situation: &Situation<'_>) -> Check {
        each!(self, goal => goal.check(situation), {
            let inner = goal.goal.check(situation);
            Check { met: !inner.met, found: inner.found }
        })
    }

    /// Whether it is [`Goal::Not`], or has one among those of which one suffices: these have no sentence of their own.
    pub(crate) fn is_turned_round(&self) -> bool {
        match self {
            Goal::Not(_) => true,
            Goal::AnyOf(any) => any.goals.iter().any(Goal::is_turned_round),
            _ => false,
        }
    }

    /// Whether it takes builds of its own to judge it, and not only the present one.
    #[must_use]
    pub fn tries_builds(&self) -> bool {
        match self {
            Goal::StepCached(goal) => !goal.after.is_empty(),
            Goal::StepRuns(goal) => !goal.after.is_empty(),
            Goal::BuildTime(_) | Goal::RebuildTime(_) | Goal::SideBySide(_) | Goal::Output(_) => true,
            Goal::AnyOf(any) => any.goals.iter().any(Goal::tries_builds),
            Goal::Not(goal) => goal.goal.tries_builds(),
            _ => false,
        }
    }

    /// The sentence that says what it asks for. [`Goal::Not`] has that of what it turns round: it is not for reading.
    #[must_use]
    pub fn aim(&self) -> Aim {
        each!(self, goal => goal.aim(), goal.goal.aim())
    }
}
