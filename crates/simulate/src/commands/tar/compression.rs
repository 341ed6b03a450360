//! The programs that tar has its archives compressed by.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::super::input::{is_busybox, open};
use super::Options;

/// The program that the options or the name of the archive ask for.
fn program_of(options: &Options, file: &str, by_name: bool) -> Option<&'static str> {
    let asked = [('z', "gzip"), ('j', "bzip2"), ('J', "xz")];
    if let Some((_, program)) = asked.into_iter().find(|(letter, _)| options.has(*letter)) {
        return Some(program);
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| file.ends_with(end));
    match file {
        _ if !by_name => None,
        _ if ends(&[".gz", ".tgz", ".taz"]) => Some("gzip"),
        _ if ends(&[".bz2", ".tbz", ".tbz2", ".tz2"]) => Some("bzip2"),
        _ if ends(&[".xz", ".txz"]) => Some("xz"),
        _ if ends(&[".zst", ".tzst"]) => Some("zstd"),
        _ => None,
    }
}

fn is_missing(machine: &Machine, process: &Process, program: &str) -> bool {
    !is_busybox(machine)
        && !machine.is_unsure_of_programs()
        && super::super::pace::program(machine, process, program).is_none()
}

/// Complains that the program is missing that would compress a new archive; the exit status.
pub fn cannot_compress(machine: &mut Machine, process: &Process, options: &Options) -> Option<i32> {
    let file = options.value('f').unwrap_or("-");
    let program =
        program_of(options, file, options.has('a')).filter(|program| is_missing(machine, process, program))?;
    if file != "-" {
        let _ = process.write_file(machine, file, &Content::default());
    }
    process.err(machine, &format!("/bin/sh: 1: {program}: not found\n"));
    process.complain(machine, "Child returned status 127");
    process.complain(machine, "Error is not recoverable: exiting now");
    Some(2)
}

/// Complains as the child does that starts a program, and of its end.
fn in_child(machine: &mut Machine, process: &Process, reason: &str) {
    process.err(machine, &format!("tar (child): {reason}\ntar (child): Error is not recoverable: exiting now\n"));
    process.complain(machine, "Child returned status 2");
}

/// Complains that the program is missing that would unpack the archive; the exit status.
pub fn cannot_unpack(machine: &mut Machine, process: &Process, options: &Options, content: &Content) -> Option<i32> {
    let file = options.value('f').unwrap_or("-");
    let start = content.slice(0, 6).bytes(6).unwrap_or_default();
    let by_start = [(&b"BZh"[..], "bzip2"), (b"\xfd7zXZ", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"\x1f\x8b", "gzip")];
    let found = by_start.into_iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, program)| program);
    let is_plain = content.slice(257, 262).bytes(5).is_some_and(|magic| magic == b"ustar");
    let asked = program_of(options, file, !is_plain);
    let program = found.or(asked).filter(|program| is_missing(machine, process, program))?;
    if content.is_known() && content.size() < 512 && found.is_none() {
        process.complain(machine, "This does not look like a tar archive");
    }
    in_child(machine, process, &format!("{program}: Cannot exec: No such file or directory"));
    process.complain(machine, "Error is not recoverable: exiting now");
    Some(2)
}

/// Complains of what GNU's tar does not read as an archive; the exit status.
pub fn no_archive(machine: &mut Machine, process: &Process, options: &Options, content: &Content) -> i32 {
    let zipped = content.slice(0, 2).bytes(2).is_some_and(|start| start == [0x1f, 0x8b]);
    if options.has('z') && !zipped {
        let reason = if content.size() == 0 { "unexpected end of file" } else { "not in gzip format" };
        process.err(machine, &format!("\ngzip: stdin: {reason}\n"));
        process.complain(machine, "Child returned status 1");
        process.complain(machine, "Error is not recoverable: exiting now");
        return 2;
    }
    process.complain(machine, "This does not look like a tar archive");
    process.complain(machine, "Exiting with failure status due to previous errors");
    2
}

/// Complains that a pipe is compressed and nobody said so; the exit status.
pub fn is_unsaid(machine: &mut Machine, process: &Process, options: &Options, content: &Content) -> Option<i32> {
    let stdin = options.value('f').is_none_or(|file| file == "-");
    let zipped = content.slice(0, 2).bytes(2).is_some_and(|start| start == [0x1f, 0x8b]);
    if is_busybox(machine) || !stdin || !zipped || options.any("zI") {
        return None;
    }
    process.complain(machine, "Archive is compressed. Use -z option");
    process.complain(machine, "Error is not recoverable: exiting now");
    Some(2)
}

/// The content of the archive, or the complaint that it cannot be opened: by a child, where a program unpacks it.
pub fn archive(machine: &mut Machine, process: &Process, options: &Options, file: &str) -> Result<Content, i32> {
    open(machine, process, file).map_err(|errno| {
        if is_busybox(machine) {
            process.complain(machine, &format!("can't open '{file}': {errno}"));
            return 1;
        }
        let reason = format!("{file}: Cannot open: {errno}");
        if options.any("zjJI") {
            in_child(machine, process, &reason);
        } else {
            process.complain(machine, &reason);
        }
        process.complain(machine, "Error is not recoverable: exiting now");
        2
    })
}

/// Whether an archive ends within the data of a member.
pub fn is_cut_off(content: &Content) -> bool {
    let mut at = 0u64;
    // Headers of 512 bytes: the size in octal digits at 124, the kind at 156.
    for _ in 0..super::super::input::WALK_LIMIT {
        let Some(header) = content.slice(at, at.saturating_add(512).min(content.size())).bytes(512) else {
            return false;
        };
        let digits = header.get(124..136).unwrap_or_default();
        let digits: String = digits.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
        let (512, Some(kind)) = (header.len(), header.get(156)) else { return false };
        if header.iter().all(|byte| *byte == 0) {
            return false;
        }
        // Links and directories have no data.
        let has_data = !(b'1'..=b'6').contains(kind);
        let size = u64::from_str_radix(&digits, 8).ok().filter(|_| has_data).unwrap_or(0);
        at = at.saturating_add(512).saturating_add(size.div_ceil(512).saturating_mul(512));
        if at >= content.size() {
            return at > content.size();
        }
    }
    false
}
