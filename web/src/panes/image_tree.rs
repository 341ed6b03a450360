//! The rows of the tree of an image's files.

use std::collections::BTreeSet;

use report::{FileChange, Tree, TreeNode};

use super::file_tree::TreeRow;

/// Folders that hold more of what is looked for are closed at first.
const MANY: usize = 150;

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRow<'a> {
    /// The file, or folder.
    pub node: &'a TreeNode,
    /// Its name without the folders; with them where only files are listed.
    pub name: &'a str,
    /// The number of folders around it.
    pub depth: usize,
    /// Of a folder, whether it is open.
    pub open: Option<bool>,
}

impl TreeRow for ImageRow<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn depth(&self) -> usize {
        self.depth
    }

    fn open(&self) -> Option<bool> {
        self.open
    }
}

/// What of a tree is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The layer whose changes are marked; without one it is the final image.
    pub layer: Option<usize>,
    /// The image's first layer that is not its base image's.
    pub first_own: usize,
    /// Only what that layer changed; of the final image what is not the base image's.
    pub only: bool,
    /// Folders that a person opened or closed.
    pub toggled: BTreeSet<String>,
    /// Where there is one, all files whose path holds it are listed, and no folders.
    pub filter: String,
    /// More rows are counted only.
    pub most: usize,
}

impl Asked {
    /// Whether the layer changed it; in the final image whether it is not the base image's.
    fn is_own(&self, node: &TreeNode) -> bool {
        if self.layer.is_some() { node.change.is_some() } else { node.layer >= self.first_own }
    }

    /// Whether it is not there: the final image has nothing of what its newest layer took away.
    fn is_gone(&self, node: &TreeNode) -> bool {
        self.layer.is_none() && node.change == Some(FileChange::Removed)
    }
}

/// The rows to draw, and the number of those that there is no room for.
#[must_use]
pub fn rows<'a>(tree: &'a Tree, asked: &Asked) -> (Vec<ImageRow<'a>>, usize) {
    let filter = asked.filter.trim().to_lowercase();
    // Before each node, how many are the layer's own.
    let mut own = Vec::with_capacity(tree.nodes.len() + 1);
    own.push(0_usize);
    for node in &tree.nodes {
        let before = own.last().copied().unwrap_or(0);
        own.push(before + usize::from(node.kind != "dir" && asked.is_own(node)));
    }
    let inside = |index: usize, node: &TreeNode| {
        let upto = |index: usize| own.get(index).copied().unwrap_or(0);
        upto(node.end).saturating_sub(upto(index))
    };
    let (mut rows, mut left_out, mut index) = (Vec::new(), 0, 0);
    while let Some(node) = tree.nodes.get(index) {
        let (found, is_folder) = (inside(index, node), node.kind == "dir");
        let next = index + 1;
        if asked.is_gone(node) || (asked.only && found == 0 && !asked.is_own(node)) {
            index = node.end.max(next);
            continue;
        }
        let (shown, open) = if filter.is_empty() {
            let open = if asked.only { found <= MANY } else { (1..=MANY).contains(&found) };
            (true, is_folder.then(|| open != asked.toggled.contains(&node.path)))
        } else {
            (!is_folder && node.path.to_lowercase().contains(&filter), None)
        };
        index = if open == Some(false) { node.end.max(next) } else { next };
        if !shown {
            continue;
        }
        if rows.len() >= asked.most {
            left_out += 1;
            continue;
        }
        let (name, depth) = if filter.is_empty() {
            (node.path.rsplit('/').next().unwrap_or(&node.path), node.depth)
        } else {
            (node.path.as_str(), 0)
        };
        rows.push(ImageRow { node, name, depth, open });
    }
    (rows, left_out)
}

/// How many files the layer added, changed and removed, and what they weigh: `[added, changed, removed]`.
#[must_use]
pub fn changes(tree: &Tree) -> [(usize, u64); 3] {
    let mut sums = [(0_usize, 0_u64); 3];
    for node in tree.nodes.iter().filter(|node| node.kind != "dir") {
        let [added, changed, removed] = &mut sums;
        let sum = match node.change {
            Some(FileChange::Added) => added,
            Some(FileChange::Changed) => changed,
            Some(FileChange::Removed) => removed,
            None => continue,
        };
        *sum = (sum.0 + 1, sum.1.saturating_add(node.bytes));
    }
    sums
}

