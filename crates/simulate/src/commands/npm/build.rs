//! Bundlers and frameworks: which folder they write, and about how much.

use filesystem::{Content, Kind};

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, failed, place_as};
use super::super::json::Json;
use super::super::pace::{compile, known_text};
use super::super::words::Words;
use super::manifest::{self, dependencies};

/// Of a bundle's sources this many hundredths are left when comments, blanks and names are shortened.
const MINIFIED: u64 = 60;
/// A package counts with one part in so many in a bundle, and with at most so many bytes: what a page uses of it.
const USED_PART: u64 = 30;
const USED_AT_MOST: u64 = 190_000;
/// Sources of a bundle.
const SOURCES: &[&str] =
    &["js", "jsx", "ts", "tsx", "mjs", "cjs", "vue", "svelte", "astro", "css", "scss", "sass", "less", "mdx"];
/// Files that are taken over as they are.
const ASSETS: &[&str] =
    &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "woff", "woff2", "ttf", "mp4", "json", "md"];

/// What a tool writes when it builds.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    name: &'static str,
    /// The words that make it build; empty: it always does.
    commands: &'static [&'static str],
    /// The folder that it writes by default.
    folder: &'static str,
    /// What it writes beside the bundle, in bytes: runtimes, server code, caches.
    extra: u64,
    /// How long the smallest build takes.
    ms: u64,
}

const fn tool(
    name: &'static str,
    commands: &'static [&'static str],
    folder: &'static str,
    extra: u64,
    ms: u64,
) -> Tool {
    Tool { name, commands, folder, extra, ms }
}

/// The tools by name. The folders are those of their documentation. Bytes and times are typical ones of a small
/// application: none of these builds was measured.
const TOOLS: &[Tool] = &[
    tool("astro", &["build"], "dist", 20_000, 4_000),
    tool("docusaurus", &["build"], "build", 900_000, 20_000),
    tool("eleventy", &[], "_site", 0, 1_500),
    tool("esbuild", &[], "dist", 0, 300),
    tool("gatsby", &["build"], "public", 1_500_000, 25_000),
    tool("next", &["build"], ".next", NEXT_BYTES, 12_000),
    tool("ng", &["build", "b"], "dist", 40_000, 12_000),
    tool("nuxi", &["build", "generate"], ".output", 3_000_000, 12_000),
    tool("nuxt", &["build", "generate"], ".output", 3_000_000, 12_000),
    tool("parcel", &["build"], "dist", 2_000, 3_000),
    tool("react-router", &["build"], "build", 300_000, 4_000),
    tool("react-scripts", &["build"], "build", 400_000, 9_000),
    tool("remix", &["build", "vite:build"], "build", 300_000, 4_000),
    tool("rollup", &[], "dist", 0, 1_500),
    tool("tsup", &[], "dist", 0, 1_500),
    tool("vite", &["build"], "dist", 1_500, 1_600),
    tool("vitepress", &["build"], ".vitepress/dist", 900_000, 4_000),
    tool("vue-cli-service", &["build"], "dist", 60_000, 6_000),
    tool("webpack", &[], "dist", 1_000, 3_000),
    tool("webpack-cli", &[], "dist", 1_000, 3_000),
];

/// What .next holds of a small application besides its own code.
const NEXT_BYTES: u64 = 8_000_000;
/// What a standalone server of next has of node_modules.
const STANDALONE_BYTES: u64 = 30_000_000;

/// Runs a bundler: what its name and arguments say.
pub fn run(machine: &mut Machine, process: &Process, name: &str) -> i32 {
    let Some(tool) = TOOLS.iter().find(|tool| tool.name == name) else { return 0 };
    let valued = [
        "--outDir",
        "--out-dir",
        "--outdir",
        "--outfile",
        "--output-path",
        "-o",
        "-d",
        "--dir",
        "--dist-dir",
        "--mode",
        "-c",
        "--config",
        "--configuration",
        "--base",
        "--dest",
        "-m",
        "--format",
    ];
    let words = Words::read(process.operands(), &valued);
    let builds =
        tool.commands.is_empty() || words.operands.first().is_some_and(|word| tool.commands.contains(&word.as_str()));
    if words.has(&["--version", "-v"]) || !builds && name != "ng" {
        if !words.has(&["--version", "-v"]) {
            super::super::input::not_modelled(machine, process, words.operands.first().map_or("", String::as_str));
        }
        return 0;
    }
    estimated(machine);
    let folder = output(machine, process, tool, &words);
    let sources = sources(machine, process, &folder);
    let manifest = manifest::read(machine, process).unwrap_or(Json::Object(Vec::new()));
    let bundle = sources.code * MINIFIED / 100 + used_packages(machine, process, &manifest);
    compile(machine, tool.ms + (sources.code + bundle) / 1000);
    let mut files: Vec<(String, u64)> = match name {
        "next" => return next(machine, process, &folder, &sources, bundle),
        "esbuild" | "rollup" | "tsup" => vec![(single(&words), sources.code * MINIFIED / 100)],
        "webpack" | "webpack-cli" => vec![("main.js".to_string(), bundle)],
        "nuxt" | "nuxi" => {
            vec![("server/index.mjs".to_string(), tool.extra), ("public/_nuxt/entry.js".to_string(), bundle)]
        }
        "react-scripts" => vec![
            (format!("static/js/main.{}.js", sources.short()), bundle),
            (format!("static/js/main.{}.js.map", sources.short()), tool.extra + bundle * 2),
            ("asset-manifest.json".to_string(), 500),
        ],
        "ng" => vec![(format!("main-{}.js", sources.short()), bundle + tool.extra)],
        _ => vec![(format!("assets/index-{}.js", sources.short()), bundle + tool.extra)],
    };
    if files.iter().all(|(file, _)| !file.ends_with(".html"))
        && !matches!(name, "esbuild" | "rollup" | "tsup" | "nuxt" | "nuxi" | "webpack" | "webpack-cli")
    {
        files.push(("index.html".to_string(), 600));
    }
    write(machine, process, &folder, &sources, &files)
}

