//! Trying rewrites, one after another.

use std::collections::{BTreeSet, VecDeque};

use filesystem::{ContextKind, Edit};
use report::{CacheStore, Catalog, Content, Context, DiffLine, Options, Outcome, Profile, Value};
use source::{TextEdit, apply_edits};

use crate::change::{ImageChange, PathChange, compare};
use crate::facts::Facts;
use crate::gain::{Gain, weigh};
use crate::lines::line_diff;
use crate::rewrites::{Proposal, REWRITES};
use crate::roles;
use crate::trial::{Changes, EDITED_AT, Figures, First, figures, first, first_recalling, gaps, summed};

/// Rewrites of one kind that are tried at most.
const MOST_OF_A_KIND: usize = 4;

/// A project, and what it is built with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// The build context, Dockerfile and `.dockerignore` included.
    pub context: Context,
    /// The options of `docker build`.
    pub options: Options,
    /// What is known of base images.
    pub catalog: Catalog,
    /// The machine that durations are for.
    pub profile: Profile,
}

impl Given {
    /// The Dockerfile's path in the context.
    #[must_use]
    pub fn dockerfile(&self) -> &str {
        if self.options.file.is_empty() { "Dockerfile" } else { &self.options.file }
    }
}

/// A rewrite that was tried, and gains.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Its name in the page's locales, behind `suggest-`.
    pub code: &'static str,
    /// The arguments of its sentences.
    pub args: Vec<(&'static str, Value)>,
    /// The files that change, the Dockerfile first.
    pub files: Vec<FileEdit>,
    /// The options that it is built with, where they are others.
    pub options: Option<Options>,
    /// What the project costs as it is.
    pub before: Figures,
    /// What it costs with the rewrite.
    pub after: Figures,
    /// What is better, the most valuable first.
    pub gains: Vec<Gain>,
    /// What is worse.
    pub losses: Vec<Gain>,
    /// What changes in the image.
    pub image: ImageChange,
    /// What it is worth, to be compared with others.
    pub worth: i64,
}

/// A file of the context that a rewrite changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    /// Its path.
    pub path: String,
    /// What changes in its text: of a file that is new, one edit of nothing.
    pub edits: Vec<TextEdit>,
    /// Its text afterwards.
    pub text: String,
    /// The lines that change.
    pub lines: Vec<DiffLine>,
}

impl Suggestion {
    /// The edits of the build context that make it.
    #[must_use]
    pub fn context_edits(&self) -> Vec<Edit> {
        let write = |file: &FileEdit| Edit::Write {
            path: file.path.clone(),
            kind: ContextKind::File(Content::text(&file.text)),
            mode: None,
        };
        self.files.iter().map(write).collect()
    }
}

/// A search for rewrites: an iterator that tries one with each call of `next`, so that a page can draw in between; the first
/// call builds the project as it is besides. An item is `None` where what was tried is not worth suggesting.
pub struct Search {
    given: Option<Given>,
    basis: Option<Basis>,
    kinds: std::slice::Iter<'static, crate::rewrites::Rewrite>,
    pending: VecDeque<Proposal>,
    tried: BTreeSet<Vec<String>>,
    suggested: BTreeSet<&'static str>,
    wanted: BTreeSet<String>,
}

/// The project as it is.
struct Basis {
    facts: Facts,
    changes: Changes,
    figures: Figures,
    gaps: usize,
    /// A fresh machine's cache that recalls what the steps of the project came to.
    fresh: CacheStore,
}

/// Looks for rewrites. Of a project whose build fails there are none. Nothing is worked out before the first item is asked
/// for.
#[must_use]
pub fn search(given: Given) -> Search {
    let (given, basis) = (Some(given), None);
    let (pending, tried, wanted) = (VecDeque::new(), BTreeSet::new(), BTreeSet::new());
    Search { given, basis, kinds: REWRITES.iter(), pending, tried, suggested: BTreeSet::new(), wanted }
}

/// All suggestions, the most valuable first.
#[must_use]
pub fn all(given: Given) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = search(given).flatten().collect();
    rank(&mut found);
    found
}

/// Orders suggestions, the most valuable first.
pub fn rank(suggestions: &mut [Suggestion]) {
    suggestions.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.worth));
}

impl Search {
    /// What the project costs as it is, once it has been built.
    #[must_use]
    pub fn figures(&self) -> Option<&Figures> {
        self.basis.as_ref().map(|basis| &basis.figures)
    }

