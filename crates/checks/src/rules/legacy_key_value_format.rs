//! LegacyKeyValueFormat: `ENV NAME value` and `LABEL name value`.
//!
//! All that follows the name is its value, blanks and all, so `ENV A 1 B=2` sets one variable and not two. Write
//! `NAME=value`, in quotes where there are blanks.

use dockerfile::Body;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "LegacyKeyValueFormat", experimental: false, phase: Phase::Dispatch, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for command in facts.commands().filter(|command| !command.failed) {
        let (Body::Env(pairs) | Body::Label(pairs)) = &command.instruction.body else {
            continue;
        };
        for pair in pairs.iter().filter(|pair| pair.legacy) {
            let keyword = command.instruction.keyword.text.as_str();
            let docker =
                format!("\"{keyword} key=value\" should be used instead of legacy \"{keyword} key value\" format");
            let place = command.word(Some(&pair.key));
            findings.warn(place, docker, &[("instruction", keyword), ("name", &pair.key.text)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    #[test]
    fn a_blank_instead_of_an_equals_sign() {
        let bad = "FROM scratch\nENV A 1 B=2\nlabel c d\n";
        let expected = [
            "2 \"ENV key=value\" should be used instead of legacy \"ENV key value\" format",
            "3 \"label key=value\" should be used instead of legacy \"label key value\" format",
        ];
        expect(RULE.name, bad, &expected);
        assert_eq!(Case::new(bad).places(RULE.name), ["A", "c"]);
        expect(RULE.name, "FROM scratch\nENV A=1 B=\"2 3\"\nARG a b\nLABEL c=d\n", &[]);
    }

    #[test]
    fn not_where_the_value_makes_the_build_fail() {
        expect(RULE.name, "FROM scratch\nENV A ${B?}\n", &[]);
    }
}
