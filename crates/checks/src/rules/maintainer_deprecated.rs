//! MaintainerDeprecated: MAINTAINER.
//!
//! It does what a label does, but tools find labels and do not find it. Write
//! `LABEL org.opencontainers.image.authors="…"` instead.

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule =
    Rule { name: "MaintainerDeprecated", experimental: false, phase: Phase::Instructions, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for (place, instruction) in facts.parsed() {
        if instruction.keyword.text.eq_ignore_ascii_case("maintainer") {
            let docker = "Maintainer instruction is deprecated in favor of using label";
            findings.warn(place.at(instruction.keyword.range), docker.to_owned(), &[]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    #[test]
    fn a_maintainer_even_where_it_is_a_mistake() {
        let expected = ["2 Maintainer instruction is deprecated in favor of using label"];
        expect(RULE.name, "FROM scratch\nmaintainer me\n", &expected);
        expect(RULE.name, "FROM scratch\nMAINTAINER\nMAINTAINER me\n", &expected);
        let good = "FROM scratch\nLABEL org.opencontainers.image.authors=me\n";
        expect(RULE.name, good, &[]);
    }
}
