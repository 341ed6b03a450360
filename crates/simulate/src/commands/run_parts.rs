//! run-parts: the programs of a folder, in the order of their names.

use crate::process::{Machine, Process};

use super::input::{is_busybox, join, missing_operand};
use super::start::start;

pub fn run_parts(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("test", 't'),
        ("list", 'l'),
        ("exit-on-error", 'e'),
        ("arg=", 'a'),
        ("umask=", 'u'),
        ("verbose", 'v'),
        ("report", 'r'),
        ("reverse", 'R'),
        ("regex=", 'x'),
    ];
    // The applet knows long names as the program does.
    let options = match super::options::read(process.operands(), "+a:u:v", &long) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return 1;
        }
    };
    let Some(folder) = options.operands.first() else { return missing_operand(machine, process) };
    let mut names = match machine.fs.read_dir(&process.path(folder), &process.cred) {
        Ok(names) => names,
        Err(errno) => {
            let before = if is_busybox(machine) { "" } else { "failed to open directory " };
            process.complain(machine, &format!("{before}{folder}: {errno}"));
            return i32::from(!is_busybox(machine));
        }
    };
    names.sort();
    if options.has('R') {
        names.reverse();
    }
    // busybox lets dots be, the program of Debian passes such names over.
    let others = if is_busybox(machine) { "_-." } else { "_-" };
    let fits = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c));
    let mut status = 0;
    for name in names.into_iter().filter(fits) {
        let file = join(folder, &name);
        let path = process.path(&file);
        let is_file = machine.fs.stat(&path, true, &process.cred).is_ok_and(|stat| stat.is_file());
        let runs = machine.fs.access(&path, false, false, true, &process.cred);
        if !is_file || !(runs || options.has('l')) {
            continue;
        }
        if options.any("tl") {
            process.out(machine, &format!("{file}\n"));
            continue;
        }
        let arguments = std::iter::once(file.clone()).chain(options.values('a').map(str::to_string)).collect();
        let exit = start(machine, process, arguments);
        if exit != 0 {
            let said = if is_busybox(machine) { ": exit status" } else { " exited with return code" };
            process.complain(machine, &format!("{file}{said} {exit}"));
            status = 1;
            if options.has('e') {
                break;
            }
        }
    }
    status
}
