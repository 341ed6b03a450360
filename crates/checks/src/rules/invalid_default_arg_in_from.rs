//! InvalidDefaultArgInFrom: a FROM that names no image unless a build argument is given.
//!
//! Then `docker build` alone fails, and so do tools that read the Dockerfile without building it. Give the ARG a default
//! with which the name makes sense.

use plan::FromLine;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule =
    Rule { name: "InvalidDefaultArgInFrom", experimental: false, phase: Phase::Defaults, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    let lines = &facts.inputs.plan.from_lines;
    for (place, from) in facts.lines_of_from() {
        let invalid = |line: &FromLine| line.instruction == place.at && line.invalid_by_default;
        if lines.iter().any(invalid) {
            let image = &from.image.text;
            let docker = format!("Default value for ARG {image} results in empty or invalid base image name");
            findings.warn(place.at(from.image.range), docker, &[("image", image)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect, expect_case};

    #[test]
    fn a_name_that_needs_a_build_argument() {
        let bad = "ARG TAG\nFROM busybox:$TAG\n";
        let docker = "2 Default value for ARG busybox:$TAG results in empty or invalid base image name";
        expect(RULE.name, bad, &[docker]);
        let given = Case { build_args: &[("TAG", "1")], ..Case::new(bad) };
        expect_case(RULE.name, &given, &[docker]);
        assert_eq!(given.places(RULE.name), ["busybox:$TAG"]);
        expect(RULE.name, "ARG TAG=1\nFROM busybox:$TAG\nFROM busybox:${X:-1}\n", &[]);
    }

    #[test]
    fn a_name_that_is_none_at_all() {
        let docker = "1 Default value for ARG a:b:c results in empty or invalid base image name";
        expect(RULE.name, "FROM a:b:c\n", &[docker]);
    }
}
