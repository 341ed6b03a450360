//! Dockerfiles for the tests of the rules.

use crate::{Checked, Inputs, check};
use catalog::Catalog;

/// A Dockerfile and how it is built.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub text: &'a str,
    pub ignore: &'a str,
    pub build_args: &'a [(&'a str, &'a str)],
    pub all_stages: bool,
}

impl<'a> Case<'a> {
    pub(crate) fn new(text: &'a str) -> Case<'a> {
        Case { text, ignore: "", build_args: &[], all_stages: false }
    }

    pub(crate) fn check(&self) -> Checked {
        let file = dockerfile::parse(self.text);
        let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        let build_args: Vec<(String, String)> = self.build_args.iter().map(owned).collect();
        let plan = plan::plan(
            &file,
            &plan::PlanOptions {
                build_args: &build_args,
                target: None,
                platform: "",
                catalog: &Catalog::default(),
                all_stages: self.all_stages,
                link: false,
                ignore_error: None,
            },
        );
        let checked = check(&Inputs {
            file: &file,
            plan: &plan,
            ignore: &filesystem::parse_ignore(self.ignore),
            build_args: &build_args,
            all_stages: self.all_stages,
        });
        for warning in &checked.warnings {
            let held =
                |i: &dockerfile::Instruction| i.range.start <= warning.range.start && warning.range.end <= i.range.end;
            assert!(file.instructions.iter().any(held), "{warning:?}");
        }
        checked
    }

    /// `LINE RULE` of each warning.
    pub(crate) fn names(&self) -> Vec<String> {
        let checked = self.check();
        let pairs = checked.lines.iter().zip(&checked.warnings);
        pairs.map(|(line, warning)| format!("{line} {}", warning.code)).collect()
    }

    /// `LINE RULE: MESSAGE` of each warning, a line each.
    pub(crate) fn found(&self) -> String {
        let checked = self.check();
        let pairs = checked.lines.iter().zip(&checked.warnings);
        pairs
            .map(|(line, warning)| {
                let docker = warning.docker.as_deref().unwrap_or_default();
                format!("{line} {}: {docker}\n", warning.code)
            })
            .collect()
    }

    /// The pieces of the text that the warnings of a rule are at.
    pub(crate) fn places(&self, rule: &str) -> Vec<&'a str> {
        let checked = self.check();
        let own = checked.warnings.iter().filter(|w| w.code == rule);
        own.map(|warning| warning.range.of(self.text)).collect()
    }
}

/// The warnings of a Dockerfile, a line each.
pub(crate) fn found(text: &str) -> String {
    Case::new(text).found()
}

/// Compares the warnings of one rule with the expected ones, each `LINE MESSAGE`.
pub(crate) fn expect(rule: &str, text: &str, expected: &[&str]) {
    expect_case(rule, &Case::new(text), expected);
}

/// As [`expect`], with options.
pub(crate) fn expect_case(rule: &str, case: &Case<'_>, expected: &[&str]) {
    let mark = format!(" {rule}: ");
    let found = case.found();
    let own: Vec<String> =
        found.lines().filter(|line| line.contains(&mark)).map(|line| line.replacen(&mark, " ", 1)).collect();
    assert_eq!(own, expected, "{}", case.text);
}
