//! npx and `npm exec`: a program of node_modules, or of a package that is fetched for it.

use crate::process::{Machine, Process};

use super::super::estimate::{estimated, unpack};
use super::super::words::Words;
use super::known::Table;
use super::manifest::name_and_range;
use super::place;
use super::tree;

pub fn npx(machine: &mut Machine, process: &mut Process) -> i32 {
    // options stand before the program's name; what follows is the program's own
    let mut own = Vec::new();
    let mut words = process.operands().iter();
    let mut rest: Vec<String> = Vec::new();
    while let Some(word) = words.next() {
        if matches!(word.as_str(), "-p" | "--package" | "-c" | "--call" | "--cache" | "--registry") {
            own.push(word.clone());
            own.extend(words.next().cloned());
        } else if word == "--" {
            rest.extend(words.by_ref().cloned());
        } else if word.starts_with('-') {
            own.push(word.clone());
        } else {
            rest.push(word.clone());
            rest.extend(words.by_ref().cloned());
        }
    }
    let options = Words::read(&own, &["-p", "--package", "-c", "--call", "--cache", "--registry"]);
    if options.has(&["-v", "--version"]) && rest.is_empty() {
        process.out(machine, &format!("{}\n", super::node::npm_version(machine, process)));
        return 0;
    }
    start(machine, process, &options, rest)
}

/// `npm exec NAME -- ARGUMENTS`, `pnpm dlx`, `yarn dlx`.
pub fn exec(machine: &mut Machine, process: &Process, words: &Words, names: &[String]) -> i32 {
    let arguments = names.iter().chain(&words.rest).cloned().collect();
    start(machine, process, words, arguments)
}

fn start(machine: &mut Machine, process: &Process, options: &Words, mut arguments: Vec<String>) -> i32 {
    let mut child = process.clone();
    let path = process.env.get("PATH").cloned().unwrap_or_default();
    child.env.insert("PATH".to_string(), format!("{}:{path}", process.path("node_modules/.bin")));
    if let Some(line) = options.value(&["-c", "--call"]) {
        child.args = vec!["sh".to_string(), "-c".to_string(), line.to_string()];
        return super::super::start::start_child(machine, process, child);
    }
    let Some(word) = arguments.first().cloned() else {
        process.err(machine, "npm error Must provide a command to run\n");
        return 1;
    };
    let (name, _) = name_and_range(&word);
    let program = name.rsplit('/').next().unwrap_or(name).to_string();
    let program = match name {
        "@angular/cli" => "ng".to_string(),
        "@nestjs/cli" => "nest".to_string(),
        "typescript" => "tsc".to_string(),
        _ => program,
    };
    let local = super::super::pace::program(machine, &child, &program);
    if local.is_none() || options.has(&["-p", "--package"]) {
        let packages: Vec<&str> = match options.value(&["-p", "--package"]) {
            Some(_) => options.values(&["-p", "--package"]).map(|word| name_and_range(word).0).collect(),
            None => vec![name],
        };
        let status = fetch(machine, &mut child, &packages);
        if status != 0 {
            return status;
        }
    }
    if let Some(first) = arguments.first_mut() {
        *first = program;
    }
    child.args = arguments;
    super::super::start::start_child(machine, process, child)
}

/// Installs packages into ~/.npm/_npx and puts their programs in front of PATH.
fn fetch(machine: &mut Machine, child: &mut Process, packages: &[&str]) -> i32 {
    estimated(machine);
    let folder = format!("{}/_npx/{}", place::npm_cache(child, None), place::flat(&packages.join("+")));
    let modules = format!("{folder}/node_modules");
    if machine.fs.stat(&modules, true, &child.cred).is_err() {
        if !machine.network {
            child.err(machine, "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error errno EAI_AGAIN\nnpm error request failed, reason: getaddrinfo EAI_AGAIN\n");
            return 1;
        }
        let tree = tree::from_names(&Table::read(), packages.iter().copied());
        place::note_typical(machine, child, &tree);
        let bytes = tree.values().map(|package| package.size.tarball + package.size.metadata).sum();
        let missing = place::Missing { count: tree.len() as u64 * 2, bytes };
        place::fetch_time(machine, missing, tree.len() as u64);
        let cache = format!("{}/_cacache/content-v2/sha512", place::npm_cache(child, None));
        let archives = tree.values().map(|package| {
            let name = format!("{}-{}.tgz", place::flat(&package.name), package.version);
            (format!("{cache}/{name}"), format!("npm/archive/{name}"), package.size.tarball + package.size.metadata)
        });
        place::fill(machine, &archives.collect::<Vec<_>>(), &child.cred);
        match place::put_all(machine, &modules, &tree, &child.cred) {
            Ok((bytes, files)) => unpack(machine, bytes, files),
            Err(errno) => return super::install::refused(machine, child, &modules, errno),
        }
    }
    let path = child.env.get("PATH").cloned().unwrap_or_default();
    child.env.insert("PATH".to_string(), format!("{modules}/.bin:{path}"));
    0
}
