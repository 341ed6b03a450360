//! tsc: one JavaScript file for each TypeScript file, where tsconfig.json says.

use filesystem::Kind;

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, failed, place_as};
use super::super::json::Json;
use super::super::pace::{compile, known_text};
use super::super::words::Words;

/// Of a TypeScript file this many hundredths are left when the types are gone.
const WITHOUT_TYPES: u64 = 75;
/// A declaration file and a source map, in hundredths of the TypeScript file.
const DECLARATION: u64 = 25;
const MAP: u64 = 60;

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// JSON with comments and commas behind the last member, as tsconfig.json may have.
fn relaxed(text: &str) -> Option<Json> {
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    let mut in_text = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                in_text = !in_text;
                plain.push(letter);
            }
            '\\' if in_text => {
                plain.push(letter);
                plain.extend(letters.next());
            }
            '/' if !in_text && letters.peek() == Some(&'/') => while letters.next_if(|c| *c != '\n').is_some() {},
            '/' if !in_text && letters.peek() == Some(&'*') => {
                let mut last = ' ';
                for letter in letters.by_ref() {
                    if last == '*' && letter == '/' {
                        break;
                    }
                    last = letter;
                }
            }
            '}' | ']' if !in_text => {
                let kept = plain.trim_end().trim_end_matches(',').len();
                plain.truncate(kept);
                plain.push(letter);
            }
            letter => plain.push(letter),
        }
    }
    Json::parse(&plain)
}

/// The settings of a project, those that it extends below them.
fn settings(machine: &Machine, process: &Process, path: &str, depth: u32) -> Option<Json> {
    let mut json = relaxed(&known_text(machine, process, path)?)?;
    let base =
        json.get("extends").and_then(Json::text).filter(|base| base.starts_with('.') && depth < 8).map(str::to_string);
    if let Some(base) = base {
        let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder);
        let base = if base.ends_with(".json") { base } else { format!("{base}.json") };
        if let Some(base) = settings(machine, process, &format!("{folder}/{base}"), depth + 1) {
            let mut options = base.get("compilerOptions").cloned().unwrap_or(Json::Object(Vec::new()));
            for (key, value) in json.get("compilerOptions").map_or(&[][..], Json::entries) {
                options.set(key, value.clone());
            }
            json.set("compilerOptions", options);
        }
    }
    Some(json)
}

/// tsc, and what calls it: `nest build`.
pub fn tsc(machine: &mut Machine, process: &Process) -> i32 {
    let words = Words::read(
        process.operands(),
        &["-p", "--project", "--outDir", "--rootDir", "--target", "-t", "--module", "-m"],
    );
    if words.has(&["--version", "-v"]) {
        process.out(machine, "Version 5.9.3\n");
        return 0;
    }
    let project = words.value(&["-p", "--project"]).map(str::to_string);
    let project = project.or_else(|| words.operands.first().filter(|_| words.has(&["-b", "--build"])).cloned());
    let mut path = project.unwrap_or_else(|| "tsconfig.json".to_string());
    if !path.ends_with(".json") {
        path = format!("{}/tsconfig.json", path.trim_end_matches('/'));
    }
    let Some(settings) = settings(machine, process, &path, 0) else {
        if machine.fs.stat(&process.path(&path), true, &process.cred).is_ok() {
            super::super::input::not_modelled(machine, process, &path);
            return 0;
        }
        let files_given = !words.operands.is_empty();
        if words.has(&["-p", "--project"]) {
            process.out(machine, &format!("error TS5058: The specified path does not exist: '{path}'.\n"));
        } else if !files_given {
            process.out(machine, "Version 5.9.3\ntsc: The TypeScript Compiler - Version 5.9.3\n");
        }
        return if files_given { emit(machine, process, &Json::Object(Vec::new()), &words, ".") } else { 1 };
    };
    let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_string();
    emit(machine, process, &settings, &words, &folder)
}

