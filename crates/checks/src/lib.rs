//! Docker's build checks.
//!
//! [`check`] gives the warnings that `docker build` prints for a Dockerfile, in Docker's words and at Docker's lines, and
//! the error that they become with `# check=error=true`. Each rule has a file of its own below `rules`, with its reasons,
//! and with its good and bad examples as tests.
//!
//! A mistake in the Dockerfile does not silence what was said before it: BuildKit warns as it goes along, and each rule
//! looks at just the instructions that BuildKit has come to ([`Facts`]).
//!
//! It does not model: the rule InvalidBaseImagePlatform, for every base image that is known here is one for linux/amd64;
//! `# check=` in front of a single instruction, which Docker Engine 28.5.2 takes for a comment.
//!
//! Invariants: checking never fails; a warning lies inside of an instruction; a build gives no warning twice.
//!
//! The rules are those of BuildKit's `frontend/dockerfile/linter`, as Docker Engine 28.5.2 has them.

mod facts;
mod findings;
mod rules;
#[cfg(test)]
mod testing;

use dockerfile::{CheckOptions, Dockerfile, parse_check_options};
use plan::Plan;
use source::Diagnostic;

pub use facts::Facts;
pub use findings::{Findings, Phase};
pub use rules::{is_secret_name, rules};

/// The build argument that takes the place of the directive.
const ARGUMENT: &str = "BUILDKIT_DOCKERFILE_CHECK";

/// What the checks look at.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The Dockerfile.
    pub file: &'a Dockerfile,
    /// Its plan, made with the same build arguments and the same `all_stages`.
    pub plan: &'a Plan,
    /// `.dockerignore`
    pub ignore: &'a filesystem::Ignore,
    /// `--build-arg`, in order; a later one of the same name wins.
    pub build_args: &'a [(String, String)],
    /// Whether every stage is looked at, as `docker build --check` does, or only those that the target needs.
    pub all_stages: bool,
}

/// What the checks found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// The warnings, by line; those of one line in the order in which BuildKit comes upon them.
    pub warnings: Vec<Diagnostic>,
    /// For each warning the line that Docker reports, from 1.
    pub lines: Vec<usize>,
    /// Why the build fails: warnings with `error=true`, in the order in which they came up, or options that make no
    /// sense in the build argument. Where planning fails, that error comes first, but for the options.
    pub error: Option<String>,
}

/// A check.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, as in Docker's documentation.
    pub name: &'static str,
    /// Whether it is off unless `experimental=` names it. Then `skip=` does not turn it off.
    pub experimental: bool,
    /// When BuildKit checks it.
    pub phase: Phase,
    /// Looks for places to warn of.
    pub run: fn(&Facts<'_>, &mut Findings),
}

impl Rule {
    /// Whether it runs with these options. BuildKit's `Linter.Run`; names are compared to the letter.
    fn is_on(&self, options: &CheckOptions) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == self.name);
        if self.experimental {
            options.experimental_all || named(&options.experimental)
        } else {
            !options.skip_all && !named(&options.skip)
        }
    }
}

/// Runs the checks.
#[must_use]
pub fn check(inputs: &Inputs<'_>) -> Checked {
    let options = match options(inputs) {
        Ok(options) => options,
        Err(error) => {
            return Checked { error, ..Checked::default() };
        }
    };
    let facts = Facts::new(inputs);
    let mut findings = Findings::default();
    for rule in rules().iter().filter(|rule| rule.is_on(&options)) {
        findings.begin(rule);
        (rule.run)(&facts, &mut findings);
    }
    let mut found = findings.into_list(!inputs.all_stages);
    let mut names: Vec<&str> = Vec::new();
    for finding in &found {
        if !names.contains(&finding.diagnostic.code) {
            names.push(finding.diagnostic.code);
        }
    }
    let planned = inputs.plan.error.as_ref().is_none_or(|error| error.code == plan::GRAPH_ERROR);
    let fails = options.error && !names.is_empty() && planned;
    let error = fails.then(|| format!("lint violation found for rules: {}", names.join(", ")));
    found.sort_by_key(|finding| finding.line);
    let lines = found.iter().map(|finding| finding.line).collect();
    let warnings = found.into_iter().map(|finding| finding.diagnostic);
    Checked { warnings: warnings.collect(), lines, error }
}

/// The options in force: of the build argument, else of the directive. A directive that makes no sense is no error here:
/// the parser has it.
fn options(inputs: &Inputs<'_>) -> Result<CheckOptions, Option<String>> {
    let given = inputs.build_args.iter().rev().find(|(name, _)| name == ARGUMENT);
    match (given, &inputs.file.directives.check) {
        (Some((_, text)), _) => {
            parse_check_options(text).map_err(|reason| Some(format!("failed to parse build-arg:{ARGUMENT}: {reason}")))
        }
        (None, Some((text, _))) => parse_check_options(text).map_err(|_| None),
        (None, None) => Ok(CheckOptions::default()),
    }
}

