//! The JSON form of an image: `data/images/NAME.json`, and the base images beside recorded cases.

use std::collections::BTreeMap;

use filesystem::{Attr, Content, EntryKind, Layer, LayerEntry};
use serde::Deserialize;

use crate::{Healthcheck, Image, ImageConfig, ImageLayer, Reference};

#[derive(Deserialize)]
struct ImageJson {
    reference: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    digest: Option<String>,
    #[serde(default)]
    package_manager: Option<String>,
    #[serde(default)]
    shell: Option<String>,
    #[serde(default)]
    config: ConfigJson,
    #[serde(default)]
    layers: Vec<LayerJson>,
    #[serde(default)]
    estimated: bool,
    #[serde(default)]
    outline: bool,
    #[serde(default)]
    all_programs: bool,
    #[serde(default)]
    compressed_bytes: u64,
    #[serde(default)]
    source: String,
    #[serde(default)]
    date: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ConfigJson {
    user: String,
    working_dir: String,
    env: Vec<String>,
    entrypoint: Option<Vec<String>>,
    cmd: Option<Vec<String>>,
    args_escaped: bool,
    exposed_ports: BTreeMap<String, serde::de::IgnoredAny>,
    volumes: BTreeMap<String, serde::de::IgnoredAny>,
    labels: BTreeMap<String, String>,
    stop_signal: String,
    shell: Option<Vec<String>>,
    on_build: Vec<String>,
    healthcheck: Option<HealthcheckJson>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct HealthcheckJson {
    test: Vec<String>,
    interval: i64,
    timeout: i64,
    start_period: i64,
    start_interval: i64,
    retries: i64,
}

#[derive(Deserialize)]
struct LayerJson {
    #[serde(default)]
    created_by: String,
    #[serde(default)]
    empty: bool,
    #[serde(default)]
    entries: Vec<EntryJson>,
    /// Symlinks in short: the target, then the paths that point to it.
    #[serde(default)]
    links: BTreeMap<String, Vec<String>>,
    /// Programs of which no more is known than that they are there: by directory, their names separated by blanks.
    #[serde(default)]
    programs: BTreeMap<String, String>,
    /// The bytes that each of `programs` is counted as.
    #[serde(default)]
    each: u64,
    /// Files of unknown content in short: path and bytes, mode 755 below a `bin`, else 644.
    #[serde(default)]
    files: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
struct EntryJson {
    path: String,
    kind: String,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    uid: u32,
    #[serde(default)]
    gid: u32,
    #[serde(default)]
    size: u64,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    link: String,
}

/// Reads an image's facts.
///
/// # Errors
/// What is wrong with the JSON, and where.
pub fn parse_image(text: &str) -> Result<Image, String> {
    let json: ImageJson = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let reference = Reference::parse(&json.reference).map_err(|error| error.to_string())?.short();
    let layers = json
        .layers
        .into_iter()
        .map(|layer| ImageLayer {
            created_by: layer.created_by.clone(),
            layer: (!layer.empty).then(|| read_layer(&reference, layer)),
        })
        .collect();
    Ok(Image {
        reference,
        names: json.names,
        digest: json.digest,
        package_manager: json.package_manager,
        shell: json.shell,
        config: json.config.into(),
        layers,
        estimated: json.estimated,
        outline: json.outline,
        all_programs: json.all_programs,
        compressed_bytes: json.compressed_bytes,
        source: json.source,
        date: json.date,
    })
}

impl From<ConfigJson> for ImageConfig {
    fn from(json: ConfigJson) -> ImageConfig {
        let variable = |line: String| match line.split_once('=') {
            Some((name, value)) => (name.to_string(), value.to_string()),
            None => (line, String::new()),
        };
        ImageConfig {
            user: json.user,
            working_dir: json.working_dir,
            env: json.env.into_iter().map(variable).collect(),
            entrypoint: json.entrypoint,
            cmd: json.cmd,
            args_escaped: json.args_escaped,
            exposed_ports: json.exposed_ports.into_keys().collect(),
            volumes: json.volumes.into_keys().collect(),
            labels: json.labels,
            stop_signal: json.stop_signal,
            shell: json.shell,
            on_build: json.on_build,
            healthcheck: json.healthcheck.map(|check| Healthcheck {
                test: check.test,
                interval: check.interval,
                timeout: check.timeout,
                start_period: check.start_period,
                start_interval: check.start_interval,
                retries: check.retries,
            }),
        }
    }
}

fn read_layer(reference: &str, layer: LayerJson) -> Layer {
    let mut entries: BTreeMap<String, LayerEntry> = BTreeMap::new();
    let mut put = |path: &str, kind: EntryKind, attr: Attr| {
        entries.insert(path.to_string(), LayerEntry { path: path.into(), kind, attr });
    };
    let attr = |mode: u32| Attr { mode, uid: 0, gid: 0, mtime: 0 };
    for entry in &layer.entries {
        let default = if entry.kind == "dir" { 0o755 } else { 0o644 };
        let mode = entry.mode.as_deref().and_then(|m| u32::from_str_radix(m, 8).ok()).unwrap_or(default);
        let kind = match entry.kind.as_str() {
            "dir" => EntryKind::Dir,
            "symlink" => EntryKind::Symlink(entry.link.clone()),
            "hardlink" => EntryKind::HardLink(format!("/{}", entry.link.trim_start_matches('/'))),
            _ => EntryKind::File(match &entry.text {
                Some(text) => Content::text(text),
                None => Content::opaque(&format!("{reference}{}", entry.path), entry.size),
            }),
        };
        put(&entry.path, kind, Attr { uid: entry.uid, gid: entry.gid, ..attr(mode) });
    }
    for (directory, names) in &layer.programs {
        for name in names.split_whitespace() {
            let path = format!("{directory}/{name}");
            put(&path, EntryKind::File(Content::opaque(&format!("{reference}{path}"), layer.each)), attr(0o755));
        }
    }
    for (path, size) in &layer.files {
        let mode = if path.contains("/bin/") || path.contains("/sbin/") { 0o755 } else { 0o644 };
        put(path, EntryKind::File(Content::opaque(&format!("{reference}{path}"), *size)), attr(mode));
    }
    for (target, paths) in &layer.links {
        for path in paths {
            put(path, EntryKind::Symlink(target.clone()), attr(0o777));
        }
    }
    // the short forms name no directories: those above their paths are there, as root's
    let paths: Vec<String> = entries.keys().cloned().collect();
    for path in paths {
        for (end, _) in path.match_indices('/').filter(|&(end, _)| end > 0) {
            let parent = path.get(..end).unwrap_or_default().to_string();
            entries.entry(parent.clone()).or_insert(LayerEntry {
                path: parent.into(),
                kind: EntryKind::Dir,
                attr: attr(0o755),
            });
        }
    }
    Layer { entries: entries.into_values().collect() }
}

/// The name of an image's file below `data/images`: `node:22-alpine` is in `node-22-alpine.json`.
#[must_use]
pub fn file_name(reference: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' || c == '-' || c == '_' { c } else { '-' }
    };
    format!("{}.json", reference.chars().map(safe).collect::<String>())
}
