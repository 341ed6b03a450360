//! ConsistentInstructionCasing: an instruction in another case than most.
//!
//! Docker takes `run` for `RUN`, but a file in which both occur is hard to look through. Write all instructions the same
//! way; capitals are the custom. Capitals win where neither case is in the majority.

use dockerfile::Body;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule =
    Rule { name: "ConsistentInstructionCasing", experimental: false, phase: Phase::Casing, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    // arguments before the first FROM are in no stage, and BuildKit goes through the stages
    let in_stages = || facts.all().skip_while(|(_, instruction)| !matches!(instruction.body, Body::From(_)));
    let is_lower = |text: &str| text == text.to_lowercase();
    let is_upper = |text: &str| text == text.to_uppercase();
    let count =
        |is: &dyn Fn(&str) -> bool| in_stages().filter(|(_, instruction)| is(&instruction.keyword.text)).count();
    let lower = count(&is_lower) > count(&is_upper);
    for (place, instruction) in in_stages() {
        let keyword = instruction.keyword.text.as_str();
        let (fits, case) = if lower { (is_lower(keyword), "lowercase") } else { (is_upper(keyword), "uppercase") };
        if !fits {
            let docker = format!("Command '{keyword}' should match the case of the command majority ({case})");
            let args = [("instruction", keyword), ("case", case)];
            findings.warn(place.at(instruction.keyword.range), docker, &args);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    fn message(line: usize, keyword: &str, case: &str) -> String {
        format!("{line} Command '{keyword}' should match the case of the command majority ({case})")
    }

    #[test]
    fn the_majority_decides() {
        let bad = "from scratch\nenv a=b\nLABEL a=b\nUser x\n";
        let expected = [message(3, "LABEL", "lowercase"), message(4, "User", "lowercase")];
        expect(RULE.name, bad, &expected.each_ref().map(String::as_str));
        assert_eq!(Case::new(bad).places(RULE.name), ["LABEL", "User"]);
        expect(RULE.name, "from scratch\nuser x\n", &[]);
        expect(RULE.name, "FROM scratch\nUSER x\n", &[]);
    }

    #[test]
    fn capitals_win_a_tie() {
        let expected = message(2, "user", "uppercase");
        expect(RULE.name, "FROM scratch\nuser x\n", &[expected.as_str()]);
    }

    #[test]
    fn arguments_before_the_first_from_are_left_out() {
        expect(RULE.name, "arg a\narg b\nARG c\nFROM scratch\n", &[]);
    }
}
