//! go.mod, go.sum and vendor/modules.txt.

use crate::process::{Machine, Process};

use super::super::input::join;

/// A module and the version that go.mod asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    pub path: String,
    pub version: String,
    /// A folder that stands in its place, by a `replace`.
    pub local: Option<String>,
}

/// The module that the working directory is in.
#[derive(Clone, Debug, Default)]
pub struct MainModule {
    /// The folder of go.mod.
    pub root: String,
    pub path: String,
    pub requires: Vec<Module>,
    /// The modules that go.sum has a hash of, as `path version`; `None` where nobody knows its bytes.
    pub sums: Option<Vec<String>>,
}

/// The nearest go.mod at or above the working directory.
pub fn find(machine: &mut Machine, process: &Process) -> Option<MainModule> {
    let mut folder = process.cwd.as_str();
    let root = loop {
        let file = join(folder, "go.mod");
        if machine.fs.stat(&file, true, &process.cred).is_ok_and(|stat| stat.is_file()) {
            break folder.to_string();
        }
        let (above, _) = folder.trim_end_matches('/').rsplit_once('/')?;
        folder = if above.is_empty() { "/" } else { above };
        if folder == "/" && process.cwd == "/" {
            return None;
        }
    };
    let text = text(machine, process, &join(&root, "go.mod")).unwrap_or_default();
    let mut module = parse(&text);
    module.root = root;
    let sums = join(&module.root, "go.sum");
    module.sums = match machine.fs.stat(&sums, true, &process.cred) {
        Ok(_) => text_if_known(machine, process, &sums).map(|text| summed(&text)),
        Err(_) => Some(Vec::new()),
    };
    Some(module)
}

fn text(machine: &mut Machine, process: &Process, path: &str) -> Option<String> {
    let content = machine.fs.read(path, &process.cred).ok()?;
    Some(crate::process::text_of(machine, &content))
}

fn text_if_known(machine: &mut Machine, process: &Process, path: &str) -> Option<String> {
    let content = machine.fs.read(path, &process.cred).ok()?;
    content.is_known().then(|| crate::process::text_of(machine, &content))
}

fn summed(text: &str) -> Vec<String> {
    let entry = |line: &str| {
        let mut words = line.split_whitespace();
        let (path, version) = (words.next()?, words.next()?);
        Some(format!("{path} {version}"))
    };
    text.lines().filter_map(entry).collect()
}

/// Reads go.mod: its directives one in a line or in blocks.
pub fn parse(text: &str) -> MainModule {
    let mut module = MainModule::default();
    let mut block = String::new();
    let mut replaced = Vec::new();
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default().trim();
        if block.is_empty()
            && let Some(name) = line.strip_suffix('(')
        {
            block = name.trim().to_string();
            continue;
        }
        if line == ")" {
            block.clear();
            continue;
        }
        let mut words = line.split_whitespace().map(|word| word.trim_matches('"'));
        let directive = if block.is_empty() { words.next().unwrap_or_default() } else { block.as_str() };
        let words: Vec<&str> = words.collect();
        match (directive, words.as_slice()) {
            ("module", [path, ..]) => module.path = (*path).to_string(),
            ("require", [path, version, ..]) => {
                let (path, version) = ((*path).to_string(), (*version).to_string());
                module.requires.push(Module { path, version, local: None });
            }
            ("replace", words) => {
                let at = words.iter().position(|word| *word == "=>").unwrap_or(words.len());
                if let (Some(from), Some(to)) = (words.first(), words.get(at + 1)) {
                    replaced.push((
                        (*from).to_string(),
                        (*to).to_string(),
                        words.get(at + 2).map(|v| (*v).to_string()),
                    ));
                }
            }
            _ => {}
        }
    }
    for (from, to, version) in replaced {
        for required in module.requires.iter_mut().filter(|required| required.path == from) {
            match &version {
                Some(version) => *required = Module { path: to.clone(), version: version.clone(), local: None },
                None => required.local = Some(to.clone()),
            }
        }
    }
    module
}

impl MainModule {
    /// The required module that has a package: the one with the longest path that begins the import.
    pub fn provider(&self, import: &str) -> Option<&Module> {
        let holds = |module: &&Module| {
            import.strip_prefix(module.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.requires.iter().filter(holds).max_by_key(|module| module.path.len())
    }

    /// Whether go.sum vouches for a module's files.
    pub fn has_sum(&self, module: &Module) -> bool {
        let entry = format!("{} {}", module.path, module.version);
        module.local.is_some() || self.sums.as_ref().is_none_or(|sums| sums.contains(&entry))
    }

    /// The folder of a package of this module.
    pub fn folder(&self, import: &str) -> Option<String> {
        let rest = import.strip_prefix(self.path.as_str()).filter(|_| !self.path.is_empty())?;
        match rest.strip_prefix('/') {
            Some(rest) => Some(join(&self.root, rest)),
            None => rest.is_empty().then(|| self.root.clone()),
        }
    }

    /// The import path of a folder of this module.
    pub fn import(&self, folder: &str) -> String {
        let rest = folder.strip_prefix(self.root.as_str()).unwrap_or_default().trim_matches('/');
        if rest.is_empty() { self.path.clone() } else { format!("{}/{rest}", self.path) }
    }
}

/// The modules that vendor/modules.txt lists, as `path@version`; `None` where there is no such file.
pub fn vendored(machine: &mut Machine, process: &Process, root: &str) -> Option<Vec<String>> {
    let text = text(machine, process, &join(root, "vendor/modules.txt"))?;
    let modules = text.lines().filter_map(|line| line.strip_prefix("# ")).map(|line| line.replace(' ', "@"));
    Some(modules.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_stand_alone_or_in_blocks() {
        let module = parse(
            "module example.com/app // mine\n\ngo 1.22\n\nrequire github.com/a/b v1.2.3\nrequire (\n\tgithub.com/c/d v0.1.0 // indirect\n\tgithub.com/e/f/v2 v2.0.0\n)\nreplace github.com/c/d => ../d\nreplace github.com/a/b v1.2.3 => github.com/z/b v1.9.0\n",
        );
        let found: Vec<String> = module
            .requires
            .iter()
            .map(|module| format!("{} {} {}", module.path, module.version, module.local.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(module.path, "example.com/app");
        assert_eq!(found, ["github.com/z/b v1.9.0 -", "github.com/c/d v0.1.0 ../d", "github.com/e/f/v2 v2.0.0 -"]);
        assert_eq!(module.provider("github.com/e/f/v2/x").unwrap().version, "v2.0.0");
        assert!(module.provider("github.com/e/f").is_none());
    }
}
