//! The rows of the file tree, worked out from the list of files.

use std::collections::{BTreeMap, BTreeSet};

use report::ContextFileView;

/// Above this many files, folders are closed at first.
const MANY_FILES: usize = 200;
/// The rows that are drawn.
pub const MOST_ROWS: usize = 400;

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The file, or folder.
    pub file: &'a ContextFileView,
    /// Its name without the folders.
    pub name: &'a str,
    /// The number of folders around it.
    pub depth: usize,
    /// Of a folder, whether it is open.
    pub open: Option<bool>,
}

/// The rows to draw and the number of those that there is no room for. `toggled` are the folders that a person opened
/// or closed; with a `filter`, all files whose path holds it are listed, and no folders.
pub fn rows<'a>(files: &'a [ContextFileView], toggled: &BTreeSet<String>, filter: &str) -> (Vec<Row<'a>>, usize) {
    let filter = filter.trim().to_lowercase();
    // In the order of their parts: `a/b` stands in `a`, before `a-b`.
    let mut sorted: Vec<&ContextFileView> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.split('/').cmp(b.path.split('/')));
    let opened = |path: &str| (files.len() <= MANY_FILES) != toggled.contains(path);
    let mut visible: BTreeMap<&str, bool> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut left_out = 0;
    for file in sorted {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let is_folder = file.kind == "dir";
        let shown = if filter.is_empty() {
            folder.is_empty() || visible.get(folder).copied().unwrap_or(true)
        } else {
            !is_folder && file.path.to_lowercase().contains(&filter)
        };
        let open = is_folder.then(|| opened(&file.path));
        if is_folder {
            visible.insert(&file.path, shown && open == Some(true));
        }
        if !shown {
            continue;
        }
        if rows.len() == MOST_ROWS {
            left_out += 1;
            continue;
        }
        let (name, depth) = if filter.is_empty() { (name, folder_depth(folder)) } else { (&*file.path, 0) };
        rows.push(Row { file, name, depth, open });
    }
    (rows, left_out)
}

/// What the keys of a tree go by.
pub trait TreeRow {
    /// Its name without the folders.
    fn name(&self) -> &str;
    /// The number of folders around it.
    fn depth(&self) -> usize;
    /// Of a folder, whether it is open.
    fn open(&self) -> Option<bool>;
}

impl TreeRow for Row<'_> {
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

/// What a key does in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Goes to the row of that index.
    Go(usize),
    /// Opens or closes the folder in the row of that index.
    Fold(usize),
}

/// What a key does when the row `at` has the focus, as the ARIA practices have trees.
pub fn press<R: TreeRow>(rows: &[R], at: usize, key: &str) -> Option<Press> {
    let row = rows.get(at)?;
    let last = rows.len() - 1;
    let above = || rows.iter().take(at).rposition(|other| other.depth() < row.depth());
    match (key, row.open()) {
        ("ArrowDown", _) => Some(Press::Go((at + 1).min(last))),
        ("ArrowUp", _) => Some(Press::Go(at.saturating_sub(1))),
        ("Home", _) => Some(Press::Go(0)),
        ("End", _) => Some(Press::Go(last)),
        ("ArrowRight", Some(false)) | ("ArrowLeft", Some(true)) => Some(Press::Fold(at)),
        ("ArrowRight", Some(true)) => {
            rows.get(at + 1).filter(|next| next.depth() > row.depth()).map(|_| Press::Go(at + 1))
        }
        ("ArrowLeft", _) => above().map(Press::Go),
        (letter, _) => {
            let mut letters = letter.chars();
            let (Some(c), None) = (letters.next().filter(|c| !c.is_whitespace()), letters.next()) else {
                return None;
            };
            let begins = |row: &R| row.name().chars().next().is_some_and(|first| first.eq_ignore_ascii_case(&c));
            let below = rows.iter().skip(at + 1).position(begins).map(|found| at + 1 + found);
            below.or_else(|| rows.iter().take(at).position(begins)).map(Press::Go)
        }
    }
}

