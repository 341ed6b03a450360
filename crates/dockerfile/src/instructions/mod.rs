//! The second phase of BuildKit's reading: what a node says (its package `instructions`). One file for each group of
//! instructions that are read alike.

mod arg;
mod command;
mod copy;
mod from;
mod healthcheck;
mod onbuild;
mod pairs;
mod run;
mod single;
mod volume;

pub(crate) use copy::{ADD_FLAGS, COPY_FLAGS};
pub(crate) use from::FROM_FLAGS;
pub(crate) use healthcheck::HEALTHCHECK_FLAGS;
pub use run::NETWORKS;
pub(crate) use run::RUN_FLAGS;

use crate::flags::{self, Flags, Kind};
use crate::joined::Joined;
use crate::mistake::Mistake;
use crate::node::{Arguments, Command, Node};
use crate::suggest::suggest_ignoring_case;
use crate::{Body, Heredoc, Word};

/// The names of all instructions.
pub const INSTRUCTIONS: [&str; 18] = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// What the second phase is asked for.
pub(crate) struct Request<'n> {
    pub node: &'n Node,
    /// The instruction's heredocs.
    pub heredocs: &'n mut Vec<Heredoc>,
}

impl Request<'_> {
    fn line(&self) -> &Joined {
        &self.node.line
    }

    fn command(&self) -> &Command {
        &self.node.command
    }

    fn flags(&self, known: &[(&'static str, Kind)]) -> Result<Flags, Mistake> {
        flags::check(self.line(), &self.command().flags, known)
    }

    /// The arguments as words, whatever their form.
    fn words(&self) -> Vec<Word> {
        let line = self.line();
        match &self.command().arguments {
            Arguments::Words(ranges) => ranges.iter().map(|range| line.word(range)).collect(),
            Arguments::Json(strings) => {
                strings.iter().map(|(text, range)| line.word_with(range, text.clone())).collect()
            }
            Arguments::Text(range) => vec![line.word(range)],
            Arguments::None | Arguments::Pairs(_) | Arguments::Health(..) => Vec::new(),
        }
    }
}

/// What a node says.
pub(crate) fn body(mut request: Request<'_>) -> Result<Body, Mistake> {
    let request = &mut request;
    let keyword = request.command().keyword(request.line());
    match keyword.as_str() {
        "add" => copy::add(request),
        "arg" => arg::arg(request),
        "cmd" => command::cmd(request),
        "copy" => copy::copy(request),
        "entrypoint" => command::entrypoint(request),
        "env" => pairs::env(request),
        "expose" => volume::expose(request),
        "from" => from::from(request),
        "healthcheck" => healthcheck::healthcheck(request),
        "label" => pairs::label(request),
        "maintainer" => single::maintainer(request),
        "onbuild" => onbuild::onbuild(request),
        "run" => run::run(request),
        "shell" => command::shell(request),
        "stopsignal" => single::stopsignal(request),
        "user" => single::user(request),
        "volume" => volume::volume(request),
        "workdir" => single::workdir(request),
        _ => Err(unknown(request)),
    }
}

fn unknown(request: &Request<'_>) -> Mistake {
    let keyword = request.command().keyword.clone();
    let name = request.line().of(&keyword);
    Mistake::new("unknown-instruction", format!("unknown instruction: {name}"))
        .with("instruction", name)
        .or_rather(suggest_ignoring_case(name, &INSTRUCTIONS))
        .at(keyword)
}

fn at_least_one(name: &str) -> Mistake {
    Mistake::new("no-arguments", format!("{name} requires at least one argument")).with("instruction", name)
}

fn exactly_one(name: &str) -> Mistake {
    Mistake::new("not-one-argument", format!("{name} requires exactly one argument")).with("instruction", name)
}

fn blank_name(name: &str) -> Mistake {
    Mistake::new("blank-name", format!("{name} names can not be blank")).with("instruction", name)
}