/// The page of a check in Docker's documentation.
#[must_use]
pub fn url(rule: &str) -> String {
    let mut name = String::new();
    let mut before = None;
    let mut characters = rule.chars().peekable();
    while let Some(character) = characters.next() {
        // `JSONArgs` is `json-args`: in a run of capitals the last one begins a word where a small letter follows
        let after_small = before.is_some_and(char::is_lowercase);
        let before_small = characters.peek().is_some_and(|next| next.is_lowercase());
        if character.is_uppercase() && before.is_some() && (after_small || before_small) {
            name.push('-');
        }
        name.extend(character.to_lowercase());
        before = Some(character);
    }
    format!("https://docs.docker.com/go/dockerfile/rule/{name}/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Case, found};

    #[test]
    fn a_rule_has_its_page() {
        let page = "https://docs.docker.com/go/dockerfile/rule";
        for (rule, name) in [
            ("JSONArgsRecommended", "json-args-recommended"),
            ("FromPlatformFlagConstDisallowed", "from-platform-flag-const-disallowed"),
            ("UndefinedArgInFrom", "undefined-arg-in-from"),
        ] {
            assert_eq!(url(rule), format!("{page}/{name}/"));
        }
    }

    #[test]
    fn options_turn_rules_off_and_on() {
        let body = "FROM scratch as B\n# x\nARG a\n";
        let casing = "1 StageNameCasing";
        for (options, expected) in [
            ("skip=FromAsCasing", vec![casing]),
            ("skip=fromascasing", vec![casing, "1 FromAsCasing"]),
            ("skip= X , FromAsCasing", vec![casing]),
            ("skip=all", vec![]),
            ("skip=all,FromAsCasing", vec![casing]),
            ("skip=all;experimental=all", vec!["3 InvalidDefinitionDescription"]),
            (
                "skip=all,InvalidDefinitionDescription;experimental=InvalidDefinitionDescription",
                vec![casing, "1 FromAsCasing", "3 InvalidDefinitionDescription"],
            ),
        ] {
            let arguments = [(ARGUMENT, options)];
            let case = Case { build_args: &arguments, ..Case::new(body) };
            assert_eq!(case.names(), expected, "{options}");
        }
    }

    #[test]
    fn the_build_argument_takes_the_place_of_the_directive() {
        let body = "# check=foo\nFROM scratch AS B\n";
        assert_eq!(found(body), "");
        let given = |value| {
            let arguments = [(ARGUMENT, "skip=all"), (ARGUMENT, value)];
            let case = Case { build_args: &arguments, ..Case::new(body) };
            (case.names(), case.check().error)
        };
        assert_eq!(given(""), (vec!["2 StageNameCasing".to_owned()], None));
        let error = "lint violation found for rules: StageNameCasing";
        assert_eq!(given("error=1").1.as_deref(), Some(error));
        let error = "failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK: invalid check option \"bar\"";
        assert_eq!(given("bar"), (vec![], Some(error.to_owned())));
    }

    #[test]
    fn an_error_names_each_rule_once_in_the_order_of_the_phases() {
        let body = "# check=error=true\nFROM scratch AS B\nCMD a\nmaintainer me\nMAINTAINER me\nWORKDIR rel\n";
        let error = "lint violation found for rules: StageNameCasing, MaintainerDeprecated, \
                     ConsistentInstructionCasing, JSONArgsRecommended, WorkdirRelativePath";
        assert_eq!(Case::new(body).check().error.as_deref(), Some(error));
        let broken = format!("{body}USER ${{x?}}\n");
        assert_eq!(Case::new(&broken).check().error, None);
    }

    #[test]
    fn what_was_said_before_a_mistake_stays() {
        let start = "FROM scratch as B\nRUN a \\\n\n b\n";
        let parsed = "StageNameCasing, FromAsCasing, NoEmptyContinuation";
        for (rest, expected) in [
            ("LABEL a=b c\n", "".to_owned()),
            ("CMD a\nFOO\nMAINTAINER me\n", parsed.to_owned()),
            ("maintainer\n", format!("{parsed}, MaintainerDeprecated")),
            (
                "maintainer me\nCMD a\nENV A ${x?}\nWORKDIR a\n",
                format!(
                    "{parsed}, MaintainerDeprecated, ConsistentInstructionCasing, JSONArgsRecommended, UndefinedVar"
                ),
            ),
        ] {
            let body = format!("{start}{rest}");
            let names = Case::new(&body).names();
            let names: Vec<_> = names.iter().filter_map(|name| name.split(' ').nth(1)).collect();
            assert_eq!(names.join(", "), expected, "{rest}");
        }
    }

    #[test]
    fn stages_that_are_not_needed_are_checked_only_when_asked_for() {
        let body = "FROM scratch AS A\nCMD a\nLABEL a=$B\nWORKDIR $B\nFROM scratch\n";
        assert_eq!(Case::new(body).names(), ["1 StageNameCasing"]);
        let all = Case { all_stages: true, ..Case::new(body) };
        let expected =
            ["1 StageNameCasing", "2 JSONArgsRecommended", "3 UndefinedVar", "4 UndefinedVar", "4 WorkdirRelativePath"];
        assert_eq!(all.names(), expected);
    }

    #[test]
    fn triggers_are_checked_where_they_fire() {
        let body = "FROM scratch AS a\nONBUILD cmd x\nONBUILD ENV KEY $B\nONBUILD WORKDIR rel\nONBUILD EXPOSE 1/TCP\n\
                    FROM a\n\nCMD y\n";
        let expected = "\
6 UndefinedVar: Usage of undefined variable '$B'
6 MultipleInstructionsDisallowed: Multiple CMD instructions should not be used in the same stage because only the last one will be used
6 JSONArgsRecommended: JSON arguments recommended for cmd to prevent unintended behavior related to OS signals
6 LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy \"ENV key value\" format
6 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ENV \"KEY\")
6 WorkdirRelativePath: Relative workdir \"rel\" can have unexpected results if the base image changes
6 ExposeProtoCasing: Defined protocol '1/TCP' in EXPOSE instruction should be lowercase
8 JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals
";
        assert_eq!(found(body), expected);
    }
}
