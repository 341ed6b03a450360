//! How far the estimates of apt are from builds and layers that were measured: `tests/estimates` at the root.
//!
//! Prints predicted and measured of every step. `UPDATE_EXPECT=1` writes the list and the table of the README anew.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::unreachable, reason = "a test may panic")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Options, Outcome, Profile, StepState,
    analyze, parse_image,
};

/// The greatest error that is let pass, and the greatest median, in thousandths.
const MOST: u64 = 400;
const MEDIAN: u64 = 150;
/// Steps below this size are shown and not judged: what a step writes beside its files is most of them.
const SMALL: u64 = 1_000_000;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The catalog's Debian images under the names that the measured builds have.
fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    for (file, reference) in [
        ("debian-bookworm", "estimates/debian:bookworm"),
        ("debian-bookworm-slim", "estimates/debian:bookworm-slim"),
        ("debian-trixie", "debian:trixie"),
        ("debian-trixie-slim", "debian:trixie-slim"),
    ] {
        let mut image = parse_image(&read(&format!("crates/catalog/data/images/{file}.json"))).unwrap();
        reference.clone_into(&mut image.reference);
        catalog.insert(image);
    }
    catalog
}

/// The machine of the measurements: a mirror at 100 MB/s nearby, containers in 0.1 s.
fn profile() -> Profile {
    Profile {
        network_bytes_per_second: 100_000_000,
        network_latency_ms: 20,
        container_start_ms: 100,
        ..Profile::default()
    }
}

/// One step, predicted and measured.
struct Row {
    name: String,
    class: &'static str,
    predicted: u64,
    measured: u64,
    /// Milliseconds, where they were measured.
    ms: Option<(u64, u64)>,
}

impl Row {
    /// How far the prediction is off, in thousandths of what was measured.
    fn error(&self) -> u64 {
        self.predicted.abs_diff(self.measured) * 1000 / self.measured.max(1)
    }
}

/// The RUN steps of a Dockerfile: as written, bytes, milliseconds.
fn steps(catalog: &Catalog, dockerfile: &str, files: &[(&str, String)]) -> Vec<(String, u64, u64)> {
    let mut context = Context::default();
    let dockerfile = ("Dockerfile", dockerfile.to_owned());
    for (path, text) in files.iter().chain([&dockerfile]) {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 0 }).unwrap();
    }
    let (options, profile, cache) = (Options::default(), profile(), CacheStore::default());
    let report = analyze(&Inputs { context: &context, options: &options, catalog, profile: &profile, cache: &cache }).0;
    let built = report.outcome == Outcome::Built;
    assert!(built, "{:?}\n{:?}", report.outcome, report.log);
    let ran = report.steps.iter().filter(|step| step.state == StepState::Ran && step.text.starts_with("RUN"));
    ran.map(|step| (step.text.clone(), step.bytes, step.ms)).collect()
}

/// The builds that were measured with the real engine.
fn builds(catalog: &Catalog) -> Vec<Row> {
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(root().join("tests/estimates/apt")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|end| end == "json"));
    names.sort();
    let mut rows = Vec::new();
    for path in names {
        let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let dockerfile = std::fs::read_to_string(path.with_extension("Dockerfile")).unwrap();
        let measured = json["steps"].as_array().unwrap();
        let predicted = steps(catalog, &dockerfile, &[]);
        assert_eq!(measured.len(), predicted.len(), "{}", path.display());
        for (measured, (text, predicted, ms)) in measured.iter().zip(predicted) {
            let installs = text.contains("install");
            let class = match (installs, dockerfile.contains("bookworm-slim"), text.contains("update")) {
                (true, true, _) => "installs on the slim image",
                (true, false, _) => "installs on the full image",
                (false, _, true) => "`apt-get update`",
                _ => "locale-gen, purge, autoremove, clean",
            };
            let stem = path.file_stem().unwrap().to_string_lossy();
            let seconds = measured["seconds"].as_f64().unwrap();
            rows.push(Row {
                name: format!("{stem}: {}", text.strip_prefix("RUN ").unwrap_or(&text)),
                class,
                predicted,
                measured: measured["bytes"].as_u64().unwrap(),
                ms: Some((ms, (seconds * 1000.0) as u64)),
            });
        }
    }
    rows
}

