//! Shells and commands on the simulated file system against what real ones printed.
//!
//! `busybox/*.txt` hold scripts (lines that begin with `$ `), what they printed (both streams) and their exit status in
//! brackets; `debian/dash*.txt` and `debian/bash*.txt` hold the same of Debian 12's shells, and the other files of `debian`
//! of its programs. A script that begins with `& ` finds what the one before it left; one below `# differs` is
//! known to do something else here, and has to. `busybox/record.py` writes the outputs anew from an extracted image.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use catalog::{Catalog, parse_image};
use filesystem::{Content, Cred, FileSystem};
use simulate::Profile;
use simulate::process::{RunRequest, run};

struct Script {
    text: String,
    expected: String,
    /// Whether it runs where the script before it ran.
    again: bool,
    /// Whether it is known to differ.
    differs: bool,
}

fn scripts(text: &str) -> Vec<Script> {
    let mut scripts = Vec::new();
    let (mut script, mut expected, mut again, mut differs) = (String::new(), String::new(), false, false);
    for line in text.lines() {
        let command = line.strip_prefix("$ ").or_else(|| line.strip_prefix("& ")).filter(|_| expected.is_empty());
        if let Some(command) = command {
            again = if script.is_empty() { line.starts_with('&') } else { again };
            script.push_str(command);
            script.push('\n');
        } else if !script.is_empty() {
            expected.push_str(line);
            expected.push('\n');
            if line.starts_with('[') && line.ends_with(']') && line[1..line.len() - 1].parse::<i32>().is_ok() {
                let (text, expected) = (std::mem::take(&mut script), std::mem::take(&mut expected));
                scripts.push(Script { text, expected, again, differs: std::mem::take(&mut differs) });
            }
        } else if line == "# differs" {
            differs = true;
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

fn simulated(fs: &mut FileSystem, shell: &str, script: &Script) -> String {
    let start = if script.again { "cd /w" } else { "mkdir /w; cd /w" };
    let argv = [shell, "-c", &format!("exec 2>&1; umask 022; {start}\n{}", script.text)].map(str::to_string);
    let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    let env = [("PATH", path), ("HOME", "/root")].map(|(name, value)| (name.to_string(), value.to_string()));
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
    let outcome = run(fs, &request);
    let mut output: String = outcome.log.iter().map(|line| format!("{}\n", line.text)).collect();
    if let Some(error) = outcome.start_error {
        output.push_str(&error);
    }
    format!("{output}[{}]\n", outcome.exit)
}

/// Compares the scripts of files; their number.
fn compare(files: &[PathBuf], base: &FileSystem, shell: &str) -> usize {
    let found: Vec<_> = files.iter().map(|file| differences(file, base, shell)).collect();
    let wrong: String = found.iter().map(|(_, wrong)| wrong.as_str()).collect();
    assert!(wrong.is_empty(), "{wrong}");
    found.iter().map(|(count, _)| count).sum()
}

/// The number of scripts of a file, and what differs.
fn differences(file: &Path, base: &FileSystem, shell: &str) -> (usize, String) {
    let scripts = scripts(&std::fs::read_to_string(file).unwrap());
    let mut wrong = String::new();
    let mut fs = base.clone();
    for (at, script) in scripts.iter().enumerate() {
        if !script.again {
            fs = base.clone();
        }
        let found = simulated(&mut fs, shell, script);
        if (found != script.expected) != script.differs {
            let name = file.file_stem().unwrap_or_default().display();
            let (text, expected) = (&script.text, &script.expected);
            let note = if script.differs { "agrees now" } else { "simulated" };
            wrong.push_str(&format!("== {name}: {at} {text}\n-- real\n{expected}-- {note}\n{found}"));
        }
    }
    (scripts.len(), wrong)
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// Adds to the outline of Debian's image what the scripts look at.
fn complete(debian: &mut FileSystem) {
    let root = Cred::root();
    let line = |passwd: &str, end: &str| -> String {
        passwd.lines().filter_map(|line| line.split(':').next()).map(|name| format!("{name}:*:{end}\n")).collect()
    };
    let text = |fs: &FileSystem, path: &str| {
        String::from_utf8(fs.read(path, &Cred::root()).unwrap().bytes(10_000).unwrap()).unwrap()
    };
    let shadow = line(&text(debian, "/etc/passwd"), "20782:0:99999:7:::");
    let gshadow = line(&text(debian, "/etc/group"), ":");
    for (path, text, mode) in [("/etc/shadow", shadow, 0o640), ("/etc/gshadow", gshadow, 0o640)] {
        debian.write(path, Content::text(&text), mode, &root).unwrap();
        debian.chown(path, Some(0), Some(42), true, &root).unwrap();
    }
    for path in ["/etc/subuid", "/etc/subgid"] {
        debian.write(path, Content::default(), 0o644, &root).unwrap();
    }
    for (name, size) in [(".bash_logout", 220), (".bashrc", 3526), (".profile", 807)] {
        debian.write(&format!("/etc/skel/{name}"), Content::opaque(name, size), 0o644, &root).unwrap();
    }
}

/// The scripts of a folder, by name.
fn files(name: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files
}

/// The shell of Debian whose transcripts a file holds: `dash.txt`, `dash-traps.txt`.
fn shell_of(file: &Path) -> Option<&str> {
    let name = file.file_stem()?.to_str()?;
    let first = name.split('-').next()?;
    matches!(first, "bash" | "dash").then_some(first)
}

#[test]
fn commands_print_what_busybox_prints() {
    let base = base();
    let count = compare(&files("busybox"), &base, "/bin/sh");
    assert!(count > 400, "only {count} scripts");
}

#[test]
fn commands_print_what_those_of_debian_print() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/data/images/debian-bookworm.json");
    let image = parse_image(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut debian = FileSystem::from_layers(image.layers.iter().filter_map(|layer| layer.layer.as_ref()));
    debian.set_now(1_760_000_000);
    complete(&mut debian);
    let mut files = files("debian");
    files.retain(|file| shell_of(file).is_none());
    let count = compare(&files, &debian, "/bin/sh");
    assert!(count > 1_000, "only {count} scripts");
}

#[test]
fn dash_and_bash_do_what_those_of_debian_do() {
    let debian = debian();
    for (name, path) in [("dash", "/bin/sh"), ("bash", "/bin/bash")] {
        let mut files = files("debian");
        files.retain(|file| shell_of(file) == Some(name));
        let count = compare(&files, &debian, path);
        assert!(count > 280, "only {count} scripts of {name}");
    }
}
