//! StageNameCasing: a stage whose name has capitals in it.
//!
//! Docker lowers the names of stages, so that `Build` and `build` are one and the same; image names have no capitals at
//! all. Write the name in lower case, then what is written is what Docker shows.

use dockerfile::{Body, From};

use super::from_arguments;
use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "StageNameCasing", experimental: false, phase: Phase::Instructions, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for (place, instruction) in facts.parsed() {
        // a third word counts as a name, whatever the second one is
        let arguments = from_arguments(instruction);
        let Some([_, _, name]) = arguments.as_deref() else {
            continue;
        };
        if *name == name.to_lowercase() {
            continue;
        }
        let place = match &instruction.body {
            Body::From(From { name: Some((_, word)), .. }) => place.at(word.range),
            _ => place,
        };
        let docker = format!("Stage name '{name}' should be lowercase");
        findings.warn(place, docker, &[("name", name)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    #[test]
    fn capitals_in_a_name() {
        let bad = "FROM scratch AS Build\nFROM --platform=$BUILDPLATFORM scratch AS bIg\n";
        let expected = ["1 Stage name 'Build' should be lowercase", "2 Stage name 'bIg' should be lowercase"];
        expect(RULE.name, bad, &expected);
        assert_eq!(Case::new(bad).places(RULE.name), ["Build", "bIg"]);
        expect(RULE.name, "FROM scratch AS build-stage_2.x\nFROM scratch\n", &[]);
    }

    #[test]
    fn a_from_that_makes_no_sense_has_a_name_too() {
        for bad in ["FROM a AS $N", "FROM a is N", "FROM --x=y a as N"] {
            let name = if bad.contains('$') { "$N" } else { "N" };
            let expected = format!("1 Stage name '{name}' should be lowercase");
            expect(RULE.name, bad, &[expected.as_str()]);
        }
        expect(RULE.name, "FROM a AS N x", &[]);
    }
}
