//! go build, go install, go test, go vet, go run.

use std::collections::{BTreeMap, BTreeSet};

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::super::compiled::{self, Library};
use super::super::estimate::{compile, estimated, failed, place_as};
use super::super::input::{join, last_part, not_modelled};
use super::super::options::Options;
use super::cost;
use super::flags::flags;
use super::module::{self, MainModule, Module};
use super::setup::{COMPILES_ALL, Setup, has_compiler};
use super::source::{self, Package, Target};

/// How many packages a build may take in.
const MAX_PACKAGES: usize = 5_000;
/// What linking takes: a fixed time, and one for each megabyte.
const LINK_MS: u64 = 150;
const LINK_MB_MS: u64 = 40;

/// What a call is about: its packages and all that they take in.
pub struct Build {
    pub main: MainModule,
    /// The packages that were named.
    pub named: Vec<Package>,
    /// All packages of the module by import path.
    pub own: BTreeMap<String, Package>,
    /// Imports of other modules' packages.
    pub foreign: BTreeSet<String>,
    pub options: Options,
    pub setup: Setup,
}

/// Reads flags, go.mod and sources; complaints are go's, with its exit status.
pub fn load(machine: &mut Machine, process: &Process, arguments: &[String]) -> Result<Build, i32> {
    let setup = Setup::read(machine, process);
    let options = flags(machine, process, &setup, arguments)?;
    let Some(main) = module::find(machine, process) else {
        process.err(
            machine,
            "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n",
        );
        return Err(1);
    };
    let tags = options.values('t').flat_map(|tags| tags.split([',', ' '])).map(str::to_string).collect();
    let (os, arch) = (setup.os.clone(), setup.arch.clone());
    let target = Target { os: &os, arch: &arch, cgo: setup.cgo, tags };
    let named = named_packages(machine, process, &main, &options.operands, &target)?;
    let mut build = Build { main, named, own: BTreeMap::new(), foreign: BTreeSet::new(), options, setup };
    let vendor = uses_vendor(machine, process, &build)?;
    let mut waiting: Vec<Package> = build.named.clone();
    let mut complaints = Vec::new();
    while let Some(package) = waiting.pop() {
        let import = build.main.import(&package.folder);
        for (wanted, place) in &package.imports {
            if wanted == "C" {
                build.foreign.insert("C".to_string());
                continue;
            }
            match build.main.folder(wanted) {
                Some(folder) => {
                    if build.own.contains_key(wanted) || waiting.iter().any(|other| other.folder == folder) {
                        continue;
                    }
                    match source::read(machine, process, &folder, &target) {
                        Some(found) => waiting.push(found),
                        None if super::super::node::is_dir(machine.fs, &folder, &process.cred) => {
                            complaints.push(format!("package {import}\n\timports {wanted}: no Go files in {folder}\n"))
                        }
                        None => complaints.push(lacks_module(place, wanted)),
                    }
                }
                None if source::is_standard(wanted) => {}
                None => {
                    if let Err(complaint) = check_foreign(&build, vendor.as_deref(), &import, wanted, place) {
                        complaints.push(complaint);
                    }
                    build.foreign.insert(wanted.clone());
                }
            }
        }
        build.own.insert(import, package);
        if build.own.len() > MAX_PACKAGES {
            machine.limit("walked-files");
            break;
        }
    }
    complaints.sort();
    complaints.dedup();
    if !complaints.is_empty() {
        process.err(machine, &complaints.concat());
        return Err(1);
    }
    if vendor.is_none() {
        super::fetch::modules(machine, process, &build.setup, &build.main.requires)?;
    }
    Ok(build)
}

fn lacks_module(place: &str, import: &str) -> String {
    format!("{place}: no required module provides package {import}; to add it:\n\tgo get {import}\n")
}

