//! SecretsUsedInArgOrEnv: an ARG or ENV whose name sounds like a secret.
//!
//! Both end up in the image's config or history, where everyone who has the image can read them. Give the secret to the one
//! RUN that needs it, with `--mount=type=secret`. Docker goes by the name alone: by its parts between underscores.

use dockerfile::{ArgDeclaration, Body};

use crate::facts::Facts;
use crate::findings::Place;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "SecretsUsedInArgOrEnv", experimental: false, phase: Phase::Dispatch, run };

/// Parts of a name that sound like a secret.
const SECRET: [&str; 10] =
    ["apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token"];

/// The part that says that there is no secret in it.
const PUBLIC: &str = "public";

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for command in facts.commands() {
        match &command.instruction.body {
            Body::Env(pairs) => {
                for (name, pair) in command.words.iter().zip(pairs) {
                    warn(findings, command.word(Some(&pair.key)), "ENV", name);
                }
            }
            Body::Arg(declarations) => {
                for argument in declarations {
                    warn(findings, command.word(Some(&argument.name)), "ARG", &argument.name.text);
                    if command.failed && fails_at(facts, argument) {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a variable is named like a secret.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let has = |wanted: &[&str]| lower.split('_').any(|part| wanted.contains(&part));
    has(&SECRET) && !has(&[PUBLIC])
}

fn warn(findings: &mut Findings, place: Place, keyword: &str, name: &str) {
    if is_secret_name(name) {
        let quoted = plan::go_quote(name);
        let docker = format!("Do not use ARG or ENV instructions for sensitive data ({keyword} {quoted})");
        findings.warn(place, docker, &[("instruction", keyword), ("name", name)]);
    }
}

/// Whether the build fails at the default of this argument: BuildKit does not come to those behind it.
fn fails_at(facts: &Facts<'_>, argument: &ArgDeclaration) -> bool {
    let error = facts.inputs.plan.error.as_ref();
    let message = error.and_then(|error| error.docker.as_deref()).unwrap_or_default();
    argument.default.as_ref().is_some_and(|default| {
        let start = format!("failed to process {}: ", plan::go_quote(&default.text));
        message.starts_with(&start)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    fn message(line: usize, what: &str) -> String {
        format!("{line} Do not use ARG or ENV instructions for sensitive data ({what})")
    }

    #[test]
    fn names_that_sound_like_secrets() {
        let bad = "FROM scratch\nARG API_KEY DB_PASSWORD=x\nENV auth=1 A=2 AWS_SECRET_ACCESS=3\nENV KEY_FILE /x\n";
        let expected = [
            message(2, "ARG \"API_KEY\""),
            message(2, "ARG \"DB_PASSWORD\""),
            message(3, "ENV \"auth\""),
            message(3, "ENV \"AWS_SECRET_ACCESS\""),
            message(4, "ENV \"KEY_FILE\""),
        ];
        expect(RULE.name, bad, &expected.each_ref().map(String::as_str));
        let places = ["API_KEY", "DB_PASSWORD", "auth", "AWS_SECRET_ACCESS", "KEY_FILE"];
        assert_eq!(Case::new(bad).places(RULE.name), places);
    }

    #[test]
    fn names_that_only_look_so() {
        let good =
            "ARG TOKEN\nFROM scratch\nARG PUBLIC_KEY KEYBOARD\nENV MONKEY=1 TOKENS=2 PASSPHRASE=3\nLABEL password=x\n";
        expect(RULE.name, good, &[]);
    }

    #[test]
    fn the_name_counts_as_it_comes_out() {
        let bad = "FROM scratch\nARG A=TOKEN\nENV $A=1\n";
        expect(RULE.name, bad, &[message(3, "ENV \"TOKEN\"").as_str()]);
    }

    #[test]
    fn not_behind_what_the_build_fails_at() {
        let bad = "FROM scratch\nARG TOKEN=${A?} KEY\n";
        expect(RULE.name, bad, &[message(2, "ARG \"TOKEN\"").as_str()]);
        expect(RULE.name, "FROM scratch\nENV TOKEN=${A?}\n", &[]);
    }
}
