//! Work on a tree that need not be done again on another.
//!
//! Whatever is asked of a tree and done to it goes through its inode table. A table that is watched notes which inodes
//! are looked at and which are changed. On a tree whose inodes of these numbers are equal the same work finds the same and
//! leaves the same; then what it left is put there, and the work is spared.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::table::{INODE_LIMIT, Inode, Node, Table};
use crate::{FileSystem, TOTAL_BYTES_LIMIT};

/// How many bytes of content weigh as much as an inode.
const BYTES_OF_AN_INODE: u64 = 128;

/// What is noted while work is done.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    seen: RefCell<Numbers>,
    changed: RefCell<Numbers>,
    /// The most inodes, and the most bytes held, that there were at a time.
    most_live: Cell<u32>,
    most_held: Cell<u64>,
    met_limit: Cell<bool>,
}

/// A set of inode numbers, a bit for each.
#[derive(Debug, Default)]
struct Numbers(Vec<u64>);

impl Numbers {
    fn insert(&mut self, number: u32) {
        let (index, bit) = (number as usize / 64, 1 << (number % 64));
        if index >= self.0.len() {
            self.0.resize(index + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(index) {
            *bits |= bit;
        }
    }

    fn iter(&self) -> impl Iterator<Item = u32> {
        let of = |(index, bits): (u32, &u64)| {
            let bits = *bits;
            (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| index * 64 + bit)
        };
        (0..).zip(&self.0).filter(|(_, bits)| **bits != 0).flat_map(of)
    }
}

impl Watch {
    pub fn see(&self, number: u32) {
        self.seen.borrow_mut().insert(number);
    }

    pub fn change(&self, number: u32) {
        self.changed.borrow_mut().insert(number);
    }

    pub fn reach(&self, live: u32, held: u64) {
        self.most_live.set(self.most_live.get().max(live));
        self.most_held.set(self.most_held.get().max(held));
    }

    pub fn meet_limit(&self) {
        self.met_limit.set(true);
    }
}

/// What was done to a tree: what was looked at, and what came of it.
#[derive(Debug)]
pub struct Work {
    begin: Stand,
    end: Stand,
    /// The inodes that were looked at or changed, as they were before.
    seen: Vec<(u32, Option<Inode>)>,
    /// The inodes that were changed or made, as they are now.
    made: Vec<(u32, Option<Inode>)>,
    most_live: u32,
    most_held: u64,
}

/// What a tree has beside its inodes.
#[derive(Clone, Copy, Debug)]
struct Stand {
    root: u32,
    now: i64,
    layer: u32,
    mounted: u32,
    next: u32,
    live: u32,
    held: u64,
}

impl Stand {
    fn of(tree: &FileSystem) -> Stand {
        let FileSystem { root, now, layer, mounted, inodes: Table { next, live, held, .. }, .. } = tree;
        Stand { root: *root, now: *now, layer: *layer, mounted: *mounted, next: *next, live: *live, held: *held }
    }

    /// Whether work cannot tell one from the other, as long as there is room for it in both.
    fn is_like(&self, other: &Stand) -> bool {
        let told = |stand: &Stand| (stand.root, stand.now, stand.layer, stand.mounted, stand.next);
        told(self) == told(other)
    }
}

impl Work {
    /// How much it takes to keep it, in inodes.
    pub fn weight(&self) -> u64 {
        let weigh = |(_, inode): &(u32, Option<Inode>)| match inode.as_ref().map(|inode| &inode.node) {
            Some(Node::File(content)) => 1 + content.held_bytes() / BYTES_OF_AN_INODE,
            Some(Node::Dir(names)) => 1 + names.len() as u64,
            _ => 1,
        };
        self.seen.iter().chain(&self.made).map(weigh).fold(0, u64::saturating_add)
    }
}

impl FileSystem {
    /// Whether it is the very same tree, and not only an equal one.
    pub fn is(&self, other: &FileSystem) -> bool {
        self.root == other.root && self.inodes.is(&other.inodes)
    }

    /// Watches what is done from here on. To be called where a layer begins.
    pub fn watch(&mut self) {
        self.inodes.watch = Some(Rc::default());
    }

    /// Ends [`FileSystem::watch`] and gives what was done. `before`: the tree as it was then. `None` where it was not
    /// watched, or where what was done cannot be done again: it met the limits of a tree, or left mounts.
    pub fn unwatch(&mut self, before: &FileSystem) -> Option<Work> {
        let watch = self.inodes.watch.take()?;
        let (begin, end) = (Stand::of(before), Stand::of(self));
        if watch.met_limit.get() || !before.mounts.is_empty() || !self.mounts.is_empty() || begin.root != end.root {
            return None;
        }
        let (mut seen, changed) = (watch.seen.take(), watch.changed.take());
        changed.iter().for_each(|number| seen.insert(number));
        let was = |number| (number, before.inodes.get(number).cloned());
        let is = |number| (number, self.inodes.get(number).cloned());
        let made = (begin.next..end.next).map(is).filter(|(_, inode)| inode.is_some());
        Some(Work {
            begin,
            end,
            seen: seen.iter().take_while(|number| *number < begin.next).map(was).collect(),
            made: changed.iter().take_while(|number| *number < begin.next).map(is).chain(made).collect(),
            most_live: watch.most_live.get(),
            most_held: watch.most_held.get(),
        })
    }

    /// Does work again, if it would find here what it found where it was done: then the tree is as if it had been done
    /// here. Gives whether that is so; else the tree stays as it is. To be called where a layer begins.
    pub fn redo(&mut self, work: &Work) -> bool {
        let (here, begin, end) = (Stand::of(self), &work.begin, &work.end);
        let live = u64::from(here.live).saturating_add(work.most_live.saturating_sub(begin.live).into());
        let held = here.held.saturating_add(work.most_held.saturating_sub(begin.held));
        let fits = live <= INODE_LIMIT.into() && held <= TOTAL_BYTES_LIMIT;
        let is_equal = |(number, inode): &(u32, Option<Inode>)| self.inodes.get(*number) == inode.as_ref();
        if !here.is_like(begin) || !fits || !self.mounts.is_empty() || !work.seen.iter().all(is_equal) {
            return false;
        }
        self.inodes.put(&work.made, end.next);
        self.inodes.live = here.live.saturating_add(end.live).saturating_sub(begin.live);
        self.inodes.held = here.held.saturating_add(end.held).saturating_sub(begin.held);
        self.now = end.now;
        self.mounted = end.mounted;
        true
    }
}
