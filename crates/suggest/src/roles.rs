//! Which files of the context are sources, and which say what a project depends on.

use filesystem::{Content, ContextKind, Edit};
use report::{Outcome, StepState};

use crate::facts::{CopyAt, Facts, RunAt};
use crate::manifest::with_dependency;
use crate::script::Call;
use crate::tools::{Tool, fetcher, files_of, is_manifest_name};
use crate::trial::{Changes, First, build, edited};

/// A manifest or lock file that a step reads.
pub(crate) struct ManifestFile {
    /// Its path in the context.
    pub path: String,
    /// Whether it is the one that people edit.
    pub is_manifest: bool,
}

/// The edits that stand for all of their kind, with the builds after them.
#[derive(Default)]
pub(crate) struct Edited {
    pub changes: Changes,
    pub source: Option<First>,
    pub dependency: Option<First>,
}

/// What is taken for an edit of a source file, and of the dependencies: edits after which the project still builds.
pub(crate) fn changes(facts: &Facts, first: &First) -> Edited {
    let built = |edits: Vec<Edit>| {
        let context = edited(&facts.given.context, &edits).filter(|_| !edits.is_empty())?;
        let built = build(&facts.given, &context, &first.cache);
        (built.report.outcome == Outcome::Built).then_some((edits, built))
    };
    let mut all = Edited::default();
    let source = sources(facts).into_iter().take(4).find_map(|path| {
        let (edits, built) = built(vec![edit_source(facts, &path)?])?;
        built.report.steps.iter().any(|step| step.state == StepState::Ran).then_some((edits, built))
    });
    if let Some((edits, built)) = source {
        (all.changes.source, all.source) = (edits, Some(built));
    }
    let manifests = manifests(facts);
    let respaced = || manifests.iter().filter_map(|file| respaced(facts, &file.path)).collect();
    let dependency = add_dependency(facts, &manifests).and_then(built).or_else(|| built(respaced()));
    if let Some((edits, built)) = dependency {
        (all.changes.dependency, all.dependency) = (edits, Some(built));
    }
    all
}

/// The manifests and lock files that the project's steps read, by path.
pub(crate) fn manifests(facts: &Facts) -> Vec<ManifestFile> {
    let mut found: Vec<ManifestFile> = Vec::new();
    for run in facts.runs() {
        for (at, call) in run.script.calls.iter().enumerate() {
            let Some(tool) = fetcher(call) else { continue };
            for path in read_by(facts, &run, at, call, tool) {
                if !found.iter().any(|other| other.path == path) {
                    let name = path.rsplit('/').next().unwrap_or_default();
                    let lock = name.contains("lock") || name.contains("shrinkwrap") || name == "go.sum";
                    let is_manifest = !lock && !name.starts_with('.');
                    found.push(ManifestFile { path, is_manifest });
                }
            }
        }
    }
    found
}

/// The files of the context that a call of a tool reads: those that were copied, or are mounted, to where it runs.
pub(crate) fn read_by(facts: &Facts, run: &RunAt<'_>, at: usize, call: &Call, tool: &'static Tool) -> Vec<String> {
    let directory = directory_at(run, at);
    let patterns: Vec<String> = files_of(tool, call).iter().map(|file| joined(&directory, file)).collect();
    let copies: Vec<CopyAt<'_>> = facts.copies().filter(|copy| copy.number < run.number).collect();
    let files = facts.report.context.files.iter().filter(|file| file.kind == "file" && file.ignored_by.is_none());
    // in the order of the tool's own list: the manifest comes first
    let place_in_list =
        |place: &str| patterns.iter().position(|pattern| filesystem::path_match(pattern, place).unwrap_or(false));
    let read = files.filter_map(|file| {
        let copied = copies.iter().filter_map(|copy| copy.placed(&file.path));
        let mut places = copied.chain(mounted(run, &file.path));
        Some((places.find_map(|place| place_in_list(&place))?, file.path.to_string()))
    });
    let mut read: Vec<(usize, String)> = read.collect();
    read.sort_unstable();
    read.into_iter().map(|(_, path)| path).collect()
}

/// The working directory of a call, behind the `cd`s before it.
pub(crate) fn directory_at(run: &RunAt<'_>, at: usize) -> String {
    let before = run.script.calls.iter().take(at).filter(|call| call.name() == "cd");
    before.fold(run.run.directory.clone(), |directory, call| joined(&directory, call.verb()))
}

/// A path that is relative to a directory, without `.` and `..`.
pub(crate) fn joined(directory: &str, path: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{directory}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Where a bind mount of a RUN has a file of the context.
fn mounted(run: &RunAt<'_>, path: &str) -> Option<String> {
    let mounts = run.run.mounts.iter().filter(|mount| mount.from == plan::Source::Context);
    let mut places = mounts.filter_map(|mount| {
        let source = mount.source.trim_matches('/');
        let rest = if source.is_empty() { Some(path) } else { path.strip_prefix(source) }?;
        match rest.strip_prefix('/') {
            Some(rest) => Some(joined(&mount.target, rest)),
            None if rest.is_empty() => Some(mount.target.clone()),
            None => source.is_empty().then(|| joined(&mount.target, rest)),
        }
    });
    places.next()
}

impl CopyAt<'_> {
    /// Where in the image a file of the context comes to lie.
    pub fn placed(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = path.split('/').collect();
        self.copy.sources.iter().find_map(|source| {
            let source = source.trim_matches('/');
            if matches!(source, "" | ".") {
                return Some(joined(&self.copy.destination, path));
            }
            let depth = source.split('/').count();
            let (head, rest) = parts.split_at_checked(depth)?;
            if !filesystem::path_match(source, &head.join("/")).unwrap_or(false) {
                return None;
            }
            let destination = &self.copy.destination;
            match rest {
                [] if destination.ends_with('/') => Some(joined(destination, head.last()?)),
                [] => Some(joined(destination, "")),
                rest => Some(joined(destination, &rest.join("/"))),
            }
        })
    }
}

