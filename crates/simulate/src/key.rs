//! What a step's cache key is made of (BuildKit's `solver/llbsolver/ops/{exec,file}.go`, `CacheMap`).

use std::collections::BTreeSet;

use dockerfile::MountKind;
use filesystem::ImageStore;
use plan::{CopyFiles, Mount, Operation, Run, Workdir};
use sha2::{Digest as _, Sha256};

use crate::cache::Digest;
use crate::owner::id;

/// Combinations of equivalent inputs that are tried.
const MAX_COMBINATIONS: usize = 256;

/// A digest of parts, each with its length so that no two lists of parts run together.
#[derive(Clone)]
pub(crate) struct Hash(Sha256);

impl Hash {
    pub(crate) fn new(what: &str) -> Hash {
        Hash(Sha256::new()).text(what)
    }

    pub(crate) fn text(mut self, text: &str) -> Hash {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }

    pub(crate) fn digest(mut self, digest: &Digest) -> Hash {
        self.0.update(digest);
        self
    }

    fn texts<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> Hash {
        let texts: Vec<&str> = texts.into_iter().collect();
        texts.iter().fold(self.text(&texts.len().to_string()), |hash, text| hash.text(text))
    }

    pub(crate) fn finish(self) -> Digest {
        self.0.finalize().into()
    }
}

/// An input of a step: the ways in which it can be known again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Input {
    /// The names of the results that it is, with what is selected of them.
    pub(crate) definitions: BTreeSet<Digest>,
    /// The checksum of what is taken of it.
    pub(crate) content: Option<Digest>,
}

/// Every key that a step can be known by: its own digest with each choice of one way for each input.
pub(crate) fn combinations(operation: &Digest, inputs: &[Input]) -> Vec<Digest> {
    let mut hashes = vec![Hash::new("step").digest(operation)];
    for input in inputs {
        let mut next = Vec::new();
        for hash in &hashes {
            next.extend(input.definitions.iter().map(|name| hash.clone().text("definition").digest(name)));
            next.extend(input.content.iter().map(|content| hash.clone().text("content").digest(content)));
        }
        next.truncate(MAX_COMBINATIONS);
        hashes = next;
    }
    hashes.into_iter().map(Hash::finish).collect()
}

/// The digest of what a step does, without its inputs. `network` is whether the build has one. Each image store has a
/// build cache of its own.
pub(crate) fn operation(operation: &Operation, network: bool, store: ImageStore) -> Digest {
    let digest = match operation {
        Operation::From => Hash::new("from").finish(),
        Operation::Run(run) => run_digest(run, network),
        Operation::Copy(copy) => copy_digest(copy),
        Operation::Merge => Hash::new("merge").finish(),
        Operation::Workdir(Workdir { path, user }) => Hash::new("mkdir").text(path).text(&plain_owner(user)).finish(),
    };
    match store {
        ImageStore::Overlay2 => digest,
        ImageStore::Containerd => Hash::new("containerd").digest(&digest).finish(),
    }
}

/// The network that a RUN gets where the build has one, or none.
pub(crate) fn effective_network(run: &Run, network: bool) -> &str {
    if run.network == "default" && !network { "none" } else { run.network.as_str() }
}

fn run_digest(run: &Run, network: bool) -> Digest {
    let network = effective_network(run, network);
    let environment = run.environment.iter().flat_map(|(name, value)| [name, value]);
    let mut hash = Hash::new("exec")
        .texts(run.arguments.iter().map(String::as_str))
        .texts(environment)
        .text(&run.directory_written)
        .text(&run.user)
        .text(network);
    for mount in &run.mounts {
        hash = mount_options(mount).iter().fold(hash, |hash, (_, value)| hash.text(value));
    }
    if let Some((name, text)) = &run.script {
        hash = hash.text("script").text(name).text(text);
    }
    hash.finish()
}

/// What counts of a mount, with the names of its options: neither the id of a cache that has one of its own, nor its
/// sharing, nor a secret's value.
pub(crate) fn mount_options(mount: &Mount) -> [(&'static str, String); 10] {
    let cache = mount.kind == MountKind::Cache;
    let default_id = mount.id.is_empty() || mount.id == mount.target;
    let id = match (cache, default_id) {
        (true, true) => mount.target.as_str(),
        (true, false) => "",
        (false, _) => mount.id.as_str(),
    };
    let number = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
    let mode = mount.mode.map(|mode| format!("{mode:o}")).unwrap_or_default();
    [
        ("type", mount.kind.name().to_string()),
        ("target", mount.target.clone()),
        ("id", id.to_string()),
        ("readonly", if mount.read_only { "true".into() } else { String::new() }),
        ("required", if mount.required { "true".into() } else { String::new() }),
        ("mode", mode),
        ("uid", number(mount.uid.map(u64::from))),
        ("gid", number(mount.gid.map(u64::from))),
        ("size", number(mount.size)),
        ("env", mount.env.clone().unwrap_or_default()),
    ]
}

/// A mode of `--chmod`: octal ones are the same with and without a zero in front.
pub(crate) fn plain_mode(chmod: &str) -> String {
    u32::from_str_radix(chmod, 8).map_or_else(|_| chmod.to_string(), |mode| format!("0{mode:o}"))
}

/// An owner of `--chown`: root is the number 0, numbers count by value (`llb/fileop.go`, `parseUID`).
pub(crate) fn plain_owner(chown: &str) -> String {
    let parts = chown.splitn(2, ':').map(|part| id(part).map_or_else(|| part.to_string(), |id| id.to_string()));
    parts.collect::<Vec<_>>().join(":")
}

/// Of a source only its last part counts: the rest is in the content.
fn copy_digest(copy: &CopyFiles) -> Digest {
    let names = copy.sources.iter().map(|source| source.rsplit('/').next().unwrap_or_default());
    Hash::new("copy")
        .texts(names)
        .texts(copy.documents.iter().map(|(name, _)| name.as_str()))
        .text(&copy.destination)
        .text(&plain_owner(&copy.chown))
        .text(&plain_mode(&copy.chmod))
        .texts(copy.exclude.iter().map(String::as_str))
        .text(if copy.add { "add" } else { "copy" })
        .text(if copy.unpack { "unpack" } else { "" })
        .text(&copy.checksum)
        .finish()
}
