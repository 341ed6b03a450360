//! sed.

mod arguments;
mod parse;
mod run;
mod script;
mod substitute;

use std::collections::BTreeMap;

use filesystem::{Content, Errno};

use crate::process::{Machine, OpenMode, Process};

use super::input::{cannot_open, is_busybox, join, last_part, missing_operand, open, text};
use super::options::{Options, parse as parse_options};
use parse::{Dialect, Origin};
use run::Run;

/// A replacement as `s/…/…/` writes it, for other programs that take one.
pub struct Rewrite {
    script: script::Script,
}

impl Rewrite {
    /// Reads it; the error is sed's sentence.
    pub fn read(text: &str, extended: bool) -> Result<Rewrite, String> {
        let dialect = Dialect { extended, ..Dialect::default() };
        parse::parse(text, &[], dialect).map(|script| Rewrite { script }).map_err(|wrong| wrong.message)
    }

    /// What it makes of a text.
    pub fn of(&self, text: &str) -> String {
        String::from_utf8_lossy(&substitute::rewritten(&self.script, text.as_bytes())).into_owned()
    }
}

pub fn sed(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("quiet", 'n'),
        ("silent", 'n'),
        ("expression=", 'e'),
        ("file=", 'f'),
        ("in-place=", 'i'),
        ("regexp-extended", 'E'),
        ("separate", 's'),
        ("null-data", 'z'),
        ("posix", 'p'),
        ("unbuffered", 'u'),
        ("follow-symlinks", 'F'),
        ("line-length=", 'l'),
        ("sandbox", 'S'),
        ("debug", 'D'),
        ("binary", 'b'),
    ];
    let busybox = is_busybox(machine);
    let letters = if busybox { "ne:f:i::Ersuzp" } else { "ne:f:i::Ersuzl:b" };
    let options = match parse_options(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.has('D') {
        super::input::not_modelled(machine, process, "--debug");
    }
    let mut operands = options.operands.clone();
    let (script, origins) = match script_of(machine, process, &options, &mut operands) {
        Ok(found) => found,
        Err(status) => return status,
    };
    let dialect = Dialect {
        extended: options.any("Er"),
        busybox,
        null: options.has('z'),
        posix: options.has('p'),
        sandbox: options.has('S'),
    };
    let script = match parse::parse(&script, &origins, dialect) {
        Ok(script) => script,
        Err(wrong) => {
            process.complain(machine, &wrong.message);
            return wrong.status;
        }
    };
    let mut run = Run {
        script: &script,
        quiet: options.has('n') || script.quiet,
        busybox,
        end: if options.has('z') { 0 } else { b'\n' },
        width: options.value('l').map_or(70, |width| width.parse().unwrap_or(0)),
        // Every file that the script writes is there, even if nothing is written.
        files: script.files().map(|file| (file.to_owned(), Vec::new())).collect(),
        last_regex: None,
    };
    if !busybox && !write(machine, process, &run.files, OpenMode::Truncate) {
        return 4;
    }
    let status = if options.has('i') {
        edit(machine, process, &options, &operands, &mut run)
    } else {
        filter(machine, process, options.has('s'), operands, &mut run)
    };
    if write(machine, process, &run.files, if busybox { OpenMode::Truncate } else { OpenMode::Append }) {
        status
    } else {
        1
    }
}

/// The script and where its parts come from; the operand that is one is taken off.
fn script_of(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    operands: &mut Vec<String>,
) -> Result<(String, Vec<Origin>), i32> {
    let mut script = String::new();
    let mut origins = Vec::new();
    for (letter, value) in &options.given {
        let value = value.clone().unwrap_or_default();
        let (part, file) = match letter {
            'e' => (value, None),
            'f' => match open(machine, process, &value) {
                Ok(content) => {
                    let bytes = text(machine, process, &content).unwrap_or_default();
                    (String::from_utf8_lossy(&bytes).into_owned(), Some(value))
                }
                Err(errno) if is_busybox(machine) => {
                    process.complain(machine, &format!("{value}: {errno}"));
                    return Err(1);
                }
                Err(errno) => {
                    process.complain(machine, &format!("couldn't open file {value}: {errno}"));
                    return Err(4);
                }
            },
            _ => continue,
        };
        origins.push((script.len(), file));
        script.push_str(&part);
        script.push('\n');
    }
    if !options.any("ef") {
        if operands.is_empty() && !is_busybox(machine) {
            return Err(super::misuse::misuse(machine, process));
        }
        if operands.is_empty() {
            return Err(missing_operand(machine, process));
        }
        return Ok((operands.remove(0), vec![(0, None)]));
    }
    script.pop();
    Ok((script, origins))
}

