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
        let (name, depth) = if filter.is_empty() { (name, folder_depth(folder)) } else { (file.path.as_str(), 0) };
        rows.push(Row { file, name, depth, open });
    }
    (rows, left_out)
}

fn folder_depth(folder: &str) -> usize {
    if folder.is_empty() { 0 } else { folder.split('/').count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, kind: &'static str) -> ContextFileView {
        ContextFileView { path: path.to_string(), kind, mode: 0o644, bytes: 1, ignored_by: None }
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
    fn of_many_files_folders_are_closed_and_rows_are_counted() {
        let mut files = vec![file("d", "dir")];
        files.extend((0..20_000).map(|n| file(&format!("d/{n:05}"), "file")));
        assert_eq!(names(&files, &[], ""), ["d"]);
        let (rows, left_out) = rows(&files, &BTreeSet::from(["d".to_string()]), "");
        assert_eq!((rows.len(), left_out), (MOST_ROWS, 20_001 - MOST_ROWS));
    }
}