    /// The images that would have to be in the catalog for more to be tried, so far: short references.
    pub fn wanted(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().map(String::as_str)
    }
}

impl Iterator for Search {
    type Item = Option<Suggestion>;

    fn next(&mut self) -> Option<Option<Suggestion>> {
        if let Some(given) = self.given.take() {
            self.basis = Basis::of(given);
        }
        let basis = self.basis.as_ref()?;
        loop {
            let Some(proposal) = self.pending.pop_front() else {
                let rewrite = self.kinds.next()?;
                let found =
                    (rewrite.find)(&basis.facts).into_iter().filter(Proposal::is_something).take(MOST_OF_A_KIND);
                self.pending.extend(found.map(|proposal| Proposal { code: rewrite.code, ..proposal }));
                continue;
            };
            if let Some(image) = &proposal.wanted {
                self.wanted.insert(image.clone());
                continue;
            }
            if proposal.otherwise && self.suggested.contains(proposal.code) {
                continue;
            }
            let Some(files) = basis.files(&proposal) else { continue };
            if self.tried.insert(files.iter().map(|file| file.text.clone()).collect()) {
                let suggestion = basis.attempt(proposal, files);
                self.suggested.extend(suggestion.iter().map(|suggestion| suggestion.code));
                return Some(suggestion);
            }
        }
    }
}

impl Basis {
    fn of(given: Given) -> Option<Basis> {
        let First { report, cache } = first(&given);
        if report.outcome != Outcome::Built {
            return None;
        }
        let gaps = gaps(&report);
        let facts = Facts::new(given, report.clone())?;
        let first = First { report, cache };
        let edited = roles::changes(&facts, &first);
        let (source, dependency) = (edited.source.as_ref(), edited.dependency.as_ref());
        let figures = summed(&first, source, dependency)?;
        let caches: Vec<&CacheStore> =
            [Some(&first), source, dependency].into_iter().flatten().map(|first| &first.cache).collect();
        let fresh = CacheStore::recalling(&caches);
        Some(Basis { facts, changes: edited.changes, figures, gaps, fresh })
    }

    /// The files that a proposal changes. `None` where its edits do not fit, or change nothing.
    fn files(&self, proposal: &Proposal) -> Option<Vec<FileEdit>> {
        let mut files = Vec::new();
        let changed = [(self.facts.path.as_str(), &proposal.edits), (".dockerignore", &proposal.ignore)];
        for (path, edits) in changed.into_iter().filter(|(_, edits)| !edits.is_empty()) {
            let before = self.facts.given.context.text(path).unwrap_or_default();
            let text = apply_edits(&before, edits).filter(|text| *text != before)?;
            let lines = line_diff(&before, &text);
            files.push(FileEdit { path: path.to_owned(), edits: edits.clone(), text, lines });
        }
        (!files.is_empty()).then_some(files)
    }

    /// Builds a rewrite, and suggests it where it gains.
    fn attempt(&self, proposal: Proposal, files: Vec<FileEdit>) -> Option<Suggestion> {
        let facts = &self.facts;
        let mut given = facts.given.clone();
        given.options = proposal.options.clone().unwrap_or(given.options);
        for file in &files {
            let kind = ContextKind::File(Content::text(&file.text));
            let edit = Edit::Write { path: file.path.clone(), kind, mode: None };
            given.context.apply(&edit, EDITED_AT).ok()?;
        }
        let first = first_recalling(&given, &self.fresh);
        let report = &first.report;
        if report.outcome != Outcome::Built || gaps(report) > self.gaps {
            return None;
        }
        let after = figures(&given, &first, &self.changes)?;
        let (gains, losses, worth) = weigh(&self.figures, &after, &given.profile)?;
        let mut image = compare(facts.report.image.as_ref()?, report.image.as_ref()?);
        // the files that are rewritten may lie in the image themselves: that is no news
        let own: Vec<String> = files.iter().flat_map(|file| facts.places(&file.path)).collect();
        image.paths.retain(|change| !own.contains(&change.path));
        let touches = |change: &PathChange| change.files > 0;
        if proposal.keeps_files && image.paths.iter().any(touches) {
            return None;
        }
        Some(Suggestion {
            code: proposal.code,
            args: proposal.args,
            files,
            options: proposal.options,
            before: self.figures.clone(),
            after,
            gains,
            losses,
            image,
            worth,
        })
    }
}