fn emit(machine: &mut Machine, process: &Process, settings: &Json, words: &Words, folder: &str) -> i32 {
    estimated(machine);
    let option = |key: &str| settings.get("compilerOptions").and_then(|options| options.get(key));
    let text = |key: &str| {
        option(key).and_then(Json::text).map(|text| text.trim_start_matches("./").trim_end_matches('/').to_string())
    };
    let out = words.value(&["--outDir"]).map(str::to_string).or_else(|| text("outDir"));
    let files = inputs(machine, process, settings, words, folder, out.as_deref().unwrap_or_default());
    let code: u64 = files.iter().map(|(_, size, _)| size).sum();
    compile(machine, 1_500 + code / 2_000);
    let references = settings.get("references").is_some() && words.has(&["-b", "--build"]);
    if files.is_empty() && !references {
        process.out(machine, "error TS18003: No inputs were found in config file 'tsconfig.json'. Specified 'include' paths were '[\"**/*\"]' and 'exclude' paths were '[]'.\n");
        return 2;
    }
    let is_set = |key: &str| option(key).is_some_and(Json::is_true);
    if words.has(&["--noEmit"]) || is_set("noEmit") || is_set("emitDeclarationOnly") {
        return 0;
    }
    let root =
        words.value(&["--rootDir"]).map(str::to_string).or_else(|| text("rootDir")).unwrap_or_else(|| common(&files));
    for (file, size, digest) in &files {
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        let inner = stem.strip_prefix(root.as_str()).unwrap_or(stem).trim_start_matches('/');
        let base = match &out {
            Some(out) => format!("{folder}/{out}/{inner}"),
            None => format!("{folder}/{stem}"),
        };
        let mut made = vec![("js", WITHOUT_TYPES)];
        if is_set("declaration") {
            made.push(("d.ts", DECLARATION));
        }
        if is_set("sourceMap") {
            made.push(("js.map", MAP));
        }
        for (ending, part) in made {
            let path = process.path(&format!("{base}.{ending}"));
            let id = format!("tsc/{digest}/{ending}");
            if let Err(errno) =
                place_as(machine, &path, &id, (size * part / 100).max(14), process.mode(0o666), &process.cred)
            {
                return failed(machine, process, errno);
            }
        }
    }
    0
}

/// The TypeScript files of a project, with their sizes and digests.
fn inputs(
    machine: &mut Machine,
    process: &Process,
    settings: &Json,
    words: &Words,
    folder: &str,
    out: &str,
) -> Vec<(String, u64, String)> {
    let plain = |pattern: &str| {
        pattern.trim_start_matches("./").split('*').next().unwrap_or_default().trim_end_matches('/').to_string()
    };
    let list = |key: &str| -> Vec<String> {
        settings.get(key).map(|list| list.texts().map(plain).collect()).unwrap_or_default()
    };
    let mut include = list("include");
    include.extend(list("files"));
    if !words.has(&["-b", "--build", "-p", "--project"]) {
        include.extend(words.operands.iter().map(|path| plain(path)));
    }
    let excluded: Vec<String> = list("exclude").into_iter().filter(|path| !path.is_empty()).collect();
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    let base = process.path(folder);
    let mut steps = 0;
    while let Some(folder) = folders.pop() {
        for name in machine.fs.read_dir(&format!("{base}/{folder}"), &process.cred).unwrap_or_default() {
            steps += 1;
            if steps > super::super::input::WALK_LIMIT {
                machine.limit("walked-files");
                break;
            }
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let Ok(stat) = machine.fs.stat(&format!("{base}/{path}"), false, &process.cred) else { continue };
            match stat.kind {
                Kind::Dir if name != "node_modules" && !name.starts_with('.') && path != out => folders.push(path),
                Kind::File(content) => {
                    let is_code = (name.ends_with(".ts") || name.ends_with(".tsx")) && !name.ends_with(".d.ts");
                    let below =
                        |start: &String| path == *start || start.is_empty() || path.starts_with(&format!("{start}/"));
                    let wanted = include.is_empty() || include.iter().any(below);
                    if is_code && wanted && !excluded.iter().any(below) {
                        found.push((path, stat.size, hex(&content.digest())));
                    }
                }
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// The folder that all files are in.
fn common(files: &[(String, u64, String)]) -> String {
    let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
    let mut shared = files.first().map(|(path, ..)| folder(path)).unwrap_or_default();
    for (path, ..) in files {
        while !shared.is_empty() && !path.starts_with(&format!("{shared}/")) {
            shared = folder(&shared);
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_may_have_comments() {
        let json = relaxed("{ // one\n \"a\": \"//\", /* two */ \"b\": [1, 2,],\n}").unwrap();
        assert_eq!(json.get("a").and_then(Json::text), Some("//"));
        assert!(json.get("b").is_some());
    }

    #[test]
    fn the_common_folder_is_the_deepest_of_all() {
        let files =
            |paths: &[&str]| paths.iter().map(|path| ((*path).to_string(), 1, String::new())).collect::<Vec<_>>();
        assert_eq!(common(&files(&["src/a.ts", "src/b/c.ts"])), "src");
        assert_eq!(common(&files(&["src/a.ts", "test/c.ts"])), "");
    }
}
