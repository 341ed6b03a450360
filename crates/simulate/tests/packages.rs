//! Package managers on images of the catalog: what they print and leave, and with which status they end.
//!
//! `packages/*.txt` begin with a line `image: FILE` (a file of the catalog). Then scripts (lines that begin with `$$ `),
//! what is printed (both streams) and the exit status in brackets. A line `## offline` above a script switches the network off,
//! a line `## user NAME` runs it as that user, other lines with `## ` are comments. `UPDATE_EXPECT=1` writes the outputs anew: read the difference.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::path::Path;

use catalog::{Catalog, parse_image};
use filesystem::FileSystem;
use simulate::Profile;
use simulate::process::{Known, RunRequest, run};

fn image(file: &str) -> (FileSystem, Vec<(String, String)>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/data/images").join(file);
    let image = parse_image(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut fs = FileSystem::from_layers(image.layers.iter().filter_map(|layer| layer.layer.as_ref()));
    fs.set_now(1_760_000_000);
    let env = image.config.env.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    (fs, env.collect())
}

fn simulated(base: &FileSystem, env: &[(String, String)], script: &str, network: bool, user: &str) -> String {
    let mut fs = base.clone();
    let argv = ["/bin/sh", "-c", &format!("exec 2>&1; mkdir -p /w; cd /w\n{script}")].map(str::to_string);
    let (profile, catalog) = (Profile::default(), Catalog::default());
    let request = RunRequest {
        argv: &argv,
        env,
        cwd: "/",
        user,
        network,
        known: Known::InOutline,
        profile: &profile,
        catalog: &catalog,
    };
    let outcome = run(&mut fs, &request);
    let mut output: String = outcome.log.iter().map(|line| format!("{}\n", line.text)).collect();
    for note in &outcome.meter.notes {
        output.push_str(&format!("note: {note:?}\n"));
    }
    format!("{output}[{}]\n", outcome.exit)
}

#[test]
fn package_managers_do_what_the_real_ones_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let (mut wrong, mut count) = (String::new(), 0);
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (mut found, mut script) = (String::new(), String::new());
        let (mut base, mut env) = (FileSystem::default(), Vec::new());
        let (mut network, mut user) = (true, String::new());
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(name) = line.strip_prefix("image: ") {
                (base, env) = image(name);
                found.push_str(&format!("{line}\n"));
            } else if let Some(command) = line.strip_prefix("$$ ") {
                script.push_str(&format!("{command}\n"));
                found.push_str(&format!("{line}\n"));
                if !lines.peek().is_some_and(|next| next.starts_with("$$ ")) {
                    found.push_str(&simulated(&base, &env, &script, network, &user));
                    (network, user) = (true, String::new());
                    script.clear();
                    count += 1;
                    // what is expected; a new script has nothing yet
                    while let Some(line) = lines.next_if(|line| !line.starts_with("## ") && !line.starts_with("$$ ")) {
                        if line.starts_with('[')
                            && line.ends_with(']')
                            && line[1..line.len() - 1].parse::<i32>().is_ok()
                        {
                            break;
                        }
                    }
                }
            } else {
                network &= line != "## offline";
                if let Some(name) = line.strip_prefix("## user ") {
                    user = name.to_string();
                }
                found.push_str(&format!("{line}\n"));
            }
        }
        if update {
            std::fs::write(&file, &found).unwrap();
        } else if found != text {
            wrong.push_str(&format!("== {}\n{}", file.display(), difference(&text, &found)));
        }
    }
    assert!(count > 15, "only {count} scripts");
    assert!(wrong.is_empty(), "{wrong}");
}

/// The lines around the first difference.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let at = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let part = |lines: &[&str]| lines[at.saturating_sub(6)..lines.len().min(at + 12)].join("\n");
    format!("-- expected, line {}\n{}\n-- found\n{}\n", at + 1, part(&expected), part(&found))
}
