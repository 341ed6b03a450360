//! NoEmptyContinuation: an empty line inside of an instruction that goes on over several lines.
//!
//! An instruction looks ended where an empty line is, yet BuildKit reads on, and has announced that it will not do so for
//! ever. Take the empty line out, or make it a comment: a comment line ends nothing. Docker names the last line of the
//! instruction, wherever the empty one is.

use crate::facts::Facts;
use crate::findings::Place;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "NoEmptyContinuation", experimental: false, phase: Phase::Lines, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    let file = facts.inputs.file;
    for (place, _) in facts.parsed() {
        let own = file.empty_continuations.iter().filter(|(at, _)| *at == place.at);
        for (_, last) in own {
            let line = last + 1;
            let place = Place { line, ..place };
            findings.warn(place, "Empty continuation line".to_owned(), &[]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::expect;

    #[test]
    fn an_empty_line_between_continued_lines() {
        let bad = "FROM scratch\nRUN a && \\\n\n\n  b && \\\n  c\nUSER x\n";
        expect(RULE.name, bad, &["6 Empty continuation line"]);
        let good = "FROM scratch\nRUN a && \\\n# comment\n  b && \\\n \\\n  c\n";
        expect(RULE.name, good, &[]);
    }

    #[test]
    fn it_is_seen_though_an_instruction_makes_no_sense_but_not_where_a_line_does_not() {
        let bad = "FROM scratch\nRUN a \\\n\n  b\n";
        expect(RULE.name, &format!("{bad}USER\n"), &["4 Empty continuation line"]);
        expect(RULE.name, &format!("{bad}LABEL a=b c\n"), &[]);
    }
}