/// The one file of a bundler for libraries and servers.
fn single(words: &Words) -> String {
    let given = words.value(&["--outfile", "-o"]).filter(|path| path.ends_with("js"));
    match given {
        Some(path) => path.rsplit('/').next().unwrap_or(path).to_string(),
        None => "index.js".to_string(),
    }
}

fn write(machine: &mut Machine, process: &Process, folder: &str, sources: &Sources, files: &[(String, u64)]) -> i32 {
    let folder = process.path(folder);
    for name in machine.fs.read_dir(&folder, &process.cred).unwrap_or_default() {
        // a bundler empties its folder first
        let _ = machine.fs.remove_all(&format!("{folder}/{name}"), &process.cred);
    }
    for (file, size) in files {
        let id = format!("bundle/{}/{file}", sources.digest);
        if let Err(errno) =
            place_as(machine, &format!("{folder}/{file}"), &id, *size, process.mode(0o666), &process.cred)
        {
            return failed(machine, process, errno);
        }
    }
    for (path, size, content) in &sources.assets {
        let name = path.strip_prefix("public/").unwrap_or(path);
        let _ = size;
        let target = format!("{folder}/{name}");
        if let Some((parent, _)) = target.rsplit_once('/') {
            let _ = machine.fs.mkdir_all(parent, process.mode(0o777), &process.cred);
        }
        let _ = machine.fs.write(&target, content.clone(), process.mode(0o666), &process.cred);
    }
    0
}

/// next build: `.next`, and a server of its own or plain pages where the settings say so.
fn next(machine: &mut Machine, process: &Process, folder: &str, sources: &Sources, bundle: u64) -> i32 {
    let settings = ["next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs"]
        .iter()
        .find_map(|name| known_text(machine, process, name))
        .unwrap_or_default();
    let has = |word: &str| settings.contains(&format!("'{word}'")) || settings.contains(&format!("\"{word}\""));
    let mut files = vec![
        ("BUILD_ID".to_string(), 21),
        ("server/app.js".to_string(), NEXT_BYTES / 4 + bundle / 2),
        (format!("static/chunks/main-{}.js", sources.short()), NEXT_BYTES / 8 + bundle),
        ("cache/webpack.pack".to_string(), NEXT_BYTES * 5 / 8),
    ];
    if has("standalone") {
        files.push(("standalone/server.js".to_string(), 6_000));
        files.push(("standalone/package.json".to_string(), 700));
        files.push(("standalone/node_modules/next/index.js".to_string(), STANDALONE_BYTES));
        files.push(("standalone/.next/server/app.js".to_string(), NEXT_BYTES / 4 + bundle / 2));
    }
    let bare = Sources { assets: Vec::new(), ..sources.clone() };
    let status = write(machine, process, folder, &bare, &files);
    if status != 0 || !has("export") {
        return status;
    }
    let page = [
        ("index.html".to_string(), 5_000),
        (format!("_next/static/chunks/main-{}.js", sources.short()), NEXT_BYTES / 8 + bundle),
    ];
    write(machine, process, "out", sources, &page)
}

/// The folder that a build writes: as its options or its settings say, else its default.
/// Where SvelteKit's adapter puts what Vite built, by the manifest's text.
fn sveltekit(manifest: &str) -> Option<&'static str> {
    let folder = |adapter: &str, folder| manifest.contains(&format!("\"@sveltejs/{adapter}\"")).then_some(folder);
    let own = ["adapter-node", "adapter-static"].iter().find_map(|adapter| folder(adapter, "build"));
    own.or_else(|| folder("kit", ".svelte-kit/output"))
}