/// The row to go to when the row `at` is taken out with all below it.
pub fn after_removal(rows: &[Row<'_>], at: usize) -> usize {
    let depth = rows.get(at).map_or(0, |row| row.depth);
    let next = rows.iter().skip(at + 1).position(|row| row.depth <= depth).map(|found| at + 1 + found);
    next.unwrap_or(at.saturating_sub(1))
}

/// The row of a path, or of the innermost folder around it that is visible.
pub fn row_of(rows: &[Row<'_>], path: &str) -> Option<usize> {
    let around = |row: &Row<'_>| path.strip_prefix(&*row.file.path).is_some_and(|rest| rest.starts_with('/'));
    let exact = rows.iter().position(|row| *row.file.path == *path);
    exact.or_else(|| rows.iter().rposition(around))
}

/// The folders that were opened or closed, when the folder `from` is called `to`: those in it stay as they are.
pub fn renamed(toggled: &BTreeSet<String>, from: &str, to: &str) -> BTreeSet<String> {
    let moved = |path: &String| {
        let rest = path.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
        Some(format!("{to}{rest}"))
    };
    // The old names stay, for when the renaming is taken back.
    toggled.iter().cloned().chain(toggled.iter().filter_map(moved)).collect()
}

fn folder_depth(folder: &str) -> usize {
    if folder.is_empty() { 0 } else { folder.split('/').count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, kind: &'static str) -> ContextFileView {
        ContextFileView { path: path.into(), kind, mode: 0o644, bytes: 1, ignored_by: None }
    }

    fn names(files: &[ContextFileView], toggled: &[&str], filter: &str) -> Vec<String> {
        let toggled = toggled.iter().map(|path| (*path).to_string()).collect();
        rows(files, &toggled, filter).0.iter().map(|row| format!("{}{}", " ".repeat(row.depth), row.name)).collect()
    }

    #[test]
    fn files_stand_in_their_folders_and_closed_folders_hide_them() {
        let files =
            [file("a", "dir"), file("a-b", "file"), file("a/b", "dir"), file("a/b/c", "file"), file("z", "file")];
        assert_eq!(names(&files, &[], ""), ["a", " b", "  c", "a-b", "z"]);
        assert_eq!(names(&files, &["a"], ""), ["a", "a-b", "z"]);
        assert_eq!(names(&files, &["a"], "C"), ["a/b/c"]);
    }

    #[test]
    fn keys_go_from_row_to_row_and_fold_folders() {
        let files =
            [file("a", "dir"), file("a/b", "dir"), file("a/b/c", "file"), file("a/z", "file"), file("m", "file")];
        let closed = BTreeSet::from(["a/b".to_string()]);
        // a, a/b (closed), a/z, m
        let (rows, _) = rows(&files, &closed, "");
        for (at, key, expected) in [
            (0, "ArrowUp", Some(Press::Go(0))),
            (0, "ArrowDown", Some(Press::Go(1))),
            (3, "ArrowDown", Some(Press::Go(3))),
            (0, "ArrowRight", Some(Press::Go(1))),
            (1, "ArrowRight", Some(Press::Fold(1))),
            (0, "ArrowLeft", Some(Press::Fold(0))),
            (1, "ArrowLeft", Some(Press::Go(0))),
            (2, "ArrowLeft", Some(Press::Go(0))),
            (3, "ArrowLeft", None),
            (3, "ArrowRight", None),
            (2, "Home", Some(Press::Go(0))),
            (1, "End", Some(Press::Go(3))),
            (0, "M", Some(Press::Go(3))),
            (3, "a", Some(Press::Go(0))),
            (0, "x", None),
            (0, "Shift", None),
            (9, "ArrowUp", None),
        ] {
            assert_eq!(press(&rows, at, key), expected, "{key} at {at}");
        }
        assert_eq!(press::<Row<'_>>(&[], 0, "End"), None);
        assert_eq!((after_removal(&rows, 0), after_removal(&rows, 1), after_removal(&rows, 3)), (3, 2, 2));
        assert_eq!((row_of(&rows, "a/b/c"), row_of(&rows, "m"), row_of(&rows, "gone")), (Some(1), Some(3), None));
    }

    #[test]
    fn folders_of_a_renamed_folder_stay_open_and_closed() {
        let toggled = BTreeSet::from(["a".to_string(), "a/b".to_string(), "ab".to_string()]);
        let paths: Vec<_> = renamed(&toggled, "a", "z/y").into_iter().collect();
        assert_eq!(paths, ["a", "a/b", "ab", "z/y", "z/y/b"]);
    }

    #[test]
    fn of_many_files_folders_are_closed_and_rows_are_counted() {
        let mut files = vec![file("d", "dir")];
        files.extend((0..20_000).map(|n| file(&format!("d/{n:05}"), "file")));
        assert_eq!(names(&files, &[], ""), ["d"]);
        let (rows, left_out) = rows(&files, &BTreeSet::from(["d".to_string()]), "");
        assert_eq!((rows.len(), left_out), (MOST_ROWS, 20_001 - MOST_ROWS));
    }
}
