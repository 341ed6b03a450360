//! RedundantTargetPlatform: `FROM --platform=$TARGETPLATFORM`.
//!
//! A base image is taken for the target platform anyway, so the flag says nothing, and readers look for a reason that is
//! not there. Leave it out. `$BUILDPLATFORM` is another matter: that is the machine that builds.

use super::platforms;
use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "RedundantTargetPlatform", experimental: false, phase: Phase::Stages, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for (place, word, platform) in platforms(facts) {
        let variables = (platform.set.as_slice(), platform.unset.as_slice());
        let target = facts.inputs.plan.global.get("TARGETPLATFORM");
        let alone = matches!(variables, ([name], []) if name == "TARGETPLATFORM");
        if alone && target == Some(platform.text.as_str()) {
            let written = &word.text;
            let docker = format!(
                "Setting platform to predefined {written} in FROM is redundant as this is the default behavior"
            );
            findings.warn(place.at(word.range), docker, &[("variable", written)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    #[test]
    fn the_target_platform_by_name() {
        let message = |line, name: &str| {
            format!("{line} Setting platform to predefined {name} in FROM is redundant as this is the default behavior")
        };
        let bad = "FROM --platform=$TARGETPLATFORM a\nFROM --platform=${TARGETPLATFORM} a\n";
        let expected = [message(1, "$TARGETPLATFORM"), message(2, "${TARGETPLATFORM}")];
        expect(RULE.name, bad, &expected.each_ref().map(String::as_str));
    }

    #[test]
    fn another_platform() {
        let good = "FROM --platform=$BUILDPLATFORM a\nFROM --platform=$TARGETPLATFORM$X a\nFROM a\n\
                    FROM --platform=${TARGETPLATFORM:+linux} a\n";
        expect(RULE.name, good, &[]);
    }
}