fn output(machine: &Machine, process: &Process, tool: &Tool, words: &Words) -> String {
    if tool.name == "ng" {
        let given = words.value(&["--output-path"]).map(str::to_string);
        return given.or_else(|| angular(machine, process)).unwrap_or_else(|| tool.folder.to_string());
    }
    if let Some(file) = words.value(&["--outfile"]).or_else(|| words.value(&["-o"]).filter(|path| path.ends_with("js")))
    {
        return file.rsplit_once('/').map_or(".", |(folder, _)| folder).to_string();
    }
    let given = ["--outDir", "--out-dir", "--outdir", "--output-path", "--dist-dir", "--dest", "-o", "-d", "--dir"];
    if let Some(folder) = words.value(&given) {
        return folder.to_string();
    }
    if tool.name == "react-scripts" {
        return process.env.get("BUILD_PATH").cloned().unwrap_or_else(|| tool.folder.to_string());
    }
    // the plugin of Laravel's names the folder itself
    let has_plugin = |text: String| text.contains("\"laravel-vite-plugin\"");
    if tool.name == "vite" && known_text(machine, process, "package.json").is_some_and(has_plugin) {
        return "public/build".to_string();
    }
    if tool.name == "vite"
        && let Some(folder) = known_text(machine, process, "package.json").as_deref().and_then(sveltekit)
    {
        return folder.to_string();
    }
    let stem = match tool.name {
        "webpack-cli" => "webpack",
        "vue-cli-service" => "vue",
        name => name,
    };
    let settings = ["js", "ts", "mjs", "mts", "cjs"]
        .iter()
        .find_map(|ending| known_text(machine, process, &format!("{stem}.config.{ending}")));
    let found = settings.as_deref().and_then(|text| {
        ["outDir:", "distDir:", "outputDir:", "path.resolve(__dirname,", "path.join(__dirname,"].iter().find_map(
            |key| {
                let rest = text.split_once(key)?.1.trim_start();
                let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
                rest.get(1..)?.split_once(quote).map(|(folder, _)| folder.to_string())
            },
        )
    });
    found.filter(|folder| !folder.is_empty()).unwrap_or_else(|| tool.folder.to_string())
}

/// The output path of angular.json's first project.
fn angular(machine: &Machine, process: &Process) -> Option<String> {
    let json = Json::parse(&known_text(machine, process, "angular.json")?)?;
    let (name, project) = json.get("projects")?.entries().first()?;
    let build = project.get("architect").or_else(|| project.get("targets"))?.get("build")?;
    let path = build.get("options").and_then(|options| options.get("outputPath"));
    let base = path.and_then(|path| path.text().or_else(|| path.get("base")?.text()));
    let base = base.map_or_else(|| format!("dist/{name}"), str::to_string);
    let is_application =
        build.get("builder").and_then(Json::text).is_some_and(|builder| builder.ends_with(":application"));
    Some(if is_application { format!("{base}/browser") } else { base })
}

/// What a build reads.
#[derive(Clone, Debug)]
struct Sources {
    code: u64,
    assets: Vec<(String, u64, Content)>,
    digest: String,
}

impl Sources {
    /// A few letters for names of files.
    fn short(&self) -> &str {
        self.digest.get(..8).unwrap_or("00000000")
    }
}

/// The sources below the working directory, without what was installed or built.
fn sources(machine: &mut Machine, process: &Process, output: &str) -> Sources {
    let root = process.path(".");
    let root = root.trim_end_matches("/.").to_string();
    let mut found = Sources { code: 0, assets: Vec::new(), digest: String::new() };
    let mut list = String::new();
    let mut folders = vec![String::new()];
    let mut steps = 0;
    while let Some(folder) = folders.pop() {
        for name in machine.fs.read_dir(&format!("{root}/{folder}"), &process.cred).unwrap_or_default() {
            steps += 1;
            if steps > super::super::input::WALK_LIMIT {
                machine.limit("walked-files");
                break;
            }
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let Ok(stat) = machine.fs.stat(&format!("{root}/{path}"), false, &process.cred) else { continue };
            match stat.kind {
                Kind::Dir => {
                    let skipped = name.starts_with('.') || name == "node_modules" || path == output || name == "dist";
                    if !skipped {
                        folders.push(path);
                    }
                }
                Kind::File(content) => {
                    let ending = name.rsplit('.').next().unwrap_or_default();
                    let in_public = path.starts_with("public/");
                    if in_public
                        || folder.starts_with("src") && ASSETS.contains(&ending) && ending != "md" && ending != "json"
                    {
                        found.assets.push((
                            if in_public { path.clone() } else { format!("assets/{name}") },
                            stat.size,
                            content.clone(),
                        ));
                    } else if SOURCES.contains(&ending) || name == "index.html" {
                        found.code += stat.size;
                    }
                    list.push_str(&format!("{path} {}\n", super::emit::hex(&content.digest())));
                }
                _ => {}
            }
        }
    }
    found.digest = super::emit::hex(&Content::text(&list).digest());
    found
}

/// What a bundle takes of the packages that the manifest needs at run time.
fn used_packages(machine: &Machine, process: &Process, manifest: &Json) -> u64 {
    let table = super::known::Table::read();
    let names = dependencies(manifest, false);
    let installed =
        |name: &str| machine.fs.stat(&process.path(&format!("node_modules/{name}")), true, &process.cred).is_ok();
    names
        .iter()
        .filter(|(name, _)| installed(name) && !matches!(name.as_str(), "next" | "react-scripts"))
        .map(|(name, _)| (table.size(name).bytes / USED_PART).min(USED_AT_MOST))
        .sum()
}
