//! mvn and ./mvnw: ~/.m2 and target/.
//!
//! No build with Maven was measured: sizes are stated from what projects of the kind are known to download, and noted.

use filesystem::Content;

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::super::estimate::{compile, download, estimated, failed, place_as, place_content, unpack};
use super::super::input::{join, not_modelled};
use super::pom::{self, Dependencies};

/// What Maven's own plugins take in ~/.m2 for a package phase, and for tests; what a dependency brings with those that it
/// needs; what Spring Boot and Quarkus bring at least. Typical figures.
const PLUGIN_BYTES: u64 = 22_000_000;
const TEST_PLUGIN_BYTES: u64 = 6_000_000;
pub const DEPENDENCY_BYTES: u64 = 3_500_000;
pub const BOOT_BYTES: u64 = 45_000_000;
pub const QUARKUS_BYTES: u64 = 75_000_000;
/// What of the dependencies is needed at run time: the rest are plugins', tests' and annotations'.
pub const RUNTIME_PER_MILLE: u64 = 450;
/// How many files a megabyte of the repository has.
const FILES_A_MB: u64 = 6;
/// Processor time: Maven's start, a megabyte of sources, packing and tests.
const START_MS: u64 = 8_000;
const CPU_MS_A_MB: u64 = 20_000;
const TEST_MS: u64 = 20_000;
/// What a wrapper downloads and unpacks: the bytes of Maven's archive and tree.
const WRAPPER_BYTES: u64 = 9_000_000;

/// The bytes that dependencies take in a local repository.
pub fn needed(found: &Dependencies) -> u64 {
    let base = if found.quarkus {
        QUARKUS_BYTES
    } else if found.boot {
        BOOT_BYTES
    } else {
        0
    };
    base + found.count * DEPENDENCY_BYTES
}

fn offline(machine: &mut Machine, process: &Process, what: &str) -> i32 {
    let text = format!(
        "[ERROR] Failed to execute goal on project: Could not resolve dependencies: Could not transfer artifact {what}: Temporary failure in name resolution -> [Help 1]\n"
    );
    process.out(machine, &text);
    1
}

