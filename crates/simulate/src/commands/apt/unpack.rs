//! What a package puts into the file system, and how it is taken out again.

use filesystem::{Content, Cred, Errno};

use super::super::estimate::place;
use super::table::Package;
use crate::process::Machine;

/// Where dpkg keeps its notes of packages.
pub const INFO: &str = "/var/lib/dpkg/info";
/// How much of a list of files is looked at.
const LIST_LIMIT: usize = 1 << 20;

/// A package that is to be unpacked.
#[derive(Clone, Debug)]
pub struct Unpacked {
    pub name: String,
    /// What its files weigh without documentation.
    pub bytes: u64,
    /// Documentation, manuals, translations; 0 where the image leaves them out.
    pub documentation: u64,
    /// dpkg's own notes.
    pub notes: u64,
    /// What Python compiles of it.
    pub compiled: u64,
    pub files: u64,
    pub programs: Vec<String>,
}

impl Unpacked {
    /// A package of the data.
    pub fn of(package: &Package, slim: bool) -> Unpacked {
        Unpacked {
            name: package.name.to_string(),
            bytes: package.bytes(true),
            documentation: if slim { 0 } else { package.left_out() },
            notes: package.notes_kib * 1024,
            compiled: package.compiled_kib * 1024,
            files: package.files,
            programs: package.program_paths().collect(),
        }
    }

    /// What all of it weighs.
    pub fn total(&self) -> u64 {
        self.bytes + self.documentation + self.notes + self.compiled
    }
}

/// Unpacks and configures a package: its programs, what stands for its other files, documentation, dpkg's notes.
pub fn unpack(machine: &mut Machine, package: &Unpacked) -> Result<(), Errno> {
    let name = &package.name;
    let mut paths = Vec::new();
    let mut put = |machine: &mut Machine, path: String, id: &str, size: u64, mode: u32| {
        place(machine, &path, &format!("apt/{name}/{id}"), size, mode)?;
        paths.push(path);
        Ok::<(), Errno>(())
    };
    // most of a package with programs is the programs
    let copyright = package.bytes.min(2_000);
    let mut left = package.bytes - copyright;
    let each = left * 6 / 10 / (package.programs.len() as u64).max(1);
    for path in &package.programs {
        put(machine, path.clone(), path.rsplit('/').next().unwrap_or(path), each, 0o755)?;
        left -= each;
    }
    put(machine, bulk(name, !package.programs.is_empty()), "files", left, 0o644)?;
    put(machine, format!("/usr/share/doc/{name}/copyright"), "copyright", copyright, 0o644)?;
    if package.documentation > 0 {
        let manuals = if package.programs.is_empty() { 0 } else { package.documentation / 3 };
        put(machine, format!("/usr/share/doc/{name}/other-files"), "doc", package.documentation - manuals, 0o644)?;
        if manuals > 0 {
            put(machine, format!("/usr/share/man/man1/{name}.1.gz"), "man", manuals, 0o644)?;
        }
    }
    if package.compiled > 0 {
        let folder = if name.contains("python3.") { "/usr/lib/python3.11" } else { "/usr/lib/python3/dist-packages" };
        let path = format!("{folder}/__pycache__/{name}.cpython-311.pyc");
        place(machine, &path, &format!("apt/{name}/compiled"), package.compiled, 0o644)?;
    }
    let list: String = paths.iter().map(|path| format!("{path}\n")).collect();
    let rest = package.notes.saturating_sub(list.len() as u64);
    machine.fs.mkdir_all(INFO, 0o755, &Cred::root())?;
    machine.fs.write(&format!("{INFO}/{name}.list"), Content::text(&list), 0o644, &Cred::root())?;
    place(machine, &format!("{INFO}/{name}.md5sums"), &format!("apt/{name}/md5sums"), rest, 0o644)
}

/// The file that stands for the other files of a package.
fn bulk(name: &str, has_programs: bool) -> String {
    let lib = "/usr/lib/x86_64-linux-gnu";
    if name.ends_with("-dev") {
        format!("/usr/include/{name}/other-files")
    } else if name.contains("python3.") {
        format!("/usr/lib/python3.11/{name}/other-files")
    } else if let Some(module) = name.strip_prefix("python3-") {
        format!("/usr/lib/python3/dist-packages/{module}/__init__.py")
    } else if let Some(module) = name.strip_prefix("node-") {
        format!("/usr/share/nodejs/{module}/index.js")
    } else if let Some(font) = name.strip_prefix("fonts-") {
        format!("/usr/share/fonts/truetype/{font}/{font}.ttf")
    } else if name.starts_with("openjdk-17") {
        format!("/usr/lib/jvm/java-17-openjdk-amd64/{name}/other-files")
    } else if name.ends_with("-perl") || name.starts_with("perl-modules") {
        format!("/usr/share/perl5/{name}/other-files")
    } else if name.starts_with("lib") && !has_programs {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = name.get(stem.len()..).unwrap_or_default();
        let stem = stem.trim_end_matches('-');
        if number.is_empty() { format!("{lib}/{stem}.so") } else { format!("{lib}/{stem}.so.{number}") }
    } else if has_programs {
        format!("/usr/lib/{name}/other-files")
    } else {
        format!("/usr/share/{name}/other-files")
    }
}

/// The files that dpkg has noted for a package.
pub fn files_of(machine: &Machine, name: &str) -> Vec<String> {
    let content = machine.fs.read(&format!("{INFO}/{name}.list"), &Cred::root()).unwrap_or_default();
    let bytes = content.bytes(LIST_LIMIT).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().filter(|line| line.starts_with('/')).map(str::to_string).collect()
}

/// Takes a package's files out again, and the directories that are empty then.
pub fn take_out(machine: &mut Machine, name: &str, purge: bool) {
    let root = Cred::root();
    let mut files = files_of(machine, name);
    for folder in ["/usr/lib/python3.11", "/usr/lib/python3/dist-packages"] {
        files.push(format!("{folder}/__pycache__/{name}.cpython-311.pyc"));
    }
    if purge {
        files.extend(super::scripts::made_by(name).map(str::to_string));
    }
    for path in files {
        if machine.fs.remove_file(&path, &root).is_err() {
            continue;
        }
        let mut path = path.as_str();
        while let Some((parent, _)) = path.rsplit_once('/') {
            // the directories of the smallest system stay
            if parent.matches('/').count() < 3 || machine.fs.remove_dir(parent, &root).is_err() {
                break;
            }
            path = parent;
        }
    }
    for end in ["list", "md5sums"] {
        let _ = machine.fs.remove_file(&format!("{INFO}/{name}.{end}"), &root);
    }
}
