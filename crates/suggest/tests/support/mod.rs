//! What the tests of this folder share: projects in folders, as tests/dockerfiles has them, and suggestions as text.

#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use report::{Catalog, Content, Context, ContextEntry, ContextKind, Options, Profile, Value, parse_image};
use suggest::{Amount, DiffLine, Gain, Given, ImageChange, PathChangeKind, Suggestion};
use toml::Table;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All base images that there are.
pub fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join("crates/catalog/data/images")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        catalog.insert(parse_image(&fs::read_to_string(path).unwrap()).unwrap());
    }
    catalog.insert_index(&catalog::Index::default());
    catalog
}

/// The base images of these references.
pub fn images(references: &[&str]) -> Catalog {
    let mut catalog = Catalog::default();
    for reference in references {
        let path = root().join("crates/catalog/data/images").join(catalog::file_name(reference));
        catalog.insert(parse_image(&fs::read_to_string(path).unwrap()).unwrap());
    }
    catalog.insert_index(&catalog::Index::default());
    catalog
}

/// The folders of a folder that hold a Dockerfile.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.join("Dockerfile").is_file());
    paths.sort();
    paths
}

/// A project: `Dockerfile`, and `context.toml` with its files and the build's flags.
pub fn project(folder: &Path, catalog: &Catalog) -> Given {
    let mut context = Context::default();
    let file = |content| ContextEntry { kind: ContextKind::File(content), mode: 0o644, mtime: 1_735_689_600 };
    context.insert("Dockerfile", file(Content::text(&fs::read_to_string(folder.join("Dockerfile")).unwrap()))).unwrap();
    let table: Table = fs::read_to_string(folder.join("context.toml")).unwrap_or_default().parse().unwrap();
    for (path, spec) in table.get("context").and_then(toml::Value::as_table).into_iter().flatten() {
        let text = |key: &str| spec.get(key).and_then(toml::Value::as_str);
        let mut entry = if let Some(text) = spec.as_str().or(text("text")) {
            file(Content::text(text))
        } else if let Some(target) = text("link") {
            ContextEntry { kind: ContextKind::Symlink(target.to_owned()), ..file(Content::default()) }
        } else if spec.get("dir").is_some() {
            ContextEntry { kind: ContextKind::Dir, mode: 0o755, mtime: 1 }
        } else {
            let size = spec.get("size").and_then(toml::Value::as_integer).unwrap_or_default();
            file(Content::repeat(b'x', size.unsigned_abs()))
        };
        if let Some(mode) = text("mode") {
            entry.mode = u32::from_str_radix(mode, 8).unwrap();
        }
        context.insert(path, entry).unwrap();
    }
    let mut options = Options::default();
    let args = table.get("args").and_then(toml::Value::as_array).into_iter().flatten();
    let mut args = args.filter_map(toml::Value::as_str);
    while let Some(arg) = args.next() {
        let (flag, value) = arg.split_once('=').map_or((arg, None), |(flag, value)| (flag, Some(value)));
        match flag {
            "--build-arg" => {
                let (name, value) = value.or_else(|| args.next()).unwrap().split_once('=').unwrap();
                options.build_args.push((name.to_owned(), Some(value.to_owned())));
            }
            "--target" => options.target = value.or_else(|| args.next()).map(str::to_owned),
            "--secret" => {
                let id = value.or_else(|| args.next()).unwrap().split(',').next().unwrap().trim_start_matches("id=");
                options.secrets.push((id.to_owned(), "secret".to_owned()));
            }
            _ => {}
        }
    }
    Given { context, options, catalog: catalog.clone(), profile: Profile::default() }
}

/// Two digits of a figure, so that an estimate that becomes a little better is no difference.
fn about(figure: u64) -> u64 {
    let unit = 10_u64.pow(figure.max(1).ilog10().saturating_sub(1));
    (figure + unit / 2) / unit * unit
}

pub fn gain(gain: &Gain) -> String {
    let Amount { before, after } = gain.amount();
    let (before, after) = (about(before), about(after));
    match gain {
        Gain::Problem(code, _) => format!("{code} {before} -> {after}"),
        Gain::Image(_) | Gain::Context(_) => format!("{} {before} -> {after} B", gain.code()),
        _ => format!("{} {before} -> {after} ms", gain.code()),
    }
}

pub fn change(change: &ImageChange) -> String {
    let mut text = String::new();
    for path in change.paths.iter().take(8) {
        let what = match path.kind {
            PathChangeKind::Added => "added".to_owned(),
            PathChangeKind::Removed => "removed".to_owned(),
            PathChangeKind::Content => "content".to_owned(),
            PathChangeKind::Owner { before, after } => {
                format!("owner {}:{} -> {}:{}", before.0, before.1, after.0, after.1)
            }
            PathChangeKind::Mode { before, after } => format!("mode {before:o} -> {after:o}"),
        };
        writeln!(text, "  {what} {} ({} files, {} B)", path.path, about(path.files as u64), about(path.bytes)).unwrap();
    }
    let more = change.paths.len().saturating_sub(8) + change.more;
    if more > 0 {
        writeln!(text, "  and {more} more").unwrap();
    }
    if !change.config.is_empty() {
        writeln!(text, "  config: {}", change.config.join(", ")).unwrap();
    }
    if text.is_empty() { "  nothing\n".to_owned() } else { text }
}

pub fn suggestion(suggestion: &Suggestion) -> String {
    let value = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Count(count) | Value::Bytes(count) => count.to_string(),
    };
    let args: String = suggestion.args.iter().map(|(name, arg)| format!(" {name}={:?}", value(arg))).collect();
    let mut text = format!("{}{args}\n", suggestion.code);
    suggestion.gains.iter().for_each(|found| writeln!(text, "  + {}", gain(found)).unwrap());
    suggestion.losses.iter().for_each(|found| writeln!(text, "  - {}", gain(found)).unwrap());
    write!(text, "image:\n{}", change(&suggestion.image)).unwrap();
    for file in &suggestion.files {
        writeln!(text, "{}:", file.path).unwrap();
        for line in &file.lines {
            match line {
                DiffLine::Same(line) => writeln!(text, "    {line}").unwrap(),
                DiffLine::Removed(line) => writeln!(text, "  - {line}").unwrap(),
                DiffLine::Added(line) => writeln!(text, "  + {line}").unwrap(),
                DiffLine::Skipped(count) => writeln!(text, "    … {count}").unwrap(),
            }
        }
    }
    text
}
