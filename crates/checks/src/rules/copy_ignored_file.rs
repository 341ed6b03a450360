//! CopyIgnoredFile: COPY or ADD of what `.dockerignore` keeps out.
//!
//! The file is not in the build context, so the build fails, or a pattern quietly misses it. Take it out of
//! `.dockerignore`, or out of the COPY. The rule is an experiment in this engine: off, unless the Dockerfile asks for it. It
//! holds the source as it is written against the patterns, and holds its tongue where one of them takes files back in.

use dockerfile::Body;
use filesystem::Ignore;

use crate::facts::Facts;
use crate::{Findings, Phase, Rule};

pub(super) const RULE: Rule = Rule { name: "CopyIgnoredFile", experimental: true, phase: Phase::Dispatch, run };

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    let ignore = facts.inputs.ignore;
    if ignore.has_exceptions() {
        return;
    }
    for command in facts.commands() {
        let (keyword, files) = match &command.instruction.body {
            Body::Copy(files) if files.from.is_none() => ("Copy", files),
            Body::Add(files) => ("Add", files),
            _ => continue,
        };
        for (source, word) in command.words.iter().zip(&files.sources) {
            if is_remote(source) || !is_ignored(ignore, source) {
                continue;
            }
            let quoted = plan::go_quote(source);
            let docker = format!("Attempting to {keyword} file {quoted} that is excluded by .dockerignore");
            findings.warn(command.word(Some(word)), docker, &[("path", source)]);
        }
    }
}

fn is_remote(source: &str) -> bool {
    ["http://", "https://", "git://", "ssh://", "git@"].iter().any(|start| source.starts_with(start))
}

/// Whether a pattern fits the source, letter by letter, or a directory that it lies in (patternmatcher's
/// `MatchesOrParentMatches`, which cleans the directory but not the source).
fn is_ignored(ignore: &Ignore, source: &str) -> bool {
    let directory = directory(source);
    let mut parents: Vec<&str> = Vec::new();
    if directory != "." {
        let ends = directory.match_indices('/').map(|(end, _)| end);
        parents = ends.chain([directory.len()]).filter_map(|end| directory.get(..end)).collect();
    }
    ignore.patterns().iter().any(|pattern| pattern.fits(source) || parents.iter().any(|parent| pattern.fits(parent)))
}

/// Go's `filepath.Dir`.
fn directory(path: &str) -> String {
    let before = path.rsplit_once('/').map_or("", |(before, _)| before);
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in before.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            part => parts.push(part),
        }
    }
    match (rooted, parts.join("/")) {
        (true, joined) => format!("/{joined}"),
        (false, joined) if joined.is_empty() => ".".to_owned(),
        (false, joined) => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, expect_case};

    const ON: &str = "# check=experimental=CopyIgnoredFile\nFROM scratch AS a\n";

    /// The sources that are warned of.
    fn ignored(ignore: &str, sources: &str) -> Vec<String> {
        let text = format!("{ON}COPY {sources} /x/\n");
        let case = Case { ignore, ..Case::new(&text) };
        case.places(RULE.name).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn what_is_kept_out_of_the_context() {
        let text = format!("{ON}COPY a b.txt /\nADD d/ /d/\nCOPY c /\n");
        let case = Case { ignore: "*.txt\nd\n", ..Case::new(&text) };
        let expected = [
            "3 Attempting to Copy file \"b.txt\" that is excluded by .dockerignore",
            "4 Attempting to Add file \"d/\" that is excluded by .dockerignore",
        ];
        expect_case(RULE.name, &case, &expected);
        let off = Case { text: &text[ON.find('\n').unwrap()..], ..case };
        expect_case(RULE.name, &off, &[]);
    }

    #[test]
    fn the_source_is_taken_by_the_letter_and_its_directory_is_not() {
        let sources = "./s.txt d/../s.txt s.txt/ /s.txt ./d/x d/./x d/* d2";
        let expected = ["s.txt/", "./d/x", "d/./x", "d/*"];
        assert_eq!(ignored("s.txt\nd\n", sources), expected);
        assert_eq!(ignored("*\n", ". ./ / /foo ../foo ./*"), [".", "/", "/foo", "../foo"]);
    }

    #[test]
    fn nothing_is_said_of_other_places_or_where_files_are_taken_back_in() {
        let text = format!("{ON}FROM scratch\nCOPY --from=a s.txt /\nADD https://x.example/d/s.txt /\n");
        let case = Case { ignore: "s.txt\n**/s.txt\n", ..Case::new(&text) };
        expect_case(RULE.name, &case, &[]);
        assert_eq!(ignored("*\n!a\n", "b"), Vec::<String>::new());
        assert_eq!(ignored("", "b"), Vec::<String>::new());
    }
}
