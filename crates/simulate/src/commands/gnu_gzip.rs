//! gzip 1.12, gunzip and zcat of GNU.

use filesystem::Content;
use filesystem::archive::{ArchiveError, gunzip as unpack, gzip as pack};

use crate::process::{Machine, Process};
use crate::{Basis, Note};

use super::input::{WALK_LIMIT, join, not_modelled, open};
use super::node::{Node, exists};
use super::options::{Options, parse};
use super::tar::squeezed;

/// What one file came to: done, done with a warning, or not done.
enum Trouble {
    Warning(String),
    Error(String),
}

pub fn gzip(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("decompress", 'd'),
        ("uncompress", 'd'),
        ("stdout", 'c'),
        ("to-stdout", 'c'),
        ("force", 'f'),
        ("keep", 'k'),
        ("list", 'l'),
        ("recursive", 'r'),
        ("suffix=", 'S'),
        ("test", 't'),
        ("quiet", 'q'),
        ("verbose", 'v'),
        ("best", '9'),
        ("fast", '1'),
        ("no-name", 'n'),
        ("name", 'N'),
        ("synchronous", 'y'),
        ("rsyncable", 'y'),
        ("version", 'V'),
    ];
    let options = match parse(machine, process, "cdfklrtqvnN123456789S:V", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.has('V') {
        process.out(machine, "gzip 1.12\n");
        return 0;
    }
    let undo = options.any("dtl") || matches!(process.name(), "gunzip" | "zcat" | "uncompress");
    let mut waiting: Vec<String> = options.operands.iter().rev().cloned().collect();
    if waiting.is_empty() {
        waiting.push("-".to_string());
    }
    if options.has('l') && !options.has('q') {
        process.out(machine, "         compressed        uncompressed  ratio uncompressed_name\n");
    }
    let (mut error, mut warning, mut seen) = (false, false, 0);
    while let Some(operand) = waiting.pop() {
        seen += 1;
        if seen > WALK_LIMIT {
            machine.limit("walked-files");
            break;
        }
        let path = process.path(&operand);
        if options.has('r') && super::node::is_dir(machine.fs, &path, &process.cred) {
            let names = machine.fs.read_dir(&path, &process.cred).unwrap_or_default();
            waiting.extend(names.into_iter().rev().map(|name| join(&operand, &name)));
            continue;
        }
        match one(machine, process, &options, &operand, undo) {
            Ok(()) => {}
            Err(Trouble::Warning(text)) => {
                warning = true;
                if !options.has('q') {
                    process.err(machine, &format!("gzip: {text}\n"));
                }
            }
            Err(Trouble::Error(text)) => {
                error = true;
                process.err(machine, &text);
            }
        }
    }
    if error { 1 } else { 2 * i32::from(warning) }
}

