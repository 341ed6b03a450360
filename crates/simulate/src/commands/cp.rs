//! cp.

use std::collections::BTreeMap;

use crate::process::{Machine, Process};

use super::backup::{Backup, LONG};
use super::copying::{Copying, copy, no_target};
use super::input::{is_busybox, join, last_part, missing_after};
use super::misuse::refuse;
use super::node::{exists, is_dir};
use super::options::parse;

pub fn cp(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("archive", 'a'),
        ("recursive", 'r'),
        ("force", 'f'),
        ("preserve=", 'e'),
        ("no-dereference", 'P'),
        ("dereference", 'L'),
        ("verbose", 'v'),
        ("update", 'u'),
        ("no-clobber", 'n'),
        ("no-target-directory", 'T'),
        ("target-directory=", 't'),
        ("link", 'l'),
        ("symbolic-link", 's'),
        ("parents", 'z'),
        ("remove-destination", 'X'),
        ("interactive", 'i'),
        ("reflink=", 'e'),
        ("no-preserve=", 'Z'),
        ("attributes-only", 'A'),
        ("sparse=", '0'),
        ("strip-trailing-slashes", 'N'),
        ("one-file-system", 'x'),
    ];
    let busybox = is_busybox(machine);
    let long: Vec<_> = long.into_iter().chain(LONG.into_iter().filter(|_| !busybox)).collect();
    let letters = if busybox { "arRfpdPLHvunTt:lsixe::Z:zX" } else { "abS:9::rRfpdPLHvunTt:lsixe::Z:zX" };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let links = options.last_of("adPLHrR");
    let follow = links.is_none() || options.last_of("adPL") == Some('L');
    let preserve = options.any("ap") || options.values('e').any(|what| what.contains("mode") || what == "all");
    let mut how = Copying {
        recursive: options.any("arR"),
        preserve,
        follow,
        follow_operands: follow || options.has('H'),
        force: options.has('f'),
        replace: options.has('X'),
        keep_existing: options.has('n'),
        asks: options.has('i') && !options.has('n'),
        backup: match Backup::of(machine, process, &options) {
            Ok(backup) => backup,
            Err(status) => return status,
        },
        plain_mode: options.values('Z').any(|what| what.split(',').any(|what| matches!(what, "mode" | "all"))),
        without_content: options.has('A'),
        only_newer: options.has('u'),
        hard_link: options.has('l'),
        symbolic_link: options.has('s'),
        verbose: options.has('v'),
        linked: (!follow && (is_busybox(machine) || options.any("ad"))).then(BTreeMap::new),
        copied: 0,
    };
    // --strip-trailing-slashes changes nothing: a slash behind a file stays wrong.
    let mut operands = options.operands.clone();
    let target = match options.value('t') {
        Some(target) if !busybox && !is_dir(machine.fs, &process.path(target), &process.cred) => {
            return no_target(machine, process, target);
        }
        Some(target) => target.to_string(),
        None => {
            if operands.len() < 2 {
                return missing_after(machine, process, &operands);
            }
            operands.pop().unwrap_or_default()
        }
    };
    let into = !options.has('T') && (options.has('t') || is_dir(machine.fs, &process.path(&target), &process.cred));
    if options.has('z') && !into && !busybox {
        return refuse(machine, process, "with --parents, the destination must be a directory");
    }
    if operands.len() > 1 && !into {
        // busybox goes on and fails at each; GNU stops at once.
        if !is_busybox(machine) {
            let text = if exists(machine.fs, &process.path(&target), &process.cred) {
                format!("target '{target}': Not a directory")
            } else {
                format!("target '{target}': No such file or directory")
            };
            process.complain(machine, &text);
            return 1;
        }
    }
    let several = operands.len() > 1;
    let mut status = 0;
    for operand in operands {
        let destination = if options.has('z') {
            let name = operand.trim_start_matches('/').trim_end_matches('/').to_string();
            if let Some((parents, _)) = name.rsplit_once('/') {
                let parents = process.path(&join(&target, parents));
                let _ = machine.fs.mkdir_all(&parents, process.mode(0o777), &process.cred);
            }
            join(&target, &name)
        } else if into || several {
            let name = last_part(&operand);
            if name == "." || name == ".." || name == "/" { target.clone() } else { join(&target, name) }
        } else {
            target.clone()
        };
        if !copy(machine, process, &mut how, &operand, &destination, true) {
            status = 1;
        }
    }
    status
}
