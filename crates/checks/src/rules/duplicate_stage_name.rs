//! DuplicateStageName: a stage with the name of an earlier one.
//!
//! From there on the name means the later stage, and the earlier one can only be reached by its number. Give each stage a
//! name of its own; case makes no difference.

use std::collections::BTreeSet;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "DuplicateStageName", experimental: false, phase: Phase::Names, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    let mut names = BTreeSet::new();
    for (place, from) in facts.lines_of_from() {
        let Some((_, word)) = &from.name else {
            continue;
        };
        let name = word.text.to_lowercase();
        let quoted = plan::go_quote(&name);
        if !names.insert(name.clone()) {
            let docker = format!("Duplicate stage name {quoted}, stage names should be unique");
            findings.warn(place.at(word.range), docker, &[("name", &name)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    #[test]
    fn a_name_again() {
        let bad = "FROM a AS b\nFROM a AS c\nFROM a AS B\nFROM a AS b\n";
        let expected = [
            "3 Duplicate stage name \"b\", stage names should be unique",
            "4 Duplicate stage name \"b\", stage names should be unique",
        ];
        expect(RULE.name, bad, &expected);
        expect(RULE.name, "FROM a AS b\nFROM b AS c\nFROM a\nFROM a\n", &[]);
    }
}
