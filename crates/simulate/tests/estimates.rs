//! Predicted against measured: what compilers write (tests/estimates/compilers). Each test prints its table.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::path::Path;

use catalog::Catalog;
use filesystem::{Content, Cred, FileSystem};
use serde_json::Value;
use simulate::process::{Known, RunRequest, run};
use simulate::{Meter, Note, Profile};

fn measured(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/estimates/compilers/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn image(programs: &[&str], files: &[(&str, &str)]) -> FileSystem {
    let (mut fs, root) = (FileSystem::default(), Cred::root());
    for folder in ["/bin", "/etc", "/root", "/app", "/tmp"] {
        fs.mkdir_all(folder, 0o755, &root).unwrap();
    }
    for program in ["sh", "gcc", "cc"].iter().chain(programs) {
        fs.write(&format!("/bin/{program}"), Content::opaque(&format!("bin/{program}"), 1000), 0o755, &root).unwrap();
    }
    for (path, text) in files {
        fs.mkdir_all(path.rsplit_once('/').unwrap().0, 0o755, &root).unwrap();
        fs.write(path, Content::text(text), 0o644, &root).unwrap();
    }
    fs
}

fn ran(fs: &mut FileSystem, script: &str, version: &str) -> u64 {
    meter(fs, script, version).ms
}

fn meter(fs: &mut FileSystem, script: &str, version: &str) -> Meter {
    let argv = ["/bin/sh", "-c", script].map(str::to_string);
    let env = [("PATH", "/bin"), ("HOME", "/root"), ("GOLANG_VERSION", version)];
    let env = env.map(|(name, value)| (name.to_string(), value.to_string()));
    let (profile, catalog) = (Profile::default(), Catalog::default());
    let request = RunRequest {
        argv: &argv,
        env: &env,
        cwd: "/app",
        user: "",
        network: true,
        known: Known::InFull,
        profile: &profile,
        catalog: &catalog,
    };
    let outcome = run(fs, &request);
    assert_eq!(outcome.exit, 0, "{script}: {:?}", outcome.log);
    outcome.meter
}

fn bytes(fs: &FileSystem, path: &str) -> u64 {
    fs.walk(path).iter().filter(|(_, stat)| stat.is_file()).map(|(_, stat)| stat.size).sum()
}

/// Rows of a table, each with what was predicted and measured.
#[derive(Default)]
struct Table(Vec<(String, u64, u64)>);

impl Table {
    fn row(&mut self, name: &str, predicted: u64, measured: &Value) {
        if let Some(measured) = measured.as_u64() {
            self.0.push((name.to_string(), predicted, measured));
        }
    }

    /// Prints the table; the errors, in per mille, must not be above `median` and `worst`.
    fn check(&self, median: u64, worst: u64) {
        let mut errors: Vec<u64> = Vec::new();
        for (name, predicted, measured) in &self.0 {
            let error = predicted.abs_diff(*measured) * 1000 / measured;
            println!("{predicted:>12} {measured:>12} {:>5.1} %  {name}", error as f64 / 10.0);
            errors.push(error);
        }
        errors.sort_unstable();
        let (middle, last) = (errors[errors.len() / 2], errors[errors.len() - 1]);
        println!("{} figures, median error {middle} per mille, worst {last}", errors.len());
        assert!(middle <= median && last <= worst, "median {middle}, worst {last} per mille");
    }
}

#[test]
fn a_version_of_go_that_nobody_measured_says_what_it_is_counted_as() {
    for (version, counted_as) in [("1.26.5", Some("1.22")), ("1.20", Some("1.19")), ("1.22.6", None), ("1.19", None)] {
        let files =
            [("/app/main.go", "package main\n\nfunc main() {\n}\n"), ("/app/go.mod", "module example.com/app\n")];
        let notes = meter(&mut image(&["go"], &files), "go build -o /bin/app", version).notes;
        let minor = version.split('.').take(2).collect::<Vec<_>>().join(".");
        let note =
            |counted_as: &str| Note::OtherVersion { tool: "Go", version: minor.clone(), counted_as: counted_as.into() };
        assert_eq!(notes, counted_as.map(note).into_iter().collect::<Vec<_>>(), "{version}");
    }
}

#[test]
fn go_programs_weigh_what_real_ones_do() {
    let (mut programs, mut caches) = (Table::default(), Table::default());
    for build in measured("go")["builds"].as_array().unwrap() {
        let imports: Vec<&str> = build["imports"].as_array().unwrap().iter().map(|i| i.as_str().unwrap()).collect();
        let lines: String = imports.iter().map(|import| format!("\t\"{import}\"\n")).collect();
        let source = format!("package main\n\nimport (\n{lines})\n\nfunc main() {{\n}}\n");
        let modules: Vec<&&str> =
            imports.iter().filter(|import| import.split('/').next().unwrap().contains('.')).collect();
        let path = |import: &str| {
            if import.contains("/prometheus/") { "github.com/prometheus/client_golang" } else { import }.to_string()
        };
        let requires: String = modules.iter().map(|import| format!("require {} v1.0.0\n", path(import))).collect();
        let sums: String = modules.iter().map(|import| format!("{} v1.0.0 h1:x=\n", path(import))).collect();
        let module = format!("module example.com/app\n{requires}");
        let files = [("/app/main.go", source.as_str()), ("/app/go.mod", &module), ("/app/go.sum", &sums)];
        let mut fs = image(&["go"], &files);
        let flags: Vec<&str> = build["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap()).collect();
        let flags: String = flags.iter().map(|flag| format!(" '{flag}'")).collect();
        let cgo = u8::from(build["cgo"].as_bool().unwrap());
        ran(&mut fs, &format!("CGO_ENABLED={cgo} go build -o app{flags} ."), build["go"].as_str().unwrap());
        let name = format!("{} {}{flags} cgo={cgo}", build["go"].as_str().unwrap(), build["program"].as_str().unwrap());
        programs.row(&name, bytes(&fs, "/app/app"), &build["bytes"]);
        caches.row(&name, bytes(&fs, "/root/.cache/go-build"), &build["cache_bytes"]);
    }
    programs.check(50, 250);
    caches.check(50, 300);
}

#[test]
fn c_programs_weigh_what_real_ones_do() {
    let mut table = Table::default();
    for build in measured("cc")["builds"].as_array().unwrap() {
        let source = build["source"].as_str().unwrap();
        let size = build["source_bytes"].as_u64().unwrap() as usize;
        let text = " ".repeat(size);
        let mut fs = image(&["g++", "strip"], &[(&format!("/app/{source}"), &text)]);
        let flags: Vec<&str> = build["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap()).collect();
        let tool = build["tool"].as_str().unwrap();
        ran(&mut fs, &format!("{tool} {} -o out {source}", flags.join(" ")), "");
        table.row(&format!("{tool} {} {source}", flags.join(" ")), bytes(&fs, "/app/out"), &build["bytes"]);
    }
    table.check(50, 250);
}

#[test]
fn cargo_leaves_what_it_really_leaves() {
    let mut table = Table::default();
    for build in measured("cargo")["builds"].as_array().unwrap() {
        let packages = build["packages"].as_u64().unwrap();
        let lock: String = (0..packages)
            .map(|at| format!("[[package]]\nname = \"c{at}\"\nversion = \"1.0.0\"\nsource = \"r\"\n"))
            .collect();
        let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n";
        let files = [("/app/Cargo.toml", manifest), ("/app/Cargo.lock", &lock), ("/app/src/main.rs", "fn main() {}\n")];
        let mut fs = image(&["cargo"], &files);
        let release = build["profile"] == "release";
        ran(&mut fs, if release { "cargo build --release" } else { "cargo build" }, "");
        let folder = if release { "/app/target/release" } else { "/app/target/debug" };
        let name = format!(
            "{} {} ({packages} crates)",
            build["program"].as_str().unwrap(),
            build["profile"].as_str().unwrap()
        );
        table.row(&format!("{name}: program"), bytes(&fs, &format!("{folder}/app")), &build["bytes"]);
        if packages > 0 {
            table.row(&format!("{name}: target"), bytes(&fs, folder), &build["target_bytes"]);
            table.row(&format!("{name}: sources"), bytes(&fs, "/root/.cargo/registry/src"), &build["registry"]["src"]);
            table.row(
                &format!("{name}: archives"),
                bytes(&fs, "/root/.cargo/registry/cache"),
                &build["registry"]["cache"],
            );
        }
    }
    table.check(150, 400);
}

#[test]
fn java_runtimes_weigh_what_real_ones_do() {
    let mut table = Table::default();
    for runtime in measured("java")["runtimes"].as_array().unwrap() {
        let mut fs = image(&["jlink"], &[]);
        let flags: Vec<&str> = runtime["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap()).collect();
        let modules = runtime["modules"].as_str().unwrap();
        ran(&mut fs, &format!("jlink --add-modules {modules} {} --output /jre", flags.join(" ")), "");
        table.row(&format!("{modules} {}", flags.join(" ")), bytes(&fs, "/jre"), &runtime["bytes"]);
    }
    table.check(150, 250);
}

#[test]
fn a_clone_that_nobody_knows_is_installed_without_a_model_and_never_fails() {
    let mut fs = image(&["git", "pip"], &[]);
    let notes = meter(&mut fs, "git clone https://example.com/tool.git && cd tool && pip install -e .", "").notes;
    assert!(
        notes.iter().any(|note| matches!(note, Note::NotModelled { what } if what == "pip install .")),
        "{notes:?}"
    );
}

#[test]
fn a_tool_in_a_clone_that_nobody_knows_has_no_model_and_in_an_empty_folder_fails() {
    for (tool, command) in [
        ("go", "go build -o /out ."),
        ("cargo", "cargo build --release"),
        ("npm", "npm ci"),
        ("mvn", "mvn -q package"),
        ("bundle", "bundle install"),
        ("composer", "composer install"),
    ] {
        let mut fs = image(&["git", "mkdir", "php", "ruby", "node", "java", tool], &[]);
        let clone = format!("git clone https://example.com/tool.git /tool && cd /tool && {command}");
        let notes = meter(&mut fs, &clone, "1.22.6").notes;
        let what = command.split(' ').filter(|word| !word.starts_with('-')).take(2).collect::<Vec<_>>().join(" ");
        assert!(notes.contains(&Note::NotModelled { what }), "{command}: {notes:?}");
        let empty = format!("mkdir /empty && cd /empty && if {command}; then exit 1; fi");
        meter(&mut fs, &empty, "1.22.6");
    }
}

#[test]
fn ninja_installs_below_the_destdir_of_its_environment() {
    let mut fs = image(&["git", "meson", "ninja"], &[]);
    let script = "git clone https://example.com/tool.git && cd tool && meson setup build --prefix=/usr && DESTDIR=/out ninja -C build install";
    meter(&mut fs, script, "");
    assert!(bytes(&fs, "/out/usr/bin") > 0 && bytes(&fs, "/usr/bin") == 0);
}
