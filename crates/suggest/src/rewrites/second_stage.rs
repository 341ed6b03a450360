//! A second stage: what compiles stays behind, and the image has what runs.

use dockerfile::Body;
use plan::{Base, Stage};
use report::tree;
use source::TextEdit;

use super::{Proposal, Rewrite};
use crate::facts::{Facts, is_root};
use crate::roles::joined;

pub(super) const REWRITE: Rewrite = Rewrite { code: "second-stage", find };

/// What is taken into the second stage, and what that stage starts from.
struct Target {
    paths: Vec<String>,
    base: Vec<String>,
}

fn find(facts: &Facts) -> Vec<Proposal> {
    let stages = facts.image_stages();
    let [stage] = stages.as_slice() else { return Vec::new() };
    // a stage that is asked for by name would be another one then
    if facts.given.options.target.is_some() || stage.index + 1 != facts.plan.stages.len() {
        return Vec::new();
    }
    let Some(Target { paths, base }) = target(facts, stage) else { return Vec::new() };
    let proposals = base.iter().filter_map(|base| match known(facts, base) {
        Some(true) => split(facts, stage, &paths, base),
        Some(false) => Some(Proposal::wants(base)),
        None => None,
    });
    proposals.collect()
}

/// Whether an image's facts are there; `None` where it is not known at all.
fn known(facts: &Facts, name: &str) -> Option<bool> {
    facts.given.catalog.names().find(|(known, _)| *known == name).map(|(_, image)| image.is_some())
}

/// By the program that the image starts, and what the build called.
fn target(facts: &Facts, stage: &Stage) -> Option<Target> {
    let Base::Image(base) = &stage.base else { return None };
    let start: Vec<String> = stage.config.entrypoint.iter().chain(&stage.config.cmd).flatten().cloned().collect();
    let called = |names: &[&str], verbs: &[&str]| {
        facts.runs_of(stage).any(|run| {
            run.script
                .calls
                .iter()
                .any(|call| names.contains(&call.name()) && call.operands().any(|word| verbs.contains(&word)))
        })
    };
    let names = base.image.iter().flat_map(|image| image.names.iter().chain([&image.reference]));
    let names: Vec<String> = names.cloned().chain([base.reference.short()]).collect();
    let has = |word: &str| names.iter().any(|name| name.contains(word));
    let program = start.first().and_then(|program| find_program(facts, stage, program));
    // a tool that was fetched works on what the stage has besides
    let fetched = |program: &str| {
        let name = program.rsplit('/').next().unwrap_or_default();
        let operands = facts.runs_of(stage).flat_map(|run| run.script.calls);
        operands
            .flat_map(|call| call.words)
            .any(|word| word.split_once('@').is_some_and(|(path, _)| path.rsplit('/').next() == Some(name)))
    };
    let program = program.filter(|program| !fetched(program));
    if called(&["go"], &["build", "install"]) || called(&["cargo"], &["build", "install"]) {
        let is_static = facts.runs_of(stage).any(|run| run.instruction.range.of(&facts.text).contains("CGO_ENABLED=0"))
            || stage.config.env.iter().any(|(name, value)| name == "CGO_ENABLED" && value == "0");
        let base = match () {
            () if is_static => vec!["gcr.io/distroless/static-debian12:nonroot"],
            () if has("alpine") => vec!["alpine:3.20"],
            () if has("bookworm") => vec!["debian:bookworm-slim"],
            () if has("bullseye") => vec!["debian:bullseye-slim"],
            () => vec!["debian:trixie-slim"],
        };
        return Some(Target { paths: vec![program?], base: base.into_iter().map(str::to_owned).collect() });
    }
    let directory = &stage.config.working_dir;
    let jar = start.iter().position(|word| word == "-jar").and_then(|at| start.get(at + 1));
    if let Some(jar) = jar.filter(|_| {
        called(&["mvn", "mvnw", "gradle", "gradlew"], &["package", "install", "verify", "build", "bootJar", "jar"])
    }) {
        let release = ["17", "11", "8", "21"].into_iter().find(|release| {
            has(&format!("-{release}")) || has(&format!("jdk{release}")) || has(&format!(":{release}"))
        });
        let base = format!("eclipse-temurin:{}-jre", release.unwrap_or("21"));
        return Some(Target { paths: vec![joined(directory, jar)], base: vec![base] });
    }
    let (sdk, tag) = base.reference.path.rsplit_once('/').zip(base.reference.tag.as_deref())?;
    if sdk.1 == "sdk" && called(&["dotnet"], &["publish"]) {
        let dll = start.iter().find(|word| word.ends_with(".dll"))?;
        let folder = joined(directory, dll).rsplit_once('/')?.0.to_owned();
        return Some(Target { paths: vec![folder], base: vec![format!("mcr.microsoft.com/dotnet/aspnet:{tag}")] });
    }
    let built = called(&["npm", "yarn", "pnpm"], &["build"]);
    let full = base.reference.short().starts_with("node:") && !tag.contains("slim") && !tag.contains("alpine");
    let version = if tag == "latest" { "24" } else { tag.split('-').next().unwrap_or(tag) };
    (built && full && directory.len() > 1)
        .then(|| Target { paths: vec![directory.clone()], base: vec![format!("node:{version}-slim")] })
}

