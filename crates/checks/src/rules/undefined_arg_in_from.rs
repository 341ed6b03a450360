//! UndefinedArgInFrom: a variable in FROM that no ARG before the first FROM declares.
//!
//! FROM knows only those arguments, and the automatic ones such as `TARGETARCH`; any other variable is empty there, so that
//! the image's name comes out short. Declare the argument at the top of the file, or mend the spelling.

use dockerfile::Body;

use super::variable;
use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "UndefinedArgInFrom", experimental: false, phase: Phase::Stages, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    let plan = facts.inputs.plan;
    let globals = facts.all().map_while(|(_, instruction)| match &instruction.body {
        Body::Arg(declarations) => Some(declarations),
        _ => None,
    });
    let declared: Vec<&str> = globals.flatten().map(|arg| arg.name.text.as_str()).collect();
    let known: Vec<&str> = declared.iter().copied().chain(plan.global.names()).collect();
    for (place, from) in facts.lines_of_from() {
        let words = [Some(&from.image), from.platform.as_ref()];
        let own = plan.unset.iter().filter(|unset| unset.in_from && unset.instruction == place.at);
        for unset in own.filter(|unset| !declared.contains(&unset.name.as_str())) {
            let name = &unset.name;
            let mut docker = format!("FROM argument '{name}' is not declared");
            if let Some(meant) = dockerfile::suggest(name, &known) {
                docker += &format!(" (did you mean {meant}?)");
            }
            let range = variable(name, words.into_iter().flatten());
            let place = range.map_or(place, |range| place.at(range));
            findings.warn(place, docker, &[("name", name)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    #[test]
    fn a_variable_that_is_not_declared() {
        let bad = "ARG TAG=1\nFROM busybox:1$TAC\nFROM --platform=linux/amd64$QQQQ busybox\n";
        let expected =
            ["2 FROM argument 'TAC' is not declared (did you mean TAG?)", "3 FROM argument 'QQQQ' is not declared"];
        expect(RULE.name, bad, &expected);
        assert_eq!(Case::new(bad).places(RULE.name), ["$TAC", "$QQQQ"]);
    }

    #[test]
    fn declared_and_automatic_arguments() {
        let good = "ARG TAG\nARG V=1\nFROM --platform=$BUILDPLATFORM busybox:$V$TAG AS a\nFROM busybox:$TARGETARCH\n";
        expect(RULE.name, good, &[]);
    }

    #[test]
    fn an_argument_of_a_stage_is_none_for_from() {
        let bad = "FROM a\nARG V=1\nFROM busybox:1$V\n";
        expect(RULE.name, bad, &["3 FROM argument 'V' is not declared"]);
    }
}
