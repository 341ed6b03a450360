//! The image that comes out: layers, history, config.

use std::collections::BTreeMap;

use catalog::{Healthcheck, Image, ImageConfig};
use filesystem::{EntryKind, ImageStore};
use plan::{Base, Stage};
use simulate::{Basis, Before, Record};
use source::TextRange;

use crate::analyze::Analysis;
use crate::contents::LayerContents;
use crate::json::Json;
use crate::settings::settings;
use crate::view::{EntryView, HistoryView, ImageView, LayerView, Outcome};

pub(crate) fn view(analysis: &Analysis<'_>) -> Option<ImageView> {
    if *analysis.outcome != Outcome::Built {
        return None;
    }
    let target = analysis.plan.stages.get(analysis.plan.target?)?;
    let chain = chain(analysis, target);
    let config = config(&target.config);
    let settings = settings(analysis, &chain, &config);
    let mut image = ImageView { config, settings, ..ImageView::default() };
    for stage in chain {
        base_rows(stage, analysis.store, &mut image);
        for row in &stage.history {
            let step = row.step.and_then(|step| analysis.build.stage_steps.get(&stage.index)?.get(step).copied());
            let record = step.and_then(|step| analysis.build.steps.get(step)?.record.clone());
            let bytes = record.as_ref().map_or(0, |record| record.bytes(analysis.store));
            let range = analysis.file.instructions.get(row.instruction).map(|i| i.range).unwrap_or_default();
            image.history.push(HistoryView {
                // `docker history` shows a tab as a blank
                created_by: row.created_by.replace('\t', " "),
                bytes,
                empty: row.step.is_none(),
                step,
                range,
                line: analysis.lines.line(range.start) + 1,
            });
            if let (Some(record), Some(_)) = (&record, row.step) {
                image.layers.push(LayerView {
                    step,
                    base: None,
                    created_by: row.created_by.clone(),
                    bytes,
                    basis: record.bytes_basis(),
                    entries: entries(record, analysis.store),
                    contents: LayerContents::built(&record.layer),
                });
            }
        }
    }
    image.history.reverse();
    image.bytes = image.layers.iter().map(|layer| layer.bytes).fold(0, u64::saturating_add);
    image.basis = image.layers.iter().map(|layer| layer.basis).chain([image.basis]).max().unwrap_or_default();
    Some(image)
}

/// The stage and those it is built on, the lowest first.
fn chain<'a>(analysis: &Analysis<'a>, target: &'a Stage) -> Vec<&'a Stage> {
    let mut chain = vec![target];
    let mut at = target;
    while let Base::Stage(base) = at.base {
        // a base is always an earlier stage
        let Some(stage) = analysis.plan.stages.get(base).filter(|stage| stage.index < at.index) else {
            break;
        };
        chain.push(stage);
        at = stage;
    }
    chain.reverse();
    chain
}

fn base_rows(stage: &Stage, store: ImageStore, image: &mut ImageView) {
    let Base::Image(base) = &stage.base else {
        return;
    };
    let Some(facts) = &base.image else {
        image.basis = Basis::NotModelled;
        return;
    };
    let blocks = store == ImageStore::Containerd;
    let basis = base_basis(facts, base.stand_in, store);
    for (number_of_row, row) in facts.layers.iter().enumerate() {
        let bytes = match row.layer.as_ref().filter(|_| blocks && !facts.outline) {
            Some(layer) => layer.block_size(),
            None => row.bytes(),
        };
        image.history.push(HistoryView {
            created_by: row.created_by.clone(),
            bytes,
            empty: row.layer.is_none(),
            step: None,
            range: TextRange::default(),
            line: 0,
        });
        if row.layer.is_some() {
            let number = image.layers.len();
            image.layers.push(LayerView {
                step: None,
                base: Some(format!("{}#{number}", facts.reference)),
                created_by: row.created_by.clone(),
                bytes,
                basis,
                entries: Vec::new(),
                contents: LayerContents::base(facts, number_of_row),
            });
        }
    }
}