/// Where a program is in the image: its path, or the first folder of PATH that has it.
fn find_program(facts: &Facts, stage: &Stage, program: &str) -> Option<String> {
    let image = facts.report.image.as_ref()?;
    let tree = tree(&image.layers, image.layers.len().saturating_sub(1));
    let node = |path: &str| tree.nodes.iter().find(|node| node.path == path);
    let built = |path: &String| {
        // `/bin` is a link to `/usr/bin` in many images
        let (folder, name) = path.rsplit_once('/').unwrap_or_default();
        let link = node(folder).and_then(|node| node.link.as_deref()).map(|link| joined("/", link));
        let path = link.map_or(path.clone(), |link| format!("{link}/{name}"));
        let layer = node(&path).filter(|node| matches!(node.kind, "file" | "hardlink")).map(|node| node.layer);
        layer.and_then(|layer| image.layers.get(layer)).is_some_and(|layer| layer.contents.is_built())
    };
    if program.contains('/') {
        return Some(joined(&stage.config.working_dir, program)).filter(built);
    }
    let path = stage.config.env.iter().find(|(name, _)| name == "PATH").map_or("", |(_, value)| value.as_str());
    path.split(':').map(|folder| joined(folder, program)).find(built)
}

/// A stage behind the last step: what it needs of the settings before, and what it takes.
fn split(facts: &Facts, stage: &Stage, paths: &[String], base: &str) -> Option<Proposal> {
    let numbers: Vec<usize> = stage.instructions.clone().collect();
    let makes = |number: &usize| {
        let body = facts.file.instructions.get(*number).map(|instruction| &instruction.body);
        matches!(body, Some(Body::Run(_) | Body::Copy(_) | Body::Add(_)))
    };
    let last = *numbers.iter().rfind(|number| makes(number))?;
    let (start, Body::From(from)) =
        (stage.instructions.start, &facts.file.instructions.get(stage.instructions.start)?.body)
    else {
        return None;
    };
    // a user of the first stage is unknown in the second one
    let config = &stage.config;
    let named = !is_root(&config.user) && !config.user.starts_with(|c: char| c.is_ascii_digit());
    if named && !(config.user == "node" && base.starts_with("node:")) {
        return None;
    }
    let mut edits = Vec::new();
    let name = match &from.name {
        Some((_, name)) => name.text.clone(),
        None => {
            edits.push(TextEdit::insert(from.image.range.end, " AS build"));
            "build".to_owned()
        }
    };
    let mut lines = format!("\nFROM {base}\n");
    let before = || numbers.iter().copied().filter(|number| (start + 1..last).contains(number));
    let settings = |number: &usize| {
        let body = facts.file.instructions.get(*number).map(|instruction| &instruction.body);
        matches!(
            body,
            Some(
                Body::Env(_)
                    | Body::Expose(_)
                    | Body::Label(_)
                    | Body::Volume(_)
                    | Body::User(_)
                    | Body::Cmd(_)
                    | Body::Entrypoint(_)
                    | Body::Healthcheck(_)
                    | Body::Stopsignal(_)
                    | Body::Arg(_)
            )
        )
    };
    before().filter(settings).for_each(|number| lines += &facts.lines(number));
    let behind = numbers.iter().filter(|number| **number > last);
    let moved = behind
        .clone()
        .any(|number| matches!(facts.file.instructions.get(*number).map(|other| &other.body), Some(Body::Workdir(_))));
    if !moved && config.working_dir.len() > 1 {
        lines += &format!("WORKDIR {}\n", config.working_dir);
    }
    for path in paths {
        lines += &format!("COPY --from={name} {path} {path}\n");
    }
    edits.push(facts.behind(last, &lines));
    Some(Proposal::of(edits).text("image", base).text("path", &paths.join(", ")))
}