/// `mvn` and, where the wrapper's properties are there, `./mvnw`.
pub fn maven(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    let value = |flag: &str| words.iter().find_map(|word| word.strip_prefix(flag).map(str::to_string));
    if words.iter().any(|word| matches!(word.as_str(), "-v" | "--version")) {
        process.out(machine, "Apache Maven 3.9.9\n");
        return 0;
    }
    estimated(machine);
    let wrapper = process.name() == "mvnw";
    if wrapper {
        if !has_java(machine, process) {
            process.err(machine, "Error: JAVA_HOME is not defined correctly.\n  We cannot execute java\n");
            return 1;
        }
        if machine.fs.stat(&process.path(".mvn/wrapper/maven-wrapper.properties"), true, &process.cred).is_err() {
            process.err(machine, "cannot read distributionUrl property in ./.mvn/wrapper/maven-wrapper.properties\n");
            return 1;
        }
        let path = join(&home, ".m2/wrapper/dists/apache-maven/maven");
        if machine.fs.stat(&path, true, &process.cred).is_err() {
            if !machine.network {
                return offline(machine, process, "apache-maven");
            }
            download(machine, WRAPPER_BYTES);
            if let Err(errno) = place_as(machine, &path, "maven/wrapper", WRAPPER_BYTES * 12 / 10, 0o644, &process.cred)
            {
                return failed(machine, process, errno);
            }
        }
    }
    let mut takes_value = false;
    let mut goals = Vec::new();
    let mut file = "pom.xml".to_string();
    let mut last = "";
    for word in &words {
        if takes_value {
            takes_value = false;
            if last == "-f" || last == "--file" {
                file = word.clone();
            }
            continue;
        }
        last = word.as_str();
        takes_value =
            matches!(last, "-f" | "--file" | "-pl" | "--projects" | "-P" | "-s" | "--settings" | "-T" | "-rf" | "-l");
        if !word.starts_with('-') {
            goals.push(word.clone());
        }
    }
    let path = process.path(&file);
    let path = if super::super::node::is_dir(machine.fs, &path, &process.cred) { join(&path, "pom.xml") } else { path };
    let root = path.rsplit_once('/').map_or("/", |(folder, _)| folder).to_string();
    let Ok(content) = machine.fs.read(&path, &process.cred) else {
        let text = format!(
            "[ERROR] The goal you specified requires a project to execute but there is no POM in this directory ({}). Please verify you invoked Maven from the correct directory. -> [Help 1]\n",
            process.cwd
        );
        process.out(machine, &text);
        return 1;
    };
    if goals.is_empty() {
        process.out(machine, "[ERROR] No goals have been specified for this build. You must specify a valid lifecycle phase or a goal -> [Help 1]\n");
        return 1;
    }
    compile(machine, START_MS);
    let text = crate::process::text_of(machine, &content);
    if goals.iter().all(|goal| goal.ends_with("help:evaluate") || goal.ends_with(":evaluate")) {
        let found = value("-Dexpression=").and_then(|expression| pom::evaluate(&text, &expression));
        if words.iter().any(|word| word.starts_with("-DforceStdout")) {
            process.out(machine, &found.unwrap_or_else(|| "null object or invalid expression".to_string()));
        }
        return 0;
    }
    let repository = value("-Dmaven.repo.local=").unwrap_or_else(|| join(&home, ".m2/repository"));
    let is_offline = words.iter().any(|word| word == "-o" || word == "--offline") || !machine.network;
    let skips_tests = words.iter().any(|word| word.starts_with("-DskipTests") || word.starts_with("-Dmaven.test.skip"));
    let packs = goals.iter().any(|goal| {
        matches!(goal.as_str(), "package" | "verify" | "install" | "deploy") || goal.ends_with(":repackage")
    });
    let compiles = packs || goals.iter().any(|goal| matches!(goal.as_str(), "compile" | "test" | "test-compile"));
    let tests = !skips_tests && (packs || goals.iter().any(|goal| goal == "test"));
    let all = compiles || goals.iter().any(|goal| goal.contains("dependency:") || goal == "validate");
    let mut parts = Vec::new();
    if all {
        parts.push((
            "dependencies",
            super::super::input::hash(&dependency_text(&text)),
            needed(&pom::dependencies(&text)),
        ));
        parts.push(("plugins", "plugins".to_string(), PLUGIN_BYTES));
    }
    if tests {
        parts.push(("test-plugins", "test".to_string(), TEST_PLUGIN_BYTES));
    }
    for (what, id, bytes) in parts {
        let path = format!("{repository}/{what}/{}", id.get(..16).unwrap_or(&id));
        if machine.fs.stat(&path, true, &process.cred).is_ok() {
            continue;
        }
        if is_offline {
            return offline(machine, process, what);
        }
        let note = Note::TypicalSize { what: format!("{} {what}", process.name()), bytes };
        machine.meter.note(Basis::Estimated, note);
        download(machine, bytes);
        if let Err(errno) = place_as(machine, &path, &format!("maven/{id}"), bytes, 0o644, &process.cred) {
            return failed(machine, process, errno);
        }
        unpack(machine, 0, bytes / 1_000_000 * FILES_A_MB);
    }
    if goals.iter().any(|goal| goal == "clean") {
        let _ = machine.fs.remove_all(&join(&root, "target"), &process.cred);
    }
    let known = |goal: &String| {
        goal.contains("dependency:")
            || goal.contains("spring-boot:")
            || matches!(
                goal.as_str(),
                "clean"
                    | "validate"
                    | "compile"
                    | "test"
                    | "test-compile"
                    | "package"
                    | "verify"
                    | "install"
                    | "deploy"
                    | "site"
            )
    };
    for goal in goals.iter().filter(|goal| !known(goal)) {
        not_modelled(machine, process, goal);
    }
    if !compiles {
        process.out(machine, "[INFO] BUILD SUCCESS\n");
        return 0;
    }
    match modules(&text).as_slice() {
        [] => project(machine, process, &root, &text, packs, tests),
        names => {
            for name in names {
                let folder = join(&root, name);
                let Ok(content) = machine.fs.read(&join(&folder, "pom.xml"), &process.cred) else {
                    let text = format!("[ERROR] Child module {folder} of {root}/pom.xml does not exist\n");
                    process.out(machine, &text);
                    return 1;
                };
                let text = crate::process::text_of(machine, &content);
                let status = project(machine, process, &folder, &text, packs, tests);
                if status != 0 {
                    return status;
                }
            }
            0
        }
    }
}

fn has_java(machine: &Machine, process: &Process) -> bool {
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    let home = process.env.get("JAVA_HOME").map(|home| join(home, "bin")).unwrap_or_default();
    path.split(':')
        .chain([home.as_str()])
        .any(|folder| machine.fs.stat(&join(folder, "java"), true, &process.cred).is_ok())
}

/// The part of a pom.xml that decides what is downloaded.
fn dependency_text(text: &str) -> String {
    let blocks = text.split("<dependency>").skip(1).filter_map(|block| block.split("</dependency>").next());
    blocks.map(|block| block.split_whitespace().collect::<String>()).collect()
}

