//! ExposeInvalidFormat: `EXPOSE 127.0.0.1:8080:80` and `EXPOSE 8080:80`.
//!
//! EXPOSE only notes which port the container listens at; the address and the host's port are dropped. Write the
//! container's port alone, and give the rest to `docker run --publish`.

use dockerfile::Body;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "ExposeInvalidFormat", experimental: false, phase: Phase::Dispatch, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for command in facts.commands() {
        let Body::Expose(written) = &command.instruction.body else {
            continue;
        };
        for port in command.words.iter().filter(|port| has_host(port)) {
            let word = written.iter().find(|word| word.text == *port);
            let docker =
                format!("EXPOSE instruction should not define an IP address or host-port mapping, found '{port}'");
            findings.warn(command.word(word), docker, &[("port", port)]);
        }
    }
}

/// Whether something stands before the container's port: a host's port, or an address before that.
fn has_host(port: &str) -> bool {
    let Some((before, _)) = port.rsplit_once(':') else {
        return false;
    };
    let (address, host) = before.rsplit_once(':').unwrap_or(("", before));
    !address.is_empty() || !host.is_empty()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    #[test]
    fn an_address_or_a_port_of_the_host() {
        let message = |line, port: &str| {
            format!("{line} EXPOSE instruction should not define an IP address or host-port mapping, found '{port}'")
        };
        let bad = "FROM scratch\nEXPOSE 127.0.0.1:80:80\nEXPOSE 5000:6000\nEXPOSE 127.0.0.1::80\n";
        let expected = [message(2, "127.0.0.1:80:80"), message(3, "5000:6000"), message(4, "127.0.0.1::80")];
        expect(RULE.name, bad, &expected.each_ref().map(String::as_str));
        expect(RULE.name, "FROM scratch\nEXPOSE 80 :81 ::82 90-91/udp\n", &[]);
    }

    #[test]
    fn an_address_that_is_none() {
        let expected =
            ["2 EXPOSE instruction should not define an IP address or host-port mapping, found '80:90:100:110'"];
        expect(RULE.name, "FROM scratch\nEXPOSE 80:90:100:110 ::1:80:80\n", &expected);
    }
}