fn one(
    machine: &mut Machine,
    process: &mut Process,
    options: &Options,
    operand: &str,
    undo: bool,
) -> Result<(), Trouble> {
    let to_stdout = options.any("ct") || process.name() == "zcat" || operand == "-";
    let suffix = options.value('S').unwrap_or(".gz");
    // What is unpacked may be named without its ending.
    let with_suffix = format!("{operand}{suffix}");
    let who = process.cred.clone();
    let guessed =
        undo && operand != "-" && !operand.ends_with(suffix) && !exists(machine.fs, &process.path(operand), &who);
    let operand = if guessed { with_suffix.as_str() } else { operand };
    let error = |text: String| Trouble::Error(format!("gzip: {text}\n"));
    let path = process.path(operand);
    let node = if operand == "-" { None } else { Some(Node::at(machine.fs, &path, true, &who)) };
    let node = node.transpose().map_err(|errno| error(format!("{operand}: {errno}")))?;
    if node.as_ref().is_some_and(Node::is_dir) {
        return Err(Trouble::Warning(format!("{operand} is a directory -- ignored")));
    }
    let stem = operand
        .strip_suffix(suffix)
        .map(str::to_string)
        .or_else(|| operand.strip_suffix(".tgz").map(|stem| format!("{stem}.tar")))
        .or_else(|| operand.strip_suffix("-gz").or(operand.strip_suffix(".Z")).map(str::to_string));
    if !to_stdout && !options.has('l') && undo && stem.is_none() {
        return Err(Trouble::Warning(format!("{operand}: unknown suffix -- ignored")));
    }
    if !to_stdout && !undo && stem.is_some() {
        process.err(machine, &format!("gzip: {operand} already has {suffix} suffix -- unchanged\n"));
        return Ok(());
    }
    if let Some(node) = node.as_ref().filter(|node| node.links > 1 && !to_stdout && !options.any("lf")) {
        let (count, plural) = (node.links - 1, if node.links > 2 { "s" } else { "" });
        return Err(Trouble::Warning(format!("{operand} has {count} other link{plural} -- file ignored")));
    }
    let content = open(machine, process, operand).map_err(|errno| error(format!("{operand}: {errno}")))?;
    let result = if undo { unpacked(machine, process, operand, &content)? } else { packed(machine, process, &content) };
    let (small, large) = if undo { (&content, &result) } else { (&result, &content) };
    if options.has('l') {
        let shown = stem.as_deref().unwrap_or(operand);
        process.out(machine, &format!("{:>19} {:>19} {} {shown}\n", small.size(), large.size(), ratio(small, large)));
        return Ok(());
    }
    if options.has('t') {
        if options.has('v') {
            process.err(machine, &format!("{operand}:\t OK\n"));
        }
        return Ok(());
    }
    if to_stdout {
        process.out_content(machine, &result);
        return Ok(());
    }
    let target = if undo { stem.unwrap_or_default() } else { format!("{operand}{suffix}") };
    let new = process.path(&target);
    if exists(machine.fs, &new, &who) && !options.has('f') {
        return Err(Trouble::Warning(format!("{target} already exists;\tnot overwritten")));
    }
    let attr = node.map(|node| node.attr).unwrap_or_default();
    let written = machine.fs.write(&new, result.clone(), attr.mode, &who);
    written.map_err(|errno| error(format!("{target}: {errno}")))?;
    let _ = machine.fs.chown(&new, Some(attr.uid), Some(attr.gid), true, &who);
    let _ = machine.fs.chmod(&new, attr.mode, true, &who);
    let _ = machine.fs.set_mtime(&new, attr.mtime, true, &who);
    if !options.has('k') {
        machine.fs.remove_file(&path, &who).map_err(|errno| error(format!("{operand}: {errno}")))?;
    }
    if options.has('v') {
        let done = if options.has('k') { "created" } else { "replaced with" };
        process.err(machine, &format!("{operand}:\t{} -- {done} {target}\n", ratio(small, large)));
    }
    Ok(())
}

fn packed(machine: &mut Machine, process: &mut Process, content: &Content) -> Content {
    super::estimate::pack_time(machine, content.size());
    pack(content).unwrap_or_else(|| squeezed(machine, process, content))
}

fn unpacked(
    machine: &mut Machine,
    process: &mut Process,
    operand: &str,
    content: &Content,
) -> Result<Content, Trouble> {
    machine.meter.note(Basis::Exact, Note::Compressed);
    let shown = if operand == "-" { "stdin" } else { operand };
    let result = match unpack(content) {
        Ok(result) => result,
        Err(ArchiveError::Unknown | ArchiveError::TooLarge) => {
            not_modelled(machine, process, "on unknown bytes");
            Content::opaque("uncompressed", content.size().saturating_mul(3))
        }
        Err(_) => {
            let zipped = content.slice(0, 2).bytes(2).is_some_and(|start| start == [0x1f, 0x8b]);
            let text = if zipped || content.size() == 0 { "unexpected end of file" } else { "not in gzip format" };
            return Err(Trouble::Error(format!("\ngzip: {shown}: {text}\n")));
        }
    };
    super::estimate::unpack_time(machine, result.size());
    Ok(result)
}

/// How much smaller the packed bytes are, without gzip's header and trailer of 18 bytes, as `-33.3%`.
fn ratio(small: &Content, large: &Content) -> String {
    let (small, large) = (small.size().saturating_sub(18), large.size());
    if large == 0 {
        return "  0.0%".to_string();
    }
    let saved = i128::from(large) - i128::from(small);
    let tenths = saved * 1000 / i128::from(large);
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{:>6}", format!("{sign}{}.{}%", tenths.abs() / 10, tenths.abs() % 10))
}
