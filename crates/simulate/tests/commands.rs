//! Shells and commands on the simulated file system against what real ones printed.
//!
//! `busybox/*.txt` hold scripts (lines that begin with `$ `), what they printed (both streams) and their exit status in
//! brackets; `debian/dash.txt` and `debian/bash.txt` hold the same of Debian 12's shells. `busybox/record.py` writes the
//! outputs anew from an extracted image.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::path::Path;

use catalog::{Catalog, parse_image};
use filesystem::{Content, Cred, FileSystem};
use simulate::Profile;
use simulate::process::{RunRequest, run};

struct Script {
    text: String,
    expected: String,
}

fn scripts(text: &str) -> Vec<Script> {
    let mut scripts = Vec::new();
    let (mut script, mut expected) = (String::new(), String::new());
    for line in text.lines() {
        if let Some(line) = line.strip_prefix("$ ") {
            script.push_str(line);
            script.push('\n');
        } else if !script.is_empty() {
            expected.push_str(line);
            expected.push('\n');
            if line.starts_with('[') && line.ends_with(']') && line[1..line.len() - 1].parse::<i32>().is_ok() {
                scripts.push(Script { text: std::mem::take(&mut script), expected: std::mem::take(&mut expected) });
            }
        }
    }
    scripts
}

fn base() -> FileSystem {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/bases/conformance-busybox-1.json");
    let image = parse_image(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut fs = FileSystem::from_layers(image.layers.iter().filter_map(|layer| layer.layer.as_ref()));
    fs.set_now(1_760_000_000);
    fs
}

/// A Debian as small as the scripts need.
fn debian() -> FileSystem {
    let root = Cred::root();
    let mut fs = FileSystem::default();
    fs.set_now(1_760_000_000);
    for path in ["/dev", "/etc", "/home", "/opt", "/root", "/tmp", "/usr", "/usr/bin", "/var"] {
        fs.mkdir(path, 0o755, &root).unwrap();
    }
    fs.chmod("/tmp", 0o1777, true, &root).unwrap();
    fs.chmod("/root", 0o700, true, &root).unwrap();
    fs.symlink("usr/bin", "/bin", &root).unwrap();
    fs.symlink("dash", "/usr/bin/sh", &root).unwrap();
    let programs = "[ basename bash cat chmod chown cp cut dash date diff dirname du echo env expr false find grep head \
                    id ln ls mkdir mv od printf pwd readlink rm rmdir sed seq sleep sort stat tail tee test touch tr true \
                    uniq wc xargs yes";
    for program in programs.split_whitespace() {
        fs.write(&format!("/usr/bin/{program}"), Content::opaque(program, 100_000), 0o755, &root).unwrap();
    }
    let passwd = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n";
    for (path, text) in [("/etc/passwd", passwd), ("/etc/group", "root:x:0:\nnogroup:x:65534:\n")] {
        fs.write(path, Content::text(text), 0o644, &root).unwrap();
    }
    fs
}

fn simulated(base: &FileSystem, shell: &str, script: &str) -> String {
    let mut fs = base.clone();
    let argv = [shell, "-c", &format!("exec 2>&1; umask 022; mkdir /w; cd /w\n{script}")].map(str::to_string);
    let env = [("PATH".to_string(), "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_string())];
    let (profile, catalog) = (Profile::default(), Catalog::default());
    let request = RunRequest {
        argv: &argv,
        env: &env,
        cwd: "/",
        user: "",
        network: false,
        known: simulate::process::Known::InFull,
        profile: &profile,
        catalog: &catalog,
    };
    let outcome = run(&mut fs, &request);
    let mut output: String = outcome.log.iter().map(|line| format!("{}\n", line.text)).collect();
    if let Some(error) = outcome.start_error {
        output.push_str(&error);
    }
    format!("{output}[{}]\n", outcome.exit)
}

/// Compares the scripts of a file; their number.
fn compare(file: &Path, base: &FileSystem, shell: &str) -> usize {
    let scripts = scripts(&std::fs::read_to_string(file).unwrap());
    let mut wrong = String::new();
    for script in &scripts {
        let found = simulated(base, shell, &script.text);
        if found != script.expected {
            wrong.push_str(&format!("== {}\n-- real\n{}-- simulated\n{found}", script.text, script.expected));
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong}", file.display());
    scripts.len()
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

#[test]
fn commands_print_what_busybox_prints() {
    let base = base();
    let mut files: Vec<_> = std::fs::read_dir(folder("busybox")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let transcripts = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "txt"));
    let count: usize = transcripts.map(|file| compare(file, &base, "/bin/sh")).sum();
    assert!(count > 150, "only {count} scripts");
}

#[test]
fn dash_and_bash_do_what_those_of_debian_do() {
    let debian = debian();
    assert!(compare(&folder("debian").join("dash.txt"), &debian, "/bin/sh") > 80);
    assert!(compare(&folder("debian").join("bash.txt"), &debian, "/bin/bash") > 80);
}
