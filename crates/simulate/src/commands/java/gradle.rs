//! gradle and ./gradlew: ~/.gradle and build/.
//!
//! No build with Gradle was measured: sizes are stated as for Maven, and noted.

use filesystem::Content;

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::super::estimate::{compile, download, estimated, failed, place_as, place_content, unpack};
use super::super::input::{join, not_modelled};
use super::maven::{RUNTIME_PER_MILLE, libraries_of, needed, sources};
use super::pom;

/// What Gradle writes for itself: the wrapper's distribution packed and unpacked, generated jars of its API, plugins.
const DISTRIBUTION_BYTES: u64 = 130_000_000;
const DISTRIBUTION_UNPACKED_BYTES: u64 = 150_000_000;
const OWN_CACHE_BYTES: u64 = 60_000_000;
/// Processor time: the daemon's start, a megabyte of sources, tests.
const START_MS: u64 = 15_000;
const CPU_MS_A_MB: u64 = 20_000;
const TEST_MS: u64 = 20_000;

const TASKS: &[&str] = &[
    "build",
    "assemble",
    "jar",
    "bootJar",
    "bootWar",
    "war",
    "shadowJar",
    "installDist",
    "classes",
    "compileJava",
    "test",
    "check",
    "clean",
    "dependencies",
    "resolveDependencies",
    "downloadDependencies",
    "quarkusBuild",
    "tasks",
    "wrapper",
    "help",
    "compileKotlin",
    "buildFatJar",
    "distTar",
    "distZip",
    "publishToMavenLocal",
    "processResources",
];

pub fn gradle(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    let own = process.env.get("GRADLE_USER_HOME").cloned().unwrap_or_else(|| join(&home, ".gradle"));
    estimated(machine);
    let mut parts = Vec::new();
    if process.name() == "gradlew" {
        let properties = process.path("gradle/wrapper/gradle-wrapper.properties");
        let jar = process.path("gradle/wrapper/gradle-wrapper.jar");
        let Ok(content) = machine.fs.read(&properties, &process.cred) else {
            let text = if machine.fs.stat(&jar, true, &process.cred).is_ok() {
                format!(
                    "Exception in thread \"main\" java.lang.RuntimeException: Wrapper properties file '{properties}' does not exist.\n"
                )
            } else {
                "Error: Unable to access jarfile gradle/wrapper/gradle-wrapper.jar\n".to_string()
            };
            process.err(machine, &text);
            return 1;
        };
        let id = super::super::input::hash(&format!("{:?}", content.digest()));
        parts.push(("wrapper/dists/gradle", id, DISTRIBUTION_BYTES, DISTRIBUTION_UNPACKED_BYTES));
    }
    if words.iter().any(|word| word == "--version" || word == "-v") && parts.is_empty() {
        process.out(machine, "\n------------------------------------------------------------\nGradle 8.14\n------------------------------------------------------------\n");
        return 0;
    }
    let folder = words.iter().position(|word| word == "-p" || word == "--project-dir").and_then(|at| words.get(at + 1));
    let root = folder.map_or_else(|| process.cwd.clone(), |folder| process.path(folder));
    let mut text = String::new();
    for name in ["build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "gradle.properties"] {
        if let Ok(content) = machine.fs.read(&join(&root, name), &process.cred) {
            text.push_str(&crate::process::text_of(machine, &content));
            text.push('\n');
        }
    }
    let mut skip = false;
    let mut excluded = false;
    let mut tasks: Vec<String> = Vec::new();
    let mut without: Vec<String> = Vec::new();
    for word in &words {
        if skip {
            skip = false;
            if excluded {
                without.push(word.clone());
            }
            continue;
        }
        excluded = word == "-x" || word == "--exclude-task";
        skip = excluded || matches!(word.as_str(), "-p" | "--project-dir" | "-b" | "-c" | "-I" | "-g");
        if !word.starts_with('-') {
            tasks.push(word.rsplit(':').next().unwrap_or(word).to_string());
        }
    }
    if text.is_empty() && !tasks.iter().all(|task| matches!(task.as_str(), "wrapper" | "help" | "tasks")) {
        let text = format!(
            "\nFAILURE: Build failed with an exception.\n\n* What went wrong:\nDirectory '{root}' does not contain a Gradle build.\n"
        );
        process.err(machine, &text);
        return 1;
    }
    compile(machine, START_MS);
    let found = pom::dependencies(&text);
    parts.push(("caches/gradle", "own".to_string(), 2_000_000, OWN_CACHE_BYTES));
    if !text.is_empty() && !tasks.is_empty() {
        let lines: String = text.lines().filter(|line| line.contains('\'') || line.contains('"')).collect();
        let bytes = needed(&found);
        parts.push(("caches/modules-2/files-2.1", super::super::input::hash(&lines), bytes, bytes));
    }
    let offline = !machine.network || words.iter().any(|word| word == "--offline");
    for (what, id, packed, bytes) in parts {
        let path = format!("{own}/{what}/{}", id.get(..16).unwrap_or(&id));
        if machine.fs.stat(&path, true, &process.cred).is_ok() {
            continue;
        }
        if offline && what != "caches/gradle" {
            let text = format!(
                "\nFAILURE: Build failed with an exception.\n\n* What went wrong:\nCould not resolve all files: {what}: Temporary failure in name resolution\n"
            );
            process.err(machine, &text);
            return 1;
        }
        download(machine, packed);
        let note = Note::TypicalSize { what: format!("{} {what}", process.name()), bytes };
        machine.meter.note(Basis::Estimated, note);
        if let Err(errno) = place_as(machine, &path, &format!("gradle/{id}"), bytes, 0o644, &process.cred) {
            return failed(machine, process, errno);
        }
        unpack(machine, bytes, bytes / 200_000);
    }
    for task in tasks.iter().filter(|task| !TASKS.contains(&task.as_str())) {
        not_modelled(machine, process, task);
    }
    let has = |names: &[&str]| tasks.iter().any(|task| names.contains(&task.as_str()));
    if has(&["clean"]) {
        let _ = machine.fs.remove_all(&join(&root, "build"), &process.cred);
    }
    let packs = has(&[
        "build",
        "assemble",
        "jar",
        "bootJar",
        "bootWar",
        "war",
        "shadowJar",
        "installDist",
        "quarkusBuild",
        "buildFatJar",
    ]);
    if packs || has(&["classes", "compileJava", "compileKotlin", "test", "check"]) {
        let status = project(machine, process, &root, &text, packs, &tasks, &found);
        if status != 0 {
            return status;
        }
        if has(&["build", "test", "check"]) && !without.iter().any(|task| task == "test") {
            compile(machine, TEST_MS);
        }
    }
    process.out(machine, "\nBUILD SUCCESSFUL\n");
    0
}

