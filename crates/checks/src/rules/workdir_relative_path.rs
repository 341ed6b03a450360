//! WorkdirRelativePath: a relative WORKDIR before any absolute one.
//!
//! It is taken from the working directory of the base image, which an update of that image may change. Begin the first
//! WORKDIR with a slash; those after it, in stages that build on this one too, may be relative.

use dockerfile::Body;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "WorkdirRelativePath", experimental: false, phase: Phase::Dispatch, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for command in facts.commands().filter(|command| !command.has_workdir) {
        let Body::Workdir(word) = &command.instruction.body else {
            continue;
        };
        for path in command.words.iter().filter(|path| !path.starts_with('/')) {
            let quoted = plan::go_quote(path);
            let docker = format!("Relative workdir {quoted} can have unexpected results if the base image changes");
            findings.warn(command.word(Some(word)), docker, &[("path", path)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    #[test]
    fn a_relative_path_at_first() {
        let bad = "FROM scratch\nENV D=a/b\nWORKDIR $D\nWORKDIR c\nFROM scratch\nWORKDIR x\n";
        let case = Case { all_stages: true, ..Case::new(bad) };
        assert_eq!(case.names(), ["3 WorkdirRelativePath", "6 WorkdirRelativePath"]);
        assert_eq!(case.places(RULE.name), ["$D", "x"]);
        let expected = ["2 Relative workdir \"x\" can have unexpected results if the base image changes"];
        expect(RULE.name, "FROM scratch\nWORKDIR x\n", &expected);
    }

    #[test]
    fn a_relative_path_below_an_absolute_one() {
        let good = "FROM scratch AS a\nWORKDIR /a\nWORKDIR b\nFROM a\nWORKDIR c\n";
        expect(RULE.name, good, &[]);
        expect(RULE.name, "FROM scratch\nENV D=/a\nWORKDIR ${D}\n", &[]);
    }
}
