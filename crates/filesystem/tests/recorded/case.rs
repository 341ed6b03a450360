//! Reading a case, and building it as far as this crate goes.

use std::path::PathBuf;

use filesystem::{
    Attr, Content, Context, ContextEntry, ContextKind, CopyError, CopyOptions, Cred, Device, EntryKind, FileSystem,
    Layer, LayerEntry, MountSource, TarEntry, TarKind,
};
use serde_json::Value as Json;
use toml::Value as Toml;

use crate::operations;

pub struct Case {
    toml: Toml,
    json: Json,
}

#[derive(Debug, PartialEq)]
pub enum Outcome {
    Failed(String),
    /// Of each layer above the base a line for each entry.
    Layers(Vec<Vec<String>>),
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance")
}

pub fn names(prefixes: &[&str]) -> Vec<String> {
    let files = std::fs::read_dir(folder().join("cases")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let toml = names.filter_map(|name| Some(name.strip_suffix(".toml")?.to_string()));
    let mut names: Vec<String> = toml.filter(|name| prefixes.iter().any(|prefix| name.starts_with(prefix))).collect();
    names.sort();
    names
}

impl Case {
    pub fn load(name: &str) -> Case {
        let read = |end: &str| std::fs::read_to_string(folder().join("cases").join(format!("{name}.{end}"))).unwrap();
        Case { toml: toml::from_str(&read("toml")).unwrap(), json: serde_json::from_str(&read("json")).unwrap() }
    }

    fn dockerfile(&self) -> &str {
        self.toml["dockerfile"].as_str().unwrap()
    }

    /// Without what the Dockerfile language does: variables, names of users, stages, several builds.
    pub fn is_for_this_crate(&self) -> bool {
        let text = self.dockerfile();
        let foreign = ["--from", "app app", "--parents", "COPY \"a file", "chown=nobody f /name"];
        let runs = text.lines().filter_map(|line| line.strip_prefix("RUN "));
        !foreign.iter().any(|word| text.contains(word))
            && self.toml.get("build").is_none()
            && runs.into_iter().all(operations::known)
    }

    pub fn recorded(&self) -> Outcome {
        let build = self.json["builds"].as_array().unwrap().last().unwrap();
        if build["ok"] != Json::Bool(true) {
            return Outcome::Failed(build["error"].as_str().unwrap().to_string());
        }
        let layers = build["image"]["layers"].as_array().unwrap().iter();
        let above = layers.filter_map(|layer| layer.get("entries")?.as_array());
        Outcome::Layers(above.map(|entries| entries.iter().map(recorded_line).collect()).collect())
    }

    fn context(&self) -> Context {
        let mut context = Context::default();
        let mut add = |path: &str, kind: ContextKind, mode: u32| {
            context.insert(path, ContextEntry { kind, mode, mtime: 0 }).unwrap();
        };
        add("Dockerfile", ContextKind::File(Content::text(self.dockerfile())), 0o644);
        for (path, spec) in self.toml.get("context").and_then(Toml::as_table).unwrap_or(&toml::Table::new()) {
            let mode = spec.get("mode").and_then(Toml::as_str);
            let mode = mode.map(|mode| u32::from_str_radix(mode, 8).unwrap());
            let (kind, usual) = context_kind(spec);
            add(path, kind, mode.unwrap_or(usual));
        }
        context
    }

    pub fn build(&self) -> Result<Outcome, String> {
        let context = self.context();
        let ignore = filesystem::parse_ignore(&context.text(".dockerignore").unwrap_or_default());
        let source = filesystem::transfer(&context, &ignore);
        let mut tree = FileSystem::default();
        let mut workdir = "/".to_string();
        let mut layers = Vec::new();
        for line in self.dockerfile().lines().filter(|line| !line.is_empty()) {
            let (keyword, rest) = line.split_once(' ').unwrap();
            if keyword == "FROM" {
                if rest != "scratch" {
                    tree = base();
                }
                continue;
            }
            tree.begin_layer();
            let done = match keyword {
                "WORKDIR" => {
                    workdir = rest.to_string();
                    tree.mkdir_all(rest, 0o755, &Cred::root()).map_err(|e| e.to_string())
                }
                "RUN" => {
                    let null = tree.attach("/dev/null", MountSource::Device(Device::Null), false).unwrap();
                    if !operations::run(&mut tree, rest) {
                        return Err(line.to_string());
                    }
                    tree.detach(null);
                    Ok(())
                }
                "COPY" | "ADD" => copy(&source, &mut tree, rest, &workdir, keyword == "ADD"),
                "USER" => continue,
                _ => return Err(line.to_string()),
            };
            if let Err(error) = done {
                return Ok(Outcome::Failed(error));
            }
            layers.push(tree.layer().entries.iter().map(line_of).collect());
        }
        Ok(Outcome::Layers(layers))
    }
}

fn copy(source: &FileSystem, tree: &mut FileSystem, text: &str, workdir: &str, is_add: bool) -> Result<(), String> {
    let mut options = CopyOptions { unpack: is_add, ..CopyOptions::default() };
    let mut rest = text;
    while let Some(flag) = rest.strip_prefix("--") {
        let (flag, after) = flag.split_once(' ').unwrap();
        rest = after;
        match flag.split_once('=').unwrap_or((flag, "")) {
            ("chown", owner) => {
                let (uid, gid) = owner.split_once(':').unwrap_or((owner, owner));
                options.owner = Some((id_of(uid), id_of(gid)));
            }
            ("chmod", mode) => options.mode = Some(filesystem::parse_mode(mode).unwrap()),
            ("exclude", pattern) => options.exclude.push(pattern.to_string()),
            ("unpack", value) => options.unpack = value != "false",
            ("link", _) => {}
            _ => panic!("{text}"),
        }
    }
    let mut words: Vec<String> = if rest.starts_with("[\"") {
        serde_json::from_str(rest).unwrap()
    } else {
        rest.split(' ').map(str::to_string).collect()
    };
    let destination = words.pop().unwrap();
    let destination = if destination.starts_with('/') { destination } else { format!("{workdir}/{destination}") };
    let not_found = |error: CopyError| match error {
        CopyError::NotFound { .. } => {
            format!("failed to compute cache key: failed to calculate checksum of ref REF: {error}")
        }
        error => error.to_string(),
    };
    for word in &words {
        filesystem::checksum(source, word, &Default::default()).map_err(not_found)?;
    }
    for word in &words {
        let found = filesystem::find_sources(source, word).map_err(not_found)?;
        filesystem::copy(source, &found, tree, &destination, &options).map_err(not_found)?;
    }
    Ok(())
}

/// The base image's users and groups; the others are numbers, or unknown and thus root's.
fn id_of(name: &str) -> u32 {
    match name {
        "nobody" | "nogroup" => 65534,
        "daemon" => 1,
        _ => name.parse().unwrap_or(0),
    }
}

fn context_kind(spec: &Toml) -> (ContextKind, u32) {
    let file = |content| (ContextKind::File(content), 0o644);
    let text = |spec: &Toml, key: &str| spec.get(key).and_then(Toml::as_str).map(str::to_string);
    if let Some(text) = spec.as_str() {
        return file(Content::text(text));
    }
    if let Some(text) = text(spec, "text") {
        return file(Content::text(&text));
    }
    if let Some(target) = text(spec, "link") {
        return (ContextKind::Symlink(target), 0o777);
    }
    if let Some(size) = spec.get("size") {
        let fill = text(spec, "fill").map_or(b'x', |fill| fill.as_bytes()[0]);
        return file(Content::repeat(fill, size.as_integer().unwrap() as u64));
    }
    if let Some(files) = spec.get("tar") {
        let entries: Vec<TarEntry> = files
            .as_table()
            .unwrap()
            .iter()
            .map(|(name, text)| TarEntry {
                name: name.clone(),
                kind: TarKind::File(Content::text(text.as_str().unwrap())),
                attr: Attr::root(0o644, 0),
            })
            .collect();
        let tar = filesystem::write_tar(&entries, 10240);
        return file(if spec.get("gzip").is_some() { filesystem::gzip(&tar).unwrap() } else { tar });
    }
    assert!(spec.get("dir").is_some(), "{spec}");
    (ContextKind::Dir, 0o755)
}

fn base() -> FileSystem {
    let text = std::fs::read_to_string(folder().join("bases/conformance-busybox-1.json")).unwrap();
    let json: Json = serde_json::from_str(&text).unwrap();
    let layers: Vec<Layer> = json["layers"].as_array().unwrap().iter().map(base_layer).collect();
    FileSystem::from_layers(layers.iter())
}

fn base_layer(layer: &Json) -> Layer {
    let entries = layer["entries"].as_array().unwrap().iter().map(|entry| {
        let path = entry["path"].as_str().unwrap().to_string();
        let link = || entry["link"].as_str().unwrap().to_string();
        let kind = match entry["kind"].as_str().unwrap() {
            "dir" => EntryKind::Dir,
            "symlink" => EntryKind::Symlink(link()),
            "hardlink" => EntryKind::HardLink(format!("/{}", link())),
            _ => EntryKind::File(match entry["text"].as_str() {
                Some(text) => Content::text(text),
                None => Content::opaque(&path, entry["size"].as_u64().unwrap()),
            }),
        };

        let attr = Attr {
            mode: u32::from_str_radix(entry["mode"].as_str().unwrap(), 8).unwrap(),
            uid: entry["uid"].as_u64().unwrap() as u32,
            gid: entry["gid"].as_u64().unwrap() as u32,
            mtime: 0,
        };
        LayerEntry { path: path.into(), kind, attr }
    });
    Layer { entries: entries.collect() }
}

fn recorded_line(entry: &Json) -> String {
    let text = |key: &str| entry[key].as_str().unwrap_or_default();
    let mut line = format!("{} {} {} {}:{}", text("path"), text("kind"), text("mode"), entry["uid"], entry["gid"]);
    if let Some(size) = entry["size"].as_u64() {
        line += &format!(" {size}");
    }
    if let Some(link) = entry["link"].as_str() {
        line += &format!(" -> {link}");
    }
    line
}

fn line_of(entry: &LayerEntry) -> String {
    let (kind, rest) = match &entry.kind {
        EntryKind::Dir => ("dir", String::new()),
        EntryKind::File(content) => ("file", format!(" {}", content.size())),
        EntryKind::Symlink(target) => ("symlink", format!(" -> {target}")),
        EntryKind::Special(_) => ("other", String::new()),
        EntryKind::HardLink(target) => ("hardlink", format!(" -> {}", &target[1..])),
        EntryKind::Whiteout | EntryKind::Opaque => ("file", " 0".to_string()),
    };
    let Attr { mode, uid, gid, .. } = entry.attr;
    format!("{} {kind} {mode:o} {uid}:{gid}{rest}", entry.tar_path())
}
