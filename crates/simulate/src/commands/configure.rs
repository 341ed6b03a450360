//! ./configure, cmake, meson: what prepares a build of sources that nobody knows.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::compiled;
use super::estimate::{compile, estimated, failed};
use super::input::{hash, join, last_part};

/// What a prepared build's files weigh, and the time that the questions to the compiler take: stated, not measured.
const WRITTEN_BYTES: u64 = 400_000;
const CONFIGURE_MS: u64 = 25_000;
const CMAKE_MS: u64 = 6_000;

fn has_compiler(machine: &Machine, process: &Process) -> bool {
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    let own = process.env.get("CC").cloned().unwrap_or_else(|| "gcc".to_string());
    path.split(':').any(|folder| {
        [own.as_str(), "cc", "gcc", "clang"]
            .iter()
            .any(|name| machine.fs.stat(&join(folder, name), true, &process.cred).is_ok())
    })
}

fn written(machine: &mut Machine, process: &Process, folder: &str, file: &str, prefix: &str) -> i32 {
    let content = Content::opaque(&format!("configured{prefix}"), WRITTEN_BYTES);
    let put = machine
        .fs
        .mkdir_all(folder, process.mode(0o777), &process.cred)
        .and_then(|()| machine.fs.write(&join(folder, file), content, process.mode(0o666), &process.cred));
    put.map_or_else(|errno| failed(machine, process, errno), |()| 0)
}

/// A `configure` script of unknown bytes.
pub fn configure(machine: &mut Machine, process: &mut Process) -> i32 {
    estimated(machine);
    if !has_compiler(machine, process) {
        let text = format!(
            "configure: error: in `{}':\nconfigure: error: no acceptable C compiler found in $PATH\nSee `config.log' for more details\n",
            process.cwd
        );
        process.err(machine, &text);
        return 77;
    }
    compile(machine, CONFIGURE_MS);
    let words = process.operands().to_vec();
    let attached = words.iter().find_map(|word| word.strip_prefix("--prefix=").map(str::to_string));
    let apart = words.iter().position(|word| word == "--prefix").and_then(|at| words.get(at + 1).cloned());
    let prefix = attached.or(apart).unwrap_or_else(|| "/usr/local".to_string());
    let folder = process.cwd.clone();
    written(machine, process, &folder, "Makefile", &prefix)
}

/// `meson setup BUILD`, `meson compile`, `meson install`.
pub fn meson(machine: &mut Machine, process: &mut Process) -> i32 {
    estimated(machine);
    let words: Vec<String> = process.operands().iter().filter(|word| !word.starts_with('-')).cloned().collect();
    let command = words.first().map_or("", String::as_str);
    let prefix =
        process.operands().iter().find_map(|word| word.strip_prefix("--prefix=")).unwrap_or("/usr/local").to_string();
    let of = |word: Option<&String>| word.map_or_else(|| process.cwd.clone(), |word| process.path(word));
    if matches!(command, "compile" | "install") {
        let at = process.operands().iter().position(|word| word == "-C").and_then(|at| process.operands().get(at + 1));
        return build(machine, process, &of(at), command == "install", None);
    }
    compile(machine, CMAKE_MS);
    let folder = of(words.iter().find(|word| *word != "setup"));
    written(machine, process, &folder, "build.ninja", &prefix)
}

fn build(machine: &mut Machine, process: &Process, folder: &str, install: bool, prefix: Option<&str>) -> i32 {
    let mut inside = process.clone();
    inside.cwd = folder.to_string();
    let files = ["Makefile", "build.ninja"];
    let Some(content) = files.iter().find_map(|file| machine.fs.read(&join(folder, file), &process.cred).ok()) else {
        process.err(machine, "Error: could not load cache\n");
        return 1;
    };
    let targets = if install { vec!["install".to_string()] } else { Vec::new() };
    let sets: Vec<String> = prefix.map(|prefix| format!("PREFIX={prefix}")).into_iter().collect();
    super::make::unread_makefile(machine, &inside, &content, &targets, &sets)
}

