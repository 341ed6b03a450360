//! java, javac, jar, jlink.

use filesystem::{Content, Piece};

use crate::process::{Machine, Process};

use super::super::estimate::{compile, estimated, failed, place_as, place_content};
use super::super::input::{join, last_part, not_modelled};
use super::maven::{LIBRARIES, is_jar};

/// A runtime made with jlink (measured with OpenJDK 17, tests/estimates/compilers/java.json): the virtual machine and what
/// is beside lib/modules, the modules, and what --compress=2 leaves of them in per mille.
const MACHINE_BYTES: u64 = 24_112_808;
const BESIDE_BYTES: u64 = 2_006_000;
const BASE_MODULE_BYTES: u64 = 26_244_505;
const DESKTOP_BYTES: u64 = 28_000_000;
const MODULE_BYTES: u64 = 1_500_000;
const COMPRESSED: u64 = 365;
const ALL_MODULES: u64 = 70;
/// Processor time of javac: its start, and a megabyte of sources.
const JAVAC_MS: u64 = 1_800;
const JAVAC_MS_A_MB: u64 = 15_000;
/// How a program with its libraries is divided by `-Djarmode`: dependencies, the loader, snapshots, the application.
const LOADER_BYTES: u64 = 300_000;

pub fn java(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let jar = words.iter().position(|word| word == "-jar").and_then(|at| words.get(at + 1).cloned());
    if words.iter().any(|word| matches!(word.as_str(), "-version" | "--version")) {
        process.err(machine, "openjdk version \"21.0.9\" 2025-10-21 LTS\n");
        return 0;
    }
    let Some(jar) = jar else {
        if words.iter().any(|word| word.starts_with("-Xshare:dump")) {
            estimated(machine);
            let path = "/opt/java/openjdk/lib/server/classes.jsa";
            let _ = place_as(machine, path, "java/classes.jsa", 13_000_000, 0o644, &process.cred);
            return 0;
        }
        not_modelled(machine, process, "");
        return 0;
    };
    let Ok(content) = machine.fs.read(&process.path(&jar), &process.cred) else {
        process.err(machine, &format!("Error: Unable to access jarfile {jar}\n"));
        return 1;
    };
    let mode = words.iter().find_map(|word| word.strip_prefix("-Djarmode="));
    let Some(mode) = mode else {
        not_modelled(machine, process, &format!("-jar {jar}"));
        return 0;
    };
    estimated(machine);
    compile(machine, JAVAC_MS);
    if !words.iter().any(|word| word == "extract") {
        return 0;
    }
    if !is_jar(&content) {
        not_modelled(machine, process, "-Djarmode of that file");
    }
    let destination = words.iter().position(|word| word == "--destination").and_then(|at| words.get(at + 1).cloned());
    let attached = words.iter().find_map(|word| word.strip_prefix("--destination=").map(str::to_string));
    let stem = last_part(&jar).trim_end_matches(".jar").to_string();
    let layers = mode == "layertools" || words.iter().any(|word| word.starts_with("--layers"));
    // without --destination `tools` extracts into a folder of the archive's name, `layertools` right here
    let folder = process.path(&attached.or(destination).unwrap_or_else(|| {
        if mode == "layertools" || words.iter().any(|word| word == "--launcher") {
            ".".to_string()
        } else {
            stem.clone()
        }
    }));
    let (application, libraries) = divided(&content);
    let loader = libraries.slice(0, LOADER_BYTES);
    let libraries = libraries.slice(LOADER_BYTES, libraries.size());
    let launcher = mode == "layertools" || words.iter().any(|word| word == "--launcher");
    let (loader_path, libraries_path, application_path) = match (layers, launcher) {
        (true, true) => (
            "spring-boot-loader/org/springframework/boot/loader/other-files",
            "dependencies/BOOT-INF/lib/other-files.jar",
            "application/BOOT-INF/classes/other-files",
        ),
        (true, false) => ("spring-boot-loader/.keep", "dependencies/lib/other-files.jar", "application/app.jar"),
        (false, true) => (
            "org/springframework/boot/loader/other-files",
            "BOOT-INF/lib/other-files.jar",
            "BOOT-INF/classes/other-files",
        ),
        (false, false) => ("", "lib/other-files.jar", "app.jar"),
    };
    let application_path = application_path.replace("app.jar", &format!("{stem}.jar"));
    for folder_name in
        ["dependencies", "spring-boot-loader", "snapshot-dependencies", "application"].iter().filter(|_| layers)
    {
        let _ = machine.fs.mkdir_all(&join(&folder, folder_name), process.mode(0o777), &process.cred);
    }
    for (name, part) in [(loader_path, loader), (libraries_path, libraries), (application_path.as_str(), application)] {
        if name.is_empty() || name.ends_with(".keep") {
            continue;
        }
        machine.charge_write(part.size());
        let put = place_content(machine, &join(&folder, name), part, 0o644, &process.cred);
        if let Err(errno) = put {
            return failed(machine, process, errno);
        }
    }
    0
}