/// Whether go.mod and go.sum, or the vendor folder, have what an import asks for.
fn check_foreign(
    build: &Build,
    vendor: Option<&[String]>,
    importer: &str,
    wanted: &str,
    place: &str,
) -> Result<(), String> {
    let Some(provider) = build.main.provider(wanted) else { return Err(lacks_module(place, wanted)) };
    let name = format!("{}@{}", provider.path, provider.version);
    match vendor {
        Some(vendored) if vendored.contains(&name) || provider.local.is_some() => Ok(()),
        Some(_) => {
            let root = &build.main.root;
            Err(format!("{place}: cannot find package \".\" in:\n\t{root}/vendor/{wanted}\n"))
        }
        None if build.main.has_sum(provider) => Ok(()),
        None => Err(format!(
            "{place}: missing go.sum entry for module providing package {wanted} (imported by {importer}); to add:\n\tgo get {importer}\n"
        )),
    }
}

/// The modules of the vendor folder, where the build takes them from there.
fn uses_vendor(machine: &mut Machine, process: &Process, build: &Build) -> Result<Option<Vec<String>>, i32> {
    let vendored = module::vendored(machine, process, &build.main.root);
    match (build.options.value('m'), vendored) {
        (Some("vendor"), None) if build.main.requires.is_empty() => Ok(Some(Vec::new())),
        (Some("vendor"), None) => {
            let missing = |module: &Module| {
                format!(
                    "\t{}@{}: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt\n",
                    module.path, module.version
                )
            };
            let list: String = build.main.requires.iter().map(missing).collect();
            process.err(
                machine,
                &format!(
                    "go: inconsistent vendoring in {}:\n{list}\n\tTo ignore the vendor directory, use -mod=readonly or -mod=mod.\n\tTo sync the vendor directory, run:\n\t\tgo mod vendor\n",
                    build.main.root
                ),
            );
            Err(1)
        }
        (None | Some("vendor"), vendored) => Ok(vendored),
        _ => Ok(None),
    }
}

fn named_packages(
    machine: &mut Machine,
    process: &Process,
    main: &MainModule,
    operands: &[String],
    target: &Target,
) -> Result<Vec<Package>, i32> {
    let files: Vec<String> = operands.iter().filter(|operand| operand.ends_with(".go")).cloned().collect();
    if let Some(first) = files.first() {
        if let Some(gone) = files.iter().find(|file| machine.fs.stat(&process.path(file), true, &process.cred).is_err())
        {
            process.err(machine, &format!("no required module provides package {gone}; to add it:\n\tgo get {gone}\n"));
            return Err(1);
        }
        let path = process.path(first);
        let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder).to_string();
        let names: Vec<String> = files.iter().map(|file| last_part(file).to_string()).collect();
        return Ok(source::read_files(machine, process, &folder, &names, target).into_iter().collect());
    }
    let here = vec![".".to_string()];
    let mut packages = Vec::new();
    for operand in if operands.is_empty() { &here } else { operands } {
        if let Some(root) = operand.strip_suffix("...") {
            let root = folder_of(process, main, root.trim_end_matches('/'));
            for folder in source::folders_below(machine, process, &root) {
                packages.extend(source::read(machine, process, &folder, target));
            }
            if packages.is_empty() {
                process.err(machine, &format!("go: warning: \"{operand}\" matched no packages\n"));
            }
            continue;
        }
        let folder = folder_of(process, main, operand);
        match source::read(machine, process, &folder, target) {
            Some(package) => packages.push(package),
            None if super::super::node::is_dir(machine.fs, &folder, &process.cred) => {
                process.err(machine, &format!("no Go files in {folder}\n"));
                return Err(1);
            }
            None if source::is_standard(operand) && !operand.starts_with('.') && !operand.starts_with('/') => {
                let place = if machine_is_old(machine, process) { "GOROOT" } else { "std" };
                let root = Setup::read(machine, process).root;
                process.err(machine, &format!("package {operand} is not in {place} ({root}/src/{operand})\n"));
                return Err(1);
            }
            None => {
                process.err(machine, &format!("stat {folder}: directory not found\n"));
                return Err(1);
            }
        }
    }
    Ok(packages)
}

fn machine_is_old(machine: &mut Machine, process: &Process) -> bool {
    Setup::read(machine, process).minor < 22
}

