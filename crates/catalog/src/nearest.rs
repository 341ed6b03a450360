//! Which of the known names is nearest to one that is not known.
//!
//! Another tag of the same repository stands for a tag that is not known, but for one of another system: commands that an
//! Alpine image has would fail in a Debian one, and the other way round. It is first one with the same words (`slim`, `jdk`, `fpm`), then of the same
//! release (`bookworm`), then of the nearest version, the older one of two that are as near. A tag without a version
//! (`latest`, `lts`, `slim`) asks for the newest. Outside Docker Hub, where numbers are part of repositories' names
//! (`distroless/nodejs20-debian12`), a repository that differs in its numbers alone will do.

use std::cmp::Reverse;

use crate::Reference;

/// Words that name no variant, but ask for the newest.
const NEWEST: [&str; 6] = ["latest", "lts", "stable", "current", "mainline", "edge"];
/// Words of images without a shell and a package manager: none that has them can stand for one.
const BARE: [&str; 5] = ["chiseled", "distroless", "micro", "scratch", "static"];
/// Releases of Debian and Ubuntu, by which tags name what an image is built on.
const DEBIAN: [&str; 8] = ["jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky", "sid"];
const UBUNTU: [&str; 5] = ["bionic", "focal", "jammy", "noble", "resolute"];

/// A part of a tag: a word with the numbers behind it, as `alpine` and 3, 20.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    text: String,
    numbers: Vec<u64>,
}

/// An image's name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    reference: Reference,
    repository: Vec<Word>,
    version: Vec<u64>,
    words: Vec<Word>,
}

impl Name {
    pub(crate) fn parse(name: &str) -> Option<Name> {
        Reference::parse(name).ok().map(|reference| Name::of(&reference))
    }

    pub(crate) fn of(reference: &Reference) -> Name {
        let (version, words) = parts(reference.tag.as_deref().unwrap_or("latest"));
        let (_, repository) = parts(reference.path.rsplit('/').next().unwrap_or_default());
        Name { reference: reference.clone(), repository, version, words }
    }

    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|w| w.text == word)
    }

    fn release(&self) -> Option<&str> {
        self.words.iter().map(|w| w.text.as_str()).find(|text| is_release(text))
    }

    /// The words but for the system and its release.
    fn variant(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|w| w.text != "alpine" && !is_release(&w.text))
    }
}

/// How far a known name is from the one that is asked for; the least is the nearest. Equal only for equal names.
pub(crate) type Distance = (Vec<Step>, (usize, Vec<Step>), u8, Vec<Step>, Vec<Step>, (usize, String));

/// How far one number is from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Both are there: how far apart, and whether the known one is the greater.
    Apart(u64, bool),
    /// None is asked for: the greatest first.
    Newest(Reverse<u64>),
    /// One is asked for, and the known name says nothing.
    Unsaid,
}

/// The distance of a known name, where it can stand for the one that is asked for at all.
pub(crate) fn distance(asked: &Name, known: &Name) -> Option<Distance> {
    if asked.has("alpine") != known.has("alpine") || BARE.iter().any(|word| asked.has(word) && !known.has(word)) {
        return None;
    }
    let repository = between_repositories(asked, known)?;
    let texts = |name: &Name| name.variant().map(|w| w.text.clone()).collect::<Vec<_>>();
    let (wanted, had) = (texts(asked), texts(known));
    let missing = wanted.iter().filter(|word| !had.contains(word)).count();
    let extra = had.iter().filter(|word| !wanted.contains(word)).count();
    let tools: Vec<Step> = asked
        .variant()
        .filter_map(|word| {
            let other = known.variant().find(|w| w.text == word.text)?;
            Some(apart(&word.numbers, &other.numbers))
        })
        .flatten()
        .collect();
    let release = match (asked.release(), known.release()) {
        (a, b) if a == b => 0,
        (None, _) | (_, None) => 1,
        _ => 2,
    };
    let alpine = |name: &Name| name.words.iter().find(|w| w.text == "alpine").map(|w| w.numbers.clone());
    let systems = apart(&alpine(asked).unwrap_or_default(), &alpine(known).unwrap_or_default());
    let words = (missing + extra, tools);
    let name = known.reference.short();
    Some((repository, words, release, apart(&asked.version, &known.version), systems, (name.len(), name)))
}

