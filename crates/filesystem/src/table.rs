//! The inode table: copy-on-write in chunks, so that a clone is one reference and a write copies one chunk.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::watch::Watch;
use crate::{Attr, Content, Device, Errno, Special};

/// Inodes that may exist at a time.
pub const INODE_LIMIT: u32 = 200_000;

/// Inodes that may ever be made in one file system and its descendants: numbers are not used twice, so that an inode
/// that is in a layer and in the one below is known to be the same.
pub const INODE_NUMBER_LIMIT: u32 = 1_000_000;

const CHUNK: usize = 64;

pub(crate) type Names = BTreeMap<Rc<str>, u32>;

/// What is known of a tree that nobody changes.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The directory that each inode lies in, by number.
    pub parents: Rc<Vec<u32>>,
    /// Checksums of directories with all below them, by the directory's inode and by whether they are those of a context.
    pub digests: RefCell<BTreeMap<(u32, bool), [u8; 32]>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Dir(Rc<Names>),
    File(Content),
    Symlink(Rc<str>),
    Device(Device),
    Special(Special),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Inode {
    pub node: Node,
    pub attr: Attr,
    pub links: u32,
    /// The layer that a directory was made in: in a later layer it is merged with what lies below.
    pub born: u32,
    /// The last layer that it was changed in, or copied up into.
    pub stamp: u32,
    /// A directory that was made where the layer below has something.
    pub opaque: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    chunks: Rc<Vec<Rc<Vec<Option<Inode>>>>>,
    /// The number of the next inode.
    pub next: u32,
    /// Inodes that there are.
    pub live: u32,
    /// Bytes that files hold one by one.
    pub held: u64,
    /// Who is told of all that is looked at and changed.
    pub watch: Option<Rc<Watch>>,
    /// It goes with the first change.
    pub known: Option<Rc<Known>>,
}

impl Table {
    pub fn get(&self, number: u32) -> Option<&Inode> {
        if let Some(watch) = &self.watch {
            watch.see(number);
        }
        let number = number as usize;
        self.chunks.get(number / CHUNK)?.get(number % CHUNK)?.as_ref()
    }

    /// Whether it is the very same table, and not only an equal one.
    pub fn is(&self, other: &Table) -> bool {
        Rc::ptr_eq(&self.chunks, &other.chunks)
    }

    /// The inodes that are others in another table, as far as both have that number.
    pub fn differing<'a>(
        &'a self,
        other: &'a Table,
    ) -> impl Iterator<Item = (u32, Option<&'a Inode>, Option<&'a Inode>)> {
        let chunks = self.chunks.iter().zip(other.chunks.iter()).zip((0_u32..).step_by(CHUNK));
        let chunks = chunks.filter(|((one, two), _)| !Rc::ptr_eq(one, two));
        let inodes = chunks.flat_map(|((one, two), first)| (first..).zip(one.iter().zip(two.iter())));
        inodes.filter(|(_, (one, two))| one != two).map(|(number, (one, two))| (number, one.as_ref(), two.as_ref()))
    }

    /// For changes: copies the chunk if somebody else sees it too. Contents are set by [`Table::set_content`] only.
    pub fn get_mut(&mut self, number: u32) -> Option<&mut Inode> {
        self.slot(number)?.as_mut()
    }

    fn slot(&mut self, number: u32) -> Option<&mut Option<Inode>> {
        if let Some(watch) = &self.watch {
            watch.change(number);
        }
        self.known = None;
        let number = number as usize;
        let chunk = Rc::make_mut(&mut self.chunks).get_mut(number / CHUNK)?;
        Rc::make_mut(chunk).get_mut(number % CHUNK)
    }

    pub fn add(&mut self, inode: Inode) -> Result<u32, Errno> {
        if self.live >= INODE_LIMIT || self.next >= INODE_NUMBER_LIMIT {
            return Err(self.no_space());
        }
        if let Node::File(content) = &inode.node {
            self.hold(0, content.held_bytes())?;
        }
        let number = self.next;
        self.push(Some(inode));
        self.live += 1;
        self.tell_size();
        Ok(number)
    }

    fn push(&mut self, inode: Option<Inode>) {
        self.known = None;
        let chunks = Rc::make_mut(&mut self.chunks);
        match chunks.last_mut() {
            Some(last) if last.len() < CHUNK => Rc::make_mut(last).push(inode),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(inode);
                chunks.push(Rc::new(chunk));
            }
        }
        self.next += 1;
    }

    /// Puts inodes in the place of others, and goes on to the number `next`.
    pub fn put(&mut self, inodes: &[(u32, Option<Inode>)], next: u32) {
        while self.next < next {
            self.push(None);
        }
        for (number, inode) in inodes {
            if let Some(slot) = self.slot(*number) {
                slot.clone_from(inode);
            }
        }
    }

    pub fn remove(&mut self, number: u32) {
        let old = self.slot(number).and_then(Option::take);
        if let Some(inode) = old {
            self.live -= 1;
            if let Node::File(content) = &inode.node {
                self.held = self.held.saturating_sub(content.held_bytes());
            }
        }
    }

    pub fn set_content(&mut self, number: u32, content: Content) -> Result<(), Errno> {
        let old = match self.get(number).map(|inode| &inode.node) {
            Some(Node::File(old)) => old.held_bytes(),
            _ => return Err(Errno::Invalid),
        };
        self.hold(old, content.held_bytes())?;
        if let Some(inode) = self.get_mut(number) {
            inode.node = Node::File(content);
        }
        Ok(())
    }

    fn hold(&mut self, old: u64, new: u64) -> Result<(), Errno> {
        let held = self.held.saturating_sub(old).saturating_add(new);
        if new > crate::FILE_BYTES_LIMIT || (new > old && held > crate::TOTAL_BYTES_LIMIT) {
            return Err(self.no_space());
        }
        self.held = held;
        self.tell_size();
        Ok(())
    }

    fn no_space(&self) -> Errno {
        if let Some(watch) = &self.watch {
            watch.meet_limit();
        }
        Errno::NoSpace
    }

    fn tell_size(&self) {
        if let Some(watch) = &self.watch {
            watch.reach(self.live, self.held);
        }
    }

    pub fn names(&self, number: u32) -> Option<&Rc<Names>> {
        match &self.get(number)?.node {
            Node::Dir(names) => Some(names),
            _ => None,
        }
    }

    pub fn names_mut(&mut self, number: u32) -> Option<&mut Names> {
        match &mut self.get_mut(number)?.node {
            Node::Dir(names) => Some(Rc::make_mut(names)),
            _ => None,
        }
    }
}