fn folder_of(process: &Process, main: &MainModule, operand: &str) -> String {
    let path = match main.folder(operand) {
        Some(folder) => folder,
        None => process.path(operand),
    };
    // ./a and a/. are the same folder
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Compiles what is not in the build cache, and fills it.
pub fn compile_all(machine: &mut Machine, process: &Process, build: &Build) -> Result<cost::Linked, i32> {
    estimated(machine);
    let setup = &build.setup;
    let providers: Vec<&Module> = build.foreign.iter().filter_map(|import| build.main.provider(import)).collect();
    let imports = source::imports_of(build.own.values());
    let standard: Vec<&str> = imports.iter().map(String::as_str).filter(|import| source::is_standard(import)).collect();
    let linked = cost::linked(&standard, &providers, setup.minor);
    let cgo_code = linked.needs_c || build.foreign.contains("C");
    if setup.cgo
        && (linked.has_net || cgo_code)
        && !has_compiler(machine, process)
        && (setup.minor >= COMPILES_ALL || cgo_code)
    {
        process.err(
            machine,
            "# runtime/cgo\ncgo: C compiler \"gcc\" not found: exec: \"gcc\": executable file not found in $PATH\n",
        );
        return Err(1);
    }
    if let Some(other) = cost::stands_for(setup.minor) {
        let (version, counted_as) = (format!("1.{}", setup.minor), format!("1.{other}"));
        machine.meter.note(Basis::Estimated, Note::OtherVersion { tool: "Go", version, counted_as });
    }
    let kind = format!("{}/{}/{}/{}", setup.version, setup.target(), setup.cgo, build.options.has('r'));
    let native = setup.target() == "linux-amd64" && !build.options.has('r');
    let mut units = cost::standard_units(&linked, setup, native);
    for module in providers {
        units.push(cost::module_unit(module));
    }
    for (import, package) in &build.own {
        units.push(cost::own_unit(import, package));
    }
    let mut spent = 0u64;
    for unit in units {
        let hash = super::hash(&format!("{kind}/{}", unit.id));
        let folder = hash.get(..2).unwrap_or("00");
        let path = join(&setup.cache, &format!("{folder}/{hash}-d"));
        if machine.fs.stat(&path, false, &process.cred).is_ok() {
            continue;
        }
        spent = spent.saturating_add(unit.cpu_ms);
        let put = place_as(machine, &path, &format!("go/cache/{hash}"), unit.bytes, 0o644, &process.cred);
        put.map_err(|errno| failed(machine, process, errno))?;
    }
    compile(machine, spent);
    Ok(linked)
}

/// The last step of go build and go install: the programs of the main packages.
pub fn build(machine: &mut Machine, process: &Process, arguments: &[String], install: bool) -> i32 {
    let build = match load(machine, process, arguments) {
        Ok(build) => build,
        Err(status) => return status,
    };
    let output = build.options.value('o').map(str::to_string);
    let is_folder = output.as_deref().is_some_and(|output| {
        output.ends_with('/') || super::super::node::is_dir(machine.fs, &process.path(output), &process.cred)
    });
    if build.named.len() > 1 && output.is_some() && !is_folder {
        let output = output.unwrap_or_default();
        process.err(machine, &format!("go: cannot write multiple packages to non-directory {output}\n"));
        return 1;
    }
    if let Err(status) = compile_all(machine, process, &build) {
        return status;
    }
    // Several packages, or none that is a program: only compiled.
    let discards = !install && output.is_none() && build.named.len() != 1;
    let file = build.options.operands.iter().find(|operand| operand.ends_with(".go"));
    for package in build.named.iter().filter(|package| package.name == "main" && !discards) {
        let own = match file {
            Some(file) => last_part(file).trim_end_matches(".go").to_string(),
            None => program_name(&build.main.import(&package.folder)),
        };
        let own = if build.setup.os == "windows" { format!("{own}.exe") } else { own };
        let path = match (&output, install) {
            (Some(output), _) if is_folder => join(&process.path(output), &own),
            (Some(output), _) => process.path(output),
            (None, true) => join(&build.setup.bin, &own),
            (None, false) => process.path(&own),
        };
        if path == "/dev/null" {
            continue;
        }
        if let Err(status) = link(machine, process, &build, package, &path) {
            return status;
        }
    }
    0
}

/// The name of a program: the last part of its import path that is not a major version.
pub fn program_name(import: &str) -> String {
    let is_version =
        |part: &str| part.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let mut parts = import.rsplit('/');
    let last = parts.next().unwrap_or("main");
    let name = if is_version(last) { parts.next().unwrap_or(last) } else { last };
    if name.is_empty() { "main".to_string() } else { name.to_string() }
}

fn link(machine: &mut Machine, process: &Process, build: &Build, package: &Package, path: &str) -> Result<(), i32> {
    // what this program takes in, and not its neighbours
    let mut own: BTreeMap<&str, &Package> = BTreeMap::new();
    let mut waiting = vec![package];
    while let Some(package) = waiting.pop() {
        for (import, other) in package.imports.keys().filter_map(|import| build.own.get_key_value(import)) {
            if own.insert(import.as_str(), other).is_none() {
                waiting.push(other);
            }
        }
    }
    let packages: Vec<&Package> = own.values().copied().chain([package]).collect();
    let imports = source::imports_of(packages.iter().copied());
    let standard: Vec<&str> = imports.iter().map(String::as_str).filter(|import| source::is_standard(import)).collect();
    let foreign: Vec<&Module> = imports.iter().filter_map(|import| build.main.provider(import)).collect();
    let linked = cost::linked(&standard, &foreign, build.setup.minor);
    let bytes = packages.iter().map(|package| package.bytes).sum::<u64>();
    let setup = &build.setup;
    let ldflags: Vec<&str> = build.options.values('l').collect();
    let stripped = ldflags.iter().any(|flags| flags.split_whitespace().any(|flag| flag == "-s" || flag == "-s=true"));
    let without_dwarf = ldflags.iter().any(|flags| flags.split_whitespace().any(|flag| flag == "-w"));
    let uses_c = setup.cgo && (linked.has_net && !pure(&build.options) || linked.needs_c || imports.contains("C"));
    let library = match uses_c && !ldflags.iter().any(|flags| flags.contains("-static")) {
        true => compiled::library_of(machine.fs),
        false => Library::Static,
    };
    let size = cost::program_bytes(&linked, bytes, uses_c, stripped, without_dwarf);
    let parts: String = packages.iter().map(|package| package.digest.as_str()).collect();
    let id = super::hash(&format!("{parts}{ldflags:?}{linked:?}{}{}", setup.version, build.options.has('T')));
    let content = compiled::program(&setup.target(), library, &format!("go/{id}"), size);
    compile(machine, LINK_MS.saturating_add(size / 1_000_000 * LINK_MB_MS));
    if let Some((parent, _)) = path.rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
        let made = machine.fs.mkdir_all(parent, process.mode(0o777), &process.cred);
        made.map_err(|errno| failed(machine, process, errno))?;
    }
    machine.charge_write(size);
    let _ = machine.fs.remove_file(path, &process.cred);
    let put = machine.fs.write(path, content, process.mode(0o777), &process.cred);
    put.map_err(|errno| {
        process.err(machine, &format!("go: open {path}: {}\n", errno.to_string().to_lowercase()));
        1
    })
}

/// Whether the tags ask for Go's own resolver and user lookup.
fn pure(options: &Options) -> bool {
    let has = |tag: &str| options.values('t').any(|tags| tags.split([',', ' ']).any(|other| other == tag));
    has("netgo")
}

/// `go test`: compiles, and says that tests pass, which nobody knows.
pub fn test(machine: &mut Machine, process: &Process, arguments: &[String]) -> i32 {
    let build = match load(machine, process, arguments).and_then(|build| {
        compile_all(machine, process, &build)?;
        Ok(build)
    }) {
        Ok(build) => build,
        Err(status) => return status,
    };
    let mut ran = false;
    for package in &build.named {
        let import = build.main.import(&package.folder);
        if package.tests {
            ran = true;
            compile(machine, LINK_MS * 3);
            process.out(machine, &format!("ok  \t{import}\t0.005s\n"));
        } else {
            process.out(machine, &format!("?   \t{import}\t[no test files]\n"));
        }
    }
    if ran {
        not_modelled(machine, process, "test: whether the tests pass");
    }
    0
}
