//! The format of a case.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use filesystem::{Attr, TarEntry, TarKind, gzip, write_tar};
use report::{Content, ContextEntry, ContextKind, ImageStore};
use toml::{Table, Value};

/// The age of a file unless an edit made it newer: 2025-01-01.
pub const TIME: i64 = 1_735_689_600;
/// Bytes that Python's tarfile pads an archive to a multiple of.
const TAR_BLOCK: u64 = 10_240;
/// Bytes that a `size` with a `fill` of several bytes may ask for.
const FILL_LIMIT: usize = 1 << 24;

/// A case: NAME.toml, and where what was recorded is.
#[derive(Debug)]
pub struct Case {
    pub name: String,
    pub area: String,
    /// The image store of the engine that it was recorded with.
    pub store: ImageStore,
    pub dockerfile: String,
    pub context: Vec<(String, ContextEntry)>,
    pub builds: Vec<BuildSpec>,
    pub recorded: PathBuf,
}

/// A `[[build]]`.
#[derive(Debug, Default)]
pub struct BuildSpec {
    pub args: Vec<String>,
    pub dockerfile: Option<String>,
    pub write: Vec<(String, ContextEntry)>,
    pub remove: Vec<String>,
    pub rename: Vec<(String, String)>,
    pub chmod: Vec<(String, u32)>,
    pub touch: Vec<String>,
}

/// Every case of a folder, by name.
pub fn read_cases(folder: &Path) -> Result<Vec<Case>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(|error| failed(&error))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.iter().map(|path| read_case(path)).collect()
}

fn read_case(path: &Path) -> Result<Case, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
    parse_case(&name, &text, path.with_extension("json")).map_err(|error| failed(&error))
}

fn parse_case(name: &str, text: &str, recorded: PathBuf) -> Result<Case, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let builds = match table.get("build") {
        None => vec![BuildSpec::default()],
        Some(builds) => {
            let builds = builds.as_array().ok_or("build: not an array of tables")?.iter();
            builds.map(parse_build).collect::<Result<_, _>>()?
        }
    };
    Ok(Case {
        name: name.to_owned(),
        area: string(table.get("area"), "area")?,
        store: match table.get("store").and_then(Value::as_str) {
            None | Some("overlay2") => ImageStore::Overlay2,
            Some("containerd") => ImageStore::Containerd,
            Some(other) => return Err(format!("store: `{other}` is neither overlay2 nor containerd")),
        },
        dockerfile: string(table.get("dockerfile"), "dockerfile")?,
        context: parse_files(table.get("context"))?,
        builds,
        recorded,
    })
}

fn parse_build(build: &Value) -> Result<BuildSpec, String> {
    let edit = build.get("edit");
    let part = |name: &str| edit.and_then(|edit| edit.get(name));
    let pairs = |name: &str| -> Result<Vec<(String, String)>, String> {
        let Some(table) = part(name) else {
            return Ok(Vec::new());
        };
        let table = table.as_table().ok_or_else(|| format!("{name}: not a table"))?;
        table.iter().map(|(key, value)| Ok((key.clone(), string(Some(value), name)?))).collect()
    };
    let chmod = pairs("chmod")?.into_iter().map(|(path, mode)| Ok((path, octal(&mode)?)));
    Ok(BuildSpec {
        args: strings(build.get("args"), "args")?,
        dockerfile: part("dockerfile").map(|text| string(Some(text), "dockerfile")).transpose()?,
        write: parse_files(part("write"))?,
        remove: strings(part("remove"), "remove")?,
        rename: pairs("rename")?,
        chmod: chmod.collect::<Result<_, String>>()?,
        touch: strings(part("touch"), "touch")?,
    })
}

fn string(value: Option<&Value>, name: &str) -> Result<String, String> {
    let text = value.and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| format!("{name}: needs a string"))
}

fn strings(value: Option<&Value>, name: &str) -> Result<Vec<String>, String> {
    let Some(value) = value else {
        return Ok(Vec::new());
    };
    let array = value.as_array().ok_or_else(|| format!("{name}: needs an array"))?;
    array.iter().map(|value| string(Some(value), name)).collect()
}

fn octal(text: &str) -> Result<u32, String> {
    u32::from_str_radix(text, 8).map_err(|_| format!("{text}: not an octal mode"))
}

/// The files of a table `context`.
pub fn parse_files(files: Option<&Value>) -> Result<Vec<(String, ContextEntry)>, String> {
    let Some(files) = files else {
        return Ok(Vec::new());
    };
    let files = files.as_table().ok_or("context: not a table")?.iter();
    files
        .map(|(path, spec)| Ok((path.clone(), parse_file(spec).map_err(|error| format!("{path}: {error}"))?)))
        .collect()
}

/// A context entry: a text, or a table.
fn parse_file(spec: &Value) -> Result<ContextEntry, String> {
    if let Some(text) = spec.as_str() {
        return Ok(file_of_text(text));
    }
    let kind = if let Some(target) = spec.get("link") {
        ContextKind::Symlink(string(Some(target), "link")?)
    } else if spec.get("dir").and_then(Value::as_bool) == Some(true) {
        ContextKind::Dir
    } else {
        ContextKind::File(parse_content(spec)?)
    };
    let usual = match kind {
        ContextKind::File(_) => 0o644,
        ContextKind::Dir => 0o755,
        ContextKind::Symlink(_) => 0o777,
    };
    let mode = spec.get("mode").map(|mode| octal(&string(Some(mode), "mode")?)).transpose()?;
    Ok(ContextEntry { kind, mode: mode.unwrap_or(usual), mtime: TIME })
}

