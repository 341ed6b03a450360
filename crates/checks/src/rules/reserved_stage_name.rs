//! ReservedStageName: a stage named `scratch` or `context`.
//!
//! `FROM scratch` is the empty image, so a stage of that name can hardly be used; `context` stands for the build context in
//! other places. Give the stage another name.

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "ReservedStageName", experimental: false, phase: Phase::Names, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for (place, from) in facts.lines_of_from() {
        let Some((_, word)) = &from.name else {
            continue;
        };
        let name = word.text.to_lowercase();
        if matches!(name.as_str(), "scratch" | "context") {
            let quoted = plan::go_quote(&name);
            let docker = format!("Stage name should not use the same name as reserved stage {quoted}");
            findings.warn(place.at(word.range), docker, &[("name", &name)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    #[test]
    fn names_that_mean_something_else() {
        let bad = "FROM a AS scratch\nFROM a AS Context\n";
        let expected = [
            "1 Stage name should not use the same name as reserved stage \"scratch\"",
            "2 Stage name should not use the same name as reserved stage \"context\"",
        ];
        expect(RULE.name, bad, &expected);
        expect(RULE.name, "FROM scratch AS from-scratch\n", &[]);
    }
}
