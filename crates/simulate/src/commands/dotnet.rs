//! dotnet: restore, build, publish. No build was measured: sizes are stated from what projects of the kind have, and noted.

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::estimate::{compile, download, estimated, failed, place_as, unpack};
use super::input::{hash, join, last_part, not_modelled};

/// What a package of NuGet's takes in ~/.nuget with those that it needs, and in what is published.
const PACKAGE_BYTES: u64 = 6_000_000;
const PUBLISHED_PACKAGE_BYTES: u64 = 900_000;
/// The program that starts the application's library, and the runtime that --self-contained adds; trimmed; ahead of time.
const HOST_BYTES: u64 = 75_000;
const RUNTIME_BYTES: u64 = 70_000_000;
const WEB_RUNTIME_BYTES: u64 = 98_000_000;
const AOT_BYTES: u64 = 10_000_000;
/// The SDK that the install script unpacks, and a runtime.
const SDK_BYTES: u64 = 640_000_000;
const SDK_DOWNLOAD: u64 = 215_000_000;
const RUNTIME_DOWNLOAD: u64 = 30_000_000;
/// Processor time: start of the tool, a restore, a compilation.
const START_MS: u64 = 3_000;
const COMPILE_MS: u64 = 14_000;

/// What `dotnet-install.sh` does with its arguments.
pub fn install(machine: &mut Machine, process: &Process, arguments: &[String]) -> i32 {
    let value = |flags: [&str; 2]| {
        arguments
            .iter()
            .position(|word| flags.contains(&word.to_lowercase().as_str()))
            .and_then(|at| arguments.get(at + 1).cloned())
    };
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    let folder =
        value(["--install-dir", "-installdir"]).map_or_else(|| join(&home, ".dotnet"), |folder| process.path(&folder));
    let runtime = value(["--runtime", "-runtime"]).is_some();
    let (bytes, packed) = if runtime { (RUNTIME_BYTES, RUNTIME_DOWNLOAD) } else { (SDK_BYTES, SDK_DOWNLOAD) };
    machine.meter.note(Basis::Estimated, Note::TypicalSize { what: "dotnet-install".to_string(), bytes });
    download(machine, packed);
    unpack(machine, bytes, bytes / 120_000);
    let put = place_as(machine, &join(&folder, "dotnet"), "installed/dotnet", HOST_BYTES, 0o755, &process.cred)
        .and_then(|()| {
            place_as(machine, &join(&folder, "sdk/other-files"), "installed/dotnet-sdk", bytes, 0o644, &process.cred)
        });
    put.map_or_else(|errno| failed(machine, process, errno), |()| 0)
}

/// A project file: its folder, its name, its text.
struct Project {
    folder: String,
    name: String,
    text: String,
}

fn projects(machine: &mut Machine, process: &Process, operand: Option<&String>) -> Vec<Project> {
    let path = operand.map_or_else(|| process.cwd.clone(), |operand| process.path(operand));
    let mut files = Vec::new();
    let is_project = |name: &str| [".csproj", ".fsproj", ".vbproj"].iter().any(|end| name.ends_with(end));
    if is_project(&path) {
        files.push(path);
    } else {
        let solution = path.ends_with(".sln") || path.ends_with(".slnx");
        let folder = if solution { path.rsplit_once('/').map_or("/", |(folder, _)| folder).to_string() } else { path };
        let names = machine.fs.read_dir(&folder, &process.cred).unwrap_or_default();
        let has_solution = solution || names.iter().any(|name| name.ends_with(".sln") || name.ends_with(".slnx"));
        files.extend(names.iter().filter(|name| is_project(name)).map(|name| join(&folder, name)));
        if files.is_empty() && has_solution {
            let below = machine.fs.walk(&folder).into_iter().filter(|(path, stat)| stat.is_file() && is_project(path));
            files.extend(below.map(|(path, _)| path));
        }
    }
    let mut found = Vec::new();
    for path in files {
        let Ok(content) = machine.fs.read(&path, &process.cred) else { continue };
        let text = crate::process::text_of(machine, &content);
        let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder).to_string();
        let name = last_part(&path).rsplit_once('.').map_or("app", |(stem, _)| stem).to_string();
        found.push(Project { folder, name, text });
    }
    found
}

