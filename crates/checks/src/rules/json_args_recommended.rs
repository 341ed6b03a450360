//! JSONArgsRecommended: CMD or ENTRYPOINT as a text.
//!
//! Docker then starts a shell, which starts the program; `docker stop` signals the shell, the program never hears of it and
//! is killed ten seconds later. Write a JSON array: `CMD ["app"]`. Where a shell is wanted, say so with SHELL.

use dockerfile::{Body, CommandLine};

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "JSONArgsRecommended", experimental: false, phase: Phase::Dispatch, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for command in facts.commands().filter(|command| !command.has_shell) {
        let (Body::Cmd(line) | Body::Entrypoint(line)) = &command.instruction.body else {
            continue;
        };
        if let CommandLine::Shell(word) = line {
            let keyword = command.instruction.keyword.text.as_str();
            let docker = format!(
                "JSON arguments recommended for {keyword} to prevent unintended behavior related to OS signals"
            );
            let place = command.word(Some(word));
            findings.warn(place, docker, &[("instruction", keyword)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    #[test]
    fn a_command_as_a_text() {
        let message = |line, keyword: &str| {
            format!(
                "{line} JSON arguments recommended for {keyword} to prevent unintended behavior related to OS signals"
            )
        };
        let bad = "FROM scratch\nentrypoint a\nCMD [\"a\", b]\n";
        let expected = [message(2, "entrypoint"), message(3, "CMD")];
        expect(RULE.name, bad, &expected.each_ref().map(String::as_str));
    }

    #[test]
    fn an_array_a_shell_that_is_meant_and_other_instructions() {
        let good = "FROM scratch\nCMD [\"a\"]\nENTRYPOINT [\"a\"]\nRUN a\nHEALTHCHECK CMD a\n";
        expect(RULE.name, good, &[]);
        let good = "FROM scratch AS a\nSHELL [\"sh\", \"-c\"]\nCMD a\nFROM a\nENTRYPOINT b\n";
        expect(RULE.name, good, &[]);
    }
}