/// Puts out what the script makes of the operands.
fn filter(
    machine: &mut Machine,
    process: &Process,
    separate: bool,
    mut operands: Vec<String>,
    run: &mut Run<'_>,
) -> i32 {
    if operands.is_empty() {
        operands.push("-".to_string());
    }
    let (mut texts, mut status) = (Vec::new(), 0);
    for operand in operands {
        match open(machine, process, &operand) {
            Ok(content) => {
                let bytes = text(machine, process, &content).unwrap_or_default();
                texts.push((operand, bytes));
            }
            Err(Errno::IsDir) if run.busybox => {}
            Err(errno) => {
                cannot_open(machine, process, &operand, errno);
                status = if run.busybox { 1 } else { 2 };
                if errno == Errno::IsDir {
                    status = 4;
                    break;
                }
            }
        }
    }
    let passes = if separate { texts.chunks(1).collect() } else { vec![texts.as_slice()] };
    for texts in passes {
        let (output, exit) = run.pass(machine, process, texts);
        process.out_bytes(machine, &output);
        if let Some(exit) = exit {
            return exit;
        }
    }
    status
}

/// Puts what the script makes of each operand in its place.
fn edit(machine: &mut Machine, process: &Process, options: &Options, operands: &[String], run: &mut Run<'_>) -> i32 {
    let busybox = run.busybox;
    if operands.is_empty() && !busybox {
        process.complain(machine, "no input files");
        return 4;
    }
    let mut status = 0;
    for operand in operands {
        let mut path = process.path(operand);
        if options.has('F')
            && let Ok(resolved) = machine.fs.resolve(&path, true, &process.cred)
        {
            path = resolved;
        }
        let (node, content) = match super::node::Node::at(machine.fs, &path, true, &process.cred)
            .and_then(|node| open(machine, process, operand).map(|content| (node, content)))
        {
            Ok(found) => found,
            Err(Errno::IsDir) if !busybox => {
                process.complain(machine, &format!("couldn't edit {operand}: not a regular file"));
                return 4;
            }
            Err(errno) => {
                if busybox {
                    cannot_open(machine, process, operand, errno);
                } else {
                    process.complain(machine, &format!("can't read {operand}: {errno}"));
                }
                status = if busybox { 1 } else { 2 };
                continue;
            }
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let refused = |machine: &mut Machine, errno: Errno| {
            let text = if busybox {
                format!("couldn't open temporary file {operand}XXXXXX: {errno}")
            } else {
                let folder = operand.rsplit_once('/').map_or(".", |(folder, _)| folder);
                format!("couldn't open temporary file {folder}/sedZzL1PQ: {errno}")
            };
            process.complain(machine, &text);
            if busybox { 1 } else { 4 }
        };
        if !content.is_known() {
            // an edit of a settings file changes little of its size
            machine.typical_size(&format!("sed -i {operand}"), content.size());
            let id = format!(
                "sed/{}/{}",
                options.operands.first().map_or("", String::as_str),
                content.digest().iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>()
            );
            let edited = Content::opaque(&id, content.size());
            if let Err(errno) = machine.fs.write(&path, edited, node.attr.mode, &process.cred) {
                return refused(machine, errno);
            }
            continue;
        }
        let Some(bytes) = text(machine, process, &content) else { continue };
        // GNU's sed opens the new file before it reads the old one.
        if !busybox && !machine.fs.access(folder_or_root(folder), false, true, true, &process.cred) {
            return refused(machine, Errno::Access);
        }
        let (output, exit) = run.pass(machine, process, &[(operand.clone(), bytes)]);
        let backup = options.value('i').filter(|suffix| !suffix.is_empty()).map(|suffix| {
            let base = last_part(&path);
            let name = if suffix.contains('*') { suffix.replace('*', base) } else { format!("{base}{suffix}") };
            if name.contains('/') { process.path(&name) } else { join(folder_or_root(folder), &name) }
        });
        // A new file takes the place of the old one: other names of the old one keep the old text.
        let who = &process.cred;
        let replaced = match backup {
            Some(backup) => machine.fs.rename(&path, &backup, who),
            None => machine.fs.remove_file(&path, who),
        };
        let written = replaced.and_then(|()| {
            machine.fs.write(&path, Content::from_bytes(&output), node.attr.mode, who)?;
            let _ = machine.fs.chown(&path, Some(node.attr.uid), Some(node.attr.gid), true, who);
            machine.fs.chmod(&path, node.attr.mode, true, who)
        });
        if let Err(errno) = written {
            return refused(machine, errno);
        }
        if let Some(exit) = exit {
            return exit;
        }
    }
    status
}

fn folder_or_root(folder: &str) -> &str {
    if folder.is_empty() { "/" } else { folder }
}

/// Writes the files of the w commands; `false` after complaints.
fn write(machine: &mut Machine, process: &Process, files: &BTreeMap<String, Vec<u8>>, how: OpenMode) -> bool {
    let busybox = is_busybox(machine);
    for (file, bytes) in files.iter().filter(|(file, _)| busybox || *file != "/dev/stdout") {
        let written =
            process.open(machine, file, how).and_then(|opened| opened.write(machine, &Content::from_bytes(bytes)));
        if let Err(errno) = written {
            let text = if busybox {
                format!("can't open '{file}': {errno}")
            } else {
                format!("couldn't open file {file}: {errno}")
            };
            process.complain(machine, &text);
            return false;
        }
    }
    true
}