pub fn dotnet(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let Some((command, rest)) = words.split_first() else {
        process.out(machine, "\nUsage: dotnet [options]\nUsage: dotnet [path-to-application]\n");
        return 0;
    };
    let mut operands = Vec::new();
    let mut skip = false;
    for word in rest {
        if skip {
            skip = false;
            continue;
        }
        skip = matches!(
            word.as_str(),
            "-c" | "--configuration"
                | "-o"
                | "--output"
                | "-r"
                | "--runtime"
                | "-f"
                | "--framework"
                | "-v"
                | "--verbosity"
                | "-a"
                | "--arch"
                | "--os"
                | "--source"
                | "-s"
                | "--tool-path"
                | "--version"
        );
        if !word.starts_with(['-', '/']) || word.starts_with('/') && word.contains('.') {
            operands.push(word.clone());
        }
    }
    let value = |flags: &[&str]| {
        let apart =
            rest.iter().position(|word| flags.contains(&word.as_str())).and_then(|at| rest.get(at + 1).cloned());
        apart.or_else(|| {
            rest.iter().find_map(|word| {
                flags.iter().find_map(|flag| word.strip_prefix(flag)?.strip_prefix('=').map(str::to_string))
            })
        })
    };
    match command.as_str() {
        "restore" | "build" | "publish" | "test" | "msbuild" | "pack" => {}
        "--version" | "--info" | "--list-sdks" => {
            let version = process.env.get("DOTNET_SDK_VERSION").cloned().unwrap_or_else(|| "9.0.100".to_string());
            process.out(machine, &format!("{version}\n"));
            return 0;
        }
        "tool" => return tool(machine, process, &operands, value(&["--tool-path"])),
        "new" | "workload" | "dev-certs" | "nuget" | "clean" | "add" | "sln" | "ef" => {
            not_modelled(machine, process, command);
            return 0;
        }
        other => {
            not_modelled(machine, process, &format!("{other}: what the program does"));
            return 0;
        }
    }
    let found = projects(machine, process, operands.first());
    if found.is_empty() {
        let text = match operands.first() {
            Some(operand) => format!("MSBUILD : error MSB1009: Project file does not exist.\nSwitch: {operand}\n"),
            None => "MSBUILD : error MSB1003: Specify a project or solution file. The current working directory does not contain a project or solution file.\n".to_string(),
        };
        process.out(machine, &text);
        return 1;
    }
    estimated(machine);
    compile(machine, START_MS);
    let restores = !rest.iter().any(|word| word == "--no-restore" || word == "--no-build");
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    let packages_root = process.env.get("NUGET_PACKAGES").cloned().unwrap_or_else(|| join(&home, ".nuget/packages"));
    let runtime = value(&["-r", "--runtime", "-a", "--arch"]);
    for project in &found {
        let packages = packages(&project.text);
        let assets = join(&project.folder, "obj/project.assets.json");
        if restores {
            for name in &packages {
                let path = format!("{packages_root}/{}/package", name.to_lowercase());
                if machine.fs.stat(&path, true, &process.cred).is_ok() {
                    continue;
                }
                if !machine.network {
                    let text = format!(
                        "{}/{}.csproj : error NU1301: Unable to load the service index\n",
                        project.folder, project.name
                    );
                    process.out(machine, &text);
                    return 1;
                }
                let note = Note::TypicalSize { what: format!("dotnet restore {name}"), bytes: PACKAGE_BYTES };
                machine.meter.note(Basis::Estimated, note);
                download(machine, PACKAGE_BYTES / 3);
                unpack(machine, PACKAGE_BYTES, 60);
                if let Err(errno) =
                    place_as(machine, &path, &format!("nuget/{name}"), PACKAGE_BYTES, 0o644, &process.cred)
                {
                    return failed(machine, process, errno);
                }
            }
            let _ = place_as(
                machine,
                &assets,
                &format!("nuget/{packages:?}"),
                30_000 + packages.len() as u64 * 20_000,
                0o644,
                &process.cred,
            );
        } else if machine.fs.stat(&assets, true, &process.cred).is_err() {
            let text = format!(
                "error NETSDK1004: Assets file '{assets}' not found. Run a NuGet package restore to generate this file.\n"
            );
            process.out(machine, &text);
            return 1;
        }
    }
    if command == "restore" {
        return 0;
    }
    let configuration = value(&["-c", "--configuration"])
        .unwrap_or_else(|| if command == "publish" { "Release" } else { "Debug" }.to_string());
    for project in &found {
        let output = value(&["-o", "--output"]).map(|output| process.path(&output));
        let status = compiled(machine, process, project, command, &configuration, output, runtime.is_some(), rest);
        if status != 0 {
            return status;
        }
    }
    0
}

