//! UndefinedVar: a variable that the builder puts in and that nothing sets.
//!
//! It comes out empty: `$PAHT` in ENV PATH loses the old path without a word. Mend the spelling, or declare it with ARG or
//! ENV. Text that a shell will read (RUN, CMD and the like) is not the builder's, and EXPOSE brings no warning.

use dockerfile::{Body, Word};

use super::variable;
use crate::facts::Facts;
use crate::findings::Place;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "UndefinedVar", experimental: false, phase: Phase::Dispatch, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.whole {
        return;
    }
    let file = facts.inputs.file;
    for unset in facts.inputs.plan.unset.iter().filter(|unset| !unset.in_from) {
        let Some(instruction) = file.instructions.get(unset.instruction) else {
            continue;
        };
        let name = &unset.name;
        let mut docker = format!("Usage of undefined variable '${name}'");
        if let Some(meant) = &unset.suggestion {
            docker += &format!(" (did you mean ${meant}?)");
        }
        let place = Place::of(unset.instruction, instruction);
        let range = variable(name, words(&instruction.body).into_iter());
        let place = range.map_or(place, |range| place.at(range));
        findings.warn(place, docker, &[("name", name)]);
    }
}

/// The words of an instruction in which the builder puts variables in. Those of FROM are another rule's: what is said of a
/// FROM here is about a trigger that fires there.
fn words(body: &Body) -> Vec<&Word> {
    match body {
        Body::Env(pairs) | Body::Label(pairs) => pairs.iter().flat_map(|pair| [&pair.key, &pair.value]).collect(),
        Body::Arg(declarations) => declarations.iter().filter_map(|arg| arg.default.as_ref()).collect(),
        Body::Copy(files) | Body::Add(files) => {
            let flags = [&files.chown, &files.chmod, &files.checksum];
            let flags = flags.into_iter().flatten();
            let paths = files.sources.iter().chain([&files.destination]);
            flags.chain(paths).chain(&files.exclude).collect()
        }
        Body::Volume(words) => words.iter().collect(),
        Body::User(word) | Body::Workdir(word) | Body::Stopsignal(word) => vec![word],
        Body::Run(run) => run.mount_flags.iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    #[test]
    fn a_variable_that_nothing_sets() {
        let bad = "FROM scratch\nARG VERSION=1\nENV PATH=$PAHT:/x \\\n  A=${VERSON:-1}\nCOPY $QQQQ /x\n";
        let expected = [
            "3 Usage of undefined variable '$PAHT' (did you mean $PATH?)",
            "3 Usage of undefined variable '$VERSON' (did you mean $VERSION?)",
            "5 Usage of undefined variable '$QQQQ'",
        ];
        expect(RULE.name, bad, &expected);
        assert_eq!(Case::new(bad).places(RULE.name), ["$PAHT", "${VERSON", "$QQQQ"]);
    }

    #[test]
    fn what_is_set_or_declared() {
        let good = "FROM scratch AS a\nARG V\nENV A=1\nLABEL a=$A v=$V p=$PATH\nFROM a\nLABEL a=$A v=$V\n";
        expect(RULE.name, good, &[]);
    }

    #[test]
    fn text_that_the_builder_leaves_as_it_is() {
        let good = "FROM scratch\nLABEL a='$A' b=\\$A\nRUN echo $A\nCMD [\"$A\"]\nEXPOSE $A\n";
        expect(RULE.name, good, &[]);
    }

    #[test]
    fn a_variable_that_the_build_fails_at() {
        let bad = "FROM scratch\nENV A=${QQQQ?}\n";
        expect(RULE.name, bad, &["2 Usage of undefined variable '$QQQQ'"]);
    }
}
