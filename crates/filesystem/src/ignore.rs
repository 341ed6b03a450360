//! `.dockerignore` and `--exclude`: patterns as moby/patternmatcher reads and matches them.

use std::fmt;

use crate::pattern::{BadPattern, Matcher, check_syntax, clean};

/// The patterns of a `.dockerignore` file, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignore {
    patterns: Vec<Pattern>,
    errors: Vec<IgnoreError>,
}

/// One pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The pattern as it is matched: cleaned, without `!`.
    pub text: String,
    /// Whether it takes back in (`!`).
    pub negated: bool,
    /// Its line, from 1.
    pub line: usize,
    matcher: Matcher,
}

/// A line that makes the whole file unusable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: IgnoreErrorKind,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IgnoreErrorKind {
    /// A `!` alone.
    IllegalExclusion,
    /// A range without end and the like.
    Syntax,
}

impl fmt::Display for IgnoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Display for IgnoreErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IgnoreErrorKind::IllegalExclusion => f.write_str("illegal exclusion pattern: \"!\""),
            IgnoreErrorKind::Syntax => BadPattern.fmt(f),
        }
    }
}

impl std::error::Error for IgnoreError {}

/// Reads a `.dockerignore` file (patternmatcher `ignorefile`): a BOM, blank lines and lines that begin with `#` are
/// skipped, blanks around patterns and slashes at either end are cut off, `.` and `..` are resolved.
pub fn parse_ignore(text: &str) -> Ignore {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut ignore = Ignore::default();
    for (index, line) in text.split('\n').enumerate() {
        if line.starts_with('#') {
            continue;
        }
        let trimmed = line.trim();
        let (negated, rest) = match trimmed.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, trimmed),
        };
        if trimmed.is_empty() {
            continue;
        }
        let mut pattern = if rest.is_empty() { String::new() } else { clean(rest) };
        if pattern.len() > 1 && pattern.starts_with('/') {
            pattern.remove(0);
        }
        ignore.add(&pattern, negated, index + 1);
    }
    ignore
}

/// Reads patterns that are given one by one, as `--exclude` does; the line is the pattern's number, from 1.
pub fn parse_patterns<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Ignore {
    let mut ignore = Ignore::default();
    for (index, pattern) in patterns.into_iter().enumerate() {
        let trimmed = pattern.trim();
        if trimmed.is_empty() {
            continue;
        }
        let cleaned = clean(trimmed);
        match cleaned.strip_prefix('!') {
            Some(rest) => ignore.add(rest, true, index + 1),
            None => ignore.add(&cleaned, false, index + 1),
        }
    }
    ignore
}

impl Ignore {
    fn add(&mut self, pattern: &str, negated: bool, line: usize) {
        let kind = if pattern.is_empty() {
            IgnoreErrorKind::IllegalExclusion
        } else if check_syntax(pattern).is_err() {
            IgnoreErrorKind::Syntax
        } else {
            self.patterns.push(Pattern { text: pattern.to_string(), negated, line, matcher: Matcher::new(pattern) });
            return;
        };
        self.errors.push(IgnoreError { line, kind });
    }

    /// The patterns, in order.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The lines that cannot be used; a real build fails with the first one's message.
    pub fn errors(&self) -> &[IgnoreError] {
        &self.errors
    }

    /// Whether a pattern takes files back in.
    pub fn has_exceptions(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.negated)
    }

    /// The pattern that decided about a path relative to the context's root: it excludes the path, or if negated takes
    /// it back in. A pattern also matches what lies below a directory that it matches (`MatchesOrParentMatches`).
    pub fn matches(&self, path: &str) -> Option<&Pattern> {
        let mut decided: Option<&Pattern> = None;
        for pattern in &self.patterns {
            let excluded = decided.is_some_and(|pattern| !pattern.negated);
            if pattern.negated == excluded && pattern.matches_or_parent(path) {
                decided = Some(pattern);
            }
        }
        decided
    }

    /// Whether a path relative to the context's root is excluded.
    pub fn is_excluded(&self, path: &str) -> bool {
        self.matches(path).is_some_and(|pattern| !pattern.negated)
    }

    /// As [`Ignore::is_excluded`], for a walk from directories to what they hold (`MatchesUsingParentResults`): the
    /// parent's results say which patterns matched it. None: the path has no parent that was asked about.
    pub(crate) fn walk_step(&self, path: &str, parent: Option<&Matched>) -> (bool, Matched) {
        let mut excluded = false;
        let mut results = Vec::with_capacity(self.patterns.len());
        for (index, pattern) in self.patterns.iter().enumerate() {
            let inherited = parent.is_some_and(|parent| parent.0.get(index) == Some(&true));
            let matched = inherited
                || (pattern.negated == excluded
                    && match parent {
                        Some(_) => pattern.matcher.matches(path),
                        None => pattern.matches_or_parent(path),
                    });
            if matched {
                excluded = !pattern.negated;
            }
            results.push(matched);
        }
        (excluded, Matched(results))
    }
}

/// Which patterns matched a directory.
#[derive(Clone, Debug)]
pub(crate) struct Matched(Vec<bool>);

impl Pattern {
    /// Whether the pattern fits a path, character by character: neither the path's parents nor `!` are looked at.
    pub fn fits(&self, path: &str) -> bool {
        self.matcher.matches(path)
    }

    fn matches_or_parent(&self, path: &str) -> bool {
        let parents = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        self.matcher.matches(path) || parents.into_iter().any(|parent| self.matcher.matches(parent))
    }
}