/// A file of mode 644.
pub fn file_of_text(text: &str) -> ContextEntry {
    ContextEntry { kind: ContextKind::File(Content::text(text)), mode: 0o644, mtime: TIME }
}

fn parse_content(spec: &Value) -> Result<Content, String> {
    if let Some(size) = spec.get("size") {
        let size = size.as_integer().and_then(|size| u64::try_from(size).ok()).ok_or("size: not a size")?;
        let fill = spec.get("fill").map_or(Ok("x".to_owned()), |fill| string(Some(fill), "fill"))?;
        return filled(fill.as_bytes(), size);
    }
    if let Some(code) = spec.get("base64") {
        let code = string(Some(code), "base64")?;
        let bytes =
            base64::engine::general_purpose::STANDARD.decode(code).map_err(|error| format!("base64: {error}"))?;
        return Ok(Content::from_bytes(&bytes));
    }
    if let Some(files) = spec.get("tar") {
        let files = files.as_table().ok_or("tar: not a table")?;
        let zipped = spec.get("gzip").and_then(Value::as_bool) == Some(true);
        return archive(files, zipped);
    }
    Ok(Content::text(&string(spec.get("text"), "text, base64, size, link, dir or tar")?))
}

fn filled(fill: &[u8], size: u64) -> Result<Content, String> {
    match fill {
        [] => Err("fill: empty".to_owned()),
        [byte] => Ok(Content::repeat(*byte, size)),
        bytes => {
            let size = usize::try_from(size).ok().filter(|size| *size <= FILL_LIMIT).ok_or("size: too large")?;
            Ok(Content::from_bytes(&bytes.iter().copied().cycle().take(size).collect::<Vec<u8>>()))
        }
    }
}

/// An archive as Python's tarfile writes it: no entries for directories that names only imply.
fn archive(files: &Table, zipped: bool) -> Result<Content, String> {
    let entry = |(name, text): (&String, &Value)| {
        let text = string(Some(text), name)?;
        let attr = Attr { mode: 0o644, uid: 0, gid: 0, mtime: TIME };
        Ok(TarEntry { name: name.clone(), kind: TarKind::File(Content::text(&text)), attr })
    };
    let entries: Vec<TarEntry> = files.iter().map(entry).collect::<Result<_, String>>()?;
    let tar = write_tar(&entries, TAR_BLOCK);
    if zipped { gzip(&tar).ok_or_else(|| "gzip: too large".to_owned()) } else { Ok(tar) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Case, String> {
        parse_case("name", text, PathBuf::new())
    }

    #[test]
    fn a_case_without_builds_has_one() {
        let case = parse("about = 'x'\narea = 'copy'\ndockerfile = 'FROM scratch'").unwrap();
        assert_eq!((case.area.as_str(), case.builds.len(), case.context.len()), ("copy", 1, 0));
    }

    #[test]
    fn every_kind_of_context_entry_is_read() {
        let case = parse(
            "area = 'copy'\ndockerfile = ''\n[context]\na = 't'\nb = { text = 'u', mode = '755' }\nc = { size = 3 }\n\
             d = { size = 5, fill = 'ab' }\ne = { link = 'a' }\nf = { dir = true, mode = '700' }\n\
             g = { base64 = 'AP8=' }\nh = { tar = { 'x/y' = 'z' } }",
        )
        .unwrap();
        let entry = |name: &str| case.context.iter().find(|(path, _)| path == name).map(|(_, entry)| entry).unwrap();
        let bytes = |name: &str| match &entry(name).kind {
            ContextKind::File(content) => content.bytes(1 << 20).unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(bytes("a"), b"t");
        assert_eq!((bytes("b"), entry("b").mode), (b"u".to_vec(), 0o755));
        assert_eq!(bytes("c"), b"xxx");
        assert_eq!(bytes("d"), b"ababa");
        assert_eq!(entry("e").kind, ContextKind::Symlink("a".to_owned()));
        assert_eq!((&entry("f").kind, entry("f").mode), (&ContextKind::Dir, 0o700));
        assert_eq!(bytes("g"), [0, 255]);
        assert_eq!(bytes("h").len(), 10_240);
        assert_eq!(&bytes("h")[..4], b"x/y\0");
    }

    #[test]
    fn builds_have_arguments_and_edits() {
        let case = parse(
            "area = 'cache'\ndockerfile = ''\n[[build]]\n[[build]]\nargs = ['--target', 'a']\n\
             edit.write = { x = 'y' }\nedit.chmod = { x = '600' }\nedit.rename = { x = 'z' }\nedit.touch = ['q']",
        )
        .unwrap();
        let build = &case.builds[1];
        assert_eq!(build.args, ["--target", "a"]);
        assert_eq!(build.chmod, [("x".to_owned(), 0o600)]);
        assert_eq!(build.rename, [("x".to_owned(), "z".to_owned())]);
        assert_eq!((build.write.len(), build.touch.len(), build.remove.len()), (1, 1, 0));
    }

    #[test]
    fn what_is_wrong_with_a_case_is_named() {
        assert!(parse("area = 'x'").unwrap_err().contains("dockerfile"));
        assert!(parse("area = 'x'\ndockerfile = ''\n[context]\na = { size = -1 }").unwrap_err().contains("a: size"));
    }
}