fn modules(text: &str) -> Vec<String> {
    let inside = text
        .split_once("<modules>")
        .and_then(|(_, rest)| rest.split_once("</modules>"))
        .map_or("", |(inside, _)| inside);
    inside
        .split("<module>")
        .skip(1)
        .filter_map(|part| part.split('<').next())
        .map(|name| name.trim().to_string())
        .collect()
}

/// Bytes and digest of the sources of a project.
pub fn sources(machine: &Machine, root: &str) -> (u64, String) {
    let (mut bytes, mut parts) = (0u64, String::new());
    for (path, stat) in machine.fs.walk(&join(root, "src/main")) {
        if let filesystem::Kind::File(content) = stat.kind {
            bytes = bytes.saturating_add(content.size());
            parts.push_str(&format!("{path}{:?}", content.digest()));
        }
    }
    (bytes, super::super::input::hash(&parts))
}

fn project(machine: &mut Machine, process: &Process, root: &str, text: &str, packs: bool, tests: bool) -> i32 {
    let artifact = pom::element(text, &["project", "artifactId"]).unwrap_or_else(|| "app".to_string());
    let version = pom::element(text, &["project", "version"])
        .or_else(|| pom::element(text, &["project", "parent", "version"]))
        .unwrap_or_else(|| "1.0".to_string());
    let packaging = pom::element(text, &["project", "packaging"]).unwrap_or_else(|| "jar".to_string());
    let final_name = pom::element(text, &["project", "build", "finalName"])
        .map(|name| name.replace("${project.artifactId}", &artifact).replace("${project.version}", &version))
        .unwrap_or_else(|| format!("{artifact}-{version}"));
    let (bytes, digest) = sources(machine, root);
    compile(machine, bytes / 1000 * CPU_MS_A_MB / 1000 + if tests { TEST_MS } else { 0 });
    let found = pom::dependencies(text);
    let libraries = needed(&found) / 1000 * RUNTIME_PER_MILLE;
    let fat = found.boot
        || text.contains("maven-shade-plugin")
        || text.contains("maven-assembly-plugin")
        || packaging == "war";
    let target = join(root, "target");
    let id = super::super::input::hash(&format!("{digest}{text}"));
    let own = bytes * 11 / 10 + 3_000;
    let bundle = libraries_of(text, libraries);
    let mut files = vec![(join(&target, "classes/other-files"), own, "classes")];
    let mut fat_file = None;
    if packs && packaging != "pom" {
        let path = join(&target, &format!("{final_name}.{packaging}"));
        fat_file = fat.then(|| path.clone());
        files.push((path, own, "jar"));
        if found.boot {
            files.push((join(&target, &format!("{final_name}.{packaging}.original")), own, "original"));
        }
        if found.quarkus {
            files.push((join(&target, "quarkus-app/quarkus-run.jar"), 700, "run"));
            files.push((join(&target, "quarkus-app/lib/main/other-files"), libraries, "lib"));
            files.push((join(&target, "quarkus-app/app/other-files"), own, "app"));
            files.push((join(&target, "quarkus-app/quarkus/other-files"), 120_000, "quarkus"));
        }
        if text.contains("copy-dependencies") {
            files.push((join(&target, "dependency/other-files.jar"), libraries, "dependency"));
        }
    }
    for (path, size, kind) in files {
        let mut content = Content::opaque(&format!("jar/{kind}/{id}"), size);
        if fat_file.as_ref() == Some(&path) {
            content.append(&bundle);
        }
        machine.charge_write(content.size());
        let put = place_content(machine, &path, content, 0o644, &process.cred);
        if let Err(errno) = put {
            return failed(machine, process, errno);
        }
    }
    if packs {
        let text = format!("[INFO] Building {packaging}: {}\n", join(&target, &format!("{final_name}.{packaging}")));
        process.out(machine, &text);
    }
    process.out(machine, "[INFO] BUILD SUCCESS\n");
    0
}

/// The libraries in an archive: the same for the same build file, whatever the program's own classes are.
pub fn libraries_of(build_file: &str, bytes: u64) -> Content {
    Content::opaque(&format!("{LIBRARIES}{}", super::super::input::hash(build_file)), bytes)
}

/// What the names of [`libraries_of`] begin with.
pub const LIBRARIES: &str = "libraries/";

/// Whether a content is a program's archive with its libraries inside.
pub fn is_jar(content: &Content) -> bool {
    matches!(content.pieces().first(), Some(filesystem::Piece::Opaque { id, .. }) if id.starts_with("jar/") || id.contains(".jar") || id.contains(".war"))
}
