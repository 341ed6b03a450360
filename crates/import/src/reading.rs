//! Which files of a folder are read, and how far.

/// What is done to get to know a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Its text is read and kept, where it is one.
    Text,
    /// Its bytes are read for their hash, and not kept.
    Hash,
    /// Its name, size and time say enough.
    Name,
}

/// The bytes of a file whose text is kept.
const TEXT_BYTES: u64 = 64 << 10;
/// The bytes of a file whose text decides what a build does.
const DECIDING_BYTES: u64 = 2 << 20;
/// The bytes of all texts that are kept: the page keeps them from visit to visit.
const TEXTS_BYTES: u64 = 4 << 20;
/// The bytes of a file that is read for its hash.
const HASH_BYTES: u64 = 4 << 20;
/// The bytes of all files that are read for their hashes.
const HASHES_BYTES: u64 = 64 << 20;

/// Names of files that say what a build does, or what a tool installs.
const DECIDING: [&str; 36] = [
    "package.json",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    ".yarnrc.yml",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "bun.lock",
    ".npmrc",
    "pyproject.toml",
    "poetry.lock",
    "uv.lock",
    "Pipfile",
    "Pipfile.lock",
    "setup.py",
    "setup.cfg",
    "go.mod",
    "go.sum",
    "Cargo.toml",
    "Cargo.lock",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "settings.gradle",
    "settings.gradle.kts",
    "gradle.properties",
    "mvnw",
    "gradlew",
    "Gemfile",
    "Gemfile.lock",
    "composer.json",
    "composer.lock",
    "Makefile",
    "CMakeLists.txt",
    "tsconfig.json",
    "Containerfile",
];

/// Folders that tools fill: their files count by name and size.
const FILLED: [&str; 15] = [
    ".git",
    ".hg",
    ".svn",
    "node_modules",
    "bower_components",
    ".venv",
    "venv",
    "__pycache__",
    ".tox",
    "target",
    ".next",
    ".nuxt",
    ".gradle",
    ".cache",
    ".terraform",
];

/// What to do with each file of a folder, given by path and size: texts of what matters first, then small texts, up to
/// bounds; hashes of the rest, up to bounds.
#[must_use]
pub fn readings(files: &[(String, u64)]) -> Vec<Reading> {
    let mut readings = vec![Reading::Name; files.len()];
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|at| files.get(*at).map(|(path, bytes)| (rank(path), *bytes)));
    let (mut texts, mut hashes) = (TEXTS_BYTES, HASHES_BYTES);
    for at in order {
        let (Some((path, bytes)), Some(reading)) = (files.get(at), readings.get_mut(at)) else { continue };
        let most = if rank(path) < Rank::Other { DECIDING_BYTES } else { TEXT_BYTES };
        if rank(path) == Rank::Filled {
            continue;
        }
        if *bytes <= most && *bytes <= texts {
            texts -= bytes;
            *reading = Reading::Text;
        } else if *bytes <= HASH_BYTES && *bytes <= hashes {
            hashes -= bytes;
            *reading = Reading::Hash;
        }
    }
    readings
}

/// How much depends on a file's text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Dockerfile,
    Deciding,
    Other,
    Filled,
}

fn rank(path: &str) -> Rank {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if folder.split('/').any(|part| FILLED.contains(&part)) {
        Rank::Filled
    } else if is_dockerfile(name) || is_ignore_file(name) {
        Rank::Dockerfile
    } else if DECIDING.contains(&name) || is_requirements(name) || has_ending(name, &["csproj", "sh"]) {
        Rank::Deciding
    } else {
        Rank::Other
    }
}

/// `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, `Containerfile`
pub(crate) fn is_dockerfile(name: &str) -> bool {
    let dotted = name.strip_prefix("Dockerfile.").or_else(|| name.strip_suffix(".Dockerfile"));
    matches!(name, "Dockerfile" | "dockerfile" | "Containerfile") || dotted.is_some() && !is_ignore_file(name)
}

/// `.dockerignore`, `Dockerfile.dockerignore`
pub(crate) fn is_ignore_file(name: &str) -> bool {
    name.ends_with(".dockerignore")
}

fn is_requirements(name: &str) -> bool {
    name.starts_with("requirements") && has_ending(name, &["txt", "in"])
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

/// Whether a text is a script that can be started by its name: a browser does not tell permissions.
#[must_use]
pub fn is_script(text: &str) -> bool {
    text.starts_with("#!")
}

/// Whether a file is a script that can be started, as far as its name tells.
#[must_use]
pub fn looks_executable(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "mvnw" | "gradlew") || has_ending(name, &["sh"])
}
