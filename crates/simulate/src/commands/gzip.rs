//! gzip, gunzip, zcat of busybox.

use filesystem::archive::{ArchiveError, gunzip as unpack, gzip as pack};

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::input::{is_busybox, not_modelled, open};
use super::node::exists;
use super::options::parse;
use super::tar::squeezed;

pub fn gzip(machine: &mut Machine, process: &mut Process) -> i32 {
    if !is_busybox(machine) {
        return super::gnu_gzip::gzip(machine, process);
    }
    let long = [
        ("decompress", 'd'),
        ("stdout", 'c'),
        ("force", 'f'),
        ("keep", 'k'),
        ("recursive", 'r'),
        ("test", 't'),
        ("quiet", 'q'),
        ("verbose", 'v'),
        ("best", '9'),
        ("fast", '1'),
        ("no-name", 'n'),
    ];
    let options = match parse(machine, process, "cdfkrtqvnl123456789N", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let undo = options.any("dt") || matches!(process.name(), "gunzip" | "zcat");
    let to_stdout = options.any("ct") || process.name() == "zcat";
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    let mut status = 0;
    for operand in operands {
        if let Err(message) =
            one(machine, process, &operand, undo, to_stdout, options.has('k'), options.has('f'), options.has('t'))
        {
            process.complain(machine, &message);
            status = 1;
        }
    }
    status
}

#[expect(clippy::too_many_arguments, reason = "the options of one call")]
fn one(
    machine: &mut Machine,
    process: &mut Process,
    operand: &str,
    undo: bool,
    to_stdout: bool,
    keep: bool,
    force: bool,
    test: bool,
) -> Result<(), String> {
    let path = process.path(operand);
    if operand != "-" && super::node::is_dir(machine.fs, &path, &process.cred) {
        return Err(format!("can't remove file '{operand}': Is a directory"));
    }
    let content = open(machine, process, operand).map_err(|errno| format!("{operand}: {errno}"))?;
    let target = if operand == "-" || to_stdout {
        None
    } else if !undo {
        Some(format!("{operand}.gz"))
    } else {
        let stem = operand
            .strip_suffix(".gz")
            .map(str::to_string)
            .or(operand.strip_suffix(".tgz").map(|stem| format!("{stem}.tar")));
        Some(stem.ok_or_else(|| format!("{operand}: unknown suffix - ignored"))?)
    };
    let result = if undo {
        machine.meter.note(Basis::Exact, Note::Compressed);
        match unpack(&content) {
            Ok(result) => result,
            Err(ArchiveError::Unknown | ArchiveError::TooLarge) => {
                not_modelled(machine, process, "on unknown bytes");
                filesystem::Content::opaque("uncompressed", content.size().saturating_mul(3))
            }
            Err(_) => {
                return Err(match process.name() {
                    "zcat" => "no gzip/bzip2/xz magic".to_string(),
                    _ => "invalid magic".to_string(),
                });
            }
        }
    } else {
        super::estimate::pack_time(machine, content.size());
        pack(&content).unwrap_or_else(|| squeezed(machine, process, &content))
    };
    if test {
        return Ok(());
    }
    if undo {
        super::estimate::unpack_time(machine, result.size());
    }
    let Some(target) = target else {
        process.out_content(machine, &result);
        return Ok(());
    };
    let new = process.path(&target);
    if exists(machine.fs, &new, &process.cred) && !force {
        return Err(format!("can't open '{target}': File exists"));
    }
    let attr = machine.fs.stat(&path, true, &process.cred).map_err(|errno| format!("{operand}: {errno}"))?.attr;
    machine
        .fs
        .write(&new, result, attr.mode, &process.cred)
        .map_err(|errno| format!("can't open '{target}': {errno}"))?;
    let _ = machine.fs.chown(&new, Some(attr.uid), Some(attr.gid), true, &process.cred);
    let _ = machine.fs.chmod(&new, attr.mode, true, &process.cred);
    let _ = machine.fs.set_mtime(&new, attr.mtime, true, &process.cred);
    if !keep {
        machine.fs.remove_file(&path, &process.cred).map_err(|errno| format!("{operand}: {errno}"))?;
    }
    Ok(())
}
