//! FromAsCasing: FROM in one case, its AS in the other.
//!
//! Both are keywords of one instruction, and one of them in another case looks like a slip, or like a name. Write both in
//! the same case. A `From` in mixed case is for ConsistentInstructionCasing to say.

use dockerfile::{Body, From};

use super::from_arguments;
use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "FromAsCasing", experimental: false, phase: Phase::Instructions, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for (place, instruction) in facts.parsed() {
        let Some(arguments) = from_arguments(instruction) else {
            continue;
        };
        let [_, keyword, _, ..] = arguments.as_slice() else {
            continue;
        };
        let from = instruction.keyword.text.as_str();
        let matches = if from == from.to_lowercase() {
            *keyword == keyword.to_lowercase()
        } else {
            from != from.to_uppercase() || *keyword == keyword.to_uppercase()
        };
        if matches {
            continue;
        }
        let place = match &instruction.body {
            Body::From(From { name: Some((word, _)), .. }) => place.at(word.range),
            _ => place,
        };
        let docker = format!("'{keyword}' and '{from}' keywords' casing do not match");
        findings.warn(place, docker, &[("as", keyword), ("from", from)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    #[test]
    fn as_in_another_case_than_from() {
        let bad = "FROM scratch as a\nfrom scratch AS b\nfrom scratch As c\n";
        let expected = [
            "1 'as' and 'FROM' keywords' casing do not match",
            "2 'AS' and 'from' keywords' casing do not match",
            "3 'As' and 'from' keywords' casing do not match",
        ];
        expect(RULE.name, bad, &expected);
        assert_eq!(Case::new(bad).places(RULE.name), ["as", "AS", "As"]);
        let good = "FROM scratch AS a\nfrom scratch as b\nFrom scratch aS c\nFROM scratch\n";
        expect(RULE.name, good, &[]);
    }

    #[test]
    fn the_second_word_of_a_from_that_makes_no_sense() {
        let expected = ["1 'is' and 'FROM' keywords' casing do not match"];
        expect(RULE.name, "FROM a is b c\n", &expected);
        expect(RULE.name, "FROM a is\n", &[]);
    }
}
