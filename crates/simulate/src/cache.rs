//! The build cache: keys, records, results, as BuildKit's solver keeps them (`solver/cachemanager.go`).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use dockerfile::Statement;
use filesystem::{Context, Cred, FileSystem, Ignore, ImageStore, Layer, LayerEntry};
use plan::BaseImage;

use crate::copies::Copies;
use crate::memory::Memory;
use crate::process::LogLine;
use crate::send::Sent;
use crate::trace::Trace;
use crate::{Basis, Evidence, Measured, Note, Programs};

/// A SHA-256 digest.
pub type Digest = [u8; 32];

/// Results that are kept; with more, the oldest are dropped.
const MAX_RESULTS: usize = 2_000;
/// Builds whose steps are kept to explain the next one.
const MAX_BUILDS: usize = 8;

/// What stands before the name of an image that was loaded, among the unpacked ones.
pub(crate) const PULLED: &str = "pulled ";

/// What was at the path of a layer's entry before the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Nothing,
    /// Something else.
    Other,
    /// The very same: it was only copied up.
    Same,
}

/// What a step left: its layer and the file system with it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The files after the step.
    pub files: FileSystem,
    /// What it added to those before.
    pub layer: Rc<Layer>,
    /// For each entry of the layer, what was at its path before.
    pub before: Rc<[Before]>,
    /// Directories that the runtime left where it mounted something, and that no layer lists: containerd's store counts
    /// their blocks.
    pub runtime_dirs: u64,
    /// What it printed.
    pub output: Vec<LogLine>,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// How sure that time is.
    pub ms_basis: Basis,
    /// How sure its bytes are.
    pub basis: Basis,
    /// What the estimates rest on.
    pub evidence: BTreeSet<Evidence>,
    /// What the simulation leaves out of it.
    pub notes: Vec<Note>,
    /// The programs that it started.
    pub programs: Programs,
    /// What its author stated.
    pub statement: Option<Statement>,
    /// What was measured of it with a real engine.
    pub measured: Option<Measured>,
}

/// What earlier builds left. Cloning is cheap; two are equal when no build lies between them.
#[derive(Clone, Debug, Default)]
pub struct CacheStore {
    /// From a key to the names of the results that it leads to.
    keys: Rc<BTreeMap<Digest, BTreeSet<Digest>>>,
    results: Rc<BTreeMap<Digest, (u64, Rc<Record>)>>,
    /// The steps of the last builds, the latest last.
    pub(crate) builds: Rc<Vec<Vec<Trace>>>,
    /// The contents of cache mounts, by id.
    pub(crate) mounts: Rc<BTreeMap<String, FileSystem>>,
    /// What the builder has of the build context.
    pub(crate) sent: Sent,
    /// The base images that a build has loaded, unpacked.
    pub(crate) bases: Rc<BTreeMap<String, FileSystem>>,
    /// What work came to that other stores have seen, by the name of the result.
    recalled: Rc<BTreeMap<Digest, Rc<Record>>>,
    /// What executions came to, in this store and in those that it comes of.
    pub(crate) memory: Memory,
    sequence: u64,
}

impl PartialEq for CacheStore {
    fn eq(&self, other: &CacheStore) -> bool {
        self.sequence == other.sequence
            && Rc::ptr_eq(&self.keys, &other.keys)
            && Rc::ptr_eq(&self.results, &other.results)
            && Rc::ptr_eq(&self.builds, &other.builds)
    }
}

impl Record {
    /// That of a step that leaves nothing and takes no time.
    pub(crate) fn of_nothing(basis: Basis) -> Record {
        Record {
            files: FileSystem::default(),
            layer: Rc::default(),
            before: Rc::new([]),
            runtime_dirs: 0,
            output: Vec::new(),
            ms: 0,
            ms_basis: Basis::Estimated,
            basis,
            evidence: BTreeSet::new(),
            notes: Vec::new(),
            programs: Programs::default(),
            statement: None,
            measured: None,
        }
    }

    /// The bytes of its layer, as a store counts them.
    #[must_use]
    pub fn bytes(&self, store: ImageStore) -> u64 {
        let runtime = Layer::default().size_in(store).saturating_mul(self.runtime_dirs);
        self.layer.size_in(store).saturating_add(runtime)
    }

    /// How sure the layer's bytes are. A compressed file is known by its content, but not to the byte.
    #[must_use]
    pub fn bytes_basis(&self) -> Basis {
        if self.notes.contains(&Note::Compressed) { self.basis.max(Basis::Estimated) } else { self.basis }
    }

    /// Whether there may be files in a real layer that are not in this one.
    pub(crate) fn leaves_gaps(&self) -> bool {
        matches!(self.basis, Basis::Measured | Basis::Stated | Basis::NotModelled)
    }
}

impl CacheStore {
    /// A store that has nothing, as a fresh machine's: but where a step does what was done in one of `stores`, that is
    /// taken for what it comes to and not worked out again. Its steps run, and take their time.
    #[must_use]
    pub fn recalling(stores: &[&CacheStore]) -> CacheStore {
        let mut recalled = BTreeMap::new();
        let mut bases = BTreeMap::new();
        for store in stores {
            recalled.extend(store.results.iter().map(|(name, (_, record))| (*name, Rc::clone(record))));
            let unpacked = store.bases.iter().filter(|(name, _)| !name.starts_with(PULLED));
            bases.extend(unpacked.map(|(name, files)| (name.clone(), files.clone())));
        }
        let memory = stores.first().map(|store| store.memory.clone()).unwrap_or_default();
        CacheStore { recalled: Rc::new(recalled), bases: Rc::new(bases), memory, ..CacheStore::default() }
    }

