//! ExposeProtoCasing: `EXPOSE 80/TCP`.
//!
//! Docker writes protocols in lower case wherever it shows a port, so a search for what it shows does not find what is
//! written. Write `80/tcp`, or `80` alone: that is tcp.

use dockerfile::Body;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "ExposeProtoCasing", experimental: false, phase: Phase::Dispatch, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for command in facts.commands() {
        let Body::Expose(written) = &command.instruction.body else {
            continue;
        };
        for port in command.words.iter().filter(|port| has_capitals(port)) {
            let word = written.iter().find(|word| word.text == *port);
            let docker = format!("Defined protocol '{port}' in EXPOSE instruction should be lowercase");
            findings.warn(command.word(word), docker, &[("port", port)]);
        }
    }
}

fn has_capitals(port: &str) -> bool {
    let protocol = port.rsplit(':').next().and_then(|port| port.split_once('/'));
    protocol.is_some_and(|(_, protocol)| protocol != protocol.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    #[test]
    fn a_protocol_with_capitals() {
        let bad = "FROM scratch\nENV P=53/UDP\nEXPOSE 80/TCP $P 81/tcp\n";
        let expected = [
            "3 Defined protocol '53/UDP' in EXPOSE instruction should be lowercase",
            "3 Defined protocol '80/TCP' in EXPOSE instruction should be lowercase",
        ];
        let found = Case::new(bad).found();
        let mut lines: Vec<&str> = found.lines().collect();
        lines.sort_unstable();
        let bare: Vec<String> = lines.iter().map(|line| line.replace(" ExposeProtoCasing:", "")).collect();
        assert_eq!(bare, expected);
        expect(RULE.name, "FROM scratch\nEXPOSE 80 81/tcp 82-83/udp\n", &[]);
    }

    #[test]
    fn not_behind_a_port_that_makes_no_sense() {
        let expected = ["2 Defined protocol '80/TCP' in EXPOSE instruction should be lowercase"];
        expect(RULE.name, "FROM scratch\nEXPOSE 80/TCP 9/FOO\n", &expected);
    }
}
