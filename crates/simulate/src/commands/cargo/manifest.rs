//! Cargo.toml and Cargo.lock, as far as a build's outcome depends on them.

use crate::process::{Machine, Process};

use super::super::input::{join, last_part};

/// How many members of a workspace are read.
const MAX_MEMBERS: usize = 200;
/// What a dependency without a lock file is taken to bring, itself included.
const CLOSURE: usize = 8;

/// A package of the workspace.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub folder: String,
    pub name: String,
    /// Programs by name, with their source.
    pub programs: Vec<(String, String)>,
    pub has_library: bool,
    pub dependencies: Vec<String>,
    /// Whether build.rs is there.
    pub build_script: bool,
}

/// What `cargo` sees from the working directory.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    pub root: String,
    pub packages: Vec<Package>,
    /// Crates from elsewhere: name and version.
    pub crates: Vec<(String, String)>,
    pub has_lock: bool,
}

/// One `key = value` of a TOML file, below the headings that it stands under; arrays over lines are joined.
fn entries(text: &str) -> Vec<(String, String, String)> {
    let (mut found, mut section) = (Vec::new(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if line.starts_with('#') {
            continue;
        }
        if let Some(heading) = line.strip_prefix('[').filter(|_| !line.contains('=')) {
            section = heading.trim_end_matches(']').trim_matches('[').trim().to_string();
            found.push((section.clone(), String::new(), String::new()));
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let mut value = value.trim().to_string();
        while value.starts_with('[') && !value.ends_with(']') {
            let Some(more) = lines.next() else { break };
            value.push_str(more.split('#').next().unwrap_or_default().trim());
        }
        found.push((section.clone(), key.trim().trim_matches('"').to_string(), value));
    }
    found
}

fn unquoted(value: &str) -> String {
    value.trim().trim_matches(['"', '\'']).to_string()
}

fn list(value: &str) -> Vec<String> {
    value.trim_matches(['[', ']']).split(',').map(unquoted).filter(|item| !item.is_empty()).collect()
}

fn read(machine: &mut Machine, process: &Process, path: &str) -> Option<String> {
    let content = machine.fs.read(path, &process.cred).ok()?;
    Some(crate::process::text_of(machine, &content))
}

/// The workspace of the nearest Cargo.toml; an error is cargo's complaint.
pub fn find(machine: &mut Machine, process: &Process, manifest: Option<&str>) -> Result<Workspace, String> {
    let root = match manifest {
        Some(path) => {
            let path = process.path(path);
            path.rsplit_once('/').map_or_else(|| "/".to_string(), |(folder, _)| folder.to_string())
        }
        None => nearest(machine, process)
            .ok_or_else(|| format!("could not find `Cargo.toml` in `{}` or any parent directory", process.cwd))?,
    };
    let path = join(&root, "Cargo.toml");
    let text = read(machine, process, &path).ok_or_else(|| format!("manifest path `{path}` does not exist"))?;
    let mut workspace = Workspace { root: root.clone(), ..Workspace::default() };
    let mut folders = Vec::new();
    let all = entries(&text);
    for (section, key, value) in &all {
        if section == "workspace" && key == "members" {
            folders.extend(list(value));
        }
    }
    if all.iter().any(|(section, ..)| section == "package") {
        workspace.packages.push(package(machine, process, &root, &text)?);
    }
    for member in folders.into_iter().take(MAX_MEMBERS) {
        let members = match member.strip_suffix("/*") {
            Some(parent) => {
                let names = machine.fs.read_dir(&join(&root, parent), &process.cred).unwrap_or_default();
                names.iter().map(|name| format!("{parent}/{name}")).collect()
            }
            None => vec![member],
        };
        for member in members {
            let folder = join(&root, member.trim_start_matches("./"));
            let path = join(&folder, "Cargo.toml");
            let Some(text) = read(machine, process, &path) else {
                if machine.fs.stat(&folder, true, &process.cred).is_ok_and(|stat| !stat.is_dir()) {
                    continue;
                }
                return Err(format!(
                    "failed to load manifest for workspace member `{folder}`\nreferenced by workspace at `{root}/Cargo.toml`\n\nCaused by:\n  failed to read `{path}`\n\nCaused by:\n  No such file or directory (os error 2)"
                ));
            };
            workspace.packages.push(package(machine, process, &folder, &text)?);
        }
    }
    match read(machine, process, &join(&root, "Cargo.lock")) {
        Some(lock) => {
            workspace.has_lock = true;
            workspace.crates = locked(&lock);
        }
        None => {
            let own: Vec<&str> = workspace.packages.iter().map(|package| package.name.as_str()).collect();
            let mut direct: Vec<String> =
                workspace.packages.iter().flat_map(|package| package.dependencies.clone()).collect();
            direct.sort();
            direct.dedup();
            for name in direct.iter().filter(|name| !own.contains(&name.as_str())) {
                workspace.crates.push((name.clone(), "1.0.0".to_string()));
                let others = (1..CLOSURE).map(|at| (format!("{name}-needs-{at}"), "1.0.0".to_string()));
                workspace.crates.extend(others);
            }
        }
    }
    Ok(workspace)
}

fn nearest(machine: &Machine, process: &Process) -> Option<String> {
    let mut folder = process.cwd.as_str();
    loop {
        if machine.fs.stat(&join(folder, "Cargo.toml"), true, &process.cred).is_ok() {
            return Some(folder.to_string());
        }
        if folder == "/" {
            return None;
        }
        let (above, _) = folder.trim_end_matches('/').rsplit_once('/')?;
        folder = if above.is_empty() { "/" } else { above };
    }
}

fn package(machine: &mut Machine, process: &Process, folder: &str, text: &str) -> Result<Package, String> {
    let mut package = Package { folder: folder.to_string(), ..Package::default() };
    let mut named: Vec<(String, String)> = Vec::new();
    for (section, key, value) in entries(text) {
        let of_target = section.rsplit('.').next().unwrap_or_default();
        match (section.as_str(), key.as_str()) {
            ("package", "name") => package.name = unquoted(&value),
            ("bin", "") => named.push((String::new(), String::new())),
            ("bin", "name") => {
                if let Some(last) = named.last_mut() {
                    last.0 = unquoted(&value);
                }
            }
            ("bin", "path") => {
                if let Some(last) = named.last_mut() {
                    last.1 = unquoted(&value);
                }
            }
            ("lib", _) => package.has_library = true,
            _ if matches!(of_target, "dependencies" | "build-dependencies")
                && !key.is_empty()
                && !value.contains("path =")
                && !value.contains("path=") =>
            {
                package.dependencies.push(key.split('.').next().unwrap_or(&key).to_string());
            }
            (heading, "") => {
                if let Some((_, name)) = heading.rsplit_once("dependencies.") {
                    package.dependencies.push(name.to_string());
                }
            }
            _ => {}
        }
    }
    let has = |machine: &Machine, file: &str| machine.fs.stat(&join(folder, file), true, &process.cred).is_ok();
    package.has_library |= has(machine, "src/lib.rs");
    package.build_script = has(machine, "build.rs");
    if has(machine, "src/main.rs") && !named.iter().any(|(_, path)| path == "src/main.rs") {
        package.programs.push((package.name.clone(), "src/main.rs".to_string()));
    }
    for file in machine.fs.read_dir(&join(folder, "src/bin"), &process.cred).unwrap_or_default() {
        package.programs.push((file.trim_end_matches(".rs").to_string(), format!("src/bin/{file}")));
    }
    for (name, path) in named {
        let path = if path.is_empty() { format!("src/bin/{name}.rs") } else { path };
        if !package.programs.iter().any(|(other, _)| *other == name) {
            if !has(machine, &path) {
                let manifest = join(folder, "Cargo.toml");
                return Err(format!(
                    "failed to parse manifest at `{manifest}`\n\nCaused by:\n  can't find `{name}` bin at path `{}`",
                    join(folder, &path)
                ));
            }
            package.programs.push((name, path));
        }
    }
    if package.programs.is_empty() && !package.has_library {
        let manifest = join(folder, "Cargo.toml");
        return Err(format!(
            "failed to parse manifest at `{manifest}`\n\nCaused by:\n  no targets specified in the manifest\n  either src/lib.rs, src/main.rs, a [lib] section, or [[bin]] section must be present"
        ));
    }
    if package.name.is_empty() {
        package.name = last_part(folder).to_string();
    }
    Ok(package)
}

/// The crates of a lock file that come from elsewhere.
pub fn locked(text: &str) -> Vec<(String, String)> {
    let (mut crates, mut name, mut version) = (Vec::new(), String::new(), String::new());
    for (_, key, value) in entries(text) {
        match key.as_str() {
            "name" => name = unquoted(&value),
            "version" => version = unquoted(&value),
            "source" => crates.push((std::mem::take(&mut name), std::mem::take(&mut version))),
            _ => {}
        }
    }
    crates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_files_name_what_comes_from_elsewhere() {
        let lock = "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"serde\",\n]\n\n[[package]]\nname = \"serde\"\nversion = \"1.0.2\"\nsource = \"registry+x\"\nchecksum = \"aa\"\n";
        assert_eq!(locked(lock), [("serde".to_string(), "1.0.2".to_string())]);
    }
}