/// cmake: readable `CMakeLists.txt` name the programs that are built.
pub fn cmake(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let value = |flag: &str| {
        let apart = words.iter().position(|word| word == flag).and_then(|at| words.get(at + 1).cloned());
        apart.or_else(|| {
            words.iter().find_map(|word| {
                word.strip_prefix(flag)
                    .filter(|rest| !rest.is_empty())
                    .map(|rest| rest.trim_start_matches('=').to_string())
            })
        })
    };
    if words.iter().any(|word| word == "--version") {
        process.out(machine, "cmake version 3.25.1\n");
        return 0;
    }
    estimated(machine);
    let prefix = value("-DCMAKE_INSTALL_PREFIX");
    if let Some(folder) = value("--build") {
        let folder = process.path(&folder);
        let install = value("--target").or_else(|| value("-t")).is_some_and(|target| target == "install");
        return programs(machine, process, folder.trim_end_matches('/'), install);
    }
    if let Some(folder) = value("--install") {
        let prefix = value("--prefix");
        let folder = process.path(&folder);
        return build(machine, process, folder.trim_end_matches('/'), true, prefix.as_deref());
    }
    if words.first().is_some_and(|word| word == "-E" || word == "-P") {
        return 0;
    }
    let mut skip = false;
    let mut sources = Vec::new();
    for word in &words {
        if skip {
            skip = false;
            continue;
        }
        skip = matches!(word.as_str(), "-S" | "-B" | "-G" | "-D" | "-C" | "-T" | "-A" | "--preset");
        if !word.starts_with('-') {
            sources.push(word.clone());
        }
    }
    let source = process.path(&value("-S").or(sources.first().cloned()).unwrap_or_else(|| ".".to_string()));
    let source = simple(&source);
    let folder = process.path(&value("-B").unwrap_or_else(|| ".".to_string()));
    let folder = simple(&folder);
    if machine.fs.stat(&join(&source, "CMakeLists.txt"), true, &process.cred).is_err() {
        let text = format!(
            "CMake Error: The source directory \"{source}\" does not appear to contain CMakeLists.txt.\nSpecify --help for usage, or press the help button on the CMake GUI.\n"
        );
        process.err(machine, &text);
        return 1;
    }
    if !has_compiler(machine, process) {
        process.err(machine, "CMake Error: CMAKE_C_COMPILER not set, after EnableLanguage\n-- Configuring incomplete, errors occurred!\n");
        return 1;
    }
    compile(machine, CMAKE_MS);
    process.out(
        machine,
        &format!("-- Configuring done\n-- Generating done\n-- Build files have been written to: {folder}\n"),
    );
    let _ = machine.fs.mkdir_all(&folder, process.mode(0o777), &process.cred);
    let cache = format!("CMAKE_HOME_DIRECTORY:INTERNAL={source}\n");
    let _ =
        machine.fs.write(&join(&folder, "CMakeCache.txt"), Content::text(&cache), process.mode(0o666), &process.cred);
    let file = if words.iter().any(|word| word.contains("Ninja")) { "build.ninja" } else { "Makefile" };
    written(machine, process, &folder, file, &prefix.unwrap_or_else(|| "/usr/local".to_string()))
}

/// A path without `.` and `..`.
fn simple(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    format!("/{}", parts.join("/"))
}

/// `cmake --build`: the programs that a readable CMakeLists.txt names, compiled from their sources; else an estimate.
fn programs(machine: &mut Machine, process: &Process, folder: &str, install: bool) -> i32 {
    let cache = machine.fs.read(&join(folder, "CMakeCache.txt"), &process.cred).unwrap_or_default();
    let cache = crate::process::text_of(machine, &cache);
    let source = cache.lines().find_map(|line| line.strip_prefix("CMAKE_HOME_DIRECTORY:INTERNAL=")).map(str::to_string);
    let lists = source.as_ref().and_then(|source| machine.fs.read(&join(source, "CMakeLists.txt"), &process.cred).ok());
    let text = match lists.filter(Content::is_known) {
        Some(content) => crate::process::text_of(machine, &content),
        None => return build(machine, process, folder, install, None),
    };
    let source = source.unwrap_or_default();
    let bytes: u64 = machine
        .fs
        .walk(&source)
        .iter()
        .filter(|(path, stat)| stat.is_file() && [".c", ".cpp", ".cc", ".cxx"].iter().any(|end| path.ends_with(end)))
        .map(|(_, stat)| stat.size)
        .sum();
    compile(machine, 1_000 + bytes / 1000 * 58);
    for call in text.split("add_executable(").skip(1) {
        let name =
            call.split([' ', '\n', ')', '\t']).next().unwrap_or_default().replace("${PROJECT_NAME}", project(&text));
        let library = compiled::library_of(machine.fs);
        let content = compiled::program(
            "linux-amd64",
            library,
            &format!("cc/{}", hash(&format!("{name}{text}{bytes}"))),
            18_168 + bytes * 14 / 10,
        );
        let places =
            if install { vec![join(folder, &name), join("/usr/local/bin", &name)] } else { vec![join(folder, &name)] };
        for path in places {
            if let Err(errno) = machine.fs.write(&path, content.clone(), process.mode(0o777), &process.cred) {
                return failed(machine, process, errno);
            }
        }
        process.out(machine, &format!("[100%] Built target {}\n", last_part(&name)));
    }
    0
}

fn project(text: &str) -> &str {
    text.split_once("project(").and_then(|(_, rest)| rest.split([' ', ')', '\n']).next()).unwrap_or("app")
}