fn packages(text: &str) -> Vec<String> {
    let includes = text.split("<PackageReference").skip(1).filter_map(|part| part.split_once("Include=\""));
    includes.filter_map(|(_, rest)| rest.split('"').next()).map(str::to_string).collect()
}

#[expect(clippy::too_many_arguments, reason = "what one call says")]
fn compiled(
    machine: &mut Machine,
    process: &Process,
    project: &Project,
    command: &str,
    configuration: &str,
    output: Option<String>,
    runtime: bool,
    words: &[String],
) -> i32 {
    let property = |name: &str| {
        words.iter().any(|word| word.to_lowercase().ends_with(&format!("{}=true", name.to_lowercase())))
            || project.text.to_lowercase().contains(&format!("<{0}>true</{0}>", name.to_lowercase()))
    };
    let (mut bytes, mut parts) = (0u64, String::new());
    for (path, stat) in machine.fs.walk(&project.folder) {
        if let filesystem::Kind::File(content) = stat.kind
            && !path.contains("/obj/")
            && !path.contains("/bin/")
        {
            bytes = bytes.saturating_add(content.size());
            parts.push_str(&format!("{path}{:?}", content.digest()));
        }
    }
    compile(machine, COMPILE_MS + bytes / 100);
    let id = hash(&format!("{parts}{words:?}"));
    let framework = project
        .text
        .split_once("<TargetFramework>")
        .and_then(|(_, rest)| rest.split('<').next())
        .unwrap_or("net9.0")
        .to_string();
    let built = format!("{}/bin/{configuration}/{framework}", project.folder);
    let folder = match (output, command) {
        (Some(output), _) => output,
        (None, "publish") => join(&built, "publish"),
        (None, _) => built,
    };
    let count = packages(&project.text).len() as u64;
    let web = project.text.contains("Microsoft.NET.Sdk.Web");
    let contained = property("self-contained")
        || words.iter().any(|word| word == "--self-contained") && !words.iter().any(|word| word == "false")
        || property("SelfContained")
        || property("PublishSelfContained");
    let aot = command == "publish" && property("PublishAot");
    let mut files = Vec::new();
    if aot {
        files.push((project.name.clone(), AOT_BYTES + bytes, 0o755));
    } else {
        files.push((format!("{}.dll", project.name), bytes / 2 + 5_000, 0o644));
        files.push((format!("{}.pdb", project.name), bytes / 2 + 11_000, 0o644));
        files.push((project.name.clone(), HOST_BYTES, 0o755));
        files.push((format!("{}.deps.json", project.name), 1_000 + count * 1_500, 0o644));
        files.push((format!("{}.runtimeconfig.json", project.name), 450, 0o644));
        if count > 0 {
            files.push(("packages.dll".to_string(), count * PUBLISHED_PACKAGE_BYTES, 0o644));
        }
        if contained && command == "publish" {
            let size = if web { WEB_RUNTIME_BYTES } else { RUNTIME_BYTES };
            let size = if property("PublishTrimmed") { size / 3 } else { size };
            files.push(("runtime.dll".to_string(), size, 0o644));
        }
    }
    let _ = runtime;
    for (name, size, mode) in files {
        machine.charge_write(size);
        let put = place_as(machine, &join(&folder, &name), &format!("dotnet/{id}/{name}"), size, mode, &process.cred);
        if let Err(errno) = put {
            return failed(machine, process, errno);
        }
    }
    process.out(machine, &format!("  {} -> {folder}/{}.dll\n", project.name, project.name));
    0
}

fn tool(machine: &mut Machine, process: &Process, words: &[String], folder: Option<String>) -> i32 {
    let Some(name) = words.iter().find(|word| !matches!(word.as_str(), "install" | "restore" | "update")) else {
        return 0;
    };
    estimated(machine);
    if !machine.network {
        process.err(machine, "error NU1301: Unable to load the service index\n");
        return 1;
    }
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    let folder = folder.map_or_else(|| join(&home, ".dotnet/tools"), |folder| process.path(&folder));
    let note = Note::TypicalSize { what: format!("dotnet tool install {name}"), bytes: PACKAGE_BYTES };
    machine.meter.note(Basis::Estimated, note);
    download(machine, PACKAGE_BYTES / 3);
    let put =
        place_as(machine, &join(&folder, name), &format!("nuget/tool/{name}"), PACKAGE_BYTES, 0o755, &process.cred);
    put.map_or_else(|errno| failed(machine, process, errno), |()| 0)
}
