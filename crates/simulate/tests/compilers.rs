//! Compilers, builders and downloads: what they print and leave on images of a few programs.
//!
//! `compilers/*.txt` hold cases: `% image: PROGRAMS…` (files in /usr/bin; `musl` or `glibc` for the loader, `offline` for no
//! network, `GOLANG_VERSION=…` for the environment), `% file PATH` with its text in lines that begin with `| `, then a
//! script (lines that begin with `$ `), what it printed and its exit status in brackets. `UPDATE_EXPECT=1` writes what comes
//! out; Go's messages were compared with those of Go 1.19.8.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::path::Path;

use catalog::Catalog;
use filesystem::{Content, Cred, FileSystem};
use simulate::process::{Known, RunRequest, run};
use simulate::{Basis, Note, Profile};

struct Case {
    head: String,
    image: Vec<String>,
    files: Vec<(String, String)>,
    script: String,
    expected: String,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(image) = line.strip_prefix("% image:") {
            let image = image.split_whitespace().map(str::to_string).collect();
            let (files, script, expected) = Default::default();
            cases.push(Case { head: String::new(), image, files, script, expected });
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(path) = line.strip_prefix("% file ") {
            case.files.push((path.to_string(), String::new()));
        } else if let Some(text) = line.strip_prefix("| ").or((line == "|").then_some("")) {
            let file = case.files.last_mut().unwrap();
            file.1.push_str(&format!("{text}\n"));
        } else if let Some(line) = line.strip_prefix("$ ") {
            case.script.push_str(&format!("{line}\n"));
        } else if !line.starts_with('%') {
            case.expected.push_str(&format!("{line}\n"));
            continue;
        }
        case.head.push_str(&format!("{line}\n"));
    }
    cases
}

fn printed(case: &Case) -> String {
    let (mut fs, root) = (FileSystem::default(), Cred::root());
    fs.set_now(1_760_000_000);
    for folder in ["/bin", "/etc", "/tmp", "/root", "/app", "/usr/bin", "/usr/local/bin", "/lib", "/lib64"] {
        fs.mkdir_all(folder, 0o755, &root).unwrap();
    }
    let mut env = BTreeMap::from([
        ("PATH".to_string(), "/root/.cargo/bin:/usr/local/bin:/usr/bin:/bin".to_string()),
        ("HOME".to_string(), "/root".to_string()),
    ]);
    let mut network = true;
    let mut put = |path: &str, id: &str| fs.write(path, Content::opaque(id, 1000), 0o755, &root).unwrap();
    for tool in ["cat", "ls", "wc", "rm", "sh", "cp", "mkdir", "head", "sort", "cut"] {
        put(&format!("/bin/{tool}"), &format!("bin/{tool}"));
    }
    for word in &case.image {
        match word.as_str() {
            "musl" => put("/lib/ld-musl-x86_64.so.1", "musl"),
            "glibc" => put("/lib64/ld-linux-x86-64.so.2", "glibc"),
            "offline" => network = false,
            word => match word.split_once('=') {
                Some((name, value)) => drop(env.insert(name.to_string(), value.to_string())),
                None => put(&format!("/usr/bin/{word}"), &format!("bin/{word}")),
            },
        }
    }
    for (path, text) in &case.files {
        let path = if path.starts_with('/') { path.clone() } else { format!("/app/{path}") };
        fs.mkdir_all(path.rsplit_once('/').unwrap().0, 0o755, &root).unwrap();
        fs.write(&path, Content::text(text), 0o755, &root).unwrap();
    }
    let argv = ["/bin/sh", "-c", &format!("exec 2>&1\n{}", case.script)].map(str::to_string);
    let (profile, catalog) = (Profile::default(), Catalog::default());
    let env: Vec<(String, String)> = env.into_iter().collect();
    let request = RunRequest {
        argv: &argv,
        env: &env,
        cwd: "/app",
        user: "",
        network,
        known: Known::InFull,
        profile: &profile,
        catalog: &catalog,
    };
    let outcome = run(&mut fs, &request);
    let mut text: String = outcome.log.iter().map(|line| format!("{}\n", line.text)).collect();
    if outcome.meter.basis == Basis::NotModelled {
        text.push_str("not modelled\n");
    }
    for note in &outcome.meter.notes {
        match note {
            Note::OutOfPlace { why } => text.push_str(&format!("out of place: {why}\n")),
            Note::Unchecked { what } => text.push_str(&format!("unchecked: {what}\n")),
            Note::NotModelled { what } => text.push_str(&format!("not modelled: {what}\n")),
            Note::UnknownCommand { name } => text.push_str(&format!("unknown: {name}\n")),
            _ => {}
        }
    }
    format!("{text}[{}]\n", outcome.exit)
}

#[test]
fn tools_print_and_leave_what_theirs_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compilers");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = String::new();
    for file in files {
        let mut updated = String::new();
        for case in cases(&std::fs::read_to_string(&file).unwrap()) {
            let found = printed(&case);
            updated.push_str(&format!("{}{found}\n", case.head));
            let expected = case.expected.trim_end_matches('\n');
            if found.trim_end_matches('\n') != expected {
                wrong.push_str(&format!("--- {}{expected}\n--- but\n{found}\n", case.head));
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, updated.trim_end().to_string() + "\n").unwrap();
            wrong.clear();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