/// The permission bits as `ls -l` writes them.
#[must_use]
pub fn mode_letters(kind: &str, mode: u32) -> String {
    let kind = match kind {
        "dir" => 'd',
        "symlink" => 'l',
        _ => '-',
    };
    let letter = |bit: u32, letter: char| if mode & bit == 0 { '-' } else { letter };
    let execute = |bit: u32, special: u32, both: char, alone: char| match (mode & bit != 0, mode & special != 0) {
        (true, true) => both,
        (false, true) => alone,
        (true, false) => 'x',
        (false, false) => '-',
    };
    [
        kind,
        letter(0o400, 'r'),
        letter(0o200, 'w'),
        execute(0o100, 0o4000, 's', 'S'),
        letter(0o40, 'r'),
        letter(0o20, 'w'),
        execute(0o10, 0o2000, 's', 'S'),
        letter(0o4, 'r'),
        letter(0o2, 'w'),
        execute(0o1, 0o1000, 't', 'T'),
    ]
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(path: &str, kind: &'static str, end: usize, layer: usize, change: Option<FileChange>) -> TreeNode {
        TreeNode {
            path: path.to_string(),
            depth: path.matches('/').count() - 1,
            end,
            kind,
            mode: 0o644,
            uid: 0,
            gid: 0,
            bytes: 10,
            files: 1,
            link: None,
            others: false,
            layer,
            change,
        }
    }

    /// Layer 0 is the base image's.
    fn tree() -> Tree {
        use FileChange::{Added, Changed, Removed};
        let nodes = vec![
            node("/app", "dir", 4, 1, Some(Changed)),
            node("/app/a", "file", 2, 2, Some(Changed)),
            node("/app/b", "file", 3, 1, Some(Removed)),
            node("/app/c", "file", 4, 1, None),
            node("/bin", "dir", 6, 0, None),
            node("/bin/sh", "file", 6, 0, None),
            node("/new", "file", 7, 2, Some(Added)),
        ];
        Tree { nodes, bytes: 0, outline: false }
    }

    fn names(asked: &Asked) -> Vec<String> {
        let tree = tree();
        let (rows, _) = rows(&tree, asked);
        rows.iter().map(|row| format!("{}{}", " ".repeat(row.depth), row.name)).collect()
    }

    fn asked(layer: Option<usize>, only: bool) -> Asked {
        Asked { layer, first_own: 1, only, most: 100, ..Asked::default() }
    }

    #[test]
    fn of_a_layer_what_it_changed_or_everything_is_listed() {
        assert_eq!(names(&asked(Some(2), true)), ["app", " a", " b", "new"]);
        assert_eq!(names(&asked(Some(2), false)), ["app", " a", " b", " c", "bin", "new"]);
        let toggled = BTreeSet::from(["/app".to_string(), "/bin".to_string()]);
        assert_eq!(names(&Asked { toggled, ..asked(Some(2), false) }), ["app", "bin", " sh", "new"]);
    }

    #[test]
    fn the_final_image_has_nothing_of_what_was_taken_away() {
        assert_eq!(names(&asked(None, false)), ["app", " a", " c", "bin", "new"]);
        assert_eq!(names(&asked(None, true)), ["app", " a", " c", "new"]);
        assert_eq!(names(&Asked { filter: "b".to_string(), ..asked(None, false) }), ["/bin/sh"]);
    }

    #[test]
    fn rows_that_there_is_no_room_for_are_counted() {
        let mut tree = Tree { nodes: vec![node("/d", "dir", 20_001, 0, None)], bytes: 0, outline: false };
        tree.nodes.extend((1..=20_000).map(|at| node(&format!("/d/{at}"), "file", at + 1, 0, None)));
        let closed = Asked { most: 400, ..Asked::default() };
        assert_eq!(rows(&tree, &Asked { first_own: 1, ..closed.clone() }).0.len(), 1);
        let open = Asked { toggled: BTreeSet::from(["/d".to_string()]), first_own: 1, ..closed };
        let (shown, left_out) = rows(&tree, &open);
        assert_eq!((shown.len(), left_out), (400, 19_601));
    }

    #[test]
    fn sums_and_modes() {
        assert_eq!(changes(&tree()), [(1, 10), (1, 10), (1, 10)]);
        for (kind, mode, letters) in [
            ("file", 0o644, "-rw-r--r--"),
            ("dir", 0o1777, "drwxrwxrwt"),
            ("file", 0o4755, "-rwsr-xr-x"),
            ("symlink", 0o777, "lrwxrwxrwx"),
            ("file", 0o2640, "-rw-r-S---"),
        ] {
            assert_eq!(mode_letters(kind, mode), letters);
        }
    }
}
