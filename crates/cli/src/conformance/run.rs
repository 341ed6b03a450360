//! Running a case.

use std::collections::BTreeMap;
use std::fs;

use report::{CacheStore, Catalog, Context, ContextKind, Edit, ImageStore, Inputs, Options, Profile, Report, analyze};

use super::case::{BuildSpec, Case, TIME, file_of_text};
use super::compare::{Comparison, compare};
use super::facts::{BuildFacts, parse_recorded};
use crate::arguments::{Argument, Arguments, BuildFlags, SecretSource};

/// One day: how much newer each build's edits are.
const DAY: i64 = 86_400;

/// How one measure of one build compares.
pub struct MeasureResult {
    pub case: String,
    pub area: String,
    /// The build, from 0.
    pub build: usize,
    pub measure: &'static str,
    /// What was recorded and what came out, where they differ.
    pub disagreement: Option<Comparison>,
}

/// Runs a case's builds on one cache and compares each with what was recorded.
pub fn run_case(case: &Case, catalog: &Catalog) -> Result<Vec<MeasureResult>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("case {}: {error}", case.name);
    let text =
        fs::read_to_string(&case.recorded).map_err(|error| failed(&format!("{}: {error}", case.recorded.display())))?;
    let recorded = parse_recorded(&text).map_err(|error| failed(&error))?;
    if recorded.len() != case.builds.len() {
        return Err(failed(&format!("{} builds, but {} were recorded", case.builds.len(), recorded.len())));
    }
    let mut results = Vec::new();
    for (number, (report, expected)) in builds(case, catalog)?.iter().zip(&recorded).enumerate() {
        let actual = BuildFacts::of_report(report);
        let mut compared = compare(expected, &actual);
        // containerd's store shows what an image takes compressed, which nobody can work out
        compared.retain(|(measure, _)| case.store == ImageStore::Overlay2 || *measure != "size");
        results.extend(compared.into_iter().map(|(measure, disagreement)| MeasureResult {
            case: case.name.clone(),
            area: case.area.clone(),
            build: number,
            measure,
            disagreement,
        }));
    }
    Ok(results)
}

/// Runs a case's builds, one after another, on one cache.
pub fn builds(case: &Case, catalog: &Catalog) -> Result<Vec<Report>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("case {}: {error}", case.name);
    let mut folder = Folder::default();
    folder.context.insert("Dockerfile", file_of_text(&case.dockerfile)).map_err(|error| failed(&error))?;
    for (path, entry) in &case.context {
        folder.context.insert(path, entry.clone()).map_err(|error| failed(&error))?;
    }
    let mut cache = CacheStore::default();
    let mut reports = Vec::new();
    for (number, spec) in case.builds.iter().enumerate() {
        let days = i64::try_from(number).unwrap_or_default();
        folder.edit(spec, TIME + DAY * days).map_err(|error| failed(&error))?;
        let options = options(&spec.args, &case.name, &folder.context).map_err(|error| failed(&error))?;
        let options = Options { store: case.store, ..options };
        let (report, next) = analyze(&Inputs {
            context: &folder.context,
            options: &options,
            catalog,
            profile: &Profile::default(),
            cache: &cache,
        });
        cache = next;
        reports.push(report);
    }
    Ok(reports)
}

/// The context's folder as the recorder keeps it: what was edited is newer, all else is of one age.
#[derive(Default)]
struct Folder {
    context: Context,
    ages: BTreeMap<String, i64>,
}

impl Folder {
    fn edit(&mut self, spec: &BuildSpec, now: i64) -> Result<(), String> {
        let mut apply = |edit: Edit| self.context.apply(&edit, now).map_err(|error| error.to_string());
        let newer = spec.write.iter().map(|(path, _)| path).chain(&spec.touch);
        let mut aged: Vec<&str> = newer.map(String::as_str).collect();
        let mut put = |path: &str, entry: &report::ContextEntry| {
            apply(Edit::Write { path: path.to_owned(), kind: entry.kind.clone(), mode: Some(entry.mode) })
        };
        if let Some(text) = &spec.dockerfile {
            aged.push("Dockerfile");
            put("Dockerfile", &file_of_text(text))?;
        }
        for (path, entry) in &spec.write {
            put(path, entry)?;
        }
        for path in &spec.remove {
            apply(Edit::Remove { path: path.clone() })?;
        }
        for (path, mode) in &spec.chmod {
            apply(Edit::Chmod { path: path.clone(), mode: *mode })?;
        }
        for (from, to) in &spec.rename {
            self.rename(from, to, now)?;
        }
        self.ages.extend(aged.into_iter().map(|path| (path.to_owned(), now)));
        self.settle()
    }

