//! Commands on the simulated file system against what a real busybox printed.
//!
//! `busybox/*.txt` hold scripts (lines that begin with `$ `), what they printed (both streams) and their exit status in
//! brackets. `busybox/record.py` writes the outputs anew from an extracted image.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::path::Path;

use catalog::{Catalog, parse_image};
use filesystem::FileSystem;
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

fn simulated(base: &FileSystem, script: &str) -> String {
    let mut fs = base.clone();
    let argv = ["/bin/sh", "-c", &format!("exec 2>&1; umask 022; mkdir /w; cd /w\n{script}")].map(str::to_string);
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

#[test]
fn commands_print_what_busybox_prints() {
    let base = base();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/busybox");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = String::new();
    let mut count = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "txt")) {
        for script in scripts(&std::fs::read_to_string(file).unwrap()) {
            count += 1;
            let found = simulated(&base, &script.text);
            if found != script.expected {
                wrong.push_str(&format!("== {}\n-- busybox\n{}-- simulated\n{found}", script.text, script.expected));
            }
        }
    }
    assert!(count > 50, "only {count} scripts");
    assert!(wrong.is_empty(), "{wrong}");
}
