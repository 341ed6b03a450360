//! Folders of the reader's disk, as the browser hands them to the page: read here, sent nowhere.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use report::Content;
use session::import::{Found, FoundKind, Reading, readings};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

/// Files that are asked for at once.
const AT_ONCE: usize = 64;
/// Files that are looked for at most: a context has no more.
pub const MOST_FILES: usize = 100_000;
/// The bytes of a file in which a NUL is looked for: no text has one.
const LOOKED_AT: usize = 8_000;

/// A file that was chosen or dropped.
#[derive(Clone)]
pub struct Picked {
    path: String,
    file: File,
}

/// What came of a folder.
#[derive(Default)]
pub struct Folder {
    /// Its name; empty where single files were dropped.
    pub name: String,
    /// Its files.
    pub files: Vec<Picked>,
    /// How many could not be got.
    pub lost: usize,
}

/// The files of a folder that was chosen.
pub fn chosen(list: &FileList) -> Folder {
    let mut folder = Folder::default();
    for file in (0..list.length()).filter_map(|at| list.get(at)) {
        let path = Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
        let path = path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
        let (name, path) = path.split_once('/').unwrap_or(("", &path));
        name.clone_into(&mut folder.name);
        folder.files.push(Picked { path: path.to_owned(), file });
    }
    folder
}

/// What was dropped, to be looked through once the event is over.
pub fn dropped(transfer: &DataTransfer) -> Vec<FileSystemEntry> {
    let items = transfer.items();
    let entries = (0..items.length()).filter_map(|at| items.get(at)).map(|item| item.webkit_get_as_entry());
    entries.filter_map(Result::ok).flatten().collect()
}

/// Looks through what was dropped. One folder is the project itself, several things lie in it. `progress` is told how many
/// files there are so far.
pub async fn looked_through(entries: Vec<FileSystemEntry>, progress: &dyn Fn(usize)) -> Folder {
    let mut folder = Folder::default();
    let root = match entries.as_slice() {
        [only] if only.is_directory() => {
            folder.name = only.name();
            only.full_path()
        }
        _ => String::new(),
    };
    let mut waiting = entries;
    while let Some(entry) = waiting.pop() {
        if folder.files.len() >= MOST_FILES {
            folder.lost += 1;
            continue;
        }
        if entry.is_file() {
            get_files(&[entry], &root, &mut folder).await;
            continue;
        }
        // Browsers give these classes other names.
        let reader = entry.unchecked_ref::<FileSystemDirectoryEntry>().create_reader();
        loop {
            let batch = JsFuture::from(promise(&mut |done, failed| {
                let _ = reader.read_entries_with_callback_and_callback(done, failed);
            }));
            let batch = batch.await.ok().map(|batch| Array::from(&batch)).filter(|batch| batch.length() > 0);
            let Some(batch) = batch else { break };
            let (folders, files): (Vec<FileSystemEntry>, Vec<_>) =
                batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>).partition(FileSystemEntry::is_directory);
            waiting.extend(folders);
            get_files(&files, &root, &mut folder).await;
            progress(folder.files.len());
        }
    }
    folder
}

/// The files behind entries.
async fn get_files(entries: &[FileSystemEntry], root: &str, folder: &mut Folder) {
    let files = entries.iter().map(|entry| {
        let entry: &FileSystemFileEntry = entry.unchecked_ref();
        promise(&mut |done, failed| entry.file_with_callback_and_callback(done, failed))
    });
    let results = settled(files.collect()).await;
    for (entry, file) in entries.iter().zip(results) {
        let path = entry.full_path();
        let path = path.strip_prefix(root).unwrap_or(&path).trim_start_matches('/').to_owned();
        match file {
            Some(file) => folder.files.push(Picked { path, file: file.unchecked_into() }),
            None => folder.lost += 1,
        }
    }
}

/// Reads what is worth reading of a folder's files. `progress` is told how many of them have been.
pub async fn read(files: &[Picked], progress: &dyn Fn(usize)) -> Vec<Found> {
    let sizes: Vec<(String, u64)> = files.iter().map(|picked| (picked.path.clone(), size(&picked.file))).collect();
    let readings = readings(&sizes);
    let mut found: Vec<Found> = Vec::with_capacity(files.len());
    for (picked, (path, bytes)) in files.iter().zip(sizes) {
        let mtime = seconds(picked.file.last_modified());
        // with another time it may hold something else
        let id = format!("{path}@{mtime}");
        found.push(Found { path, kind: FoundKind::File { bytes: Some(bytes), id }, mode: None, mtime: Some(mtime) });
    }
    let wanted: Vec<usize> = (0..files.len()).filter(|at| readings.get(*at) != Some(&Reading::Name)).collect();
    for (done, chunk) in wanted.chunks(AT_ONCE).enumerate() {
        progress(done * AT_ONCE);
        let buffers = chunk.iter().filter_map(|at| files.get(*at)).map(|picked| picked.file.array_buffer());
        for (at, buffer) in chunk.iter().zip(settled(buffers.collect()).await) {
            let (Some(buffer), Some(found), Some(reading)) = (buffer, found.get_mut(*at), readings.get(*at)) else {
                continue;
            };
            let bytes = Uint8Array::new(&buffer).to_vec();
            found.kind = match text_of(&bytes, *reading) {
                Some(text) => FoundKind::Text(text),
                None => FoundKind::File { bytes: u64::try_from(bytes.len()).ok(), id: hash(&bytes) },
            };
        }
    }
    found
}

fn text_of(bytes: &[u8], reading: Reading) -> Option<String> {
    let is_binary = reading != Reading::Text || bytes.iter().take(LOOKED_AT).any(|byte| *byte == 0);
    if is_binary { None } else { String::from_utf8(bytes.to_vec()).ok() }
}

/// A name for bytes that only the same bytes have.
fn hash(bytes: &[u8]) -> String {
    let digest = Content::from_bytes(bytes).digest();
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number of bytes")]
fn size(file: &File) -> u64 {
    file.size() as u64
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far from the end of an i64")]
fn seconds(ms: f64) -> i64 {
    (ms / 1000.0) as i64
}

/// A promise of what a function of two callbacks gives.
fn promise(start: &mut dyn FnMut(&Function, &Function)) -> Promise {
    Promise::new(&mut |done, failed| start(&done, &failed))
}

/// What promises gave, in order; `None` for those that failed.
async fn settled(promises: Vec<Promise>) -> Vec<Option<JsValue>> {
    let count = promises.len();
    let all = Promise::all_settled(&promises.into_iter().collect::<Array>());
    let Ok(results) = JsFuture::from(all).await else { return vec![None; count] };
    let value = |result: JsValue| Reflect::get(&result, &"value".into()).ok().filter(|value| !value.is_undefined());
    Array::from(&results).iter().map(value).collect()
}
