//! A folder of the disk as a build context.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use report::{Content, Context, ContextEntry, ContextKind};
use sha2::{Digest, Sha256};

/// Files that are read at most.
const ENTRY_LIMIT: usize = 50_000;
/// Longer files are known by size and digest alone.
const KNOWN_BYTES: u64 = 1_000_000;
/// How deep folders may lie in folders.
const DEPTH_LIMIT: usize = 200;

/// Reads a folder: files, modes, times, symlinks as symlinks. Sockets, pipes and devices are left out, as the builder does.
pub fn read_context(folder: &Path) -> Result<Context, String> {
    if !folder.is_dir() {
        return Err(format!("{}: not a folder. Give the folder that holds the Dockerfile", folder.display()));
    }
    let mut context = Context::default();
    read_folder(folder, "", 0, &mut context)?;
    Ok(context)
}

fn read_folder(folder: &Path, prefix: &str, depth: usize, context: &mut Context) -> Result<(), String> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    if depth > DEPTH_LIMIT {
        return Err(failed(folder, &format!("more than {DEPTH_LIMIT} folders deep")));
    }
    let mut entries: Vec<_> =
        fs::read_dir(folder).and_then(Iterator::collect::<Result<_, _>>).map_err(|error| failed(folder, &error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let metadata = fs::symlink_metadata(&path).map_err(|error| failed(&path, &error))?;
        let name = entry.file_name().into_string().map_err(|_| failed(&path, &"the name is not UTF-8"))?;
        let name = format!("{prefix}{name}");
        let kind = if metadata.is_dir() {
            ContextKind::Dir
        } else if metadata.is_symlink() {
            let target = fs::read_link(&path).map_err(|error| failed(&path, &error))?;
            ContextKind::Symlink(target.to_string_lossy().into_owned())
        } else if metadata.is_file() {
            ContextKind::File(read_content(&path, metadata.len()).map_err(|error| failed(&path, &error))?)
        } else {
            continue;
        };
        let is_dir = kind == ContextKind::Dir;
        let entry = ContextEntry { kind, mode: metadata.permissions().mode() & 0o7777, mtime: metadata.mtime() };
        context.insert(&name, entry).map_err(|error| error.to_string())?;
        if context.len() > ENTRY_LIMIT {
            return Err(format!(
                "more than {ENTRY_LIMIT} files in the build context: is {} the right folder?",
                folder.display()
            ));
        }
        if is_dir {
            read_folder(&path, &format!("{name}/"), depth + 1, context)?;
        }
    }
    Ok(())
}

/// The content of a file; of a long one a stand-in that is the same for the same bytes.
pub fn read_content(path: &Path, size: u64) -> std::io::Result<Content> {
    if size <= KNOWN_BYTES {
        return Ok(Content::from_bytes(&fs::read(path)?));
    }
    let mut digest = Sha256::new();
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    let mut length = 0_u64;
    loop {
        let count = std::io::Read::read(&mut file, &mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        digest.update(bytes);
        length += bytes.len() as u64;
    }
    let id: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Content::opaque(&id, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_with_modes_links_and_stand_ins_for_long_files() {
        let folder = std::env::temp_dir().join(format!("layerlab-read-context-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("src/a.js"), "a\n").unwrap();
        fs::write(folder.join("long"), vec![7; 1_000_001]).unwrap();
        fs::set_permissions(folder.join("src/a.js"), fs::Permissions::from_mode(0o750)).unwrap();
        std::os::unix::fs::symlink("src/a.js", folder.join("link")).unwrap();
        let read = read_context(&folder);
        fs::remove_dir_all(&folder).unwrap();
        let context = read.unwrap();
        assert_eq!(context.text("src/a.js").unwrap(), "a\n");
        assert_eq!(context.get("src/a.js").unwrap().mode, 0o750);
        assert_eq!(context.get("link").unwrap().kind, ContextKind::Symlink("src/a.js".to_owned()));
        let ContextKind::File(long) = &context.get("long").unwrap().kind else { panic!("a file") };
        assert_eq!((long.size(), long.is_known()), (1_000_001, false));
        assert!(read_context(&folder).unwrap_err().contains("not a folder"));
    }
}