/// The program's own classes in an archive, and its libraries with the loader. Of an archive that is not told apart, as one
/// from the build context, a twentieth is the program's.
fn divided(content: &Content) -> (Content, Content) {
    let mut start = 0_u64;
    for piece in content.pieces() {
        if matches!(piece, Piece::Opaque { id, .. } if id.starts_with(LIBRARIES)) {
            return (content.slice(0, start), content.slice(start, content.size()));
        }
        start = start.saturating_add(match piece {
            Piece::Bytes(bytes) => bytes.len() as u64,
            Piece::Repeat(_, size) | Piece::Opaque { size, .. } => *size,
        });
    }
    let own = (content.size() / 20).min(2_000_000);
    (content.slice(0, own), content.slice(own, content.size()))
}

pub fn javac(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    if words.iter().any(|word| word.ends_with("-version")) {
        process.out(machine, "javac 21.0.9\n");
        return 0;
    }
    estimated(machine);
    let folder = words.iter().position(|word| word == "-d").and_then(|at| words.get(at + 1).cloned());
    let mut sources: Vec<String> = words.iter().filter(|word| word.ends_with(".java")).cloned().collect();
    for list in words.iter().filter_map(|word| word.strip_prefix('@')) {
        let content = process.read_file(machine, list).unwrap_or_default();
        sources.extend(crate::process::text_of(machine, &content).split_whitespace().map(str::to_string));
    }
    if sources.is_empty() {
        process.err(machine, "error: no source files\n");
        return 2;
    }
    let mut total = 0;
    for source in sources {
        let Ok(content) = machine.fs.read(&process.path(&source), &process.cred) else {
            process.err(machine, &format!("error: file not found: {source}\nUsage: javac <options> <source files>\nuse --help for a list of possible options\n"));
            return 2;
        };
        total += content.size();
        let class = source.trim_end_matches(".java");
        let package = package_of(machine, &content);
        let target = match &folder {
            Some(folder) => format!("{folder}/{package}{}.class", last_part(class)),
            None => format!("{class}.class"),
        };
        let id = super::super::input::hash(&format!("{:?}", content.digest()));
        let path = process.path(&target);
        // a class file has about as many bytes as its source, and some more
        let put = place_as(machine, &path, &format!("class/{id}"), content.size() * 9 / 10 + 400, 0o644, &process.cred);
        if let Err(errno) = put {
            return failed(machine, process, errno);
        }
    }
    compile(machine, JAVAC_MS + total / 1000 * JAVAC_MS_A_MB / 1000);
    0
}

fn package_of(machine: &mut Machine, content: &filesystem::Content) -> String {
    if !content.is_known() {
        return String::new();
    }
    let text = crate::process::text_of(machine, content);
    let name = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("package "))
        .map(|rest| rest.trim_end_matches(';').trim().to_string());
    name.map_or(String::new(), |name| format!("{}/", name.replace('.', "/")))
}