/// The layers that were measured over a minimal root.
fn layers(catalog: &Catalog) -> Vec<Row> {
    let minbase: String = read("tests/estimates/minbase.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .map(|(name, version)| format!("Package: {name}\nStatus: install ok installed\nVersion: {version}\n\n"))
        .collect();
    let text = read("tests/estimates/layers.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| {
        let words: Vec<&str> = line.splitn(6, ' ').collect();
        let [release, image, age, recommends, bytes, packages] = words[..] else { unreachable!("{line}") };
        let slim = if image == "slim" { "-slim" } else { "" };
        let from = if release == "trixie" { "" } else { "estimates/" };
        let without = if recommends == "none" { "--no-install-recommends " } else { "" };
        let old = if age == "old" { "COPY status /var/lib/dpkg/status\n" } else { "" };
        let (below, packages) = packages.split_once(" / ").unwrap_or(("", packages));
        let below = if below.is_empty() { String::new() } else { format!("RUN apt-get install -y {without}{below}\n") };
        let dockerfile = format!(
            "FROM {from}debian:{release}{slim}\n{old}RUN apt-get update\n{below}RUN apt-get install -y {without}{packages}\n"
        );
        let files = [("status", minbase.clone())];
        let (_, predicted, _) = steps(catalog, &dockerfile, &files).pop().unwrap();
        let class =
            if release == "trixie" { "layers of trixie, by bookworm's data" } else { "layers over a minimal root" };
        let name = format!("{release}{slim} {age}: {without}{packages}");
        Row { name, class, predicted, measured: bytes.parse().unwrap(), ms: None }
    };
    lines.map(row).collect()
}

fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

fn percent(thousandths: u64) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

fn listing(rows: &[Row]) -> String {
    let mut text = String::from("  predicted     measured  error  time: predicted measured  step\n");
    for row in rows {
        let ms = row.ms.map_or(String::new(), |(predicted, measured)| {
            let seconds = |ms: u64| format!("{}.{} s", ms / 1000, ms % 1000 / 100);
            format!("{} {}", seconds(predicted), seconds(measured))
        });
        let error = if row.measured < SMALL { "-".to_owned() } else { percent(row.error()) };
        let name: String = row.name.chars().take(100).collect();
        writeln!(text, "{:>11} {:>12} {error:>7} {ms:>15}  {name}", row.predicted, row.measured).unwrap();
    }
    text
}

/// The table of the README: a line for each class.
fn table(rows: &[Row]) -> String {
    let mut text = String::from("| | measured | median error | largest |\n| --- | --- | --- | --- |\n");
    let mut classes: Vec<&str> = Vec::new();
    for row in rows {
        if !classes.contains(&row.class) {
            classes.push(row.class);
        }
    }
    classes.sort_unstable();
    for class in classes {
        let errors: Vec<u64> =
            rows.iter().filter(|row| row.class == class && row.measured >= SMALL).map(Row::error).collect();
        let small = rows.iter().filter(|row| row.class == class && row.measured < SMALL).count();
        let count =
            if small == 0 { errors.len().to_string() } else { format!("{} (and {small} below 1 MB)", errors.len()) };
        let most = errors.iter().copied().max().unwrap_or(0);
        if !errors.is_empty() {
            writeln!(text, "| {class} | {count} | {} | {} |", percent(median(errors)), percent(most)).unwrap();
        }
    }
    let times: Vec<u64> = rows
        .iter()
        .filter_map(|row| row.ms)
        .filter(|(_, measured)| *measured >= 1_000)
        .map(|(predicted, measured)| predicted.abs_diff(measured) * 1000 / measured)
        .collect();
    let most = times.iter().copied().max().unwrap_or(0);
    writeln!(
        text,
        "| seconds of those steps | {} | {} | {} |",
        times.len(),
        percent(median(times.clone())),
        percent(most)
    )
    .unwrap();
    text
}

#[test]
fn estimates_are_close_to_measured_builds() {
    let catalog = catalog();
    let mut rows = builds(&catalog);
    rows.extend(layers(&catalog));
    let listing = listing(&rows);
    println!("{listing}");
    expect_test::expect_file![root().join("tests/estimates/apt.txt")].assert_eq(&listing);
    let judged: Vec<&Row> = rows.iter().filter(|row| row.measured >= SMALL).collect();
    for row in &judged {
        assert!(row.error() <= MOST, "{}: {} for {}", row.name, row.predicted, row.measured);
    }
    assert!(median(judged.iter().map(|row| row.error()).collect()) <= MEDIAN);
    for row in rows.iter().filter(|row| row.measured < SMALL) {
        assert!(row.predicted < 2 * SMALL, "{}: {} for {}", row.name, row.predicted, row.measured);
    }
    in_readme(&table(&rows));
}

/// Holds the README to a table, between two comments.
fn in_readme(table: &str) {
    let (begin, end) =
        ("<!-- estimates: written by crates/report/tests/estimates.rs -->\n", "<!-- end of estimates -->\n");
    let text = read("README.md");
    let (before, rest) = text.split_once(begin).unwrap();
    let (old, after) = rest.split_once(end).unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(root().join("README.md"), format!("{before}{begin}{table}{end}{after}")).unwrap();
    } else {
        assert_eq!(old, table, "the README's table is out of date: run with UPDATE_EXPECT=1");
    }
}
