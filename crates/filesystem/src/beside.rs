//! Two trees, walked side by side.

use std::rc::Rc;

use crate::table::Names;
use crate::{Cred, FileSystem, Stat};

/// What is asked of a path with what is there: whether to go on below it.
pub type Visit<'v, 'a> = dyn FnMut(&str, Option<Stat<'a>>, Option<Stat<'a>>) -> bool + 'v;

/// A place that is to be looked at, in one tree or in both.
struct Place {
    /// Where in the path the name begins.
    above: usize,
    name: Rc<str>,
    here: Option<Spot>,
    there: Option<Spot>,
}

/// An inode, and the mount that it lies in.
type Spot = (u32, Option<u32>);

impl FileSystem {
    /// Walks what lies at `path` together with what lies there in another tree, in the order of [`FileSystem::walk`].
    ///
    /// `visit` is given each path with what is there, in this tree and in the other, of which one is something, and says
    /// whether what lies below is to be visited too. Symlinks are not followed, permissions not asked.
    pub fn walk_beside<'a>(&'a self, other: &'a FileSystem, path: &str, visit: &mut Visit<'_, 'a>) {
        let root = Cred::root();
        let [here, there] = [self, other].map(|tree| tree.find(path, false, &root).ok());
        let Some(mut path) = here.iter().chain(&there).find(|found| found.inode.is_some()).map(|found| found.path())
        else {
            return;
        };
        let [here, there] = [here, there].map(|found| found.and_then(|found| Some((found.inode?, found.mount))));
        let mut pending = vec![Place { above: path.len(), name: "".into(), here, there }];
        while let Some(place) = pending.pop() {
            path.truncate(place.above);
            path.push_str(&place.name);
            let stat = |tree: &'a FileSystem, spot: Option<Spot>| tree.stat_of(spot?.0).ok();
            let (one, two) = (stat(self, place.here), stat(other, place.there));
            if one.is_none() && two.is_none() || !visit(&path, one, two) {
                continue;
            }
            if !path.ends_with('/') {
                path.push('/');
            }
            let above = path.len();
            let first = pending.len();
            let mut add = |name: &Rc<str>, here: Option<u32>, there: Option<u32>| {
                let here = here.zip(place.here).map(|(inode, (_, mount))| self.covered(inode, mount));
                let there = there.zip(place.there).map(|(inode, (_, mount))| other.covered(inode, mount));
                pending.push(Place { above, name: Rc::clone(name), here, there });
            };
            let names = |tree: &'a FileSystem, spot: Option<Spot>| tree.inodes.names(spot?.0);
            match (names(self, place.here), names(other, place.there)) {
                (Some(here), Some(there)) if Rc::ptr_eq(here, there) => {
                    here.iter().for_each(|(name, inode)| add(name, Some(*inode), Some(*inode)));
                }
                (here, there) => merge(here, there, &mut add),
            }
            pending.get_mut(first..).unwrap_or_default().reverse();
        }
    }
}

/// Calls `add` for each name of two directories, in their order.
fn merge(
    here: Option<&Rc<Names>>,
    there: Option<&Rc<Names>>,
    add: &mut impl FnMut(&Rc<str>, Option<u32>, Option<u32>),
) {
    let [mut here, mut there] = [here, there].map(|names| names.into_iter().flat_map(|names| names.iter()).peekable());
    loop {
        let order = match (here.peek(), there.peek()) {
            (Some((one, _)), Some((two, _))) => one.cmp(two),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => return,
        };
        let one = if order.is_le() { here.next() } else { None };
        let two = if order.is_ge() { there.next() } else { None };
        if let Some((name, _)) = one.or(two) {
            add(name, one.map(|(_, inode)| *inode), two.map(|(_, inode)| *inode));
        }
    }
}
