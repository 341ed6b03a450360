//! MultipleInstructionsDisallowed: CMD, ENTRYPOINT or HEALTHCHECK twice in a stage.
//!
//! Only the last one counts, whatever the earlier one looks like it does; Docker names the earlier one. Take it out. In
//! another stage one more is fine: there it replaces what is inherited.

use dockerfile::Body;

use crate::facts::Facts;
use crate::findings::Place;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule =
    Rule { name: "MultipleInstructionsDisallowed", experimental: false, phase: Phase::Dispatch, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for stage in &facts.stages {
        let mut before: [Option<Place>; 3] = [None; 3];
        for command in stage {
            let [cmd, entrypoint, healthcheck] = &mut before;
            let before = match &command.instruction.body {
                Body::Cmd(_) => cmd,
                Body::Entrypoint(_) => entrypoint,
                Body::Healthcheck(_) => healthcheck,
                _ => continue,
            };
            if let Some(place) = before.replace(command.place) {
                let keyword = command.instruction.keyword.text.as_str();
                let docker = format!(
                    "Multiple {keyword} instructions should not be used in the same stage because only the last one \
                     will be used"
                );
                findings.warn(place, docker, &[("instruction", keyword)]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    fn message(line: usize, keyword: &str) -> String {
        format!(
            "{line} Multiple {keyword} instructions should not be used in the same stage because only the last one will \
             be used"
        )
    }

    #[test]
    fn the_earlier_ones_of_a_stage() {
        let bad = "FROM scratch\nCMD [\"a\"]\nCMD [\"b\"]\ncmd [\"c\"]\nHEALTHCHECK NONE\nHEALTHCHECK CMD a\n\
                   ENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]\n";
        let expected = [message(2, "CMD"), message(3, "cmd"), message(5, "HEALTHCHECK"), message(7, "ENTRYPOINT")];
        expect(RULE.name, bad, &expected.each_ref().map(String::as_str));
    }

    #[test]
    fn one_in_each_of_two_stages() {
        let good = "FROM scratch AS a\nCMD [\"a\"]\nENTRYPOINT [\"a\"]\nFROM a\nCMD [\"b\"]\n";
        expect(RULE.name, good, &[]);
    }
}
