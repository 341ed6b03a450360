//! File contents as ropes of known, repeated and unknown bytes.

use std::cell::OnceCell;
use std::rc::Rc;

use sha2::{Digest, Sha256};

/// Runs of one byte at least this long are kept and hashed as runs, shorter ones as bytes.
const SHORTEST_RUN: u64 = 4096;

const HASHED_AT_ONCE: usize = 64 << 10;

/// Neighbouring pieces of bytes are joined up to this length, so that a file of many appended lines has few pieces.
const JOINED_BYTES: usize = 4096;

/// What a file holds: real bytes as far as they are known, and stand-ins of a known size where they are not.
///
/// A rope of pieces, so that appending to a file of unknown content or writing 100 MB of zeros stays cheap. Cloning is
/// cheap. Two contents are equal if they stand for the same bytes, however they are cut into pieces.
#[derive(Clone, Default)]
pub struct Content {
    rope: Rc<Rope>,
}

#[derive(Clone, Default)]
struct Rope {
    pieces: Vec<Piece>,
    size: u64,
    digest: OnceCell<[u8; 32]>,
}

/// A piece of a file; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Known bytes.
    Bytes(Rc<[u8]>),
    /// One byte over and over: `dd if=/dev/zero`.
    Repeat(u8, u64),
    /// Bytes of a file that only its size is known of. Equal ids and offsets mean equal bytes.
    Opaque {
        /// Which file: a name that stands for its content.
        id: Rc<str>,
        /// The first byte's offset in that file.
        offset: u64,
        /// The number of bytes.
        size: u64,
    },
}

impl Piece {
    fn size(&self) -> u64 {
        match self {
            Piece::Bytes(bytes) => bytes.len() as u64,
            Piece::Repeat(_, size) | Piece::Opaque { size, .. } => *size,
        }
    }

    /// The part from byte `from` up to `to`, both within the piece.
    fn part(&self, from: u64, to: u64) -> Option<Piece> {
        if from >= to {
            return None;
        }
        Some(match self {
            Piece::Bytes(bytes) => Piece::Bytes(bytes.get(from as usize..to as usize)?.into()),
            Piece::Repeat(byte, _) => return repeat_piece(*byte, to - from),
            Piece::Opaque { id, offset, .. } => {
                Piece::Opaque { id: id.clone(), offset: offset.saturating_add(from), size: to - from }
            }
        })
    }
}

fn repeat_piece(byte: u8, size: u64) -> Option<Piece> {
    match size {
        0 => None,
        1..SHORTEST_RUN => Some(Piece::Bytes(vec![byte; size as usize].into())),
        _ => Some(Piece::Repeat(byte, size)),
    }
}

impl Content {
    /// Exactly these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Content {
        Content::of((!bytes.is_empty()).then(|| Piece::Bytes(bytes.into())))
    }

    /// Exactly this text, in UTF-8.
    pub fn text(text: &str) -> Content {
        Content::from_bytes(text.as_bytes())
    }

    /// `size` times the same byte.
    pub fn repeat(byte: u8, size: u64) -> Content {
        Content::of(repeat_piece(byte, size))
    }

    /// `size` bytes that nobody knows; contents with equal `id` are equal as far as they go.
    pub fn opaque(id: &str, size: u64) -> Content {
        Content::of((size > 0).then(|| Piece::Opaque { id: id.into(), offset: 0, size }))
    }

    fn of(piece: Option<Piece>) -> Content {
        let mut rope = Rope::default();
        rope.extend(piece);
        Content { rope: Rc::new(rope) }
    }

    /// The pieces, in order: what a content is saved as.
    pub fn pieces(&self) -> &[Piece] {
        &self.rope.pieces
    }

    /// The number of bytes.
    pub fn size(&self) -> u64 {
        self.rope.size
    }

    /// Whether every byte is known.
    pub fn is_known(&self) -> bool {
        !self.rope.pieces.iter().any(|piece| matches!(piece, Piece::Opaque { .. }))
    }

    /// The number of bytes held in memory one by one, which limits are about.
    pub(crate) fn held_bytes(&self) -> u64 {
        let held = |piece: &Piece| match piece {
            Piece::Bytes(bytes) => bytes.len() as u64,
            Piece::Repeat(..) | Piece::Opaque { .. } => 0,
        };
        self.rope.pieces.iter().map(held).sum()
    }

    /// The real bytes, if all are known and there are at most `limit` of them.
    pub fn bytes(&self, limit: usize) -> Option<Vec<u8>> {
        if self.size() > limit as u64 {
            return None;
        }
        let mut all = Vec::with_capacity(self.size() as usize);
        for piece in &self.rope.pieces {
            match piece {
                Piece::Bytes(bytes) => all.extend_from_slice(bytes),
                Piece::Repeat(byte, size) => all.resize(all.len() + *size as usize, *byte),
                Piece::Opaque { .. } => return None,
            }
        }
        Some(all)
    }

    /// Adds `other` at the end.
    pub fn append(&mut self, other: &Content) {
        let pieces = other.rope.pieces.clone();
        Rc::make_mut(&mut self.rope).extend(pieces);
    }

    /// Adds bytes at the end.
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            Rc::make_mut(&mut self.rope).extend(Some(Piece::Bytes(bytes.into())));
        }
    }

    /// The bytes from `from` up to, without, `to`; what lies beyond the end is left out.
    pub fn slice(&self, from: u64, to: u64) -> Content {
        let mut rope = Rope::default();
        let mut start = 0_u64;
        for piece in &self.rope.pieces {
            let end = start.saturating_add(piece.size());
            let (first, last) = (from.max(start), to.min(end));
            if first < last {
                rope.extend(piece.part(first - start, last - start));
            }
            start = end;
        }
        Content { rope: Rc::new(rope) }
    }

    /// A hash of what the content stands for: equal contents have equal digests, however they are cut into pieces.
    ///
    /// Not the SHA-256 of the bytes: long runs and unknown parts are hashed by what they are, so that it stays cheap.
    pub fn digest(&self) -> [u8; 32] {
        *self.rope.digest.get_or_init(|| canonical_digest(&self.rope.pieces))
    }
}