/// The source files that the project's steps take, the most typical first.
pub(crate) fn sources(facts: &Facts) -> Vec<String> {
    let dockerfile = facts.path.as_str();
    let files = facts.report.context.files.iter().filter(|file| file.kind == "file" && file.ignored_by.is_none());
    let files = files.filter(|file| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        *file.path != *dockerfile && !name.ends_with(".dockerignore") && !is_manifest_name(name) && name != "Dockerfile"
    });
    let taken: Vec<CopyAt<'_>> = facts.copies().collect();
    let runs: Vec<RunAt<'_>> = facts.runs().collect();
    let files = files.filter(|file| {
        taken.iter().any(|copy| copy.takes(&file.path)) || runs.iter().any(|run| mounted(run, &file.path).is_some())
    });
    let mut paths: Vec<String> = files.map(|file| file.path.to_string()).collect();
    paths.sort_by_cached_key(|path| (std::cmp::Reverse(likeness(path)), path.clone()));
    paths
}

/// How much a path looks like one of a program's source.
fn likeness(path: &str) -> i32 {
    let name = path.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let code = [
        "js", "ts", "jsx", "tsx", "mjs", "py", "go", "rs", "java", "kt", "rb", "php", "cs", "c", "cc", "cpp", "h",
        "scala", "ex", "exs", "swift", "hs", "vue", "svelte", "pl", "R", "dart", "clj",
    ];
    let text = ["html", "css", "sh", "md", "txt", "yml", "yaml", "json", "toml", "conf", "tex", "sql"];
    let mut likeness = if code.contains(&ending) {
        40
    } else if text.contains(&ending) {
        10
    } else {
        0
    };
    let folders: Vec<&str> = path.split('/').rev().skip(1).collect();
    let dull = ["test", "tests", "spec", "docs", "doc", "node_modules", "vendor", ".git", ".github", "migrations"];
    if folders.iter().any(|folder| dull.contains(folder)) || name.contains("test") || name.contains(".config.") {
        likeness -= 30;
    }
    if folders.iter().any(|folder| ["src", "app", "lib", "cmd", "pkg"].contains(folder)) {
        likeness += 5;
    }
    if ["main", "app", "index", "server", "App", "Main", "Program", "routes"].contains(&stem) {
        likeness += 3;
    }
    if name.starts_with('.') { likeness - 20 } else { likeness }
}

/// An edit of a source file: a comment behind its end, or what comes nearest to one.
pub(crate) fn edit_source(facts: &Facts, path: &str) -> Option<Edit> {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    let more = match ending {
        "py" | "rb" | "sh" | "yml" | "yaml" | "ex" | "exs" | "pl" | "R" | "conf" | "toml" => "# edited\n",
        "html" | "md" | "vue" | "svelte" | "xml" => "<!-- edited -->\n",
        "css" => "/* edited */\n",
        "hs" | "sql" => "-- edited\n",
        "json" | "txt" | "" => "\n",
        _ => "// edited\n",
    };
    appended(facts, path, more)
}

/// The manifest with one more dependency, and its lock file with it.
pub(crate) fn add_dependency(facts: &Facts, manifests: &[ManifestFile]) -> Option<Vec<Edit>> {
    let context = &facts.given.context;
    let added = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let text = with_dependency(name, &context.text(path)?)?;
        Some(write(path, Content::text(&text)))
    };
    let manifest = manifests.iter().filter(|file| file.is_manifest).find_map(|file| Some((file, added(&file.path)?)));
    let (manifest, edit) = manifest?;
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let beside = manifests.iter().filter(|file| !file.is_manifest && folder(&file.path) == folder(&manifest.path));
    let mut edits = vec![edit];
    edits.extend(beside.filter_map(|file| added(&file.path)));
    Some(edits)
}

/// A file with a line end more, which no format minds.
fn respaced(facts: &Facts, path: &str) -> Option<Edit> {
    appended(facts, path, "\n")
}

fn appended(facts: &Facts, path: &str, more: &str) -> Option<Edit> {
    let ContextKind::File(content) = &facts.given.context.get(path)?.kind else { return None };
    let mut content = content.clone();
    let size = content.size();
    let last = content.slice(size.saturating_sub(1), size).bytes(1);
    if size > 0 && last.is_some_and(|last| last != b"\n") {
        content.push_bytes(b"\n");
    }
    content.push_bytes(more.as_bytes());
    Some(write(path, content))
}

pub(crate) fn write(path: &str, content: Content) -> Edit {
    Edit::Write { path: path.to_owned(), kind: ContextKind::File(content), mode: None }
}
