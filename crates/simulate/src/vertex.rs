//! The digests by which equal steps of one build are found: the vertices of BuildKit's graph.

use std::collections::{BTreeMap, BTreeSet};

use plan::{Base, Mount, Operation, Plan, Source, Stage};

use crate::World;
use crate::cache::Digest;
use crate::key::{Hash, operation};
use crate::send::wanted;
use crate::taken::Taken;

/// The steps of the stages that are needed.
#[derive(Default)]
pub(crate) struct Vertices {
    /// What a step does, its vertex and that of the files below it, by stage and number.
    steps: BTreeMap<(usize, usize), (Digest, Digest, Digest)>,
    /// Where each stage ends.
    ends: BTreeMap<usize, Digest>,
    /// Those that do not use the cache. Equal steps are one, and it is enough that one of them does not.
    ignoring: BTreeSet<Digest>,
}

impl Vertices {
    pub(crate) fn new(plan: &Plan, world: &World<'_>) -> Vertices {
        let mut vertices = Vertices::default();
        for stage in plan.stages.iter().filter(|stage| stage.needed) {
            let mut last = match &stage.base {
                Base::Stage(base) => vertices.end(*base),
                Base::Image(image) => image_vertex(&image.reference.short()),
                Base::Scratch | Base::Invalid => Digest::default(),
            };
            let mut linked = None;
            for (number, step) in stage.steps.iter().enumerate() {
                let digest = operation(&step.operation, world.network, world.store);
                let link = matches!(&step.operation, Operation::Copy(copy) if copy.link);
                let below = if link { Digest::default() } else { last };
                let vertex = Hash::new("vertex").digest(&digest).digest(&below);
                let vertex = linked.take().into_iter().fold(vertex, |hash, copy| hash.digest(&copy));
                let vertex = match step.operation {
                    // the image itself, however it is come by
                    Operation::From => last,
                    _ => vertices.inputs(vertex, &step.operation).finish(),
                };
                vertices.steps.insert((stage.index, number), (digest, vertex, below));
                if ignores_cache(world, stage, &step.operation) {
                    vertices.ignoring.insert(vertex);
                }
                if link {
                    linked = Some(vertex);
                } else {
                    last = vertex;
                }
            }
            vertices.ends.insert(stage.index, last);
        }
        vertices
    }

    /// What a step does, and its vertex.
    pub(crate) fn of(&self, stage: usize, number: usize) -> (Digest, Digest) {
        let (digest, vertex, _) = self.steps.get(&(stage, number)).copied().unwrap_or_default();
        (digest, vertex)
    }

    /// The vertex of the files that a step begins with.
    pub(crate) fn below(&self, stage: usize, number: usize) -> Digest {
        self.steps.get(&(stage, number)).map(|(_, _, below)| *below).unwrap_or_default()
    }

    /// Whether a step does not use the cache.
    pub(crate) fn ignores_cache(&self, vertex: &Digest) -> bool {
        self.ignoring.contains(vertex)
    }

    fn end(&self, stage: usize) -> Digest {
        self.ends.get(&stage).copied().unwrap_or_default()
    }

    fn inputs(&self, hash: Hash, operation: &Operation) -> Hash {
        match operation {
            Operation::From | Operation::Workdir(_) | Operation::Merge => hash,
            Operation::Copy(copy) => {
                let local: Vec<&String> = copy.sources.iter().filter(|source| source.starts_with('/')).collect();
                let mut hash = hash;
                if !local.is_empty() {
                    hash = local.into_iter().fold(hash.digest(&self.source(&copy.from)), |hash, path| hash.text(path));
                }
                if !copy.documents.is_empty() {
                    hash = hash.digest(&Taken::documents(&copy.documents).vertex);
                }
                hash
            }
            Operation::Run(run) => run.mounts.iter().fold(hash, |hash, mount| {
                if takes_files(mount) {
                    hash.digest(&self.source(&mount.from)).text(&mount.source)
                } else {
                    hash.digest(&Taken::nothing().vertex)
                }
            }),
        }
    }

    fn source(&self, from: &Source) -> Digest {
        match from {
            Source::Stage(stage) => self.end(*stage),
            Source::Image(image) => image_vertex(&image.reference.short()),
            Source::Context | Source::Empty => Digest::default(),
        }
    }
}

/// Whether `--no-cache` or `--no-cache-filter` speak of a step.
fn ignores_cache(world: &World<'_>, stage: &Stage, operation: &Operation) -> bool {
    let named =
        |name: &String| stage.name.as_deref() == Some(name.to_lowercase().as_str()) || *name == stage.index.to_string();
    matches!(operation, Operation::Run(_) | Operation::Copy(_))
        && (world.no_cache || world.no_cache_filter.iter().any(named))
}

/// The vertex of a base image.
pub(crate) fn image_vertex(short: &str) -> Digest {
    Hash::new("image").text(short).finish()
}

/// Whether a mount shows files of a stage, an image or the context.
pub(crate) fn takes_files(mount: &Mount) -> bool {
    match mount.kind {
        dockerfile::MountKind::Bind => true,
        dockerfile::MountKind::Cache => mount.from != Source::Empty,
        _ => false,
    }
}

/// Why the build context cannot be sent: what is to be copied of it is asked for by pattern, and one cannot be read.
pub(crate) fn context_error(plan: &Plan) -> Option<String> {
    let wanted = wanted(plan);
    // all of it is sent where all of it is wanted
    if wanted.contains("") || wanted.contains(".") {
        return None;
    }
    let error = filesystem::parse_patterns(wanted.iter().copied()).errors().first()?.kind;
    let mut listed: Vec<&str> = Vec::new();
    for path in wanted {
        let below = |last: &&str| path.strip_prefix(*last).is_some_and(|rest| rest.starts_with('/'));
        if !listed.last().is_some_and(below) {
            listed.push(path);
        }
    }
    let listed = listed.join(" ");
    Some(format!("rpc error: code = Unknown desc = invalid includepatterns: [{listed}]: {error}"))
}