    /// A store that has nothing, as after `docker builder prune --all`. Executions that were done need not be done again
    /// for it, but that is not to be seen in what is built.
    #[must_use]
    pub fn emptied(&self) -> CacheStore {
        CacheStore { memory: self.memory.clone(), ..CacheStore::default() }
    }

    /// The same store, for which every RUN is executed: builds are the same, and take longer to work out.
    #[must_use]
    pub fn without_memory(self) -> CacheStore {
        CacheStore { memory: Memory::none(), ..self }
    }

    /// The tree that COPY reads from: a context as it is sent. Where it differs little from the last one, that is edited.
    #[must_use]
    pub fn transferred(&self, context: &Context, ignore: &Ignore) -> FileSystem {
        self.memory.transferred(context, ignore)
    }

    /// How many executions of RUNs were spared, because they would have found what others had found.
    #[must_use]
    pub fn spared(&self) -> u64 {
        self.memory.spared()
    }

    /// How many COPYs were spared, because they would have copied what others had copied but for the content of some files.
    #[must_use]
    pub fn spared_copies(&self) -> u64 {
        self.memory.copies().map_or(0, Copies::spared)
    }

    /// What the result of this name was in another store.
    pub(crate) fn recall(&self, name: &Digest) -> Option<Record> {
        self.recalled.get(name).map(|record| Record::clone(record))
    }

    /// The files of an image, kept once unpacked, and a text that stands for their content.
    pub(crate) fn unpacked(&mut self, base: &BaseImage) -> (FileSystem, String) {
        let Some(image) = base.image.as_ref().or(base.system.as_ref()) else {
            return (FileSystem::default(), format!("unknown {}", base.reference.short()));
        };
        let key = format!("{} of {}", image.reference, image.date);
        let files = self.bases.get(&key).cloned().unwrap_or_else(|| {
            let files = FileSystem::from_layers(image.layers.iter().filter_map(|layer| layer.layer.as_ref()));
            Rc::make_mut(&mut self.bases).insert(key.clone(), files.clone());
            files
        });
        let content = if base.image.is_some() { key } else { format!("unknown {} on {key}", base.reference.short()) };
        (files, content)
    }

    /// Whether no build has left anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.results.is_empty() && self.builds.is_empty()
    }

    /// The results that any of the keys leads to: their names.
    pub(crate) fn find(&self, keys: &[Digest]) -> BTreeSet<Digest> {
        keys.iter()
            .filter_map(|key| self.keys.get(key))
            .flatten()
            .filter(|name| self.results.contains_key(*name))
            .copied()
            .collect()
    }

    pub(crate) fn record(&self, name: &Digest) -> Option<Rc<Record>> {
        self.results.get(name).map(|(_, record)| Rc::clone(record))
    }

    /// Makes every key lead to the results of these names: a definition and a content that meant the same once do so
    /// from there on.
    pub(crate) fn link(&mut self, keys: &[Digest], names: &BTreeSet<Digest>) {
        for key in keys {
            if self.keys.get(key).is_some_and(|known| names.is_subset(known)) {
                continue;
            }
            Rc::make_mut(&mut self.keys).entry(*key).or_default().extend(names);
        }
    }

    /// Keeps a result under a name, in the place of one that has it.
    pub(crate) fn keep(&mut self, name: Digest, record: Rc<Record>) {
        self.sequence += 1;
        let results = Rc::make_mut(&mut self.results);
        results.insert(name, (self.sequence, record));
        if results.len() > MAX_RESULTS {
            let oldest = results.iter().min_by_key(|(_, (sequence, _))| *sequence).map(|(name, _)| *name);
            oldest.and_then(|name| results.remove(&name));
        }
    }

    pub(crate) fn remember(&mut self, steps: Vec<Trace>) {
        self.sequence += 1;
        let builds = Rc::make_mut(&mut self.builds);
        builds.push(steps);
        if builds.len() > MAX_BUILDS {
            builds.remove(0);
        }
    }
}

/// What a step left that made `files` of those `before`.
pub(crate) fn record(
    before: &FileSystem,
    files: FileSystem,
    output: Vec<LogLine>,
    ms: u64,
    basis: Basis,
    notes: Vec<Note>,
) -> Record {
    let layer = Rc::new(files.layer());
    let states = layer.entries.iter().map(|entry| state_before(before, &files, entry)).collect();
    Record { files, layer, before: states, output, ms, notes, ..Record::of_nothing(basis) }
}

/// What was at the path of a layer's entry in the tree before it, as `files` has it now.
pub(crate) fn state_before(before: &FileSystem, files: &FileSystem, entry: &LayerEntry) -> Before {
    let root = Cred::root();
    match before.stat(&entry.path, false, &root) {
        Err(_) => Before::Nothing,
        Ok(stat)
            if stat.attr == entry.attr
                && files.stat(&entry.path, false, &root).is_ok_and(|now| now.kind == stat.kind) =>
        {
            Before::Same
        }
        Ok(_) => Before::Other,
    }
}