fn project(
    machine: &mut Machine,
    process: &Process,
    root: &str,
    text: &str,
    packs: bool,
    tasks: &[String],
    found: &pom::Dependencies,
) -> i32 {
    let setting = |name: &str| {
        text.lines().map(str::trim).find_map(|line| {
            let rest = line.strip_prefix(name)?.trim_start().trim_start_matches('=').trim();
            let value = rest.trim_matches(['\'', '"']);
            (!value.is_empty() && !value.contains(' ')).then(|| value.to_string())
        })
    };
    let name = setting("rootProject.name").unwrap_or_else(|| super::super::input::last_part(root).to_string());
    // a subproject may hold the sources: `app` as `gradle init` makes it
    let module = ["", "app"]
        .into_iter()
        .find(|module| super::super::node::is_dir(machine.fs, &join(root, &join(module, "src/main")), &process.cred));
    let module = module.unwrap_or("");
    let folder = if module.is_empty() { root.to_string() } else { join(root, module) };
    let name = if module.is_empty() { name } else { module.to_string() };
    let (bytes, digest) = sources(machine, &folder);
    compile(machine, bytes / 1000 * CPU_MS_A_MB / 1000);
    let libraries = needed(found) / 1000 * RUNTIME_PER_MILLE;
    let own = bytes * 11 / 10 + 3_000;
    let version = setting("version").map_or(String::new(), |version| format!("-{version}"));
    let id = super::super::input::hash(&format!("{digest}{text}"));
    let build = join(&folder, "build");
    let bundle = libraries_of(text, libraries);
    // path, own bytes, kind, whether the libraries are in it
    let mut files = vec![(join(&build, "classes/java/main/other-files"), own, "classes", false)];
    let wants = |task: &str| tasks.iter().any(|other| other == task);
    if packs {
        let all = wants("build") || wants("assemble");
        let fat = found.boot && (all || wants("bootJar"));
        files.push((join(&build, &format!("libs/{name}{version}.jar")), own, "jar", fat));
        if found.boot && all {
            files.push((join(&build, &format!("libs/{name}{version}-plain.jar")), own, "plain", false));
        }
        if text.contains("shadow") && (all || wants("shadowJar")) || wants("buildFatJar") {
            files.push((join(&build, &format!("libs/{name}{version}-all.jar")), own, "all", true));
        }
        if found.quarkus {
            files.push((join(&build, "quarkus-app/quarkus-run.jar"), 700, "run", false));
            files.push((join(&build, "quarkus-app/lib/main/other-files"), libraries, "lib", false));
            files.push((join(&build, "quarkus-app/app/other-files"), own, "app", false));
            files.push((join(&build, "quarkus-app/quarkus/other-files"), 120_000, "quarkus", false));
        }
        if wants("installDist") {
            files.push((join(&build, &format!("install/{name}/bin/{name}")), 9_000, "script", false));
            files.push((join(&build, &format!("install/{name}/lib/other-files.jar")), own, "dist", true));
        }
    }
    for (path, size, kind, with_libraries) in files {
        let mut content = Content::opaque(&format!("jar/{kind}/{id}"), size);
        if with_libraries {
            content.append(&bundle);
        }
        machine.charge_write(content.size());
        let put = place_content(machine, &path, content, 0o755, &process.cred);
        if let Err(errno) = put {
            return failed(machine, process, errno);
        }
    }
    0
}
