//! Programs that a compiler made in the build: what they need to start, kept in the name of their content.
//!
//! The bytes of such a program are not known. What is known, and what decides whether it runs after it was copied into
//! another image, is the loader that the kernel has to find for it: none for a static program.

use filesystem::{Content, Cred, FileSystem, Piece};

use super::elf;
use crate::process::Machine;

/// What a program's content is named by: `compiled/OS-ARCHITECTURE/LIBRARY/NAME`.
const PREFIX: &str = "compiled/";

/// The C library that a program is linked with at its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Library {
    /// None: all is in the program.
    Static,
    /// glibc, by ld-linux-x86-64.so.2.
    Glibc,
    /// musl, by ld-musl-x86_64.so.1.
    Musl,
}

const GLIBC_LOADERS: &[&str] = &[
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-linux-x86-64.so.2",
    "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
    "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
    "/lib/libc.so.6",
];
const MUSL_LOADER: &str = "/lib/ld-musl-x86_64.so.1";

impl Library {
    fn name(self) -> &'static str {
        match self {
            Library::Static => "static",
            Library::Glibc => "glibc",
            Library::Musl => "musl",
        }
    }
}

/// The C library of the image: what a compiler there links with.
pub fn library_of(fs: &FileSystem) -> Library {
    if has(fs, MUSL_LOADER) { Library::Musl } else { Library::Glibc }
}

fn has(fs: &FileSystem, path: &str) -> bool {
    fs.stat(path, true, &Cred::root()).is_ok()
}

/// A program of that size for a system (`linux-amd64`). Equal ids mean equal bytes.
pub fn program(target: &str, library: Library, id: &str, size: u64) -> Content {
    Content::opaque(&format!("{PREFIX}{target}/{}/{id}", library.name()), size)
}

/// Whether a compiler of this build made the content.
pub fn is_compiled(content: &Content) -> bool {
    id(content).is_some()
}

fn id(content: &Content) -> Option<&str> {
    match content.pieces().first()? {
        Piece::Opaque { id, .. } => id.strip_prefix(PREFIX),
        _ => None,
    }
}

/// The same program with another size: stripped, compressed by a packer.
pub fn resized(content: &Content, how: &str, size: u64) -> Option<Content> {
    id(content).map(|id| Content::opaque(&format!("{PREFIX}{id}+{how}"), size))
}

/// Whether the kernel can start a program here: one that is neither compiled in this build nor known byte by byte is taken
/// to be at home in its image.
pub fn can_start(machine: &Machine, content: &Content) -> bool {
    // an image whose files are not known at all may have any loader
    let there = |paths: &[&str]| paths.iter().any(|path| has(machine.fs, path)) || machine.knows_nothing();
    let library = match id(content) {
        Some(id) => id.split('/').nth(1).map(str::to_owned),
        None => {
            let head = content.slice(0, content.size().min(elf::HEAD_BYTES)).bytes(elf::HEAD_BYTES as usize);
            head.as_deref().and_then(elf::loader).map(str::to_owned)
        }
    };
    match library.as_deref() {
        None | Some("static") => true,
        Some("musl") => there(&[MUSL_LOADER]),
        Some(loader) if loader == MUSL_LOADER => there(&[MUSL_LOADER]),
        Some(loader) if loader != "glibc" && !GLIBC_LOADERS.contains(&loader) => there(&[loader]),
        Some(_) => there(GLIBC_LOADERS),
    }
}

/// Whether a program is for another kind of machine than the build's.
pub fn is_foreign(content: &Content) -> bool {
    id(content).and_then(|id| id.split('/').next()).is_some_and(|target| target != "linux-amd64")
}
