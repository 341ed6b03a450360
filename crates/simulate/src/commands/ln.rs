//! ln, link.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::backup::{Backup, LONG};
use super::copying::no_target;
use super::input::{is_busybox, join, last_part, missing_operand};
use super::node::{exists, is_dir};
use super::options::parse;

pub fn ln(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("symbolic", 's'),
        ("force", 'f'),
        ("no-dereference", 'n'),
        ("verbose", 'v'),
        ("relative", 'r'),
        ("target-directory=", 't'),
        ("no-target-directory", 'T'),
        ("interactive", 'i'),
        ("logical", 'L'),
        ("physical", 'P'),
    ];
    let busybox = is_busybox(machine);
    let long: Vec<_> = long.into_iter().chain(LONG).collect();
    if process.name() == "link" && !busybox {
        return link(machine, process);
    }
    let options = match parse(machine, process, if busybox { "sfnvrt:TbS:iLP" } else { "sfnvrt:TbS:iLP9::" }, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let backup = match Backup::of(machine, process, &options).map(|backup| backup.filter(|_| !busybox)) {
        Ok(backup) => backup,
        Err(status) => return status,
    };
    let mut targets = options.operands.clone();
    let link = match options.value('t') {
        Some(directory) if !busybox && !is_dir(machine.fs, &process.path(directory), &process.cred) => {
            if exists(machine.fs, &process.path(directory), &process.cred) {
                return no_target(machine, process, directory);
            }
            process.complain(machine, &format!("failed to access '{directory}': {}", Errno::NoEnt));
            return 1;
        }
        Some(directory) => directory.to_string(),
        None => match targets.len() {
            0 => return missing_operand(machine, process),
            1 => ".".to_string(),
            _ => targets.pop().unwrap_or_default(),
        },
    };
    let link_path = process.path(&link);
    let link_is_symlink = machine
        .fs
        .stat(&link_path, false, &process.cred)
        .is_ok_and(|stat| matches!(stat.kind, filesystem::Kind::Symlink(_)));
    let into =
        !options.has('T') && is_dir(machine.fs, &link_path, &process.cred) && !(options.has('n') && link_is_symlink)
            || options.has('t');
    if targets.len() > 1 && !into && !is_busybox(machine) {
        let errno = super::node::no_directory(machine, process, &link);
        process.complain(machine, &format!("target '{link}': {errno}"));
        return 1;
    }
    let mut status = 0;
    for target in targets {
        let name = if into { join(&link, last_part(&target)) } else { link.clone() };
        let path = process.path(&name);
        if let Some(backup) = &backup {
            let _ = backup.make(machine, process, &name);
        }
        let done = make(machine, process, &target, &path, options.has('s'), options.has('f'), options.has('r'));
        match done {
            Ok(()) if options.has('v') => {
                let arrow = if options.has('s') || is_busybox(machine) { "->" } else { "=>" };
                process.out(machine, &format!("'{name}' {arrow} '{target}'\n"));
            }
            Ok(()) => {}
            Err(errno) => {
                let text = match (is_busybox(machine), options.has('s'), errno) {
                    (true, false, Errno::NoEnt) if !exists(machine.fs, &process.path(&target), &process.cred) => {
                        format!("{target}: {errno}")
                    }
                    (true, ..) => format!("{name}: {errno}"),
                    (false, true, _) => format!("failed to create symbolic link '{name}': {errno}"),
                    (false, false, Errno::NoEnt) => format!("failed to access '{target}': {errno}"),
                    (false, false, Errno::Perm) if is_dir(machine.fs, &process.path(&target), &process.cred) => {
                        format!("{target}: hard link not allowed for directory")
                    }
                    (false, false, Errno::Exist) => format!("failed to create hard link '{name}': {errno}"),
                    (false, false, _) => format!("failed to create hard link '{name}' => '{target}': {errno}"),
                };
                process.complain(machine, &text);
                status = 1;
            }
        }
    }
    status
}

/// link: two names and nothing else.
fn link(machine: &mut Machine, process: &Process) -> i32 {
    let options = match parse(machine, process, "", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let [target, name] = options.operands.as_slice() else {
        return super::misuse::missing(machine, process, &options.operands);
    };
    match machine.fs.link(&process.path(target), &process.path(name), &process.cred) {
        Ok(()) => 0,
        Err(errno) => {
            process.complain(machine, &format!("cannot create link '{name}' to '{target}': {errno}"));
            1
        }
    }
}

fn make(
    machine: &mut Machine,
    process: &Process,
    target: &str,
    path: &str,
    symbolic: bool,
    force: bool,
    relative: bool,
) -> Result<(), Errno> {
    let who = &process.cred;
    if force && exists(machine.fs, path, who) {
        let same = !symbolic
            && machine.fs.resolve(&process.path(target), false, who)? == machine.fs.resolve(path, false, who)?;
        if same {
            return Ok(());
        }
        machine.fs.remove_file(path, who).map_err(|errno| if errno == Errno::IsDir { Errno::Exist } else { errno })?;
    }
    if !symbolic {
        // The kernel protects what one neither owns nor may read and write.
        let target = process.path(target);
        let stat = machine.fs.stat(&target, false, who)?;
        let own = stat.attr.uid == who.uid || who.uid == 0;
        if !own && !machine.fs.access(&target, true, true, false, who) && !is_busybox(machine) {
            return Err(Errno::Perm);
        }
        return machine.fs.link(&target, path, who);
    }
    if relative {
        let directory =
            path.rsplit_once('/').map_or("/", |(directory, _)| if directory.is_empty() { "/" } else { directory });
        let from = machine.fs.resolve(directory, true, who)?;
        // A relative target is one of the folder that the link is in.
        let to = super::readlink::missing(machine, process, &process.path(target));
        return machine.fs.symlink(&relative_path(&from, &to), path, who);
    }
    machine.fs.symlink(target, path, who)
}

/// The way from a directory to a path, both absolute and without links.
pub fn relative_path(from: &str, to: &str) -> String {
    let split =
        |path: &str| -> Vec<String> { path.split('/').filter(|part| !part.is_empty()).map(str::to_string).collect() };
    let (from, to) = (split(from), split(to));
    let common = from.iter().zip(&to).take_while(|(one, two)| one == two).count();
    let mut parts = vec!["..".to_string(); from.len() - common];
    parts.extend(to.into_iter().skip(common));
    if parts.is_empty() { ".".to_string() } else { parts.join("/") }
}