impl Rope {
    fn extend(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        self.digest = OnceCell::new();
        for piece in pieces {
            self.size = self.size.saturating_add(piece.size());
            match (self.pieces.last_mut(), piece) {
                (Some(Piece::Bytes(last)), Piece::Bytes(more)) if last.len() + more.len() <= JOINED_BYTES => {
                    *last = [&last[..], &more[..]].concat().into();
                }
                (Some(Piece::Repeat(byte, size)), Piece::Repeat(more_byte, more)) if *byte == more_byte => {
                    *size = size.saturating_add(more);
                }
                (_, piece) => self.pieces.push(piece),
            }
        }
    }
}

/// The parts of a content as everybody must cut them: runs of one byte as long as they go, unknown parts, and what
/// lies between them as bytes.
struct Canonical {
    hash: Sha256,
    bytes: Sha256,
    bytes_size: u64,
    /// Bytes that are to go into `bytes`.
    buffer: Vec<u8>,
    run: Option<(u8, u64)>,
    unknown: Option<(Rc<str>, u64, u64)>,
}

impl Canonical {
    fn run(&mut self, byte: u8, count: u64) {
        self.end_unknown();
        match &mut self.run {
            Some((last, size)) if *last == byte => *size = size.saturating_add(count),
            _ => {
                self.end_run();
                self.run = Some((byte, count));
            }
        }
    }

    fn end_run(&mut self) {
        let Some((byte, size)) = self.run.take() else {
            return;
        };
        if size < SHORTEST_RUN {
            self.buffer.resize(self.buffer.len() + size as usize, byte);
            self.bytes_size += size;
            if self.buffer.len() >= HASHED_AT_ONCE {
                self.bytes.update(&self.buffer);
                self.buffer.clear();
            }
            return;
        }
        self.end_bytes();
        self.hash.update([1, byte]);
        self.hash.update(size.to_le_bytes());
    }

    fn end_bytes(&mut self) {
        if self.bytes_size > 0 {
            let mut bytes = std::mem::take(&mut self.bytes);
            bytes.update(&self.buffer);
            self.buffer.clear();
            self.hash.update([0]);
            self.hash.update(self.bytes_size.to_le_bytes());
            self.hash.update(bytes.finalize());
            self.bytes_size = 0;
        }
    }

    fn unknown(&mut self, id: &Rc<str>, offset: u64, size: u64) {
        match &mut self.unknown {
            Some((last, from, length)) if last == id && from.saturating_add(*length) == offset => {
                *length = length.saturating_add(size);
            }
            _ => {
                self.end_run();
                self.end_bytes();
                self.end_unknown();
                self.unknown = Some((id.clone(), offset, size));
            }
        }
    }

    fn end_unknown(&mut self) {
        if let Some((id, offset, size)) = self.unknown.take() {
            self.hash.update([2]);
            self.hash.update((id.len() as u64).to_le_bytes());
            self.hash.update(id.as_bytes());
            self.hash.update(offset.to_le_bytes());
            self.hash.update(size.to_le_bytes());
        }
    }
}

fn canonical_digest(pieces: &[Piece]) -> [u8; 32] {
    let mut canonical = Canonical {
        hash: Sha256::new(),
        bytes: Sha256::new(),
        bytes_size: 0,
        buffer: Vec::new(),
        run: None,
        unknown: None,
    };
    for piece in pieces {
        match piece {
            Piece::Bytes(bytes) => {
                for run in bytes.chunk_by(|a, b| a == b) {
                    if let Some(byte) = run.first() {
                        canonical.run(*byte, run.len() as u64);
                    }
                }
            }
            Piece::Repeat(byte, size) => canonical.run(*byte, *size),
            Piece::Opaque { id, offset, size } => canonical.unknown(id, *offset, *size),
        }
    }
    canonical.end_unknown();
    canonical.end_run();
    canonical.end_bytes();
    canonical.hash.finalize().into()
}

impl PartialEq for Content {
    fn eq(&self, other: &Content) -> bool {
        Rc::ptr_eq(&self.rope, &other.rope) || (self.size() == other.size() && self.digest() == other.digest())
    }
}

impl Eq for Content {}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const SHOWN: u64 = 80;
        match self.slice(0, SHOWN).bytes(SHOWN as usize) {
            Some(bytes) => write!(f, "Content({} B, {:?})", self.size(), String::from_utf8_lossy(&bytes)),
            None => write!(f, "Content({} B, {:?})", self.size(), self.rope.pieces),
        }
    }
}
