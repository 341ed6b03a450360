//! InvalidDefinitionDescription: a comment above ARG or FROM that does not begin with the name that is defined.
//!
//! Docker shows such a comment as the description of the argument or stage (`docker build --call=outline`), but only where
//! it begins with the name. Begin it so, or end a comment that is about something else with a line of `#` alone: an empty
//! line is not enough. The rule is an experiment: off, unless the Dockerfile asks for it.

use dockerfile::Body;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule =
    Rule { name: "InvalidDefinitionDescription", experimental: true, phase: Phase::Instructions, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for (place, instruction) in facts.parsed() {
        let (keyword, names) = match &instruction.body {
            Body::Arg(declarations) => {
                let names = declarations.iter().map(|arg| arg.name.text.clone());
                ("ARG", names.collect::<Vec<_>>())
            }
            Body::From(from) => {
                let name = from.name.iter().map(|(_, name)| name.text.to_lowercase());
                ("FROM", name.collect())
            }
            _ => continue,
        };
        let Some(comment) = instruction.comments.last() else {
            continue;
        };
        let word = comment.split(' ').next().unwrap_or_default();
        let example = match names.as_slice() {
            [] => continue,
            [name] => name.as_str(),
            _ => "<arg_key>",
        };
        if !names.iter().any(|name| name == word) {
            let docker = format!("Comment for {keyword} should follow the format: `# {example} <description>`");
            findings.warn(place, docker, &[("instruction", keyword), ("name", example)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    const ON: &str = "# check=experimental=InvalidDefinitionDescription\n";

    #[test]
    fn a_comment_that_begins_with_something_else() {
        let bad = format!("{ON}# bar\nARG foo\n# the base\nFROM scratch AS Base\n# foo is this\n# x\n\nARG a b\n");
        let expected = [
            "3 Comment for ARG should follow the format: `# foo <description>`",
            "5 Comment for FROM should follow the format: `# base <description>`",
            "9 Comment for ARG should follow the format: `# <arg_key> <description>`",
        ];
        expect(RULE.name, &bad, &expected);
        expect(RULE.name, bad.trim_start_matches(ON), &[]);
    }

    #[test]
    fn a_comment_that_is_the_description_or_stands_apart() {
        let good = "\n# foo does this\nARG foo\n# base is the start\nFROM scratch AS base\n# bar\n#\nARG a\n# no name\nFROM base\n";
        expect(RULE.name, &format!("{ON}{good}"), &[]);
    }
}
