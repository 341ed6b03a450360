//! FromPlatformFlagConstDisallowed: `FROM --platform=linux/amd64`, a platform in so many words.
//!
//! The stage then is of that platform, whichever one the build is for, and an image for another platform comes out wrong.
//! Use `$BUILDPLATFORM`, or leave the flag out. A stage whose name has the system or the processor in it is meant so.

use super::platforms;
use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule =
    Rule { name: "FromPlatformFlagConstDisallowed", experimental: false, phase: Phase::Stages, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for (place, word, platform) in platforms(facts) {
        if !platform.set.is_empty() || !platform.unset.is_empty() || fails(facts, place.at) {
            continue;
        }
        let stages = &facts.inputs.plan.stages;
        let name = stages
            .iter()
            .find(|stage| stage.instructions.start == place.at)
            .and_then(|stage| stage.name.as_deref())
            .unwrap_or_default();
        let (system, processor) = parts(&platform.text);
        if name.contains(&system) || name.contains(&processor) {
            continue;
        }
        let quoted = plan::go_quote(&platform.text);
        let docker = format!("FROM --platform flag should not use constant value {quoted}");
        findings.warn(place.at(word.range), docker, &[("platform", &platform.text)]);
    }
}

/// Whether it is this FROM that the build fails at: the platform is none.
fn fails(facts: &Facts<'_>, at: usize) -> bool {
    let error = facts.inputs.plan.error.as_ref();
    let message = error.and_then(|error| error.docker.as_deref()).unwrap_or_default();
    let instruction = facts.inputs.file.instructions.get(at);
    message.starts_with("failed to parse platform ")
        && instruction.map(|instruction| instruction.range) == error.map(|error| error.range)
}

/// The system and the processor of a platform, as containerd names them (`platforms.Parse`). One word alone is either of
/// them, and the other one is that of the machine that builds.
fn parts(platform: &str) -> (String, String) {
    let lower = platform.to_lowercase();
    let mut words = lower.split('/');
    let first = words.next().unwrap_or_default();
    let system = |word: &str| match word {
        "macos" => "darwin".to_owned(),
        word => word.to_owned(),
    };
    match words.next() {
        Some(second) => (system(first), processor(second)),
        None if PROCESSORS.contains(&processor(first).as_str()) => ("linux".to_owned(), processor(first)),
        None => (system(first), "amd64".to_owned()),
    }
}

/// The processors that Go knows.
const PROCESSORS: [&str; 17] = [
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64",
    "s390", "s390x", "sparc", "sparc64", "wasm",
];

fn processor(word: &str) -> String {
    match word {
        "i386" => "386",
        "x86_64" | "x86-64" => "amd64",
        "aarch64" => "arm64",
        "armhf" | "armel" => "arm",
        word => word,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect};

    #[test]
    fn a_platform_in_so_many_words() {
        let bad = "FROM --platform=linux/arm64 a AS b\nFROM --platform=linux a\n";
        let expected = [
            "1 FROM --platform flag should not use constant value \"linux/arm64\"",
            "2 FROM --platform flag should not use constant value \"linux\"",
        ];
        expect(RULE.name, bad, &expected);
        assert_eq!(Case::new(bad).places(RULE.name), ["linux/arm64", "linux"]);
    }

    #[test]
    fn the_name_says_it() {
        let good = "FROM --platform=linux/arm64 a AS b-arm64\nFROM --platform=linux/386 a AS linux1\n\
                    FROM --platform=x86_64 a AS for-amd64\nFROM --platform=macos/arm64 a AS darwin\n\
                    FROM --platform=linux a AS amd64\n";
        expect(RULE.name, good, &[]);
    }

    #[test]
    fn a_variable_or_no_platform() {
        expect(RULE.name, "FROM --platform=$BUILDPLATFORM a\nFROM a\n", &[]);
        expect(RULE.name, "FROM --platform=foo a\n", &[]);
    }
}