fn between_repositories(asked: &Name, known: &Name) -> Option<Vec<Step>> {
    let (a, b) = (&asked.reference, &known.reference);
    if a.domain != b.domain {
        return None;
    }
    if a.path == b.path {
        return Some(Vec::new());
    }
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_string());
    if a.domain == "docker.io" || folder(&a.path) != folder(&b.path) {
        return None;
    }
    // a release that is not named may be any
    let words =
        |name: &Name| name.repository.iter().filter(|w| w.text != "debian").map(|w| w.text.clone()).collect::<Vec<_>>();
    if words(asked) != words(known) {
        return None;
    }
    let numbers = |name: &Name, word: &str| {
        name.repository.iter().find(|w| w.text == word).map(|w| w.numbers.clone()).unwrap_or_default()
    };
    let mut all = words(known);
    all.push("debian".into());
    Some(all.iter().flat_map(|word| apart(&numbers(asked, word), &numbers(known, word))).collect())
}

fn apart(asked: &[u64], known: &[u64]) -> Vec<Step> {
    if asked.is_empty() {
        return known.iter().map(|&number| Step::Newest(Reverse(number))).chain([Step::Unsaid]).collect();
    }
    let pairs = asked.iter().zip(known).map(|(&asked, &known)| Step::Apart(asked.abs_diff(known), known > asked));
    pairs.chain((known.len() < asked.len()).then_some(Step::Unsaid)).collect()
}

/// The names of the systems that an image's name speaks of, the surest first: `debian:bookworm-slim` for `bookworm` and
/// `slim` in a tag, `ubuntu:22.04` for `ubuntu22.04`, `debian:slim` where `slim` is all there is.
pub(crate) fn systems(asked: &Reference) -> Vec<String> {
    let name = Name::of(asked);
    let slim = name.has("slim");
    let mut found = Vec::new();
    for word in name.words.iter().chain(&name.repository) {
        let text = word.text.as_str();
        let numbers = word.numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(".");
        if DEBIAN.contains(&text) {
            found.push(format!("debian:{text}{}", if slim { "-slim" } else { "" }));
        } else if UBUNTU.contains(&text) {
            found.push(format!("ubuntu:{text}"));
        } else if ["alpine", "debian", "ubuntu", "fedora", "rockylinux", "amazonlinux", "busybox"].contains(&text) {
            let tag = if numbers.is_empty() { "latest".to_string() } else { numbers };
            found.push(format!("{text}:{tag}{}", if slim && text == "debian" { "-slim" } else { "" }));
        }
    }
    if found.is_empty() && slim {
        found.push("debian:slim".into());
    }
    found
}

fn is_release(text: &str) -> bool {
    DEBIAN.contains(&text) || UBUNTU.contains(&text)
}

/// A tag's version and words: `22.14-alpine3.20` is 22, 14 and `alpine` with 3, 20.
fn parts(tag: &str) -> (Vec<u64>, Vec<Word>) {
    let (mut version, mut words) = (Vec::new(), Vec::<Word>::new());
    for (index, part) in tag.split('-').enumerate() {
        let bare = part.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(part);
        let start = bare.find(|c: char| c.is_ascii_digit()).unwrap_or(bare.len());
        let (text, numbers) = bare.split_at(start);
        let numbers = read_numbers(numbers);
        match words.last_mut() {
            _ if NEWEST.contains(&text) => {}
            _ if !text.is_empty() => words.push(Word { text: text.to_string(), numbers }),
            Some(word) if word.numbers.is_empty() => word.numbers = numbers,
            None if index == 0 || version.is_empty() => version = numbers,
            _ => {}
        }
    }
    (version, words)
}

/// The numbers at the start of a text, up to what is no number: 3, 13 of `3.13rc1`.
fn read_numbers(text: &str) -> Vec<u64> {
    let mut numbers = Vec::new();
    for part in text.split('.') {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let Some(number) = part.get(..end).and_then(|digits| digits.parse().ok()) else { break };
        numbers.push(number);
        if end < part.len() {
            break;
        }
    }
    numbers
}