/// `jar cf ARCHIVE FILES`, `jar xf ARCHIVE`.
pub fn jar(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut words = process.operands().to_vec();
    if words.is_empty() {
        process.err(machine, "Usage: jar [OPTION...] [ [--release VERSION] [-C dir] files] ...\n");
        return 1;
    }
    let mode = words.remove(0);
    estimated(machine);
    let file = if words.is_empty() { String::new() } else { words.remove(0) };
    if mode.contains('x') {
        let file = if file.is_empty() { mode.clone() } else { file };
        let Ok(content) = machine.fs.read(&process.path(&file), &process.cred) else {
            process.err(machine, &format!("java.nio.file.NoSuchFileException: {file}\n"));
            return 1;
        };
        let own = content.size() / 20;
        let id = super::super::input::hash(&format!("{:?}", content.digest()));
        for (name, size) in [
            ("META-INF/MANIFEST.MF", 300),
            ("BOOT-INF/lib/other-files.jar", content.size() - own),
            ("BOOT-INF/classes/other-files", own),
        ] {
            let put = place_as(machine, &process.path(name), &format!("jar/{id}/{name}"), size, 0o644, &process.cred);
            if let Err(errno) = put {
                return failed(machine, process, errno);
            }
        }
        return 0;
    }
    let mut size = 400;
    let mut folder = process.cwd.clone();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if word == "-C" {
            folder = rest.next().map_or(folder, |word| process.path(word));
            continue;
        }
        let path = if word.starts_with('/') { word.clone() } else { join(&folder, word) };
        size += machine
            .fs
            .walk(&path)
            .iter()
            .filter(|(_, stat)| stat.is_file())
            .map(|(_, stat)| stat.size / 2)
            .sum::<u64>();
    }
    match place_as(machine, &process.path(&file), &format!("jar/{file}"), size, 0o644, &process.cred) {
        Ok(()) => 0,
        Err(errno) => failed(machine, process, errno),
    }
}

/// `jlink --add-modules … --output FOLDER`.
pub fn jlink(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let value = |flag: &str| {
        let apart = words.iter().position(|word| word == flag).and_then(|at| words.get(at + 1).cloned());
        apart.or_else(|| words.iter().find_map(|word| word.strip_prefix(flag)?.strip_prefix('=').map(str::to_string)))
    };
    let Some(output) = value("--output") else {
        process.out(machine, "Error: --output must be specified\nUsage: jlink <options> --module-path <modulepath> --add-modules <module>[,<module>...]\n");
        return 1;
    };
    let folder = process.path(&output);
    if machine.fs.stat(&folder, true, &process.cred).is_ok() {
        process.out(machine, &format!("Error: directory already exists: {output}\n"));
        return 1;
    }
    estimated(machine);
    let modules = value("--add-modules").unwrap_or_default();
    let count = if modules.contains("ALL-MODULE-PATH") { ALL_MODULES } else { modules.split(',').count() as u64 };
    let desktop = modules.split(',').any(|module| matches!(module, "java.desktop" | "java.se"));
    let mut size = BASE_MODULE_BYTES + (count - 1) * MODULE_BYTES + if desktop { DESKTOP_BYTES } else { 0 };
    if value("--compress").is_some_and(|how| how != "0" && how != "zip-0") {
        size = size / 1000 * COMPRESSED;
    }
    compile(machine, 12_000);
    let files = [
        ("bin/java", 12_500, 0o755),
        ("bin/keytool", 12_500, 0o755),
        ("lib/server/libjvm.so", MACHINE_BYTES, 0o644),
        ("lib/modules", size, 0o644),
        ("lib/other-files", BESIDE_BYTES, 0o644),
    ];
    for (name, bytes, mode) in files {
        machine.charge_write(bytes);
        let put =
            place_as(machine, &join(&folder, name), &format!("jlink/{modules}/{name}"), bytes, mode, &process.cred);
        if let Err(errno) = put {
            return failed(machine, process, errno);
        }
    }
    0
}
