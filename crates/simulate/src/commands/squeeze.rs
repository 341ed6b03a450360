//! xz, bzip2, zstd, and zip and 7z as far as they pack: other compressions than gzip, of unknown result.
//!
//! Of known bytes gzip's format stands for theirs, which is of about the size and is taken back exactly.

use filesystem::Content;
use filesystem::archive::{gunzip as unpack, gzip as pack};

use crate::process::{Machine, Process};

use super::estimate::estimated;
use super::input::{is_busybox, missing_operand, open};
use super::node::exists;
use super::options::read;

/// What packing leaves of a content whose bytes are text or program, in hundredths, and how much unpacking makes of it.
const PACKED: u64 = 28;
const UNPACKED_TIMES: u64 = 4;

/// The ending of a program's files.
fn ending(name: &str) -> &'static str {
    match name {
        "bzip2" | "bunzip2" | "bzcat" => ".bz2",
        "zstd" | "unzstd" | "zstdcat" => ".zst",
        _ => ".xz",
    }
}

pub fn squeeze(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("decompress", 'd'),
        ("stdout", 'c'),
        ("keep", 'k'),
        ("force", 'f'),
        ("threads=", 'T'),
        ("quiet", 'q'),
        ("rm", 'R'),
        ("test", 't'),
        ("best", '9'),
        ("fast", '1'),
        ("version", 'V'),
        ("list", 'l'),
    ];
    let options = match read(process.operands(), "dckfT:qtlvVe0123456789zo:", &long) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return 1;
        }
    };
    if options.any("Vtl") {
        return 0;
    }
    let name = process.name().to_string();
    let unpacks = name.starts_with("un") || name.starts_with("bun") || name.ends_with("cat");
    let undo = options.has('d') || unpacks;
    let to_stdout = options.has('c') || name.ends_with("cat");
    let end = ending(&name);
    // busybox only unpacks xz.
    let own = |file: String| file.ends_with("/busybox");
    let applet = machine.fs.resolve(&format!("/bin/{name}"), true, &filesystem::Cred::root()).is_ok_and(own);
    if applet && end == ".xz" && !undo {
        return missing_operand(machine, process);
    }
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    for operand in operands {
        let content = match open(machine, process, &operand) {
            Ok(content) => content,
            Err(errno) => {
                process.complain(machine, &format!("{operand}: {errno}"));
                return 1;
            }
        };
        let target = match (undo, operand.strip_suffix(end)) {
            (true, Some(stem)) => stem.to_string(),
            (true, None) if !to_stdout && operand != "-" => {
                let text = if is_busybox(machine) {
                    "unknown suffix - ignored"
                } else {
                    "Filename has an unknown suffix, skipping"
                };
                process.complain(machine, &format!("{operand}: {text}"));
                return 1;
            }
            (true, None) => operand.clone(),
            (false, _) => format!("{operand}{end}"),
        };
        let exact = if undo { unpack(&content).ok() } else { pack(&content) };
        if undo && exact.is_none() && content.is_known() {
            process.complain(machine, "bad magic");
            return 1;
        }
        estimated(machine);
        let size = if undo {
            content.size().saturating_mul(UNPACKED_TIMES)
        } else {
            content.size().saturating_mul(PACKED) / 100
        };
        if exact.is_none() {
            machine.typical_size(&format!("{name} {operand}"), size);
        }
        // what was downloaded stays known by where it came from
        let result = match (undo, content.pieces().first(), exact) {
            (_, _, Some(exact)) => exact,
            (true, Some(filesystem::Piece::Opaque { id, .. }), None) => Content::opaque(id, size),
            _ => Content::opaque(&format!("{name}/{operand}/{}", content.size()), size),
        };
        if to_stdout || operand == "-" {
            process.out_content(machine, &result);
            continue;
        }
        if exists(machine.fs, &process.path(&target), &process.cred) && !options.has('f') {
            process.complain(machine, &format!("{target}: File exists"));
            return 1;
        }
        if process.write_file(machine, &target, &result).is_err() {
            return 1;
        }
        let (from, to) = (process.path(&operand), process.path(&target));
        if let Ok(attr) = machine.fs.stat(&from, true, &process.cred).map(|stat| stat.attr) {
            let _ = machine.fs.chown(&to, Some(attr.uid), Some(attr.gid), true, &process.cred);
            let _ = machine.fs.chmod(&to, attr.mode, true, &process.cred);
            let _ = machine.fs.set_mtime(&to, attr.mtime, true, &process.cred);
        }
        let keeps = options.has('k') || end == ".zst" && !options.has('R');
        if !keeps {
            let _ = machine.fs.remove_file(&process.path(&operand), &process.cred);
        }
    }
    0
}