    /// As rename(2): a file in the way is replaced.
    fn rename(&mut self, from: &str, to: &str, now: i64) -> Result<(), String> {
        let mut apply = |edit: Edit| self.context.apply(&edit, now).map_err(|error| error.to_string());
        let (from, to) = (from.to_owned(), to.to_owned());
        if apply(Edit::Rename { from: from.clone(), to: to.clone() }).is_ok() {
            return Ok(());
        }
        apply(Edit::Remove { path: to.clone() })?;
        apply(Edit::Rename { from, to })
    }

    fn settle(&mut self) -> Result<(), String> {
        let mut settled = Context::default();
        for (path, entry) in self.context.entries() {
            let mut entry = entry.clone();
            entry.mtime = self.ages.get(path).copied().unwrap_or(TIME);
            settled.insert(path, entry).map_err(|error| error.to_string())?;
        }
        self.context = settled;
        Ok(())
    }
}

/// The options that `build.args` stand for. `/work/NAME` in them is the context's folder.
fn options(args: &[String], name: &str, context: &Context) -> Result<Options, String> {
    let mut arguments = Arguments::new(args);
    let mut flags = BuildFlags::default();
    while let Some(argument) = arguments.next() {
        let known = match argument {
            Argument::Flag(flag, given) => flags.take(flag, given, &mut arguments)?,
            Argument::Value(_) => false,
        };
        if !known {
            return Err(format!("args: {args:?} are not understood"));
        }
    }
    let mut options = flags.options;
    // Every case is recorded with `--network none`.
    options.network_none = true;
    let folder = format!("/work/{name}/");
    let inside = |path: &str| path.strip_prefix(&folder).unwrap_or(path).to_owned();
    if let Some(file) = flags.file {
        options.file = inside(&file);
    }
    for (id, source) in flags.secrets {
        let value = match source {
            SecretSource::File(path) => match context.get(&inside(&path)).map(|entry| &entry.kind) {
                Some(ContextKind::File(_)) => context.text(&inside(&path)).unwrap_or_default(),
                _ => return Err(format!("secret {id}: there is no file {path}")),
            },
            // The recorder's environment holds no secrets.
            SecretSource::Variable(_) => String::new(),
        };
        options.secrets.push((id, value));
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> Folder {
        let mut folder = Folder::default();
        for path in ["Dockerfile", "a", "d/b"] {
            folder.context.insert(path, file_of_text(path)).unwrap();
        }
        folder
    }

    #[test]
    fn only_what_an_edit_wrote_is_newer() {
        let mut folder = folder();
        let spec = BuildSpec {
            write: vec![("a".to_owned(), file_of_text("new"))],
            rename: vec![("d/b".to_owned(), "d/c".to_owned())],
            touch: vec!["Dockerfile".to_owned()],
            ..BuildSpec::default()
        };
        folder.edit(&spec, TIME + DAY).unwrap();
        let ages: Vec<_> = folder.context.entries().map(|(path, entry)| (path, entry.mtime - TIME)).collect();
        assert_eq!(ages, [("Dockerfile", DAY), ("a", DAY), ("d", 0), ("d/c", 0)]);
        assert_eq!(folder.context.text("d/c").unwrap(), "d/b");
    }

    #[test]
    fn paths_in_arguments_are_those_of_the_context() {
        let args = ["-f", "/work/case/d/b", "--secret", "id=s,src=/work/case/a", "--build-arg", "V=1"];
        let args: Vec<String> = args.map(str::to_owned).to_vec();
        let options = options(&args, "case", &folder().context).unwrap();
        assert_eq!(options.file, "d/b");
        assert_eq!(options.secrets, [("s".to_owned(), "a".to_owned())]);
        assert_eq!(options.build_args, [("V".to_owned(), Some("1".to_owned()))]);
        assert!(super::options(&["--unknown".to_owned()], "case", &Context::default()).is_err());
    }
}
