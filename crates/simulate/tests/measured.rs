//! Estimates of npm and pip against real installs: `tests/estimates/{npm,pip}/installs.txt`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::path::Path;

use catalog::{Catalog, parse_image};
use filesystem::{Cred, FileSystem};
use simulate::Profile;
use simulate::process::{Known, RunRequest, run};

fn image(file: &str) -> FileSystem {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/data/images").join(file);
    let image = parse_image(&std::fs::read_to_string(path).unwrap()).unwrap();
    FileSystem::from_layers(image.layers.iter().filter_map(|layer| layer.layer.as_ref()))
}

/// Runs a command on a copy of `base` and gives the bytes below each path afterwards.
fn bytes_after(base: &FileSystem, command: &str, paths: &[&str]) -> Vec<u64> {
    let mut fs = base.clone();
    let argv = ["/bin/sh", "-c", command].map(str::to_string);
    let env = [("PATH".to_string(), "/usr/local/bin:/usr/bin:/bin".to_string())];
    let (profile, catalog) = (Profile::default(), Catalog::default());
    let request = RunRequest {
        argv: &argv,
        env: &env,
        cwd: "/app",
        user: "",
        network: true,
        known: Known::InOutline,
        profile: &profile,
        catalog: &catalog,
    };
    let outcome = run(&mut fs, &request);
    let log: Vec<&str> = outcome.log.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(outcome.exit, 0, "{command}: {log:?}");
    let sum = |path: &&str| fs.walk(path).iter().filter(|(_, stat)| stat.is_file()).map(|(_, stat)| stat.size).sum();
    let below = paths.iter().map(sum).collect();
    assert!(fs.stat(paths[0], true, &Cred::root()).is_ok(), "{command}: nothing at {}", paths[0]);
    below
}

/// Predicted over measured, in thousandths.
struct Ratios(Vec<(String, u64)>);

impl Ratios {
    fn add(&mut self, what: &str, predicted: u64, measured: u64) {
        let ratio = predicted * 1000 / measured;
        println!("{:>6.3}  {predicted:>11} {measured:>11}  {what}", ratio as f64 / 1000.0);
        self.0.push((what.to_string(), ratio));
    }

    /// The median and the largest distance from 1, in thousandths.
    fn errors(&self) -> (u64, u64) {
        let mut errors: Vec<u64> = self.0.iter().map(|(_, ratio)| ratio.abs_diff(1000)).collect();
        errors.sort_unstable();
        (errors[errors.len() / 2], *errors.last().unwrap())
    }
}

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/estimates").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('|').map(|cell| cell.trim().to_string()).collect()).collect()
}

#[test]
fn npm_installs_weigh_what_was_measured() {
    let base = image("node-22-slim.json");
    let (mut modules, mut caches) = (Ratios(Vec::new()), Ratios(Vec::new()));
    for row in rows("npm/installs.txt") {
        let group = |names: &str| {
            let members: Vec<String> = names.split_whitespace().map(|name| format!("\"{name}\":\"*\"")).collect();
            members.join(",")
        };
        let manifest =
            format!("{{\"dependencies\":{{{}}},\"devDependencies\":{{{}}}}}", group(&row[1]), group(&row[2]));
        let omit = if row[0].starts_with("omit") { " --omit=dev" } else { "" };
        let command = format!("printf '%s' '{manifest}' > package.json; npm install --ignore-scripts{omit}");
        let found = bytes_after(&base, &command, &["/app/node_modules", "/root/.npm"]);
        modules.add(&format!("{}{omit}", row[1]), found[0], row[4].parse().unwrap());
        // with a lock file the measured cache was not an empty one
        if !row[0].ends_with("-ci") {
            caches.add(&format!("~/.npm of {}{omit}", row[1]), found[1], row[5].parse().unwrap());
        }
    }
    println!("node_modules: median error, largest error {:?}", modules.errors());
    println!("~/.npm: median error, largest error {:?}", caches.errors());
    assert!(modules.errors().0 <= 50 && modules.errors().1 <= 150, "{:?}", modules.errors());
    assert!(caches.errors().0 <= 150 && caches.errors().1 <= 500, "{:?}", caches.errors());
}

#[test]
fn pip_installs_weigh_what_was_measured() {
    let base = image("python-3.12-slim.json");
    let (mut packages, mut wheels) = (Ratios(Vec::new()), Ratios(Vec::new()));
    for row in rows("pip/installs.txt") {
        let command = format!("pip install --target /deps {}", row[0]);
        let found = bytes_after(&base, &command, &["/deps", "/root/.cache/pip"]);
        packages.add(&row[0], found[0], row[2].parse().unwrap());
        wheels.add(&format!("wheels of {}", row[0]), found[1], row[3].parse().unwrap());
    }
    println!("site-packages: median error, largest error {:?}", packages.errors());
    println!("wheels: median error, largest error {:?}", wheels.errors());
    assert!(packages.errors().0 <= 50 && packages.errors().1 <= 150, "{:?}", packages.errors());
    assert!(wheels.errors().0 <= 50 && wheels.errors().1 <= 150, "{:?}", wheels.errors());
}