/// How sure the bytes of a base image's layers are. Blocks are known of layers of which every file is.
pub(crate) fn base_basis(facts: &Image, stand_in: bool, store: ImageStore) -> Basis {
    let blocks = store == ImageStore::Containerd;
    let estimated = facts.estimated || stand_in || (blocks && facts.outline);
    if estimated { Basis::Estimated } else { Basis::Exact }
}

/// The layer's archive. containerd makes it by comparison with what lies below: what was only copied up is not in it, and
/// whiteouts have no mode.
fn entries(record: &Record, store: ImageStore) -> Vec<EntryView> {
    let compared = store == ImageStore::Containerd;
    let all = record.layer.entries.iter().zip(record.before.iter());
    let (left_out, kept): (Vec<_>, Vec<_>) = all.partition(|(entry, before)| {
        let is_dir = entry.kind == EntryKind::Dir;
        compared && !is_dir && **before == Before::Same
    });
    let mut entries: Vec<EntryView> = kept
        .into_iter()
        .map(|(entry, _)| {
            let other = match &entry.kind {
                EntryKind::HardLink(other) => left_out.iter().find(|(entry, _)| *entry.path == **other),
                _ => None,
            };
            let kind = other.map_or(&entry.kind, |(other, _)| &other.kind);
            let (kind, size, link) = match kind {
                EntryKind::Dir => ("dir", None, None),
                EntryKind::File(content) => ("file", Some(content.size()), None),
                EntryKind::Symlink(target) => ("symlink", None, Some(target.clone())),
                EntryKind::Special(_) => ("other", None, None),
                EntryKind::HardLink(other) => ("hardlink", None, Some(other.trim_start_matches('/').to_string())),
                EntryKind::Whiteout | EntryKind::Opaque => ("file", Some(0), None),
            };
            let attr = entry.attr;
            let hides = matches!(entry.kind, EntryKind::Whiteout | EntryKind::Opaque);
            let mode = if compared && hides { 0 } else { attr.mode };
            EntryView { path: entry.tar_path().into_owned(), kind, mode, uid: attr.uid, gid: attr.gid, size, link }
        })
        .collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries
}

/// The config as `docker image inspect` shows it, without what is empty.
fn config(config: &ImageConfig) -> BTreeMap<String, Json> {
    let text = |text: &str| (!text.is_empty()).then(|| Json::String(text.into()));
    let list = |list: &[String]| {
        (!list.is_empty()).then(|| Json::Array(list.iter().map(|item| Json::String(item.clone())).collect()))
    };
    let set = |names: &[String]| {
        let object = names.iter().map(|name| (name.clone(), Json::Object(BTreeMap::new()))).collect();
        (!names.is_empty()).then_some(Json::Object(object))
    };
    let env: Vec<String> = config.env.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let labels = config.labels.iter().map(|(name, value)| (name.clone(), Json::String(value.clone()))).collect();
    let fields = [
        ("User", text(&config.user)),
        ("WorkingDir", text(&config.working_dir)),
        ("Env", list(&env)),
        ("Entrypoint", list(config.entrypoint.as_deref().unwrap_or_default())),
        ("Cmd", list(config.cmd.as_deref().unwrap_or_default())),
        ("ArgsEscaped", config.args_escaped.then_some(Json::Bool(true))),
        ("ExposedPorts", set(&config.exposed_ports)),
        ("Volumes", set(&config.volumes)),
        ("Labels", (!config.labels.is_empty()).then_some(Json::Object(labels))),
        ("StopSignal", text(&config.stop_signal)),
        ("Shell", list(config.shell.as_deref().unwrap_or_default())),
        ("OnBuild", list(&config.on_build)),
        ("Healthcheck", config.healthcheck.as_ref().map(healthcheck)),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?))).collect()
}

fn healthcheck(check: &Healthcheck) -> Json {
    let number = |n: i64| (n != 0).then_some(Json::Number(n));
    let test = check.test.iter().map(|word| Json::String(word.clone())).collect();
    let fields = [
        ("Test", Some(Json::Array(test))),
        ("Interval", number(check.interval)),
        ("Timeout", number(check.timeout)),
        ("StartPeriod", number(check.start_period)),
        ("StartInterval", number(check.start_interval)),
        ("Retries", number(check.retries)),
    ];
    Json::Object(fields.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?))).collect())
}
