//! mktemp.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{is_busybox, join};
use super::node::exists;
use super::options::parse;

/// How many names are tried.
const TRIES: u64 = 1000;

pub fn mktemp(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("directory", 'd'), ("dry-run", 'u'), ("quiet", 'q'), ("tmpdir=", 'T'), ("suffix=", 's')];
    let letters = if is_busybox(machine) { "dqtup:s:" } else { "dqtup:s:T::" };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.len() > 1 && !is_busybox(machine) {
        return super::misuse::refuse(machine, process, "too many templates");
    }
    let given = options.operands.first().cloned();
    let template = given.clone().unwrap_or_else(|| {
        let xs = if is_busybox(machine) { 6 } else { 10 };
        format!("tmp.{}", "X".repeat(xs))
    });
    let xs = template.len() - template.trim_end_matches('X').len();
    if xs < 3 {
        let text = if is_busybox(machine) {
            ": Invalid argument".to_string()
        } else {
            format!("too few X's in template '{template}'")
        };
        process.complain(machine, &text);
        return 1;
    }
    if options.has('t') && template.contains('/') && !is_busybox(machine) {
        process.complain(machine, &format!("invalid template, '{template}', contains directory separator"));
        return 1;
    }
    let directory = if given.is_none() || options.any("tpT") {
        let default = process.env.get("TMPDIR").cloned().unwrap_or_else(|| "/tmp".to_string());
        options.value('p').or(options.value('T')).map_or(default, str::to_string)
    } else {
        String::new()
    };
    let stem = template.get(..template.len() - xs).unwrap_or_default();
    for number in 0..TRIES {
        // No randomness: the letters count up, so that a build repeats.
        let mut letters = String::new();
        let mut rest = number.wrapping_mul(7_919).wrapping_add(u64::from(process.pid) * 104_729 + 1_234_567);
        for _ in 0..xs {
            letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
            rest = rest / 26 + 31;
        }
        let name = join(&directory, &format!("{stem}{letters}{}", options.value('s').unwrap_or_default()));
        let path = process.path(&name);
        if exists(machine.fs, &path, &process.cred) {
            continue;
        }
        let made = if options.has('u') {
            Ok(())
        } else if options.has('d') {
            machine.fs.mkdir(&path, 0o700, &process.cred)
        } else {
            machine.fs.write(&path, Content::default(), 0o600, &process.cred)
        };
        return match made {
            Ok(()) => {
                process.out(machine, &format!("{name}\n"));
                0
            }
            Err(errno) => {
                let kind = if options.has('d') { "directory" } else { "file" };
                let shown = join(&directory, &template);
                let text = if is_busybox(machine) {
                    format!(": {errno}")
                } else {
                    format!("failed to create {kind} via template '{shown}': {errno}")
                };
                if is_busybox(machine) || !options.has('q') {
                    process.complain(machine, &text);
                }
                1
            }
        };
    }
    1
}
